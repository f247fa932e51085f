"""What a method says, in words: its lines, and what differs between two.

With `codes`, as the command line wants it: a deadline with its code, a name that means nothing here yet as it stands in
the file. Without, as a page wants it: in plain language alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from domain.kernel import TOPIC_PREFIX, Level
from domain.method import MethodProfile, Period
from projections.what_a_method_says import DEADLINES, ESCALATION, REMINDER, Difference, MethodLine, Value, lines
from workflows.texts import Texts

FAMILIES: Final[Mapping[str, tuple[str, ...]]] = {
    "PHASES": ("phase",),
    "MILESTONES": ("method-milestone", "milestone"),
    "ANNOUNCED_MILESTONES": ("method-milestone", "milestone"),
    "THEMES": ("theme",),
    "TRANSVERSE_THEMES": ("theme",),
    "MANDATORY_THEMES": ("theme",),
    "DEFAULT_END": ("end-rule",),
    "EXPERTISES": ("expertise",),
    "SIDES": ("analysis-side",),
    "DECIDING_BODIES": ("body-kind",),
    "ADAPTING_BODIES": ("body-kind",),
    "WAIVABLE": ("rule",),
    "LEVEL": ("level",),
    "REQUIRED": ("yes-no",),
    "MANDATE_KINDS": ("mandate-kind",),
    "TRANSMITTED": ("yes-no",),
    "REVIEW_PERIOD": ("review-period",),
    "REVIEW_KINDS": ("review-kind",),
    "CONFIRMED_BY": ("role",),
    "NEXT_UP": ("role",),
    "SCHOOL_HOLIDAYS": ("yes-no",),
    "VOTE": ("partner-kind",),
    "ACTIVE": ("yes-no",),
    "WORKING_DAYS": ("yes-no",),
    "MOVES": ("yes-no",),
    "SUBJECT": ("deadline-subject",),
    "OCCURRENCE": ("occurrence",),
    "TRIGGER": ("fact", "trigger"),
    "MET_BY": ("fact", "condition"),
    "SILENCE": ("silence",),
    "BODIES": ("body-kind",),
}
"""Of which vocabularies the values of an aspect are."""

DAYS: Final = ("LAPSES_AFTER", "MINUTES", "DELEGATION_ENDING")
MONTHS: Final = (
    "STALE_DIAGNOSIS",
    "LONG_RETROACTIVITY",
    "STALLED",
    "FINAL_REVIEW",
    "EXTENSION",
    "ENDING",
    "RESERVE",
    "PAUSE_BEFORE_VOTE",
)
SUBJECTS: Final[Mapping[str, str]] = {
    "RULES": "soft-rule",
    "SIGNATORIES": "method-signatory",
    "BONUSES": "place-kind",
    "MANDATES": "partner-kind",
    "ROLES": "role",
    DEADLINES: "deadline",
}


class MethodWords:
    """Says methods in one language."""

    def __init__(self, texts: Texts, *, codes: bool) -> None:
        self._texts = texts
        self._codes = codes

    def line(self, line: MethodLine) -> str:
        """« délai : 6 mois »."""
        if line.aspect in (REMINDER, ESCALATION):
            return self._texts.t(f"method-step.{line.aspect}", when=self.day(line.values), to=self._people(line.values))
        return self._texts.t("method.line", label=self._label(line.aspect), value=self.value(line.aspect, line.values))

    def difference(self, one: Difference) -> str:
        """« D16 : relance 30 jours avant → 45 jours avant »."""
        told = self._step_differs(one) if one.aspect in (REMINDER, ESCALATION) else self._value_differs(one)
        return told if not one.subject else self._texts.t("method.of", subject=self.subject(one), said=told)

    def subject(self, of: MethodLine | Difference) -> str:
        """What a line is about."""
        if of.part == "CALENDARS":
            return self._texts.t("method.vote", month=self._texts.month(date.fromisoformat(f"{of.subject}-01")))
        family = SUBJECTS[of.part]
        keys = (f"{family}.{of.subject}", f"partner-kind.{of.subject}")
        word = next((self._texts.t(key) for key in keys if self._texts.has(key)), str(of.subject))
        return f"{of.subject} ({word})" if self._codes and of.part == DEADLINES else _capital(word)

    def part(self, code: str) -> str:
        """The heading of a part of a method."""
        return self._texts.t(f"method-part.{code}")

    def value(self, aspect: str, values: Sequence[Value]) -> str:
        """What a line says, without its label."""
        if not values:
            return self._texts.t("method.nothing")
        return self._texts.join([self._one(aspect, one) for one in values])

    def day(self, values: Sequence[Value]) -> str:
        """« 30 jours avant », « le jour même », « 15 jours après »."""
        days = int(values[0])
        which = "before" if days < 0 else "after" if days else "same"
        return self._texts.t(f"method-day.{which}", days=abs(days))

    def steps(self, said: Iterable[MethodLine]) -> list[str]:
        """Steps that speak to the same people, said together: « 60, 30 et 7 jours avant : chargé de coopération »."""
        grouped: dict[tuple[Value, ...], list[MethodLine]] = {}
        for one in said:
            grouped.setdefault(one.values[1:], []).append(one)
        return [
            self._texts.t("method.line", label=self._days(group), value=self._people(group[0].values))
            for group in grouped.values()
        ]

    def start(self, method: MethodProfile, deadline: str) -> str:
        """« 6 mois après : engagement confirmé »."""
        rule = method.deadline(deadline)
        of = self._one("TRIGGER", rule.trigger)
        if rule.bodies:
            of = self._texts.t("method.of-bodies", of=of, bodies=self.value("BODIES", rule.bodies))
        return self._texts.t("method.line", label=self.offset(rule.offset), value=of)

    def offset(self, period: Period) -> str:
        """« 6 mois après », « 21 jours avant », « le jour même »."""
        months, days, worked = abs(period.months), abs(period.days), abs(period.working_days)
        parts = [self._texts.t_plural("word.months", months)] if months else []
        parts += [self._texts.t_plural("word.days", days)] if days else []
        parts += [self._texts.t_plural("method.working-days", worked)] if worked else []
        if not parts:
            return self._texts.t("method-day.same")
        is_before = min(period.months, period.days, period.working_days) < 0
        return self._texts.t(f"method-offset.{'before' if is_before else 'after'}", period=self._texts.join(parts))

    def _days(self, group: Sequence[MethodLine]) -> str:
        """The days of several steps; those before the due day share their words."""
        before = [-int(one.values[0]) for one in group if int(one.values[0]) < 0]
        told = (
            [self._texts.t("method-day.before-several", whens=[str(one) for one in before])] if len(before) > 1 else []
        )
        told += [self.day(one.values) for one in group if len(before) == 1 or int(one.values[0]) >= 0]
        return self._texts.join(told)

    def _label(self, aspect: str) -> str:
        return self._texts.t(f"method-aspect.{aspect}")

    def _people(self, values: Sequence[Value]) -> str:
        return self._texts.join([self._word(("role", "recipient-group"), str(one)) for one in values[1:]])

    def _word(self, families: Sequence[str], code: str) -> str:
        bare = code.removeprefix(TOPIC_PREFIX)
        for family in families:
            key = f"{family}.{bare}"
            if self._texts.has(key):
                return _small(self._texts.t(key)) if family == "fact" else self._texts.t(key)
        return code if self._codes else self._texts.t("method.not-here-yet")

    def _one(self, aspect: str, value: Value) -> str:
        if aspect == "OFFSET":
            return self.offset(Period.parse(str(value)))
        if aspect == "LEVEL":
            return self._texts.word("level", Level(str(value)).name)
        if aspect == "COUNCIL_PAUSES":
            first, last = (date.fromisoformat(f"2000-{one}") for one in str(value).split("/"))
            return self._texts.t("method.pause", first=self._texts.short_date(first), last=self._texts.short_date(last))
        if aspect in DAYS:
            return self._texts.t_plural("word.days", int(value))
        if isinstance(value, int):
            unit = (
                "word.months" if aspect in MONTHS else "method.years" if aspect.endswith("YEARS") else "method.number"
            )
            return self._texts.t_plural(unit, value)
        return self._word(FAMILIES[aspect], value)

    def _value_differs(self, one: Difference) -> str:
        if one.before is None or one.after is None:
            key = "added" if one.before is None else "removed"
            values = (one.after or ()) if one.before is None else one.before
            return self._texts.t(
                f"method-change.{key}", label=self._label(one.aspect), value=self.value(one.aspect, values)
            )
        if len(one.before) > 1 or len(one.after) > 1:
            return self._list_differs(one, one.before, one.after)
        return self._moved(
            self._label(one.aspect), self.value(one.aspect, one.before), self.value(one.aspect, one.after)
        )

    def _list_differs(self, one: Difference, before: Sequence[Value], after: Sequence[Value]) -> str:
        came, went = [each for each in after if each not in before], [each for each in before if each not in after]
        told = [self._texts.t("method-change.with", value=self.value(one.aspect, came))] if came else []
        told += [self._texts.t("method-change.without", value=self.value(one.aspect, went))] if went else []
        said = " ; ".join(told) or self._texts.t("method-change.order", value=self.value(one.aspect, after))
        return self._texts.t("method.line", label=self._label(one.aspect), value=said)

    def _step_differs(self, one: Difference) -> str:
        kind = one.aspect
        if one.before is None or one.after is None:
            key = "added" if one.before is None else "removed"
            values = (one.after or ()) if one.before is None else one.before
            return self._texts.t(f"method-step-{key}.{kind}", when=self.day(values), to=self._people(values))
        label = self._texts.t(f"method-step-name.{kind}")
        if one.before[0] != one.after[0]:
            return self._texts.t(
                "method-step.moved", step=label, before=self.day(one.before), after=self.day(one.after)
            )
        label = self._texts.t("method-step.named", step=label, when=self.day(one.before))
        return self._moved(label, self._people(one.before), self._people(one.after))

    def _moved(self, label: str, before: str, after: str) -> str:
        return self._texts.t("method-change.moved", label=label, before=before, after=after)


def parts_of(method: MethodProfile) -> dict[str, list[MethodLine]]:
    """The lines of a method by part, in its order."""
    found: dict[str, list[MethodLine]] = {}
    for one in lines(method):
        found.setdefault(one.part, []).append(one)
    return found


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
