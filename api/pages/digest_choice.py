"""How often somebody gets a digest: chosen by themselves, or by an administrator for them.

Nothing of this touches the reminders and escalations of the method: who holds a role is told of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final
from uuid import UUID

from api.access import Visitor
from api.pages.contexts import Choice, Phrase
from api.pages.fields import RadioField
from api.pages.shell import ACTING
from api.services import Services
from domain.roles import FRAMEWORK_CO_PILOT, FRAMEWORK_PILOT
from workflows.delivery.rhythm import Rhythm

RHYTHM: Final = "rythme"
"""The name of the act and of its field."""
SECTION: Final = "courriels"


def usual_rhythm(visitor: Visitor) -> Rhythm:
    """How often somebody gets one who chose nothing: once a week for those who act or steer, never for those who only
    read."""
    steers = any(one.role in (*ACTING, FRAMEWORK_PILOT, FRAMEWORK_CO_PILOT) for one in visitor.actor.roles)
    return Rhythm.WEEKLY if steers else Rhythm.NEVER


def rhythm_field(services: Services, person: Visitor) -> RadioField:
    """The choice, as it is now."""
    chosen = services.digests.chosen(person.actor.actor_id) or usual_rhythm(person)
    table = services.digests.timetable
    when = {"weekday": Phrase(f"page.weekday.{table.weekday}"), "hour": str(table.hour)}
    choices = (Choice(one.value, Phrase(f"page.digest.{one.value}", when)) for one in Rhythm)
    return RadioField(
        RHYTHM,
        Phrase("page.digest.rhythm"),
        tuple(replace(one, chosen=one.value == chosen.value) for one in choices),
        help=Phrase("page.digest.help"),
        required=True,
    )


def choose_rhythm(services: Services, person_id: UUID, values: Mapping[str, str]) -> bool:
    """Keep what was chosen; False for what is no rhythm."""
    wanted = next((one for one in Rhythm if one.value == values.get(RHYTHM)), None)
    if wanted is not None:
        services.digests.choose(person_id, wanted, services.clock.now())
    return wanted is not None
