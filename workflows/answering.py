"""Whether what a one-time link asks is still awaited, asked of the log when its letter leaves and when it is opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.claims.calendar import claims_stream
from domain.convention.authorising import RecordMandate
from domain.kernel import CorrectionProposed
from domain.proposals import is_waiting
from domain.steering import SteeringBody
from domain.steering.seats import Seats
from domain.values import LocalId
from projections.how_a_convention_does import known
from projections.how_a_convention_does.known import Known
from projections.what_is_due import Deadline
from projections.what_is_due.waited_for import Thing
from projections.where_signatories_stand import signatories
from projections.who_is_invited import found
from workflows.act_links import Asked, Question
from workflows.application import Steering
from workflows.calendar import PublicHolidays
from workflows.reading import Reader


def answered_on(asked: Asked) -> UUID:
    """The stream on which the answer is recorded: the action, the calendar of claims, else what was asked about."""
    if asked.question is Question.STATUS:
        assert asked.about_id is not None, "the status of an action is asked of one"
        return asked.about_id
    return claims_stream(asked.stream_id) if asked.question is Question.CLAIM else asked.stream_id


def still_asked(case: Known, asked: Asked) -> tuple[Deadline, Thing] | None:
    """The first deadline of a partner that still waits for what a link asks about, with it."""
    for line in (*case.sheet, *case.silences):
        if line.is_open and line.owner_id == asked.partner_id:
            for thing in line.things:
                if thing.about_id == asked.about_id:
                    return line, thing
    return None


def convention_there(reader: Reader, territory_id: UUID) -> UUID | None:
    """The convention on whose pages what is asked of the bodies of a territory is done: the one that lasts longest."""
    there = reader.dossiers(reader.conventions((territory_id,))).values()
    standing = [one for one in there if not one.convention.is_annulled]
    last = max(standing, key=lambda one: (one.convention.period.effective_to, one.convention_id), default=None)
    return last.convention_id if last is not None else None


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
        if asked.question is Question.INVITATION:
            return self.invitation(asked, today) is not None
        dossier = self.reader.dossier(asked.stream_id)
        if dossier is None or dossier.convention.is_annulled:
            return False
        case = known(dossier, today, self.holidays.of(dossier.territory.department))
        if asked.question.is_of_one_thing:
            return still_asked(case, asked) is not None
        return any(one.partner_id == asked.partner_id and one.act == RecordMandate.NAME for one in signatories(case))

    def invitation(self, asked: Asked, today: date) -> tuple[LocalId, LocalId] | None:
        """The meeting and the seat that a link asks about; None where no answer is awaited, or somebody else sits."""
        body = self.steering.load(asked.stream_id)
        if not isinstance(body, SteeringBody) or (named := found(body, asked.about_id, today)) is None:
            return None
        seat = Seats.of(body).given[named[1]]
        return named if asked.person_id in (seat.person_id, seat.substitute_id) else None
