"""The steering committee's page: five tiles, the path, what is late, what must be decided, what does not count."""

from __future__ import annotations

from uuid import UUID

from api.pages.asking import Asking
from api.pages.contexts import CommitteePage, IrregularFact, Phrase, Status, Tile, ToDecide
from api.pages.path import milestone_lines
from api.pages.path_picture import path_picture
from api.pages.view import View, view_of
from domain.convention.state import CONVENTION, PLAN
from domain.values import ValidityPeriod
from projections import what_is_due

REMEDIES = {
    "signature-recorded": "record-mandate",
    "forum-held": "record-forum",
    "review-done": "record-review",
    "mandate-recorded": "record-mandate",
}
"""The act that regularises each kind of fact."""


def committee_page(ask: Asking, convention_id: UUID) -> CommitteePage:
    """Everything the page shows. Raises `UnknownStream`."""
    view = view_of(ask, convention_id)
    period = view.standing.standing.period or ValidityPeriod(view.standing.opened_on, view.standing.opened_on)
    lines = milestone_lines(view)
    decide = _to_decide(view)
    return CommitteePage(
        territory=view.territory,
        first_year=period.effective_from.year,
        last_year=period.effective_to.year,
        answer=view.answer,
        crumbs=view.crumbs("committee"),
        tabs=view.tabs("committee"),
        tiles=(_phase(view), _late(view), _decide(decide), _signatures(view), _themes(view)),
        timeline=path_picture(view, lines),
        milestones=lines,
        late=tuple(view.line(one) for one in (*view.late, *view.soon)),
        to_decide=decide,
        irregular=tuple(_irregular(view)),
        waivers=view.waiver_lines(),
        signatures=view.matrix if view.signatures.signatories else None,
    )


def _phase(view: View) -> Tile:
    since = view.standing.standing.since or view.standing.opened_on
    return Tile(
        Phrase("page.tile.phase"),
        Phrase(f"phase-short.{view.phase}"),
        Phrase("page.tile.phase-since", {"on": since}),
        view.home,
        view.status,
    )


def _late(view: View) -> Tile:
    following = what_is_due.next_deadline(view.sheet)
    line = Phrase("page.tile.nothing-late")
    if view.late:
        line = view.what(view.late[0])
    elif following is not None:
        line = Phrase("page.tile.next-due", {"on": following.due_on})
    status: Status = "late" if view.late else "watch" if view.soon else "on-time"
    return Tile(Phrase("page.tile.late"), Phrase("page.tile.deadlines", {}, len(view.late)), line, "#late", status)


def _decide(decide: tuple[ToDecide, ...]) -> Tile:
    line = decide[0].title if decide else Phrase("page.tile.nothing-decide")
    return Tile(Phrase("page.tile.decide"), Phrase("page.tile.decisions", {}, len(decide)), line, "#to-decide")


def _signatures(view: View) -> Tile:
    missing = view.missing_for(PLAN)
    done = view.required - len(missing)
    status: Status = "done" if not missing else "watch" if view.basis.plans else "not-started"
    line = Phrase("page.tile.all-signed")
    if missing:
        line = Phrase("page.tile.missing", {"partners": tuple(view.ask.name(one) for one in missing)})
    return Tile(
        Phrase("page.tile.signatures"),
        Phrase("page.fraction", {"done": done, "total": view.required}),
        line,
        "#signatures",
        status,
    )


def _themes(view: View) -> Tile:
    crossed = [one for one in view.themes if one.crossed]
    waiting = tuple(one.theme for one in view.themes if not one.crossed)
    status: Status = "not-started"
    if view.themes:
        status = "done" if not waiting else "watch" if any(one.counting for one in view.themes) else "not-started"
    return Tile(
        Phrase("page.tile.themes"),
        Phrase("page.fraction", {"done": len(crossed), "total": len(view.themes)}),
        Phrase("page.tile.to-cross", {"themes": waiting}) if waiting else Phrase("page.tile.all-crossed"),
        f"{view.home}#forums",
        status,
    )


def _to_decide(view: View) -> tuple[ToDecide, ...]:
    """What waits for the committee: a waiver for a theme that lacks someone, priorities, the plan, a review."""
    found: list[ToDecide] = []

    def add(command: str, why: Phrase) -> None:
        act = view.act(command)
        title = Phrase("page.decide.waiver") if command == "grant-waiver" else Phrase(f"command.{command}")
        found.append(ToDecide(title, why, act))

    if view.phase in ("FORUMS", "PRIORITISATION"):
        for theme in view.themes:
            if theme.counting and not theme.crossed and theme.waived_until is None and theme.missing_expertises:
                missing = Phrase(f"missing.expertise.{theme.missing_expertises[0].value}")
                add("grant-waiver", Phrase("page.decide.theme", {"theme": theme.theme, "missing": missing}))
    if view.phase == "PRIORITISATION":
        add("choose-priority", Phrase("missing.priority"))
    if view.phase == "PLANNING":
        add("validate-action-plan", Phrase("missing.plan"))
    if (
        view.standing.standing.phase == "SIGNING"
        and view.signatures.signatories
        and not view.missing_for(CONVENTION)
        and view.basis.plans
    ):
        add("activate-convention", Phrase("page.decide.activate"))
    for one in view.late:
        if one.review_period is not None:
            add("record-review", Phrase("missing.review", {"period": one.review_period.code}))
    return tuple(found)


def _is_mandated(view: View, partner_id: UUID) -> bool:
    """Whether a partner who signed too early has been mandated since: it has only to sign again."""
    return any(
        mandate.fits and mandate.executory_on is not None and mandate.executory_on <= view.ask.today
        for one in view.signatures.signatories
        if one.partner_id == partner_id
        for mandate in one.mandates
    )


def _irregular(view: View) -> list[IrregularFact]:
    lines = []
    for one in reversed(view.irregular):
        who = one.facts.get("partner_id")
        what = Phrase(f"fact.convention.{one.kind}")
        if who is not None:
            what = Phrase("page.irregular.of", {"what": what, "partner": view.ask.name(UUID(str(who)))})
        remedy = REMEDIES.get(one.kind)
        if one.kind == "signature-recorded" and who is not None and _is_mandated(view, UUID(str(who))):
            remedy = "record-signature"
        lines.append(
            IrregularFact(
                what,
                one.occurred_on,
                view.ask.marks(one.irregularities),
                view.trail(one.event_id),
                view.act(remedy) if remedy is not None else None,
            )
        )
    return lines
