"""What may be chosen in a form: the words of the vocabularies, and what the convention already holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from api.pages.contexts import Choice, Phrase
from domain.convention.diagnosis import CHANNELS, FINDING_KINDS, PARTICIPATION_KINDS
from domain.convention.forums import FORUM_FORMATS
from domain.convention.priorities import ENDS
from domain.convention.reviews import ACTION_STATUSES, ANNUAL, FINAL, MID_TERM
from domain.convention.state import COVERS
from domain.frameworks import HEADINGS
from domain.partners import PARTNER_KINDS
from domain.steering import BODY_KINDS, DECISION_KINDS

LITERAL = "page.literal"
"""A message that is only its parameter: for names that are data, such as a partner's."""


def words(family: str, codes: Iterable[str]) -> tuple[Choice, ...]:
    """Codes of a vocabulary, shown as its words."""
    return tuple(Choice(code, Phrase(f"{family}.{code}")) for code in codes)


def named(pairs: Iterable[tuple[str, str]]) -> tuple[Choice, ...]:
    """Values with names that are data (a partner, a finding's text)."""
    return tuple(Choice(value, Phrase(LITERAL, {"text": text})) for value, text in pairs)


YES_NO = words("yes-no", ("true", "false"))

FIXED: Mapping[str, tuple[Choice, ...]] = {
    "findings.kind": words("finding-kind", FINDING_KINDS),
    "channel": words("channel", CHANNELS),
    "participation.kind": words("participation-kind", PARTICIPATION_KINDS),
    "format": words("forum-format", FORUM_FORMATS),
    "ends_served": words("end-served", ENDS),
    "covers": words("cover", COVERS),
    "text_covers": words("cover", COVERS),
    "review_kind": words("review-kind", (ANNUAL, MID_TERM, FINAL)),
    "action_statuses.status": words("action-status", ACTION_STATUSES),
    "decisions.kind": words("decision-kind", DECISION_KINDS),
    "body_kind": words("body-kind", BODY_KINDS),
    "partner_kind": words("partner-kind", PARTNER_KINDS),
    "headings.heading": words("heading", HEADINGS),
    "signatories.required": YES_NO,
}
"""Choices that never change, by the path of the field."""

CHECKED_AT_FIRST: Mapping[str, tuple[str, ...]] = {"covers": COVERS, "text_covers": COVERS}
"""What is proposed ticked in an empty form."""


@dataclass(frozen=True)
class Options:
    """The choices of one form: those that never change and, above them, those of the case at hand.

    `first` holds what an empty form proposes, by field path; `hidden` what it carries without showing.
    """

    choices: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    first: Mapping[str, str] = field(default_factory=dict)
    hidden: Mapping[str, str] = field(default_factory=dict)

    def of(self, path: str) -> tuple[Choice, ...] | None:
        """The choices of a field, None when it is typed freely."""
        return self.choices.get(path, FIXED.get(path))
