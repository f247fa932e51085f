"""The convention's page: where it stands, what is missing and why, and every act where a pilot would look for it."""

from __future__ import annotations

import json
from dataclasses import fields
from uuid import UUID

from sqlalchemy import select

from api.pages.acts import forms_in
from api.pages.acts.forums import CANCEL_FORUM, RECORD_FORUM
from api.pages.acts.opening import OPEN_CONVENTION
from api.pages.acts.signing import CHANGE_SIGNATORY
from api.pages.asking import Asking
from api.pages.contexts import (
    Act,
    ActionSheetLine,
    ConventionPage,
    DecisionLine,
    FindingLine,
    ForumCard,
    ForumGrid,
    MeetingCard,
    Phrase,
    PriorityLine,
    RefusalLine,
    RuleText,
    SectionActs,
    ThemeCrossingShown,
)
from api.pages.mistakes import Mistakes
from api.pages.next_steps import next_act
from api.pages.not_yet import not_yet
from api.pages.path import milestone_lines
from api.pages.path_picture import path_picture
from api.pages.roles import give_acts, role_lines, vacancy_lines
from api.pages.sentences import lack_of
from api.pages.view import View, view_of
from domain.convention.plan import ActionPlanValidated
from domain.kernel import RULES
from domain.values import Attendance, Cell, ValidityPeriod
from projections import what_is_due
from projections.how_a_convention_does import forum_status, lacking, theme_status
from projections.what_comes_next import awaited
from projections.what_the_plan_rests_on import ForumTold
from projections.where_conventions_stand import CLOSED
from projections.which_themes_are_crossed import ThemeCrossing
from projections.who_is_in_charge import vacancies
from workflows import schema
from workflows.instants import from_text

REFUSALS_SHOWN = 10
ACTS_SHOWN = 4


def convention_page(ask: Asking, convention_id: UUID) -> ConventionPage:
    """Everything the page shows. Raises `UnknownStream`."""
    view = view_of(ask, convention_id)
    standing = view.standing.standing
    period = standing.period or ValidityPeriod(view.standing.opened_on, view.standing.opened_on)
    lines = milestone_lines(view)
    told, situation = view.told, view.told.situation
    expected = _pressing_first(view)
    # What presses and the next one after it; a convention has a review every year to its end.
    shown = len(situation.late) + len(situation.soon) + 1
    steps = awaited(told.known)
    return ConventionPage(
        territory=view.territory,
        holders=standing.holder_names,
        effective_from=period.effective_from,
        effective_to=period.effective_to,
        method=ask.texts.t("page.method", name=view.standing.profile_name, version=view.standing.profile_version),
        phase=situation.phase,
        phase_since=standing.since or view.standing.opened_on,
        status=situation.status,
        answer=told.said(situation.first_sentences),
        crumbs=view.crumbs("convention-tab"),
        tabs=view.tabs("convention-tab"),
        timeline=path_picture(view, lines),
        milestones=lines,
        next_acts=tuple(next_act(told, one) for one in steps[:ACTS_SHOWN]),
        next_more=len(steps[ACTS_SHOWN:]),
        section_acts=_section_acts(view),
        not_yet=not_yet(told),
        deadlines=tuple(told.deadline(one) for one in expected[:shown]),
        deadlines_later=tuple(told.deadline(one) for one in expected[shown:]),
        deadlines_met=tuple(told.deadline(one) for one in told.known.sheet if one.met_on is not None),
        themes=tuple(_crossing(view, one) for one in told.known.themes),
        forums=_forums(view),
        findings=_findings(view),
        priorities=_priorities(view),
        sheets=_sheets(view),
        signatures=view.matrix if told.known.signatures.signatories else None,
        meetings=_meetings(view),
        waivers=view.waiver_lines(),
        roles=role_lines(ask, told.territory_id, told.known.holders),
        vacancies=vacancy_lines(ask, vacancies(told.known.holders, told.known.method, told.known.signing)),
        refusals=_refusals(view),
        proposals=Mistakes(ask, view.dossier).proposals(),
    )


def _pressing_first(view: View) -> tuple[what_is_due.Deadline, ...]:
    """What is still expected, by the day it was or is due; what nobody is obliged to comes last."""
    expected = (one for one in view.told.known.sheet if one.is_open)
    return tuple(sorted(expected, key=lambda one: (one.state == what_is_due.WATCHED, one.due_on)))


def _section_acts(view: View) -> SectionActs:
    """The acts of each section that are possible today; those of a row are offered in that row."""
    # A plan is validated again once a sheet was written that it does not hold.
    planned = view.told.known.plan_validated and all(one.in_plan for one in view.basis.sheets if one.is_live)
    done = ActionPlanValidated if planned else None
    acts = {
        section.name: view.told.acts(
            *(form.name for form in forms_in(section.name) if done is None or form.command.RECORDS is not done)
        )
        for section in fields(SectionActs)
    }
    acts["roles"] = give_acts(view.ask, view.told.territory_id)
    if any(one.act for one in view.matrix.rows):
        acts["signatures"] = view.told.acts(CHANGE_SIGNATORY.name)
    if not view.meetings:
        acts["waivers"] = ()
    if view.told.known.phase == CLOSED and view.ask.visitor.may(OPEN_CONVENTION.name, view.dossier.territory_id):
        address = OPEN_CONVENTION.address(territory_id=view.dossier.territory_id)
        acts["milestones"] = (Act(Phrase(f"command.{OPEN_CONVENTION.name}"), address),)
    return SectionActs(**acts)


