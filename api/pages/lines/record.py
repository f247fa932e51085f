"""What doors need to know of a form by lines: the act of each line, what its lines say, and how that is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from uuid import UUID

from api.pages.asking import Asking
from api.pages.contexts import Phrase
from api.pages.fields import Field
from api.pages.forms.options import Options
from api.pages.forms.record import Form
from api.pages.forms.submission import Submission
from api.pages.forms.typed import Typed
from api.pages.lines.contexts import Consequence, LineGroup
from workflows.bulk import Outcome

CaseT = TypeVar("CaseT")

LINES = "lines"
"""Before the names of what lines say: `lines.<line>.<field>`."""

ON = "on"
"""The box of a line."""

ADD = "_add"
"""The button that shows the form again, as typed and weighed, with nothing recorded."""

ALL, MORE = "all", "lines"
"""What it may add: every box ticked, or more rows."""


@dataclass(frozen=True)
class Draft:
    """One act of a line, as it was read: its command, or what is wrong by the name of the field on the page."""

    line: str
    said: Submission

    @property
    def errors(self) -> Mapping[str, str]:
        """What is wrong."""
        return self.said.errors


@dataclass(frozen=True)
class Weighed:
    """A draft with what would come of it, or came of it; None where it says no command."""

    draft: Draft
    outcome: Outcome | None


@dataclass(frozen=True)
class Asked(Generic[CaseT]):
    """A form by lines at hand: where it is asked, what may be chosen, what was typed or is proposed."""

    ask: Asking
    place_id: UUID
    case: CaseT
    options: Options
    typed: Typed
    errors: Mapping[str, str] = field(default_factory=dict)
    records: bool = False
    """Whether it is to be recorded, not only weighed."""


@dataclass(frozen=True)
class Body:
    """What the page shows between its title and its button."""

    lead: tuple[Phrase, ...]
    common: tuple[Field, ...]
    more: tuple[Field, ...]
    groups: tuple[LineGroup, ...]
    consequences: tuple[Consequence, ...] = ()
    after: tuple[Phrase, ...] = ()
    note: Phrase | None = None
    """What should be known of the common fields."""


@dataclass(frozen=True, kw_only=True)
class Lines(Generic[CaseT]):
    """Many of one act in one form. `word` names it in texts and, with the act, in its address."""

    word: str
    form: Form[CaseT]
    propose: Callable[[Asked[CaseT]], Typed]
    """What an empty one says."""
    read: Callable[[Asked[CaseT]], Sequence[Draft]]
    """The acts that its lines say, in the order in which they are decided."""
    show: Callable[[Asked[CaseT], Sequence[Weighed]], Body]
    ticks: Callable[[Asked[CaseT]], Iterable[str]] | None = None
    """The lines that one button ticks."""
    own: bool = False
    """Whether it is offered to whoever may do it for its own partner only, whose lines alone it then shows."""
    adds_rows: bool = False
    """Whether a button shows more empty lines."""

    def address(self, **ids: UUID | None) -> str:
        """Where it is done."""
        return self.path(str(ids[self.form.place.key]))

    def path(self, place_id: str) -> str:
        """The same, of a place by its id, or by the name of it in a route."""
        return self.form.together(place_id)


AnyLines = Lines[Any]
