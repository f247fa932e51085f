"""The description of the API says what the API does: every reference leads somewhere, every example is accepted."""

from __future__ import annotations

import json
import re
import typing
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from api.answered import answered_by
from api.convention_list import ConventionList
from api.convention_questions import ABOUT_CONVENTION
from api.examples import example_of
from api.possible import PossibleCommand
from api.schemas import model_of
from api.trail import Trail
from api.vocabularies import CLOSED
from domain import roles
from domain.kernel import COMMANDS
from domain.territories import territory_stream
from tests.api.routes import API, doors, expected
from tests.api.scene import Scene

PUBLIC_COMMANDS = sorted(name for name, command in COMMANDS.items() if not command.INTERNAL)
OPEN_TO_KEYS = [name for name in PUBLIC_COMMANDS if not COMMANDS[name].OF_PEOPLE]
BY_CLASS = {command.__name__: command for command in COMMANDS.values()}
PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def described(told_scene: Scene) -> dict[str, Any]:
    """The document as anybody may read it, asked for once."""
    answer = told_scene.stranger().get(f"{API}/openapi.json")
    assert answer.status_code == 200
    document: dict[str, Any] = answer.json()
    return document


def everything_in(value: Any) -> Iterator[Any]:
    """A JSON value and all that it holds."""
    yield value
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in inside:
        yield from everything_in(one)


