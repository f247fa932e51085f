"""Everything the domain can say has its words, in French and in English, and they can be filled in."""

import ast
import dataclasses
import re
import typing
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

import domain  # noqa: F401 - registers every command, event and rule
from api.pages.acts import FAMILIES, form_of
from domain.cited_decisions import DecisionDoesNotFit
from domain.kernel import COMMANDS, EVENTS, RULES, TOPIC_PREFIX, BrokenRule, DoesNotFit
from domain.method import MethodProfile
from domain.values import Code, InvalidValue, Prose, ValidityPeriod
from tests.samples.make import STREAM, VERSION, example, path_of
from workflows import codec
from workflows.texts import LANGUAGES, Texts
from workflows.texts.catalogues import placeholders
from workflows.texts.facts import tell
from workflows.texts.rules import explain, explain_invalid

ROOT = Path(__file__).resolve().parents[2]
TEXTS = ROOT / "workflows" / "texts"
BOTH = pytest.mark.parametrize("texts", [Texts(language) for language in LANGUAGES], ids=LANGUAGES)


def name_of(stream_id: UUID | Code) -> str:
    """The reader knows everything by one name here."""
    return "Caf du Gers"


def said(prose: Prose) -> str | None:
    """Every free text was erased here."""
    return None


def invalid_codes() -> set[str]:
    """The codes of malformed values, as they are raised anywhere."""
    return {
        node.args[0].value
        for package in ("domain", "projections", "workflows", "api", "ctg_engine")
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == InvalidValue.__name__
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def fields_of(kind: Any) -> Iterator[str]:
    """The names of the fields of a command, nested ones too; the inside of a method is written in its file."""
    hints = typing.get_type_hints(kind)
    for field in dataclasses.fields(kind):
        yield field.name
        for hint in parts_of(hints[field.name]):
            if dataclasses.is_dataclass(hint) and hint not in (MethodProfile, Prose):
                yield from fields_of(hint)


def parts_of(hint: Any) -> Iterator[Any]:
    """A type and the types inside it."""
    yield hint
    for one in typing.get_args(hint):
        yield from parts_of(one)


@BOTH
@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_command_and_its_fields_have_names(texts: Texts, name: str) -> None:
    assert texts.has(f"command.{name}")
    public = [] if COMMANDS[name].INTERNAL else fields_of(COMMANDS[name])
    assert [field for field in public if not texts.has(f"field.{field}")] == []


def broken(kind: type[BrokenRule]) -> BrokenRule:
    """A broken rule with values that the domain could give."""
    hints = typing.get_type_hints(kind)
    codes: dict[str, Any] = {
        "theme": "PARENTING",
        "body_kind": "COTECH",
        "kind": "OTHER" if kind is DecisionDoesNotFit else "ANNUAL",
        "expected": "PLAN_VALIDATED",
        "mandate_kinds": ("BOARD",),
        "mandate_kind": "MUNICIPAL_COUNCIL",
        "covers": ("PLAN",),
        "cause": "NOT_HELD" if kind is DoesNotFit else "NOT_ENDING",
        "action_status": "DONE",
        "partner_kind": "CAF",
        "partner_kinds": ("CAF",),
        "waived_rules": ("R06",),
        "kept_kind": "MSA",
        "fact": "REVIEW",
        "after": "PLAN",
        "deadline": "D16",
        "audience": "PUBLIC",
        "claim": "ADVANCE",
        "outside": "OVER",
        "matter": "SIGNATURE",
        "matters": ("SIGNATURE",),
        "silence": "MUTED",
        "ended": "DONE",
        "allowed": ("MET_ELSEWHERE",),
    }
    values = {
        field.name: codes[field.name]
        if field.name in codes
        else ("findings" if hints[field.name] is str else example(hints[field.name], (kind.__name__, field.name)))
        for field in dataclasses.fields(kind)
    }
    return kind(**values)


@BOTH
@pytest.mark.parametrize("key", sorted(RULES))
def test_a_broken_rule_is_explained(texts: Texts, key: str) -> None:
    said = explain(texts, broken(RULES[key]), name_of)
    assert said.text
    assert said.remedy
    assert "None" not in said.text
    assert (said.rule, said.code) == (RULES[key].RULE, RULES[key].CODE)


@BOTH
def test_every_malformed_value_is_explained(texts: Texts) -> None:
    codes = invalid_codes()
    assert {"sha256", "unknown-code", "text-required", "department"} <= codes
    for code in codes:
        values: dict[str, Any] = {"field": "findings", "value": "x", "allowed": ("A", "B"), "expected": "y"}
        values |= {"line": 1, "column": 2, "limit": 200, "first": date(2000, 1, 1), "last": date(2099, 12, 31)}
        values |= {"value": "USAGE"} if code == "cell-without-people" else {}
        invalid = InvalidValue(code, **values)
        said = explain_invalid(texts, invalid, name_of)
        assert said.text
        assert said.remedy


@BOTH
@pytest.mark.parametrize("topic", sorted(EVENTS))
def test_a_fact_is_told(texts: Texts, topic: str) -> None:
    sample = codec.decode(topic, STREAM, VERSION, path_of(EVENTS[topic]).read_bytes())
    known = {
        "themes": ("PARENTING",),
        "invited_by": ("POSTER",),
        "shared_with": ("USAGE",),
        "theme": "PARENTING",
        "covers": ("PLAN",),
        "role": "PILOT",
        "expectation": "WILL_NOT_SIGN",
        "seat_role": "MEMBER",
        "quorum": "HALF",
        "approved_by": "CHAIR",
        "fact": "PLAN",
        "silence": "MUTED",
        "status": "RUNNING",
        "answer": {"ctg.steering-body.steering-invitation-answered": "EXCUSED"}.get(topic, "REFUSED"),
        "roles": ("PILOT", "ALL_SIGNATORIES"),
        "matter": "COMMON_ANSWER",
        "college": {"ctg.participation.contribution-recorded": "USAGE"}.get(topic),
        "channel": {"ctg.participation.contribution-recorded": "HELP_DESK"}.get(topic),
        "became": "KEPT",
        "wish": "HOLD",
        "outcome": {"ctg.lead-role.lead-role-resolved": "SHARED"}.get(topic),
        "verdict": "CHANGE",
        "stage": {"ctg.participation.space-met": "DIAGNOSIS"}.get(topic),
        "cause": {"ctg.steering-body.steering-seat-vacated": "RENEWAL"}.get(topic),
        "kind": {
            "ctg.partner.partner-registered": "CAF",
            "ctg.participation.space-opened": "SOCIAL_CENTRE",
            "ctg.steering-body.steering-body-constituted": "COPIL",
            "ctg.steering-body.steering-decision-recorded": "OTHER",
            "ctg.steering-body.steering-decision-taken": "OTHER",
            "ctg.convention.mandate-recorded": "BOARD",
            "ctg.convention.mandate-refused": "BOARD",
            "ctg.convention.review-done": "ANNUAL",
        }.get(topic),
    }
    values = vars(sample)
    values.update({name: value for name, value in known.items() if name in values and value is not None})
    if "occurrence" in values:
        values["occurrence"] = dataclasses.replace(values["occurrence"], deadline="D16")
    sentence = tell(texts, sample, name_of, said)
    assert sentence.endswith(".")
    assert "sealed-text" not in sentence
    written = tell(texts, sample, name_of, lambda prose: "des mots")
    assert not re.search(r"[«“]\s*[«“]", written), "what somebody wrote is quoted once"


@BOTH
def test_no_text_is_left_over(texts: Texts) -> None:
    """A text that nothing says is a mistake in its key."""
    said = {f"refusal.{key}" for key in RULES} | {f"refusal.{key}.remedy" for key in RULES}
    assert {key for key in texts.messages if key.startswith("refusal.")} == said
    said = {f"event.{topic.removeprefix(TOPIC_PREFIX)}" for topic in EVENTS}
    assert {key for key in texts.messages if key.startswith("event.")} == said
    assert {key for key in texts.messages if key.startswith("command.")} == {f"command.{name}" for name in COMMANDS}


def keys_in(path: Path) -> list[str]:
    """The keys of a catalogue file, in its order."""
    return re.findall(r'^msgid "([^"]+)"', path.read_text(encoding="utf-8"), re.MULTILINE)


def test_both_languages_are_cut_alike() -> None:
    cut = [
        {path.relative_to(TEXTS / language).as_posix(): keys_in(path) for path in (TEXTS / language).rglob("*.po")}
        for language in LANGUAGES
    ]
    assert cut[0] == cut[1]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(name for name, command in COMMANDS.items() if not command.INTERNAL))
