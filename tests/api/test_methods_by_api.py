"""A method that a tool publishes is its file, read and refused as the form and the command line do."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from domain import roles
from domain.profiles import profile_stream
from tests.api.routes import API
from tests.api.scene import Scene
from workflows.methods.reader import shipped


def method(version: int) -> str:
    """The file of a later version."""
    return shipped("cnaf-2020", 1).read_text(encoding="utf-8").replace("version: 1", f"version: {version}", 1)


FILE = method(7)


def publish(scene: Scene, file: object) -> Any:
    client = scene.tool(roles.ADMINISTRATOR)
    address = f"{API}/method-profiles/{profile_stream('cnaf-2020', 7)}/publish-method-profile"
    return client.post(address, json={"profile": file}, headers={"Idempotency-Key": uuid4().hex})


def test_a_tool_publishes_the_file_of_a_method_and_reads_it_again(scene: Scene) -> None:
    assert publish(scene, FILE).status_code == 200
    told = scene.tool(roles.ADMINISTRATOR).get(f"{API}/methods/cnaf-2020/7")
    assert [one["id"] for one in told.json()["deadlines"]][:2] == ["D01", "D02"]
    assert publish(scene, FILE).json()["errors"][0]["code"] == "already-exists"


@pytest.mark.parametrize(
    ("right", "wrong", "code", "key"),
    [
        ("trigger: ctg.convention.engagement-confirmed", "trigger: NOWHERE", "not-allowed", "trigger"),
        ("[ctg.convention.diagnosis-shared]", "[ctg.convention.convention-expired]", "no-act", "met_by"),
        ("offset: P6M", "offset: soon", "malformed", "offset"),
        ("version: 7", "version: seven", "wrong-type", "version"),
    ],
)
def test_a_method_that_would_stop_every_page_of_its_conventions_is_not_published(
    scene: Scene, right: str, wrong: str, code: str, key: str
) -> None:
    assert right in FILE
    before = scene.event_count()
    refused = publish(scene, FILE.replace(right, wrong, 1))
    assert refused.status_code == 400
    said = refused.json()["errors"]
    assert (code, "profile") in {(one["code"], one["field"]) for one in said}
    (one,) = (one for one in said if one["code"] == code)
    assert one["parameters"]["key"].endswith(key)
    assert one["parameters"]["line"] > 0
    assert one["detail"].startswith(f"Ligne {one['parameters']['line']}, ")
    assert scene.event_count() == before


@pytest.mark.parametrize("odd", ["", "\x00", {"name": "cnaf-2020"}, None, 7, "x" * 200_001])
def test_what_is_no_file_is_refused(scene: Scene, odd: object) -> None:
    assert publish(scene, odd).status_code == 400


def test_a_line_of_many_that_is_no_method_is_refused_alone(scene: Scene) -> None:
    line, file = {"command": "publish-method-profile", "stream_id": str(profile_stream("cnaf-2020", 8))}, method(8)
    lines = [{**line, "body": {"profile": one}} for one in (file.replace("P6M", "soon", 1), file)]
    headers = {"Idempotency-Key": uuid4().hex}
    told = scene.tool(roles.ADMINISTRATOR).post(f"{API}/bulk", json={"lines": lines}, headers=headers).json()
    assert [one["status"] for one in told["lines"]] == [400, 200]
    assert told["lines"][0]["errors"][0]["code"] == "malformed"
