"""Aujourd'hui, the first page of a convention: the answer, the acts that wait, the road, five figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from api.pages.acts.opening import OPEN_CONVENTION
from api.pages.at_the_term import preparing, term_lines, term_of, uncovered
from api.pages.calendars.addresses import CALENDARS, CONVENTION
from api.pages.contested import Contested
from api.pages.contexts import Act, MilestoneLine, Phrase, Status, Tile, TodayPage
from api.pages.lead_roles import leads_said
from api.pages.mistakes import Mistakes
from api.pages.next_steps import next_act
from api.pages.not_yet import not_yet
from api.pages.of_before import of_before
from api.pages.path import milestone_lines, status_in
from api.pages.path_picture import path_picture
from api.pages.rehearsing.address import calendar_of
from api.pages.telling import Telling
from api.pages.unsent import with_unsent
from api.pages.view import View
from domain.convention.earlier import FORUMS, PRIORITIES
from domain.convention.state import PLAN
from domain.values import Code, ValidityPeriod
from projections import what_is_due
from projections.how_a_convention_does import DISCUSSING
from projections.what_became_of_decisions import still_open
from projections.what_comes_next import awaited, to_decide
from projections.where_conventions_stand import CLOSED

ACTS_SHOWN = 3


def today_page(view: View) -> TodayPage:
    """Everything the page shows."""
    standing = view.standing.standing
    period = standing.period or ValidityPeriod(view.standing.opened_on, view.standing.opened_on)
    lines = milestone_lines(view)
    told, situation, term = view.told, view.told.situation, term_of(view)
    lined = with_unsent(view)
    steps = tuple(next_act(told, one) for one in awaited(told.known))
    return TodayPage(
        territory=view.territory,
        holders=standing.holder_names,
        effective_from=period.effective_from,
        effective_to=period.effective_to,
        status=situation.status,
        answer=(*uncovered(view, term), *told.said(situation.first_sentences)),
        tiles=(_phase(view), _signatures(told, lines), _themes(view, lines), _plan(view), _decisions(view)),
        road=path_picture(view, lines),
        milestones=lines,
        next_acts=steps[:ACTS_SHOWN],
        next_more=steps[ACTS_SHOWN:],
        acts=_acts(view),
        not_yet=not_yet(told),
        deadlines=lined(_pressing_first(view)),
        deadlines_met=lined(one for one in told.known.sheet if one.met_on is not None),
        to_come_href=calendar_of(view.home),
        deadlines_muted=tuple(told.deadline(one) for one in told.known.sheet if one.state == what_is_due.MUTED),
        deadline_acts=view.acts("deadlines"),
        proposals=(mistakes := Mistakes(view.ask, view.dossier)).proposals(),
        contestations=Contested(mistakes).cards(),
        calendar_href=f"{CALENDARS}?{CONVENTION}={view.convention_id}",
        taken_over_on=view.dossier.convention.taken_over_on,
        term=term_lines(view, term),
        preparing=preparing(view),
        leads=leads_said(view),
    )


def _acts(view: View) -> tuple[Act, ...]:
    """The acts on milestones that are possible; of a closed convention, opening the next one."""
    if view.told.known.phase == CLOSED and view.ask.visitor.may(OPEN_CONVENTION.name, view.dossier.territory_id):
        address = OPEN_CONVENTION.address(territory_id=view.dossier.territory_id)
        return (Act(Phrase(f"command.{OPEN_CONVENTION.name}"), address),)
    return view.acts("milestones")


def _pressing_first(view: View) -> tuple[what_is_due.Deadline, ...]:
    """What is still expected, by the day it was or is due; what nobody is obliged to comes last."""
    expected = (one for one in view.told.known.sheet if one.is_open)
    return tuple(sorted(expected, key=lambda one: (one.state == what_is_due.WATCHED, one.due_on)))


# --- five figures -----------------------------------------------------------------------------------------------------


def _phase(view: View) -> Tile:
    since = view.standing.standing.since or view.standing.opened_on
    return Tile(
        Phrase("page.tile.phase"),
        Phrase(f"phase-short.{view.told.known.phase}"),
        Phrase("page.tile.phase-since", {"on": since}),
        view.home.section("milestones"),
    )


def _signatures(told: Telling, lines: Sequence[MilestoneLine]) -> Tile:
    situation, missing = told.situation, told.known.missing_for(PLAN)
    line = Phrase("page.tile.all-signed")
    if missing:
        line = Phrase("page.tile.missing", {"partners": tuple(told.ask.name(one) for one in missing)})
    return Tile(
        Phrase("page.tile.signatures"),
        Phrase("page.fraction", {"done": situation.signed, "total": situation.required}),
        line,
        told.home.section("signatures"),
        status_in(lines, "plan-signed"),
    )


def _themes(view: View, lines: Sequence[MilestoneLine]) -> Tile:
    """Themes crossed: done only when all are, whatever the milestone of the forums says."""
    told, situation = view.told, view.told.situation
    waiting = tuple(one.theme for one in told.known.themes if not one.crossed)
    line = Phrase("page.tile.all-crossed")
    status: Status | None = status_in(lines, "forums")
    if waiting:
        pressing = situation.phase in ("PREPARATION", "DIAGNOSIS", *DISCUSSING)
        chosen = () if pressing else tuple(one.theme for one in told.known.themes if one.priorities and not one.crossed)
        key = "page.tile.to-cross" if pressing else "page.tile.chosen-uncrossed" if chosen else "page.tile.not-crossed"
        line = Phrase(key, {"themes": chosen or waiting})
        status = status if status in ("late", "irregular", "watch") else None
    tile = Tile(
        Phrase("page.tile.themes"),
        Phrase("page.fraction", {"done": situation.crossed, "total": situation.themes}),
        line if situation.themes else Phrase("page.tile.no-theme"),
        told.home.section("forums"),
        status if situation.themes else None,
    )
    untold = told.known.taken_over is not None and not situation.themes
    return _of_before(view, tile, FORUMS) if untold else tile


def _of_before(view: View, tile: Tile, fact: Code) -> Tile:
    """A tile of which all is of before a take-over: its day, or that nobody knows."""
    (said,) = of_before(view.told.known, fact)
    return replace(tile, figure=Phrase("page.tile.of-before"), line=said, status=None)


def _plan(view: View) -> Tile:
    live = [one for one in view.basis.sheets if one.is_live]
    chosen = sum(one.withdrawn_on is None for one in view.basis.priorities)
    tile = Tile(
        Phrase("page.tile.plan"),
        Phrase("page.tile.sheets", {}, len(live)),
        Phrase("page.tile.priorities", {}, chosen),
        view.home.section("plan"),
    )
    untold = view.told.known.taken_over is not None and not chosen
    return _of_before(view, tile, PRIORITIES) if untold else tile


def _decisions(view: View) -> Tile:
    """What the committee has to decide, and what it decided that nothing followed: neither is ever said to be none."""
    asked = len(to_decide(view.told.known))
    waiting = len(still_open(view.decisions))
    line = Phrase("page.tile.waiting", {}, waiting) if waiting else Phrase("page.tile.all-followed")
    figure = Phrase("page.tile.decisions", {}, asked)
    if waiting and not asked:
        figure, line = Phrase("page.tile.unfollowed", {}, waiting), Phrase("page.tile.nothing-asked")
    return Tile(
        Phrase("page.tile.decided"),
        figure,
        line if view.meetings else Phrase("page.tile.no-meeting"),
        view.home.section("meetings"),
        "watch" if waiting else None,
    )
