"""A plan drifts from what was adopted as far as one counts by hand, and what was adopted never changes."""

from __future__ import annotations

import random
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest

from domain.action_sheets.describing import DescribeActionSheet
from domain.action_sheets.drafting import DraftActionSheet
from domain.action_sheets.following import AbandonAction, PostponeAction, ReportActionStatus
from domain.action_sheets.funding import EstimateBudget
from domain.action_sheets.scheduling import ActionStep, AssignActionOwner, PlannedSteps, ScheduleAction
from domain.convention.plan import ActionPlanValidated, ValidateActionPlan, hash_of
from domain.kernel import Command, Refused
from domain.money import YearAmount
from domain.partners import RegisterPartner
from domain.steering import PLAN_VALIDATED
from domain.twins import MergePartners
from domain.values import Code, LocalId, Prose, PublicName
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


@dataclass
class Hand:
    """What a sheet says, as one who reads it would write it down: words, days, partners, euros."""

    owner: UUID
    days: tuple[date, date] = (date(2025, 1, 1), date(2025, 12, 31))
    description: str = ""
    steps: tuple[tuple[str, date], ...] = ()
    need: int = 0

    def known_as(self, kept: Mapping[UUID, UUID]) -> Hand:
        """The same, its partner by the name of the one that answers for it."""
        return replace(self, owner=kept.get(self.owner, self.owner))


STEPS = (("Recruter", date(2025, 3, 1)), ("Ouvrir", date(2025, 9, 1)))
WORDS = ("Deux fois par semaine.", "Trois fois par semaine.")


def tell(story: Story, one: UUID, hand: Hand, act: str, rng: random.Random) -> None:
    """Do an act on a sheet, and write down by hand what it says then; what would say nothing new is refused."""
    said: tuple[Command, Hand]
    first, last = hand.days
    if act == "describe":
        words = rng.choice(WORDS)
        said = DescribeActionSheet(stream_id=one, description=Prose(words)), replace(hand, description=words)
    elif act == "schedule":
        last, done_on = date(2025, rng.choice((11, 12)), 30), rng.choice((None, date(2025, 4, 2)))
        steps = tuple(ActionStep(Prose(title), due_on, done_on) for title, due_on in STEPS)
        calendar = ScheduleAction(stream_id=one, starts_on=first, ends_on=last, steps=steps)
        said = calendar, replace(hand, days=(first, last), steps=STEPS)
    elif act == "postpone":
        last += timedelta(days=rng.randint(1, 9))
        late = PostponeAction(stream_id=one, starts_on=first, ends_on=last, motive=Prose("Retard."))
        said = late, replace(hand, days=(first, last))
    elif act == "estimate":
        need = rng.choice((100, 200))
        said = EstimateBudget(stream_id=one, budget=(YearAmount(2025, need),)), replace(hand, need=need)
    else:
        said = ReportActionStatus(stream_id=one, status=Code("RUNNING"), progress_percent=10), hand
    was = story.dossier.basis
    with suppress(Refused):
        story.tell(said[0])
    if story.dossier.basis == was:
        assert said[1] == hand, "only what says nothing new is refused"
    vars(hand).update(vars(said[1]))


@pytest.mark.parametrize("seed", range(6))
def test_a_drift_is_what_one_counts_by_hand(story: Story, seed: int) -> None:
    rng = random.Random(seed)
    story.prioritised()
    planned = [draft(story) for _ in range(rng.randint(2, 6))]
    hands = {one: Hand(story.epci) for one in planned}
    twin = uuid4()
    story.tell(
        RegisterPartner(stream_id=twin, kind=Code("CAF"), name=PublicName("Caf, service du Gers")), story.administrator
    )
    for one in rng.sample(planned, 2):
        story.tell(AssignActionOwner(stream_id=one, owner_id=twin))
        hands[one].owner = twin
    assert drift(story.dossier, story.vault.reader) == NOTHING_ADOPTED
    for one in planned:
        tell(story, one, hands[one], "schedule", rng)
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
    assert drift(story.dossier, story.vault.reader).sheets == 0
    then = {one: replace(hands[one]) for one in planned}
    abandoned: set[UUID] = set()
    kept: dict[UUID, UUID] = {}
    for step in range(20):
        one = rng.choice(list(hands))
        act = rng.choice(("draft", "describe", "schedule", "schedule", "postpone", "estimate", "abandon", "report"))
        if step == 10:
            story.tell(MergePartners(stream_id=twin, kept_id=story.caf), story.administrator, reason=Prose("Doublon."))
            kept[twin] = story.caf
        elif act == "draft":
            hands[draft(story)] = Hand(story.epci)
        elif act == "abandon" and one not in abandoned:
            story.tell(AbandonAction(stream_id=one, motive=Prose("Plus de besoin.")))
            abandoned.add(one)
        elif act == "abandon":
            with pytest.raises(Refused):
                story.tell(AbandonAction(stream_id=one, motive=Prose("Plus de besoin.")))
        else:
            tell(story, one, hands[one], act, rng)
            abandoned -= {one} if act in ("postpone", "report") else set()
    found = drift(story.dossier, story.vault.reader)
    assert set(found.added) == set(hands) - set(planned) - abandoned
    assert set(found.abandoned) == abandoned & set(planned)
    was = {one: hand.known_as(kept) for one, hand in then.items()}
    changed = {one for one in planned if hands[one].known_as(kept) != was[one]}
    assert set(found.changed) == changed - abandoned
    assert found.sheets == len(found.added) + len(found.abandoned) + len(found.changed)
    needed = sum(hand.need for one, hand in hands.items() if one not in abandoned)
    assert found.budget_cents == needed - sum(hand.need for hand in then.values())
    (now,) = (one for _, one in story.dossier.facts(ActionPlanValidated))
    assert now == adopted, "what was adopted never changes"


def test_a_step_that_is_done_does_not_change_what_was_adopted(story: Story) -> None:
    story.prioritised()
    one = draft(story)
    steps = tuple(ActionStep(Prose(title), due_on) for title, due_on in STEPS)
    plan = partial(ScheduleAction, stream_id=one, starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31))
    story.tell(plan(steps=steps))
    before = story.dossier.sheets[0].content_sha256
    done = tuple(ActionStep(Prose(title), due_on, date(2025, 4, 2)) for title, due_on in STEPS)
    story.tell(plan(steps=done))
    (sheet,) = story.dossier.sheets
    assert sheet.content_sha256 == before, "the same words stay under the same seal: the plan need not be adapted"
    read = story.vault.reader(sheet.adopted_texts)
    assert [read(each.title) for each in PlannedSteps.of(sheet).steps] == ["Recruter", "Ouvrir"]
    for same in (plan(), plan(steps=done)):
        with pytest.raises(Refused, match="nothing-changed"):
            story.tell(same)
