"""Whether what a one-time link asks is still awaited, asked of the log when its letter leaves and when it is opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.convention.authorising import RecordMandate
from domain.kernel import CorrectionProposed
from domain.proposals import is_waiting
from projections.how_a_convention_does import known
from projections.where_signatories_stand import signatories
from workflows.act_links import Asked, Question
from workflows.application import Steering
from workflows.calendar import PublicHolidays
from workflows.reading import Reader


@dataclass(frozen=True)
class Answering:
    """Asks the log."""

    steering: Steering
    reader: Reader
    holidays: PublicHolidays

    def awaits(self, asked: Asked, today: date) -> bool:
        """Whether the answer would still settle something on a day."""
        if asked.question is Question.CORRECTION:
            history = self.steering.events_of(asked.stream_id)
            proposals = (one for one in history if isinstance(one, CorrectionProposed))
            proposal = next((one for one in proposals if one.envelope.event_id == asked.about_id), None)
            return proposal is not None and is_waiting(proposal, history, today)
        dossier = self.reader.dossier(asked.stream_id)
        if dossier is None or dossier.convention.is_annulled:
            return False
        case = known(dossier, today, self.holidays.of(dossier.territory.department))
        return any(one.partner_id == asked.partner_id and one.act == RecordMandate.NAME for one in signatories(case))
