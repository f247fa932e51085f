"""The vocabulary in which the story tells what partners contest, what is answered, and who resolves it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ctg_engine.demo.cast import CAF_REPRESENTATIVE
from ctg_engine.demo.diary import Moment
from ctg_engine.demo.following import FollowedDecisions
from ctg_engine.demo.references import CAF, day
from domain.contested import RecordContested
from domain.contesting import AnswerContestation, ContestRecord, KeepContestedRecord
from domain.kernel import Command, Event
from domain.roles import PARTNER_REPRESENTATIVE
from workflows.application import Steering


@dataclass(frozen=True)
class Fact:
    """A fact of the story, found once it is told: by its kind and the day on which it happened."""

    stream_id: UUID
    topic: str
    on: date

    def among(self, steering: Steering) -> Event:
        """The event that tells of it."""
        found = (one for one in steering.events_of(self.stream_id) if self.topic == one.TOPIC)
        return next(one for one in found if one.occurred_on == self.on)


class Disputes(FollowedDecisions):
    """Facts that the Caf contests: discussed, then kept, or left open where the story stops."""

    def forum_of(self, on: str) -> Fact:
        """The forum held that day."""
        return Fact(self.convention_id, "ctg.convention.forum-held", day(on))

    def done_on(self, on: str) -> Fact:
        """What was said that day to be done of a decision."""
        return Fact(self.body_id, "ctg.steering-body.steering-decision-done", day(on))

    def contests(self, on: str, fact: Fact, why: str) -> None:
        """The Caf says that a fact is not right."""

        def said(steering: Steering) -> Command:
            target_id = fact.among(steering).envelope.event_id
            return ContestRecord(stream_id=fact.stream_id, target_id=target_id, partner_id=self.partner(CAF))

        caf = CAF_REPRESENTATIVE.acting_as(PARTNER_REPRESENTATIVE, self.territory_id, self.partner(CAF))
        self.diary.write(Moment(day(on), said, caf, why))

    def answers(self, on: str, fact: Fact, words: str) -> None:
        """The cooperation officer answers."""

        def said(steering: Steering) -> Command:
            return AnswerContestation(stream_id=fact.stream_id, contestation_id=_contestation(steering, fact))

        self.diary.write(Moment(day(on), said, self.officer, words))

    def keeps(self, on: str, fact: Fact, why: str) -> None:
        """The co-pilot, who did not record it, keeps it."""

        def said(steering: Steering) -> Command:
            return KeepContestedRecord(stream_id=fact.stream_id, contestation_id=_contestation(steering, fact))

        self.diary.write(Moment(day(on), said, self.co_pilot, why))


def _contestation(steering: Steering, fact: Fact) -> UUID:
    """The last contestation of a fact."""
    target_id = fact.among(steering).envelope.event_id
    every = [one for one in steering.events_of(fact.stream_id) if isinstance(one, RecordContested)]
    return [one for one in every if one.target_id == target_id][-1].envelope.event_id
