"""What a search found, as pages show it: its title with what was sought, what it is, and the very place it is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Final
from uuid import UUID

from api.finding import Hit
from api.pages.addresses import DEPARTMENT, PARTNER, Home
from api.pages.asking import Asking
from api.pages.contexts import FoundLine, Phrase
from api.pages.framework_addresses import framework_address
from api.pages.ranking import Ranked, current_line
from projections import which_partners_and_places_are_known
from projections.what_is_sought import Sought, pieces
from workflows.summaries import Line

MOST_NAMED: Final = 3
"""Places that are named beside one thing."""


class Lines:
    """The lines of some hits; the conventions of their territories are read once."""

    def __init__(self, ask: Asking, wanted: Sought, hits: Sequence[Hit]) -> None:
        self._ask, self._wanted = ask, wanted
        self._places = {one for hit in hits for one in hit.territories[: MOST_NAMED + 1]}

    def line(self, hit: Hit) -> FoundLine:
        """One thing found."""
        places = tuple((self._ask.name(one), self._home(one).today) for one in hit.territories[:MOST_NAMED])
        return FoundLine(
            tuple(pieces(hit.title, self._wanted)) if hit.title is not None else None,
            self._href(hit),
            self._beside(hit),
            places if hit.kind != "territory" else (),
            max(0, len(hit.territories) - MOST_NAMED),
            self._ranked[hit.territories[0]].status if hit.kind == "territory" else None,
        )

    def _href(self, hit: Hit) -> str:
        if hit.kind == "framework":
            return framework_address(self._ask.register, UUID(hit.reference))
        if not hit.territories:  # a partner that a framework alone names
            signing = (one for one, known in self._ask.register.frameworks.items() if self._signs(known, hit))
            found = next(iter(sorted(signing)), None)
            return framework_address(self._ask.register, found) if found is not None else DEPARTMENT
        if hit.kind == "partner":
            return f"{PARTNER}/{hit.reference}"
        where = hit.territories[0]
        if hit.kind == "partner":
            return self._of_partner(hit)
        if hit.convention_id is None:
            return self._home(where).today
        return self._home(where, hit.convention_id).found(hit.kind, hit.reference)

    def _of_partner(self, hit: Hit) -> str:
        """Its own page: in the convention that names it, or everywhere where several do; else where it is at home."""
        current = {current_line(lines).convention_id for lines in self._lines.values()}
        if len(hit.named_in) > 1 and current.intersection(hit.named_in):
            return f"{PARTNER}/{hit.reference}"
        lines = (line for lines in self._lines.values() for line in lines)
        line = next((one for one in lines if one.convention_id in hit.named_in), None)
        if line is None:
            return self._home(hit.territories[0]).today
        return self._home(line.territory_id, line.convention_id).partner(UUID(hit.reference))

    def _signs(self, known: object, hit: Hit) -> bool:
        kept = {self._ask.register.kept(one) for one in getattr(known, "signatories", ())}
        return UUID(hit.reference) in kept

    def _beside(self, hit: Hit) -> tuple[Phrase, ...]:
        """What the thing is, in a few words."""
        said: list[Phrase] = []
        themes = tuple(Phrase(code) for code in hit.codes if code.startswith("theme."))
        if hit.kind == "partner":
            said.append(Phrase(f"partner-kind.{self._ask.register.partners[UUID(hit.reference)].kind}"))
            said += [Phrase("page.search.formerly", {"name": one}) for one in hit.beside]
        elif hit.kind == "territory":
            said += [Phrase("page.search.commune", {"commune": one}) for one in hit.beside]
        elif hit.kind == "sheet":
            said += [Phrase("page.search.owner", {"owner": one}) for one in hit.beside]
        elif hit.kind == "decision":
            said += [Phrase(code) for code in hit.codes]
            said += [Phrase("page.meeting", {"body": one, "on": hit.on}) for one in hit.beside]
        elif hit.kind == "document":
            said += [Phrase(code) for code in hit.codes]
            said += [Phrase("page.literal", {"text": one}) for one in hit.beside]
        if hit.kind in ("sheet", "priority"):
            said += [*themes, *(Phrase("page.literal", {"text": one}) for one in hit.themes)]
        if any(code.startswith("stage.") for code in hit.codes):
            said += [Phrase(f"page.search.{code}", {"on": hit.on}) for code in hit.codes if code.startswith("stage.")]
        elif hit.kind in ("priority", "document") and hit.on is not None:
            said.append(Phrase(f"page.search.on.{hit.kind}", {"on": hit.on}))
        return tuple(said)

    @cached_property
    def _lines(self) -> Mapping[UUID, list[Line]]:
        found: dict[UUID, list[Line]] = {}
        for line in self._ask.services.summaries.on_territories(self._places):
            found.setdefault(line.territory_id, []).append(line)
        return found

    @cached_property
    def _ranked(self) -> Mapping[UUID, Ranked]:
        known = which_partners_and_places_are_known.territories(self._ask.register, self._places)
        return {
            one.territory_id: Ranked(one, current_line(lines) if (lines := self._lines.get(one.territory_id)) else None)
            for one in known
        }

    def _home(self, territory_id: UUID, convention_id: UUID | None = None) -> Home:
        """Where a territory has its pages, or one of its conventions, which its years name where none has the same."""
        siren, lines = self._ask.register.territories[territory_id].siren, self._lines.get(territory_id, [])
        if convention_id is None or not lines or current_line(lines).convention_id == convention_id:
            return Home(siren)
        years = {one.convention_id: _years(one) for one in lines}
        own = years.get(convention_id)
        is_alone = own is not None and list(years.values()).count(own) == 1
        return Home(siren, own if is_alone else str(convention_id))


def _years(line: Line) -> str | None:
    period = line.said.standing.period if line.said is not None else None
    return f"{period.effective_from.year}-{period.effective_to.year}" if period is not None else None
