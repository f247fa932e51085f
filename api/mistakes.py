"""What rests on a mistake, in words: told with a refusal, on the form that mends it and in the journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from textwrap import shorten
from typing import Final
from uuid import UUID

from api.services import Services
from domain.convention.earlier import EarlierFactRecorded
from domain.convention.themes import ThemeAdded
from domain.kernel import TOPIC_PREFIX, BrokenRule, Event
from domain.mending import DependentEvents
from domain.values import Code, Prose, PublicName
from projections.engine import Entry, stream_of
from workflows.texts import Texts
from workflows.texts.facts import SaidOf, of_before, tell
from workflows.texts.rules import NameOf


def around(services: Services, stream_id: UUID) -> Sequence[Event]:
    """What a mistake in a stream may bear on: every event of its territory, or of itself where it has none."""
    stream = services.steering.load(stream_id)
    if stream is None or stream.territory_id is None:
        return services.steering.events_of(stream_id)
    return services.steering.events_on(stream.territory_id)


def dependents(broken: Iterable[BrokenRule]) -> tuple[UUID, ...]:
    """The events that would fall with a mistake, as a refusal names them."""
    return next((rule.events for rule in broken if isinstance(rule, DependentEvents)), ())


LONGEST_NAME: Final = 90
"""Characters of the name of a thing that a sentence about it says."""


class Telling:
    """Facts told in one sentence each; a fact that cites another one names it by what it is and its day, and one about
    a thing that people name (an action, an indicator, a promise, a committee) names it as it is called now."""

    def __init__(self, texts: Texts, name_of: NameOf, said: SaidOf, events: Iterable[Event]) -> None:
        self._texts, self._name_of, self._said = texts, name_of, said
        self._events: Mapping[UUID, Event] = {one.envelope.event_id: one for one in events}
        self._streams: dict[UUID, list[Event]] = {}
        for one in self._events.values():
            self._streams.setdefault(one.originator_id, []).append(one)
        self._called: dict[UUID, tuple[PublicName | Prose, ...]] = {}
        self._themes = {
            (one.originator_id, Code(one.theme_id)): str(one.name)
            for one in self._events.values()
            if isinstance(one, ThemeAdded)
        }

    def sentence(self, event: Event) -> str:
        """A fact in one sentence."""

        def name(one: UUID | Code) -> str:
            own = self._themes.get((event.originator_id, one)) if not isinstance(one, UUID) else None
            return own if own is not None else self.name(one)

        return tell(self._texts, event, name, self._said)

    def name(self, one: UUID | Code) -> str:
        """What an id stands for: a fact told here, a committee, or something of the register."""
        if not isinstance(one, UUID):
            return self._name_of(one)
        event = self._events.get(one)
        if event is not None:
            return self.label(event)
        names = [str(name) if isinstance(name, str) else self._words(name) for name in self.called(one)]
        return " ".join(names) or self._name_of(one)

    def called(self, stream_id: UUID) -> tuple[PublicName | Prose, ...]:
        """By what the thing that a stream is about is called."""
        if stream_id not in self._called:
            told = stream_of(Entry(place, event) for place, event in enumerate(self._streams.get(stream_id, ())))
            self._called[stream_id] = told.state.called if told is not None else ()
        return self._called[stream_id]

    def texts(self, events: Iterable[Event]) -> list[object]:
        """Everything in which a sealed text stands that the sentences of some facts say."""
        several = tuple(events)
        return [*several, *(self.called(one) for one in dict.fromkeys(event.originator_id for event in several))]

    def _words(self, name: Prose) -> str:
        words = self._said(name)
        return shorten(words, LONGEST_NAME, placeholder=" …") if words is not None else self._texts.t("word.erased")

    def label(self, event: Event) -> str:
        """A fact by its kind and its day."""
        if isinstance(event, EarlierFactRecorded):
            what = self._texts.t("mistake.fact-of-before", what=of_before(self._texts, event.fact, event.period))
        else:
            what = self._texts.t(f"fact.{event.TOPIC.removeprefix(TOPIC_PREFIX)}")
        return self._texts.t("mistake.fact", what=what, on=event.occurred_on)
