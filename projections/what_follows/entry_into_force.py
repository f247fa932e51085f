"""The entry into force (R15): a convention that is signed is in force from its effective date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.convention.activating import ActivateConvention, ConventionActivated
from domain.convention.closed import Closing
from domain.convention.counting import ConventionSigned, Signing
from domain.convention.state import CONVENTION
from domain.kernel import Event, EventAnnulled
from domain.values import Code
from projections.engine import Dossier
from projections.what_follows.following import Following


def entry_into_force(dossier: Dossier, _today: date) -> Iterator[Following]:
    """On the effective date of what was signed before; on the day of the last signature that counts otherwise.

    It falls with the signatures or the dates it rests on, and comes again with them. Where somebody annulled it for
    itself it is theirs to record anew.
    """
    convention, signing = dossier.convention, Signing.of(dossier.convention)
    signed_on = signing.signed_on.get(CONVENTION)
    if signed_on is None or signing.activated_on is not None:
        return
    on = max(signed_on, convention.period.effective_from)
    if Closing.of(convention).closed_on is not None or on > convention.period.effective_to:
        return
    cause = _signed(dossier)
    undone = dossier.annulled(ConventionActivated)
    if not _annulled_for_itself(dossier, cause, undone):
        command = ActivateConvention(stream_id=dossier.convention_id, occurred_on=on)
        yield Following(Code("entry-into-force"), command, cause, on, len(undone))


def _signed(dossier: Dossier) -> Event:
    """The event by which it is signed: where it was so before it was taken over (R34), the one that opened it."""
    signed = [event for _, event in dossier.facts(ConventionSigned)]
    return signed[-1] if signed else dossier.streams[dossier.convention_id].recorded[0].event


def _annulled_for_itself(dossier: Dossier, cause: Event, undone: list[ConventionActivated]) -> bool:
    """Whether the last entry into force since the signature did not fall with something else."""
    since = [one for one in undone if one.originator_version > cause.originator_version]
    if not since:
        return False
    last = since[-1].envelope.event_id
    recorded = (entry.event for entry in dossier.streams[dossier.convention_id].recorded)
    return any(isinstance(one, EventAnnulled) and one.target_id == last for one in recorded)
