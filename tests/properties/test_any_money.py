"""Whatever is said of money, in whatever order, and whatever of it is annulled: each euro counts once."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.action_sheets.following import ActionAbandoned
from domain.action_sheets.funding import EstimateBudget, FundingPledged, PledgeFunding
from domain.action_sheets.paying import FundingRevised, FundingSpent, RecordPayment, ReviseFunding
from domain.kernel import RECORDED_BY, Command
from domain.money import CERTAINTIES, PAID, PledgedYear, YearAmount
from domain.pledges.keeping import PledgeDefaulted, RecordDelivery, RecordPledgeDefault, ResourceDelivered
from domain.pledges.pledge import PLEDGE_CERTAINTIES, POSSIBLE
from domain.pledges.pledging import PledgeResource, PledgeRevised, ResourcePledged, RevisePledge
from domain.values import Code, Prose, deterministic_id, local_id
from projections.engine import Dossier, Entry
from projections.engine.entries import stream_of
from projections.what_money_there_is import money
from projections.which_money_is_written import lines
from tests.properties.test_any_corrections import counting, mend_with_what_falls
from tests.properties.test_any_sequence_of_commands import (
    CAF,
    CONVENTION_ID,
    EPCI,
    MSA,
    READY,
    SHEETS,
    TERRITORY,
    TODAY,
    Streams,
    opened,
)

WHY = Prose("Le budget est voté.")
PLEDGE = deterministic_id("pledge")
partners = st.sampled_from((CAF, EPCI, MSA))
line_ids = st.sampled_from(tuple(local_id("line", number) for number in range(3)))
years = st.integers(2025, 2028)
amounts = st.integers(0, 90_000)
days = st.integers(0, 60).map(lambda count: TODAY - timedelta(days=count))
certainties = st.sampled_from(CERTAINTIES)
budgets = st.dictionaries(years, amounts, min_size=1).map(
    lambda said: tuple(YearAmount(year, cents) for year, cents in said.items())
)
shares = st.dictionaries(years, st.tuples(amounts, amounts), min_size=1, max_size=2).map(
    lambda said: tuple(PledgedYear(year, *cents) for year, cents in said.items())
)


def on_sheet(command: Any, **more: st.SearchStrategy[Any]) -> st.SearchStrategy[Command]:
    return st.builds(command, stream_id=st.just(SHEETS[0]), occurred_on=days, **more)


def on_pledge(command: Any, **more: st.SearchStrategy[Any]) -> st.SearchStrategy[Command]:
    return st.builds(command, stream_id=st.just(PLEDGE), occurred_on=days, **more)


of_line = {"line_id": line_ids, "year": years, "amount_cents": amounts, "certainty": certainties}
commands = st.one_of(
    on_sheet(EstimateBudget, budget=budgets),
    on_sheet(PledgeFunding, partner_id=partners, **of_line),
    on_sheet(ReviseFunding, motive=st.just(WHY), **of_line),
    on_sheet(RecordPayment, line_id=line_ids, amount_cents=st.integers(1, 50_000)),
    on_pledge(
        RevisePledge,
        partner_id=st.sampled_from((CAF, MSA)),
        certainty=st.sampled_from(PLEDGE_CERTAINTIES),
        amounts=shares,
        motive=st.just(WHY),
    ),
    on_pledge(
        RecordDelivery,
        partner_id=st.sampled_from((CAF, MSA)),
        amount_cents=st.integers(1, 50_000),
        year=years,
        whole=st.booleans(),
    ),
    on_pledge(RecordPledgeDefault, partner_id=st.sampled_from((CAF, MSA)), motive=st.just(WHY)),
)
pledge = PledgeResource(
    stream_id=PLEDGE,
    convention_id=CONVENTION_ID,
    home_territory_id=TERRITORY,
    partner_id=CAF,
    co_partner_id=MSA,
    kind=Code("POST"),
    certainty=POSSIBLE,
    what=Prose("Un poste"),
    amounts=(PledgedYear(2026, 30_000, 20_000),),
)


def dossier_of(streams: Streams) -> Dossier:
    """What was recorded, as questions take it."""
    found = {}
    for stream_id in streams.live:
        entries = [Entry(at, one) for at, one in enumerate(streams.recorded) if one.originator_id == stream_id]
        if entries and (stream := stream_of(entries)) is not None:
            found[stream_id] = stream
    return Dossier(CONVENTION_ID, found, cast(Any, None))


def by_hand(streams: Streams) -> Counter[str]:
    """The sums told the slow way, from what counts: of each line its last terms, and all that was paid of it."""
    said: Counter[str] = Counter()
    terms: dict[tuple[UUID, str], tuple[int, str]] = {}
    paid: Counter[tuple[UUID, str]] = Counter()
    given_up: set[UUID] = set()
    for sheet in SHEETS:
        for one in counting(streams, sheet):
            if isinstance(one, FundingPledged | FundingRevised):
                terms[sheet, one.line_id] = (one.amount_cents, one.certainty)
            elif isinstance(one, FundingSpent):
                paid[sheet, one.line_id] += one.amount_cents
            elif isinstance(one, ActionAbandoned):
                given_up.add(sheet)  # nothing more is to come of it
    for place, (amount, certainty) in terms.items():
        came = max(paid[place], amount if certainty == PAID else 0)
        said[PAID] += came
        if place[0] not in given_up:
            said[certainty] += max(0, amount - came)
    return said + by_hand_of_pledge(streams)


def by_hand_of_pledge(streams: Streams) -> Counter[str]:
    """The same of the pledge that two partners share; who has not signed owes nothing, so that none is not kept."""
    said: Counter[str] = Counter()
    shares_now: dict[tuple[Any, int], int] = {}
    certainty, whole = "", False
    came: Counter[tuple[Any, int]] = Counter()
    for one in counting(streams, PLEDGE):
        if isinstance(one, ResourcePledged | PledgeRevised):
            certainty = "PROMISED" if one.certainty == POSSIBLE else "FIRM"
            shares_now = {}
            for each in one.amounts:
                shares_now[CAF, each.year] = each.amount_cents
                shares_now[MSA, each.year] = each.co_amount_cents or 0
        elif isinstance(one, ResourceDelivered):
            whole = whole or one.whole
            came[one.partner_id, one.year or 0] += one.amount_cents or 0
        else:
            assert isinstance(one, PledgeDefaulted)
    for place in {*shares_now, *came}:
        share = shares_now.get(place, 0)
        paid = max(came[place], share if whole else 0)
        said[PAID] += paid
        said[certainty] += max(0, share - paid)
    return said


def it_adds_up(streams: Streams) -> None:
    dossier = dossier_of(streams)
    known = money(dossier, TODAY)
    total, hand = known.total, by_hand(streams)
    told = (total.asked_cents, total.promised_cents, total.firm_cents, total.paid_cents)
    assert told == tuple(hand[one] for one in CERTAINTIES)
    for parts in (known.years, known.funders, known.priorities):
        several = [one.sums for one in parts]
        assert told == (
            sum(one.asked_cents for one in several),
            sum(one.promised_cents for one in several),
            sum(one.firm_cents for one in several),
            sum(one.paid_cents for one in several),
        )
    assert sum(one.amount_cents for one in lines(dossier, TODAY)) == sum(told)
    assert all(one.open_cents >= 0 for one in lines(dossier, TODAY))
    assert 0 <= known.missing_cents <= known.need_cents


@given(st.lists(commands, max_size=14), st.lists(st.integers(0, 40), max_size=3))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_each_euro_counts_once(said: list[Command], mistakes: list[int]) -> None:
    streams = opened()
    for command in (*READY[:6], pledge):
        streams.send(command)
    assert streams.live.get(SHEETS[0]) is not None, "there is a sheet to speak of"
    for command in said:
        streams.send(command)
    it_adds_up(streams)
    for number in mistakes:
        money_said = [
            one
            for one in streams.recorded
            if type(one) in RECORDED_BY and one.originator_id in (SHEETS[0], PLEDGE) and one.originator_version > 1
        ]
        if money_said:
            mend_with_what_falls(streams, money_said[number % len(money_said)], None)
            it_adds_up(streams)
