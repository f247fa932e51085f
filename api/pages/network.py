"""The convention of objectives and means of a network on three pages: strategy, delegation, control."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from api.pages.addresses import PARTNERS, REVIEWS
from api.pages.contexts import Act, HeadingLine, Of, Phrase
from api.pages.contexts.network import (
    AimLine,
    ControlPage,
    DelegationPage,
    LocalDelegations,
    MeansLine,
    NetworkHead,
    ReportLine,
    StrategyPage,
)
from api.pages.conventions import current_of
from api.pages.deciding.addresses import decisions_of
from api.pages.deciding.lines import kept, shown
from api.pages.delegations import delegations_shown
from api.pages.framework_addresses import DECISIONS, years_of
from api.pages.framework_view import FrameworkView
from api.pages.pledge_words import kept_in_time
from api.pages.ranking import Ranked, ranked
from domain.collation import alphabetical
from domain.values import Code
from projections.engine import Dossier
from projections.what_a_network_aims_at import OWN, ThemeAimedAt, aims
from projections.what_a_network_reports import TerritoryReport, outside, reports
from projections.what_became_of_decisions import still_open, to_follow
from projections.what_was_pledged import KEPT
from projections.what_was_pledged_to_a_framework import framework_pledges
from projections.which_partners_and_places_are_known import profile
from projections.who_delegated_what import ENDS_SOON, IN_FORCE, delegations

STRATEGY: Final = "/strategie"
DELEGATION: Final = "/delegation"
CONTROL: Final = "/controle"
PARTS: Final = (STRATEGY, DELEGATION, CONTROL)
AIMED_BY: Final = (Code("ENDS"), Code("STAKES"), Code("HOW"))
"""The headings of a framework that say what it aims at."""
MOST_DECISIONS: Final = 4


def strategy_page(view: FrameworkView) -> StrategyPage:
    """What the network aims at, said by its framework and by what its territories chose; with which means."""
    ask = view.ask
    ask.open(view.known.headings)
    found = _dossiers(view)
    method = profile(ask.register, view.known.profile_name, view.known.profile_version)
    told = aims(found, method.themes if method is not None else (), ask.today)
    pledged = framework_pledges(ask.register, view.framework_id, ask.today)
    kinds = dict.fromkeys(one.kind for one in pledged)
    said = {one.heading: one.text for one in view.known.headings}
    return StrategyPage(
        head=_head(view, STRATEGY, tuple(_aimed(told, len(found)))),
        headings=tuple(HeadingLine(one, ask.said(said[one])) for one in AIMED_BY if one in said),
        aims=tuple(_aim(view, one) for one in told),
        of_territories=len(found),
        means=tuple(
            MeansLine(
                kind,
                len(several := [one for one in pledged if one.kind == kind]),
                sum(one.state == KEPT for one in several),
                sum(one.pledged_cents for one in several) or None,
            )
            for kind in kinds
        ),
        means_at=f"{view.address}#pledges",
    )


def _aimed(told: Sequence[ThemeAimedAt], count: int) -> Iterator[Phrase]:
    themes = [one for one in told if one.theme != OWN]
    if not themes:
        yield Phrase("page.network.aims-none")
        return
    first = themes[0]
    places = len({place for one in themes for place in one.territories})
    yield Phrase("page.network.aims", {"of": places}, len(themes))
    yield Phrase("page.network.aims-first", {"theme": first.theme, "of": count}, len(first.territories))
    targets, reached = sum(one.targets for one in told), sum(one.reached for one in told)
    if targets:
        yield Phrase("page.network.aims-reached", {"targets": targets}, reached)


def _aim(view: FrameworkView, one: ThemeAimedAt) -> AimLine:
    texts = view.ask.texts
    word = texts.t("page.network.own-themes") if one.theme == OWN else texts.word("theme", one.theme)
    names = sorted((view.ask.name(place) for place in one.territories), key=alphabetical)
    return AimLine(word, tuple(names), one.priorities, one.actions, one.targets, one.reached)


def delegation_page(view: FrameworkView) -> DelegationPage:
    """Who delegated what on the whole framework, and how much on each territory."""
    ask = view.ask
    whole = delegations(view.place, ask.today)
    local = [(one, dossier, delegations(dossier, ask.today)) for one, dossier in _places(view)]
    lines = [
        LocalDelegations(
            one.place.name,
            f"{one.home.page(PARTNERS)}#delegations",
            sum(each.state in (ENDS_SOON, IN_FORCE) for each in found),
            sum(len(each.uses) for each in found),
            outside(found),
        )
        for one, _, found in local
        if found
    ]
    held = [one for one in whole if one.state in (ENDS_SOON, IN_FORCE)]
    used = sum(len(one.uses) for one in whole)
    answer = [Phrase("page.network.delegated", {}, len(held)), Phrase("page.network.used", {}, used)]
    soon = [one for one in held if one.state == ENDS_SOON and one.ends_on is not None]
    if soon:
        first = min(soon, key=lambda one: one.ends_on or ask.today)
        answer.append(Phrase("page.network.ending", {"who": Of(ask.name(first.delegator_id)), "on": first.ends_on}))
    return DelegationPage(
        head=_head(view, DELEGATION, tuple(answer)),
        whole=delegations_shown(ask, view.place, framework_id=view.framework_id),
        local=tuple(lines),
        without=len(local) - len(lines),
    )


def control_page(view: FrameworkView) -> ControlPage:
    """What territories report, what is late, and what the framework's committees decided; the late ones first."""
    ask = view.ask
    near = _places(view)
    told = reports(((one, tuple(ask.on_territory(one.territory_id).values())) for _, one in near), ask.today)
    pledged = framework_pledges(ask.register, view.framework_id, ask.today)
    late = sum(one.status == "late" for one, _ in near)
    unreviewed = sum(one.reviewed_on is None for one in told)
    answer = [
        Phrase("page.network.reported", {"of": len(near)}, len(near) - unreviewed),
        Phrase("page.network.late", {"of": len(near)}, late),
    ]
    waiting = to_follow(view.decisions) or still_open(view.decisions)
    return ControlPage(
        head=_head(view, CONTROL, tuple(answer)),
        kept=kept(view.decisions),
        decisions=shown(view, waiting[:MOST_DECISIONS]),
        decisions_at=f"{view.address}{DECISIONS}",
        pledges=kept_in_time(pledged),
        pledges_at=f"{view.address}#pledges",
        reports=tuple(_report(one, report) for (one, _), report in zip(near, told, strict=True)),
        others=len(view.known.territories) - len(near),
    )


