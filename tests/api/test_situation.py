"""One convention is told in one way: the département, its own page and its committee's page never disagree."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape
from typing import get_args
from uuid import uuid4

import pytest
from sqlalchemy import Engine

from api.pages.addresses import COMMITTEE, JOURNAL
from api.pages.contexts import Of, Phrase
from api.pages.rendering import PageWords
from api.pages.sentences import MESSAGES, phrase_of, the
from domain import roles
from domain.action_sheets.following import CompleteAction
from domain.assignments import AssignTerritoryRole
from domain.convention.state import CONVENTION
from domain.kernel import Actor, RoleHeld
from domain.partners import RegisterPartner
from domain.steering import ConstituteSteeringBody
from domain.values import Code, PublicName
from projections.saying import Said, Word
from projections.which_act_brings_it import act_meeting
from tests.api.forms import form_of
from tests.api.scene import ELSEWHERE, UNCOVERED_SIREN, Scene, person_of
from tests.projections.story import METHOD, Story
from tests.statements import reading_statements
from workflows.methods.reader import read_profile
from workflows.texts import LANGUAGES, Texts
from workflows.texts.articles import of_name

PILL = re.compile(r"status status-([\w-]+)")


def html_of(scene: Scene, path: str, role: str = roles.FRAMEWORK_PILOT) -> str:
    """A page as one reader gets it."""
    answer = scene.browser(role).get(path)
    assert answer.status_code == 200, answer.headers.get("location")
    return str(answer.text)


def whole(scene: Scene, story: Story, role: str = roles.FRAMEWORK_PILOT) -> str:
    """All the pages of a convention as one reader gets them."""
    return scene.whole(scene.browser(role), story)


def said(html: str) -> str:
    """What it says, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html.replace("</strong>", ""))).split())


def part(html: str, heading: str) -> str:
    """One section of a page, by the id of its title."""
    found = re.search(rf'<section[^>]*aria-labelledby="{heading}(-title)?".*?</section>', html, re.DOTALL)
    assert found is not None
    return found[0]


def row_of(scene: Scene, territory: str) -> str:
    """A territory's line on the département's page."""
    html = html_of(scene, "/departement")
    return str(next(row for row in re.findall(r"<tr>.*?</tr>", html, re.DOTALL) if territory in row))


def statuses(scene: Scene, story: Story) -> tuple[str, str, str]:
    """The word that the list, the first page of a convention and the bar of each have for it."""
    html = html_of(scene, scene.page_of(story))
    bar = re.search(r'class="dot dot-([a-z-]+)', html)
    assert bar is not None
    return listed(scene, scene.page_of(story)), PILL.findall(html)[0], bar[1]


def listed(scene: Scene, territory: str) -> str:
    """The status under which a territory stands in the list: its own, or the one that its group is headed by."""
    html = html_of(scene, "/departement")
    groups = re.findall(r"<tbody>.*?</tbody>", html, re.DOTALL)
    group = next(one for one in groups if f'href="{territory}"' in one)
    row = next(one for one in re.findall(r"<tr>.*?</tr>", group, re.DOTALL) if f'href="{territory}"' in one)
    return str((PILL.findall(row) or re.findall(r'class="dot dot-([a-z-]+)"', group))[0])


def look_on(scene: Scene, day: date) -> None:
    """The clock moves to a day."""
    scene.clock.moment = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


# --- one situation ----------------------------------------------------------------------------------------------------


def test_a_theme_that_lacks_someone_is_to_be_watched_until_it_is_waived_and_again_afterwards(scene: Scene) -> None:
    story = scene.there
    story.forum("f1", date(2026, 5, 20), 9, 4, 0)
    assert statuses(scene, story) == ("watch", "watch", "watch")
    story.waive("R06", date(2026, 5, 21), date(2026, 6, 15), subject="PARENTING")
    assert statuses(scene, story) == ("on-time", "on-time", "on-time")
    look_on(scene, date(2026, 6, 16))
    assert statuses(scene, story) == ("watch", "watch", "watch")
    committee = html_of(scene, scene.page_of(story, COMMITTEE))
    assert "Déroger, ou tenir un forum complémentaire" in said(part(committee, "to-decide"))


