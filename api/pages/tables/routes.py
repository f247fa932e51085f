"""The addresses of a table: where it is handed in, and where the one with this fingerprint is checked and recorded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import Depends, FastAPI, Request
from fastapi.responses import RedirectResponse, Response

from api.access import Forbidden, Visitor, believe_the_clock, person_allowed, policy
from api.pages.addresses import PATHS, PLAN, TERRITORY, Home
from api.pages.asking import Asking, asking
from api.pages.circumstances import circumstances, key_of
from api.pages.coming_back import way_of
from api.pages.conventions import convention_at, home_of, territory_at
from api.pages.forms.submission import Submission
from api.pages.forms.typed import Typed
from api.pages.forms.uploads import Joined, Pair
from api.pages.sending import receive
from api.pages.shell import page
from api.pages.tables.checking import check, import_context, plan_of
from api.pages.tables.contexts import TablePage
from api.pages.tables.errors import errors_of
from api.pages.tables.offered import TABLE
from api.pages.tables.page import check_page, upload_page
from api.pages.tables.typed import CHECK, ERRORS, TableTyped
from api.pages.territory_bar import bar_of
from domain.action_sheets.drafting import DraftActionSheet
from domain.policy import READ_CONVENTION
from workflows.accepted_files import FileRefused
from workflows.accepted_files.kinds import ODS, XLSX, FileKind
from workflows.answers import IdempotencyKeyReused
from workflows.application import UnknownStream
from workflows.file_folder import CannotKeep
from workflows.files import NoSuchFile
from workflows.tables.comparing import Verdict
from workflows.tables.exporting import Exported, export
from workflows.tables.importing import record
from workflows.tables.looking import Checked
from workflows.tables.opening import open_workbook
from workflows.tables.refusals import TableRefused
from workflows.tables.remembering import remember
from workflows.tables.wording import refused_in_words
from workflows.tables.writing_ods import write_ods
from workflows.tables.writing_xlsx import write_xlsx

Doer = Annotated[Visitor, Depends(person_allowed)]


def install(app: FastAPI) -> None:
    """Both addresses, with and without the name of a convention."""
    for base in (f"{TERRITORY}/{{siren}}", f"{TERRITORY}/{{siren}}/c/{{which}}"):
        address = base + PATHS[PLAN] + TABLE
        for path, method, endpoint in (
            (f"{address}.xlsx", "GET", export_xlsx),
            (f"{address}.ods", "GET", export_ods),
            (address, "GET", show),
            (address, "POST", hand_in),
            (f"{address}/{{sha256}}", "GET", look),
            (f"{address}/{{sha256}}", "POST", send),
        ):
            app.add_api_route(
                path,
                endpoint,
                methods=[method],
                include_in_schema=False,
                response_model=None,
                dependencies=[Depends(believe_the_clock)] if method == "POST" else [],
            )


@dataclass
class _Desk:
    """Where a table is taken over: the convention at an address, for whoever may write its sheets."""

    ask: Asking
    territory_id: UUID
    convention_id: UUID
    home: Home

    @classmethod
    def of(cls, ask: Asking, request: Request) -> _Desk:
        """Raises `UnknownStream` and `Forbidden`."""
        territory_id = territory_at(ask, request.path_params["siren"])
        convention_id = convention_at(ask, territory_id, request.path_params.get("which"))
        if convention_id is None:
            raise UnknownStream(str(territory_id))
        if not ask.visitor.may_here(DraftActionSheet.NAME, territory_id):
            raise Forbidden(DraftActionSheet.NAME)
        return cls(ask, territory_id, convention_id, home_of(ask, convention_id))

    @property
    def address(self) -> str:
        """Where a table is handed in."""
        return self.home.page(PLAN) + TABLE

    def answer(self, request: Request, context: TablePage, status: int = 200) -> Response:
        """The page."""
        bar = bar_of(self.ask, self.territory_id, self.home, PLAN, None)
        answer = page(request, self.ask.visitor, "table.html", context, status=status, bar=bar)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def upload(self, request: Request, error: str | None = None, status: int = 200) -> Response:
        """A file is asked for."""
        plan = plan_of(self.ask, self.convention_id)
        return self.answer(request, upload_page(self.ask, self.home, self.address, plan, error), status)


@policy(DraftActionSheet.NAME)
def show(request: Request, visitor: Doer) -> Response:
    """Where a table is handed in."""
    with asking(request, visitor) as ask:
        return _Desk.of(ask, request).upload(request)


@policy(READ_CONVENTION)
def export_xlsx(request: Request, visitor: Doer) -> Response:
    """The plan as a workbook of Excel, to edit and hand in again."""
    return _exported(request, visitor, XLSX, write_xlsx)


@policy(READ_CONVENTION)
def export_ods(request: Request, visitor: Doer) -> Response:
    """The plan as a workbook of LibreOffice, to edit and hand in again."""
    return _exported(request, visitor, ODS, write_ods)


def _exported(request: Request, visitor: Visitor, kind: FileKind, write: Callable[[Exported], bytes]) -> Response:
    siren = request.path_params["siren"]
    with asking(request, visitor) as ask:
        territory_id = territory_at(ask, siren)
        convention_id = convention_at(ask, territory_id, request.path_params.get("which"))
        if convention_id is None:
            raise UnknownStream(siren)
        plan = plan_of(ask, convention_id)
        cursor = str(ask.services.reader.position())
        exported = export(plan, ask.texts, ask.name(territory_id), cursor)
    headers = {
        "Content-Disposition": f'attachment; filename="plan-{siren}.{kind.ending}"',
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(write(exported), media_type=kind.media_type, headers=headers)


@policy(DraftActionSheet.NAME)
async def hand_in(request: Request) -> Response:
    """Keep the file that was handed in, and lead to what it says."""
    return await receive(request, _hand_in)


def _hand_in(request: Request, visitor: Visitor, pairs: list[Pair], joined: list[Joined]) -> Response:
    texts = visitor.texts
    with asking(request, visitor) as ask:
        desk = _Desk.of(ask, request)
        if visitor.session is None or not visitor.session.accepts(dict(pairs).get("csrf_token", "")):
            return desk.upload(request, texts.t("page.form.aged"), 403)
        if not joined:
            return desk.upload(request, texts.t("page.table.no-file"), 400)
        try:
            workbook = open_workbook(joined[0].name, joined[0].data)
            ask.services.files.keep(joined[0].data, joined[0].name, desk.territory_id, ask.services.clock.now())
        except TableRefused as refused:
            return desk.upload(request, refused_in_words(texts, refused), 400)
        except FileRefused as refused:
            return desk.upload(request, refused_in_words(texts, TableRefused(refused.why)), 400)
        except CannotKeep as cannot:
            why = texts.word("file-fault", cannot.why)
            return desk.upload(request, texts.t("page.table.refused", why=why), 503)
        return RedirectResponse(f"{desk.address}/{workbook.sha256}", 303)


@policy(DraftActionSheet.NAME)
def look(request: Request, sha256: str, visitor: Doer) -> Response:
    """What a file says that was handed in, as it is proposed."""
    return _Sheet(request, visitor, sha256).show(None)


@policy(DraftActionSheet.NAME)
async def send(request: Request) -> Response:
    """What was said of the table: read it again, or record it."""

    def then(request: Request, visitor: Visitor, pairs: list[Pair], joined: list[Joined]) -> Response:
        return _Sheet(request, visitor, request.path_params["sha256"]).receive(pairs)

    return await receive(request, then)


class _Sheet:
    """One file, being checked."""

    def __init__(self, request: Request, visitor: Visitor, sha256: str) -> None:
        self.request, self.visitor, self.sha256 = request, visitor, sha256

    def receive(self, pairs: Sequence[Pair]) -> Response:
        """What was pressed."""
        typed = TableTyped.of(pairs)
        if self.visitor.session is None or not self.visitor.session.accepts(typed.one("csrf_token")):
            return self.show(pairs, error=self.visitor.texts.t("page.form.aged"), status=403)
        if typed.one(ERRORS):
            return self._errors(typed)
        if typed.one(CHECK):
            return self.show(pairs)
        return self._record(typed, pairs)

    def _record(self, typed: TableTyped, pairs: Sequence[Pair]) -> Response:
        key = key_of(Typed.of(list(pairs)))
        texts = self.visitor.texts
        with asking(self.request, self.visitor) as ask:
            desk = _Desk.of(ask, self.request)
            checked = self._checked(desk, typed)
            if isinstance(checked, Response):
                return checked
            if checked.waits and not typed.leaves_out:
                return self._answer(desk, checked, typed, error=texts.t("page.table.waits"), status=422)
            context = import_context(
                circumstances(self.request, self.visitor, key=key, said=Submission(None, None, (), {})), checked
            )
        try:
            done = record(ask.services.steering, checked.everything, context, checked.on, key)
        except IdempotencyKeyReused:
            return self.show(pairs, error=texts.t("page.form.sent-before"), status=422)
        with asking(self.request, self.visitor) as ask:
            desk = _Desk.of(ask, self.request)
            if not done:
                return self._not_recorded(desk, checked, typed)
            remember(ask.services.engine, desk.territory_id, checked.to_remember(), ask.services.clock.now())
            return RedirectResponse(way_of(self.request.query_params).after(desk.home.page(PLAN), key), 303)

    def _not_recorded(self, desk: _Desk, checked: Checked, typed: TableTyped) -> Response:
        """Why nothing was: a rule, or somebody who recorded the same meanwhile; then what is left is shown."""
        again, texts = self._checked(desk, typed), self.visitor.texts
        overtaken = isinstance(again, Checked) and not any(one.verdict is Verdict.REFUSED for one in again.everything)
        if isinstance(again, Checked) and overtaken:
            return self._answer(desk, again, typed, error=texts.t("page.table.overtaken"), status=422)
        return self._answer(desk, checked, typed, error=texts.t("page.table.not-recorded"), status=422)

    def _errors(self, typed: TableTyped) -> Response:
        """The rows that are not ready, as a workbook to mend."""
        with asking(self.request, self.visitor) as ask:
            desk = _Desk.of(ask, self.request)
            checked = self._checked(desk, typed)
            if isinstance(checked, Response):
                return checked
            data = errors_of(ask, checked)
        headers = {
            "Content-Disposition": 'attachment; filename="lignes-a-reprendre.xlsx"',
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        }
        return Response(data, media_type=XLSX.media_type, headers=headers)

    def _checked(self, desk: _Desk, typed: TableTyped) -> Checked | Response:
        """The file as it is understood, or the page that says why it is not."""
        files = desk.ask.services.files
        sealed = files.places(self.sha256).get(desk.territory_id)
        if sealed is None:
            raise UnknownStream(self.sha256)
        try:
            opened = files.open(self.sha256, sealed)
        except NoSuchFile:
            raise UnknownStream(self.sha256) from None
        try:
            workbook = open_workbook(f"{opened.name}.{opened.kind.ending}", opened.data)
            return check(desk.ask, plan_of(desk.ask, desk.convention_id), workbook, typed)
        except TableRefused as refused:
            return desk.upload(self.request, refused_in_words(self.visitor.texts, refused), 400)

    def show(self, pairs: Sequence[Pair] | None, *, error: str | None = None, status: int = 200) -> Response:
        """The file as it is understood."""
        typed = TableTyped.of(pairs)
        with asking(self.request, self.visitor) as ask:
            desk = _Desk.of(ask, self.request)
            checked = self._checked(desk, typed)
            if isinstance(checked, Response):
                return checked
            return self._answer(desk, checked, typed, error=error, status=status)

    def _answer(
        self, desk: _Desk, checked: Checked, typed: TableTyped, *, error: str | None = None, status: int = 200
    ) -> Response:
        context = check_page(desk.ask, desk.home, f"{desk.address}/{self.sha256}", checked, typed, error, str(uuid4()))
        return desk.answer(self.request, context, status)
