"""Translation notes: what a text from above asks, what it became here, what was adapted and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from domain.convention.closed import check_open
from domain.convention.state import TerritorialConvention
from domain.counsel.counsel import Counsel, begun, check_home
from domain.following import taken_in
from domain.kernel import (
    Aggregate,
    AlreadyExists,
    BrokenRule,
    Case,
    DatesDoNotFit,
    Event,
    Level,
    Part,
    Places,
    Surroundings,
    UnknownReference,
    Weighed,
    command,
    event,
    part,
    record_from,
    required_text,
)
from domain.partners import Partner
from domain.steering import SteeringBody
from domain.steering.reference import DecisionReference
from domain.subjects import AboutPlan
from domain.values import Code, InvalidValue, LocalId, Prose

SOURCES: Final = tuple(map(Code, ("NATIONAL_CIRCULAR", "DEPARTMENT_SCHEME", "FRAMEWORK_TEXT", "ORIENTATION", "OTHER")))
"""Where what is asked comes from: a national circular, a scheme of the département, the framework's own text, the
orientation of a committee."""


@dataclass(frozen=True)
class ExplainsNothing(BrokenRule):
    """A note explains something: a priority, an action, a decision, a pledge, or the method that is followed."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "priority_id"


@part(Counsel, "notes")
@dataclass
class Notes(Part):
    """The notes that were written, by id: when."""

    written_on: dict[LocalId, date] = field(default_factory=dict)


@event("counsel.translation-note-written")
class TranslationNoteWritten(Event):
    """A partner explains what became here of a text (`source…`): what it asks, what was adapted and why; what it
    explains is named by id, or is the method (`about_method`)."""

    home_territory_id: UUID | None
    home_framework_id: UUID | None
    note_id: LocalId
    partner_id: UUID
    source: Code
    source_title: Prose
    source_reference: Prose | None
    source_on: date | None
    source_link: Prose | None
    asks: Prose
    became_here: Prose
    adapted: Prose | None
    motive: Prose
    convention_id: UUID | None
    priority_id: LocalId | None
    sheet_id: UUID | None
    pledge_id: UUID | None
    decision: DecisionReference | None
    about_method: bool

    def apply(self, counsel: Counsel) -> None:
        """Keep that it was written."""
        Notes.of(counsel).written_on[self.note_id] = self.occurred_on


@command(Counsel, starts=True, records=TranslationNoteWritten)
@dataclass(frozen=True, kw_only=True)
class WriteTranslationNote(AboutPlan):
    """Write why what was asked from above became what is done here, on a territory or on a whole framework."""

    home_territory_id: UUID | None = None
    home_framework_id: UUID | None = None
    note_id: LocalId
    partner_id: UUID
    source: Code
    source_title: Prose
    source_reference: Prose | None = None
    source_on: date | None = None
    source_link: Prose | None = None
    asks: Prose
    became_here: Prose
    adapted: Prose | None = None
    motive: Prose
    decision: DecisionReference | None = None
    about_method: bool = False

    def __post_init__(self) -> None:
        if (self.home_territory_id is None) == (self.home_framework_id is None):
            raise InvalidValue("territory-or-framework", field="home_territory_id")
        for name in ("source_title", "asks", "became_here", "motive"):
            required_text(getattr(self, name), name)
        if self.source not in SOURCES:
            raise InvalidValue("unknown-code", field="source", value=self.source, allowed=SOURCES)

    def scope(self, state: Aggregate | None) -> UUID | None:
        """The territory."""
        return self.home_territory_id

    def whole_framework(self, state: Aggregate | None) -> UUID | None:
        """The framework."""
        return self.home_framework_id

    @property
    def acting_partner(self) -> UUID:
        """The partner that explains; whoever steers writes it for the partner."""
        return self.partner_id

    @classmethod
    def gate(cls, state: TerritorialConvention, case: Case, around: Surroundings) -> Weighed:
        """What is in the way of it: the convention is over."""
        check_open(state, case, is_fact=False)
        return case.weighed()

    def decide(self, state: Counsel | None, case: Case) -> Counsel:
        home = Places(territory_id=self.home_territory_id, framework_id=self.home_framework_id)
        check_home(self.stream_id, home, case)
        known = Notes.of(state).written_on if state is not None else {}
        case.breaks_if(self.note_id in known, AlreadyExists(self.note_id))
        case.find(Partner, self.partner_id, "partner_id")
        if self.source_on is not None and self.source_on > case.occurred_on:
            case.broken(DatesDoNotFit("source_on", self.source_on, case.occurred_on))
        explained = (self.priority_id, self.sheet_id, self.pledge_id, self.decision)
        case.breaks_if(not self.about_method and not any(explained), ExplainsNothing())
        self.check_plan(self.home_territory_id, case)
        convention = case.streams.find(TerritorialConvention, self.convention_id) if self.convention_id else None
        if convention is not None:
            check_open(convention, case, is_fact=False)
        check_decision(self.decision, "decision", home, case)
        case.settle()
        counsel: Counsel = begun(state, self.stream_id, home, case)
        record_from(self, counsel, case)
        return counsel


def check_decision(cited: DecisionReference | None, name: str, home: Places, case: Case) -> None:
    """A decision that is cited was taken by a body of the same place, by then."""
    if cited is None:
        return
    body = case.find(SteeringBody, cited.body_id, name)
    if body is None:
        return
    meeting = taken_in(body, cited) if body.places() == home else None
    if meeting is None:
        case.broken(UnknownReference(name, cited.word))
    elif meeting.held_on > case.occurred_on:
        case.broken(DatesDoNotFit(name, meeting.held_on, case.occurred_on))
