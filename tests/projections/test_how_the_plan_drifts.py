"""A plan drifts from what was adopted as far as one counts by hand, and what was adopted never changes."""

from __future__ import annotations

import random
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from domain.action_sheets.describing import DescribeActionSheet
from domain.action_sheets.drafting import DraftActionSheet
from domain.action_sheets.following import AbandonAction, PostponeAction, ReportActionStatus
from domain.convention.plan import ActionPlanValidated, ValidateActionPlan, hash_of
from domain.kernel import Refused
from domain.steering import PLAN_VALIDATED
from domain.values import Code, LocalId, Prose
from projections.how_the_plan_drifts import NOTHING_ADOPTED, drift
from tests.plans import completed
from tests.projections.story import TEXT, Story

ADOPTED_ON = date(2024, 9, 10)


def draft(story: Story) -> UUID:
    sheet = uuid4()
    story.tell(
        DraftActionSheet(
            stream_id=sheet,
            convention_id=story.convention,
            home_territory_id=story.territory,
            priority_id=LocalId("p1"),
            title=Prose("Navette"),
            owner_id=story.epci,
            starts_on=date(2025, 1, 1),
            ends_on=date(2025, 12, 31),
        )
    )
    return sheet


@pytest.mark.parametrize("seed", range(4))
def test_a_drift_is_what_one_counts_by_hand(story: Story, seed: int) -> None:
    rng = random.Random(seed)
    story.prioritised()
    planned = [draft(story) for _ in range(rng.randint(2, 6))]
    assert drift(story.dossier) == NOTHING_ADOPTED
    story.tell(
        ValidateActionPlan(
            stream_id=story.convention,
            sheets=tuple(planned),
            text_sha256=TEXT,
            decided_in=story.decision(PLAN_VALIDATED),
            occurred_on=ADOPTED_ON,
            **completed(ADOPTED_ON),
        )
    )
    (adopted,) = (one for _, one in story.dossier.facts(ActionPlanValidated))
    assert adopted.plan_hash == hash_of(adopted.sheets)
    assert drift(story.dossier).sheets == 0
    added: list[UUID] = []
    abandoned: set[UUID] = set()
    changed: set[UUID] = set()
    for step in range(12):
        one = rng.choice(planned + added)
        act = rng.choice(("draft", "describe", "postpone", "abandon", "report"))
        if act == "draft":
            added.append(draft(story))
        elif act == "describe":
            story.tell(DescribeActionSheet(stream_id=one, description=Prose(f"Plus de détails, {step}.")))
            changed.add(one)
        elif act == "postpone":
            ends_on = date(2026, 1, 1) + timedelta(days=step)
            story.tell(
                PostponeAction(stream_id=one, starts_on=date(2025, 1, 1), ends_on=ends_on, motive=Prose("Retard."))
            )
            changed.add(one)
            abandoned.discard(one)
        elif act == "report":
            story.tell(ReportActionStatus(stream_id=one, status=Code("RUNNING"), progress_percent=10))
            abandoned.discard(one)
        elif one not in abandoned:
            story.tell(AbandonAction(stream_id=one, motive=Prose("Plus de besoin.")))
            abandoned.add(one)
        else:
            with pytest.raises(Refused):
                story.tell(AbandonAction(stream_id=one, motive=Prose("Plus de besoin.")))
    found = drift(story.dossier)
    assert set(found.added) == set(added) - abandoned
    assert set(found.abandoned) == abandoned & set(planned)
    assert set(found.changed) == (changed & set(planned)) - abandoned
    assert found.sheets == len(found.added) + len(found.abandoned) + len(found.changed)
    (kept,) = (one for _, one in story.dossier.facts(ActionPlanValidated))
    assert kept == adopted, "what was adopted never changes"
