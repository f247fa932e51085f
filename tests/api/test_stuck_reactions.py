"""What the engine could not record by itself is shown to whoever keeps the instance, with its cause and a new try."""

from __future__ import annotations

from domain import roles
from domain.convention.activating import RequiredSignatureMissing
from domain.values import Code, deterministic_id
from tests.api.scene import NOW, Scene
from tests.demo.page_tree import read
from workflows.reactions.stuck import BROKEN, REFUSED, Stuck, StuckList

PAGE = "/administration/suites"


def stuck(scene: Scene, number: int, why: str) -> Stuck:
    rules = (RequiredSignatureMissing((scene.here.caf,)),) if why == REFUSED else ()
    one = Stuck(
        stuck_id=deterministic_id("stuck", number),
        reaction=Code("entry-into-force"),
        convention_id=scene.here.convention,
        cause_id=None,
        since=NOW,
        tried_at=NOW,
        attempts=1,
        basis=0,
        why=Code(why),
        rules=rules,
        detail="",
    )
    StuckList(scene.house.engine).put(one)
    return one


def test_what_is_stuck_says_why_and_is_tried_again(scene: Scene) -> None:
    refused, broken = stuck(scene, 1, REFUSED), stuck(scene, 2, BROKEN)
    client = scene.browser(roles.ADMINISTRATOR)
    page = read(client.get(PAGE).text)
    main = next(page.all("main"))
    assert "Il manque des signatures requises" in main.text
    assert "erreur de programme" in main.text
    (token, *_) = [one.given["value"] for one in main.all("input") if one.given.get("name") == "csrf_token"]
    assert client.post(PAGE, data={"csrf_token": "another", "stuck": str(refused.stuck_id)}).status_code == 403
    assert client.post(PAGE, data={"csrf_token": token, "stuck": "rien"}).status_code == 400
    assert client.post(PAGE, data={"csrf_token": token, "stuck": str(broken.stuck_id)}).status_code == 303
    assert "Rien n’attend" in client.get(PAGE).text, "the convention is in force already: nothing follows any more"


def test_only_whoever_keeps_the_instance_sees_it(scene: Scene) -> None:
    assert scene.browser(roles.PILOT).get(PAGE).status_code == 403
