"""The API described as it is: the framework's own OpenAPI document, mended where it would not be true."""

from __future__ import annotations

from typing import Any, Final

from fastapi import FastAPI

from api.bulk import example as example_of_bulk
from api.errors import MEDIA_TYPE, RETRY_AFTER_SECONDS
from api.examples import SAID, SAID_OF, example_of
from api.vocabularies import CLOSED
from domain.kernel import COMMANDS

KEY: Final = "key"
WRITES_NEED: Final = "idempotency-key"
NEVER_ANSWERED: Final = ("HTTPValidationError", "ValidationError")
"""The framework's shapes for what is malformed: here it is a problem with status 400."""


class DescribedApi(FastAPI):
    """An API whose `openapi.json` says what it really asks and answers."""

    def openapi(self) -> dict[str, Any]:
        """The document, made once."""
        made = super().openapi()
        if "security" not in made:
            _mend(made)
        return made


def _mend(made: dict[str, Any]) -> None:
    made["components"]["securitySchemes"] = {
        KEY: {"type": "http", "scheme": "bearer", "description": "La clé d’un partenaire : ctg_<préfixe>_<secret>"}
    }
    made["security"] = [{KEY: []}]
    for name in NEVER_ANSWERED:
        made["components"]["schemas"].pop(name, None)
    for schema in made["components"]["schemas"].values():
        for name, field in schema.get("properties", {}).items():
            _mend_field((str(schema["title"]).removesuffix("Request"), name), field)
    for methods in made["paths"].values():
        for operation in methods.values():
            _mend_operation(operation)


def _mend_field(place: tuple[str, str], field: dict[str, Any]) -> None:
    """What may stand in a field, where the domain closes its vocabulary, and one example that fits it."""
    for one in (field, field.get("items", {}), *field.get("anyOf", ())):
        if place in CLOSED and one.get("type") == "string":
            one["enum"] = list(CLOSED[place])
    said = SAID_OF.get(place, SAID.get(place[1]))
    if said is not None and "examples" not in field and isinstance(said, list) == (field.get("type") == "array"):
        field["examples"] = [said]


def _mend_operation(operation: dict[str, Any]) -> None:
    for status, answer in list(operation["responses"].items()):
        schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
        if schema.get("$ref", "").endswith(f"/{NEVER_ANSWERED[0]}"):
            del operation["responses"][status]
        elif int(status) >= 400:
            answer["content"] = {MEDIA_TYPE: {"schema": schema}}
            if status == "503":
                seconds = {"type": "integer", "examples": [RETRY_AFTER_SECONDS]}
                answer["headers"] = {"Retry-After": {"description": "Secondes", "schema": seconds}}
    for parameter in operation.get("parameters", ()):
        if parameter["name"] == WRITES_NEED:
            (text,) = (one for one in parameter["schema"]["anyOf"] if one["type"] == "string")
            parameter |= {"required": True, "schema": {**text, "minLength": 1}}
    if operation["operationId"] == "bulk":
        operation["requestBody"]["content"]["application/json"]["example"] = example_of_bulk()
    if operation["operationId"] in COMMANDS:
        body = operation["requestBody"]["content"]["application/json"]
        body["example"] = example_of(COMMANDS[operation["operationId"]])
    if operation["operationId"] == "conventions-one":
        text = {"type": "string", "examples": ['"7"']}
        operation["responses"]["200"]["headers"] = {
            "ETag": {"description": "La version lue, à donner dans If-Match", "schema": text}
        }
