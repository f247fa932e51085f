"""What questions say, in phrases: a message for each word, with the names that its ids stand for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final
from uuid import UUID

from api.pages.contexts import Delay, Of, Phrase, Spelled
from domain.roles import FRAMEWORK_ROLES, PARTNER_ROLES, TERRITORY_ROLES
from projections.saying import Asked, Said, Word

_ROLES: Final = frozenset((*FRAMEWORK_ROLES, *TERRITORY_ROLES, *PARTNER_ROLES))
"""What else is asked is a group of recipients."""

MESSAGES: Final[Mapping[Word, str]] = {
    "deadline": "deadline.{of}",
    "review": "milestone.review-of",
    "signature": "milestone.signature-of",
    "silence-of": "silence-of.{of}",
    "silence": "page.silence.{of}",
    "of-partner": "owed.{of}",
    "role-vacant": "owed.role",
    "of-day": "owed.of-day",
    "step": "step.{of}",
    "waiver": "page.decide.waiver",
    "late": "answer.late",
    "late-signatures": "answer.late-signatures",
    "late-more": "answer.late-more",
    "soon": "page.look.soon",
    "next": "answer.next",
    "nothing-late": "answer.nothing-late",
    "theme-lacks": "page.decide.theme",
    "not-counting": "answer.irregular",
    "signature-not-counting": "page.look.uncounted",
    "optional-unsigned": "page.look.optional",
    "plan-missing": "page.look.plan-missing",
    "stalled-engagement": "page.look.stalled.engagement",
    "stalled-diagnosis": "page.look.stalled.diagnosis",
    "stalled-forum": "page.look.stalled.forum",
    "stalled-priorities": "page.look.stalled.priorities",
    "stalled-plan": "page.look.stalled.plan",
    "stalled-mandates": "page.look.stalled.mandates",
    "stalled-signatures": "page.look.stalled.signatures",
    "stalled-activation": "page.look.stalled.activation",
    "preparation": "answer.preparation",
    "diagnosis": "answer.diagnosis",
    "forums": "answer.forums",
    "prioritisation": "answer.prioritisation",
    "planning": "answer.planning",
    "signing": "answer.signing",
    "signing-named": "answer.signing-named",
    "signing-convention": "answer.signing-convention",
    "to-activate": "page.decide.activate",
    "to-activate-without-plan": "answer.to-activate-without-plan",
    "in-force": "answer.in-force",
    "in-force-without-plan": "answer.in-force-without-plan",
    "expired": "answer.expired",
    "closed": "answer.closed",
    "term-near": "answer.term-near",
    "renewing": "answer.renewing",
    "renewed": "answer.renewed",
    "extension-waiting": "answer.extension-waiting",
    "no-engagement": "missing.engagement",
    "no-diagnosis": "missing.diagnosis",
    "no-forum": "missing.forum",
    "no-priority": "missing.priority",
    "no-plan": "missing.plan",
    "plan-undone": "missing.plan-undone",
    "no-mandate": "missing.mandate",
    "mandate-refused": "missing.mandate-refused",
    "mandate-withdrawn": "missing.mandate-withdrawn",
    "no-signature": "missing.signature",
    "no-review": "missing.review",
    "crossing-lacks": "missing.theme",
    "milestone": "milestone.{of}",
    "milestone-counted": "milestone.{of}-count",
    "milestone-progress": "milestone.{of}-count",
    "latest": "page.path.latest.{of}",
    "findings": "page.path.diagnosis",
}


DAY: Final[Mapping[Word, str]] = {
    "soon": "due",
    "next": "due",
    "in-force": "end",
    "in-force-without-plan": "end",
    "expired": "end",
}
"""What the message of a word calls its day, where that is not `on`."""


def phrase_of(said: Said, name_of: Callable[[UUID], str]) -> Phrase:
    """One thing said as a phrase."""
    key = MESSAGES[said.word].format(of=said.of)
    match said.word:
        case "milestone-counted":
            return Phrase(key, {"count": said.count})
        case "milestone-progress":
            return Phrase(key, {"done": said.count, "total": said.total})
    return Phrase(key, dict(_parameters(said, name_of)), said.count)


def lack_of(code: str) -> Phrase:
    """What a theme lacks."""
    return Phrase(f"missing.{code}")


def the(what: Phrase) -> Phrase:
    """What is expected, as the subject of a sentence: « le bilan 2025 », « la signature de Masseube »."""
    return Phrase(f"the.{what.key}", what.params)


def _asked(one: Asked) -> Phrase:
    """« pilote le 3 mars 2026 »."""
    who = tuple(Phrase(f"role.{code}" if code in _ROLES else f"recipient-group.{code}") for code in one.recipients)
    return Phrase("page.silence.asked", {"who": who, "on": one.on})


def _parameters(said: Said, name_of: Callable[[UUID], str]) -> Iterator[tuple[str, object]]:
    if said.what is not None:
        what = phrase_of(said.what, name_of)
        yield "what", what
        yield "the", the(what)
    if said.partner_id is not None:
        yield "partner", name_of(said.partner_id)
        yield "of_partner", Of(name_of(said.partner_id))
    if said.partners:
        yield "partners", tuple(map(name_of, said.partners))
        yield "of_partners", tuple(Of(name_of(one)) for one in said.partners)
    if said.role is not None:
        yield "role", said.role
    if said.theme is not None:
        yield "theme", said.theme
    if said.themes:
        yield "themes", said.themes
    if said.lacks is not None:
        yield "missing", lack_of(said.lacks)
    if said.period is not None:
        yield "period", said.period
    if said.on is not None:
        yield DAY.get(said.word, "on"), said.on
    if said.days is not None:
        yield "delay", Delay(said.days)
    if said.asked:
        yield "asked", tuple(map(_asked, said.asked))
    if said.total is not None:
        yield "total", Spelled(said.total)
