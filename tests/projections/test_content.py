"""What the plan rests on, what the committee decided, who holds which role, what is known."""

import uuid
from datetime import date, timedelta

from domain.convention.forums import ConveneForum
from domain.steering import PRIORITY_CHOSEN
from domain.territories import ChangePerimeter, Commune
from domain.values import Code, LocalId, Prose, PublicName, Theme
from projections.engine import prose_tokens
from projections.what_reviews_saw import reviews
from projections.what_the_committee_decided import bodies, meetings, waivers
from projections.what_the_plan_rests_on import basis
from projections.which_partners_and_places_are_known import (
    by_siren,
    frameworks,
    partners,
    profile,
    profiles,
    territories,
    territory,
)
from projections.who_holds_which_role import role_holders, roles_of
from tests.projections.story import FULL_GRID, OTHER_SIREN, SIREN, TEXT, Story


def test_the_plan_rests_on_diagnosis_forums_and_priorities(story: Story) -> None:
    story.until_signed()
    found = basis(story.dossier)
    assert [(one.version, one.shared_on, one.themes) for one in found.diagnoses] == [
        (1, date(2024, 5, 14), (Theme(Code("PARENTING")),))
    ]
    assert [one.finding_id for one in found.diagnoses[0].findings] == ["f1"]
    (forum,) = found.forums
    assert forum.attendance is not None
    assert (forum.attendance.technical, forum.attendance.political, forum.attendance.usage) == (9, 4, 6)
    assert set(forum.cells) == set(FULL_GRID)
    (priority,) = found.priorities
    assert (priority.rank, priority.themes, priority.findings) == (1, (Theme(Code("PARENTING")),), ("f1",))
    assert priority.decided_in == story.decision(PRIORITY_CHOSEN)
    (sheet,) = found.sheets
    assert (sheet.owner_name, sheet.in_plan) == ("CC de la Gascogne Toulousaine", True)
    (plan,) = found.plans
    assert (plan.sheets, plan.text_sha256) == ((sheet.sheet_id,), TEXT)
    texts = set(story.vault.open_texts(prose_tokens(found)).values())
    assert texts == {"Peu de lieux d'accueil", "Salle des fêtes", "Soutenir les parents", "Navette des parents"}


def test_a_forum_convened_then_held_is_one(story: Story) -> None:
    story.set_up()
    story.open()
    story.diagnose(date(2024, 5, 14))
    story.tell(
        ConveneForum(
            stream_id=story.convention,
            forum_id=LocalId("fo1"),
            themes=(Code("PARENTING"),),
            planned_on=date(2024, 6, 3),
            occurred_on=date(2024, 5, 15),
        )
    )
    (announced,) = basis(story.dossier).forums
    assert (announced.planned_on, announced.held_on, announced.attendance) == (date(2024, 6, 3), None, None)
    story.forum("fo1", date(2024, 6, 4))
    (held,) = basis(story.dossier).forums
    assert (held.planned_on, held.held_on) == (date(2024, 6, 3), date(2024, 6, 4))


def test_decisions_say_what_was_founded_on_them(story: Story) -> None:
    story.until_signed()
    story.meet("m2", date(2024, 12, 10))
    (committee,) = bodies(story.reader.surroundings(story.territory))
    second, first = meetings(story.reader.surroundings(story.territory), [story.dossier])
    assert meetings(story.dossier, [story.dossier]) == (second, first)
    assert (committee.kind, committee.body_id) == ("COPIL", story.body)
    assert (first.meeting_id, first.held_on, first.attendance) == ("m1", date(2024, 1, 10), 7)
    assert first.partners_present == (story.caf,)
    assert [[str(use.topic) for use in decision.uses] for decision in first.decisions] == [
        ["ctg.convention.priority-chosen"],
        ["ctg.convention.action-plan-validated"],
        [],
    ]
    assert second.decisions[0].uses == ()


