"""The vocabulary in which the story tells the meetings of a committee: who came, what was decided, the minutes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from ctg_engine.demo.convening import Convening, meeting_of
from ctg_engine.demo.references import CAF, DEPARTMENT, HOLDER, Decided, day, working_day
from domain.steering import Decision, DecisionReference, RecordMeeting
from domain.steering.meetings import Proxy
from domain.steering.minutes import AT_MEETING, BY_CHAIR, ApproveMinutes, CorrectMinutes, DraftMinutes
from domain.values import Code, LocalId, Prose, local_id

Said = tuple[str, str] | tuple[str, str, int, int, int]
"""A decision: its kind, its words, and its votes where there were any."""


class Sittings(Convening):
    """The meetings of the committee of a territory."""

    def committee(
        self,
        on: str,
        attendance: int,
        *decisions: Said,
        came: str = "",
        excused: str = "",
        proxies: Sequence[tuple[str, str]] = (),
        drafted_after: int | None = 10,
        approved_after: int | None = 24,
    ) -> tuple[Decided, ...]:
        """The committee meets; each decision is its kind and its words, and its votes where there were any: in favour,
        against, abstentions. By the keys of their seats who came, who was excused, who voted by whom. Its minutes are
        drafted so many days later, and approved by the chair; None: not by the chair, or not yet."""
        meeting = meeting_of(on)
        command = RecordMeeting(
            stream_id=self.body_id,
            occurred_on=day(on),
            meeting_id=meeting,
            attendance=attendance,
            partners_present=tuple(self.partner(one) for one in (CAF, HOLDER, DEPARTMENT)),
            seats_present=tuple(map(local_id, came.split())),
            seats_excused=tuple(map(local_id, excused.split())),
            proxies=tuple(Proxy(local_id(seat), local_id(by)) for seat, by in proxies),
            decisions=tuple(_decision(place, *said) for place, said in enumerate(decisions, 1)),
        )
        self.write(on, None, command, documents=(f"Relevé de décisions du {day(on):%d/%m/%Y}",))
        if drafted_after is not None:
            self.drafts_minutes(on, _later(on, drafted_after))
            if approved_after is not None:
                self.approves_minutes(on, _later(on, approved_after))
        return tuple(
            Decided(DecisionReference(self.body_id, meeting, LocalId(f"d{place}")), on)
            for place in range(1, len(decisions) + 1)
        )

    def drafts_minutes(self, of: str, on: str, text: str | None = None) -> None:
        """The minutes of the meeting held on the day `of` are written; `text` adds to what was recorded."""
        command = DraftMinutes(
            stream_id=self.body_id,
            occurred_on=day(on),
            meeting_id=meeting_of(of),
            text=Prose(text) if text else None,
        )
        self.write(on, on, command)

    def approves_minutes(self, of: str, on: str, *, at_meeting: bool = False) -> None:
        """The chair approves them, or the meeting of that day does."""
        command = ApproveMinutes(
            stream_id=self.body_id,
            occurred_on=day(on),
            meeting_id=meeting_of(of),
            approved_by=AT_MEETING if at_meeting else BY_CHAIR,
            approved_in=meeting_of(on) if at_meeting else None,
        )
        self.write(on, None if at_meeting else on, command, self.officer if at_meeting else self.chair)

    def corrects_minutes(self, of: str, on: str, text: str) -> None:
        """The meeting of that day says something of them otherwise."""
        command = CorrectMinutes(
            stream_id=self.body_id,
            occurred_on=day(on),
            meeting_id=meeting_of(of),
            corrected_in=meeting_of(on),
            text=Prose(text),
        )
        self.write(on, None, command)


def _decision(
    place: int, kind: str, text: str, votes_for: int | None = None, against: int | None = None, none: int | None = None
) -> Decision:
    decided = Decision(LocalId(f"d{place}"), Code(kind), Prose(text))
    return replace(decided, votes_for=votes_for, votes_against=against, abstentions=none)


def _later(on: str, days: int) -> str:
    """So many days later, on a working day."""
    return working_day(day(on) + timedelta(days=days)).isoformat()
