"""Contested facts as pages tell them: beside the fact, in a list of those that wait, and above the forms about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Final
from uuid import UUID

from api.pages.acts import forms_in
from api.pages.acts.contestations import KEEP_CONTESTED_RECORD
from api.pages.asking import Asking
from api.pages.contexts import Act, AnswerShown, ContestationShown, Phrase
from api.pages.mistakes import Mistakes
from api.pages.rendering import PageWords
from domain.contesting import is_contestable
from domain.kernel import Event
from projections.which_facts_are_contested import Contestation, contestations
from projections.which_mistakes_are_mended import COUNTS
from workflows.instants import PARIS

SHOWN_FOR: Final = timedelta(days=30)
"""How long a page says what became of a contestation."""


def contestation_shown(ask: Asking, one: Contestation) -> ContestationShown:
    """A contestation in words, without what may be done."""
    ask.open(one)
    closed = one.closed
    return ContestationShown(
        ask.name(one.partner_id),
        one.state,
        ask.person(one.said.by),
        one.said.at.astimezone(PARIS).date(),
        ask.said(one.said.reason),
        ask.documents(one.evidence),
        tuple(
            AnswerShown(
                ask.person(each.said.by),
                each.said.role,
                each.said.at.astimezone(PARIS).date(),
                ask.said(each.said.reason),
                ask.documents(each.evidence),
            )
            for each in one.answers
        ),
        ask.person(closed.by) if closed is not None else None,
        closed.at.astimezone(PARIS).date() if closed is not None else None,
        ask.said(closed.reason) if closed is not None else None,
    )


@dataclass
class Contested:
    """What is contested of everything about a convention; facts are told as `mistakes` tells them."""

    mistakes: Mistakes
    may_act: bool = True

    @property
    def ask(self) -> Asking:
        """Who asks."""
        return self.mistakes.ask

    @cached_property
    def every(self) -> tuple[Contestation, ...]:
        """Every contestation, the oldest first."""
        return contestations(self.mistakes.dossier)

    @cached_property
    def _by_fact(self) -> Mapping[UUID, list[Contestation]]:
        found: dict[UUID, list[Contestation]] = {}
        for one in self.every:
            found.setdefault(one.target_id, []).append(one)
        return found

    def count_open(self) -> int:
        """How many wait to be resolved."""
        return sum(one.is_open for one in self.every)

    def beside(self, event: Event) -> tuple[ContestationShown, ...]:
        """What is contested of a fact, on the line of that fact; of what is mended only what that resolved."""
        return tuple(self._shown(one) for one in self._by_fact.get(event.envelope.event_id, ()))

    def acts(self, event: Event) -> tuple[Act, ...]:
        """The link that contests a fact, for whoever may; not twice for one partner."""
        event_id = event.envelope.event_id
        fate = self.mistakes.fates.get(event_id)
        if not self.may_act or not is_contestable(event) or (fate is not None and fate.stands != COUNTS):
            return ()
        own = {one.partner_id for one in self.ask.visitor.actor.roles}
        if any(one.is_open and one.partner_id in own for one in self._by_fact.get(event_id, ())):
            return ()
        territory_id, framework_id = self._where(event.originator_id)
        return tuple(
            Act(Phrase(f"command.{form.name}"), f"{form.address(stream_id=event.originator_id)}?target_id={event_id}")
            for form in forms_in("facts")
            if self.ask.visitor.may_here(form.name, territory_id, framework_id)
        )

    def cards(self) -> tuple[ContestationShown, ...]:
        """Those that wait, the oldest first, then what became lately of others; each with the fact in words."""
        since = self.ask.today - SHOWN_FOR
        lately = [one for one in self.every if one.closed is not None and _closed_on(one) >= since]
        found = [*(one for one in self.every if one.is_open), *reversed(lately)]
        facts = [self.mistakes.events[one.target_id] for one in found]
        self.ask.open(self.mistakes.telling.texts(facts))
        return tuple(self._told(one, fact) for one, fact in zip(found, facts, strict=True))

    def _told(self, one: Contestation, fact: Event) -> ContestationShown:
        sentence = PageWords.capital(self.mistakes.telling.sentence(fact))
        shown = self._shown(one)
        mends = self.mistakes.acts(fact) if self.may_act and one.is_open else ()
        return replace(
            shown,
            sentence=sentence,
            occurred_on=fact.occurred_on,
            href=self.mistakes.trail(one.target_id),
            acts=(*shown.acts, *mends),
        )

    def _shown(self, one: Contestation) -> ContestationShown:
        settled = self.mistakes.trail(one.settled_by) if one.settled_by is not None else None
        return replace(contestation_shown(self.ask, one), settled_href=settled, acts=tuple(self._answers(one)))

    def _answers(self, one: Contestation) -> list[Act]:
        """What may be said of a contestation that waits."""
        if not one.is_open or not self.may_act:
            return []
        visitor, (territory_id, framework_id) = self.ask.visitor, self._where(one.stream_id)
        own = visitor.actor.actor_id == one.said.by
        return [
            Act(
                Phrase(f"command.{form.name}"),
                f"{form.address(stream_id=one.stream_id)}?contestation_id={one.said.event_id}",
            )
            for form in forms_in("contestations")
            if not (own and form is KEEP_CONTESTED_RECORD)
            and visitor.may(form.name, territory_id, one.partner_id, framework_id=framework_id, own=own)
        ]

    def _where(self, stream_id: UUID) -> tuple[UUID | None, UUID | None]:
        stream = self.mistakes.dossier.streams.get(stream_id)
        if stream is None:
            return None, None
        return stream.state.territory_id, stream.state.whole_framework_id


def _closed_on(one: Contestation) -> date:
    assert one.closed is not None
    return one.closed.at.astimezone(PARIS).date()
