"""The diagnoses of a territory on the page of the diagnosis: whose each is, its versions, findings and evidence."""

from __future__ import annotations

from collections.abc import Mapping

from api.pages.acts.diagnosis import RECORD_SHARED_DIAGNOSIS
from api.pages.acts.diagnosis_content import ATTACH_EVIDENCE, PUBLISH_DIAGNOSIS_VERSION, RECORD_FINDING, START_DIAGNOSIS
from api.pages.addresses import anchor_of
from api.pages.contexts import Act, Phrase
from api.pages.contexts.diagnosing import DiagnosisLine, FoundLine, VersionsShown
from api.pages.view import View
from domain.convention.diagnosis import DiagnosesShared
from domain.convention.themes import named
from domain.values import LocalId
from projections.what_became_of_findings import findings, led_nowhere
from projections.what_diagnoses_hold import DiagnosisTold, FindingTold, Shown, VersionTold, diagnoses


def versions_shown(view: View, acts: tuple[Act, ...]) -> VersionsShown | None:
    """What the diagnoses of the territory hold; None where none is and whoever looks may begin none."""
    told = view.dossier.once(diagnoses)
    view.ask.open(told)
    offered = (START_DIAGNOSIS, RECORD_FINDING, PUBLISH_DIAGNOSIS_VERSION) if told.diagnoses else (START_DIAGNOSIS,)
    wanted = tuple(one.name for one in offered)
    links = tuple(one for one in acts if one.href.endswith(wanted))
    if not told.diagnoses and not told.findings and not links:
        return None
    titles = {one.diagnosis_id: view.ask.said(one.title) for one in told.diagnoses}
    return VersionsShown(
        tuple(_diagnosis(view, one) for one in told.diagnoses),
        tuple(_found(view, one, titles) for one in told.findings),
        links,
    )


def _diagnosis(view: View, one: DiagnosisTold) -> DiagnosisLine:
    last = one.versions[0] if one.versions else None
    owners = view.ask.texts.join([view.ask.name(each) for each in one.owners])
    return DiagnosisLine(
        anchor=anchor_of("diagnosis", one.diagnosis_id),
        title=view.ask.said(one.title),
        href=view.trail(one.event_id),
        owners=Phrase("page.versions.owners", {"owners": owners}),
        last=Phrase("page.versions.last", {"version": last.version, "on": last.published_on})
        if last is not None
        else Phrase("page.versions.none"),
        findings=len(last.findings) if last is not None else 0,
        brought=_brought(view, last),
        shared=Phrase("page.versions.shared", {"on": last.shared_on})
        if last is not None and last.shared_on is not None
        else None,
        led_nowhere=last is not None and led_nowhere(last.findings, view.dossier.once(findings, view.ask.today)),
        act=_share(view, one, last),
    )


def _brought(view: View, last: VersionTold | None) -> str | None:
    """Who brought how many of its findings."""
    if last is None:
        return None
    return view.ask.texts.join([f"{view.ask.name(one.partner_id)} ({one.brought})" for one in last.contributions])


def _share(view: View, one: DiagnosisTold, last: VersionTold | None) -> Act | None:
    """What comes next: to share the last version with the partners, where it holds what was not shared yet."""
    shared = DiagnosesShared.of(view.dossier.convention).findings
    if last is None or all(each in shared for each in last.findings):
        return None
    act = view.act(RECORD_SHARED_DIAGNOSIS.name, published=one.diagnosis_id)
    return Act(Phrase("page.versions.share"), act.href) if act is not None else None


def _found(view: View, one: FindingTold, titles: Mapping[LocalId, str | None]) -> FoundLine:
    erased = view.ask.texts.t("page.erased")
    return FoundLine(
        anchor=anchor_of("found", one.finding_id),
        text=view.ask.said(one.statement),
        href=view.trail(one.event_id),
        theme=named(view.dossier.convention, one.theme),
        kind=one.kind,
        life_stages=one.life_stages,
        communes=view.ask.texts.join([view.ask.name(each) for each in one.communes]) if one.communes else "",
        shown_by=tuple(_shown(view, each) for each in one.shown_by),
        serves=tuple(titles.get(each) or erased for each in one.serves),
        act=view.act(ATTACH_EVIDENCE.name, finding_id=one.finding_id),
    )


def _shown(view: View, one: Shown) -> Phrase:
    said = {
        "nature": one.nature,
        "source": view.ask.said(one.source) or view.ask.texts.t("page.erased"),
        "year": str(one.year),
        "partner": view.ask.name(one.contributor_id),
    }
    if one.sample_size is None:
        return Phrase("page.versions.shown", said)
    return Phrase("page.versions.sample", {**said, "sample": str(one.sample_size)})
