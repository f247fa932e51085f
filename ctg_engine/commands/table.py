"""`ctg import table`: the table that a territory keeps becomes its plan, all of it or nothing."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer

from ctg_engine.bootstrap import House
from ctg_engine.commands.acting import acting_as, current_convention
from ctg_engine.faults import BadInput, cannot_read
from ctg_engine.speaking import Voice, civil_day, open_house, voice_of
from workflows.tables.cells import letters_of
from workflows.tables.comparing import Verdict
from workflows.tables.exporting import head_of
from workflows.tables.importing import context_of, record, weigh
from workflows.tables.knowing import known_plan
from workflows.tables.looking import Checked, Said, look_at
from workflows.tables.of_before import first_day
from workflows.tables.opening import open_workbook
from workflows.tables.questions import Question
from workflows.tables.refusals import TableRefused
from workflows.tables.remembering import remember, remembered
from workflows.tables.wording import asked_in_words, reasons_of, refused_in_words, row_in_words


def register(importing: typer.Typer) -> None:
    """Add the command to what can be imported."""
    importing.command("table")(table)


def table(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    territory: Annotated[str, typer.Option(metavar="SIREN")],
    login: Annotated[str, typer.Option("--as", metavar="LOGIN")],
    column: Annotated[list[str] | None, typer.Option(metavar="COLUMN")] = None,
    answer: Annotated[list[str] | None, typer.Option(metavar="ANSWER")] = None,
    on: Annotated[str | None, typer.Option(metavar="DATE")] = None,
    leave_out: Annotated[bool, typer.Option("--leave-out")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
) -> None:
    """Read a table, say what is doubtful in it, and record its rows in one transaction."""
    voice = voice_of(context)
    day = civil_day(on, "--on") if on is not None else None
    columns, answers = _columns(column or []), dict(map(_pair, answer or []))
    try:
        data = file.read_bytes()
    except OSError as error:
        raise cannot_read(file, error) from None
    with open_house() as house:
        if day is not None and day > house.clock.today():
            raise BadInput("error.in-the-future", option="--on", value=day)
        acting = acting_as(house, login)
        dossier = current_convention(house, territory)
        day = day or first_day(dossier)
        plan = known_plan(dossier, house.vault.open_texts)
        try:
            workbook = open_workbook(file.name, data)
            said = Said(columns=columns, answers=answers, on=day)
            checked = look_at(workbook, plan, said, remembered(house.engine, plan.territory_id))
        except TableRefused as refused:
            raise BadInput("import.table.refused", why=refused_in_words(voice.texts, refused)) from None
        acting = context_of(acting, workbook)
        weigh(house.steering, checked.everything, acting, day)
        _tell(voice, checked, house)
        if dry_run:
            voice.say("import.table.nothing")
            return
        if checked.waits and not leave_out:
            raise BadInput("import.table.waits")
        if not record(house.steering, checked.everything, acting, day, str(uuid4())):
            _tell(voice, checked, house)
            raise BadInput("import.table.waits")
        remember(house.engine, plan.territory_id, checked.to_remember(), house.clock.now())
    counts = Counter(one.verdict for one in checked.everything)
    voice.say(
        "import.table.done",
        new=counts[Verdict.NEW],
        changed=counts[Verdict.CHANGED],
        same=counts[Verdict.UNCHANGED],
    )


def _pair(said: str) -> tuple[str, str]:
    name, found, value = said.partition("=")
    if not found:
        raise BadInput("import.table.no-pair", value=said)
    return name.strip(), value.strip()


def _columns(said: list[str]) -> dict[int, str]:
    """What columns become, by their number."""
    by_letters = {letters_of(number): number for number in range(200)}
    pairs = [_pair(one) for one in said]
    for letters, _ in pairs:
        if letters.upper() not in by_letters:
            raise BadInput("import.table.no-pair", value=letters)
    return {by_letters[letters.upper()]: code for letters, code in pairs}


def _tell(voice: Voice, checked: Checked, house: House) -> None:
    """The columns, then each row that is asked or refused, then how many there are of each."""
    texts, name_of = voice.texts, house.reader.register().name_of
    for one in checked.columns:
        code = checked.mapped.columns.get(one.index)
        becomes = head_of(code, texts) if code else texts.t("table-field-none")
        voice.line(f"{one.letters} {one.head} → {becomes}")
    for question in checked.questions:
        voice.line(_asked(voice, question))
    for row in checked.everything:
        if row.verdict is Verdict.REFUSED:
            voice.line(f"{row_in_words(texts, row)} : {' '.join(reasons_of(texts, row, name_of))}")
    counts = Counter(one.verdict for one in checked.everything)
    voice.line()
    voice.say(
        "import.table.summary",
        total=len(checked.everything),
        read=counts[Verdict.NEW] + counts[Verdict.CHANGED],
        same=counts[Verdict.UNCHANGED],
        asked=counts[Verdict.ASKED],
        refused=counts[Verdict.REFUSED],
    )


def _asked(voice: Voice, question: Question) -> str:
    """A question with the answers that it takes."""
    texts = voice.texts
    said = f"« {question.cell.shown} » " if question.cell is not None else ""
    answers = ", ".join(one.answer for one in question.choices)
    rows = texts.t_plural("page.table.rows", len(question.rows), n=len(question.rows))
    return f"{question.key} ({rows}) {said}{asked_in_words(texts, question)} [{answers}]"
