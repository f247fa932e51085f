"""What an institution leads under its second registration is led by the kept one, for all that follows."""

from __future__ import annotations

from uuid import UUID

import pytest

from domain.lead_roles.assigning import AssignLeadRole
from domain.lead_roles.changing import EndLeadRole, ShareLeadRole
from domain.lead_roles.leading import lead_roles_stream
from domain.values import LocalId, Prose, local_id
from projections.who_leads_what import leads
from tests.projections.story import Story
from tests.rules.test_partners_merged import apart, merge, opened_with, register

LEAD = local_id("chef de file")


@pytest.fixture
def twin(story: Story) -> UUID:
    """Registered beside the authority of the story, which it is; it leads there."""
    story.set_up()
    opened_with(story, story.epci)
    found = register(story, "CC Gascogne Toulousaine (bis)", "EPCI")
    story.tell(
        AssignLeadRole(
            stream_id=lead_roles_stream(story.territory),
            home_territory_id=story.territory,
            convention_id=story.convention,
            lead_id=LEAD,
            partner_id=found,
        )
    )
    return found


def leading(story: Story, lead_id: LocalId = LEAD) -> tuple[UUID, ...]:
    """Who leads, as it is told."""
    return next(one.partners for one in leads(story.dossier) if one.lead_id == lead_id)


def test_the_role_follows_the_partner_that_is_kept_and_comes_back_when_they_are_told_apart(
    story: Story, twin: UUID
) -> None:
    merged = merge(story, twin, story.epci)
    assert leading(story) == (story.epci,)
    apart(story, twin, merged)
    assert leading(story) == (twin,)


def test_two_that_share_a_role_and_are_one_lead_it_once(story: Story, twin: UUID) -> None:
    stream = lead_roles_stream(story.territory)
    story.tell(ShareLeadRole(stream_id=stream, lead_id=LEAD, partner_id=story.epci))
    assert leading(story) == (twin, story.epci)
    merge(story, twin, story.epci)
    assert leading(story) == (story.epci,)
    ends = EndLeadRole(stream_id=stream, lead_id=LEAD, partner_id=story.epci, motive=Prose("Le service change."))
    story.tell(ends)
    assert leading(story) == ()
