"""What a table is told to be, in words."""

from __future__ import annotations

from workflows.tables.refusals import TableRefused
from workflows.texts import Texts


def refused_in_words(texts: Texts, refused: TableRefused) -> str:
    """Why a file is not read, and how it is mended."""
    parameters = {"sheet": "", **refused.parameters}
    return texts.t("page.table.refused", why=texts.t(f"table-refused.{refused.why}", **parameters))
