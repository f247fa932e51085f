"""The steering committee's page: five tiles, the path, what is late, what must be decided, what does not count."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from api.pages.asking import Asking
from api.pages.contexts import CommitteePage, IrregularFact, MilestoneLine, Phrase, Status, Tile, ToDecide
from api.pages.next_steps import next_act
from api.pages.path import milestone_lines, status_in
from api.pages.path_picture import path_picture
from api.pages.telling import Telling
from api.pages.view import View, view_of
from domain.convention.state import PLAN
from domain.values import ValidityPeriod
from projections.how_a_convention_does import DISCUSSING
from projections.what_comes_next import to_decide
from projections.which_facts_do_not_count import Withheld


def committee_page(ask: Asking, convention_id: UUID) -> CommitteePage:
    """Everything the page shows. Raises `UnknownStream`."""
    view = view_of(ask, convention_id)
    told, situation = view.told, view.told.situation
    period = view.standing.standing.period or ValidityPeriod(view.standing.opened_on, view.standing.opened_on)
    lines = milestone_lines(view)
    decide = tuple(
        ToDecide(one.what, one.why or Phrase(f"command.{asked.act}"), one.act)
        for asked in to_decide(told.known)
        for one in [next_act(told, asked)]
    )
    return CommitteePage(
        territory=view.territory,
        first_year=period.effective_from.year,
        last_year=period.effective_to.year,
        answer=told.said(situation.first_sentences),
        crumbs=view.crumbs("committee"),
        tabs=view.tabs("committee"),
        tiles=(
            _phase(view),
            _late(told),
            _decide(decide),
            _signatures(told, lines),
            _themes(told, lines),
        ),
        timeline=path_picture(view, lines),
        milestones=lines,
        late=tuple(told.line(one) for one in (*situation.late, *situation.soon)),
        to_decide=decide,
        irregular=tuple(_irregular(told, one) for one in reversed(situation.withheld)),
        waivers=view.waiver_lines(),
        signatures=view.matrix if told.known.signatures.signatories else None,
    )


def _phase(view: View) -> Tile:
    since = view.standing.standing.since or view.standing.opened_on
    return Tile(
        Phrase("page.tile.phase"),
        Phrase(f"phase-short.{view.told.known.phase}"),
        Phrase("page.tile.phase-since", {"on": since}),
        view.home,
        view.told.situation.status,
    )


def _late(told: Telling) -> Tile:
    situation = told.situation
    line = Phrase("page.tile.nothing-late")
    if situation.late:
        line = told.say(situation.late[0].what)
    elif situation.following is not None:
        line = Phrase("page.tile.next-due", {"on": situation.following.due_on})
    status: Status = "late" if situation.late else "watch" if situation.soon else "on-time"
    return Tile(Phrase("page.tile.late"), Phrase("page.tile.deadlines", {}, len(situation.late)), line, "#late", status)


def _decide(decide: tuple[ToDecide, ...]) -> Tile:
    line = decide[0].title if decide else Phrase("page.tile.nothing-decide")
    return Tile(Phrase("page.tile.decide"), Phrase("page.tile.decisions", {}, len(decide)), line, "#to-decide")


def _signatures(told: Telling, lines: Sequence[MilestoneLine]) -> Tile:
    situation, missing = told.situation, told.known.missing_for(PLAN)
    line = Phrase("page.tile.all-signed")
    if missing:
        line = Phrase("page.tile.missing", {"partners": tuple(told.ask.name(one) for one in missing)})
    return Tile(
        Phrase("page.tile.signatures"),
        Phrase("page.fraction", {"done": situation.signed, "total": situation.required}),
        line,
        "#signatures",
        status_in(lines, "plan-signed"),
    )


def _themes(told: Telling, lines: Sequence[MilestoneLine]) -> Tile:
    situation = told.situation
    waiting = tuple(one.theme for one in told.known.themes if not one.crossed)
    line = Phrase("page.tile.all-crossed")
    if waiting:
        pressing = situation.phase in ("PREPARATION", "DIAGNOSIS", *DISCUSSING)
        line = Phrase("page.tile.to-cross" if pressing else "page.tile.left-uncrossed", {"themes": waiting})
    return Tile(
        Phrase("page.tile.themes"),
        Phrase("page.fraction", {"done": situation.crossed, "total": situation.themes}),
        line if situation.themes else Phrase("page.tile.no-theme"),
        f"{told.home}#forums",
        status_in(lines, "forums"),
    )


def _irregular(told: Telling, one: Withheld) -> IrregularFact:
    what = Phrase(f"fact.convention.{one.kind}")
    if one.partner_id is not None:
        what = Phrase("page.irregular.of", {"what": what, "partner": told.ask.name(one.partner_id)})
    return IrregularFact(
        what,
        one.occurred_on,
        told.rules(one.reasons),
        told.trail(one.event_id),
        told.act(one.act, partner_id=one.partner_id),
    )
