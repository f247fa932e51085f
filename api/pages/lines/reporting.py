"""How several actions stand, said at once: one tap for each, one press for all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from api.pages.acts.sheets import REPORT_ACTION_STATUS
from api.pages.contexts import Choice, Phrase, Status
from api.pages.fields import Field, RadioField, SelectField
from api.pages.forms.conventions import ConventionCase
from api.pages.forms.typed import Typed
from api.pages.lines.contexts import Consequence, LineGroup, LineShown
from api.pages.lines.reading import common_fields, draft_of, own, own_fields, prefix_of
from api.pages.lines.record import Asked, Body, Draft, Lines, Weighed
from api.pages.lines.verdicts import fault_of, said
from domain.action_sheets.following import ReportActionStatus
from domain.action_sheets.state import OVER, RUNNING
from projections.where_the_plan_stands import SheetStanding, sheets
from workflows.answers import Answer

COMMON: Final = ("occurred_on",)
MORE: Final = ("evidence", "reason")
OWN: Final = ("status",)
SELDOM: Final = ("progress_percent", "motive")

Reporting = Asked[ConventionCase]


def _told(asked: Reporting) -> tuple[SheetStanding, ...]:
    """The sheets of which the visitor may tell and news is to be expected: those of its own partner, where it speaks
    for one; neither those that are over nor those that are to begin later."""
    visitor, case, today = asked.ask.visitor, asked.case, asked.ask.today
    mine = {one.partner_id for one in visitor.actor.roles if one.partner_id is not None}

    def awaited(one: SheetStanding) -> bool:
        begun = one.status == RUNNING or one.calendar is None or one.calendar.effective_from <= today
        told = own(asked.typed, prefix_of(str(one.sheet_id)))
        return bool(told) or (begun and (not mine or one.owner_id in mine) and one.is_live and one.status not in OVER)

    may = visitor.may
    here = asked.case.standing.territory_id
    found = tuple(
        one for one in sheets(case.dossier, today) if may(ReportActionStatus.NAME, here, one.owner_id) and awaited(one)
    )
    asked.ask.open([one.title for one in found])
    return found


def _proposed(asked: Reporting) -> Typed:
    """Today; nobody's answer is ticked beforehand."""
    return Typed({"occurred_on": (asked.ask.today.isoformat(),)})


def _read(asked: Reporting) -> list[Draft]:
    """A line of which nothing is said is passed over: it says nothing new of its action."""
    drafts = []
    for one in _told(asked):
        line = str(one.sheet_id)
        if own(asked.typed, prefix_of(line)):
            drafts.append(
                draft_of(asked, REPORT_ACTION_STATUS, line, common=(*COMMON, *MORE), fixed={"stream_id": line})
            )
    return drafts


def _show(asked: Reporting, weighed: Sequence[Weighed]) -> Body:
    known, found = common_fields(asked, REPORT_ACTION_STATUS), _told(asked)
    lines = tuple(_line(asked, one, weighed) for one in found)
    count = sum(isinstance(one.outcome, Answer) for one in weighed)
    odd = tuple(one.name for one in lines if one.why)
    consequences = [Consequence("done", Phrase("page.reported.change"), count)]
    if odd:
        consequences.append(Consequence("watch", Phrase("page.lines.to-know"), len(odd), odd))
    return Body(
        lead=(Phrase("page.reported.lead", {}, len(found)),),
        common=tuple(known[name] for name in COMMON if name in known),
        more=tuple(known[name] for name in MORE if name in known),
        groups=(LineGroup(Phrase("page.reported.rows"), "rows", lines),) if lines else (),
        consequences=tuple(consequences),
    )


def _line(asked: Reporting, one: SheetStanding, weighed: Sequence[Weighed]) -> LineShown:
    under = prefix_of(str(one.sheet_id))
    outcome = next((each.outcome for each in weighed if each.draft.line == str(one.sheet_id)), None)
    notices = outcome.notices if isinstance(outcome, Answer) else ()
    title = asked.case.said(one.title)
    fields = own_fields(asked, REPORT_ACTION_STATUS, under, OWN)
    return LineShown(
        under,
        f"{one.number} {title}" if one.number is not None else title,
        None,
        _shape(one),
        _now(asked, one),
        " ".join(said(asked, rule) for rule in notices),
        fields=tuple(map(_tapped, fields)),
        folded=own_fields(asked, REPORT_ACTION_STATUS, under, SELDOM),
        fold=Phrase("page.reported.fold"),
        error=fault_of(asked, outcome),
    )


def _tapped(field: Field) -> Field:
    """All the choices in sight: one tap says one of them."""
    if not isinstance(field, SelectField):
        return field
    choices = tuple(Choice(one.value, one.label, one.chosen) for one in field.choices)
    return RadioField(field.name, field.label, choices, error=field.error)


def _shape(one: SheetStanding) -> Status:
    if one.is_late:
        return "late"
    return "watch" if one.is_silent else "on-time" if one.status == RUNNING else "not-started"


def _now(asked: Reporting, one: SheetStanding) -> str:
    """How it was said to stand, and when."""
    texts = asked.ask.texts
    status = texts.t(f"action-status.{one.status}")
    if one.reported_on is None:
        return texts.t("page.reported.never", status=status)
    progress = f", {one.progress_percent} %" if one.progress_percent is not None else ""
    return texts.t("page.reported.since", status=f"{status}{progress}", on=one.reported_on)


REPORTS = Lines(word="reported", form=REPORT_ACTION_STATUS, propose=_proposed, read=_read, show=_show, own=True)
"""The statuses of a partner's actions, or of all of them."""
