"""What partners pledged to a framework, on its page and on each partner's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from api.pages.acts import forms_in
from api.pages.acts.framework_pledges import RECORD_FRAMEWORK_DEFAULT, RECORD_FRAMEWORK_DELIVERY
from api.pages.addresses import PARTNER
from api.pages.asking import Asking
from api.pages.contexts import Act, Phrase
from api.pages.contexts.pledges import PledgesShown
from api.pages.forms.record import Form
from api.pages.pledge_words import PledgeWords, for_territories
from projections.what_was_pledged import DEFAULTED, KEPT
from projections.what_was_pledged_to_a_framework import FrameworkPledgeTold

AT_ONCE: Final = 1
"""Pledges that a page of other things shows unfolded, the worst first."""


def to_framework(
    ask: Asking,
    known: Iterable[FrameworkPledgeTold],
    trail: Callable[[UUID], str | None] = lambda event_id: None,
    acts: tuple[Act, ...] = (),
) -> PledgesShown:
    """Some pledges to frameworks, each with the acts that the visitor may do on it."""
    told = tuple(known)
    ask.open(told)
    words = PledgeWords(ask, trail, lambda one: f"{PARTNER}/{one}", partial(for_territories, ask))
    return PledgesShown(tuple(words.line(one, tuple(_acts(ask, one))) for one in told), acts, AT_ONCE)


def pledging_to(ask: Asking, framework_id: UUID) -> tuple[Act, ...]:
    """The act that makes one, for whoever may."""
    acts = (_act(ask, form, framework_id) for form in forms_in("framework-pledges") if form.creates)
    return tuple(act for act in acts if act is not None)


def _acts(ask: Asking, one: FrameworkPledgeTold) -> Iterator[Act]:
    """What may be said of it now."""
    over = {KEPT: (RECORD_FRAMEWORK_DELIVERY, RECORD_FRAMEWORK_DEFAULT), DEFAULTED: (RECORD_FRAMEWORK_DEFAULT,)}
    chosen = {"pledge_id": str(one.pledge_id), "partner_id": str(one.partners[0])}
    for form in forms_in("framework-pledges"):
        if not form.creates and form not in over.get(one.state, ()):
            act = _act(ask, form, one.framework_id, **chosen)
            if act is not None:
                yield act


def _act(ask: Asking, form: Form[Any], framework_id: UUID, **chosen: str) -> Act | None:
    if not ask.visitor.may(form.name, framework_id=framework_id):
        return None
    address = form.address(framework_id=framework_id)
    return Act(Phrase(f"command.{form.name}"), f"{address}?{urlencode(chosen)}" if chosen else address)
