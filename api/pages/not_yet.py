"""Why not yet? The acts that the reader may do and that something is in the way of, with what opens them."""

from __future__ import annotations

from api.pages.contexts import NotYet, Obstacle, Phrase, RuleText
from api.pages.telling import Telling
from domain.convention.closed import ConventionIsClosed
from domain.convention.deciding import NothingToTakeBack
from domain.convention.renewing import AlreadyRenewed, RenewalAlreadyStarted
from domain.kernel import AlreadyExists
from projections.how_a_convention_does import AT_THE_TERM
from projections.what_may_be_done import InTheWay, Possible, what_may_be_done
from workflows.texts.rules import explain

_SETTLED = (AlreadyExists, NothingToTakeBack, ConventionIsClosed, RenewalAlreadyStarted, AlreadyRenewed)


def not_yet(told: Telling) -> tuple[NotYet, ...]:
    """The acts that are closed today; what is done, and what there is nothing to take back for, is not told again."""
    weighed = what_may_be_done(told.known, told.ask.visitor.actor.roles)
    return tuple(
        NotYet(Phrase(f"command.{one.act}"), _obstacles(told, one))
        for one in weighed
        if one.allowed and not one.open and not any(isinstance(each.rule, _SETTLED) for each in one.in_the_way)
        if told.known.term_is_near or one.act not in AT_THE_TERM
    )


def _obstacles(told: Telling, one: Possible) -> tuple[Obstacle, ...]:
    """Each rule once: what it says of one theme, it says of all that are not crossed."""
    first: dict[str, InTheWay] = {}
    for each in one.in_the_way:
        first.setdefault(each.rule.TEXT_KEY, each)
    return tuple(_obstacle(told, one.act, each) for each in first.values())


def _obstacle(told: Telling, closed: str, one: InTheWay) -> Obstacle:
    said = explain(told.ask.texts, one.rule, told.ask.name, closed)
    act = told.act(one.act)
    who = told.ask.texts.join([name for each in one.expected if (name := told.who(each)) is not None])
    return Obstacle(RuleText(said.rule, said.text), said.remedy, act, who or None)
