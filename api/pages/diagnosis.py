"""The page of the diagnosis and the forums: who was heard, which themes are crossed, what became of each finding."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from api.pages.acts.forums import CANCEL_FORUM, RECORD_FORUM
from api.pages.acts.forums_followed import (
    MOVE_FORUM,
    RECORD_FORUM_ATTENDANCE,
    RECORD_FORUM_INVITATION,
    RECORD_SHARED_FORUM_RECORD,
)
from api.pages.addresses import anchor_of
from api.pages.contexts import (
    Act,
    Delay,
    DiagnosisPage,
    FindingLine,
    ForumCard,
    ForumGrid,
    OwnThemeLine,
    Phrase,
    Spelled,
    Status,
    ThemeCrossingShown,
    VoiceShown,
)
from api.pages.contexts.fates import fates_bar
from api.pages.contributions import contributions_shown
from api.pages.data_asked import data_shown
from api.pages.diagnosis_versions import versions_shown
from api.pages.heard_picture import heard_picture, lacks_of
from api.pages.of_before import of_before
from api.pages.proposals import proposals_shown
from api.pages.spaces import spaces_shown
from api.pages.view import View
from api.pages.waves import waves_shown
from domain.convention.earlier import DIAGNOSIS, FORUMS
from domain.values import Attendance, Cell
from projections import what_became_of_findings, which_themes_there_are
from projections.how_a_convention_does import forum_status
from projections.what_forums_heard import ThemeHeard, heard
from projections.which_forums_there_are import ForumTold

STATUS_OF_FATE: Final[Mapping[str, Status]] = {
    what_became_of_findings.SILENT: "watch",
    what_became_of_findings.WAITING: "not-started",
    what_became_of_findings.DISCUSSED: "not-started",
    what_became_of_findings.CARRIED: "on-time",
}


LOOK_OF_FATE: Final[Mapping[str, str]] = {
    what_became_of_findings.ANSWERED: "full",
    what_became_of_findings.CARRIED: "part",
    what_became_of_findings.KEPT: "aside",
    what_became_of_findings.DISCUSSED: "open",
    what_became_of_findings.WAITING: "open",
    what_became_of_findings.SILENT: "late",
}
"""How the part of a bar looks, in the order in which parts stand."""


def diagnosis_page(view: View) -> DiagnosisPage:
    """Everything the page shows."""
    told = heard(view.told.known)
    themes = tuple(_shown(view, one) for one in told)
    findings = _findings(view)
    said = contributions_shown(view, view.acts("contributions"))
    return DiagnosisPage(
        territory=view.territory,
        answer=_with_what_was_before(view, (*_answer(themes, findings), *said.answer)),
        themes=themes,
        matrix=heard_picture(view, told),
        forums=_forums(view),
        own_themes=_own_themes(view),
        findings=tuple(sorted(findings, key=lambda one: bool(one.cited_by))),
        priorities_href=view.home.section("priorities"),
        forum_acts=view.acts("forums"),
        finding_acts=view.acts("findings"),
        theme_acts=view.acts("themes"),
        first=view.first,
        data=data_shown(view, view.acts("data")),
        contributions=said,
        versions=versions_shown(view, view.acts("versions")),
        waves=waves_shown(view, view.acts("waves")),
        spaces=spaces_shown(view, view.acts("spaces")),
        proposals=proposals_shown(view, view.acts("bottom-up")),
        finding_parts=fates_bar(
            (look, Phrase(f"finding-fate.{fate}"), sum(one.fate == fate for one in findings))
            for fate, look in LOOK_OF_FATE.items()
        ),
    )


def _with_what_was_before(view: View, answer: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    """Of a convention taken over, what is known of its diagnosis and forums of before; alone where nothing is since."""
    before = of_before(view.told.known, DIAGNOSIS, FORUMS)
    since = view.basis.diagnoses or view.basis.forums
    return (*before, *(answer if since or not before else ()))


def _answer(themes: tuple[ThemeCrossingShown, ...], findings: tuple[FindingLine, ...]) -> tuple[Phrase, ...]:
    """How many themes are crossed, the first thing that one lacks, how many findings a priority answers."""
    if not themes:
        return (Phrase("page.diagnosis.answer-none"),)
    crossed = sum(one.status == "done" for one in themes)
    said = [Phrase("page.diagnosis.answer", {"total": Spelled(len(themes))}, crossed)]
    lack = next(((one.theme, one.missing[0]) for one in themes if one.status == "watch" and one.missing), None)
    if lack is not None:
        said.append(Phrase("page.diagnosis.answer-lack", {"theme": lack[0], "what": lack[1]}))
    answered = sum(bool(one.cited_by) for one in findings)
    if findings:
        said.append(Phrase("page.diagnosis.answer-findings", {"total": Spelled(len(findings))}, answered))
    silent = len({one.text or one.reference for one in findings if one.fate == what_became_of_findings.SILENT})
    if silent:
        said.append(Phrase("page.fate.silent", {}, silent))
    return tuple(said)


def _grid(attendance: Attendance, cells: tuple[Cell, ...]) -> ForumGrid:
    counts = {"TECHNICAL": attendance.technical, "POLITICAL": attendance.political, "USAGE": attendance.usage}
    return ForumGrid(counts, frozenset(f"{cell.expertise.value}.{cell.side.value}" for cell in cells))


def _shown(view: View, one: ThemeHeard) -> ThemeCrossingShown:
    texts = view.ask.texts
    voices = tuple(
        VoiceShown(each.expertise.value, each.present, tuple(texts.show(side) for side in each.sides))
        for each in one.voices
    )
    return ThemeCrossingShown(one.theme, one.status, one.forums, voices, lacks_of(one))


def _own_themes(view: View) -> tuple[OwnThemeLine, ...]:
    """The themes that the committee named, and those that no forum crosses."""
    meetings = {(one.body.body_id, one.meeting_id): one for one in view.meetings}
    lines = []
    for one in which_themes_there_are.themes(view.dossier):
        if not one.is_own and not one.transverse:
            continue
        decided = one.decided_in
        meeting = meetings.get((decided.body_id, decided.meeting_id)) if decided is not None else None
        where = {"body": meeting.body.name, "on": meeting.held_on} if meeting is not None else {}
        lines.append(
            OwnThemeLine(
                one.theme,
                one.transverse,
                one.added_on,
                Phrase("page.priority.decided", where) if where else None,
                view.told.trail(one.event_id) if one.event_id is not None else None,
            )
        )
    return tuple(lines)


def _forums(view: View) -> tuple[ForumCard, ...]:
    cards = []
    for one in reversed(view.basis.forums):
        status = forum_status(view.told.known, one)
        cards.append(
            ForumCard(
                one.themes,
                status,
                one.planned_on,
                one.held_on,
                view.ask.said(one.place),
                _grid(one.attendance, one.cells) if one.attendance is not None else None,
                rules=view.ask.marks(one.irregularities) if status == "irregular" else (),
                evidence=view.ask.documents(one.evidence),
                href=view.told.trail(one.event_id),
                acts=_forum_acts(view, one),
                cancelled_on=one.cancelled_on,
                motive=view.ask.said(one.motive),
                anchor=anchor_of("forum", one.forum_id),
                format=one.format,
                said=_said(view, one),
                contested=one.event_id in view.contested,
            )
        )
    return tuple(cards)


def _said(view: View, one: ForumTold) -> tuple[Phrase, ...]:
    """What is known of it before its day, and of its record after it; of a forum that is cancelled, only that it had
    moved."""
    texts, said = view.ask.texts, []
    if one.moved_from and one.held_on is None:
        said.append(Phrase("page.forum.moved", {"days": one.moved_from, "motive": view.ask.said(one.moved_because)}))
    if one.is_expected:
        invited = {"on": one.invited_on} if one.invited_on is not None else {}
        said.append(Phrase("page.forum.invited" if invited else "page.forum.not-invited", invited))
        if (will := one.confirmed) is not None:
            counts = {"technical": will.technical, "political": will.political, "usage": will.usage}
            said.append(Phrase("page.forum.confirmed", counts))
    if one.shared_on is not None:
        whom = texts.join([texts.word("shared-with", code) for code in one.shared_with])
        said.append(Phrase("page.forum.shared", {"on": one.shared_on, "whom": whom}))
    return tuple(said)


_OF_EXPECTED = (RECORD_FORUM, RECORD_FORUM_INVITATION, RECORD_FORUM_ATTENDANCE, MOVE_FORUM, CANCEL_FORUM)
"""What may be recorded of a forum that is expected, what is looked for most first."""


def _forum_acts(view: View, one: ForumTold) -> tuple[Act, ...]:
    """What may be recorded of a forum: of one that is expected, how it goes; of one that was held, that its record is
    shared."""
    held = (RECORD_SHARED_FORUM_RECORD,) if one.held_on is not None and one.shared_on is None else ()
    found = (view.told.act(form.name, forum_id=one.forum_id) for form in (_OF_EXPECTED if one.is_expected else held))
    return tuple(act for act in found if act is not None)


def _findings(view: View) -> tuple[FindingLine, ...]:
    live = [priority for priority in view.basis.priorities if priority.withdrawn_on is None]
    cited = [finding for priority in live for finding in priority.findings]
    today = view.ask.today
    fates = {one.finding.finding_id: one for one in view.dossier.once(what_became_of_findings.findings, today)}
    lines = []
    for one in view.basis.diagnoses:
        for number, finding in enumerate(one.findings, 1):
            fate = fates[finding.finding_id]
            waits = (today - fate.waits_since).days if fate.waits_since is not None else 0
            lines.append(
                FindingLine(
                    f"{one.version}.{number}",
                    finding.theme,
                    finding.kind,
                    view.ask.said(finding.statement),
                    cited.count(finding.finding_id),
                    fate.fate,
                    STATUS_OF_FATE.get(fate.fate),
                    Phrase("page.fate.since", {"delay": Delay(waits)}) if waits > 0 else None,
                )
            )
    return tuple(lines)
