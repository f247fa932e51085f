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
from domain.values import LocalId
from projections.what_the_plan_rests_on import basis
from projections.where_the_plan_stands import SheetStanding, sheets
from workflows.answers import Answer

COMMON: Final = ("occurred_on",)
MORE: Final = ("evidence", "reason")
OWN: Final = ("status",)
SELDOM: Final = ("progress_percent", "motive")

IN_SIGHT: Final = 24
"""Actions that a telephone shows in a row; more are folded, priority by priority."""

Reporting = Asked[ConventionCase]


def _told(asked: Reporting) -> tuple[SheetStanding, ...]:
    """The sheets of which the visitor may tell: those of its own partner, where it speaks for one; not those that are
    over, of which nothing more is expected."""
    visitor, case, today = asked.ask.visitor, asked.case, asked.ask.today
    mine = {one.partner_id for one in visitor.actor.roles if one.partner_id is not None}

    def awaited(one: SheetStanding) -> bool:
        told = own(asked.typed, prefix_of(str(one.sheet_id)))
        return bool(told) or ((not mine or one.owner_id in mine) and one.is_live and one.status not in OVER)

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
    groups = _groups(asked, found, weighed)
    count = sum(isinstance(one.outcome, Answer) for one in weighed)
    odd = tuple(one.name for group in groups for one in group.lines if one.why)
    consequences = [Consequence("done", Phrase("page.reported.change"), count)]
    if odd:
        consequences.append(Consequence("watch", Phrase("page.lines.to-know"), len(odd), odd))
    return Body(
        lead=(Phrase("page.reported.lead", {}, sum(_has_begun(asked, one) for one in found)),),
        common=tuple(known[name] for name in COMMON if name in known),
        more=tuple(known[name] for name in MORE if name in known),
        groups=groups,
        consequences=tuple(consequences),
    )


def _has_begun(asked: Reporting, one: SheetStanding) -> bool:
    """Whether news of it is to be expected."""
    return one.status == RUNNING or one.calendar is None or one.calendar.effective_from <= asked.ask.today


def _groups(asked: Reporting, found: Sequence[SheetStanding], weighed: Sequence[Weighed]) -> tuple[LineGroup, ...]:
    """What has begun, in one list or folded priority by priority with the worst first; then, folded, what begins later:
    a review asks of it too how it stands."""
    begun = [one for one in found if _has_begun(asked, one)]
    later = [one for one in found if not _has_begun(asked, one)]
    groups: list[LineGroup] = []
    if 0 < len(begun) <= IN_SIGHT:
        lines = tuple(_line(asked, one, weighed) for one in begun)
        groups.append(LineGroup(Phrase("page.reported.rows"), "rows", lines))
    elif begun:
        groups += _by_priority(asked, begun, weighed)
    if later:
        lines = tuple(_line(asked, one, weighed) for one in later)
        title, note = Phrase("page.reported.later", {}, len(later)), Phrase("page.reported.later.note")
        groups.append(LineGroup(title, "rows", lines, note, _folded(asked, lines, otherwise=bool(begun))))
    return tuple(groups)


def _by_priority(asked: Reporting, begun: Sequence[SheetStanding], weighed: Sequence[Weighed]) -> list[LineGroup]:
    """One fold for each priority, the one with most that is late before the others; the first is open."""
    titles = {one.priority_id: one.title for one in asked.case.dossier.once(basis).priorities}
    asked.ask.open(list(titles.values()))
    under: dict[LocalId, list[SheetStanding]] = {}
    for one in begun:
        under.setdefault(one.priority_id, []).append(one)
    groups: list[LineGroup] = []
    for priority, several in sorted(under.items(), key=lambda item: [-count for count in _troubles(item[1])]):
        lines = tuple(_line(asked, one, weighed) for one in several)
        title = Phrase("page.reported.priority", {"title": asked.case.said(titles[priority])}, len(lines))
        late, silent = _troubles(several)
        note = Phrase("page.reported.late", {}, late) if late else Phrase("page.reported.silent", {}, silent)
        folded = _folded(asked, lines, otherwise=bool(groups))
        groups.append(LineGroup(title, "rows", lines, note if late or silent else None, folded))
    return groups


def _troubles(several: Sequence[SheetStanding]) -> tuple[int, int]:
    """How many are late, and how many more are silent."""
    return sum(one.is_late for one in several), sum(one.is_silent and not one.is_late for one in several)


def _folded(asked: Reporting, lines: Sequence[LineShown], *, otherwise: bool) -> bool:
    """Whether lines are folded: never where something was said in one of them, or is wrong."""
    return otherwise and not any(one.error or own(asked.typed, one.prefix) for one in lines)


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
