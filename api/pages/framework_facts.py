"""What was recorded of a whole framework, on its own page: no journal of a territory holds what its bodies recorded."""

from __future__ import annotations

from uuid import UUID

from api.pages.addresses import anchor_of
from api.pages.contested import Contested
from api.pages.contexts import Act, Phrase
from api.pages.contexts.framework import FactLine, FactsShown
from api.pages.framework_view import FrameworkView
from api.pages.mistakes import Mistakes
from api.pages.rendering import PageWords
from domain.contesting import is_contestable
from domain.kernel import Event
from domain.policy import READ_AUDIT_TRAIL
from projections.which_mistakes_are_mended import COUNTS

MOST_SHOWN = 30
"""Facts that the page of a framework shows, the latest first; tools read all of them."""


class FrameworkMistakes(Mistakes):
    """What was recorded of a framework, told and mended as what was of a convention."""

    def __init__(self, view: FrameworkView) -> None:
        super().__init__(view.ask, view.place)
        self.view = view

    def trail(self, event_id: UUID) -> str:
        """A fact on the page of the framework."""
        return f"{self.view.address}#{anchor_of('fact', event_id)}"

    def acts(self, event: Event) -> tuple[Act, ...]:
        """The links that correct and annul a record, for whoever may."""
        fate = self.fates.get(event.envelope.event_id)
        return () if fate is not None and not fate.may_be_mended else self.view.mends(event)


def facts_of(view: FrameworkView) -> FactsShown | None:
    """What partners contest of it, and what was recorded last, each fact with the act that contests it; None for
    whoever may not read its journal."""
    if not view.may(READ_AUDIT_TRAIL):
        return None
    mistakes = FrameworkMistakes(view)
    contested = Contested(mistakes)
    found = [one.event for one in reversed(view.place.entries) if _is_told(mistakes, one.event)]
    shown = found[:MOST_SHOWN]
    view.ask.open(mistakes.telling.texts(shown))
    return FactsShown(
        contested.cards(),
        tuple(
            FactLine(
                anchor_of("fact", one.envelope.event_id),
                one.occurred_on,
                PageWords.capital(mistakes.telling.sentence(one)),
                one.envelope.event_id in view.contested,
                contested.acts(one),
            )
            for one in shown
        ),
        Phrase("page.framework.facts-older", {}, len(found) - len(shown)) if found[MOST_SHOWN:] else None,
    )


def _is_told(mistakes: Mistakes, event: Event) -> bool:
    """Whether somebody recorded it, and it counts."""
    fate = mistakes.fates.get(event.envelope.event_id)
    return is_contestable(event) and (fate is None or fate.stands == COUNTS)
