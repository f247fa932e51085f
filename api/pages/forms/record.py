"""What doors need to know of an act: one `Form` for each, kept by family in `api/pages/acts`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar, get_type_hints
from uuid import UUID

from api.pages.asking import Asking
from api.pages.contexts import Choice, Phrase
from api.pages.contexts.taking_over import DatedLine, ForeseenShown, SummaryLine
from api.pages.forms.options import Bounds, FactLine, Options, TickedRow
from api.pages.forms.typed import Typed, bare
from domain.kernel import Command
from domain.values import Code
from workflows.act_links import Question
from workflows.texts import Texts

CaseT = TypeVar("CaseT")


@dataclass(frozen=True)
class Place(Generic[CaseT]):
    """Where acts are done: a convention, a territory, a framework, the register of the instance."""

    word: str
    """The first word of the address of its forms."""
    key: str
    """Which id follows it, empty for the register: there is one."""
    case: Callable[[Asking, UUID | None], CaseT]
    """What its forms offer to choose from. Raises `UnknownStream`."""
    home: Callable[[Asking, UUID | None, str], str]
    """The page that shows what an act of a section changed there, among those that the visitor may open."""
    version: Callable[[Asking, UUID], int | None] = lambda ask, one: None
    """The version that a decision taken there was decided on."""
    either: tuple[str, ...] = ()
    """The keys of the places of which each may be this one."""
    others: Mapping[str, str] = field(default_factory=dict)
    """The first word of the address, for those of these keys that have one of their own."""
    which: Callable[[Asking, UUID | None], Place[Any]] | None = None
    """Of a place that may be either, which one it is."""

    def at(self, ask: Asking, place_id: UUID | None) -> Place[Any]:
        """The place itself; of one that may be either of two, the one that it is."""
        return self.which(ask, place_id) if self.which is not None else self

    @property
    def words(self) -> tuple[str, ...]:
        """All first words of the addresses of its forms."""
        return (self.word, *self.others.values())

    def word_of(self, ids: Mapping[str, UUID | None]) -> str:
        """The first word, for the ids of a page."""
        key = next((one for one in (self.key, *self.either) if ids.get(one) is not None), self.key)
        return self.others.get(key, self.word)

    def of(self, ids: Mapping[str, UUID | None]) -> UUID | None:
        """Its id among those of a page, by their keys; None where it is none of them."""
        return next((ids[one] for one in (self.key, *self.either) if ids.get(one) is not None), None)


@dataclass(frozen=True)
class Cited:
    """The decision that an act rests on (`decided_in`)."""

    kind: Code
    by_mandated: bool = True
    """Whether a body that the committee mandated decides in its place (R30)."""


@dataclass(frozen=True)
class Narrowed(Generic[CaseT]):
    """A list of which only some choices fit what is answered in another field."""

    by: str
    """The path of that field."""
    choices: Callable[[CaseT, str], tuple[Choice, ...] | None]
    """What fits one of its answers; None where nothing is asked then."""


@dataclass(frozen=True)
class Read:
    """A command read from a form in a way of its own, or what is wrong, by field."""

    command: Command | None
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Form(Generic[CaseT]):
    """An act as doors know it. Fields of the command are named by their path: `findings.kind`."""

    command: type[Command]
    place: Place[CaseT]
    sections: tuple[str, ...]
    """Where pages offer it: sections of the convention's page, `territory`, `framework` or `register`."""
    rank: int = 0
    """Its place in a section, where the order of the families is not the one in which acts are looked for."""

    # --- its fields -----------------------------------------------------------------------------------------------

    later: tuple[str, ...] = ()
    """Fields of a second section, for whoever has them at hand: few fields first."""
    date_first: bool = False
    """A fact that one knows by its day: it is asked first, elsewhere last."""
    first: tuple[str, ...] = ()
    """Fields that are asked before those that its family shares."""
    never_optional: tuple[str, ...] = ()
    """What a rule wants although the command can do without, or what an empty form already proposes."""
    spares: Callable[[CaseT], frozenset[str]] = lambda case: frozenset()
    """What of that may be left out in this case: of what is before a take-over nobody may know it."""
    creates: tuple[str, ...] = ()
    """Fields naming what the command creates: the form gives the id, unless one that exists is chosen."""
    rows: Mapping[str, int] = field(default_factory=dict)
    """Lines shown at first where they are not the usual few."""
    short: tuple[str, ...] = ()
    """Free texts of one line."""
    own_motive: bool = False
    """It already says why in a field of its own."""
    carried: tuple[str, ...] = ()
    """Fields that the link to the form names, and that the page tells in its own way."""
    dated: bool = True
    """Whether it asks for the day: what is said of a record is said today."""
    says_why: bool = False
    """Whether the motive is required."""
    carries_version: bool = False
    """A decision says on which version it was taken; a fact is true whatever else was recorded meanwhile."""

    # --- what may be chosen ---------------------------------------------------------------------------------------

    fixed: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    """Choices that never change: the vocabularies that the domain closes."""
    choices: Mapping[str, Callable[[CaseT], tuple[Choice, ...] | None]] = field(default_factory=dict)
    """Those of the case at hand; None where there is no list this time."""
    narrowed: Mapping[str, Narrowed[CaseT]] = field(default_factory=dict)
    """Lists that depend on another answer: only what fits it is offered, once it is given."""
    ticked: Mapping[str, Callable[[CaseT], tuple[TickedRow, ...]]] = field(default_factory=dict)
    """Repeating fields of which the likely lines are proposed, each with a box."""
    before: Callable[[CaseT, Typed], tuple[Command, ...]] = lambda case, typed: ()
    """What is done first at the same press, all or nothing, because of what was typed."""
    after: Callable[[CaseT, Command], tuple[Command, ...]] = lambda case, command: ()
    """What is done right after it at the same press, all or nothing, because of what it says."""
    folded: Mapping[str, Callable[[CaseT], tuple[Choice, ...]]] = field(default_factory=dict)
    """Choices that are seldom meant and come folded."""
    needs: Mapping[str, Form[Any]] = field(default_factory=dict)
    """The act to do first where a list of this form would be empty."""
    cites: Cited | None = None
    proposes: Callable[[CaseT], Mapping[str, str]] = lambda case: {}
    """What an empty form proposes; boxes ticked are separated by spaces."""
    refills: Callable[[CaseT, Mapping[str, str]], Mapping[str, str]] = lambda case, given: {}
    """What it proposes of what its link names, where that is said again whole."""
    again: bool = False
    """It says again what one thing says: which one is chosen first, and the form comes filled with it."""
    untouched: tuple[str, ...] = ()
    """Fields that are said only where they differ from what the form was filled with."""
    by_lines: bool = False
    """What asks a partner for it, of no one thing in particular, leads to its form by lines."""
    undoes: Callable[[CaseT], tuple[Phrase, ...]] = lambda case: ()
    """What of the work of others the act may undo, said before anything is typed."""
    hidden: Callable[[CaseT], Mapping[str, str | None]] = lambda case: {}
    """What it carries without showing: the page knows it better than the browser."""
    bounds: Mapping[str, Callable[[CaseT], Bounds]] = field(default_factory=dict)
    """The days between which a date lies."""
    lines: Callable[[CaseT, Mapping[str, str]], tuple[FactLine, ...]] = lambda case, given: ()
    """The facts of before a take-over that it asks for, by what is given of its term."""

    # --- what its page shows beside its fields ----------------------------------------------------------------------

    kind: str = ""
    """The message that tells it from others, between which one chooses before anything is typed."""
    template: str = "form.html"
    """The page that it is drawn on."""
    foresees: Callable[[CaseT, Typed | None, Options], ForeseenShown] | None = None
    """What it would lead to, as far as it is typed; asked again without recording anything."""

    confirms: (
        Callable[[CaseT, Sequence[Command], Any], tuple[tuple[SummaryLine, ...], tuple[DatedLine, ...]] | None] | None
    ) = None
    """What is shown to be confirmed before it is recorded, with what else is recorded at the same press: what it says,
    and what follows; None, or where it says none of this one: recorded at once."""

    by_link: Question | None = None
    """What is asked, where whoever may do it may answer by a one-time link; None for what is done by the pages only."""

    # --- how it is read, and what follows -------------------------------------------------------------------------

    read: Callable[[Typed, Texts], Read] | None = None
    """For what is typed as a file."""
    lacks: Callable[[Mapping[str, Any]], str | None] = lambda typed: None
    """What a form without documents lacks as a whole, as a message; None when it says enough."""
    stream_of: Callable[[Typed], UUID] | None = None
    """The stream, where it follows from what the form says; else the place's own, or a new one."""
    stream_at: Callable[[UUID], UUID] | None = None
    """The same, where it follows from the place."""
    stream_in: Callable[[CaseT], UUID] | None = None
    """The same, where it follows from what is there."""
    leads_to: Callable[[Asking, UUID], str] | None = None
    """The page that shows what it started, where that is not the page of its place."""

    # --- its example in the description of the API ----------------------------------------------------------------

    example: Mapping[str, Any] = field(default_factory=dict)
    """What stands in a field whose name alone does not say it."""
    example_fills: tuple[str, ...] = ()
    """Optional fields that are shown all the same."""

    @property
    def name(self) -> str:
        """The act as addresses and the policy name it."""
        return self.command.NAME

    def is_day(self, path: str) -> bool:
        """Whether a field is a day."""
        return bare(get_type_hints(self.command).get(path))[0] is date

    @property
    def names_its_stream(self) -> bool:
        """Whether the form gives an id to what it starts."""
        follows = self.stream_of or self.stream_at or self.stream_in
        return self.command.STARTS and follows is None and self.read is None

    def home(self, ask: Asking, place_id: UUID | None) -> str:
        """The page that shows what it changes."""
        return self.place.home(ask, place_id, self.sections[0])

    def address(self, **ids: UUID | None) -> str:
        """The form, where it is done: of `convention_id`, `territory_id` and `framework_id` it takes its own."""
        middle = f"/{self.place.of(ids)}" if self.place.key else ""
        return f"/{self.place.word_of(ids)}{middle}/actes/{self.name}"

    def together(self, place_id: str) -> str:
        """The form by lines of it, where it has one: of a place by its id, or by the name of it in a route."""
        return f"/{self.place.word}/{place_id}/actes/ensemble/{self.name}"