def operations(document: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    """Every operation by method and path."""
    return {
        (method.upper(), path): operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


def test_it_is_openapi_3_1_and_every_reference_leads_somewhere(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1.")
    assert described["servers"] == [{"url": API}]
    references = {one["$ref"] for one in everything_in(described) if isinstance(one, dict) and "$ref" in one}
    assert references
    for reference in references:
        place: Any = described
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]
    schemas = described["components"]["schemas"]
    used = {reference.rpartition("/")[2] for reference in references}
    assert set(schemas) <= used, "a schema that nothing uses"


def test_it_describes_every_route_and_nothing_else(scene: Scene, described: dict[str, Any]) -> None:
    real = {(door.method, door.path.removeprefix(API)) for door in doors(scene.app) if door.is_api}
    assert set(operations(described)) == real
    posted = [operation["operationId"] for (method, _), operation in operations(described).items() if method == "POST"]
    assert sorted({*posted} - {"bulk", "import-table"}) == PUBLIC_COMMANDS


def test_each_operation_has_its_own_id_and_words_for_people(described: dict[str, Any]) -> None:
    found = operations(described).values()
    ids = [operation["operationId"] for operation in found]
    assert len(ids) == len(set(ids))
    assert all(operation["summary"] for operation in found)
    assert all(operation["description"] for operation in found if "requestBody" in operation)


def test_errors_are_problems_and_nothing_else(described: dict[str, Any]) -> None:
    for where, operation in operations(described).items():
        for status, answer in operation["responses"].items():
            if (operation["operationId"], status) == ("file", "200"):
                continue  # a file is of any of the kinds that are kept
            expected = "application/json" if status == "200" else PROBLEM
            assert list(answer["content"]) == [expected], (where, status)
            assert answer["content"][expected]["schema"], (where, status)


def test_a_key_is_said_to_be_needed(described: dict[str, Any]) -> None:
    assert described["security"] == [{"key": []}]
    assert described["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
    for (method, path), operation in operations(described).items():
        asked = {one["name"].lower(): one for one in operation.get("parameters", ())}
        assert ("idempotency-key" in asked) is (method == "POST"), path
        if method == "POST":
            assert asked["idempotency-key"]["required"] is True


WRITERS = (roles.ADMINISTRATOR, roles.FRAMEWORK_PILOT, roles.PILOT)
"""Between them they do whatever a key may do."""


@pytest.mark.parametrize("name", OPEN_TO_KEYS)
def test_the_example_of_a_command_is_well_formed(scene: Scene, described: dict[str, Any], name: str) -> None:
    """Refused it may be (nothing of what it names exists here), malformed never."""
    command = COMMANDS[name]
    operation = described["paths"][f"/{command.AGGREGATE.COLLECTION}/{{stream_id}}/{name}"]["post"]
    example = operation["requestBody"]["content"]["application/json"]["example"]
    assert example == example_of(command)
    streams = {
        "streams": scene.here.convention,
        "conventions": scene.here.convention,
        "steering-bodies": scene.here.body,
        "frameworks": scene.here.framework,
        "territories": scene.here.territory,
        "partners": scene.here.caf,
        "action-sheets": scene.here.sheet,
    }
    stream_id = uuid4() if command.STARTS else streams.get(command.AGGREGATE.COLLECTION, uuid4())
    if name == "register-territory":
        stream_id = territory_stream(example["siren"])
    role = next(role for role in WRITERS if expected(name, role))
    answer = scene.tool(role).post(
        f"{API}/{command.AGGREGATE.COLLECTION}/{stream_id}/{name}", json=example, headers={"Idempotency-Key": "example"}
    )
    assert answer.status_code in (200, 404, 422), answer.text


def test_every_answer_has_an_example_of_its_own_shape(described: dict[str, Any]) -> None:
    for (method, path), operation in operations(described).items():
        if operation["operationId"] == "file":
            continue
        content = operation["responses"]["200"]["content"]["application/json"]
        example, schema = content["example"], content["schema"]
        if schema.get("type") == "array":
            (example,), schema = example, schema["items"]
        model = described["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        assert set(example) == set(model["properties"]), (method, path)
    shown = [kind for _, _, kind, _ in ABOUT_CONVENTION]
    for kind in (*shown, ConventionList, Trail, tuple[PossibleCommand, ...]):
        arguments = typing.get_args(kind)
        (example,) = answered_by(kind) if arguments else (answered_by(kind),)
        model_of(arguments[0] if arguments else kind, answers=True).model_validate(example)


def fields_named(described: dict[str, Any], name: str) -> dict[str, dict[str, Any]]:
    """The fields of a name, by the schema that holds them."""
    schemas = described["components"]["schemas"]
    return {one: schemas[one]["properties"][name] for one in schemas if name in schemas[one].get("properties", {})}


def test_words_that_the_domain_closes_are_listed_and_others_are_not(described: dict[str, Any]) -> None:
    named = {schema["title"].removesuffix("Request"): schema for schema in described["components"]["schemas"].values()}
    for (kind, name), words in CLOSED.items():
        field = named[kind]["properties"][name]
        listed = [one["enum"] for one in everything_in(field) if isinstance(one, dict) and "enum" in one]
        assert listed == [list(words)], (kind, name)
    assert not any("enum" in json.dumps(field) for field in fields_named(described, "themes").values())


@pytest.mark.parametrize(("kind", "name"), [place for place in CLOSED if place[0] in BY_CLASS])
def test_a_word_that_is_not_listed_is_refused(scene: Scene, kind: str, name: str) -> None:
    command = BY_CLASS[kind]
    held = next(role for role in WRITERS if expected(command.NAME, role))
    streams = {
        "streams": scene.here.convention,
        "conventions": scene.here.convention,
        "frameworks": scene.here.framework,
        "territories": scene.here.territory,
        "action-sheets": scene.here.sheet,
    }
    stream_id = uuid4() if command.STARTS else streams.get(command.AGGREGATE.COLLECTION, uuid4())
    body = example_of(command)
    body[name] = ["ZZZ"] if typing.get_origin(typing.get_type_hints(command)[name]) is tuple else "ZZZ"
    answer = scene.tool(held).post(
        f"{API}/{command.AGGREGATE.COLLECTION}/{stream_id}/{command.NAME}", json=body, headers={"Idempotency-Key": "k"}
    )
    codes = {error["code"] for error in answer.json()["errors"]}
    assert codes & {"unknown-code", "unknown-role"}, answer.text


def test_each_field_has_an_example_of_its_own(described: dict[str, Any]) -> None:
    shown = {
        name: {value for field in fields_named(described, name).values() for value in field.get("examples", ())}
        for name in ("profile_name", "siren", "theme")
    }
    assert shown == {
        "profile_name": {"cnaf-2020"},
        "siren": {"200023620"},
        "theme": {"PARENTING"},
    }


def test_what_is_told_to_people_is_in_french(described: dict[str, Any]) -> None:
    for where, operation in operations(described).items():
        answers = [one["description"] for status, one in operation["responses"].items() if status != "200"]
        for text in (operation["summary"], *answers):
            assert not re.search(r"\b(the|of|is|and|which)\b", text, re.IGNORECASE), (where, text)


def test_if_match_and_the_statuses_of_the_framework_are_described(described: dict[str, Any]) -> None:
    for (method, path), operation in operations(described).items():
        assert "405" in operation["responses"], path
        if method == "POST":
            assert {"413", "415"} <= operation["responses"].keys()
            if operation["operationId"] in ("bulk", "import-table"):
                continue  # each line says its own version
            (header,) = (one for one in operation["parameters"] if one["name"] == "if-match")
            assert '"pattern"' in json.dumps(header["schema"])
    assert "ETag" in described["paths"]["/conventions/{convention_id}"]["get"]["responses"]["200"]["headers"]


def test_the_examples_are_in_french() -> None:
    texts = " ".join(
        text
        for name in PUBLIC_COMMANDS
        if name != "publish-method-profile"
        for text in everything_in(example_of(COMMANDS[name]))
        if isinstance(text, str)
    )
    assert len(re.findall(r"[àâéèêëîïôûùç]", texts)) > 20
    assert not re.search(r"\b(the|and|with|example)\b", json.dumps(texts))
