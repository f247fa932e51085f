"""Where the pages of a territory are: the one place that builds these addresses.

A territory is named by its SIREN, and so is its current convention. The others are named by their years
(`/c/2021-2025`), or by their id where two have the same years or one was opened by mistake.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

TERRITORY: Final = "/t"
DEPARTMENT: Final = "/departement"
DEPARTMENT_THEMES: Final = f"{DEPARTMENT}/themes"
SEARCH: Final = "/recherche"
FRAMEWORK: Final = "/cadre"
PARTNER: Final = "/partenaires"
"""A partner on all the territories that one may read, by its id."""

REVIEWS: Final = "/bilans"
"""The reviews of a convention, beside the page of its committee."""

PROPOSING: Final = "/proposer"
"""The public form of a territory."""

TODAY: Final = "today"
COMMITTEE: Final = "committee"
MEETINGS: Final = "meetings"
DIAGNOSIS: Final = "diagnosis"
PLAN: Final = "plan"
RESULTS: Final = "results"
MONEY: Final = "money"
PARTNERS: Final = "partners"
DOCUMENTS: Final = "documents"
JOURNAL: Final = "journal"

CLAIMS_SECTION: Final = "demandes"
"""On the page of money: the calendar of claims."""

PATHS: Final[Mapping[str, str]] = {
    TODAY: "",
    COMMITTEE: "/comite",
    MEETINGS: "/reunions",
    DIAGNOSIS: "/diagnostic",
    PLAN: "/plan",
    MONEY: "/argent",
    RESULTS: "/resultats",
    PARTNERS: "/partenaires",
    DOCUMENTS: "/documents",
    JOURNAL: "/journal",
}
"""The pages of a territory, in the order of its bar."""

SHOWN_ON: Final[Mapping[str, str]] = {
    "milestones": TODAY,
    "deadlines": TODAY,
    "meetings": COMMITTEE,
    "sittings": MEETINGS,
    "decisions": COMMITTEE,
    "recommendations": COMMITTEE,
    "translations": COMMITTEE,
    "forums": DIAGNOSIS,
    "findings": DIAGNOSIS,
    "versions": DIAGNOSIS,
    "waves": DIAGNOSIS,
    "data": DIAGNOSIS,
    "themes": DIAGNOSIS,
    "spaces": DIAGNOSIS,
    "contributions": DIAGNOSIS,
    "bottom-up": DIAGNOSIS,
    "priorities": PLAN,
    "plan": PLAN,
    "results": RESULTS,
    "signatures": PARTNERS,
    "pledges": PARTNERS,
    "money": MONEY,
    "waivers": JOURNAL,
    "method": JOURNAL,
    "roles": JOURNAL,
}
"""The page that shows each section, and on which its acts are offered."""


FOUND_ON: Final[Mapping[str, str]] = {
    "forum": DIAGNOSIS,
    "priority": PLAN,
    "decision": COMMITTEE,
    "document": DOCUMENTS,
}
"""The page that shows each kind of thing that a search finds, but for sheets: each is a page."""


def anchor_of(kind: str, reference: object) -> str:
    """What the place of a thing on its page is named after; of a document, as much of its fingerprint as tells it."""
    return f"{kind}-{str(reference)[:16] if kind == 'document' else reference}"


@dataclass(frozen=True, slots=True)
class Home:
    """A territory as its pages are addressed, or one of its conventions that is not the current one."""

    siren: str
    which: str | None = None

    @property
    def today(self) -> str:
        """The page that one comes to first."""
        return self.page(TODAY)

    def page(self, name: str) -> str:
        """One of its pages."""
        middle = f"/c/{self.which}" if self.which is not None else ""
        return f"{TERRITORY}/{self.siren}{middle}{PATHS[name]}"

    def section(self, name: str) -> str:
        """A section, on the page that shows it."""
        return f"{self.page(SHOWN_ON[name])}#{name}"

    def found(self, kind: str, reference: str) -> str:
        """A thing that was searched for, on the page that shows it."""
        if kind == "sheet":
            return self.sheet(reference)
        return f"{self.page(FOUND_ON[kind])}#{anchor_of(kind, reference)}"

    def sheet(self, code: str) -> str:
        """A sheet's own page, by the name that it has among those of its plan, or by its id, which leads there."""
        return f"{self.page(PLAN)}/{code}"

    def meeting(self, meeting_id: str) -> str:
        """A meeting's own page."""
        return f"{self.page(MEETINGS)}/{meeting_id}"

    @property
    def why(self) -> str:
        """What became of what was said, from findings to results."""
        return f"{self.page(PLAN)}/pourquoi"

    @property
    def proposing(self) -> str:
        """Its public form, and before the id of a proposal, what became of that one."""
        return f"{TERRITORY}/{self.siren}{PROPOSING}"

    def step(self, code: str) -> str:
        """A milestone of the path."""
        return f"{self.today}#step-{code}"

    def partner(self, partner_id: UUID) -> str:
        """A partner's own page."""
        return f"{self.page(PARTNERS)}/{partner_id}"

    @property
    def reviews(self) -> str:
        """What its reviews saw, and what the next one lacks."""
        return f"{self.today}{REVIEWS}"

    def indicator(self, indicator_id: UUID) -> str:
        """An indicator's own page."""
        return f"{self.page(RESULTS)}/{indicator_id}"

    def asking(self, partner_id: UUID) -> str:
        """Where a partner is asked by a one-time link, on its page."""
        return f"{self.partner(partner_id)}#par-lien"

    def fact(self, event_id: UUID) -> str:
        """A fact in the journal."""
        return f"{self.page(JOURNAL)}?vers={event_id}#{event_id}"