def test_a_forum_held_before_the_diagnosis_is_told_alike(scene: Scene) -> None:
    scene.there.forum("f1", date(2026, 3, 2))
    assert statuses(scene, scene.there) == ("watch", "watch", "watch")


def test_what_is_late_is_late_everywhere(scene: Scene) -> None:
    assert statuses(scene, scene.here) == ("late", "late", "late")


def test_a_convention_signed_without_its_plan_says_so_first(scene: Scene) -> None:
    story = scene.there
    story.mandate(story.caf, date(2026, 5, 4))
    story.mandate(story.epci, date(2026, 5, 4), date(2026, 5, 5))
    for partner in (story.caf, story.epci):
        story.sign(partner, date(2026, 5, 6), covers=(CONVENTION,))
    story.mandate(story.cpam, date(2026, 5, 4))
    story.sign(story.cpam, date(2026, 5, 6), covers=(CONVENTION,))
    story.activate(date(2026, 5, 11))
    page = whole(scene, story)
    assert "mais son plan d’actions n’est pas signé." in said(page)
    assert statuses(scene, story) == ("watch", "watch", "watch")
    assert "son plan d’actions ne l’est pas" in said(row_of(scene, scene.page_of(story)))
    tile = next(one for one in re.findall(r'<li class="tile">.*?</li>', page, re.DOTALL) if "Signatures" in one)
    listed = re.search(r'id="step-plan-signed".*?</li>', page, re.DOTALL)
    assert listed is not None
    assert PILL.findall(tile) == ["not-started"] == PILL.findall(listed[0])[:1]
    assert "point-irregular" not in page


# --- what does not count ----------------------------------------------------------------------------------------------


def test_a_signature_stays_in_the_list_while_part_of_its_effect_is_withheld(scene: Scene) -> None:
    story, page = scene.here, scene.page_of(scene.here, JOURNAL)
    assert "CPAM du Gers" in said(part(html_of(scene, page), "irregular"))
    story.mandate(story.cpam, date(2026, 5, 4))
    story.sign(story.cpam, date(2026, 5, 5), covers=(CONVENTION,))
    assert "CPAM du Gers" in said(part(html_of(scene, page), "irregular"))
    story.sign(story.cpam, date(2026, 5, 6), covers=(Code("PLAN"),))
    assert 'aria-labelledby="irregular"' not in html_of(scene, page)


def test_a_signature_given_too_early_says_what_was_true_then_and_what_mends_it(scene: Scene) -> None:
    story = _planned(scene)
    story.sign(story.epci, date(2026, 5, 12))
    html = whole(scene, story)
    assert "Signée le 12 mai 2026, sans mandat ; le mandat est attendu, puis une nouvelle signature." in said(html)
    story.mandate(story.epci, date(2026, 5, 18), date(2026, 5, 20))
    html = whole(scene, story)
    expected = "Signée le 12 mai 2026, avant le mandat (adopté le 18 mai 2026, exécutoire le 20 mai 2026) ; à signer de"
    assert expected in said(html)
    step = re.search(r'id="step-plan-signed".*?</li>\s*<li class="milestone', html, re.DOTALL)
    assert step is not None
    assert "CC de la Gascogne Toulousaine : signée le 12 mai 2026, avant le mandat" in said(step[0])
    assert "Le mandat du partenaire manque" not in said(part(html, "signatures"))


def test_a_signature_given_before_its_mandate_was_executory_counts_from_that_day(scene: Scene) -> None:
    story = _planned(scene)
    story.mandate(story.epci, date(2026, 5, 11))
    story.sign(story.epci, date(2026, 5, 12))
    expected = "Signée le 12 mai 2026 ; la délibération du 11 mai 2026 n’est pas encore exécutoire."
    assert expected in said(part(whole(scene, story), "signatures"))
    link = re.search(rf'href="([^"]+/record-mandate\?partner_id={story.epci}[^"]*)"', whole(scene, story, ELSEWHERE))
    assert link is not None, "all is filled but the day that it waits for"
    form = form_of(scene.browser(ELSEWHERE).get(unescape(link[1])).text, link[1].partition("?")[0])
    assert (form.one("kind"), form.one("occurred_on")) == ("COMMUNITY_COUNCIL", "2026-05-11"), (
        "all but the day it waits for"
    )
    assert form.one("executory_on") == ""
    story.mandate(story.epci, date(2026, 5, 11), date(2026, 5, 20))
    matrix = said(part(whole(scene, story), "signatures"))
    assert "compte depuis le 20 mai" in matrix
    assert expected not in matrix


