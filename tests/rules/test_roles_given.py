"""Roles given to people, and what holding one on a territory only does not allow (R33)."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from domain.assignments import AssignFrameworkRole, AssignTerritoryRole
from domain.convention.authorising import RecordMandate
from domain.convention.opening import RecordEngagement
from domain.frameworks import SignFrameworkConvention
from domain.kernel import Actor, Command, RoleHeld
from domain.partners import RegisterPartner
from domain.roles import (
    ADMINISTRATOR,
    AUDITOR,
    CO_PILOT,
    COMMITTEE_MEMBER,
    COOPERATION_OFFICER,
    FRAMEWORK_CO_PILOT,
    FRAMEWORK_PILOT,
    PARTNER_EXECUTIVE,
    PARTNER_REPRESENTATIVE,
    PILOT,
)
from domain.values import Code, PublicName
from tests.projections.story import Story
from tests.rules.reading import malformed, refused
from workflows.application import UnknownStream

NOT_ENTITLED = [("R33", "not-entitled")]


def assign(story: Story, role: Code, person_id: UUID, **more: Any) -> None:
    """A role on the territory, given by the administrator on the story's day unless said otherwise."""
    command = AssignTerritoryRole(stream_id=story.territory, role=role, person_id=person_id, **more)
    story.tell(command, story.administrator)


def test_a_role_speaks_for_a_partner_that_exists(story: Story) -> None:
    story.set_up()
    stranger = partial(assign, story, PARTNER_REPRESENTATIVE, uuid.uuid4(), partner_id=uuid.uuid4())
    assert refused(story, stranger) == [("", "unknown-reference")]


@pytest.mark.parametrize("role", [PARTNER_REPRESENTATIVE, PARTNER_EXECUTIVE])
def test_a_role_that_speaks_for_a_partner_names_it(story: Story, role: Code) -> None:
    story.set_up()
    assert malformed(story, partial(assign, story, role, uuid.uuid4())) == ("partner-required", "partner_id")


def test_a_role_is_not_given_twice_while_it_is_held(story: Story) -> None:
    story.set_up()
    person = uuid.uuid4()
    assign(story, PILOT, person, occurred_on=date(2024, 2, 1), ends_on=date(2024, 12, 31))
    last_day = partial(assign, story, PILOT, person, occurred_on=date(2024, 12, 31))
    assert refused(story, last_day) == [("", "already-exists")]
    assign(story, PILOT, uuid.uuid4(), occurred_on=date(2024, 12, 31))
    assign(story, PILOT, person, occurred_on=date(2025, 1, 1))


def test_one_person_may_speak_for_two_partners(story: Story) -> None:
    story.set_up()
    person = uuid.uuid4()
    for partner in (story.caf, story.epci):
        assign(story, PARTNER_REPRESENTATIVE, person, partner_id=partner)
    again = partial(assign, story, PARTNER_REPRESENTATIVE, person, partner_id=story.caf)
    assert refused(story, again) == [("", "already-exists")]


def test_a_role_does_not_end_before_it_starts(story: Story) -> None:
    story.set_up()
    days = {"occurred_on": date(2024, 2, 1), "ends_on": date(2024, 1, 31)}
    assert refused(story, partial(assign, story, PILOT, uuid.uuid4(), **days)) == [("", "ends-before-start")]
    assign(story, PILOT, uuid.uuid4(), occurred_on=date(2024, 2, 1), ends_on=date(2024, 2, 1))


def test_each_level_has_its_roles(story: Story) -> None:
    story.set_up()
    story.attach(story.territory)
    unknown = [("R33", "unknown-role")]
    assert refused(story, partial(assign, story, FRAMEWORK_PILOT, uuid.uuid4())) == unknown
    local = AssignFrameworkRole(stream_id=story.framework, role=PILOT, person_id=uuid.uuid4())
    assert refused(story, partial(story.tell, local, story.administrator)) == unknown


# --- where a role is held ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [FRAMEWORK_PILOT, FRAMEWORK_CO_PILOT, ADMINISTRATOR])
def test_a_role_of_the_framework_held_on_a_territory_does_not_act_on_the_framework(story: Story, role: Code) -> None:
    """A key may be issued so: it opens no more than its territory."""
    story.set_up()
    story.attach(story.territory)
    acts: tuple[Command, ...] = (
        SignFrameworkConvention(stream_id=story.framework, partner_id=story.caf),
        AssignFrameworkRole(stream_id=story.framework, role=AUDITOR, person_id=uuid.uuid4()),
    )
    here = Actor(uuid.uuid4(), (RoleHeld(role, story.territory), RoleHeld(PILOT, story.territory)))
    for act in acts:
        with pytest.raises(UnknownStream):
            story.tell(act, here)
    register = RegisterPartner(stream_id=uuid.uuid4(), kind=Code("MSA"), name=PublicName("MSA"))
    assert refused(story, partial(story.tell, register, here)) == NOT_ENTITLED
    on_it = RoleHeld(role) if role == ADMINISTRATOR else RoleHeld(role, framework_id=story.framework)
    for act in (register, *acts):
        story.tell(act, Actor(uuid.uuid4(), (on_it,)))


