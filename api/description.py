"""The API described as it is: the framework's own OpenAPI document, mended where it would not be true."""

from __future__ import annotations

from typing import Any, Final

from fastapi import FastAPI

from api.errors import MEDIA_TYPE, RETRY_AFTER_SECONDS
from api.examples import example_of
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
        KEY: {"type": "http", "scheme": "bearer", "description": "A partner's key: ctg_<prefix>_<secret>"}
    }
    made["security"] = [{KEY: []}]
    for name in NEVER_ANSWERED:
        made["components"]["schemas"].pop(name, None)
    for methods in made["paths"].values():
        for operation in methods.values():
            _mend_operation(operation)


def _mend_operation(operation: dict[str, Any]) -> None:
    for status, answer in list(operation["responses"].items()):
        schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
        if schema.get("$ref", "").endswith(f"/{NEVER_ANSWERED[0]}"):
            del operation["responses"][status]
        elif int(status) >= 400:
            answer["content"] = {MEDIA_TYPE: {"schema": schema}}
            if status == "503":
                seconds = {"type": "integer", "examples": [RETRY_AFTER_SECONDS]}
                answer["headers"] = {"Retry-After": {"description": "Seconds", "schema": seconds}}
    for parameter in operation.get("parameters", ()):
        if parameter["name"] == WRITES_NEED:
            (text,) = (one for one in parameter["schema"]["anyOf"] if one["type"] == "string")
            parameter |= {"required": True, "schema": {**text, "minLength": 1}}
    if "requestBody" in operation:
        body = operation["requestBody"]["content"]["application/json"]
        body["example"] = example_of(COMMANDS[operation["operationId"]])
