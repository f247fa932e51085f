"""The steering committee's page: five tiles, the path, what is late, what must be decided, what does not count."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from api.pages.answer import answer
from api.pages.asking import Asking
from api.pages.contexts import CommitteePage, IrregularFact, MilestoneLine, Phrase, Status, Tile, ToDecide
from api.pages.next_steps import link_of, to_decide
from api.pages.path import milestone_lines, status_in
from api.pages.path_picture import path_picture
from api.pages.situation import DISCUSSING, Situation
from api.pages.view import View, view_of
from api.pages.withheld import Withheld
from domain.convention.state import PLAN
from domain.values import ValidityPeriod
from projections import what_is_due


def committee_page(ask: Asking, convention_id: UUID) -> CommitteePage:
    """Everything the page shows. Raises `UnknownStream`."""
    view = view_of(ask, convention_id)
    situation = view.situation
    period = view.standing.standing.period or ValidityPeriod(view.standing.opened_on, view.standing.opened_on)
    lines = milestone_lines(view)
    decide = tuple(
        ToDecide(one.what, one.why or Phrase(f"command.{one.command}"), link_of(situation, one))
        for one in to_decide(situation)
    )
    return CommitteePage(
        territory=view.territory,
        first_year=period.effective_from.year,
        last_year=period.effective_to.year,
        answer=answer(situation),
        crumbs=view.crumbs("committee"),
        tabs=view.tabs("committee"),
        tiles=(
            _phase(view),
            _late(situation),
            _decide(decide),
            _signatures(situation, lines),
            _themes(situation, lines),
        ),
        timeline=path_picture(view, lines),
        milestones=lines,
        late=tuple(situation.line(one) for one in (*situation.late, *situation.soon)),
        to_decide=decide,
        irregular=tuple(_irregular(situation, one) for one in reversed(situation.withheld)),
        waivers=view.waiver_lines(),
        signatures=view.matrix if situation.signatures.signatories else None,
    )


def _phase(view: View) -> Tile:
    since = view.standing.standing.since or view.standing.opened_on
    return Tile(
        Phrase("page.tile.phase"),
        Phrase(f"phase-short.{view.situation.phase}"),
        Phrase("page.tile.phase-since", {"on": since}),
        view.home,
        view.situation.status,
    )


def _late(situation: Situation) -> Tile:
    following = what_is_due.next_deadline(situation.sheet)
    line = Phrase("page.tile.nothing-late")
    if situation.late:
        line = situation.what(situation.late[0])
    elif following is not None:
        line = Phrase("page.tile.next-due", {"on": following.due_on})
    status: Status = "late" if situation.late else "watch" if situation.soon else "on-time"
    return Tile(Phrase("page.tile.late"), Phrase("page.tile.deadlines", {}, len(situation.late)), line, "#late", status)


def _decide(decide: tuple[ToDecide, ...]) -> Tile:
    line = decide[0].title if decide else Phrase("page.tile.nothing-decide")
    return Tile(Phrase("page.tile.decide"), Phrase("page.tile.decisions", {}, len(decide)), line, "#to-decide")


def _signatures(situation: Situation, lines: Sequence[MilestoneLine]) -> Tile:
    missing = situation.missing_for(PLAN)
    line = Phrase("page.tile.all-signed")
    if missing:
        line = Phrase("page.tile.missing", {"partners": tuple(situation.ask.name(one) for one in missing)})
    return Tile(
        Phrase("page.tile.signatures"),
        Phrase("page.fraction", {"done": situation.required - len(missing), "total": situation.required}),
        line,
        "#signatures",
        status_in(lines, "plan-signed"),
    )


def _themes(situation: Situation, lines: Sequence[MilestoneLine]) -> Tile:
    crossed = sum(one.crossed for one in situation.themes)
    waiting = tuple(one.theme for one in situation.themes if not one.crossed)
    line = Phrase("page.tile.all-crossed")
    if waiting:
        pressing = situation.phase in ("PREPARATION", "DIAGNOSIS", *DISCUSSING)
        line = Phrase("page.tile.to-cross" if pressing else "page.tile.left-uncrossed", {"themes": waiting})
    return Tile(
        Phrase("page.tile.themes"),
        Phrase("page.fraction", {"done": crossed, "total": len(situation.themes)}),
        line if situation.themes else Phrase("page.tile.no-theme"),
        f"{situation.home}#forums",
        status_in(lines, "forums"),
    )


def _irregular(situation: Situation, one: Withheld) -> IrregularFact:
    what = Phrase(f"fact.convention.{one.fact.kind}")
    if one.partner_id is not None:
        what = Phrase("page.irregular.of", {"what": what, "partner": situation.ask.name(one.partner_id)})
    return IrregularFact(
        what,
        one.fact.occurred_on,
        one.rules,
        situation.trail(one.fact.event_id),
        situation.act(one.act, partner_id=one.partner_id) if one.act is not None else None,
    )