def test_the_words_of_an_act_stand_in_one_block_of_its_family(language: str, name: str) -> None:
    family = next(family for family in FAMILIES if form_of(name) in family.FORMS)
    keys = keys_in(TEXTS / language / "acts" / f"{family.__name__.rpartition('.')[2]}.po")
    records = COMMANDS[name].RECORDS
    own = [f"command.{name}", f"intro.{name}"]
    if records is not None:  # what is said of a mistake depends on who else could confirm it
        event = records.TOPIC.removeprefix(TOPIC_PREFIX)
        own += [f"event.{event}", f"done.{event}", f"fact.{event}"]
    places = [keys.index(key) for key in own]
    others = {f"command.{one}" for one in COMMANDS if one != name}
    assert not others & set(keys[min(places) : max(places)]), "another act stands in between"


def test_both_languages_fill_in_the_same() -> None:
    french, english = Texts("fr"), Texts("en")
    for key, forms in french.messages.items():
        if key.startswith(("refusal.", "invalid.", "event.")):
            assert placeholders(forms[0]) == placeholders(english.messages[key][0]), key


def test_a_period_is_told_by_its_two_days() -> None:
    rule = RULES["review-period-invalid"](ValidityPeriod(date(2025, 1, 1), date(2025, 12, 31)), "NOT_ENDING")  # type: ignore[call-arg]
    assert "du 1er janvier 2025 au 31 décembre 2025" in explain(Texts("fr"), rule, name_of).text
