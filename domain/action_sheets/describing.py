"""What a sheet says of its action, completed bit by bit (domain.md 2.4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, Final
from uuid import UUID

from domain.action_sheets.acting import NothingChanged, SheetCommand
from domain.action_sheets.numbering import before_name, is_number
from domain.action_sheets.state import ActionSheet, SheetPart
from domain.convention.diagnosis import DiagnosesShared
from domain.convention.priorities import PrioritiesChosen
from domain.convention.state import TerritorialConvention
from domain.convention.themes import check_known
from domain.kernel import Case, Event, UnknownReference, command, event, part, record_from, required_text, unique
from domain.method import MethodProfile
from domain.partners import Partner
from domain.values import Code, InvalidValue, LocalId, Prose, PublicName, parse_insee

LIFE_STAGES: Final = tuple(
    Code(name) for name in ("EARLY_CHILDHOOD", "CHILDHOOD", "YOUTH", "ADULT_LIFE", "LATER_LIFE", "ANY_AGE")
)
"""The stages of a life along which an offer is read (S2)."""


@part(ActionSheet, "description")
@dataclass
class Description(SheetPart):
    """All that is told of an action; what is empty was not said yet.

    `other_priorities`: those that it serves beside the one under which it is filed; `themes` empty: those of its
    priorities; `communes` empty: the whole perimeter.
    """

    number: PublicName | None = None
    other_priorities: tuple[LocalId, ...] = ()
    themes: tuple[Code, ...] = ()
    findings: tuple[LocalId, ...] = ()
    strategic_objective: Prose | None = None
    operational_objective: Prose | None = None
    public: Prose | None = None
    life_stages: tuple[Code, ...] = ()
    communes: tuple[Code, ...] = ()
    description: Prose | None = None
    contributor_ids: tuple[UUID, ...] = ()
    human_means: Prose | None = None
    material_means: Prose | None = None
    links: tuple[Prose, ...] = ()
    risks: tuple[Prose, ...] = ()

    def adopted(self) -> Any:
        return vars(self)

    def called(self) -> tuple[PublicName, ...]:
        return (self.number,) if self.number is not None else ()


SAID: Final = tuple(one.name for one in fields(Description))
"""What may be said of an action, and taken back (`cleared`)."""


def priorities_of(sheet: ActionSheet) -> tuple[LocalId, ...]:
    """Every priority that an action serves, the one under which it is filed first."""
    others = Description.of(sheet).other_priorities
    return (sheet.priority_id, *(one for one in others if one != sheet.priority_id))


@event("action-sheet.action-sheet-described")
class ActionSheetDescribed(Event):
    """More was said of an action: only what was given; nothing given leaves what was known. `cleared`: what is taken
    back. `links`: the schemes and the other contracts that it serves or draws on."""

    title: Prose | None
    priority_id: LocalId | None
    number: PublicName | None
    other_priorities: tuple[LocalId, ...]
    themes: tuple[Code, ...]
    findings: tuple[LocalId, ...]
    strategic_objective: Prose | None
    operational_objective: Prose | None
    public: Prose | None
    life_stages: tuple[Code, ...]
    communes: tuple[Code, ...]
    description: Prose | None
    contributor_ids: tuple[UUID, ...]
    human_means: Prose | None
    material_means: Prose | None
    links: tuple[Prose, ...]
    risks: tuple[Prose, ...]
    cleared: tuple[Code, ...]

    def apply(self, sheet: ActionSheet) -> None:
        """Add what was given, take back what was cleared."""
        sheet.title = self.title or sheet.title
        sheet.priority_id = self.priority_id or sheet.priority_id
        known, empty = Description.of(sheet), Description()
        for name in SAID:
            if given := getattr(self, name):
                setattr(known, name, given)
            elif name in self.cleared:
                setattr(known, name, getattr(empty, name))


@command(ActionSheet, records=ActionSheetDescribed)
@dataclass(frozen=True, kw_only=True)
class DescribeActionSheet(SheetCommand):
    """Say more of an action: what is left empty does not change; `cleared` names what is to be empty again."""

    title: Prose | None = None
    number: PublicName | None = None
    priority_id: LocalId | None = None
    other_priorities: tuple[LocalId, ...] = ()
    themes: tuple[Code, ...] = ()
    findings: tuple[LocalId, ...] = ()
    strategic_objective: Prose | None = None
    operational_objective: Prose | None = None
    description: Prose | None = None
    public: Prose | None = None
    life_stages: tuple[Code, ...] = ()
    communes: tuple[Code, ...] = ()
    contributor_ids: tuple[UUID, ...] = ()
    human_means: Prose | None = None
    material_means: Prose | None = None
    links: tuple[Prose, ...] = ()
    risks: tuple[Prose, ...] = ()
    cleared: tuple[Code, ...] = ()

    def __post_init__(self) -> None:
        given = [name for name in ("title", "priority_id", *SAID) if getattr(self, name)]
        if not given and not self.cleared:
            raise InvalidValue("at-least-one", field="description")
        if self.title is not None:
            required_text(self.title, "title")
        if self.number is not None and not is_number(self.number):
            raise InvalidValue("sheet-number", field="number", value=self.number)
        if self.number is not None and before_name(self.number) is not None:
            raise InvalidValue("sheet-number-words", field="number", value=self.number)
        for name in ("other_priorities", "themes", "findings", "life_stages", "communes", "contributor_ids"):
            unique(map(str, getattr(self, name)), name)
        for insee in self.communes:
            parse_insee(insee)
        for name, codes, known in (("life_stages", self.life_stages, LIFE_STAGES), ("cleared", self.cleared, SAID)):
            for code in codes:
                if code not in known:
                    raise InvalidValue("unknown-code", field=name, value=code, allowed=known)

    def act(self, state: ActionSheet, convention: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        chosen = PrioritiesChosen.of(convention)
        for one in (*([self.priority_id] if self.priority_id else []), *self.other_priorities):
            chosen.check_live(one, case)
        check_known(self.themes, "themes", convention, profile, case)
        diagnosed = DiagnosesShared.of(convention)
        case.broken(*(UnknownReference("findings", one) for one in self.findings if one not in diagnosed.findings))
        case.broken(*(UnknownReference("communes", one) for one in self.communes if one not in convention.communes))
        for partner_id in self.contributor_ids:
            case.find(Partner, partner_id, "contributor_ids")
        case.keep_seals(state.adopted_texts)
        case.breaks_if(not any(self._changes(state, case)), NothingChanged())
        case.settle()
        record_from(self, state, case)

    def _changes(self, sheet: ActionSheet, case: Case) -> Iterator[str]:
        """What it says otherwise than the sheet does."""
        known, empty = Description.of(sheet), Description()
        for name in ("title", "priority_id", *SAID):
            before = getattr(known if name in SAID else sheet, name)
            said = getattr(self, name)
            if isinstance(said, Prose):
                said = case.as_before(said)
            elif isinstance(said, tuple):
                said = tuple(case.as_before(one) if isinstance(one, Prose) else one for one in said)
            if (said and said != before) or (not said and name in self.cleared and before != getattr(empty, name)):
                yield name