def _report(one: Ranked, told: TerritoryReport) -> ReportLine:
    home = one.home
    return ReportLine(
        one.place.name,
        home.today,
        one.status,
        told.reviewed_on,
        f"{home.today}{REVIEWS}",
        one.said is not None and one.said.review_is_late,
        told.decided.kept,
        told.decided.taken,
        decisions_of(home),
        outside(told.delegations),
    )


def _head(view: FrameworkView, part: str, answer: tuple[Phrase, ...]) -> NetworkHead:
    years = {"years": years_of(view.known)}
    back = Act(Phrase("page.nav.framework", years), view.address)
    return NetworkHead(view.known.name, back, parts_of(view, part), answer)


def parts_of(view: FrameworkView, shown_part: str = "") -> tuple[Act, ...]:
    """The three pages; the one that is shown has no address."""
    return tuple(
        Act(Phrase(f"page.network.part.{one.removeprefix('/')}"), "" if one == shown_part else f"{view.address}{one}")
        for one in PARTS
    )


def _places(view: FrameworkView) -> list[tuple[Ranked, Dossier]]:
    """The territories that the visitor may read and that have a convention, the late ones first, with it."""
    ask, readable = view.ask, view.ask.visitor.territories
    mine = [one for one in view.known.territories if readable is None or one in readable]
    found = ((one, current_of(ask, one.place.territory_id)) for one in (ranked(ask, mine) if mine else ()))
    return [(one, ask.dossier(convention_id)) for one, convention_id in found if convention_id is not None]


def _dossiers(view: FrameworkView) -> list[Dossier]:
    return [dossier for _, dossier in _places(view)]
