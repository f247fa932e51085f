"""Method profiles: the one shipped with the engine, and what is said of a file that is not one."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.action_sheets.describing import LIFE_STAGES
from domain.action_sheets.state import ACTION_STATUSES
from domain.calendar import StepKind, steps
from domain.convention.diagnosis import CHANNELS, FINDING_KINDS, PARTICIPATION_KINDS
from domain.convention.forums import FORUM_FORMATS
from domain.convention.priorities import ENDS
from domain.convention.state import COVERS
from domain.frameworks import HEADINGS
from domain.kernel import RULES, Level, Origin, kebab
from domain.method import HOLDER, DefaultSignatory, MethodProfile, Period, UnknownMethodItem
from domain.partners import PARTNER_KINDS
from domain.roles import FRAMEWORK_ROLES, TERRITORY_ROLES
from domain.steering import BODY_KINDS, DECISION_KINDS
from domain.values import AnalysisSide, Code, Expertise
from workflows.methods.reader import ProfileError, read_profile, shipped
from workflows.texts import LANGUAGES, Texts

SHIPPED = shipped("cnaf-2020", 1)
TEXT = SHIPPED.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def profile() -> MethodProfile:
    return read_profile(SHIPPED)


def problems_of(text: str) -> list[tuple[int, str, str]]:
    with pytest.raises(ProfileError) as caught:
        read_profile(text)
    return [(problem.line, problem.key, problem.code) for problem in caught.value.problems]


def changed(old: str, new: str) -> str:
    assert TEXT.count(old) == 1, f"{old!r} must be found exactly once"
    return TEXT.replace(old, new)


def line_of(fragment: str) -> int:
    return TEXT[: TEXT.index(fragment)].count("\n") + 1


# --- the profile shipped with the engine ----------------------------------------------------------------------------


def test_whole_profile_survives_json(profile: MethodProfile) -> None:
    stored = msgspec.json.encode(profile)
    assert msgspec.json.decode(stored, type=MethodProfile) == profile
    assert hash(msgspec.json.decode(stored, type=MethodProfile)) == hash(profile)


def test_profile_carries_the_constants_of_the_reference(profile: MethodProfile) -> None:
    assert (profile.name, profile.version) == ("cnaf-2020", 1)
    assert (profile.duration.min_years, profile.duration.max_years, profile.duration.default_years) == (1, 5, 5)
    assert profile.thresholds.stale_diagnosis_months == 24
    assert profile.thresholds.long_retroactivity_months == 15
    assert profile.thresholds.final_review_before_end_months == 12
    assert (profile.thresholds.stalled_months, profile.review.ending_months) == (3, 3)
    assert profile.thresholds.behind_points == 10
    assert profile.thresholds.delegation_ending_days == 90
    assert profile.mandatory_themes == ("EARLY_CHILDHOOD", "YOUTH", "PARENTING")
    assert len(profile.themes) == 16
    assert profile.transverse_themes == ("GOVERNANCE",)
    assert profile.forum.expertises == tuple(Expertise)
    assert profile.forum.sides == tuple(AnalysisSide)
    assert profile.default_signatories == (DefaultSignatory(Code("CAF"), True), DefaultSignatory(HOLDER, True))


@pytest.mark.parametrize(
    ("refusal", "level"),
    [
        ("priority-without-forum", Level.WAIVABLE),
        ("forum-before-diagnosis", Level.IRREGULAR),
        ("forum-not-crossed", Level.NOTICE),
        ("mandate-not-executory", Level.IRREGULAR),
        ("review-period-invalid", Level.IRREGULAR),
    ],
)
def test_levels_of_the_reference(profile: MethodProfile, refusal: str, level: Level) -> None:
    assert dict(profile.rule_levels)[Code(refusal)] == level.value


def test_only_some_rules_may_be_waived(profile: MethodProfile) -> None:
    assert profile.is_waivable("R06")
    assert not profile.is_waivable("R01")
    assert not profile.is_waivable("R99")


@pytest.mark.parametrize("kind", ["COMMUNE", "EPCI", "SYNDICAT", "DEPARTEMENT"])
def test_acts_of_local_authorities_must_be_transmitted(profile: MethodProfile, kind: str) -> None:
    assert profile.mandate_rule(kind).acts_must_be_transmitted


@pytest.mark.parametrize("kind", ["CAF", "MSA", "CPAM"])
def test_a_board_delegation_is_enough_for_social_funds(profile: MethodProfile, kind: str) -> None:
    rule = profile.mandate_rule(kind)
    assert not rule.acts_must_be_transmitted
    assert "BOARD_DELEGATION" in rule.mandate_kinds


def test_every_kind_of_partner_of_the_domain_may_sign(profile: MethodProfile) -> None:
    assert {rule.partner_kind for rule in profile.mandate_rules} == set(PARTNER_KINDS)


def test_what_the_profile_does_not_know_is_said(profile: MethodProfile) -> None:
    for ask in (profile.mandate_rule, profile.deadline):
        with pytest.raises(UnknownMethodItem, match="NOTHING"):
            ask("NOTHING")


def schedule(profile: MethodProfile, deadline: str) -> dict[str, tuple[str, ...]]:
    rule = profile.deadline(deadline)
    return {step.id: step.recipients for step in steps(rule, date(2025, 3, 3), frozenset())}


def test_deadlines_are_those_of_the_reference(profile: MethodProfile) -> None:
    reference = {"D01": "P6M", "D02": "P3M", "D05": "P2M", "D06": "P4M", "D11": "P90D", "D16": "P3M"}
    assert reference.items() <= {rule.id: str(rule.offset) for rule in profile.active_deadlines}.items()
    assert schedule(profile, "D01") == {
        "reminder-60": ("COOPERATION_OFFICER",),
        "reminder-30": ("COOPERATION_OFFICER",),
        "reminder-7": ("COOPERATION_OFFICER",),
        "escalation+15": ("PILOT",),
        "escalation+45": ("COMMITTEE_CHAIR",),
    }
    assert schedule(profile, "D11") == {
        "reminder-60": ("MISSING_SIGNATORY",),
        "reminder-30": ("MISSING_SIGNATORY",),
        "reminder+0": ("MISSING_SIGNATORY",),
        "escalation+0": ("COMMITTEE_CHAIR", "CAF_ADVISER"),
    }
    assert schedule(profile, "D16") == {
        "reminder-90": ("PILOT",),
        "reminder-30": ("PILOT",),
        "reminder-7": ("PILOT",),
        "escalation+0": ("COMMITTEE_CHAIR",),
        "escalation+30": ("ALL_SIGNATORIES",),
        "escalation+90": ("FRAMEWORK_PILOT",),
    }


def test_an_inactive_deadline_is_known_but_not_watched() -> None:
    quiet = read_profile(changed("  - id: D01 # diagnostic partagé", "  - id: D01\n    active: false"))
    assert quiet.deadline("D01").active is False
    assert "D01" not in {rule.id for rule in quiet.active_deadlines}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "    subject: COMMUNE_WITH_CCAS\n    trigger: MUNICIPAL_RENEWAL_YEAR_ENDED",
            "    subject: MOON\n    trigger: FULL_MOON",
        ),
        ("met_by: [ctg.diagnosis.abs-report-presented]", "met_by: [ctg.moon.moon-full, MOON_SEEN]"),
        ("to: [CCAS] }\n      - { at: -183", "to: [MAN_IN_THE_MOON] }\n      - { at: -183"),
    ],
)
def test_a_deadline_that_is_announced_may_name_what_does_not_exist_yet(
    profile: MethodProfile, old: str, new: str
) -> None:
    assert len(read_profile(changed(old, new)).deadlines) == len(profile.deadlines)


def test_a_deadline_becomes_watched_by_taking_one_line_away(profile: MethodProfile) -> None:
    text = TEXT.replace(
        "  - id: D12 # plan d'actions d'une convention signée avant lui\n    active: false\n", "  - id: D12\n"
    )
    assert "D12" in {rule.id for rule in read_profile(text).active_deadlines}


def test_what_a_watched_deadline_names_must_exist() -> None:
    at = TEXT.index("    active: false", TEXT.index("  - id: D21"))
    text = TEXT[:at] + TEXT[at:].replace("    active: false\n", "", 1)
    place = TEXT[:at].count("\n  - id: D") - 1
    assert {key.removeprefix(f"deadlines[{place}].") for _, key, _ in problems_of(text)} == {
        "subject",
        "trigger",
        "met_by[0]",
        "reminders[0].to[0]",
        "reminders[1].to[0]",
        "reminders[2].to[0]",
        "escalations[0].to[0]",
    }


@pytest.mark.parametrize(
    "met_by", ["ctg.agenda.reminder-sent", "ctg.agenda.deadline-missed, ctg.perimeter-register.perimeter-released"]
)
def test_a_watched_deadline_that_nobody_could_meet_is_refused_with_what_could(met_by: str) -> None:
    """A reminder is the engine's: no role records it."""
    text = changed(
        "    offset: P6M\n    met_by: [ctg.convention.diagnosis-shared]", f"    offset: P6M\n    met_by: [{met_by}]"
    )
    with pytest.raises(ProfileError) as caught:
        read_profile(text)
    (problem,) = caught.value.problems
    assert (problem.key, problem.code) == ("deadlines[0].met_by", "no-act")
    assert text.splitlines()[problem.line - 1] == f"    met_by: [{met_by}]"
    (said,) = caught.value.describe(Texts("fr"))
    assert "ctg.convention.diagnosis-shared" in said
    assert "active: false" in said
    read_profile(text.replace("  - id: D01 # diagnostic partagé", "  - id: D01\n    active: false"))


