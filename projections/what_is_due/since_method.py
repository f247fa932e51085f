"""What a change of method leaves to be said: nothing twice, nothing that only the new method would have said before.

What was missed and sent under the former method stays in the agenda. Under the new one a step whose day came before the
change is not sent; of what was late already, only what comes from then on; a due day that was past by then is missed
once, whatever day the former method had given it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.agenda import Agenda, DeadlineMissed, Occurrence, ReminderEscalated, ReminderSent
from domain.calendar import DatedStep
from domain.convention.methods_followed import MethodsFollowed
from projections.engine import Dossier


@dataclass(frozen=True)
class SinceMethod:
    """Since when the present method holds, what had been missed by then, and of what something was said that day."""

    on: date
    missed: frozenset[Occurrence] = frozenset()
    told: frozenset[Occurrence] = frozenset()

    def still(self, step: DatedStep, occurrence: Occurrence) -> bool:
        """Whether a step is still to be said, or was for this method to say."""
        return step.on > self.on or (step.on == self.on and occurrence not in self.told)

    def missed_before(self, occurrence: Occurrence, due_on: date) -> bool:
        """Whether a due day that was past when the method changed was told as missed already."""
        return due_on < self.on and occurrence in self.missed


ALWAYS = SinceMethod(date.min)
"""Of a convention that never changed its method."""


def since_method(dossier: Dossier) -> SinceMethod:
    """What the last change of method leaves to be said."""
    since = MethodsFollowed.of(dossier.convention).since
    if since is None:
        return ALWAYS
    missed = frozenset(one.occurrence for _, one in dossier.of(Agenda, DeadlineMissed))
    sent = dossier.of(Agenda, ReminderSent, ReminderEscalated)
    return SinceMethod(since, missed, frozenset(one.occurrence for _, one in sent if one.occurred_on == since))
