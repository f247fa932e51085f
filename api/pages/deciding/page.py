"""What was decided, and what became of it? Every decision of the territory's bodies, those to follow first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from api.pages.contexts import Act, Choice, Phrase
from api.pages.contexts.decisions import DecisionFilter, DecisionGroup, DecisionsPage
from api.pages.deciding.counsel import counsel_shown
from api.pages.deciding.lines import kept, shown
from api.pages.steered import SteeredView
from domain.collation import alphabetical
from domain.steering.followed import ABANDONED, REPLACED
from projections.what_became_of_decisions import (
    KEPT,
    STATES,
    TO_FOLLOW,
    WAITING,
    DecisionStanding,
    still_open,
    to_follow,
)

STATE: Final = "etat"
BODY: Final = "instance"
OWNER: Final = "porteur"

GROUPS: Final = (("follow", TO_FOLLOW), ("waiting", (WAITING,)), ("kept", KEPT), ("over", (REPLACED, ABANDONED)))
"""The parts of the page, what is to be done first; nothing is to be done of the last two."""
DONE_WITH: Final = frozenset({"kept", "over"})


def decisions_page(view: SteeredView, asked: Mapping[str, str], name: str, here: str, above: Act) -> DecisionsPage:
    """Everything the page of a place shows, `here` and under the page `above`, of what the address asks for; what it
    asks for that does not exist filters nothing."""
    every = view.decisions
    filters = _filters(view, every, asked)
    chosen = {one.name: next((each.value for each in one.choices if each.chosen), "") for one in filters}
    found = [one for one in every if _fits(one, chosen)]
    return DecisionsPage(
        territory=name,
        answer=_answer(every),
        above=above,
        here=here,
        kept=kept(found),
        groups=tuple(_groups(view, found)),
        filters=filters,
        filtered=any(chosen.values()),
        acts=view.acts("decisions") if every else view.acts("meetings"),
        counsel=counsel_shown(view, view.acts("recommendations"), view.acts("translations")),
    )


def _answer(every: Sequence[DecisionStanding]) -> tuple[Phrase, ...]:
    rate = kept(every)
    if rate is None:
        return (Phrase("page.decisions.none"),)
    said, waiting = Phrase("page.decisions.answer", {"kept": rate.said}), to_follow(every)
    if not waiting:
        return (said, Phrase("page.decisions.answer-nothing"))
    return (said, Phrase("page.decisions.answer-follow", {}, len(waiting)))


def _groups(view: SteeredView, found: Sequence[DecisionStanding]) -> Sequence[DecisionGroup]:
    made = []
    for name, states in GROUPS:
        of = [one for one in found if one.state in states]
        ordered = still_open(of) if name not in DONE_WITH else tuple(of)
        if ordered:
            title = Phrase(f"page.decisions.group.{name}")
            lines = shown(view, ordered, all_acts=name not in DONE_WITH)
            made.append(DecisionGroup(title, lines, name in DONE_WITH, f"decisions-{name}"))
    return made


def _fits(one: DecisionStanding, chosen: Mapping[str, str]) -> bool:
    return (
        chosen[STATE] in ("", one.state)
        and chosen[BODY] in ("", str(one.reference.body_id))
        and chosen[OWNER] in ("", str(one.owner_id))
    )


def _filters(
    view: SteeredView, every: Sequence[DecisionStanding], asked: Mapping[str, str]
) -> tuple[DecisionFilter, ...]:
    """What may be asked: states, bodies and owners that there are."""
    there = {one.state for one in every}
    bodies = {str(one.reference.body_id): str(one.body.name) for one in every}
    owners = {str(one.owner_id): view.ask.name(one.owner_id) for one in every if one.owner_id is not None}
    lists = {
        STATE: [(str(one), Phrase(f"decision-state.{one}")) for one in STATES if one in there],
        BODY: [(one, Phrase("page.literal", {"text": name})) for one, name in bodies.items()],
        OWNER: [
            (one, Phrase("page.literal", {"text": name}))
            for one, name in sorted(owners.items(), key=lambda pair: alphabetical(pair[1]))
        ],
    }
    return tuple(
        DecisionFilter(
            name,
            Phrase(f"page.decisions.filter.{name}"),
            Phrase(f"page.decisions.every.{name}"),
            tuple(Choice(value, label, value == asked.get(name)) for value, label in choices),
        )
        for name, choices in lists.items()
    )
