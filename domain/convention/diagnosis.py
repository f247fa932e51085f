"""The shared diagnosis: presented to the partners, with its findings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from domain.convention.crossing import ForumsHeld
from domain.convention.deciding import ConventionCommand
from domain.convention.state import TerritorialConvention
from domain.convention.themes import check_known, named
from domain.kernel import (
    BrokenRule,
    Case,
    Event,
    Level,
    Part,
    command,
    event,
    part,
    record_from,
    required_text,
    unique,
)
from domain.method import MethodProfile
from domain.partners import Partner
from domain.values import Code, InvalidValue, LocalId, Prose, Theme

FINDING_KINDS = (Code("ASSET"), Code("CONSTRAINT"))
CHANNELS = (Code("MEETING"), Code("MAIL"), Code("ONLINE"))
PARTICIPATION_KINDS = (Code("SURVEY"), Code("INTERVIEW"), Code("WORKSHOP"))


@dataclass(frozen=True)
class Finding:
    """An asset or a constraint of the territory on a theme."""

    finding_id: LocalId
    theme: Code
    kind: Code
    statement: Prose

    def __post_init__(self) -> None:
        if self.kind not in FINDING_KINDS:
            raise InvalidValue("unknown-code", field="findings", value=self.kind, allowed=FINDING_KINDS)
        required_text(self.statement, "findings")


@dataclass(frozen=True)
class Participation:
    """How many people took part, and by what means; counts only."""

    kind: Code
    count: int

    def __post_init__(self) -> None:
        if self.kind not in PARTICIPATION_KINDS:
            raise InvalidValue("unknown-code", field="participation", value=self.kind, allowed=PARTICIPATION_KINDS)
        if self.count < 0:
            raise InvalidValue("negative-count", field="participation")


@dataclass(frozen=True)
class FindingSaidOtherwise(BrokenRule):
    """A finding is shared again under another theme, or as another kind, than it was first: told, for whoever cites it
    cites what it was. What was a mistake is corrected."""

    RULE = ""
    LEVEL = Level.NOTICE
    FIELD = "findings"
    theme: Theme
    kind: Code
    finding_id: LocalId

    @property
    def subject(self) -> str:
        return self.finding_id


@part(TerritorialConvention, "diagnoses")
@dataclass
class DiagnosesShared(Part):
    """How many versions of the diagnosis were recorded, the day each one that has an effect was shared, for each
    finding the first day it was, and the themes they are about. `said`: the theme and the kind of each finding, as it
    was shared first."""

    versions: int = 0
    themes: set[Code] = field(default_factory=set)
    shared_on: list[date] = field(default_factory=list)
    findings: dict[LocalId, date] = field(default_factory=dict)
    said: dict[LocalId, tuple[Code, Code]] = field(default_factory=dict)

    def is_shared_by(self, day: date) -> bool:
        """Whether some version was shared on or before a day."""
        return any(one <= day for one in self.shared_on)

    def latest_by(self, day: date) -> date | None:
        """When the last version that was shared on or before a day was; None where none was."""
        return max((one for one in self.shared_on if one <= day), default=None)

    def foreign(self, findings: tuple[LocalId, ...], day: date) -> tuple[LocalId, ...]:
        """Those of these findings that no version shared by then holds."""
        return tuple(one for one in findings if self.findings.get(one, date.max) > day)


@event("convention.diagnosis-shared")
class DiagnosisShared(Event):
    """A version of the diagnosis was presented to the partners on `occurred_on`, not merely written."""

    diagnosis_version: int
    themes: tuple[Code, ...]
    findings: tuple[Finding, ...]
    recipients: tuple[UUID, ...]
    channel: Code
    participation: tuple[Participation, ...]

    def apply(self, convention: TerritorialConvention) -> None:
        """Keep the version and the ids of its findings."""
        diagnoses = DiagnosesShared.of(convention)
        diagnoses.versions = self.diagnosis_version
        diagnoses.themes.update(self.themes)
        for one in self.findings:
            diagnoses.said.setdefault(one.finding_id, (one.theme, one.kind))
        if not convention.withholds(self):
            diagnoses.shared_on.append(self.occurred_on)
            for finding in self.findings:
                first = diagnoses.findings.get(finding.finding_id, self.occurred_on)
                diagnoses.findings[finding.finding_id] = min(first, self.occurred_on)
            ForumsHeld.of(convention).share_diagnosis(self.occurred_on)


@command(TerritorialConvention, records=DiagnosisShared, derived=("diagnosis_version", "themes"))
@dataclass(frozen=True, kw_only=True)
class RecordSharedDiagnosis(ConventionCommand):
    """Record that the diagnosis was presented to the partners; its version number follows the last one."""

    findings: tuple[Finding, ...]
    recipients: tuple[UUID, ...] = ()
    channel: Code = CHANNELS[0]
    participation: tuple[Participation, ...] = ()

    def __post_init__(self) -> None:
        unique((finding.finding_id for finding in self.findings), "findings")
        unique((one.kind for one in self.participation), "participation")
        if not self.findings:
            raise InvalidValue("at-least-one", field="findings")
        if self.channel not in CHANNELS:
            raise InvalidValue("unknown-code", field="channel", value=self.channel, allowed=CHANNELS)

    def milestone(self, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        themes = sorted({finding.theme for finding in self.findings})
        check_known(themes, "findings", state, profile, case)
        for partner_id in self.recipients:
            case.find(Partner, partner_id, "recipients")
        known = DiagnosesShared.of(state).said
        for one in self.findings:
            theme, kind = known.get(one.finding_id, (one.theme, one.kind))
            if (theme, kind) != (one.theme, one.kind):
                case.broken(FindingSaidOtherwise(named(state, theme), kind, one.finding_id))
        self.settle(state, case)
        version = DiagnosesShared.of(state).versions + 1
        record_from(self, state, case, diagnosis_version=version, themes=tuple(themes))
