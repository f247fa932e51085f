"""The versions of a diagnosis: whose they are, which findings each holds, and what each partner brought to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from domain.convention.deciding import pinned_profile
from domain.convention.state import TerritorialConvention
from domain.diagnosis.content import DiagnosisContent, check_its_content, opened
from domain.diagnosis.finding import FindingKnown, FindingsRecorded
from domain.kernel import (
    Aggregate,
    AlreadyExists,
    BrokenRule,
    Case,
    Command,
    DatesDoNotFit,
    Event,
    Level,
    Part,
    UnknownReference,
    command,
    event,
    part,
    record_from,
    required_text,
    unique,
)
from domain.partners import Partner
from domain.values import InvalidValue, LocalId, Prose


@dataclass(frozen=True)
class Contribution:
    """What a partner brought to a version: how many of its findings, or evidence for them."""

    partner_id: UUID
    brought: int


@part(DiagnosisContent, "diagnoses")
@dataclass
class DiagnosesStarted(Part):
    """The diagnoses of the territory, by their name: the findings of the last version of each, and its number."""

    last: dict[LocalId, frozenset[LocalId]] = field(default_factory=dict)
    versions: dict[LocalId, int] = field(default_factory=dict)


@dataclass(frozen=True)
class VersionSaysNothingNew(BrokenRule):
    """The last version of the diagnosis holds these findings, no more and no less."""

    RULE = ""
    LEVEL = Level.HARD
    FIELD = "findings"


@dataclass(frozen=True)
class MoreThanIsRead(BrokenRule):
    """The version holds more findings than the method lets a version have: too much information is not read."""

    RULE = ""
    LEVEL = Level.NOTICE
    FIELD = "findings"
    held: int
    most: int


@event("diagnosis.diagnosis-started")
class DiagnosisStarted(Event):
    """Several partners, its owners, begin a diagnosis together: of needs, of one theme, for one document."""

    home_territory_id: UUID
    diagnosis_id: LocalId
    title: Prose
    owners: tuple[UUID, ...]

    def apply(self, content: DiagnosisContent) -> None:
        """It has no version yet."""
        DiagnosesStarted.of(content).last[self.diagnosis_id] = frozenset()


@event("diagnosis.diagnosis-version-published")
class DiagnosisVersionPublished(Event):
    """A version of a diagnosis lists its findings, and what each partner brought to them. Published, not yet shared."""

    diagnosis_id: LocalId
    version: int
    findings: tuple[LocalId, ...]
    contributions: tuple[Contribution, ...]

    def apply(self, content: DiagnosisContent) -> None:
        """It is the last one."""
        diagnoses = DiagnosesStarted.of(content)
        diagnoses.last[self.diagnosis_id] = frozenset(self.findings)
        diagnoses.versions[self.diagnosis_id] = self.version


@command(DiagnosisContent, starts=True, records=DiagnosisStarted)
@dataclass(frozen=True, kw_only=True)
class StartDiagnosis(Command):
    """Begin a diagnosis, with the partners that own it together.

    `stream_id` is `diagnosis_stream(home_territory_id)`.
    """

    home_territory_id: UUID
    diagnosis_id: LocalId
    title: Prose
    owners: tuple[UUID, ...]

    def __post_init__(self) -> None:
        required_text(self.title, "title")
        if not self.owners:
            raise InvalidValue("at-least-one", field="owners")
        unique(map(str, self.owners), "owners")

    def scope(self, state: Aggregate | None) -> UUID | None:
        """The territory that it is about."""
        return self.home_territory_id

    def decide(self, state: DiagnosisContent | None, case: Case) -> DiagnosisContent:
        check_its_content(case, self.stream_id, self.home_territory_id)
        for one in self.owners:
            case.find(Partner, one, "owners")
        started = DiagnosesStarted.of(state).last if state is not None else {}
        case.breaks_if(self.diagnosis_id in started, AlreadyExists(self.diagnosis_id))
        case.settle()
        content = opened(state, self.stream_id, self.home_territory_id, case)
        record_from(self, content, case)
        return content


@command(DiagnosisContent, records=DiagnosisVersionPublished, derived=("version", "contributions"))
@dataclass(frozen=True, kw_only=True)
class PublishDiagnosisVersion(Command):
    """Publish a version of a diagnosis: the findings that it holds, each recorded by then, be they of another one."""

    diagnosis_id: LocalId
    findings: tuple[LocalId, ...]

    def __post_init__(self) -> None:
        if not self.findings:
            raise InvalidValue("at-least-one", field="findings")
        unique(self.findings, "findings")

    def _check_read(self, known: Mapping[LocalId, FindingKnown], case: Case) -> None:
        """A version holds as many findings as the method lets one read, where it says so: told, never refused."""
        for convention_id in dict.fromkeys(known[one].convention_id for one in self.findings if one in known):
            convention = case.find(TerritorialConvention, convention_id, "findings")
            if convention is not None:
                most = pinned_profile(case, *convention.profile_key).thresholds.headline_findings
                if most is not None and len(self.findings) > most:
                    case.broken(MoreThanIsRead(len(self.findings), most))
                    return

    def decide(self, state: DiagnosisContent, case: Case) -> None:
        diagnoses, known = DiagnosesStarted.of(state), FindingsRecorded.of(state).known
        last = diagnoses.last.get(self.diagnosis_id)
        case.breaks_if(last is None, UnknownReference("diagnosis_id", self.diagnosis_id))
        case.breaks_if(last == frozenset(self.findings), VersionSaysNothingNew())
        for one in self.findings:
            if one not in known:
                case.broken(UnknownReference("findings", one))
            elif known[one].recorded_on > case.occurred_on:
                case.broken(DatesDoNotFit("findings", known[one].recorded_on, case.occurred_on))
        self._check_read(known, case)
        case.settle()
        brought: dict[UUID, int] = {}
        for one in self.findings:
            for partner_id in known[one].contributors:
                brought[partner_id] = brought.get(partner_id, 0) + 1
        record_from(
            self,
            state,
            case,
            version=diagnoses.versions.get(self.diagnosis_id, 0) + 1,
            contributions=tuple(Contribution(*one) for one in brought.items()),
        )
