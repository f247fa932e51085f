"""Moving conventions to another method in the browser: looked at first, the worst first; pressed twice, done once."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest

from api.schemas import inside, model_of
from domain import roles
from domain.method import MethodProfile, Period
from domain.profiles import PublishMethodProfile, profile_stream
from domain.values import Code
from projections.what_a_method_says import differences
from tests.api.routes import API
from tests.api.scene import Scene
from tests.api.test_access import csrf_of
from tests.projections.story import PROFILE
from workflows.methods.diagram import svg
from workflows.methods.saying import MethodWords, parts_of
from workflows.texts import Texts

PAGE = "/administration/methodes/migrer"
QUERY = "?de=cnaf-2020%401&vers=cnaf-2020%402"


def publish(scene: Scene) -> None:
    """A second version: reviews within one month instead of three."""
    deadlines = tuple(replace(one, offset=Period(months=1)) if one.id == "D16" else one for one in PROFILE.deadlines)
    levels = tuple(
        (code, Code("H") if code == "priority-without-forum" else level) for code, level in PROFILE.rule_levels
    )
    themes = tuple(one for one in PROFILE.themes if one != "PARENTING")
    second = replace(PROFILE, version=2, deadlines=deadlines, rule_levels=levels, themes=themes)
    command = PublishMethodProfile(stream_id=profile_stream(second.name, 2), profile=second)
    scene.here.tell(command, scene.here.administrator)


def read(text: str) -> str:
    return " ".join(unescape(text).replace("\xa0", " ").split())


def test_who_keeps_the_deadlines_does_not_choose_them(scene: Scene) -> None:
    assert scene.browser(roles.PILOT).get(PAGE).status_code == 403
    assert scene.browser(roles.FRAMEWORK_PILOT).get(PAGE).status_code == 200


def test_looked_at_then_moved_then_nobody_is_left_to_move(scene: Scene) -> None:
    publish(scene)
    client = scene.browser(roles.ADMINISTRATOR)
    shown = read(client.get(PAGE + QUERY).text)
    assert "Déplacé : bilan annuel" in shown
    assert "dérogeable par décision du COPIL, puis" in shown, "rules that change their level"
    assert "ne les nomme pas : parentalité" in shown
    before = scene.event_count()
    sent = {"csrf_token": csrf_of(scene, roles.ADMINISTRATOR), "convention": str(scene.here.convention), "motive": ""}
    wrong = client.post(PAGE + QUERY, data=sent)
    assert wrong.status_code == 400
    assert f'value="{scene.here.convention}" checked' in wrong.text, "what was ticked is kept"
    done = client.post(PAGE + QUERY, data=sent | {"motive": "Le département a revu ses délais"})
    assert "suit la nouvelle méthode" in read(done.text)
    assert scene.here.dossier.method.version == 2
    assert scene.event_count() == before + 1
    again = client.post(PAGE + QUERY, data=sent | {"motive": "Le département a revu ses délais"})
    assert again.status_code == 400
    assert "Cochez au moins une convention" in read(again.text)
    journal = read(client.get(scene.page_of(scene.here, "journal")).text)
    assert (
        "La convention a changé de méthode : Méthode Cnaf 2020, version 1, puis Méthode Cnaf 2020, version 2" in journal
    )
    assert "Jusqu’au 31 mai 2026 : Méthode Cnaf 2020, version 1" in journal


def test_all_at_one_press_and_back_again(scene: Scene) -> None:
    publish(scene)
    client = scene.browser(roles.ADMINISTRATOR)
    form = {"csrf_token": csrf_of(scene, roles.ADMINISTRATOR), "all": "1", "motive": "Un essai"}
    client.post(PAGE + QUERY, data=form)
    stories = (scene.here, scene.there)
    assert [one.dossier.method.version for one in stories] == [2, 2]
    client.post(f"{PAGE}?de=cnaf-2020%402&vers=cnaf-2020%401", data=form)
    assert [one.dossier.method.version for one in stories] == [1, 1]
    client.post(PAGE + QUERY, data=form)
    assert [one.dossier.method.version for one in stories] == [2, 2]


def test_what_cannot_follow_a_method_is_said_to_where_the_method_names_no_act_of_a_partner(scene: Scene) -> None:
    """Not answered by a failure of the whole page."""
    rules = tuple(one for one in PROFILE.mandate_rules if one.partner_kind != "EPCI")
    second = replace(PROFILE, version=2, mandate_rules=rules)
    command = PublishMethodProfile(stream_id=profile_stream(second.name, 2), profile=second)
    scene.here.tell(command, scene.here.administrator)
    shown = read(scene.browser(roles.ADMINISTRATOR).get(PAGE + QUERY).text)
    assert "la méthode ne dit pas par quel acte s’engagent" in shown


LIST = "/administration/methodes"


def test_the_methods_are_listed_with_who_follows_them(scene: Scene) -> None:
    publish(scene)
    assert scene.browser(roles.PILOT).get(LIST).status_code == 403
    for role in (roles.FRAMEWORK_PILOT, roles.ADMINISTRATOR):
        client = scene.browser(role)
        page = read(client.get(LIST).text)
        assert "Méthode Cnaf 2020, version 2" in page
        assert "Deux conventions en cours" in page
        assert "Aucune convention en cours" in page
        assert f'href="{LIST}/cnaf-2020/2"' in client.get(LIST).text
    form = {
        "csrf_token": csrf_of(scene, roles.ADMINISTRATOR),
        "convention": str(scene.here.convention),
        "motive": "Ici",
    }
    client.post(PAGE + QUERY, data=form)
    said = scene.tool(roles.PILOT).get(f"{API}/methods").json()
    assert {one["version"]: one["conventions"] for one in said if one["name"] == "cnaf-2020"}[2] == 1


def test_what_the_command_line_says_of_a_method_the_page_says(scene: Scene) -> None:
    publish(scene)
    client = scene.browser(roles.FRAMEWORK_PILOT)
    shown = client.get(f"{LIST}/cnaf-2020/2").text
    page = read(re.sub(r"<[^>]*>", " ", shown))
    method = scene.house.reader.register().methods["cnaf-2020", 2]
    words, texts = MethodWords(Texts("fr"), codes=False), Texts("fr", typeset=True)
    for part, lines in parts_of(method).items():
        for one in lines:
            said = words.subject(one) if part == "DEADLINES" else words.line(one)
            assert read(said)[1:] in page, "every line, and every deadline"
    assert not re.search(r"\b[DS][0-9]{2}\b", page), "in plain words, without codes"
    assert svg(method, texts) in shown
    assert f"{PAGE}?de=cnaf-2020%402" in shown
    former = scene.house.reader.register().methods["cnaf-2020", 1]
    changed = differences(former, method)
    assert changed
    for each in changed:
        assert read(words.difference(each))[1:] in page, "its version before, where none is chosen"
    same = read(client.get(f"{LIST}/cnaf-2020/2?avec=cnaf-2020%402").text)
    assert "différences avec" not in same, "no method differs from itself"


@pytest.mark.parametrize("unknown", ["cnaf-2020/9", "cnaf-2020/un", "nulle/1"])
def test_a_method_that_is_not_published_does_not_exist(scene: Scene, unknown: str) -> None:
    assert scene.browser(roles.ADMINISTRATOR).get(f"{LIST}/{unknown}").status_code == 404
    assert scene.tool(roles.PILOT).get(f"{API}/methods/{unknown}").status_code in (400, 404)


def test_a_tool_reads_a_method_as_it_would_be_published(scene: Scene) -> None:
    told = scene.tool(roles.PILOT).get(f"{API}/methods/cnaf-2020/1").json()
    assert inside(MethodProfile, model_of(MethodProfile).model_validate(told)) == PROFILE
