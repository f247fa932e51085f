"""The words of the engine: one catalogue per area and language, shared by pages, mail, API and CLI.

`workflows/texts/<language>/<area>.po` holds messages by key (`refusal.priority-without-diagnosis`,
`theme.PARENTING`), never by English sentence. All that is said of an act (its label, its fields, its event, its rules)
stands in one block of `acts/<family>.po`; what a page says, in `pages/<page>.po`.

A message names its parameters in braces, `{due}`, and may say how one is written: `{due:short}`, `{opened:month}`,
`{amount:money}` (`{amount_cents:cents}` of whole cents), `{days:ago}`, or the vocabulary of a code:
`{kind:partner-kind}`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import cache, lru_cache
from math import isfinite
from pathlib import Path
from typing import Final, Literal, TypeAlias, cast

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal

from domain.collation import alphabetical
from domain.kernel import kebab
from domain.values import Theme
from workflows.instants import PARIS
from workflows.texts.catalogues import Catalogue, read_catalogue

Language: TypeAlias = Literal["fr", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("fr", "en")
"""French first: it is the language of the people who steer conventions."""

LOCALES: Final[Mapping[str, str]] = {"fr": "fr_FR", "en": "en_GB"}

DAYS_BEFORE_MONTHS: Final = 90
"""A delay is said in days up to here, in months beyond, in years from the second one on."""
DAYS_PER_MONTH: Final = 30.4375
MONTHS_BEFORE_YEARS: Final = 24

_KEPT: Final = 10_000
"""Dates, and numbers, that a process keeps as they are written: pages say the same ones over and over."""


class MissingText(LookupError):
    """No message under this key in this language: a raw key or code is never shown to anybody."""

    def __init__(self, key: str, language: str) -> None:
        super().__init__(f"no text {key!r} in {language!r}")
        self.key = key
        self.language = language


class MissingParameter(LookupError):
    """A message names a parameter that was not given."""


@dataclass(frozen=True)
class Vocabulary:
    """A code of a vocabulary, to be shown as its word: `Vocabulary("theme", "PARENTING")`."""

    family: str
    code: str


@cache
def _locale_of(language: str) -> Locale:
    return Locale.parse(LOCALES[language])


@lru_cache(_KEPT)
def _dated(day: date, pattern: str, locale: Locale) -> str:
    return format_date(day, pattern, locale=locale)


@lru_cache(_KEPT, typed=True)
def _grouped(value: float | Decimal, locale: Locale) -> str:
    return format_decimal(value, locale=locale)


@cache
def _shipped(language: str, typeset: bool) -> Catalogue:
    if typeset:
        plain = _shipped(language, False)
        return plain.typeset() if language == "fr" else plain
    return read_catalogue(Path(__file__).parent, language)


class Texts:
    """The messages of one language. Cheap to make: catalogues are read once per process.

    `typeset`: as they are set in print, for pages and letters; a terminal and a table have plain spaces.
    """

    def __init__(self, language: str, *, typeset: bool = False) -> None:
        if language not in LANGUAGES:
            raise ValueError(f"language {language!r} is not one of {', '.join(LANGUAGES)}")
        self.language: Language = language
        self._locale = _locale_of(language)
        self._catalogue = _shipped(language, typeset)

    # --- messages ---------------------------------------------------------------------------------------------------

    @property
    def messages(self) -> Mapping[str, tuple[str, ...]]:
        """Every message by its key: one form, or one per plural."""
        return self._catalogue.messages

    def has(self, key: str) -> bool:
        """Whether there is a message under this key."""
        return key in self._catalogue.messages

    def codes(self, family: str) -> tuple[str, ...]:
        """The codes of a vocabulary, in the order of its catalogue; empty when there is no such family."""
        return self._catalogue.codes(family)

    def t(self, key: str, /, **parameters: object) -> str:
        """The message `key`, filled in; one that has a plural is said for the first number, or list, that it names.

        Raises `MissingText`, `MissingParameter`.
        """
        forms = self._forms(key)
        form = forms[0] if len(forms) < 2 else self._form_for(self._counted(forms[-1], parameters), forms)
        return self._fill(key, form, parameters)

    def t_plural(self, key: str, /, count: int, **parameters: object) -> str:
        """The form of message `key` for `count` (in French 0 and 1 are singular), with `{count}` filled in."""
        form = self._form_for(count, self._forms(key))
        return self._fill(key, form, {"count": count, **parameters})

    def word(self, family: str, code: str) -> str:
        """The word of a code: `word("theme", "PARENTING")` is « parentalité ». Raises `MissingText`."""
        return self._forms(f"{family}.{code}")[0]

    def theme(self, theme: Theme) -> str:
        """A theme: a word of the vocabulary, or the name that a committee gave it, as it was given."""
        return theme.name if theme.name is not None else self.word("theme", theme.code)

    def _form_for(self, count: int, forms: tuple[str, ...]) -> str:
        return forms[min(self._catalogue.plural(abs(count)), len(forms) - 1)]

    def _counted(self, message: str, parameters: Mapping[str, object]) -> int:
        """How many a message with a plural is about; one where it names no number."""
        for _, name, _ in self._catalogue.pieces(message):
            value = parameters.get(name) if name is not None else None
            if isinstance(value, int) and not isinstance(value, bool):
                return value
            if isinstance(value, str) and value.isdecimal():
                return int(value)
            if isinstance(value, (list, tuple)):
                return len(value)
        return 1

    def _forms(self, key: str) -> tuple[str, ...]:
        try:
            return self._catalogue.messages[key]
        except KeyError:
            raise MissingText(key, self.language) from None

    def _fill(self, key: str, message: str, parameters: Mapping[str, object]) -> str:
        filled: list[str] = []
        for literal, name, spec in self._catalogue.pieces(message):
            filled.append(literal)
            if name is None:
                continue
            if name not in parameters:
                raise MissingParameter(f"text {key!r} needs the parameter {name!r}")
            filled.append(self._show(parameters[name], spec))
        return "".join(filled)

    # --- values -----------------------------------------------------------------------------------------------------

    def show(self, value: object) -> str:
        """A value as people read it: dates in words, numbers grouped, lists joined, enums as their words.

        Raises `TypeError` for what has no reading (an id, a bare boolean, an instant without a zone, infinity).
        """
        return self._show(value, "")

    def _show(self, value: object, spec: str) -> str:
        if value is None:
            return self.t("word.none")
        if isinstance(value, Vocabulary):
            return self.word(value.family, value.code)
        if isinstance(value, Theme):
            return self.theme(value)
        if isinstance(value, Enum):
            return self.word(kebab(type(value).__name__), value.name)
        if isinstance(value, (list, tuple, set, frozenset)):
            return self._show_many(value, spec)
        if spec in self._formats:
            return self._formats[spec](self, value)
        if spec and isinstance(value, str):
            return self.word(spec, value)
        return self._show_plain(value)

    def _show_many(self, values: Collection[object], spec: str) -> str:
        if not values:
            return self.t("word.empty")
        if isinstance(values, (set, frozenset)):
            # A set has no order of its own: dates and numbers by size, all else by how it reads.
            if all(isinstance(value, (date, int, Decimal)) for value in values):
                values = sorted(cast("Collection[int]", values))
            else:
                return self.join(sorted((self._show(value, spec) for value in values), key=alphabetical))
        return self.join([self._show(value, spec) for value in values])

    def _show_plain(self, value: object) -> str:
        if isinstance(value, str):
            return value
        if isinstance(value, datetime):
            return self.instant(value)
        if isinstance(value, date):
            return self.long_date(value)
        if isinstance(value, time):
            return f"{value.hour} h {value:%M}" if self.language == "fr" else f"{value:%H:%M}"
        if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool) and isfinite(value):
            return self.number(value)
        raise TypeError(f"{type(value).__name__} cannot be shown to people")

    def long_date(self, day: date) -> str:
        """« 1er février 2027 », "1 February 2027"."""
        return self._first_of_month(day, _dated(day, "d MMMM y", self._locale))

    def short_date(self, day: date) -> str:
        """The day without its year: « 31 mars », « 1er juillet », "31 March"."""
        return self._first_of_month(day, _dated(day, "d MMMM", self._locale))

    def brief_date(self, day: date) -> str:
        """The whole date in little room, with no-break spaces: « 14 janv. 2024 », "14 Jan 2024"."""
        return self._first_of_month(day, _dated(day, "d\xa0MMM\xa0y", self._locale))

    def month(self, day: date) -> str:
        """« février 2027 », "February 2027"."""
        return _dated(day, "MMMM y", self._locale)

    def instant(self, at: datetime) -> str:
        """The local time in Paris: « 1er février 2027 à 14 h 05 ». Raises `TypeError` without a zone."""
        if at.tzinfo is None:
            raise TypeError("an instant without a zone cannot be shown to people")
        local = at.astimezone(PARIS)
        # French people write « 9 h 03 », the English 09:03.
        hour = str(local.hour) if self.language == "fr" else f"{local:%H}"
        return self.t("word.instant", day=local.date(), hour=hour, minute=f"{local:%M}")

    def number(self, value: float | Decimal) -> str:
        """« 182 400 » (narrow no-break space), "182,400"."""
        return _grouped(value, self._locale)

    def money(self, amount: float | Decimal) -> str:
        """Euros, without cents when there are none: « 182 400 € », "€182,400"."""
        digits = amount == int(amount)
        pattern = {("fr", True): "#,##0\xa0¤", ("en", True): "¤#,##0"}.get((self.language, digits))
        return format_currency(amount, "EUR", pattern, locale=self._locale, currency_digits=not digits)

    def join(self, words: Iterable[str]) -> str:
        """« a, b et c », "a, b and c"."""
        return format_list(list(words), locale=self._locale)

    def ago(self, days: int) -> str:
        """Since how long: « depuis 73 jours », then in months beyond three of them, then in years."""
        if days <= 0:
            return self.t("ago.today")
        if days <= DAYS_BEFORE_MONTHS:
            return self.t_plural("ago.days", days)
        months = int(days / DAYS_PER_MONTH)
        if months < MONTHS_BEFORE_YEARS:
            return self.t_plural("ago.months", months)
        return self.t_plural("ago.years", months // 12)

    def _first_of_month(self, day: date, shown: str) -> str:
        # Babel writes « 1 février », French people write « 1er février ».
        return f"1er{shown[1:]}" if self.language == "fr" and day.day == 1 else shown

    _formats: Final[Mapping[str, Callable[[Texts, object], str]]] = {
        "short": lambda texts, value: texts.short_date(cast("date", value)),
        "month": lambda texts, value: texts.month(cast("date", value)),
        "money": lambda texts, value: texts.money(cast("Decimal", value)),
        "cents": lambda texts, value: texts.money(Decimal(cast("int", value)) / 100),
        "hundredths": lambda texts, value: texts.number(Decimal(cast("int", value)) / 100),
        "year": lambda texts, value: str(value),
        # What doctor finds is told in texts, numbers too.
        "days": lambda texts, value: texts.t_plural("word.days", int(cast("int", value))),
        "months": lambda texts, value: texts.t_plural("word.months", int(cast("int", value))),
        "communes": lambda texts, value: texts.t_plural("word.communes", int(cast("int", value))),
        "inhabitants": lambda texts, value: texts.t_plural("word.inhabitants", int(cast("int", value))),
        "ago": lambda texts, value: texts.ago(cast("int", value)),
    }
