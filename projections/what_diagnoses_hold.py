"""What do the diagnoses of a territory hold? Whose each is, its versions and what each partner brought, and every
finding with what shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.convention.diagnosis import DiagnosisShared
from domain.convention.state import TerritorialConvention
from domain.diagnosis.content import DiagnosisContent
from domain.diagnosis.finding import EvidenceAttached, FindingRecorded, FindingsRecorded
from domain.diagnosis.publishing import Contribution, DiagnosisStarted, DiagnosisVersionPublished
from domain.values import Code, Evidence, LocalId, Prose
from projections.engine import History


@dataclass(frozen=True)
class Shown:
    """What shows a finding: from which source and year, by what method, from how many; who brought it, on what day."""

    event_id: UUID
    contributor_id: UUID
    brought_on: date
    nature: Code
    source: Prose
    year: int
    method: Code | None
    sample_size: int | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class FindingTold:
    """A finding with all that shows it; `serves`: the diagnoses of which a version holds it."""

    finding_id: LocalId
    event_id: UUID
    recorded_on: date
    theme: Code
    kind: Code
    statement: Prose
    life_stages: tuple[Code, ...]
    communes: tuple[Code, ...]
    shown_by: tuple[Shown, ...]
    serves: tuple[LocalId, ...]


@dataclass(frozen=True)
class VersionTold:
    """A version as it was published: its findings, and how many each partner brought, or showed. `shared_on`: the first
    day on which a diagnosis that held all of them was presented to the partners since; None until then."""

    version: int
    event_id: UUID
    published_on: date
    findings: tuple[LocalId, ...]
    contributions: tuple[Contribution, ...]
    shared_on: date | None


@dataclass(frozen=True)
class DiagnosisTold:
    """A diagnosis, the partners that own it together, its versions, the last one first."""

    diagnosis_id: LocalId
    event_id: UUID
    title: Prose
    owners: tuple[UUID, ...]
    started_on: date
    versions: tuple[VersionTold, ...]


@dataclass(frozen=True)
class DiagnosesTold:
    """The diagnoses of a territory, the latest first, and its findings, the latest last."""

    diagnoses: tuple[DiagnosisTold, ...] = ()
    findings: tuple[FindingTold, ...] = ()


def diagnoses(history: History) -> DiagnosesTold:
    """All of a territory: there is one content for all its conventions."""
    started = [event for _, event in history.of(DiagnosisContent, DiagnosisStarted)]
    published = [event for _, event in history.of(DiagnosisContent, DiagnosisVersionPublished)]
    attached = [event for _, event in history.of(DiagnosisContent, EvidenceAttached)]
    recorded = [event for _, event in history.of(DiagnosisContent, FindingRecorded)]
    shared = [event for _, event in history.of(TerritorialConvention, DiagnosisShared)]
    known = {one for content in history.states(DiagnosisContent) for one in FindingsRecorded.of(content).known}
    told = tuple(
        DiagnosisTold(
            one.diagnosis_id,
            one.envelope.event_id,
            one.title,
            one.owners,
            one.occurred_on,
            tuple(_version(each, shared) for each in reversed(published) if each.diagnosis_id == one.diagnosis_id),
        )
        for one in reversed(started)
    )
    findings = tuple(_finding(one, attached, told) for one in recorded if one.finding_id in known)
    return DiagnosesTold(told, findings)


def _version(one: DiagnosisVersionPublished, shared: Iterable[DiagnosisShared]) -> VersionTold:
    held = set(one.findings)
    presented = (
        each.occurred_on
        for each in shared
        if each.occurred_on >= one.occurred_on and held <= {finding.finding_id for finding in each.findings}
    )
    return VersionTold(
        one.version,
        one.envelope.event_id,
        one.occurred_on,
        one.findings,
        one.contributions,
        min(presented, default=None),
    )


def _finding(one: FindingRecorded, attached: list[EvidenceAttached], told: tuple[DiagnosisTold, ...]) -> FindingTold:
    return FindingTold(
        finding_id=one.finding_id,
        event_id=one.envelope.event_id,
        recorded_on=one.occurred_on,
        theme=one.theme,
        kind=one.kind,
        statement=one.statement,
        life_stages=one.life_stages,
        communes=one.communes,
        shown_by=(_shown(one), *(_shown(each) for each in attached if each.finding_id == one.finding_id)),
        serves=tuple(
            each.diagnosis_id for each in told if any(one.finding_id in version.findings for version in each.versions)
        ),
    )


def _shown(one: FindingRecorded | EvidenceAttached) -> Shown:
    return Shown(
        one.envelope.event_id,
        one.contributor_id,
        one.occurred_on,
        one.nature,
        one.source,
        one.year,
        one.method,
        one.sample_size,
        one.envelope.evidence,
    )
