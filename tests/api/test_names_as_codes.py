"""The log says codes in clear for ever: a name that has the form of a code is taken for one by no command."""

from __future__ import annotations

from uuid import uuid4

from api.examples import example_of
from domain import roles
from domain.kernel import COMMANDS
from domain.values import Code, Sha256
from tests.api.scene import Scene
from tests.forgetting.canaries import places, with_text

NAME = "Dupont-Martin"


def test_no_command_takes_a_name_for_a_code(scene: Scene) -> None:
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
        for place, _ in places(kind, (Code, Sha256)):
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