def test_an_engagement_dated_before_the_opening_is_not_shown_as_done(scene: Scene) -> None:
    story = _open_on(scene, scene.uncovered, 1)
    story.engage(date(2026, 5, 1))
    html = whole(scene, story)
    step = re.search(r'id="step-engagement-confirmed".*?</li>\s*<li class="milestone', html, re.DOTALL)
    assert step is not None
    assert PILL.findall(step[0])[0] == "irregular"
    assert "Enregistrer l’engagement" in said(part(html, "next-title"))
    story.engage(date(2026, 5, 11))
    assert statuses(scene, story)[1] == "on-time"


def _planned(scene: Scene) -> Story:
    """The other territory's convention with a validated plan."""
    story = scene.there
    story.forum("f1", date(2026, 4, 2))
    story.choose("p1", date(2026, 4, 20))
    story.plan(date(2026, 5, 4))
    return story


# --- what is to be done -----------------------------------------------------------------------------------------------


def test_what_is_to_be_done_is_what_the_first_sentence_says(scene: Scene) -> None:
    story = _planned(scene)
    story.forum("f2", date(2026, 5, 5), 9, 4, 0, theme="MOBILITY")
    story.mandate(story.caf, date(2026, 5, 6))
    story.mandate(story.epci, date(2026, 5, 6), date(2026, 5, 7))
    story.sign(story.caf, date(2026, 5, 12))
    story.sign(story.epci, date(2026, 5, 12))
    html = whole(scene, story)
    assert "il reste à mettre la convention en vigueur" in said(html)
    assert said(part(html, "next-title")).startswith("À faire maintenant Pas commencé Entrée en vigueur")
    assert "Enregistrer le forum" not in said(part(html, "next-title"))
    assert "Entrée en vigueur" in said(part(html_of(scene, scene.page_of(story, COMMITTEE)), "to-decide"))


@pytest.mark.parametrize("role", [roles.PILOT, roles.COMMITTEE_MEMBER, roles.FRAMEWORK_PILOT])
def test_what_is_awaited_is_told_to_every_reader_with_its_status_and_delay(scene: Scene, role: str) -> None:
    box = part(whole(scene, scene.here, role), "next-title")
    assert "En retard Bilan 2025, attendu depuis 62 jours" in said(box)
    assert "Enregistrer le bilan" in said(box)
    if role != roles.PILOT:
        assert "attendu de : Camille Pilot (pilote)" in said(box)


def test_acts_that_are_done_or_not_possible_yet_are_not_offered(scene: Scene) -> None:
    def offered() -> set[str]:
        return set(re.findall(r"/actes/([\w-]+)(?!\?corrects|[\w-])", whole(scene, scene.here, roles.PILOT)))

    assert "record-review" in offered()
    assert not offered() & {"record-engagement", "activate-convention", "validate-action-plan"}
    scene.here.review(2025, date(2026, 5, 4))
    assert "record-review" not in offered()


def test_each_signatory_has_one_act(scene: Scene) -> None:
    html = part(whole(scene, scene.here, roles.PILOT), "signatures")
    links = re.findall(r"/actes/(record-mandate|record-signature)[?\"]", html)
    assert links == ["record-mandate"]


# --- the path ---------------------------------------------------------------------------------------------------------


def test_a_milestone_keeps_the_day_it_was_first_reached(scene: Scene) -> None:
    story = scene.here
    story.choose("p2", date(2026, 5, 4))
    story.forum("fo2", date(2026, 5, 5))
    html = whole(scene, story)
    for code, first, latest in (
        ("priorities", "2 juillet 2024", "La dernière le 4 mai 2026"),
        ("forums", "4 juin 2024", "Le dernier le 5 mai 2026"),
    ):
        step = re.search(rf'id="step-{code}".*?<h3>.*?</h3>(.*?)</li>\s*<li class="milestone', html, re.DOTALL)
        assert step is not None
        assert said(step[1]).startswith(f"Fait {first}")
        assert latest in said(step[1])


