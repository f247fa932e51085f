"""What an act is about, named by id: a priority, an action, a pledge of a convention, any fact that was recorded."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from domain.action_sheets.state import ActionSheet
from domain.convention.priorities import PrioritiesChosen
from domain.convention.state import TerritorialConvention
from domain.kernel import Case, Command, UnknownReference
from domain.pledges.pledge import Pledge
from domain.values import LocalId


@dataclass(frozen=True)
class FactReference:
    """A recorded fact: the stream and the event."""

    stream_id: UUID
    event_id: UUID

    @property
    def word(self) -> str:
        """One word for it, as the lists of forms name it."""
        return f"{self.stream_id}/{self.event_id}"


def check_fact(
    fact: FactReference, field: str, territory_id: UUID | None, framework_id: UUID | None, case: Case
) -> None:
    """The fact was recorded, on the same territory or the same framework."""
    there = case.streams.standing(fact.stream_id)
    here = there is not None and (
        there.territory_id == territory_id
        if territory_id is not None
        else framework_id in (there.id, there.whole_framework_id)
    )
    known = here and any(one.envelope.event_id == fact.event_id for one in case.streams.history(fact.stream_id))
    case.breaks_if(not known, UnknownReference(field, fact.word))


@dataclass(frozen=True, kw_only=True)
class AboutPlan(Command):
    """An act that may say what of a convention it is about; nothing of it has to be live, for history is explained
    too."""

    convention_id: UUID | None = None
    priority_id: LocalId | None = None
    sheet_id: UUID | None = None
    pledge_id: UUID | None = None

    def check_plan(self, territory_id: UUID | None, case: Case) -> None:
        """What it names of a convention of that territory is there."""
        named = [name for name in ("priority_id", "sheet_id", "pledge_id") if getattr(self, name) is not None]
        if self.convention_id is None:
            for name in named:
                case.broken(UnknownReference(name, str(getattr(self, name))))
            return
        convention = case.find(TerritorialConvention, self.convention_id, "convention_id")
        if convention is None:
            return
        if convention.territory_id != territory_id:
            case.broken(UnknownReference("convention_id", str(self.convention_id)))
            return
        if self.priority_id is not None:
            chosen = PrioritiesChosen.of(convention)
            known = self.priority_id in chosen.ranks or self.priority_id in chosen.withdrawn
            case.breaks_if(not known, UnknownReference("priority_id", self.priority_id))
        if self.sheet_id is not None:
            sheet = case.find(ActionSheet, self.sheet_id, "sheet_id")
            elsewhere = sheet is not None and sheet.convention_id != self.convention_id
            case.breaks_if(elsewhere, UnknownReference("sheet_id", str(self.sheet_id)))
        if self.pledge_id is not None:
            pledge = case.find(Pledge, self.pledge_id, "pledge_id")
            elsewhere = pledge is not None and pledge.convention_id != self.convention_id
            case.breaks_if(elsewhere, UnknownReference("pledge_id", str(self.pledge_id)))
