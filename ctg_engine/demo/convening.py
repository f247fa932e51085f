"""The vocabulary in which the story tells a committee before it meets: its seats, its rules, its meetings to come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import time
from typing import Final, NamedTuple

from ctg_engine.demo.cast import FRAMEWORK_PILOT_PERSON, Person, demo_id
from ctg_engine.demo.disputes import Disputes
from ctg_engine.demo.papers import paper
from ctg_engine.demo.references import FRAMEWORK_ID, body_of, day
from domain.kernel import Actor, RoleHeld
from domain.roles import COMMITTEE_CHAIR, FRAMEWORK_PILOT
from domain.steering import ConstituteSteeringBody
from domain.steering.answering import AnswerInvitation
from domain.steering.planning import AgendaItem, CancelMeeting, ConveneMeeting, MoveMeeting, PlanMeeting
from domain.steering.quorum import ChangeSteeringRules
from domain.steering.seats import FillSteeringSeat, GiveSteeringSeat
from domain.territories import territory_stream
from domain.values import Code, LocalId, Prose, PublicName, local_id

BEGINS: Final = time(18)
"""When committees meet: those who are elected work in the daytime."""


class Sits(NamedTuple):
    """Who sits in a committee: by which key, for which partner, in which role and college; who replaces them."""

    key: str
    partner: str
    seat_role: str
    college: str
    person: Person
    substitute: Person | None = None


class Convening(Disputes):
    """The committee of a territory before its meetings, and the groups beside it."""

    @property
    def chair(self) -> Actor:
        """Whoever chairs the committee."""
        return self.cast.chair.acting_as(COMMITTEE_CHAIR, self.territory_id)

    def seats(self, on: str, *seats: Sits) -> None:
        """Who sits in the committee from that day on."""
        for one in seats:
            command = GiveSteeringSeat(
                stream_id=self.body_id,
                occurred_on=day(on),
                seat_id=local_id(one.key),
                partner_id=self.partner(one.partner),
                seat_role=Code(one.seat_role),
                college=Code(one.college),
                person_id=one.person.person_id,
                substitute_id=one.substitute.person_id if one.substitute else None,
            )
            self.write(on, on, command, self.pilot)

    def sits_now(self, on: str, seat: str, person: Person) -> None:
        """Somebody else sits there from that day on."""
        command = FillSteeringSeat(
            stream_id=self.body_id, occurred_on=day(on), seat_id=local_id(seat), person_id=person.person_id
        )
        self.write(on, on, command)

    def rules(self, on: str, quorum: str, rhythm_months: int) -> None:
        """How many have to be there, and how often it meets."""
        command = ChangeSteeringRules(
            stream_id=self.body_id, occurred_on=day(on), quorum=Code(quorum), rhythm_months=rhythm_months
        )
        self.write(on, on, command, self.pilot)

    @contextmanager
    def group(self, on: str, kind: str, name: str) -> Iterator[None]:
        """Another body beside the committee, constituted that day: what is told inside is of it."""
        committee, self.body_id = self.body_id, demo_id("committee", self.key, kind)
        command = ConstituteSteeringBody(
            stream_id=self.body_id,
            occurred_on=day(on),
            home_territory_id=self.territory_id,
            kind=Code(kind),
            name=PublicName(name),
        )
        self.write(on, on, command, self.pilot)
        yield
        self.body_id = committee

    def plans_meeting(
        self,
        on: str,
        held_on: str,
        place: str,
        *,
        first_for: str | None = None,
        joint_with: tuple[str, str] | None = None,
    ) -> None:
        """A meeting is planned, at first for another day than that on which it is held where `first_for` says so;
        `joint_with`: the key and SIREN of a territory whose committee meets with this one, as the framework's pilot
        plans it."""
        command = PlanMeeting(
            stream_id=self.body_id,
            occurred_on=day(on),
            meeting_id=meeting_of(held_on),
            planned_on=day(first_for or held_on),
            starts_at=BEGINS,
            place=Prose(place),
            joint_with=(body_of(joint_with[0]),) if joint_with else (),
        )
        self.write(on, on, command, self._of_both(joint_with[1]) if joint_with else None)

    def _of_both(self, siren: str) -> Actor:
        """The framework's pilot, who acts here and on the other territory."""
        follows = frozenset({self.territory_id, territory_stream(siren)})
        held = RoleHeld(FRAMEWORK_PILOT, framework_id=FRAMEWORK_ID, follows=follows)
        return Actor(FRAMEWORK_PILOT_PERSON.person_id, (held,))

    def moves_meeting(self, on: str, held_on: str, place: str) -> None:
        """It is moved to the day on which it is held."""
        command = MoveMeeting(
            stream_id=self.body_id,
            occurred_on=day(on),
            meeting_id=meeting_of(held_on),
            planned_on=day(held_on),
            starts_at=BEGINS,
            place=Prose(place),
        )
        self.write(on, on, command)

    def cancels_meeting(self, on: str, held_on: str, motive: str) -> None:
        """It does not take place."""
        command = CancelMeeting(
            stream_id=self.body_id, occurred_on=day(on), meeting_id=meeting_of(held_on), motive=Prose(motive)
        )
        self.write(on, on, command, self.pilot)

    def convenes(
        self, on: str, held_on: str, *agenda: str, papers: Sequence[str] = (), joint_with: str | None = None
    ) -> None:
        """The invitation goes out with its agenda, and its papers where they are ready; `joint_with`: the SIREN of the
        territory whose committee meets with this one, as the framework's pilot convenes both."""
        command = ConveneMeeting(
            stream_id=self.body_id,
            occurred_on=day(on),
            meeting_id=meeting_of(held_on),
            agenda=tuple(AgendaItem(local_id(f"point-{place}"), Prose(text)) for place, text in enumerate(agenda, 1)),
        )
        self.write(on, on, command, self._of_both(joint_with) if joint_with else None, documents=papers)
        if joint_with is not None:
            for title in papers:  # whoever reads the other territory opens it too
                self.diary.keep(paper(title, self.short_name, day(on), territory_stream(joint_with)))

    def is_answered(self, on: str, held_on: str, answers: Sequence[tuple[str, str]]) -> None:
        """What the pilot heard from those invited, by the keys of their seats."""
        for seat, answer in answers:
            command = AnswerInvitation(
                stream_id=self.body_id,
                occurred_on=day(on),
                meeting_id=meeting_of(held_on),
                seat_id=local_id(seat),
                answer=Code(answer),
            )
            self.write(on, on, command, self.pilot)


def meeting_of(on: str) -> LocalId:
    """The meeting of a day."""
    return local_id(f"copil-{on}")