def test_a_range_over_two_years_keeps_both(scene: Scene) -> None:
    sheet = scene.browser(roles.PILOT).get(f"{scene.page_of(scene.here, 'plan')}/{str(scene.here.sheet)[:8]}")
    assert "Du 1er janvier 2025 au 1er janvier 2026" in said(sheet.text)
    words = PageWords(Texts("fr"))
    assert words.span(date(2028, 2, 2), date(2028, 12, 31)) == "du 2 février au 31 décembre 2028"


# --- the département --------------------------------------------------------------------------------------------------


def test_a_late_line_names_the_act_the_person_and_the_place(scene: Scene) -> None:
    scene.here.mandate(scene.here.cpam, date(2026, 5, 4))
    scene.here.sign(scene.here.cpam, date(2026, 5, 5))
    scene.here.tell(CompleteAction(stream_id=scene.here.sheet, occurred_on=date(2026, 1, 1)))
    look = part(html_of(scene, "/departement"), "first-title")
    assert "Enregistrer le bilan, attendu de : Camille Pilot (pilote)" in said(look)
    assert f'href="{scene.page_of(scene.here)}#step-review-2025"' in look
    page = whole(scene, scene.here)
    assert 'id="step-review-2025"' in page


def test_without_a_deadline_the_next_act_is_told(scene: Scene) -> None:
    _open_on(scene, scene.uncovered, 1)
    assert "Prochain acte : engagement" in said(row_of(scene, "CC Val de Gers"))


def test_the_number_of_questions_does_not_grow_with_the_territories(scene: Scene) -> None:
    _open_on(scene, scene.uncovered, 1)
    _statements(scene.house.engine, scene)  # the first page also reads what is new in the log
    few = _statements(scene.house.engine, scene)
    for number, siren in enumerate(("243200425", "200030435", "200035632"), 2):
        territory = scene.here.register(Code(siren), f"CC {number}", f"3200{number}")
        _open_on(scene, territory, number)
    _statements(scene.house.engine, scene)
    assert _statements(scene.house.engine, scene) == few <= 30


def _statements(engine: Engine, scene: Scene) -> int:
    """How many statements the département's page asks."""
    client = scene.browser(roles.FRAMEWORK_PILOT)
    with reading_statements(engine) as asked:
        assert client.get("/departement").status_code == 200
    return len(asked)


def _open_on(scene: Scene, territory_id: object, number: int) -> Story:
    """A convention just opened on one more territory, held by an institution of its own."""
    story, first = Story(scene.house.engine), scene.here
    story.caf, story.cpam, story.framework = first.caf, first.cpam, first.framework
    story.territory = territory_id  # type: ignore[assignment]
    story.pilot = Actor(story.pilot.actor_id, (RoleHeld(Code("PILOT"), story.territory),))
    story.tell(
        RegisterPartner(stream_id=story.epci, kind=Code("EPCI"), name=PublicName(f"EPCI {number}")),
        story.administrator,
    )
    story.tell(
        ConstituteSteeringBody(
            stream_id=story.body,
            home_territory_id=story.territory,
            kind=Code("COPIL"),
            name=PublicName("Comité de pilotage"),
        )
    )
    story.open(date(2026, 5, 4), date(2027, 1, 1))
    return story


# --- home -------------------------------------------------------------------------------------------------------------


def test_whoever_has_one_territory_comes_home_to_its_convention(scene: Scene) -> None:
    client = scene.browser(roles.COMMITTEE_MEMBER)
    assert client.get("/").headers["location"] == scene.page_of(scene.here, COMMITTEE)
    page = client.get("/departement").text
    assert "tile-map" not in page
    assert "comme prévu" not in said(page)
    assert scene.browser(roles.FRAMEWORK_PILOT).get("/").headers["location"] == "/departement"


def test_a_territory_without_convention_has_a_home_that_says_so(scene: Scene) -> None:
    scene.here.tell(
        AssignTerritoryRole(
            stream_id=scene.uncovered,
            role=roles.PILOT,
            person_id=person_of("NOBODY"),
            occurred_on=date(2024, 1, 1),
        ),
        scene.here.administrator,
    )
    client = scene.browser("NOBODY")
    home = f"/t/{UNCOVERED_SIREN}"
    assert f'href="{home}"' in client.get("/").text
    page = client.get(home).text
    assert "CC Val de Gers : pas encore de convention" in said(page)
    assert f"/territoires/{scene.uncovered}/actes/open-convention" in page
    assert scene.browser(roles.PILOT).get(home).status_code == 404


