"""What another method would change for a convention, in sentences: the same on its page and at the command line."""

from __future__ import annotations

from collections.abc import Iterator

from domain.kernel import Level
from domain.values import Code
from projections.engine import Register
from projections.what_another_method_changes import ConventionUnderAnother, LateOrNot, LevelChanged
from workflows.texts import Texts
from workflows.texts.facts import awaited


class ChangesTold:
    """Tells in one language, with the names of the register."""

    def __init__(self, texts: Texts, register: Register) -> None:
        self._texts = texts
        self._register = register

    def sentences(self, one: ConventionUnderAnother) -> tuple[str, ...]:
        """What would change, what hurts most first; one sentence where nothing would."""
        return tuple(self._sentences(one)) or (self._texts.t("page.migration.unchanged"),)

    def level(self, one: LevelChanged) -> str:
        """A rule that is weighed otherwise."""
        texts = self._texts
        key = f"refused.{one.rule}"
        rule = texts.t(key) if texts.has(key) else str(one.rule)
        former, new = (texts.t(f"level.{Level(level).name}") for level in (one.former, one.new))
        return texts.t("page.migration.level", what=rule, former=former, new=new)

    def _sentences(self, one: ConventionUnderAnother) -> Iterator[str]:
        texts = self._texts
        if one.unknown_partners:
            yield texts.t("page.migration.unknown-partners", kinds=one.unknown_partners)
        for late in one.becomes_late:
            yield texts.t("page.migration.becomes-late", what=self._what(late), due=late.due_on)
        told = {each.occurrence for each in one.becomes_late}
        for line in one.expected:
            if line.occurrence not in told:
                yield texts.t("page.migration.expected", what=self._what(line), due=line.due_on)
        for each in one.moved:
            what = awaited(self._texts, each.occurrence, self._register.name_of)
            yield texts.t("page.migration.moved", what=what, former=each.former, new=each.new)
        for line in one.late_no_more:
            yield texts.t("page.migration.late-no-more", what=self._what(line), due=line.due_on)
        gone = {each.occurrence for each in one.late_no_more}
        for line in one.given_up:
            if line.occurrence not in gone:
                yield texts.t("page.migration.given-up", what=self._what(line), due=line.due_on)
        if one.kept_themes:
            yield texts.t("page.migration.themes", names=[self._theme(each) for each in one.kept_themes])
        if one.waivers:
            yield texts.t("page.migration.waivers", rules=one.waivers)

    def _theme(self, code: Code) -> str:
        key = f"theme.{code}"
        return self._texts.t(key) if self._texts.has(key) else code

    def _what(self, line: LateOrNot) -> str:
        return awaited(self._texts, line.occurrence, self._register.name_of)
