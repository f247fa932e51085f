"""What was recorded by mistake and is done again has its milestone and its reminders again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

from sqlalchemy import Engine

from domain.convention.opening import EngagementConfirmed
from domain.convention.reviews import ReviewDone
from domain.corrections import AnnulEvent, ConfirmCorrection
from domain.kernel import Actor, Context, Event, RoleHeld
from domain.partners import RegisterPartner
from domain.roles import CO_PILOT
from domain.twins import MergePartners
from domain.values import Code, Prose, PublicName
from tests.workflows.territory_life import Life
from tests.workflows.test_deadlines import engaged, planned, signed


def annulled(life: Life, kind: type[Event]) -> None:
    """Say that the last fact of a kind was a mistake, and have somebody else confirm it."""
    mistaken = [one for one in life.events() if isinstance(one, kind)][-1]
    context = Context(actor=life.pilot, today=life.clock.today(), now=life.clock.now(), reason=Prose("Une erreur."))
    annul = AnnulEvent(stream_id=mistaken.originator_id, target_id=mistaken.envelope.event_id)
    proposed = life.steering.execute(annul, context)
    assert proposed.events[0].topic == "ctg.correction.correction-proposed"
    other = Actor(uuid4(), (RoleHeld(CO_PILOT, life.territory_id),))
    confirm = ConfirmCorrection(stream_id=mistaken.originator_id, proposal_id=proposed.events[0].event_id)
    life.steering.execute(confirm, replace(context, actor=other))


def test_a_wrong_trigger_annulled_and_recorded_again_is_counted_and_reminded_anew(engine: Engine) -> None:
    life = engaged(Life(engine))
    life.live_until(date(2024, 6, 14))
    assert [one.step for one in life.said("D01")] == ["-60", "-30"]
    life.on(date(2024, 6, 17))
    annulled(life, EngagementConfirmed)
    life.live_until(date(2024, 7, 31))
    assert len(life.said("D01")) == 2, "nothing is awaited of what never happened"
    life.on(date(2024, 8, 1)).engage()
    life.live_until(date(2025, 2, 28))
    said = life.said("D01")[2:]
    assert {one.due_on for one in said} == {date(2025, 2, 3)}, "the 1st is a Saturday"
    assert [one.step for one in said] == ["-60", "-30", "-7", "missed", "!+15"]


def test_a_wrong_review_annulled_is_awaited_and_reminded_anew_until_it_is_done_again(engine: Engine) -> None:
    life = signed(Life(engine)).on(date(2026, 2, 2))
    life.live_until(date(2026, 3, 3))
    assert [one.step for one in life.said("D16")] == ["-90", "-30"]
    life.on(date(2026, 3, 4)).review(2025, date(2026, 3, 4))
    assert life.line("D16", met_on=date(2026, 3, 4)).state == "MET"
    life.live_until(date(2026, 4, 30))
    assert [one.step for one in life.said("D16")] == ["-90", "-30"]
    life.on(date(2026, 5, 4))
    annulled(life, ReviewDone)
    life.live_until(date(2026, 5, 5))
    assert [one.step for one in life.said("D16")][2:] == ["missed", "!+30"], "the most severe step alone"
    life.on(date(2026, 5, 6)).review(2025, date(2026, 5, 6))
    assert life.line("D16", met_on=date(2026, 5, 6)).days_late == 36
    assert len([one for one in life.events() if isinstance(one, ReviewDone)]) == 2


def test_a_partner_that_is_reminded_under_two_registrations_is_reminded_once(engine: Engine) -> None:
    """Its people are told on as they were: nothing again, nothing less."""
    life = planned(Life(engine)).on(date(2024, 12, 2))
    life.sign("caf", "msa")

    def swept(*days: date) -> list[tuple[date, str]]:
        for day in days:
            life.on(day).sweep()
        return [(one.on, one.step) for one in life.said("D11")]

    before = swept(date(2025, 1, 2), date(2025, 1, 31))
    assert [step for _, step in before] == ["-60", "-30"]
    kept = uuid4()
    life.act(RegisterPartner(stream_id=kept, kind=Code("EPCI"), name=PublicName("CC du Savès")), life.office)
    why = Prose("Inscrite deux fois")
    context = Context(actor=life.office, today=life.clock.today(), now=life.clock.now(), reason=why)
    life.steering.execute(MergePartners(stream_id=life.partners["epci"], kept_id=kept), context)
    due, after = date(2025, 3, 3), date(2025, 3, 4)
    assert swept(date(2025, 1, 31), due, after) == [*before, (due, "+0"), (due, "!+0"), (after, "missed")]
    assert life.said("D11")[2].to == frozenset({"epci"})