def test_waivers_and_reviews(story: Story) -> None:
    story.until_signed()
    story.waive("R06", date(2024, 5, 20), date(2024, 12, 31), subject="MOBILITY")
    story.review(2025, date(2026, 3, 20))
    (before,) = waivers(story.dossier, date(2024, 12, 31))
    (after,) = waivers(story.dossier, date(2025, 1, 1))
    (review,) = reviews(story.dossier, story.today)
    assert (before.rule, before.subject, before.in_force, after.in_force) == ("R06", "MOBILITY", True, False)
    assert (review.kind, review.held_on, review.users_heard) == ("ANNUAL", date(2026, 3, 20), 3)
    assert review.period.effective_to == date(2025, 12, 31)


def test_roles_by_day(story: Story) -> None:
    first, last = date(2024, 3, 1), date(2024, 8, 31)
    story.today = first
    story.set_up()
    story.attach(story.territory)
    officer, pilot = uuid.uuid4(), uuid.uuid4()
    story.assign("COOPERATION_OFFICER", officer, first, last)
    story.assign_on_framework("FRAMEWORK_PILOT", pilot, first)
    register = story.known
    for day, held in ((first - timedelta(days=1), 0), (first, 1), (last, 1), (last + timedelta(days=1), 0)):
        assert len(roles_of(register, officer, day)) == held
    (own,) = roles_of(register, officer, first)
    (wide,) = roles_of(register, pilot, first)
    everyone = role_holders(register, story.territory, None, first)
    pilots = role_holders(register, story.territory, Code("FRAMEWORK_PILOT"), first)
    nobody = role_holders(register, uuid.uuid4(), None, first)
    assert (own.role, own.territory_id) == ("COOPERATION_OFFICER", story.territory)
    assert (wide.role, wide.territory_id) == ("FRAMEWORK_PILOT", None)
    assert {one.person_id for one in everyone} == {officer, pilot}
    assert [one.person_id for one in pilots] == [pilot]
    assert nobody == ()


def test_a_role_gives_no_right_before_it_was_recorded(story: Story) -> None:
    """R33: whatever day it is said to begin; who held it then is told all the same."""
    story.set_up()
    officer, since = uuid.uuid4(), date(2024, 3, 1)
    story.assign("COOPERATION_OFFICER", officer, since)
    rights = [len(roles_of(story.known, officer, day)) for day in (since, story.today - timedelta(days=1), story.today)]
    assert rights == [0, 0, 1]
    assert [one.person_id for one in role_holders(story.known, story.territory, None, since)] == [officer]


def test_what_is_known(story: Story) -> None:
    story.set_up()
    other = story.register(OTHER_SIREN, "CC Aygues-Vives", "32013")
    story.attach(other)
    story.tell(
        ChangePerimeter(
            stream_id=other,
            name=PublicName("CC Aygues Vives"),
            legal_form=Code("CC"),
            communes=(
                Commune(Code("32013"), None, PublicName("Auch"), 100),
                Commune(Code("32160"), None, PublicName("L'Isle-Jourdain"), 200),
            ),
        ),
        story.administrator,
    )
    register = story.known
    changed = territory(register, other)
    assert changed == by_siren(register, OTHER_SIREN)
    assert [one.siren for one in territories(register)] == [OTHER_SIREN, SIREN]
    assert [one.partner_id for one in partners(register, [story.caf])] == [story.caf]
    assert len(partners(register)) == 3
    (framework,) = frameworks(register)
    (method,) = profiles(register)
    assert profile(register, "cnaf-2020", 1) == method
    assert changed is not None
    assert (changed.name, changed.population, changed.version) == ("CC Aygues Vives", 300, 2)
    assert framework.territories == (other,)
    assert framework.signatories == (story.caf,)


def test_prose_is_found_at_any_depth() -> None:
    sealed = [Prose(token=f"t{number}") for number in range(3)]
    assert prose_tokens({"a": [sealed[0], {"b": (sealed[1],)}], "c": sealed[2]}) == {"t0", "t1", "t2"}
