"""Samples of the public form of a territory, and of what became of a proposal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from api.pages.contexts import Phrase
from api.pages.contexts.participation import FollowedPage, ProposingPage

_FORM = ProposingPage("Val de Gers", "/t/200072320/proposer", "", "k", "1764000000", "website", 2_000)
_WAITS = FollowedPage("Val de Gers", "La ludothèque le samedi", date(2026, 6, 1), None, None, (), None)


def samples() -> dict[str, tuple[str, object]]:
    """Each page in the ways in which it may look."""
    answered = replace(_WAITS, answered_on=date(2026, 7, 2))
    fed = tuple(Phrase(f"page.proposing.feeds.{one}") for one in ("finding", "priority", "sheet"))
    wrong = replace(_FORM, text="Une idée", error=Phrase("page.proposing.long", {"most": 2_000}))
    return {
        "proposing": ("proposing.html", _FORM),
        "proposing-long": ("proposing.html", wrong),
        **{
            f"proposing-{name}": ("proposing.html", replace(_FORM, error=Phrase(f"page.proposing.{name}")))
            for name in ("nothing", "again", "trapped", "wait")
        },
        "proposal-waits": ("proposal.html", _WAITS),
        "proposal-kept": ("proposal.html", replace(answered, outcome="KEPT", feeds=fed)),
        "proposal-merged": ("proposal.html", replace(answered, outcome="MERGED")),
        "proposal-not-kept": (
            "proposal.html",
            replace(answered, outcome="NOT_KEPT", why="Trop loin."),
        ),
        "proposal-erased": ("proposal.html", replace(answered, outcome="SPAM", text=None)),
    }
