"""What partners delegate to the network of the framework, what its committee decides, what one of them takes back."""

from __future__ import annotations

from datetime import time
from typing import Final
from uuid import UUID

from ctg_engine.demo.cast import (
    CPAM_REPRESENTATIVE,
    FRAMEWORK_CO_PILOT_PERSON,
    FRAMEWORK_PILOT_PERSON,
    MSA_REPRESENTATIVE,
    UDCCAS_REPRESENTATIVE,
    demo_id,
)
from ctg_engine.demo.diary import Diary, Moment
from ctg_engine.demo.references import CAF, CPAM, DEPARTMENT, FRAMEWORK_ID, MSA, UDCCAS, day, partner_of
from domain.delegations.granting import GrantDelegation, RevokeDelegation
from domain.delegations.using import UseDelegation
from domain.kernel import Actor, Command, RoleHeld
from domain.roles import FRAMEWORK_PILOT
from domain.steering import ConstituteSteeringBody, Decision, RecordMeeting
from domain.steering.minutes import ApproveMinutes, DraftMinutes
from domain.steering.planning import PlanMeeting
from domain.steering.quorum import ChangeSteeringRules
from domain.steering.seat import CHAIR
from domain.steering.seats import GiveSteeringSeat
from domain.values import Code, Prose, PublicName, local_id

COMMITTEE: Final = demo_id("committee", "framework")
MEETINGS: Final = (
    ("2025-03-20", 21, "Les cinq partenaires publient leurs données au même niveau, commune par commune."),
    ("2026-04-09", 18, "Chaque territoire renouvelé désigne ses représentants avant l’été."),
)
"""Day, how many came, what was decided."""
SEATS: Final = (
    (DEPARTMENT, FRAMEWORK_PILOT_PERSON),
    (CAF, FRAMEWORK_CO_PILOT_PERSON),
    (MSA, MSA_REPRESENTATIVE),
    (CPAM, CPAM_REPRESENTATIVE),
    (UDCCAS, UDCCAS_REPRESENTATIVE),
)
"""For whom one sits there, and who; the first one chairs."""
MINUTES: Final = {"2025-03-20": ("2025-03-31", "2025-04-11"), "2026-04-09": ("2026-04-21", "2026-05-04")}
"""The days on which the minutes of each were drafted and approved."""


def write_framework_delegations(diary: Diary) -> None:
    """A committee for the whole département, and two delegations: one that ends soon, one that was taken back."""

    def write(on: str, command: Command) -> None:
        held = RoleHeld(FRAMEWORK_PILOT, framework_id=FRAMEWORK_ID, partner_id=partner_of(DEPARTMENT))
        diary.write(Moment(day(on), command, Actor(FRAMEWORK_PILOT_PERSON.person_id, (held,))))

    write(
        "2023-03-02",
        ConstituteSteeringBody(
            stream_id=COMMITTEE,
            occurred_on=day("2023-03-02"),
            home_framework_id=FRAMEWORK_ID,
            kind=Code("COPIL"),
            name=PublicName("Comité départemental de la CTG gersoise"),
        ),
    )
    for place, (partner, person) in enumerate(SEATS):
        seat = GiveSteeringSeat(
            stream_id=COMMITTEE,
            occurred_on=day("2023-03-02"),
            seat_id=local_id(partner),
            partner_id=partner_of(partner),
            seat_role=Code("MEMBER") if place else CHAIR,
            person_id=person.person_id,
        )
        write("2023-03-02", seat)
    write("2023-03-02", ChangeSteeringRules(stream_id=COMMITTEE, occurred_on=day("2023-03-02"), rhythm_months=12))
    for on, attendance, said in MEETINGS:
        decided = Decision(local_id(f"cadre-{on}"), Code("OTHER"), Prose(said))
        meeting = RecordMeeting(
            stream_id=COMMITTEE,
            occurred_on=day(on),
            meeting_id=local_id(f"comite-{on}"),
            attendance=attendance,
            seats_present=tuple(local_id(partner) for partner, _ in SEATS[:-1]),
            seats_excused=(local_id(SEATS[-1][0]),),
            decisions=(decided,),
        )
        write(on, meeting)
        minutes, (drafted, approved) = local_id(f"comite-{on}"), MINUTES[on]
        write(drafted, DraftMinutes(stream_id=COMMITTEE, occurred_on=day(drafted), meeting_id=minutes))
        write(approved, ApproveMinutes(stream_id=COMMITTEE, occurred_on=day(approved), meeting_id=minutes))
    planned = PlanMeeting(
        stream_id=COMMITTEE,
        occurred_on=day("2026-04-09"),
        meeting_id=local_id("comite-2026-10-08"),
        planned_on=day("2026-10-08"),
        starts_at=time(14),
        place=Prose("Auch, hôtel du Département"),
    )
    write("2026-04-09", planned)
    shared, coordinated = _id("partage"), _id("postes")
    write("2024-09-02", _granted(shared, CAF, "FUNDS_SHARED_OUT", "2024-09-02", "2026-08-31", 3_000_000))
    write("2024-02-01", _granted(coordinated, DEPARTMENT, "STAFF_COORDINATED", "2024-02-01", None, None))
    used = UseDelegation(
        stream_id=shared,
        occurred_on=day("2025-06-12"),
        use_id=local_id("cadre-forums"),
        matter=Code("FUNDS_SHARED_OUT"),
        what=Prose("Huit territoires aidés à ouvrir leurs forums"),
        amount_cents=2_400_000,
    )
    write("2025-06-12", used)
    revoked = RevokeDelegation(
        stream_id=coordinated,
        occurred_on=day("2025-10-01"),
        motive=Prose("Les deux postes ont désormais un même encadrement à la Caf."),
    )
    write("2025-10-01", revoked)


def _granted(
    stream_id: UUID, delegator: str, matter: str, on: str, until: str | None, limit_cents: int | None
) -> GrantDelegation:
    return GrantDelegation(
        stream_id=stream_id,
        occurred_on=day(on),
        home_framework_id=FRAMEWORK_ID,
        delegator_id=partner_of(delegator),
        given_to=Code("NETWORK"),
        matters=(Code(matter),),
        limit_cents=limit_cents,
        ends_on=day(until) if until else None,
    )


def _id(key: str) -> UUID:
    return demo_id("delegation", key)
