# No `from __future__ import annotations` here: FastAPI reads the signatures.
"""A territory's table by tool: read with a verdict per row, asked about, answered, recorded whole or not at all."""

from collections import Counter
from collections.abc import Callable
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Header, Request, Response

from api.access import Forbidden, Visitor, policy, services_of
from api.commands import ERRORS, KEY_LIMIT, context_of
from api.errors import MissingIdempotencyKey, Problem, explained, problem
from api.files import Fingerprint
from api.reading import ConventionId, about_convention
from api.receiving import Operation, admitted
from api.table_bodies import EXAMPLE, TableAnswer, TableColumn, TableQuestion, TableRow, TableSaid
from domain.action_sheets.drafting import DraftActionSheet
from domain.values import InvalidValue
from workflows.application import UnknownStream
from workflows.files import NoSuchFile
from workflows.tables.cells import letters_of
from workflows.tables.comparing import Judged, Verdict
from workflows.tables.importing import context_of as import_context
from workflows.tables.importing import lines_of, record, weigh
from workflows.tables.inspecting import MOST_COLUMNS
from workflows.tables.knowing import known_plan
from workflows.tables.looking import Checked, Said, look_at
from workflows.tables.of_before import first_day
from workflows.tables.opening import open_workbook
from workflows.tables.questions import PARTNER_FIELDS, Question
from workflows.tables.refusals import TableRefused
from workflows.tables.remembering import remember, remembered
from workflows.tables.repeating import Repeated
from workflows.tables.wording import asked_in_words, reasons_of, refused_in_words, row_in_words
from workflows.texts import Texts
from workflows.texts.rules import NameOf

NAME: Final = "import-table"


def router(name_of: Callable[[Request], NameOf]) -> APIRouter:
    """The one operation; the file itself is given beforehand (`keep-file`)."""
    made = APIRouter(route_class=Operation)
    made.add_api_route(
        "/conventions/{convention_id}/tables/{sha256}",
        _operation(name_of),
        methods=["POST"],
        operation_id=NAME,
        summary="reprendre un tableau donné comme fichier",
        tags=["conventions"],
        response_model=TableAnswer,
        responses={200: {"content": {"application/json": {"example": EXAMPLE}}}, **ERRORS},
    )
    return made


def _operation(name_of: Callable[[Request], NameOf]) -> Callable[..., Any]:
    @policy(DraftActionSheet.NAME)
    def operation(
        request: Request,
        convention_id: ConventionId,
        sha256: Fingerprint,
        body: TableSaid,
        visitor: Annotated[Visitor, Depends(admitted)],
        idempotency_key: Annotated[
            str | None,
            Header(description="Obligatoire : rien n’est enregistré deux fois sous elle", max_length=KEY_LIMIT),
        ] = None,
    ) -> Any:
        """Read a table that was given as a file (`keep-file`), row by row; with `dry_run: false`, record it whole or
        not at all. Rows that are asked or refused keep the others from being recorded, unless they are left out.
        Sent again under its key, it is answered the same, `replayed`; under another one, what is recorded already is
        `unchanged`."""
        if not idempotency_key or not idempotency_key.strip():
            raise MissingIdempotencyKey
        texts, services = visitor.texts, services_of(request)
        plan_of = about_convention(request, visitor, convention_id)
        if not visitor.may_here(DraftActionSheet.NAME, plan_of.territory_id):
            raise Forbidden(DraftActionSheet.NAME)
        sealed = services.files.places(sha256).get(plan_of.territory_id)
        if sealed is None:
            raise UnknownStream(sha256)
        bare = context_of(request, visitor, key=idempotency_key, reason=None, evidence=(), expected_version=None)
        content = (NAME, str(convention_id), sha256, body.model_dump_json())
        repeated = Repeated(services.steering, bare, content)
        if (before := repeated.answer()) is not None:
            return TableAnswer.model_validate_json(before).model_copy(update={"replayed": True})
        try:
            opened = services.files.open(sha256, sealed)
            workbook = open_workbook(f"{opened.name}.{opened.kind.ending}", opened.data)
            context = import_context(bare, workbook)
            day = body.occurred_on or first_day(plan_of)
            said = Said(body.sheet, _columns(body), body.answers, body.days, day)

            def looked() -> Checked:
                known = known_plan(about_convention(request, visitor, convention_id), services.vault.open_texts)
                found = look_at(workbook, known, said, remembered(services.engine, known.territory_id))
                weigh(services.steering, found.everything, context, day)
                return found

            def keeps(checked: Checked, told: TableAnswer) -> bool:
                whole = repeated.beside(told.model_dump_json)
                if not record(services.steering, checked.everything, context, day, idempotency_key, whole):
                    return False
                if not lines_of(checked.everything, context, day):
                    repeated.keep_nothing()
                remember(services.engine, plan_of.territory_id, checked.to_remember(), services.clock.now())
                return True

            if body.dry_run:
                return _told(looked(), texts, name_of(request), recorded=False)
            done = _recorded(
                looked, lambda one: _told(one, texts, name_of(request), recorded=True), keeps, leave_out=body.leave_out
            )
            return done if isinstance(done, TableAnswer) else _waits(done, texts, name_of(request))
        except NoSuchFile:
            raise UnknownStream(sha256) from None
        except TableRefused as refused:
            return _not_read(refused, texts)

    return operation


