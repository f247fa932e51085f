"""The catalogues: both languages say the same things, and values are written as people read them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest

from domain.values import AnalysisSide, Expertise
from workflows.texts import LANGUAGES, MissingParameter, MissingText, Texts, Vocabulary
from workflows.texts.catalogues import CatalogueError, placeholders, read_catalogue

FRENCH, ENGLISH = Texts("fr"), Texts("en")

NARROW = "\u202f"
NO_BREAK = "\xa0"


# --- the catalogues as they are -------------------------------------------------------------------------------------


def test_every_language_has_the_same_keys() -> None:
    keys = {language: set(Texts(language).messages) for language in LANGUAGES}
    assert keys["fr"] - keys["en"] == set()
    assert keys["en"] - keys["fr"] == set()


def test_every_language_fills_the_same_placeholders() -> None:
    def named(texts: Texts, key: str) -> frozenset[str]:
        return frozenset().union(*(placeholders(form) for form in texts.messages[key]))

    different = {key for key in FRENCH.messages if named(FRENCH, key) != named(ENGLISH, key)}
    assert different == set()


def test_every_language_has_its_plurals_where_the_other_has() -> None:
    different = {key for key, forms in FRENCH.messages.items() if len(forms) != len(ENGLISH.messages[key])}
    assert different == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_a_vocabulary_tell_its_codes_apart(language: str) -> None:
    texts = Texts(language)
    for family in ("theme", "role", "phase", "partner-kind", "mandate-kind", "body-kind", "review-kind", "deadline"):
        words = [texts.word(family, code) for code in texts.codes(family)]
        assert words
        assert len(set(words)) == len(words), family


# --- messages -------------------------------------------------------------------------------------------------------


def test_a_code_becomes_its_word() -> None:
    assert FRENCH.word("theme", "PARENTING") == "parentalité"
    assert ENGLISH.word("theme", "PARENTING") == "parenting"
    assert FRENCH.show(Vocabulary("role", "COOPERATION_OFFICER")) == "chargé de coopération"
    assert FRENCH.show((Expertise.TECHNICAL, Expertise.USAGE)) == "expertise technique et expertise d’usage"
    assert ENGLISH.show(AnalysisSide.DEMAND) == "demand"


def test_a_text_that_is_missing_is_never_replaced_by_its_key() -> None:
    asked: tuple[Callable[[], str], ...] = (
        lambda: FRENCH.t("no.such-text"),
        lambda: FRENCH.t_plural("no.such-text", 2),
        lambda: FRENCH.word("theme", "CIRCUS"),
        lambda: FRENCH.show(Vocabulary("no-family", "CAF")),
    )
    for ask in asked:
        with pytest.raises(MissingText):
            ask()


def test_a_parameter_that_is_missing_is_named() -> None:
    with pytest.raises(MissingParameter, match="lowest"):
        FRENCH.t("profile-problem.too-low")


def test_parameters_the_text_does_not_use_are_ignored() -> None:
    assert ENGLISH.t("profile-problem.too-low", lowest=1, other=object()) == "the value is too low; at least 1"


def test_a_parameter_may_say_its_vocabulary() -> None:
    said = FRENCH.t("profile-problem.kinds-without-mandate", kinds=["COMMUNE", "ASSOCIATION"])
    assert "commune et association" in said


def test_a_language_that_is_not_spoken_is_refused() -> None:
    with pytest.raises(ValueError, match="fr, en"):
        Texts("de")


@pytest.mark.parametrize("message", ["{", "}", "{a.b}", "{a[0]}", "{}", "{0}", "{a!r}"])
def test_a_placeholder_is_a_plain_name(message: str) -> None:
    with pytest.raises(ValueError, match=r"plain name|[Ss]ingle|expected"):
        placeholders(message)


# --- catalogues that cannot be used ---------------------------------------------------------------------------------

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.mark.parametrize(
    ("areas", "complaint"),
    [
        ({"a": 'msgid "k.a"\nmsgstr ""'}, "k.a"),
        ({"a": '#, fuzzy\nmsgid "k.a"\nmsgstr "x"'}, "k.a"),
        ({"a": 'msgid "k.a"\nmsgid_plural "k.a"\nmsgstr[0] "x"\nmsgstr[1] ""'}, "k.a"),
        ({"a": 'msgid "k.a"\nmsgstr "{x.y}"'}, "plain name"),
        ({"a": 'msgid "k.a"\nmsgstr "{x"'}, "k.a"),
        ({"a": 'msgid "k.a"\nmsgstr "x"', "b": 'msgid "k.a"\nmsgstr "y"'}, "already given in a.po"),
        ({"a": "this is no catalogue"}, "a.po"),
        ({"a": 'msgid "k.a"'}, "k.a"),
        ({}, "no catalogue"),
    ],
)
def test_a_catalogue_that_cannot_be_used_is_named(tmp_path: Path, areas: dict[str, str], complaint: str) -> None:
    (tmp_path / "fr").mkdir()
    for area, content in areas.items():
        (tmp_path / "fr" / f"{area}.po").write_text(HEADER + content + "\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=complaint):
        read_catalogue(tmp_path, "fr")


# --- plurals --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "french", "english"),
    [
        (0, "0 jour de retard", "0 days late"),
        (1, "1 jour de retard", "1 day late"),
        (2, "2 jours de retard", "2 days late"),
        (1234, f"1{NARROW}234 jours de retard", "1,234 days late"),
    ],
)
def test_french_counts_zero_as_singular(count: int, french: str, english: str) -> None:
    assert FRENCH.t_plural("late.days", count) == french
    assert ENGLISH.t_plural("late.days", count) == english


@pytest.mark.parametrize(
    ("days", "french", "english"),
    [
        (-1, "depuis aujourd’hui", "since today"),
        (0, "depuis aujourd’hui", "since today"),
        (1, "depuis 1 jour", "for 1 day"),
        (73, "depuis 73 jours", "for 73 days"),
        (90, "depuis 90 jours", "for 90 days"),
        (91, "depuis 2 mois", "for 2 months"),
        (365, "depuis 11 mois", "for 11 months"),
        (366, "depuis 12 mois", "for 12 months"),
        (800, "depuis 2 ans", "for 2 years"),
    ],
)
def test_since_how_long(days: int, french: str, english: str) -> None:
    assert FRENCH.ago(days) == french
    assert ENGLISH.ago(days) == english


# --- values ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "french", "english"),
    [
        (date(2027, 2, 1), "1er février 2027", "1 February 2027"),
        (date(2027, 2, 11), "11 février 2027", "11 February 2027"),
        (date(2026, 3, 31), "31 mars 2026", "31 March 2026"),
    ],
)
def test_dates_in_words(day: date, french: str, english: str) -> None:
    assert FRENCH.show(day) == french
    assert ENGLISH.show(day) == english


def test_no_line_of_french_in_print_begins_with_a_sign_that_closes_what_is_before_it() -> None:
    printed = Texts("fr", typeset=True)
    assert printed.t("page.colon") == f"{NO_BREAK}:"
    assert printed.t("word.quoted", words="oui") == f"«{NO_BREAK}oui{NO_BREAK}»"
    assert not [key for key, forms in printed.messages.items() for one in forms if re.search(r" [:;?!»%€]|« ", one)]
    assert Texts("en", typeset=True).messages == ENGLISH.messages


def test_short_dates_leave_the_year_out() -> None:
    assert FRENCH.short_date(date(2026, 3, 31)) == "31 mars"
    assert FRENCH.short_date(date(2026, 7, 1)) == "1er juillet"
    assert ENGLISH.short_date(date(2026, 7, 1)) == "1 July"


def test_brief_dates_are_whole_and_never_break() -> None:
    assert FRENCH.brief_date(date(2024, 1, 14)) == "14\xa0janv.\xa02024"
    assert FRENCH.brief_date(date(2027, 2, 1)) == "1er\xa0févr.\xa02027"
    assert ENGLISH.brief_date(date(2024, 1, 14)) == "14\xa0Jan\xa02024"
    assert FRENCH.month(date(2026, 7, 1)) == "juillet 2026"


def test_instants_are_told_in_paris() -> None:
    evening = datetime(2027, 1, 31, 23, 5, tzinfo=UTC)
    assert FRENCH.show(evening) == "1er février 2027 à 0 h 05"
    assert ENGLISH.show(datetime(2027, 7, 14, 12, 5, tzinfo=UTC)) == "14 July 2027 at 14:05"


def test_numbers_and_money() -> None:
    assert FRENCH.show(182400) == f"182{NARROW}400"
    assert FRENCH.money(182400) == f"182{NARROW}400{NO_BREAK}€"
    assert FRENCH.money(Decimal("1234567.80")) == f"1{NARROW}234{NARROW}567,80{NO_BREAK}€"
    assert ENGLISH.money(182400) == "€182,400"
    assert ENGLISH.money(Decimal("0.5")) == "€0.50"


def test_lists_are_joined_as_people_do() -> None:
    assert FRENCH.show(["Auch", "Condom", "Mirande"]) == "Auch, Condom et Mirande"
    assert ENGLISH.show(["Auch", "Condom", "Mirande"]) == "Auch, Condom and Mirande"
    assert FRENCH.show(("Auch",)) == "Auch"
    assert FRENCH.show(frozenset({date(2026, 7, 1), date(2026, 3, 31)})) == "31 mars 2026 et 1er juillet 2026"


def test_nothing_is_said_in_words() -> None:
    assert FRENCH.show(None) == "non renseigné"
    assert ENGLISH.show(()) == "none"


@pytest.mark.parametrize(
    "value",
    [
        UUID(int=1),
        True,
        object(),
        datetime(2027, 1, 1, tzinfo=UTC).replace(tzinfo=None),
        {"a": 1},
        float("nan"),
        float("inf"),
    ],
)
def test_what_people_cannot_read_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        FRENCH.show(value)
