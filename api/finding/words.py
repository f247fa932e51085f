"""The words of vocabularies as people type them: « parentalité » finds what is of that theme, so does "parenting"."""

from __future__ import annotations

from functools import cached_property

from api.finding.hits import KINDS
from domain.kernel import EVENTS, TOPIC_PREFIX
from projections.engine import Register
from projections.what_is_sought import named
from workflows.texts import LANGUAGES, Texts


class Words:
    """The vocabularies, with the themes of every method in use."""

    def __init__(self, texts: Texts, register: Register) -> None:
        self._texts = texts
        self._register = register

    def of(self, code: str) -> str:
        """A code as its word in the language of whoever asks; what has none says nothing."""
        return self._texts.t(code) if self._texts.has(code) else ""

    def compared(self, code: str) -> str:
        """A code as what is sought is compared with it: its words in every language."""
        known = (Texts(language) for language in LANGUAGES)
        return "".join(named(texts.t(code)) for texts in known if texts.has(code))

    def codes(self, word: str) -> tuple[str, ...]:
        """The codes whose word begins so, or one of its words."""
        return tuple(code for code, said in self._known.items() if f" {word}" in said)

    @cached_property
    def _known(self) -> dict[str, str]:
        themes = {f"theme.{theme}" for method in self._register.methods.values() for theme in method.themes}
        facts = {f"fact.{topic.removeprefix(TOPIC_PREFIX)}" for topic in EVENTS}
        decisions = {f"decision-kind.{code}" for code in self._texts.codes("decision-kind")}
        kinds = {f"kind.{kind}": self.compared(f"search.kind.{kind}") for kind in KINDS}
        return kinds | {code: self.compared(code) for code in sorted(themes | facts | decisions)}
