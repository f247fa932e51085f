"""Moving conventions to another method in the browser: looked at first, the worst first; pressed twice, done once."""

from __future__ import annotations

from dataclasses import replace
from html import unescape

from domain import roles
from domain.method import Period
from domain.profiles import PublishMethodProfile, profile_stream
from domain.values import Code
from tests.api.scene import Scene
from tests.api.test_access import csrf_of
from tests.projections.story import PROFILE

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
