"""A delegation given by or to an institution under its second registration is the kept one's, for all that follows."""

from __future__ import annotations

from uuid import UUID

import pytest

from domain.delegations.granting import GrantDelegation
from domain.values import Code
from projections.who_delegated_what import DelegationTold, delegations
from tests.projections.beside_the_plan import delegation_of
from tests.projections.story import Story
from tests.rules.test_partners_merged import apart, merge, opened_with, register


@pytest.fixture
def twin(story: Story) -> UUID:
    """Registered beside the authority of the story, which it is."""
    story.set_up()
    opened_with(story, story.epci)
    return register(story, "CC Gascogne Toulousaine (bis)", "EPCI")


def grant(story: Story, giver: UUID, receiver: UUID | None = None) -> None:
    story.tell(
        GrantDelegation(
            stream_id=delegation_of(story),
            home_territory_id=story.territory,
            delegator_id=giver,
            given_to=Code("PARTNER" if receiver is not None else "NETWORK"),
            to_partner_id=receiver,
            matters=(Code("COMMON_ANSWER"),),
        )
    )


def told(story: Story) -> DelegationTold:
    (found,) = delegations(story.dossier, story.dossier.convention.opened_on)
    return found


def test_what_a_twin_delegated_is_delegated_by_the_partner_that_is_kept_until_they_are_told_apart(
    story: Story, twin: UUID
) -> None:
    grant(story, twin)
    merged = merge(story, twin, story.epci)
    assert told(story).delegator_id == story.epci
    apart(story, twin, merged)
    assert told(story).delegator_id == twin


def test_what_was_delegated_to_a_twin_is_delegated_to_the_partner_that_is_kept(story: Story, twin: UUID) -> None:
    grant(story, story.caf, twin)
    merge(story, twin, story.epci)
    assert (told(story).delegator_id, told(story).partner_id) == (story.caf, story.epci)
