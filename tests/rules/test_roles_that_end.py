"""Roles that end or pass to somebody else, and the one role that somebody may take alone (R33)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from uuid import UUID

import pytest

from domain.assignments import AssignTerritoryRole, ConfirmTerritoryRole
from domain.endings import EndTerritoryRole, HandOverTerritoryRole
from domain.kernel import Actor, RoleHeld
from domain.roles import (
    ADMINISTRATOR,
    AUDITOR,
    CO_PILOT,
    COMMITTEE_CHAIR,
    COOPERATION_OFFICER,
    PARTNER_REPRESENTATIVE,
    PILOT,
)
from domain.values import Code
from projections.who_holds_which_role import role_holders, roles_of
from tests.projections.story import Story
from tests.rules.reading import refused

NOT_ENTITLED = [("R33", "not-entitled")]
NOT_HELD = [("", "role-not-held")]


def give(story: Story, role: Code, partner_id: UUID | None = None, since: date | None = None) -> tuple[Actor, UUID]:
    """Somebody with a role on the territory, and the event that gave it."""
    person = uuid.uuid4()
    act = AssignTerritoryRole(
        stream_id=story.territory, role=role, person_id=person, partner_id=partner_id, occurred_on=since
    )
    answer = story.tell(act, story.administrator)
    return Actor(person, (RoleHeld(role, story.territory, partner_id, recorded_in=story.territory),)), answer.events[
        0
    ].event_id


def end(story: Story, assignment_id: UUID, day: date | None = None) -> EndTerritoryRole:
    """The act that ends a role."""
    return EndTerritoryRole(stream_id=story.territory, assignment_id=assignment_id, occurred_on=day)


def hand_over(story: Story, assignment_id: UUID, to: UUID) -> HandOverTerritoryRole:
    """The act that hands a role over."""
    return HandOverTerritoryRole(stream_id=story.territory, assignment_id=assignment_id, successor_id=to)


def rights(story: Story, actor: Actor) -> list[str]:
    """The roles that somebody holds today."""
    return [one.role for one in roles_of(story.known, actor.actor_id, story.today)]


def test_a_role_that_ends_gives_no_right_from_that_very_day(story: Story) -> None:
    story.set_up()
    officer, given = give(story, COOPERATION_OFFICER, since=date(2024, 1, 1))
    assert rights(story, officer) == ["COOPERATION_OFFICER"]
    story.tell(end(story, given), story.administrator)
    assert rights(story, officer) == []
    yesterday = role_holders(story.known, story.territory, None, date(2026, 5, 31))
    assert [one.person_id for one in yesterday] == [officer.actor_id], "who held it then is still told"
    assert refused(story, partial(story.tell, end(story, given), story.administrator)) == NOT_HELD
    give_again = AssignTerritoryRole(stream_id=story.territory, role=COOPERATION_OFFICER, person_id=officer.actor_id)
    story.tell(give_again, story.administrator)
    assert rights(story, officer) == ["COOPERATION_OFFICER"]


def test_a_role_does_not_end_before_it_began(story: Story) -> None:
    story.set_up()
    _, given = give(story, COOPERATION_OFFICER, since=date(2026, 5, 1))
    too_early = partial(story.tell, end(story, given, date(2026, 4, 30)), story.administrator)
    assert refused(story, too_early) == [("", "ends-before-start")]
    assert refused(story, partial(story.tell, end(story, uuid.uuid4()), story.administrator)) == NOT_HELD


@pytest.mark.parametrize("role", [PILOT, AUDITOR, COMMITTEE_CHAIR])
def test_anybody_gives_up_their_own_role_and_nobody_elses(story: Story, role: Code) -> None:
    story.set_up()
    holder, own = give(story, role)
    _, other = give(story, PILOT)
    assert refused(story, partial(story.tell, end(story, other), holder)) == NOT_ENTITLED
    story.tell(end(story, own), holder)
    assert rights(story, holder) == []


def test_a_pilot_and_a_voice_are_ended_by_whoever_may_give_them(story: Story) -> None:
    story.set_up()
    co_pilot, _ = give(story, CO_PILOT)
    _, pilot = give(story, PILOT)
    speaker, voice = give(story, PARTNER_REPRESENTATIVE, story.caf)
    colleague, second = give(story, PARTNER_REPRESENTATIVE, story.caf)
    _, of_epci = give(story, PARTNER_REPRESENTATIVE, story.epci)
    for one in (pilot, voice):
        assert refused(story, partial(story.tell, end(story, one), co_pilot)) == NOT_ENTITLED
    assert refused(story, partial(story.tell, end(story, of_epci), speaker)) == NOT_ENTITLED
    story.tell(end(story, second), speaker)
    assert rights(story, colleague) == []
    story.tell(end(story, pilot), story.administrator)


def test_a_role_passes_to_somebody_else_for_the_time_that_was_left(story: Story) -> None:
    story.set_up()
    person, successor, until = uuid.uuid4(), Actor(uuid.uuid4(), ()), date(2026, 12, 31)
    act = AssignTerritoryRole(stream_id=story.territory, role=PILOT, person_id=person, ends_on=until)
    given = story.tell(act, story.administrator).events[0].event_id
    assert refused(story, partial(story.tell, hand_over(story, given, person), story.administrator)) == [
        ("", "already-exists")
    ]
    story.tell(hand_over(story, given, successor.actor_id), story.administrator)
    (held,) = role_holders(story.known, story.territory, PILOT, story.today)
    assert (held.person_id, held.starts_on, held.ends_on) == (successor.actor_id, story.today, until)
    assert rights(story, Actor(person, ())) == []
    again = partial(story.tell, hand_over(story, given, uuid.uuid4()), story.administrator)
    assert refused(story, again) == NOT_HELD


def test_holding_the_role_of_pilot_is_not_enough_to_hand_it_over(story: Story) -> None:
    story.set_up()
    pilot, given = give(story, PILOT)
    assert refused(story, partial(story.tell, hand_over(story, given, uuid.uuid4()), pilot)) == NOT_ENTITLED
    speaker, voice = give(story, PARTNER_REPRESENTATIVE, story.caf)
    story.tell(hand_over(story, voice, uuid.uuid4()), speaker)
    assert rights(story, speaker) == []


def test_nobody_hands_a_role_over_to_themselves_and_no_key_does(story: Story) -> None:
    story.set_up()
    co_pilot, _ = give(story, CO_PILOT)
    _, given = give(story, COOPERATION_OFFICER)
    for act, actor in (
        (hand_over(story, given, co_pilot.actor_id), co_pilot),
        (hand_over(story, given, uuid.uuid4()), replace(co_pilot, is_tool=True)),
        (end(story, given), replace(co_pilot, is_tool=True)),
    ):
        assert refused(story, partial(story.tell, act, actor)) == NOT_ENTITLED


# --- the only administrator -------------------------------------------------------------------------------------------


@dataclass
class Alone:
    """People among whom one administers the instance alone."""

    person_id: UUID | None

    def knows(self, person_id: UUID) -> bool:
        """Everybody is known."""
        return True

    def may_sign_in(self, person_id: UUID) -> bool:
        """Everybody may."""
        return True

    def is_only_administrator(self, person_id: UUID) -> bool:
        """One is."""
        return person_id == self.person_id

    def unreachable(self, person_ids: Iterable[UUID]) -> frozenset[UUID]:
        """Everybody is written to."""
        return frozenset()

    def out_of_reach(self, person_ids: Iterable[UUID]) -> frozenset[UUID]:
        """Everybody could answer."""
        return frozenset()

    def could_answer(self, person_ids: Iterable[UUID]) -> frozenset[UUID]:
        """Everybody could."""
        return frozenset(person_ids)


def take(story: Story, role: Code = PILOT) -> AssignTerritoryRole:
    """The act by which the administrator takes a role."""
    return AssignTerritoryRole(stream_id=story.territory, role=role, person_id=story.administrator.actor_id)


def test_the_only_administrator_takes_the_role_of_pilot_once_until_somebody_confirms_it(story: Story) -> None:
    story.set_up()
    administrator = story.administrator
    story.steering.people = Alone(administrator.actor_id)
    assert refused(story, partial(story.tell, take(story, CO_PILOT), administrator)) == NOT_ENTITLED
    answer = story.tell(take(story), administrator)
    assert [(one.RULE, one.CODE) for one in answer.notices] == [("R33", "taken-alone")]
    given = answer.events[0].event_id
    confirm = ConfirmTerritoryRole(stream_id=story.territory, assignment_id=given)
    (held,) = role_holders(story.known, story.territory, PILOT, story.today)
    assert held.awaits_confirmation
    assert refused(story, partial(story.tell, confirm, administrator)) == NOT_ENTITLED
    second, _ = give(story, COMMITTEE_CHAIR)
    assert refused(story, partial(story.tell, confirm, replace(second, is_tool=True))) == NOT_ENTITLED
    story.tell(confirm, second)
    (held,) = role_holders(story.known, story.territory, PILOT, story.today)
    assert not held.awaits_confirmation
    assert refused(story, partial(story.tell, confirm, second)) == NOT_HELD
    story.tell(end(story, given), administrator)
    assert refused(story, partial(story.tell, take(story), administrator)) == NOT_ENTITLED, "once on a territory"


def test_one_administrator_among_others_takes_nothing(story: Story) -> None:
    story.set_up()
    story.steering.people = Alone(None)
    assert refused(story, partial(story.tell, take(story), story.administrator)) == NOT_ENTITLED


def test_a_role_given_by_another_waits_for_no_confirmation(story: Story) -> None:
    story.set_up()
    _, given = give(story, PILOT)
    other = Actor(uuid.uuid4(), (RoleHeld(ADMINISTRATOR),))
    confirm = ConfirmTerritoryRole(stream_id=story.territory, assignment_id=given)
    assert refused(story, partial(story.tell, confirm, other)) == NOT_HELD