def test_roles_that_pass_round_in_a_circle_are_refused() -> None:
    text = changed("  - { role: FRAMEWORK_CO_PILOT }", "  - { role: FRAMEWORK_CO_PILOT, next_up: PILOT }")
    assert {(key, code) for _, key, code in problems_of(text)} == {
        (f"roles[{place}].next_up", "endless") for place in (6, 7, 8, 9)
    }


def test_days_of_an_offset_may_be_working_days() -> None:
    counted = read_profile(changed("    offset: P90D", "    days: working\n    offset: P90D"))
    assert counted.deadline("D11").offset == Period(working_days=90)


def test_profile_sets_the_level_of_every_refusal_it_may_and_of_no_other() -> None:
    soft = {code: rule.LEVEL.value for code, rule in RULES.items() if rule.LEVEL is not Level.HARD}
    shipped_profile = read_profile(SHIPPED)
    assert dict(shipped_profile.rule_levels) == soft
    assert set(shipped_profile.waivable_rules) <= {RULES[code].RULE for code in soft}


def test_every_code_of_the_domain_has_a_word() -> None:
    families = {
        "partner-kind": PARTNER_KINDS,
        "role": {*FRAMEWORK_ROLES, *TERRITORY_ROLES},
        "body-kind": BODY_KINDS,
        "decision-kind": DECISION_KINDS,
        "finding-kind": FINDING_KINDS,
        "channel": CHANNELS,
        "participation-kind": PARTICIPATION_KINDS,
        "forum-format": FORUM_FORMATS,
        "end-served": ENDS,
        "action-status": ACTION_STATUSES,
        "life-stage": LIFE_STAGES,
        "cover": COVERS,
        "heading": HEADINGS,
        **{kebab(kind.__name__): kind.__members__ for kind in (Expertise, AnalysisSide, Level, Origin, StepKind)},
    }
    for language in LANGUAGES:
        texts = Texts(language)
        for family, words in families.items():
            assert set(words) <= set(texts.codes(family)), (language, family)


