"""The territories, from a public list: the file is read and weighed first, then recorded, all of it or nothing.

Nothing is kept between the two: the files go along in the page, compressed, and are read again.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Final

from fastapi import Depends, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from api.access import Visitor, has_session, person_allowed, policy, services_of
from api.commands import context_of
from api.guard import MAX_DOCUMENTS, allow_documents
from api.pages import failures
from api.pages.acts.territories import REGISTER_TERRITORY
from api.pages.asking import Asking, asking
from api.pages.beginning.steps import is_beginning
from api.pages.contexts import NavItem, Phrase
from api.pages.people.tabs import TERRITORIES_PAGE, tabs
from api.pages.shell import BEGIN, page
from domain.collation import alphabetical
from domain.kernel import Command, Context, Origin, Refused
from domain.territories import RegisterTerritory
from domain.values import Evidence, InvalidValue, Prose, Sha256, deterministic_id
from workflows.territory_files import (
    Change,
    LineVerdict,
    check_age,
    check_others,
    compare,
    read_territory_files,
    valid_day,
)
from workflows.territory_files.commands import command_of
from workflows.texts import Texts
from workflows.texts.rules import explain, explain_invalid

Administrator = Annotated[Visitor, Depends(person_allowed)]

MOST_SAID: Final = 40
"""Lines of a file that are spoken of one by one; the others are counted."""

MOST_LISTED: Final = 60
"""Territories listed by name before they are recorded."""

File = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A territory that the files speak of, and what becomes of it: registered, changed, or as it was."""

    name: str
    communes: int
    kind: str


@dataclass(frozen=True, slots=True)
class WeighedFiles:
    """What the files would change: what is wrong, what is worth knowing, the territories."""

    names: tuple[str, ...]
    kept: tuple[tuple[str, str], ...]
    wrong: tuple[str, ...]
    more_wrong: int
    notices: tuple[str, ...]
    rows: tuple[FoundRow, ...]
    more_rows: int
    registered: int
    changed: int
    unchanged: int
    communes: int


@dataclass(frozen=True, slots=True)
class TerritoriesPage:
    """``territories.html``: what is registered, the file to read, and what a file would change."""

    tabs: tuple[NavItem, ...]
    answer: tuple[Phrase, ...]
    action: str
    one_by_one_href: str
    department: str
    on: str
    error: Phrase | None = None
    weighed: WeighedFiles | None = None


@policy(RegisterTerritory.NAME)
def show(request: Request, visitor: Administrator) -> Response:
    """Which territories are known, and which list brings more?"""
    with asking(request, visitor) as ask:
        return _page(request, ask, {})


@policy(RegisterTerritory.NAME)
async def act(request: Request) -> Response:
    """Weigh the files, or record what they say."""
    failures.refuse_cross_site(request)
    if await run_in_threadpool(has_session, request):
        allow_documents(request)
    async with request.form(max_files=10, max_fields=60, max_part_size=MAX_DOCUMENTS) as sent:
        values = {name: value for name, value in sent.multi_items() if isinstance(value, str)}
        files = await _files(sent)
    return await run_in_threadpool(_act, request, values, files)


async def _files(sent: FormData) -> list[File]:
    """The files that were chosen or, where none was, those that go along."""
    chosen = [
        (value.filename or "fichier", await value.read())
        for _, value in sent.multi_items()
        if isinstance(value, UploadFile) and value.size
    ]
    if chosen:
        return chosen
    kept = [(name, value) for name, value in sent.multi_items() if name.startswith("kept.") and isinstance(value, str)]
    return [(name.removeprefix("kept."), content) for name, value in kept if (content := _unpacked(value)) is not None]


def _packed(content: bytes) -> str:
    return base64.b64encode(gzip.compress(content, 6, mtime=0)).decode()


def _unpacked(text: str) -> bytes | None:
    """A file that goes along; None for what is none of ours, or would grow beyond what is read."""
    try:
        unpacking = zlib.decompressobj(wbits=31)
        content = unpacking.decompress(base64.b64decode(text, validate=True), MAX_DOCUMENTS)
    except (ValueError, zlib.error):
        return None
    return content if unpacking.eof else None


def _act(request: Request, values: Mapping[str, str], files: list[File]) -> Response:
    visitor = person_allowed(request)
    failures.check_csrf(visitor, values.get("csrf_token", ""))
    with asking(request, visitor) as ask:
        if not files:
            return _page(request, ask, values, error=Phrase("page.territories.no-file"), status=400)
        if len({name for name, _ in files}) < len(files):
            return _page(request, ask, values, error=Phrase("page.territories.same-name"), status=400)
        run = _Run(ask, _context(request, visitor, files), files, values)
        try:
            run.read()
        except InvalidValue:
            return _page(request, ask, values, error=Phrase("page.territories.department.wrong"), status=400)
        if values.get("act") != "enregistrer" or run.wrong:
            status = 422 if run.wrong else 200
            return _page(request, ask, values, weighed=run.weighed(), status=status)
        try:
            commands = list(run.commands)
            if commands:
                services_of(request).steering.execute_all(commands, run.context)
        except (Refused, InvalidValue):
            return _page(request, ask, values, weighed=run.weighed(), status=422)
        after = BEGIN if is_beginning(ask) else TERRITORIES_PAGE
    return RedirectResponse(after, 303)