def _recorded(
    looked: Callable[[], Checked],
    tell: Callable[[Checked], TableAnswer],
    keeps: Callable[[Checked, TableAnswer], bool],
    *,
    leave_out: bool,
) -> TableAnswer | Checked:
    """The answer once all is recorded, or the table that waits. Where a rule refuses what none refused before, somebody
    may have recorded the same meanwhile: then the table is looked at once more."""
    checked = looked()
    for _ in range(2):
        if checked.waits and not leave_out:
            return checked
        told = tell(checked)
        if keeps(checked, told):
            return told
        refused, checked = checked, looked()
    return refused


def _columns(body: TableSaid) -> dict[int, str]:
    """What columns become, by their number. Raises `InvalidValue`."""
    numbers = {letters_of(number): number for number in range(MOST_COLUMNS)}
    unknown = next((one for one in body.columns if one not in numbers), None)
    if unknown is not None:
        raise InvalidValue("unknown-code", field="columns", value=unknown, allowed=("A", "B", "C"))
    return {numbers[letters]: code for letters, code in body.columns.items()}


def _not_read(refused: TableRefused, texts: Texts) -> Response:
    code = refused.why.lower().replace("_", "-")
    return problem(422, "file-refused", texts, [Problem(code=code, detail=refused_in_words(texts, refused))])


def _waits(checked: Checked, texts: Texts, name_of: NameOf) -> Response:
    """Nothing is recorded: the rows that are asked or refused, each with its reason."""
    errors = []
    for one in checked.everything:
        if one.verdict in (Verdict.ASKED, Verdict.REFUSED):
            reasons = _reasons(checked, one, texts, name_of)
            errors.append(Problem(code=f"row-{one.verdict.value}", field=row_in_words(texts, one), detail=reasons))
    return problem(422, "refused", texts, errors)


def _reasons(checked: Checked, one: Judged, texts: Texts, name_of: NameOf) -> str:
    by_key = {each.key: each for each in checked.questions}
    asked = [asked_in_words(texts, by_key[key]) for key in one.asked]
    return " ".join((*asked, *reasons_of(texts, one, name_of)))


def _told(checked: Checked, texts: Texts, name_of: NameOf, *, recorded: bool) -> TableAnswer:
    counts = Counter(one.verdict for one in checked.everything)
    return TableAnswer(
        sha256=checked.workbook.sha256,
        sheet=checked.table.sheet.name,
        sheets=[one.sheet.name for one in checked.tables],
        recorded=recorded,
        new=counts[Verdict.NEW],
        changed=counts[Verdict.CHANGED],
        unchanged=counts[Verdict.UNCHANGED],
        asked=counts[Verdict.ASKED],
        refused=counts[Verdict.REFUSED],
        columns=[
            TableColumn(
                column=one.letters,
                head=one.head,
                field=checked.mapped.columns.get(one.index, ""),
                certainty=one.certainty.value,
            )
            for one in checked.columns
        ],
        questions=[_question(one, texts) for one in checked.questions],
        rows=[_row(checked, one, texts, name_of) for one in checked.everything],
    )


def _question(one: Question, texts: Texts) -> TableQuestion:
    return TableQuestion(
        key=one.key,
        field=one.code,
        said=one.cell.shown if one.cell is not None else None,
        text=asked_in_words(texts, one),
        rows=[row + 1 for row in one.rows],
        answers=[each.answer for each in one.choices],
        likely=one.answer,
        picks=("partner" if one.code in PARTNER_FIELDS else "priority") if one.picks else "",
        types_day=one.types,
    )


def _row(checked: Checked, one: Judged, texts: Texts, name_of: NameOf) -> TableRow:
    return TableRow(
        sheet=one.table or checked.table.sheet.name,
        row=one.row + 1,
        title=one.title,
        verdict=one.verdict.value,
        changes=[each.code for each in one.changes],
        asked=list(one.asked),
        reasons=list(reasons_of(texts, one, name_of)),
        notices=explained(one.notices, texts, name_of),
    )