# --- a profile based on another ---------------------------------------------------------------------------------------


def test_a_profile_based_on_another_says_only_what_differs(profile: MethodProfile) -> None:
    gers = read_profile(shipped("gers-ctggs", 1))
    assert [one.id for one in gers.milestones[:2]] == ["PANORAMA", "CATALOGUE"]
    assert not gers.milestones[0].active
    assert dict(gers.rule_levels)[Code("no-theme-crossed")] == "H"
    assert not gers.is_waivable("R06")
    assert dict(gers.rule_levels)[Code("forum-not-crossed")] == "N"
    assert gers.thresholds.stale_diagnosis_months < profile.thresholds.stale_diagnosis_months
    assert gers.thresholds.stalled_months == profile.thresholds.stalled_months
    assert gers.deadline("D02").offset == Period(months=2)
    assert gers.deadline("D02").reminders == profile.deadline("D02").reminders
    assert gers.deadline("D16").escalations[-1].offset_days == 60
    assert [one.id for one in gers.active_deadlines] == [one.id for one in profile.active_deadlines]
    assert gers.deadline("D06") == profile.deadline("D06")


def test_mistakes_of_a_profile_based_on_another_are_told_at_its_own_lines() -> None:
    text = shipped("gers-ctggs", 1).read_text(encoding="utf-8")
    broken = text.replace("stale_diagnosis_months: 18", "stale_diagnosis_months: 0").replace(
        "{ at: 60, to: [FRAMEWORK_PILOT] }\n  - id: D16", "{ at: 60, to: [FRAMEWORK_PILOTE] }\n  - id: D16"
    )
    found = {(key, code): line for line, key, code in problems_of(broken)}
    assert set(found) == {
        ("thresholds.stale_diagnosis_months", "too-low"),
        ("deadlines[6].escalations[1].to[0]", "not-allowed-near"),
    }
    for line, said in zip(found.values(), ("stale_diagnosis_months: 0", "FRAMEWORK_PILOTE"), strict=True):
        assert said in broken.splitlines()[line - 1]
    unknown = problems_of(text.replace("cnaf-2020.v1", "cnaf-2019.v1"))
    assert ("based_on", "not-allowed-near") in {(key, code) for _, key, code in unknown}


