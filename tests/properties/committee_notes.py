"""What a hand notes of a committee's life, from what it asked for and never from what was recorded."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from domain.steering import DIAGNOSIS_VALIDATED, DecisionReference
from domain.values import LocalId

ENDS = {"done": "DONE", "replaced": "REPLACED", "abandoned": "ABANDONED"}


@dataclass
class Note:
    """One line of the notebook: what happened to which body, when, and by which event it is known."""

    what: str
    body: UUID
    on: date
    event_id: UUID
    said: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["said"][name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def reference(self) -> DecisionReference:
        """The decision that this line is about."""
        known = self.said.get("decision")
        return known or DecisionReference(self.body, self.meeting_id, self.decision_id)


@dataclass
class Notebook:
    """The lines that stand, in the order in which they were written; `mandated`: the bodies that decide instead of the
    committee."""

    committee: UUID
    mandated: frozenset[UUID]
    lines: list[Note] = field(default_factory=list)

    def of(self, *what: str) -> list[Note]:
        """The lines of some kinds."""
        return [one for one in self.lines if one.what in what]

    def strike(self, gone: set[UUID]) -> None:
        """What was annulled was never written."""
        self.lines = [one for one in self.lines if one.event_id not in gone]

    # --- decisions ----------------------------------------------------------------------------------------------------

    def taken(self) -> dict[DecisionReference, Note]:
        """The decisions that stand."""
        return {one.reference: one for one in self.of("decided")}

    def held_on(self, reference: DecisionReference) -> date | None:
        """The day of the meeting that took a decision."""
        held = (
            one for one in self.of("held") if (one.body, one.meeting_id) == (reference.body_id, reference.meeting_id)
        )
        return next((one.on for one in held), None)

    def could_found(self, reference: DecisionReference, kind: str, day: date, *, by_mandated: bool) -> bool:
        """Whether an act of that day and kind may rest on it: taken by then, of that kind, by who may, in number."""
        made, held_on = self.taken().get(reference), self.held_on(reference)
        entitled = reference.body_id == self.committee or (by_mandated and reference.body_id in self.mandated)
        if made is None or held_on is None or held_on > day or made.kind != kind or not entitled:
            return False
        return self.had_quorum(reference.body_id, reference.meeting_id)

    def states(self, today: date, silence: int) -> dict[DecisionReference, str]:
        """What became of each decision, the slow way; it ages after `silence` days."""
        return {reference: self._state(reference, made, today, silence) for reference, made in self.taken().items()}

    def _state(self, reference: DecisionReference, made: Note, today: date, silence: int) -> str:
        about = [one for one in self.of("entrusted", *ENDS) if one.reference == reference]
        for one in about:
            if one.what in ENDS:
                return ENDS[one.what]
        cited = any(reference in (one.said.get("decided_in"), one.said.get("given_up_in")) for one in self.lines)
        if cited or made.kind == DIAGNOSIS_VALIDATED:
            return "ACTED"
        meetings = [one.on for one in self.of("held") if one.body == reference.body_id]
        held_on = self.held_on(reference)
        assert held_on is not None, "a decision is of a meeting that was held"
        heard = max([held_on, *(one.on for one in about)])
        due = about[-1].due_on if about else made.due_on
        if sum(max(heard, due or heard) < on <= today for on in meetings) >= 2:
            return "DORMANT"
        is_due = due is not None and due >= heard
        return "AGEING" if (due < today if is_due else heard + timedelta(days=silence) <= today) else "WAITING"

    # --- meetings -----------------------------------------------------------------------------------------------------

    def sittings(self, today: date) -> dict[tuple[UUID, LocalId], str]:
        """How far each meeting is, in the journal of each of its bodies."""
        found: dict[tuple[UUID, LocalId], str] = {}
        for one in self.of("planned", "moved", "convened", "cancelled", "held", "drafted", "approved"):
            key = one.body, one.meeting_id
            if one.what == "planned":
                found[key] = "PLANNED"
            elif one.what == "held":
                found[key] = "HELD"
            elif one.what == "convened" and found.get(key) == "PLANNED":
                found[key] = "CONVENED"
            elif one.what == "cancelled" and found.get(key) in ("PLANNED", "CONVENED"):
                found[key] = "CANCELLED"
            elif one.what == "drafted" and found.get(key) == "HELD":
                found[key] = "DRAFTED"
            elif one.what == "approved" and found.get(key) == "DRAFTED":
                found[key] = "APPROVED"
        return {
            key: "TO_RECORD" if state in ("PLANNED", "CONVENED") and self._planned_on(key) < today else state
            for key, state in found.items()
        }

    def _planned_on(self, key: tuple[UUID, LocalId]) -> date:
        said = [one.planned_on for one in self.of("planned", "moved") if (one.body, one.meeting_id) == key]
        assert isinstance(said[-1], date)
        return said[-1]

    # --- who was there ------------------------------------------------------------------------------------------------

    def had_quorum(self, body: UUID, meeting_id: LocalId) -> bool:
        """Whether more than half of the seats that somebody held that day were there; nobody told: nothing to say."""
        held = next((one for one in self.of("held") if (one.body, one.meeting_id) == (body, meeting_id)), None)
        if held is None or not held.seats_present or not any(one.body == body for one in self.of("ruled")):
            return True
        voting = {one.seat_id for one in self.of("seated") if one.body == body and self._sat(one, held.on)}
        return not voting or len(voting & set(held.seats_present)) > len(voting) // 2

    def _sat(self, seat: Note, day: date) -> bool:
        """Whether somebody held a seat that day: given by then, and filled again where it had been left."""
        left: date | None = None
        empty = seat.on > day
        for one in self.of("left", "filled"):
            if (one.body, one.seat_id) != (seat.body, seat.seat_id):
                continue
            if one.what == "left":
                left = one.on
            elif left is not None:
                empty = empty or left <= day < one.on
                left = None
        return not empty and (left is None or day < left)
