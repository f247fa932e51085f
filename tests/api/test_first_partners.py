"""The first partners, proposed and ticked: of the territory that one chose, and as one named them."""

from __future__ import annotations

from starlette.testclient import TestClient

from domain import roles
from domain.partners import PartnerRegistered
from tests.api.forms import Form, forms_of
from tests.api.scene import Scene, assign, person_of

PAGE = "/administration/partenaires"


def ticking(html: str) -> Form:
    """The form to tick, below the one that chooses a territory."""
    return [form for form in forms_of(html) if form.action.startswith(PAGE)][-1]


def opened(scene: Scene) -> tuple[TestClient, Form]:
    """What the territory without convention proposes to an administrator who pilots another one."""
    assign(scene.here, roles.PILOT, person_of(roles.ADMINISTRATOR), None)
    client = scene.browser(roles.ADMINISTRATOR)
    return client, ticking(client.get(f"{PAGE}?territoire={scene.uncovered}").text)


def test_those_of_the_territory_one_chose_are_registered(scene: Scene) -> None:
    client, form = opened(scene)
    (commune,) = [one for one in form.offered["partner"] if one.startswith("COMMUNE:32242")]
    answer = client.post(form.action, data=form.values | {"partner": [commune]})
    assert answer.status_code == 303
    registered = [one for one in scene.events() if isinstance(one, PartnerRegistered)][-1]
    assert (registered.kind, registered.home_territory_id) == ("COMMUNE", scene.uncovered)


def test_what_was_ticked_and_named_is_given_back(scene: Scene) -> None:
    client, form = opened(scene)
    before = scene.event_count()
    (field,) = [one for one in form.values if one.startswith("name.")]
    for ticked, named in (([], "Le Département"), ([field.removeprefix("name.")], "Département " * 40)):
        answer = client.post(form.action, data=form.values | {"partner": ticked, field: [named]})
        assert answer.status_code == 400
        again = ticking(answer.text).values
        assert (again.get("partner", []), again[field]) == (ticked, [named])
    assert scene.event_count() == before
