"""What is concluded of a convention: codes and parameters, the same whoever tells them, that go into a row and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

from domain.agenda import Occurrence
from domain.convention.activating import ActivateConvention, NotInEffectYet, RequiredSignatureMissing
from domain.convention.mandates import MandateMissing
from domain.convention.priorities import ChoosePriority
from domain.convention.state import CONVENTION, COVERS, PLAN
from domain.convention.uncrossed import PriorityWithoutForum
from domain.kernel import RoleHeld
from domain.method import MethodProfile
from domain.roles import PILOT
from domain.values import (
    AnalysisSide,
    Attendance,
    Code,
    Expertise,
    LocalId,
    PublicName,
    Sha256,
    Theme,
    ValidityPeriod,
    deterministic_id,
)
from projections.how_a_convention_does import Known, Situation, situation
from projections.saying import Expected, InRole, Reason, Said
from projections.what_comes_next import Awaited, awaited, to_decide
from projections.what_is_due import DUE_SOON, MISSED, PLANNED, Deadline
from projections.what_may_be_done import what_may_be_done
from projections.where_conventions_stand import Milestone, Standing
from projections.which_facts_do_not_count import BEFORE_MANDATE_EXECUTORY, withheld
from projections.which_signatures_are_missing import MandateGiven, SignatoryState, SignatureGiven, SignatureSheet
from projections.which_themes_are_crossed import ThemeCrossing
from projections.who_holds_which_role import Holder
from tests.projections.story import NOON, PROFILE

CONVENTION_ID, TERRITORY, COMMUNE, PILOTE = (UUID(int=number) for number in range(1, 5))
TODAY = date(2026, 6, 15)
PARENTING = Theme(Code("PARENTING"))


@pytest.fixture(scope="module")
def method() -> MethodProfile:
    """The method that ships."""
    return PROFILE


@pytest.fixture
def known(method: MethodProfile) -> Known:
    """A convention at its forums, of which nothing is late."""
    standing = Standing(
        territory_id=TERRITORY,
        siren=Code("243200409"),
        territory_name=PublicName("CC Val de Gers"),
        legal_form=Code("CC"),
        department=Code("32"),
        population=8_000,
        convention_id=CONVENTION_ID,
        holder_ids=(),
        holder_names=(),
        period=ValidityPeriod(date(2026, 1, 1), date(2030, 12, 31)),
        phase=Code("FORUMS"),
        since=date(2026, 3, 1),
        flags=(),
        last_fact_on=None,
        last_recorded_at=None,
    )
    return Known(
        convention_id=CONVENTION_ID,
        today=TODAY,
        standing=standing,
        method=method,
        milestones=(fact("engagement-confirmed"), fact("diagnosis-shared")),
        sheet=(),
        themes=(),
        counting=frozenset(),
        signatures=SignatureSheet(CONVENTION_ID, (), (), {}),
        reviews=(),
        holders=(Holder(PILOTE, PILOT, None, TERRITORY, None, date(2026, 1, 1), None, uuid4()),),
        in_the_way={ChoosePriority.NAME: (PriorityWithoutForum(PARENTING, (Expertise.USAGE,), ()),)},
        priorities=0,
        plan_validated=False,
    )


def fact(kind: str, **facts: Any) -> Milestone:
    """A fact that has its effect."""
    return Milestone(
        deterministic_id("test", "fact", kind),
        Code(kind),
        date(2026, 4, 2),
        NOON,
        PILOTE,
        PILOT,
        None,
        None,
        (),
        (),
        facts,
    )


def deadline(rule: str, state: Code, due: date, late: int = 0, partner_id: UUID | None = None) -> Deadline:
    """A deadline of the method."""
    occurrence = Occurrence(Code(rule), CONVENTION_ID, Code("once"))
    return Deadline(
        CONVENTION_ID, TERRITORY, Code(rule), occurrence, due, due, None, None, state, late, (), None,
        partner_id=partner_id,
    )  # fmt: skip


def theme(*, counting: bool = True) -> ThemeCrossing:
    """A theme of which no family was heard."""
    held = (LocalId("f1"),)
    return ThemeCrossing(
        PARENTING, False, None, (Expertise.USAGE,), (AnalysisSide.DEMAND,), Attendance(9, 4, 0), (),
        held if counting else (), () if counting else held, (), None, False,
    )  # fmt: skip


def commune(*, signed: bool) -> SignatoryState:
    """A commune that signed before its deliberation, or did not sign."""
    event_id = deterministic_id("test", "fact", "signature-recorded")
    mandate = MandateGiven(
        UUID(int=9), Code("DELIBERATION"), COVERS, True, date(2026, 5, 18), date(2026, 5, 20), None, None, (), ()
    )
    signature = SignatureGiven(
        event_id, (PLAN,), Sha256("0" * 64), date(2026, 5, 12), None, False, {}, (Code(MandateMissing.CODE),), (), ()
    )
    return SignatoryState(
        COMMUNE, PublicName("Commune de Masseube"), Code("COMMUNE"), True, (Code("DELIBERATION"),), True,
        (mandate,), (signature,) if signed else (), {CONVENTION: None, PLAN: None},
    )  # fmt: skip


# --- how it does ------------------------------------------------------------------------------------------------------


def test_what_is_late_comes_before_everything_else(known: Known) -> None:
    sheet = (deadline("D05", MISSED, date(2026, 5, 15), 31), deadline("D06", DUE_SOON, date(2026, 7, 1)))
    found = situation(replace(known, sheet=sheet, themes=(theme(),)))
    assert found.status == "late"
    assert found.reason == Said(word="late", what=Said(word="deadline", of=Code("D05")), days=31)
    assert found.beside_deadlines == Said(word="theme-lacks", theme=PARENTING, lacks=Code("expertise.USAGE"))
    assert [one.word for one in found.first_sentences] == ["late", "theme-lacks"]
    assert [(one.id, one.status) for one in (*found.late, *found.soon)] == [("D05", "late"), ("D06", "watch")]
    assert found.late[0].act is None, "no theme is crossed: the choice of a priority would be refused"


@pytest.mark.parametrize(
    ("changes", "status", "reason"),
    [
        ({}, "on-time", None),
        ({"themes": (theme(),)}, "watch", "theme-lacks"),
        ({"themes": (theme(counting=False),)}, "on-time", None),
        ({"sheet": (deadline("D05", PLANNED, date(2026, 9, 1)),)}, "on-time", None),
        ({"sheet": (deadline("D05", DUE_SOON, date(2026, 7, 1)),)}, "watch", "soon"),
    ],
)
def test_a_convention_is_in_one_of_the_five_words_and_says_why(
    known: Known, changes: dict[str, Any], status: str, reason: str | None
) -> None:
    found = situation(replace(known, **changes))
    assert found.status == status
    assert (found.reason.word if found.reason is not None else None) == reason


def test_a_signature_given_too_early_says_the_days_and_the_act_that_mends_it(known: Known) -> None:
    signatures = SignatureSheet(CONVENTION_ID, (), (commune(signed=True),), {PLAN: (COMMUNE,)})
    (found,) = withheld((fact("signature-recorded", partner_id=str(COMMUNE), covers=["PLAN"]),), (), signatures, ())
    days = (date(2026, 5, 12), date(2026, 5, 18), date(2026, 5, 20))
    assert found.reasons == (Reason(Code("R13"), Code(MandateMissing.CODE), BEFORE_MANDATE_EXECUTORY, *days),)
    assert (found.act, found.partner_id, found.covers) == ("record-signature", COMMUNE, (PLAN,))


# --- what comes next --------------------------------------------------------------------------------------------------


def test_what_comes_next_names_the_act_the_people_and_why(known: Known) -> None:
    pilots = Expected(people=(InRole(PILOTE, PILOT),))
    assert awaited(known) == (
        Awaited(
            Said(word="step", of=Code("record-forum")),
            "not-started",
            Code("record-forum"),
            Code("forums"),
            why=Said(word="no-forum"),
            expected=pilots,
        ),
    )
    (gap,) = awaited(replace(known, themes=(theme(),)))
    lack = Said(word="crossing-lacks", theme=PARENTING, lacks=Code("expertise.USAGE"))
    assert (gap.status, gap.act, gap.theme, gap.why, gap.expected) == (
        "watch",
        "record-forum",
        PARENTING,
        lack,
        pilots,
    )


def test_the_committee_may_waive_what_a_theme_lacks(known: Known) -> None:
    (waiver,) = to_decide(replace(known, themes=(theme(),)))
    assert (waiver.act, waiver.moves, waiver.theme) == ("grant-waiver", "waivers", None)


def test_a_deadline_whose_act_is_not_possible_asks_for_the_step_before_it(known: Known) -> None:
    (first, *_) = awaited(replace(known, sheet=(deadline("D05", MISSED, date(2026, 5, 15), 31),)))
    assert (first.what, first.status, first.days_late) == (Said(word="deadline", of=Code("D05")), "late", 31)
    assert (first.act, first.why) == ("record-forum", Said(word="no-forum"))


def test_an_entry_into_force_waits_for_its_day(known: Known) -> None:
    signed = replace(
        known,
        standing=replace(known.standing, phase=Code("SIGNING")),
        milestones=(*known.milestones, fact("convention-signed")),
        in_the_way={ActivateConvention.NAME: (NotInEffectYet(date(2027, 1, 1)),)},
    )
    (first, *_) = awaited(signed)
    assert (first.what.of, first.why, first.act) == ("activate-convention", Said(word="to-activate"), None)
    assert first.due_on == date(2027, 1, 1)
    (first, *_) = awaited(replace(signed, in_the_way={}))
    assert (first.act, first.due_on) == ("activate-convention", None)


# --- what may be done -------------------------------------------------------------------------------------------------


def test_why_not_yet_says_the_rules_the_act_that_mends_them_and_who_can(known: Known) -> None:
    not_yet = (RequiredSignatureMissing((COMMUNE,)), NotInEffectYet(date(2027, 1, 1)))
    weighed = replace(known, in_the_way={**known.in_the_way, ActivateConvention.NAME: not_yet, "record-forum": ()})
    roles = (RoleHeld(PILOT, TERRITORY),)
    activation, choice, forum = what_may_be_done(weighed, roles)
    assert (activation.act, activation.open, activation.opens_on) == ("activate-convention", False, None)
    missing, too_early = activation.in_the_way
    assert (missing.act, missing.expected) == ("record-signature", (Expected(COMMUNE),))
    assert (too_early.act, too_early.expected, too_early.opens_on) == (None, (), date(2027, 1, 1))
    assert [(one.act, one.expected) for one in choice.in_the_way] == [
        ("record-forum", (Expected(people=(InRole(PILOTE, PILOT),)),))
    ]
    assert (forum.open, forum.in_the_way) == (True, ())
    assert all(one.allowed for one in (activation, choice, forum))
    elsewhere = (RoleHeld(PILOT, CONVENTION_ID),)
    assert not any(one.allowed for one in what_may_be_done(weighed, elsewhere))


def test_what_only_waits_for_a_day_says_which(known: Known) -> None:
    weighed = replace(known, in_the_way={ActivateConvention.NAME: (NotInEffectYet(date(2027, 1, 1)),)})
    (activation,) = what_may_be_done(weighed, ())
    assert (activation.opens_on, activation.allowed) == (date(2027, 1, 1), False)


# --- told anywhere ----------------------------------------------------------------------------------------------------


def test_conclusions_go_into_a_row_and_come_back(known: Known) -> None:
    signing = replace(
        known,
        standing=replace(known.standing, phase=Code("SIGNING"), flags=(Code("PLAN_MISSING"),)),
        milestones=(
            *known.milestones,
            fact("priority-chosen"),
            fact("action-plan-validated"),
            fact("signature-recorded", partner_id=str(COMMUNE), covers=["PLAN"]),
        ),
        sheet=(deadline("D11", MISSED, date(2026, 5, 15), 31, COMMUNE),),
        themes=(theme(),),
        signatures=SignatureSheet(CONVENTION_ID, (), (commune(signed=True),), {PLAN: (COMMUNE,)}),
    )
    for one in (known, signing):
        row = msgspec.json.encode((situation(one), awaited(one)))
        assert msgspec.json.decode(row, type=tuple[Situation, tuple[Awaited, ...]]) == (situation(one), awaited(one))
