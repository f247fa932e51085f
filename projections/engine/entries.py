"""What was recorded, decoded, and the state it leads to: folded by the aggregate's own `apply`, nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, Final, NamedTuple, TypeVar

from domain.kernel import Aggregate, Corrected, CreatedEvent, Event, Mending, is_mended
from domain.partners import PartnerRegistered
from domain.profiles import MethodProfilePublished
from domain.territories import TerritoryRegistered

AnswerT = TypeVar("AnswerT")

_REGISTER: Final = (MethodProfilePublished, PartnerRegistered, TerritoryRegistered)
_ALWAYS_SEEN: Final = (*_REGISTER, Mending)


class Entry(NamedTuple):
    """One event of the log and its place in it; `position` is internal."""

    position: int
    event: Event


@dataclass(frozen=True)
class Moment:
    """As of what: the facts that had happened by a day, those that were recorded by an instant, or both.

    The register (methods, partners, territories) is kept whatever its business date, which says when it was entered
    here and not since when the institution exists.
    """

    occurred_by: date | None = None
    recorded_by: datetime | None = None

    def had_recorded(self, event: Event) -> bool:
        """Whether an event was recorded by then."""
        return self.recorded_by is None or event.recorded_at <= self.recorded_by

    def had_seen(self, event: Event) -> bool:
        """Whether what an event tells had happened by then."""
        return self.occurred_by is None or event.occurred_on <= self.occurred_by or isinstance(event, _ALWAYS_SEEN)


NOW: Final = Moment()


@dataclass(frozen=True)
class Stream:
    """The events of one stream, in order, and the state they lead to. The state is shared: it is only read.

    `recorded`: all of them; `entries`: those that count, each correction in the place of what it corrects; `corrected`:
    how mistakes were mended, None where none was ever spoken of.
    """

    recorded: tuple[Entry, ...]
    entries: tuple[Entry, ...]
    state: Aggregate
    corrected: Corrected | None = None

    @property
    def version(self) -> int:
        """How many events it counts."""
        return self.state.version

    def once(self, question: Callable[..., AnswerT], *given: Hashable) -> AnswerT:
        """The answer of a question on this stream alone, asked once for as long as nothing is recorded there: of the
        many streams of a convention few move, and the others are asked nothing again."""
        asked = (question, *given) if given else question
        answers = self._answers
        if asked not in answers:
            answers[asked] = question(self, *given)
        answer: AnswerT = answers[asked]
        return answer

    @cached_property
    def _answers(self) -> dict[Hashable, Any]:
        return {}

    def ever(self) -> Iterator[Aggregate]:
        """The stream as it stands and, where a mistake was mended, as it stood after each thing ever recorded."""
        yield self.state
        state: Any = None
        for _, event in self.recorded if self.corrected is not None else ():
            if isinstance(event, CreatedEvent):
                state = event.mutate(None)
            elif state is not None and not isinstance(event, Mending):
                event.apply(state)
            if state is not None:
                yield state

    def as_of(self, moment: Moment) -> Stream | None:
        """The stream as of then, None when it did not exist."""
        return stream_of((entry for entry in self.recorded if moment.had_recorded(entry.event)), moment)


def stream_of(entries: Iterable[Entry], moment: Moment = NOW) -> Stream | None:
    """A stream folded from its events, some of which may be left out; None without the one that begins it.

    What is known of its mistakes by then is known of all of it: a business date leaves out facts, not corrections.
    """
    recorded = tuple(entries)
    kept, corrected = recorded, None
    if is_mended([event for _, event in recorded]):
        corrected = Corrected([entry.event for entry in recorded])
        places = {id(entry.event): entry.position for entry in recorded}
        kept = tuple(Entry(places[id(place)], event) for event, place in corrected.counting())
    if moment.occurred_by is not None:
        kept = tuple(entry for entry in kept if moment.had_seen(entry.event))
        recorded = tuple(entry for entry in recorded if moment.had_seen(entry.event))
    state: Aggregate | None = None
    for entry in kept:
        event = entry.event
        if state is None:
            if not isinstance(event, CreatedEvent):
                return None
            state = event.mutate(None)
        else:
            # Not `mutate`, which wants every version: a history may leave some out.
            event.apply(state)
    if state is None:
        return None
    state.version = recorded[-1].event.originator_version
    if corrected is not None:
        state.is_annulled = corrected.is_annulled
    return Stream(recorded, kept, state, corrected)