def _grid(attendance: Attendance, cells: tuple[Cell, ...]) -> ForumGrid:
    counts = {"TECHNICAL": attendance.technical, "POLITICAL": attendance.political, "USAGE": attendance.usage}
    return ForumGrid(counts, frozenset(f"{cell.expertise.value}.{cell.side.value}" for cell in cells))


def _crossing(view: View, one: ThemeCrossing) -> ThemeCrossingShown:
    missing = tuple(map(lack_of, lacking(one)))
    if one.waived:
        missing = (Phrase("page.theme.waived", {"until": one.waived_until}),)
    return ThemeCrossingShown(
        one.theme,
        theme_status(view.told.known, one),
        len(one.counting),
        _grid(one.attendance, one.cells),
        missing if not one.crossed else (),
    )


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
            )
        )
    return tuple(cards)


def _forum_acts(view: View, one: ForumTold) -> tuple[Act, ...]:
    """What may be recorded of a forum that is expected: that it was held, or that it will not be."""
    if not one.is_expected:
        return ()
    cancel = view.told.act(CANCEL_FORUM.name, forum_id=one.forum_id)
    return tuple(act for act in (view.told.act(RECORD_FORUM.name, forum_id=one.forum_id), cancel) if act is not None)


def _findings(view: View) -> tuple[FindingLine, ...]:
    live = [priority for priority in view.basis.priorities if priority.withdrawn_on is None]
    cited = [finding for priority in live for finding in priority.findings]
    return tuple(
        FindingLine(
            f"{one.version}.{number}", finding.theme, finding.kind, view.ask.said(finding.statement),
            cited.count(finding.finding_id),
        )
        for one in view.basis.diagnoses
        for number, finding in enumerate(one.findings, 1)
    )  # fmt: skip


def _priorities(view: View) -> tuple[PriorityLine, ...]:
    numbers = {
        finding.finding_id: f"{one.version}.{number}"
        for one in view.basis.diagnoses
        for number, finding in enumerate(one.findings, 1)
    }
    held = {(one.body.body_id, one.meeting_id): one for one in view.meetings}
    waived = {one.theme for one in view.told.known.themes if one.waived_until is not None and not one.crossed}
    lines = []
    for one in view.basis.priorities:
        meeting = held.get((one.decided_in.body_id, one.decided_in.meeting_id))
        where = Phrase("page.priority.decided", {"body": meeting.body.name, "on": meeting.held_on} if meeting else {})
        lines.append(
            PriorityLine(
                view.ask.said(one.title),
                one.theme,
                one.rank,
                one.chosen_on,
                where if meeting else Phrase("body-kind.COPIL"),
                tuple(numbers.get(finding, finding) for finding in one.findings),
                sum(sheet.priority_id == one.priority_id for sheet in view.basis.sheets),
                view.told.trail(one.event_id),
                (RuleText("R06", view.ask.texts.t("rule.R06")),) if one.theme in waived else (),
                one.withdrawn_on,
                view.ask.said(one.motive),
            )
        )
    return tuple(lines)


def _sheets(view: View) -> tuple[ActionSheetLine, ...]:
    titles = {one.priority_id: view.ask.said(one.title) for one in view.basis.priorities}
    return tuple(
        ActionSheetLine(
            view.ask.said(one.title),
            titles.get(one.priority_id),
            one.owner_name or "",
            one.calendar.effective_from,
            one.calendar.effective_to,
            one.is_live,
        )
        for one in view.basis.sheets
    )


def _meetings(view: View) -> tuple[MeetingCard, ...]:
    return tuple(
        MeetingCard(
            one.body.name,
            one.held_on,
            tuple(
                DecisionLine(str(number), view.ask.said(decision.text), len(decision.uses))
                for number, decision in enumerate(one.decisions, 1)
            ),
            view.ask.documents(one.evidence),
            view.told.trail(one.event_id),
        )
        for one in view.meetings
    )


def _refusals(view: View) -> tuple[RefusalLine, ...]:
    """What was refused on this convention lately: kept in a table of its own, not in the log (SC2)."""
    table = schema.refusals
    rows = view.ask.connection.execute(
        select(table)
        .where(table.c.stream_id == view.convention_id)
        .order_by(table.c.recorded_at.desc())
        .limit(REFUSALS_SHOWN)
    ).all()
    lines = []
    for row in rows:
        rules = [one for one in json.loads(row.rules) if one["text_key"] in RULES]
        actor = view.ask.person(UUID(row.actor_id)) or view.ask.texts.t(f"role.{row.actor_role or 'NONE'}")
        lines.append(
            RefusalLine(
                from_text(row.recorded_at),
                Phrase(f"command.{row.command}"),
                actor,
                tuple(RuleText(one["rule"], view.ask.texts.t(f"refused.{one['text_key']}")) for one in rules),
            )
        )
    return tuple(lines)