# --- what is wrong with a file, all at once -------------------------------------------------------------------------


def test_all_problems_are_told_with_line_key_and_remedy() -> None:
    broken = (
        TEXT.replace("min_years: 1", "min_yaers: 1")
        .replace("offset: P6M", "offset: 6 months", 1)
        .replace("[CO_PILOT]", "[COPILOT]")
        .replace("version: 1", "version: '1'")
    )
    with pytest.raises(ProfileError) as caught:
        read_profile(broken)
    found = {(problem.line, problem.key, problem.code) for problem in caught.value.problems}
    assert found == {
        (line_of("version: 1"), "version", "wrong-type"),
        (line_of("duration:"), "duration.min_years", "missing-key"),
        (line_of("min_years"), "duration.min_yaers", "unknown-key-near"),
        (line_of("offset: P6M"), "deadlines[0].offset", "malformed"),
        (line_of("[CO_PILOT]"), "deadlines[1].escalations[0].to[0]", "not-allowed-near"),
    }
    french = "\n".join(caught.value.describe(Texts("fr")))
    place = f"Ligne {line_of('min_years')}, duration.min_yaers"
    assert f"{place} : « min_yaers » est une clé inconnue ; vouliez-vous écrire « min_years »" in french
    assert "exemple : P6M" in french
    assert "did you mean “CO_PILOT”" in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "key", "code"),
    [
        ("default_years: 5", "default_years: 9", "duration.default_years", "out-of-range"),
        ("max_years: 5", "max_years: 0", "duration.max_years", "too-low"),
        ("max_years: 5", "max_years: 5000", "duration.max_years", "too-high"),
        ("minimum_per_expertise: 1", "minimum_per_expertise: true", "forum.minimum_per_expertise", "wrong-type"),
        ("  - CULTURE", "  - CULTURE\n  - YOUTH", "themes", "repeated"),
        ("  - CULTURE", "  - CIRCUS", "themes[14]", "not-allowed"),
        ("  - YOUTH\n", "", "mandatory_themes", "not-allowed"),
        ("forum-not-crossed: N", "forum-not-crossed: Q", "rule_levels.forum-not-crossed", "not-allowed"),
        (
            "waivable_rules: [R04, R05, R06, R11, R12, R21, R27]",
            "waivable_rules: [R4]",
            "waivable_rules[0]",
            "malformed",
        ),
        ("deciding_bodies: [COPIL]", "deciding_bodies: []", "deciding_bodies", "empty"),
        ("title: profile.cnaf-2020", "title: profile.nothing", "title", "no-text"),
        ("name: cnaf-2020", "name: Cnaf 2020", "name", "malformed"),
        ("  - id: D02", "  - id: D01", "deadlines[1].id", "repeated"),
        ("  - { id: CLOSING }", "  - { id: CLOSING }\n  - { id: PLAN }", "milestones[11].id", "repeated"),
        ('last: "08-31"', 'last: "31/08"', "calendars.council_pauses[0].last", "malformed"),
        ("next_up: FRAMEWORK_CO_PILOT", "next_up: NOBODY", "roles[8].next_up", "not-allowed"),
        (
            "{ at: -60, to: [COOPERATION_OFFICER] }",
            "{ at: -30, to: [PILOT] }",
            "deadlines[0].reminders[1].at",
            "repeated",
        ),
        ("    trigger: LATEST_COUNTED_FORUM", "    trigger: FULL_MOON", "deadlines[6].trigger", "not-allowed"),
        ("version: 1", "version: 1\nversion: 2", "version", "repeated"),
        ("mandatory_themes: [", "mandatory_themes: [CIRCUS, ", "mandatory_themes[0]", "not-allowed"),
    ],
)
def test_each_mistake_is_named_at_its_key(old: str, new: str, key: str, code: str) -> None:
    assert (key, code) in {(found, said) for _, found, said in problems_of(changed(old, new))}


