"""Facts of the log in one sentence, for the audit trail: what happened, to what, by whom decided.

Beside the parameters that every text may use (`rules.py`), the text of a fact may use `{called}` (what its stream is
about, as people call it: the committee that met, the action, the promise), `{what}` (what was awaited, and from which
partner; which milestone of before a take-over), `{to}` (who was written to, as roles), `{partner}` (with its article)
and free texts, in the words in which they may be read now.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

from domain.agenda import Occurrence
from domain.kernel import TOPIC_PREFIX, Event
from domain.values import Code, Prose, PublicName, Theme, ValidityPeriod
from workflows.texts import Texts
from workflows.texts.articles import with_article
from workflows.texts.rules import NameOf, readable

SaidOf = Callable[[Prose], str | None]
"""The words of a free text, None when it was erased."""

_ABSENT: Final[Mapping[str, str]] = {
    "attendance": "word.not-counted",
    "value": "word.in-words",
    "subject": "word.whole-convention",
    "until": "word.without-end",
    "what": "word.not-said",
    "co_partner_id": "word.no-partner",
    "successor_id": "word.no-partner",
}
"""What an empty parameter means where it means something."""


def tell(texts: Texts, event: Event, name_of: NameOf, said: SaidOf) -> str:
    """A fact of the log in one sentence. Raises `MissingText` when its text is not in the catalogues."""
    payload = {name: value for name, value in vars(event).items() if name != "envelope"}
    return _sentence(texts, event.TOPIC, event.originator_id, payload, name_of, said)


def _sentence(
    texts: Texts, topic: str, stream_id: UUID, payload: Mapping[str, Any], name_of: NameOf, said: SaidOf
) -> str:
    shown = readable(texts, payload, name_of)
    shown["called"] = name_of(stream_id)
    for name, value in payload.items():
        if isinstance(value, Prose):
            shown[name] = _quoted(texts, said(value))
        elif value is None and name in _ABSENT:
            shown[name] = texts.t(_ABSENT[name])
        elif value is None and name == "theme":
            shown[name] = Theme(Code(""), PublicName(texts.t("word.every-theme")))
        elif isinstance(value, Occurrence):
            shown["what"] = awaited(texts, value, name_of)
    if "subject" in payload and payload["subject"] is not None:
        shown["subject"] = _subject(texts, payload["subject"], name_of)
    if "fact" in payload:
        shown["what"] = of_before(texts, payload["fact"], payload["period"])
    if "roles" in payload:
        shown["to"] = [_recipient(texts, role) for role in payload["roles"]]
    if isinstance(payload.get("partner_id"), UUID):
        shown["partner"] = with_article(texts, name_of(payload["partner_id"]))
    return texts.t(f"event.{topic.removeprefix(TOPIC_PREFIX)}", **shown)


def of_before(texts: Texts, fact: Code, period: ValidityPeriod | None) -> str:
    """A milestone of before a take-over in a few words, a review with the years of its period."""
    if period is None:
        return texts.t(f"earlier-fact.{fact}")
    years = dict.fromkeys((period.effective_from.year, period.effective_to.year))
    return texts.t("page.earlier.review-of", period="-".join(map(str, years)))


def _subject(texts: Texts, subject: Code, name_of: NameOf) -> str:
    """What a rule was set aside for: a theme, of the vocabulary or of the convention, or else a forum."""
    if texts.has(f"theme.{subject}"):
        return texts.t(f"theme.{subject}")
    name = name_of(subject)
    return name if name != subject else texts.t("word.one-forum")


def _quoted(texts: Texts, words: str | None) -> str:
    if words is None:
        return texts.t("word.erased")
    return texts.t("word.quoted", words=words.strip().removesuffix("."))


def awaited(texts: Texts, occurrence: Occurrence, name_of: NameOf) -> str:
    """What was awaited; a signature is one partner's, everything else is the convention's."""
    what, whose = texts.t(f"deadline.{occurrence.deadline}"), name_of(occurrence.subject_id)
    return what if whose == str(occurrence.subject_id) else texts.t("word.awaited-of", what=what, partner=whose)


def _recipient(texts: Texts, role: str) -> str:
    """A role, or a group of recipients that is not one role."""
    group = f"recipient-group.{role}"
    return texts.t(group if texts.has(group) else f"role.{role}")