def _context(request: Request, visitor: Visitor, files: Sequence[File]) -> Context:
    """Who imports, with the files as evidence: their names and fingerprints."""
    evidence = []
    for name, data in files:
        digest = hashlib.sha256(data).hexdigest()
        evidence.append(Evidence(deterministic_id("document", digest), Sha256(digest), Prose(name)))
    context = context_of(request, visitor, key="", reason=None, evidence=tuple(evidence), expected_version=None)
    return replace(context, origin=Origin.IMPORT)


@dataclass
class _Run:
    """One reading of the files, weighed against the register."""

    ask: Asking
    context: Context
    files: Sequence[File]
    values: Mapping[str, str]
    changes: Sequence[Change] = ()
    valid_on: date | None = None
    wrong: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()

    def read(self) -> None:
        """Read and weigh. Raises `InvalidValue` for a département that is none."""
        wanted = [one.strip().upper() for one in self.values.get("department", "").replace(",", " ").split()]
        known = {str(one.siren): one for one in self.ask.register.territories.values()}
        reading = read_territory_files(self.files, wanted or None, known)
        self.valid_on, against = valid_day(reading, _day(self.values.get("on", "")), self.ask.today)
        verdicts: list[LineVerdict] = [*reading.verdicts, *against]
        if not reading.errors:
            self.changes = compare(reading, known, self.valid_on)
            verdicts += check_others(reading, known)
        if self.valid_on is not None:
            verdicts += check_age(reading, self.changes, known, self.valid_on)
        texts = self.ask.texts
        self.wrong = tuple(_in_words(texts, verdict) for verdict in verdicts if verdict.status == "refused")
        self.notices = tuple(_in_words(texts, verdict) for verdict in verdicts if verdict.status == "notice")
        if not self.wrong:
            self.wrong = tuple(said for command in self.commands for said in self._refusals(command))
        if not self.wrong and not self.changes:
            self.wrong = (texts.t("page.territories.nothing"),)

    @property
    def commands(self) -> Iterable[Command]:
        """What would be recorded."""
        for change in self.changes:
            command = command_of(change, self.valid_on)
            if command is not None:
                yield command

    def _refusals(self, command: Command) -> Iterable[str]:
        try:
            refused = self.ask.services.steering.weigh(command, self.context).refused
            return [explain(self.ask.texts, rule, self.ask.name).text for rule in refused]
        except InvalidValue as error:
            return [explain_invalid(self.ask.texts, error, self.ask.name).text]

    def weighed(self) -> WeighedFiles:
        """What the page says of it."""
        kinds = Counter(
            "new" if one.kind == "register" else "same" if one.kind == "unchanged" else "other" for one in self.changes
        )
        told = sorted(self.changes, key=lambda one: (one.kind == "unchanged", alphabetical(one.name)))
        return WeighedFiles(
            names=tuple(name for name, _ in self.files),
            kept=tuple((f"kept.{name}", _packed(content)) for name, content in self.files),
            wrong=self.wrong[:MOST_SAID],
            more_wrong=max(0, len(self.wrong) - MOST_SAID),
            notices=self.notices[:MOST_SAID],
            rows=tuple(FoundRow(one.name, len(one.communes), one.kind) for one in told[:MOST_LISTED]),
            more_rows=max(0, len(told) - MOST_LISTED),
            registered=kinds["new"],
            changed=kinds["other"],
            unchanged=kinds["same"],
            communes=sum(len(one.communes) for one in self.changes),
        )


def _in_words(texts: Texts, verdict: LineVerdict) -> str:
    """Where in which file, and what about it."""
    text = texts.t(f"import.{verdict.code}", **verdict.parameters)
    return texts.t("import.line", file=verdict.file, line=str(verdict.line), text=text)


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return None


def _page(
    request: Request,
    ask: Asking,
    values: Mapping[str, str],
    *,
    error: Phrase | None = None,
    weighed: WeighedFiles | None = None,
    status: int = 200,
) -> Response:
    known = ask.register.territories.values()
    communes = sum(len(one.communes) for one in known)
    counted = {"communes": Phrase("page.begin.communes", count=communes)}
    answer = [Phrase("page.begin.territories", counted, count=len(known))]
    if weighed is not None:
        found = weighed.registered + weighed.changed
        would = {"communes": Phrase("page.begin.communes", count=weighed.communes)}
        answer = [Phrase("page.territories.would", would, count=found)]
        if weighed.wrong:
            answer = [Phrase("page.territories.wrong", count=len(weighed.wrong) + weighed.more_wrong)]
    context = TerritoriesPage(
        tabs=tabs(ask.visitor, TERRITORIES_PAGE),
        answer=tuple(answer),
        action=TERRITORIES_PAGE,
        one_by_one_href=REGISTER_TERRITORY.address(),
        department=values.get("department", "")[:60],
        on=values.get("on", "")[:10],
        error=error,
        weighed=weighed,
    )
    return page(request, ask.visitor, "territories.html", context, status=status)
