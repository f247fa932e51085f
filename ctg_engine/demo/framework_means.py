"""What the partners of the framework pledge to the whole département, or to a few territories, and what came of it."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from ctg_engine.demo.cast import FRAMEWORK_PILOT_PERSON
from ctg_engine.demo.diary import Diary, Moment
from ctg_engine.demo.references import CAF, CPAM, DEPARTMENT, FRAMEWORK_ID, MSA, UDCCAS, day, partner_of
from domain.framework_pledges.keeping import RecordFrameworkDelivery
from domain.framework_pledges.pledging import PledgeToFramework, ReviseFrameworkPledge
from domain.kernel import Actor, RoleHeld
from domain.money import PledgedYear
from domain.roles import FRAMEWORK_PILOT
from domain.territories import territory_stream
from domain.values import Code, LocalId, Prose, local_id

PLEDGED_ON: Final = date(2023, 2, 14)
WEST: Final = ("200035632", "243200409", "243200417", "243200458")
"""Four territories of the west."""

PLEDGES: Final[tuple[tuple[str, str, str | None, str, str, str, dict[str, Any]], ...]] = (
    (
        "referents",
        CAF,
        DEPARTMENT,
        "POST",
        "FIRM",
        "Deux référents des territoires, l’un à la Caf, l’autre au Département",
        {
            "quantity_hundredths": 200,
            "unit": Code("FTE"),
            "amounts": tuple(PledgedYear(year, 5_500_000, 5_500_000) for year in (2024, 2025, 2026)),
        },
    ),
    (
        "observatoire",
        DEPARTMENT,
        None,
        "DATA",
        "FIRM",
        "L’observatoire social, commune par commune, ouvert à chaque territoire",
        {"due_on": date(2026, 3, 31)},
    ),
    ("passerel", CPAM, None, "PROGRAMME", "FIRM", "Les bilans de santé et l’aide aux droits, partout", {}),
    ("relais", UDCCAS, None, "RELAY", "FIRM", "Le relais auprès de tous les CCAS et CIAS", {}),
    (
        "pilotage",
        MSA,
        None,
        "PEOPLE",
        "FIRM",
        "Une chargée de développement social pour l’ouest du département",
        {
            "quantity_hundredths": 50,
            "unit": Code("FTE"),
            "territories": tuple(territory_stream(siren) for siren in WEST),
        },
    ),
    ("delegues", MSA, None, "SEAT", "FIRM", "Une élue cantonale dans chaque comité de pilotage", {}),
    (
        "amorce",
        CAF,
        None,
        "MONEY",
        "POSSIBLE",
        "Une aide au démarrage des forums",
        {"amounts": (PledgedYear(2024, 3_000_000),)},
    ),
)
"""Key, partner, the one that shares it, kind, certainty, words, and the rest of its terms."""

DELIVERED: Final = (
    ("referents", CAF, "2024-12-19", 11_000_000, "Les deux postes sont pourvus depuis janvier"),
    ("referents", DEPARTMENT, "2025-12-18", 11_000_000, "Une année pleine des deux postes"),
    ("amorce", CAF, "2024-11-28", 2_400_000, "Huit territoires aidés"),
    ("passerel", CPAM, "2025-10-09", 0, "Le bus est passé dans neuf territoires"),
)


def write_framework_means(diary: Diary) -> None:
    """The pledges of February 2023, the one that was revised, and what came of them."""

    def write(on: date, command: PledgeToFramework | ReviseFrameworkPledge | RecordFrameworkDelivery) -> None:
        held = RoleHeld(FRAMEWORK_PILOT, framework_id=FRAMEWORK_ID, partner_id=partner_of(DEPARTMENT))
        diary.write(Moment(on, command, Actor(FRAMEWORK_PILOT_PERSON.person_id, (held,))))

    for key, partner, other, kind, certainty, what, terms in PLEDGES:
        pledged = PledgeToFramework(
            stream_id=FRAMEWORK_ID,
            occurred_on=PLEDGED_ON,
            pledge_id=_id(key),
            partner_id=partner_of(partner),
            co_partner_id=partner_of(other) if other else None,
            kind=Code(kind),
            certainty=Code(certainty),
            what=Prose(what),
            **terms,
        )
        write(PLEDGED_ON, pledged)
    revised = ReviseFrameworkPledge(
        stream_id=FRAMEWORK_ID,
        occurred_on=date(2024, 1, 18),
        pledge_id=_id("amorce"),
        partner_id=partner_of(CAF),
        certainty=Code("FIRM"),
        amounts=(PledgedYear(2024, 2_400_000),),
        motive=Prose("Le conseil d’administration a voté le fonds, un peu moins haut."),
    )
    write(date(2024, 1, 18), revised)
    for key, partner, on, cents, words in DELIVERED:
        delivered = RecordFrameworkDelivery(
            stream_id=FRAMEWORK_ID,
            occurred_on=day(on),
            pledge_id=_id(key),
            partner_id=partner_of(partner),
            what=Prose(words),
            amount_cents=cents or None,
        )
        write(day(on), delivered)


def _id(key: str) -> LocalId:
    return local_id(f"cadre-{key}")