@pytest.mark.parametrize(
    ("refusal", "level", "allowed"),
    [
        ("dated-before-opening", "H", "IN"),  # a fact is never refused
        ("mandate-missing", "W", "IN"),
        ("priority-without-forum", "I", "WH"),  # a decision is no fact
        ("finding-not-in-diagnosis", "N", "WH"),
        ("forum-not-crossed", "I", "N"),
    ],
)
def test_a_level_that_the_rule_does_not_take_is_refused_with_those_it_does(
    refusal: str, level: str, allowed: str
) -> None:
    present = next((line for line in TEXT.splitlines() if line.startswith(f"  {refusal}: ")), None)
    wanted = f"  {refusal}: {level}"
    text = changed(present, wanted) if present else changed("rule_levels:\n", f"rule_levels:\n{wanted}\n")
    with pytest.raises(ProfileError) as caught:
        read_profile(text)
    (problem,) = caught.value.problems
    assert (problem.key, problem.parameters["value"]) == ("rule_levels", f"{refusal}: {level}")
    assert problem.parameters["allowed"] == ", ".join(f"{refusal}: {one}" for one in allowed)
    for language in LANGUAGES:
        (said,) = caught.value.describe(Texts(language))
        assert f"{refusal}: {allowed[0]}" in said


def test_a_kind_of_partner_without_a_signing_act_is_named() -> None:
    row = next(line for line in TEXT.splitlines() if "partner_kind: MSA" in line)
    with pytest.raises(ProfileError) as caught:
        read_profile(changed(row + "\n", ""))
    (said,) = caught.value.describe(Texts("fr"))
    assert "mutualité sociale agricole (MSA)" in said


def test_events_and_refusals_that_do_not_exist_are_refused() -> None:
    row = TEXT.splitlines()[line_of("priority-without-forum") - 1]
    found = problems_of(changed(row, row.replace("priority-without-forum", "priority-without-any")))
    assert (line_of("priority-without-forum"), "rule_levels.priority-without-any", "not-allowed-near") in found
    assert "deadlines[0].trigger" in {
        key for _, key, _ in problems_of(changed("engagement-confirmed", "engagement-told"))
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "wrong-type"),
        ("[]", "wrong-type"),
        ("name: [", "not-yaml"),
        ("name: \x00", "not-yaml"),
        ("? [a]\n: b", "not-yaml"),
        ("name: 2020-99-99", "not-yaml"),
        ("[" * 5000, "not-yaml"),
        ("name: !!python/object:os.system x", "not-yaml"),
        ("a: &a [*a]", "alias"),
    ],
)
def test_what_is_not_a_file_of_keys_is_told_plainly(text: str, code: str) -> None:
    assert code in {said for _, _, said in problems_of(text)}


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("name: é".encode("cp1252"))
    for path in (tmp_path / "absent.yaml", tmp_path, latin):
        with pytest.raises(ProfileError) as caught:
            read_profile(path)
        (problem,) = caught.value.problems
        assert (problem.file, problem.code) == (str(path), "unreadable")
        assert str(path) in problem.describe(Texts("fr"))


# --- any value anywhere ---------------------------------------------------------------------------------------------

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.text(max_size=8),
    st.just("P6M"),
    st.just("CAF"),
)
anything = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(scalars, inner, max_size=3), max_leaves=5
)


def places(node: Any) -> list[tuple[Any, Any]]:
    keys = list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else []
    return [place for key in keys for place in ((node, key), *places(node[key]))]


@pytest.mark.parametrize("examples", [15, pytest.param(60, marks=pytest.mark.slow)])
def test_whatever_is_written_gives_a_profile_or_sentences(examples: int) -> None:
    whole = yaml.safe_load(TEXT)

    @settings(max_examples=examples, deadline=None)
    @given(st.data())
    def write(data: st.DataObject) -> None:
        tree = deepcopy(whole)
        block, key = data.draw(st.sampled_from(places(tree)), label="where")
        if isinstance(block, dict) and data.draw(st.booleans(), label="another key"):
            key = data.draw(scalars, label="key")
        block[key] = data.draw(anything, label="value")
        try:
            read = read_profile(yaml.safe_dump(tree))
        except ProfileError as error:
            said = [line for language in LANGUAGES for line in error.describe(Texts(language))]
        else:
            said = [read.name]
        assert all(said)

    write()
