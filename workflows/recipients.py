"""Who is told of a deadline: the recipients of a method profile, found among who holds which role that day.

A role that is vacant, or whose holder has no open account, passes to the next one up, so that a message reaches
somebody wherever somebody is in charge.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final
from uuid import UUID

from domain.agenda import PendingStep
from domain.convention.counting import Signing
from domain.kernel import People as KnownOnes
from domain.method import MethodProfile
from domain.roles import COOPERATION_OFFICER, PARTNER_REPRESENTATIVE, PARTNER_ROLES
from domain.values import Code
from projections.engine import Dossier, WholeFramework
from projections.who_holds_which_role import Holder, framework_holders, role_holders
from projections.who_is_in_charge import InCharge

MISSING_SIGNATORY: Final = Code("MISSING_SIGNATORY")
"""Whoever speaks for the partner whose signature is missing."""
ALL_SIGNATORIES: Final = Code("ALL_SIGNATORIES")
"""Whoever speaks for each signatory of the convention."""
EMPLOYER_PARTNER: Final = Code("EMPLOYER_PARTNER")
"""Whoever speaks for the partner that is to find somebody for a vacant role."""
ACTION_OWNER: Final = Code("ACTION_OWNER")
"""Whoever speaks for the partner that owns the actions."""
PLEDGING_PARTNER: Final = Code("PLEDGING_PARTNER")
"""Whoever speaks for the partner that pledged."""
OPERATOR: Final = Code("OPERATOR")
"""Whoever speaks for the partner that claims its funding."""
DATA_PARTNER: Final = Code("DATA_PARTNER")
"""Whoever speaks for the partner that owns the data."""
DECISION_OWNER: Final = Code("DECISION_OWNER")
"""Whoever speaks for the partner that sees to the decisions; of those that nobody sees to, the cooperation officer."""
TECHNICAL_COMMITTEE: Final = Code("TECHNICAL_COMMITTEE")
"""Whoever prepares the technical committee, and puts it on its agenda."""
_OF_SUBJECT: Final = frozenset(
    {MISSING_SIGNATORY, EMPLOYER_PARTNER, ACTION_OWNER, PLEDGING_PARTNER, DATA_PARTNER, OPERATOR}
)
"""Voices of the partner that the deadline is about."""
_VOICES: Final = _OF_SUBJECT | {ALL_SIGNATORIES, DECISION_OWNER}


def people_of(dossier: Dossier, today: date, people: KnownOnes) -> People:
    """Those who may be told of a convention on a day. Whoever speaks for a partner and never came in is told too: what
    is asked of a partner may be answered by a link."""
    holders = role_holders(dossier.register, dossier.territory_id, None, today)
    out = unheard(holders, people)
    will_not_sign = Signing.of(dossier.convention).will_not_sign
    return People(
        (one for one in holders if one.person_id not in out),
        (one for one in dossier.convention.signatories if one not in will_not_sign),
        dossier.method,
        dossier.convention_id,
    )


def people_of_framework(place: WholeFramework, today: date, people: KnownOnes) -> People:
    """Those who may be told of a whole framework on a day: who holds a role on it."""
    holders = framework_holders(place.register, place.framework_id, today)
    out = unheard(holders, people)
    heard = (one for one in holders if one.person_id not in out)
    return People(heard, (), place.method, place.framework_id, whole=True)


def unheard(holders: Iterable[Holder], people: KnownOnes) -> frozenset[UUID]:
    """Who of these is not to be written to. Whoever speaks for a partner and never came in may be: what is asked of a
    partner is answered by a link too."""
    known = tuple(holders)
    voices = {one.person_id for one in known if one.role in PARTNER_ROLES}
    out = people.unreachable({one.person_id for one in known})
    return out - (voices - people.out_of_reach(voices))


class People:
    """Those who hold a role on one territory on one day, and the signatories of its convention; `whole`: on a
    framework, in the place of the convention."""

    def __init__(
        self,
        holders: Iterable[Holder],
        signatories: Iterable[UUID],
        method: MethodProfile,
        convention_id: UUID,
        *,
        whole: bool = False,
    ) -> None:
        self._convention_id = convention_id
        self._signatories = tuple(signatories)
        self._people = InCharge(holders, method, whole=whole)

    def told(self, step: PendingStep) -> tuple[Holder, ...]:
        """Who is told of a step, in the order of its recipients; nobody when every role is vacant to the top."""
        found: list[Holder] = []
        for recipient in step.roles:
            if recipient in _OF_SUBJECT:
                found += self._people.of(PARTNER_REPRESENTATIVE, step.occurrence.subject_id)
            elif recipient == ALL_SIGNATORIES:
                for partner_id in self._signatories:
                    found += self._people.of(PARTNER_REPRESENTATIVE, partner_id)
            elif recipient == DECISION_OWNER and step.occurrence.subject_id != self._convention_id:
                found += self._people.of(PARTNER_REPRESENTATIVE, step.occurrence.subject_id)
            elif recipient in (TECHNICAL_COMMITTEE, DECISION_OWNER):
                found += self._people.of(COOPERATION_OFFICER, None)
            else:
                found += self._people.of(recipient, self._spoken_for(recipient, step))
        return tuple(dict.fromkeys(found))

    def _spoken_for(self, recipient: Code, step: PendingStep) -> UUID | None:
        """The partner whose voice is wanted, where a step is about one; every partner's, of the whole convention."""
        subject = step.occurrence.subject_id
        return subject if recipient in PARTNER_ROLES and subject in self._signatories else None


def is_meant_for(step: PendingStep, holder: Holder) -> bool:
    """Whether a step is for that role itself, and not for whoever stands in where nobody can be told."""
    is_voice = holder.role == PARTNER_REPRESENTATIVE
    return holder.role in step.roles or (is_voice and not _VOICES.isdisjoint(step.roles))
