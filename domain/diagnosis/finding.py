"""What is found of a territory, on what evidence, and who brought it: a finding serves as many documents as cite it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from domain.action_sheets.describing import LIFE_STAGES
from domain.convention.deciding import pinned_profile
from domain.convention.diagnosis import FINDING_KINDS
from domain.convention.state import TerritorialConvention
from domain.diagnosis.content import DiagnosisContent, check_convention, check_its_content, opened
from domain.indicators.measuring import METHODS
from domain.indicators.small_cells import SmallCell
from domain.kernel import (
    Aggregate,
    AlreadyExists,
    Case,
    Command,
    Event,
    Part,
    UnknownReference,
    command,
    event,
    part,
    record_from,
    required_text,
    unique,
)
from domain.money import check_year
from domain.partners import Partner
from domain.territories import Territory
from domain.values import Code, InvalidValue, LocalId, Prose

QUANTITATIVE: Final = Code("QUANTITATIVE")
QUALITATIVE: Final = Code("QUALITATIVE")
NATURES: Final = (QUANTITATIVE, QUALITATIVE)
"""What an evidence is made of: figures, or what people say and what is seen."""


@dataclass(frozen=True)
class FindingKnown:
    """A finding as later facts need it: on which day it was recorded, about which theme, brought by whom."""

    convention_id: UUID
    recorded_on: date
    theme: Code
    contributor_id: UUID
    also_from: tuple[UUID, ...] = ()

    @property
    def contributors(self) -> tuple[UUID, ...]:
        """Whoever brought it, or evidence for it, once each."""
        return tuple(dict.fromkeys((self.contributor_id, *self.also_from)))


@part(DiagnosisContent, "findings")
@dataclass
class FindingsRecorded(Part):
    """Every finding, by its name."""

    known: dict[LocalId, FindingKnown] = field(default_factory=dict)


@event("diagnosis.finding-recorded")
class FindingRecorded(Event):
    """An asset or a constraint of the territory, with what shows it: `source`, of which year, by what method, from a
    sample of how many. `communes` empty: the whole territory."""

    convention_id: UUID
    home_territory_id: UUID
    finding_id: LocalId
    theme: Code
    kind: Code
    statement: Prose
    contributor_id: UUID
    nature: Code
    source: Prose
    year: int
    method: Code | None
    sample_size: int | None
    life_stages: tuple[Code, ...]
    communes: tuple[Code, ...]

    def apply(self, content: DiagnosisContent) -> None:
        """Keep it."""
        FindingsRecorded.of(content).known[self.finding_id] = FindingKnown(
            self.convention_id, self.occurred_on, self.theme, self.contributor_id
        )


@event("diagnosis.evidence-attached")
class EvidenceAttached(Event):
    """Something else shows a finding that is known: what, of which year, by what method, from a sample of how many."""

    finding_id: LocalId
    contributor_id: UUID
    nature: Code
    source: Prose
    year: int
    method: Code | None
    sample_size: int | None

    def apply(self, content: DiagnosisContent) -> None:
        """Whoever brings it has contributed too."""
        known = FindingsRecorded.of(content).known
        if self.finding_id in known:
            one = known[self.finding_id]
            also = (*one.also_from, self.contributor_id)
            known[self.finding_id] = FindingKnown(
                one.convention_id, one.recorded_on, one.theme, one.contributor_id, also
            )


@dataclass(frozen=True, kw_only=True)
class ShowsSomething(Command):
    """Base of what brings an evidence: of whom, of what nature, from which source and year."""

    contributor_id: UUID
    nature: Code
    source: Prose
    year: int
    method: Code | None = None
    sample_size: int | None = None

    def __post_init__(self) -> None:
        required_text(self.source, "source")
        check_year(self.year, "year")
        if self.nature not in NATURES:
            raise InvalidValue("unknown-code", field="nature", value=self.nature, allowed=NATURES)
        if self.method is not None and self.method not in METHODS:
            raise InvalidValue("unknown-code", field="method", value=self.method, allowed=METHODS)
        if self.sample_size is not None and self.sample_size < 0:
            raise InvalidValue("negative-count", field="sample_size")

    @property
    def acting_partner(self) -> UUID:
        """A partner brings what it knows itself (R33); whoever steers writes it down for it."""
        return self.contributor_id

    def check_shown(self, convention_id: UUID, case: Case) -> None:
        """Whoever brings it is known, and the sample tells of nobody (R32)."""
        case.find(Partner, self.contributor_id, "contributor_id")
        convention = case.find(TerritorialConvention, convention_id, "convention_id")
        if convention is not None and self.sample_size is not None:
            minimum = pinned_profile(case, *convention.profile_key).thresholds.small_cell_persons
            case.breaks_if(self.sample_size < minimum, SmallCell("sample_size", minimum))


@command(DiagnosisContent, starts=True, records=FindingRecorded)
@dataclass(frozen=True, kw_only=True)
class RecordFinding(ShowsSomething):
    """Record what is found of the territory, an asset or a constraint, with what shows it.

    `stream_id` is `diagnosis_stream(home_territory_id)`.
    """

    convention_id: UUID
    home_territory_id: UUID
    finding_id: LocalId
    theme: Code
    kind: Code
    statement: Prose
    life_stages: tuple[Code, ...] = ()
    communes: tuple[Code, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        required_text(self.statement, "statement")
        if self.kind not in FINDING_KINDS:
            raise InvalidValue("unknown-code", field="kind", value=self.kind, allowed=FINDING_KINDS)
        for one in self.life_stages:
            if one not in LIFE_STAGES:
                raise InvalidValue("unknown-code", field="life_stages", value=one, allowed=LIFE_STAGES)
        unique(self.life_stages, "life_stages")
        unique(self.communes, "communes")

    def scope(self, state: Aggregate | None) -> UUID | None:
        """The territory that it is about."""
        return self.home_territory_id

    def decide(self, state: DiagnosisContent | None, case: Case) -> DiagnosisContent:
        check_its_content(case, self.stream_id, self.home_territory_id)
        check_convention(case, self.convention_id, self.home_territory_id, self.theme, is_fact=True)
        self.check_shown(self.convention_id, case)
        territory = case.find(Territory, self.home_territory_id, "home_territory_id")
        for one in _strangers(self.communes, territory):
            case.broken(UnknownReference("communes", one))
        known = FindingsRecorded.of(state).known if state is not None else {}
        case.breaks_if(self.finding_id in known, AlreadyExists(self.finding_id))
        case.settle()
        content = opened(state, self.stream_id, self.home_territory_id, case)
        record_from(self, content, case)
        return content


def _strangers(communes: tuple[Code, ...], territory: Any) -> Iterator[Code]:
    """Those that the territory does not have."""
    here = {one.insee for one in territory.communes} if territory is not None else set()
    yield from (one for one in communes if one not in here)


@command(DiagnosisContent, records=EvidenceAttached)
@dataclass(frozen=True, kw_only=True)
class AttachEvidence(ShowsSomething):
    """Bring something else that shows a finding: another source, another year, another partner."""

    finding_id: LocalId

    def decide(self, state: DiagnosisContent, case: Case) -> None:
        known = FindingsRecorded.of(state).known.get(self.finding_id)
        if known is None:
            case.broken(UnknownReference("finding_id", self.finding_id))
        else:
            self.check_shown(known.convention_id, case)
        case.settle()
        record_from(self, state, case)
