"""The log says codes and ids in clear for ever: a name that has their form is taken for one by no command."""

from __future__ import annotations

from uuid import uuid4

import pytest

from api.examples import example_of
from domain import roles
from domain.kernel import COMMANDS
from domain.values import Code, LocalId, Sha256
from tests.api.forms import open_form
from tests.api.scene import Scene
from tests.forgetting.canaries import places, with_text

NAME = "Dupont-Martin"


def test_no_command_takes_a_name_for_a_code_or_an_id(scene: Scene) -> None:
    here = {
        "conventions": scene.here.convention,
        "steering-bodies": scene.here.body,
        "territories": scene.here.territory,
        "frameworks": scene.here.framework,
    }
    tried, taken = 0, []
    for kind in COMMANDS.values():
        if kind.INTERNAL:
            continue
        stream = here.get(kind.AGGREGATE.COLLECTION, uuid4())
        for place, _ in places(kind, (Code, LocalId, Sha256)):
            body = with_text(example_of(kind), place, NAME)
            for role in (roles.PILOT, roles.ADMINISTRATOR, roles.FRAMEWORK_PILOT):
                answer = scene.tool(role, **{"Idempotency-Key": str(uuid4())}).post(
                    f"/api/v1/{kind.AGGREGATE.COLLECTION}/{stream}/{kind.NAME}", json=body
                )
                tried += 1
                assert answer.status_code in (200, 400, 403, 404, 409, 422), answer.text
                if answer.status_code == 200:
                    taken.append((kind.NAME, place, role))
    assert tried > 150
    assert taken == []
    assert NAME not in "".join(str(vars(event)) for event in scene.events())


@pytest.mark.parametrize(
    ("act", "field"), [("record-meeting", "meeting_id"), ("record-meeting", "decisions.0.decision_id")]
)
def test_no_form_takes_a_name_that_was_put_in_the_place_of_an_id(scene: Scene, act: str, field: str) -> None:
    address = f"/conventions/{scene.here.convention}/actes/{act}"
    client, before = scene.browser(roles.PILOT), scene.event_count()
    form = open_form(client, address)
    typed = {"attendance": "8", "decisions.0.kind": "OTHER", "decisions.0.text": "Oui", "occurred_on": "2026-05-12"}
    sent = form.values | {name: [value] for name, value in typed.items()}
    assert client.post(form.action, data=sent | {field: [NAME.lower()]}).status_code == 400
    assert scene.event_count() == before
    assert client.post(form.action, data=sent).status_code == 303  # so that nothing else was refused
