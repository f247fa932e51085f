"""`ctg import table`: what is wrong is said in words, before anything is recorded."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.cli.conftest import Program
from tests.tables.books import HEAD, xlsx


def test_what_keeps_a_table_from_being_read_is_said(ctg: Program, tmp_path: Path) -> None:
    file = tmp_path / "plan.xlsx"
    file.write_bytes(xlsx([HEAD, ("a", "b", "c", date(2024, 1, 1), "mi-2024")]))

    ctg.done("migrate")
    here = ("--territory", "200072320", "--as", "nobody")
    for given, said in (
        ((file, *here), "Aucun compte n’a l’identifiant nobody"),
        ((tmp_path / "none.xlsx", *here), "none.xlsx"),
        ((file, *here, "--answer", "mi-2024"), "mi-2024"),
        ((file, *here, "--on", "demain"), "demain"),
    ):
        ended = ctg("import", "table", *given)
        assert ended.returncode == 2
        assert said in ended.stderr
