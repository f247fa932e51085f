"""Many conventions moved to another method: what it would change for each, the worst first, then those that are chosen.

Looking records nothing. Each convention moves in a transaction of its own; a second press moves nobody again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Final
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Depends, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from api.access import Visitor, person_allowed, policy, services_of
from api.commands import context_of
from api.pages import failures
from api.pages.asking import Asking, asking
from api.pages.contexts import NavItem, Phrase
from api.pages.conventions import home_of
from api.pages.fields import FieldError, ProseField, SelectField
from api.pages.forms.options import named
from api.pages.methods.told import ChangesTold
from api.pages.people.tabs import METHODS, MIGRATING, tabs
from api.pages.posting import posted
from api.pages.shell import page
from domain.convention.methods_followed import MethodKey
from domain.kernel import Refused
from domain.method import MethodProfile
from domain.policy import CHANGE_METHOD
from projections import which_partners_and_places_are_known
from projections.what_another_method_changes import ConventionUnderAnother, MethodsCompared
from workflows import changing_methods
from workflows.answers import Answer
from workflows.bulk import Outcome
from workflows.texts.rules import explain

FORMER: Final = "de"
NEW: Final = "vers"
MOTIVE: Final = "motive"
CHOSEN: Final = "convention"
EVERY: Final = "all"

MOST_SHOWN: Final = 30
"""Conventions that are told one by one; the others are counted, and move with all."""

_LONGEST: Final = 2_000  # characters of a motive
_MOST_FIELDS: Final = 5_000


@dataclass(frozen=True, slots=True)
class MovedLine:
    """One convention: what would change for it, whether it is ticked, or what came of moving it."""

    convention_id: UUID
    territory: str
    href: str
    sentences: tuple[str, ...]
    severity: str
    """`late`, `watch` or `done`, as the shapes of statuses are named."""
    chosen: bool
    may_move: bool


@dataclass(frozen=True, slots=True)
class MovedOutcome:
    """What came of one convention."""

    territory: str
    moved: bool
    why: str


@dataclass(frozen=True, slots=True)
class MigrationPage:
    """``migration.html``: two methods to choose, what the second would change, which conventions to move and why.

    Chosen by GET as ``de`` and ``vers`` (``name@version``); sent by POST with ``convention`` for each, or ``all``, and
    ``motive``.
    """

    tabs: tuple[NavItem, ...]
    action: str
    fields: tuple[SelectField, ...]
    compared: bool
    answer: tuple[Phrase, ...]
    levels: tuple[str, ...]
    lines: tuple[MovedLine, ...]
    not_shown: int
    total: int
    send_to: str
    every: bool
    motive: ProseField
    outcomes: tuple[MovedOutcome, ...]
    errors: tuple[FieldError, ...]


Mover = Annotated[Visitor, Depends(person_allowed)]


@policy(CHANGE_METHOD)
def show(request: Request, visitor: Mover) -> Response:
    """What would another method change?"""
    with asking(request, visitor) as ask:
        return page(request, visitor, "migration.html", _Migration(ask, request).page())


@policy(CHANGE_METHOD)
async def send(request: Request) -> Response:
    """Move those that are chosen."""
    values = await posted(request, most=_MOST_FIELDS)
    return await run_in_threadpool(_send, request, values)


def _send(request: Request, values: Sequence[tuple[str, str]]) -> Response:
    visitor = person_allowed(request)
    typed = dict(values)
    failures.check_csrf(visitor, typed.get("csrf_token", ""))
    motive = typed.get(MOTIVE, "").strip()[:_LONGEST]
    ticked = frozenset(value for name, value in values if name == CHOSEN)
    with asking(request, visitor) as ask:
        asked = _Migration(ask, request, ticked=ticked, every=EVERY in typed, motive=motive)
        errors = asked.errors()
        if errors:
            return page(request, visitor, "migration.html", asked.page(errors=errors), status=400)
        chosen = asked.chosen()
        former, new = asked.keys()
    context = context_of(request, visitor, key="", reason=None, evidence=(), expected_version=None)
    services = services_of(request)
    outcomes = changing_methods.move(services.steering, services.reader, chosen, former, new, motive, context)
    with asking(request, visitor) as ask:
        shown = _Migration(ask, request).page(outcomes=outcomes)
        return page(request, visitor, "migration.html", shown)


class _Migration:
    """One move from a method to another, being looked at."""

    def __init__(
        self,
        ask: Asking,
        request: Request,
        *,
        ticked: frozenset[str] = frozenset(),
        every: bool = False,
        motive: str = "",
    ) -> None:
        self._ask, self._ticked, self._every, self._motive = ask, ticked, every, motive
        self._told = ChangesTold(ask.texts, ask.register)
        profiles = which_partners_and_places_are_known.profiles(ask.register)
        self._profiles = {f"{one.name}@{one.version}": one for one in profiles}
        query = request.query_params
        self._former, self._new = (self._profiles.get(query.get(name, "")) for name in (FORMER, NEW))
        self._query = {name: query.get(name, "") for name in (FORMER, NEW)}
        self._compared = self._compare()

    def _compare(self) -> MethodsCompared | None:
        former, new = self._former, self._new
        if former is None or new is None or former == new:
            return None
        services = self._ask.services
        return changing_methods.preview(
            services.reader,
            former,
            new,
            self._ask.today,
            services.holidays,
            territories=self._ask.visitor.territories,
        )

    def keys(self) -> tuple[MethodKey, MethodKey]:
        """The method that is left and the one that is followed."""
        assert self._former is not None and self._new is not None
        return (self._former.name, self._former.version), (self._new.name, self._new.version)

    def chosen(self) -> list[UUID]:
        """Those that are ticked, in the order shown; all that may move where all are."""
        assert self._compared is not None
        return [
            one.convention_id
            for one in self._compared.conventions
            if self._may_move(one) and (self._every or str(one.convention_id) in self._ticked)
        ]

    def errors(self) -> list[FieldError]:
        """What is wrong with what was sent."""
        texts = self._ask.texts
        if self._compared is None:
            return [FieldError(texts.t("page.migration.two-methods"), NEW)]
        wrong = []
        if not self.chosen():
            at = CHOSEN if self._compared.conventions else NEW
            wrong.append(FieldError(texts.t("page.migration.nobody"), at))
        if not self._motive:
            wrong.append(FieldError(texts.t("page.migration.no-motive"), MOTIVE))
        return wrong

    def page(
        self, *, errors: Sequence[FieldError] = (), outcomes: Sequence[tuple[UUID, Outcome]] = ()
    ) -> MigrationPage:
        """All of it."""
        found = self._compared
        conventions = found.conventions if found is not None else ()
        wrong = {one.field: one.text for one in errors}
        return MigrationPage(
            tabs=tabs(self._ask.visitor, METHODS),
            action=MIGRATING,
            fields=(self._field(FORMER), self._field(NEW)),
            compared=found is not None,
            answer=self._answer(found) if found is not None and not outcomes else (),
            levels=tuple(self._told.level(one) for one in found.levels) if found is not None else (),
            lines=tuple(self._line(one) for one in conventions[:MOST_SHOWN]),
            not_shown=max(0, len(conventions) - MOST_SHOWN),
            total=sum(self._may_move(one) for one in conventions),
            send_to=f"{MIGRATING}?{urlencode(self._query)}",
            every=self._every,
            motive=ProseField(
                MOTIVE,
                Phrase("field.change-method.motive"),
                value=self._motive,
                error=wrong.get(MOTIVE),
                required=True,
            ),
            outcomes=tuple(self._outcome(one, came) for one, came in outcomes),
            errors=tuple(errors),
        )

    def _answer(self, found: MethodsCompared) -> tuple[Phrase, ...]:
        count = len(found.conventions)
        said = [Phrase("page.migration.answer", {}, count)]
        if count:
            said.append(Phrase("page.migration.answer-late", {}, found.becoming_late))
        return tuple(said)

    def _field(self, name: str) -> SelectField:
        choices = named(
            (key, self._named(one)) for key, one in sorted(self._profiles.items(), key=lambda pair: pair[0])
        )
        return SelectField(
            name,
            Phrase(f"page.migration.{name}"),
            tuple(replace(one, chosen=one.value == self._query[name]) for one in choices),
            required=True,
        )

    def _named(self, one: MethodProfile) -> str:
        return self._ask.texts.t("page.method", name=self._ask.texts.t(one.title_key), version=one.version)

    def _line(self, one: ConventionUnderAnother) -> MovedLine:
        may_move = self._may_move(one)
        return MovedLine(
            one.convention_id,
            self._ask.name(one.territory_id),
            home_of(self._ask, one.convention_id).today,
            self._told.sentences(one),
            "late" if one.is_refused or one.becomes_late else "done" if one.is_unchanged else "watch",
            may_move and (self._every or str(one.convention_id) in self._ticked),
            may_move,
        )

    def _may_move(self, one: ConventionUnderAnother) -> bool:
        return not one.is_refused and self._ask.visitor.may(CHANGE_METHOD, one.territory_id)

    def _outcome(self, convention_id: UUID, came: Outcome) -> MovedOutcome:
        territory = self._ask.name(self._ask.territory_of(convention_id))
        if isinstance(came, Answer):
            return MovedOutcome(territory, True, "")
        broken = came.broken if isinstance(came, Refused) else ()
        said = [explain(self._ask.texts, rule, self._ask.name).text for rule in broken]
        return MovedOutcome(territory, False, " ".join(said) or self._ask.texts.t("page.migration.refused"))


ROUTES: Final[tuple[tuple[str, str, Callable[..., object]], ...]] = (
    ("GET", MIGRATING, show),
    ("POST", MIGRATING, send),
)