# --- the method -------------------------------------------------------------------------------------------------------


def test_the_act_of_a_deadline_is_what_its_method_says_meets_it() -> None:
    expected = {
        "D01": "record-shared-diagnosis",
        "D02": "record-forum",
        "D05": "choose-priority",
        "D06": "validate-action-plan",
        "D11": "record-signature",
        "D16": "record-review",
    }
    rules = [rule for rule in read_profile(METHOD).active_deadlines if rule.id in expected]
    assert {rule.id: act_meeting(rule) for rule in rules} == expected
    renamed = [replace(rule, id=Code("D77")) for rule in rules]
    assert [act_meeting(rule) for rule in renamed] == list(expected.values())


# --- words ------------------------------------------------------------------------------------------------------------


def test_what_is_expected_agrees_with_what_is_expected_of() -> None:
    words = PageWords(Texts("fr"))
    plan, diagnosis = Phrase("deadline.D06"), Phrase("deadline.D01")
    day = date(2026, 7, 3)
    assert words.agreed("page.expected-on", plan, on=day) == "attendue le 3 juillet 2026"
    assert words.agreed("page.expected-on", diagnosis, on=day) == "attendu le 3 juillet 2026"
    soon = words.say(Phrase("page.look.soon", {"what": plan, "the": the(plan), "due": day}))
    assert soon == "la validation du plan d’actions est attendue pour le 3 juillet 2026."
    signature = Phrase("milestone.signature-of", {"of_partner": Of("Commune de Masseube")})
    following = words.say(Phrase("answer.next", {"what": signature, "the": the(signature), "due": day}))
    assert following == "la signature de Masseube est attendue pour le 3 juillet 2026."


def test_a_name_is_said_as_french_people_say_it() -> None:
    """« La signature de Commune de Masseube », « de le Département »."""
    said = {
        "Commune de Masseube": "de Masseube",
        "Commune du Houga": "du Houga",
        "Commune d’Auch": "d’Auch",
        "Caf du Gers": "de la Caf du Gers",
        "Département du Gers": "du Département du Gers",
        "Association Familles": "de l’association Familles",
        "État": "de l’État",
        "Familles rurales": "de Familles rurales",
        "Entraide": "d’Entraide",
    }
    assert {name: of_name(Texts("fr"), name) for name in said} == said
    assert of_name(Texts("en"), "Commune de Masseube") == "of Commune de Masseube"


def test_an_answer_is_a_sentence_with_a_verb_about_what_is_named() -> None:
    """« Signature (Commune de Masseube), attendue depuis 33 jours »: nobody speaks so."""
    partners = (uuid4(), uuid4())
    names = dict(zip(partners, ("Commune de Masseube", "Commune de Seissan"), strict=True))
    late = Said(word="late-signatures", partners=partners, count=2, days=33)
    said = PageWords(Texts("fr")).say(phrase_of(late, names.__getitem__))
    assert said == "Il manque les signatures de Masseube et de Seissan, depuis 33 jours."
    for language in LANGUAGES:
        texts = Texts(language)
        expected = [key for key in texts.messages if re.fullmatch(r"deadline\.D\d+|step\.[a-z-]+", key)]
        assert [key for key in expected if not texts.has(f"the.{key}")] == []


def test_everything_that_may_be_said_has_its_message() -> None:
    words = set(get_args(Word))
    assert words == MESSAGES.keys()
    examples = {"deadline": "D05", "step": "record-forum", "milestone": "PLAN", "latest": "FORUMS"}
    examples |= {"silence-of": "S03", "silence": "S01", "of-partner": "D09"}
    examples |= {"milestone-counted": "FORUMS", "milestone-progress": "PLAN_SIGNED"}
    for language in LANGUAGES:
        texts = Texts(language)
        for word in get_args(Word):
            said = phrase_of(Said(word=word, of=Code(examples.get(word, "")), count=2, total=6), str)
            assert texts.has(said.key), said.key