def test_nobody_acts_on_behalf_of_a_partner_they_do_not_represent(story: Story) -> None:
    story.set_up()
    story.open()
    engagement = RecordEngagement(stream_id=story.convention, occurred_on=date(2024, 1, 15))
    for partner in (story.caf, uuid.uuid4()):
        assert refused(story, partial(story.tell, engagement, on_behalf_of=partner)) == NOT_ENTITLED
    speaker = Actor(uuid.uuid4(), (RoleHeld(PARTNER_REPRESENTATIVE, story.territory, story.caf),))
    mandate = RecordMandate(stream_id=story.convention, partner_id=story.caf, kind=Code("BOARD"))
    assert refused(story, partial(story.tell, mandate, speaker, on_behalf_of=story.epci)) == NOT_ENTITLED
    story.tell(mandate, speaker, on_behalf_of=story.caf)


# --- whose it is to give ----------------------------------------------------------------------------------------------


def local(story: Story, role: Code, partner_id: UUID | None = None) -> Actor:
    """Somebody with a role on the territory."""
    return Actor(uuid.uuid4(), (RoleHeld(role, story.territory, partner_id),))


def steering(story: Story, role: Code = FRAMEWORK_PILOT) -> Actor:
    """Somebody who steers the framework that follows the territory."""
    held = RoleHeld(role, framework_id=story.framework, follows=frozenset({story.territory}))
    return Actor(uuid.uuid4(), (held,))


def giving(story: Story, role: Code, person_id: UUID, partner_id: UUID | None = None) -> AssignTerritoryRole:
    """The act that gives a role on the territory."""
    return AssignTerritoryRole(stream_id=story.territory, role=role, person_id=person_id, partner_id=partner_id)


def test_nobody_gives_a_role_to_themselves(story: Story) -> None:
    story.set_up()
    story.attach(story.territory)
    for actor in (story.administrator, steering(story), local(story, PILOT)):
        act = giving(story, COOPERATION_OFFICER, actor.actor_id)
        assert refused(story, partial(story.tell, act, actor)) == NOT_ENTITLED
    own = AssignFrameworkRole(stream_id=story.framework, role=AUDITOR, person_id=(pilot := steering(story)).actor_id)
    assert refused(story, partial(story.tell, own, pilot)) == NOT_ENTITLED


def test_a_key_gives_no_role(story: Story) -> None:
    story.set_up()
    for actor in (story.administrator, local(story, PILOT)):
        act = giving(story, COOPERATION_OFFICER, uuid.uuid4())
        assert refused(story, partial(story.tell, act, replace(actor, is_tool=True))) == NOT_ENTITLED
        story.tell(act, actor)


@pytest.mark.parametrize("by", [PILOT, CO_PILOT])
def test_a_local_pilot_makes_no_other_pilot_and_no_voice_of_a_partner(story: Story, by: Code) -> None:
    story.set_up()
    story.attach(story.territory)
    for role, partner in ((PILOT, None), (PARTNER_REPRESENTATIVE, story.caf), (PARTNER_EXECUTIVE, story.caf)):
        act = giving(story, role, uuid.uuid4(), partner)
        assert refused(story, partial(story.tell, act, local(story, by))) == NOT_ENTITLED
        assert refused(story, partial(story.tell, act, steering(story, FRAMEWORK_CO_PILOT))) == NOT_ENTITLED
        story.tell(act, steering(story))
    story.tell(giving(story, COMMITTEE_MEMBER, uuid.uuid4(), story.caf), local(story, by))


def test_a_partner_says_who_speaks_for_it_and_for_nobody_else(story: Story) -> None:
    story.set_up()
    speaker = local(story, PARTNER_REPRESENTATIVE, story.caf)
    story.tell(giving(story, PARTNER_EXECUTIVE, uuid.uuid4(), story.caf), speaker)
    for act in (
        giving(story, PARTNER_EXECUTIVE, uuid.uuid4(), story.epci),
        giving(story, COMMITTEE_MEMBER, uuid.uuid4(), story.caf),
        giving(story, PILOT, uuid.uuid4(), story.caf),
    ):
        assert refused(story, partial(story.tell, act, speaker)) == NOT_ENTITLED


def test_a_co_pilot_of_the_framework_appoints_no_pilot_of_it(story: Story) -> None:
    story.set_up()
    story.attach(story.territory)
    act = AssignFrameworkRole(stream_id=story.framework, role=FRAMEWORK_PILOT, person_id=uuid.uuid4())
    assert refused(story, partial(story.tell, act, steering(story, FRAMEWORK_CO_PILOT))) == NOT_ENTITLED
    story.tell(act, steering(story))
