"""The mail office: every letter is weighed again before it leaves, by asking once more the question that made it.

Still to be said, at an hour for it, and to a reader who is still in charge and can come in? What is not is withdrawn
with its reason; where only the reader changed, whoever is told today gets the letter instead, and where nobody is in
charge to the top it waits, as the sweep does.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from domain.frameworks import FrameworkConvention
from domain.territories import Territory
from workflows.application import Steering
from workflows.delivery.about_accounts import AccountLinks
from workflows.delivery.about_acts import ActsByLink
from workflows.delivery.about_backups import BackupLetters
from workflows.delivery.about_contestations import Contestations
from workflows.delivery.about_corrections import Corrections
from workflows.delivery.about_meetings import Invitations
from workflows.delivery.asking import Family, NotMeant
from workflows.delivery.digests import Digests, day_of
from workflows.delivery.hours import SendingHours
from workflows.delivery.letters import (
    ACCOUNT_CLOSED,
    FORGOTTEN,
    NOT_IN_CHARGE,
    Leaves,
    Letter,
    Verdict,
    Waits,
    Withdrawn,
    same_to,
)
from workflows.delivery.reminders import Reminders
from workflows.instants import PARIS

FAMILIES: Final[tuple[type[Family], ...]] = (
    Reminders,
    Corrections,
    Contestations,
    Invitations,
    ActsByLink,
    AccountLinks,
    BackupLetters,
    Digests,
)
"""Every letter is of one of these."""


_UNTIL_SOMEBODY_IS_THERE: Final = timedelta(days=1)


ToldToday = Callable[[UUID, datetime], Collection[str]]


@dataclass(frozen=True, kw_only=True)
class Office:
    """Weighs the letters of one instance. `told_today`: what a digest told somebody today already, of which they are
    written to the next day only."""

    steering: Steering
    hours: SendingHours
    families: Sequence[Family]
    told_today: ToldToday = lambda _person_id, _now: frozenset()

    def weigh(self, letter: Letter, now: datetime) -> Verdict:
        """What to do with a letter now. Raises LookupError for one that tells of nothing that is there."""
        if (opens := self._opens(letter, now)) > now:
            return Waits(opens)
        asked = self._family(letter.kind).ask_again(letter, now.astimezone(PARIS).date())
        if isinstance(asked, NotMeant):
            return Withdrawn(asked.reason)
        if letter.person_id in asked.people:
            if asked.thing is not None and asked.thing in self.told_today(letter.person_id, now):
                return Waits(self._opens(letter, day_of(now)[1]))
            return Leaves(asked.says)
        if not asked.people and asked.to_somebody:
            return Waits(self._opens(letter, now + _UNTIL_SOMEBODY_IS_THERE))
        instead = tuple(same_to(one, letter) for one in asked.people)
        return Withdrawn(self._why_not(letter.person_id), instead)

    def _opens(self, letter: Letter, now: datetime) -> datetime:
        """From when on a letter may leave, where its reader works."""
        if letter.territory_id is None:
            whole = self._framework(letter) if letter.kind in Reminders.KINDS else None
            return self.hours.opens(now, whole.department) if whole is not None else now
        territory = self.steering.load(letter.territory_id)
        if not isinstance(territory, Territory):
            raise LookupError(f"no territory {letter.territory_id}")  # noqa: TRY004 - an unknown id, not a wrong type
        return self.hours.opens(now, territory.department)

    def _framework(self, letter: Letter) -> FrameworkConvention | None:
        """The framework that a letter is about, where it is about the whole of one."""
        within = self.steering.load(letter.within_id)
        framework_id = within.whole_framework_id if within is not None else None
        found = self.steering.load(framework_id) if framework_id is not None else None
        return found if isinstance(found, FrameworkConvention) else None

    def _family(self, kind: str) -> Family:
        return next(one for one in self.families if kind in one.KINDS)

    def _why_not(self, person_id: UUID) -> str:
        if not self.steering.people.knows(person_id):
            return FORGOTTEN
        return ACCOUNT_CLOSED if self.steering.people.unreachable((person_id,)) else NOT_IN_CHARGE
