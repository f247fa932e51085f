"""The JSON Schema of a method profile's file, for editors: it completes keys and names, and underlines what is wrong.

It knows less than the reader: what depends on another key, on the acts of the engine or on a base is told by
`ctg profile check`.
"""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any, Final

from workflows.methods.basing import BASED_ON, DEADLINES, NOT_TAKEN_OVER
from workflows.methods.deadline_shape import AnnouncedDeadlineShape
from workflows.methods.shape import ProfileShape

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
PARTIAL: Final = "Partial"
_REF: Final = "#/$defs/"


def json_schema() -> str:
    """The schema as it is committed, so that two runs write the same bytes."""
    return json.dumps(_schema(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _schema() -> dict[str, Any]:
    """A file that stands alone says everything; one that is based on another says of each block only what differs."""
    made = ProfileShape.model_json_schema()
    definitions, properties = made["$defs"], made["properties"]
    whole = {key: properties[key] for key in made["required"] if key not in NOT_TAKEN_OVER}
    partial = {key: _partial(key, deepcopy(one), definitions) for key, one in whole.items()}
    return {
        "$schema": DIALECT,
        "title": "Profil de méthode de CTG Engine",
        "type": "object",
        "additionalProperties": False,
        "properties": {key: {} if key in whole else one for key, one in properties.items()},
        "required": [key for key in made["required"] if key not in whole],
        "if": {"required": [BASED_ON], "properties": {BASED_ON: {"type": "string"}}},
        "then": {"properties": partial},
        "else": {"properties": whole, "required": list(whole)},
        "$defs": definitions,
    }


def _partial(key: str, said: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """What a file that is based on another may say of one key."""
    if key == DEADLINES:
        name = f"{PARTIAL}{AnnouncedDeadlineShape.__name__}"
        one = deepcopy(definitions[AnnouncedDeadlineShape.__name__])
        one["properties"]["active"] = {"type": "boolean"}
        definitions[name] = {**one, "required": ["id"]}
        return {"type": "array", "items": {"$ref": f"{_REF}{name}"}}
    block = str(said.get("$ref", "")).removeprefix(_REF)
    if not block:
        return said
    definitions[f"{PARTIAL}{block}"] = {name: one for name, one in definitions[block].items() if name != "required"}
    return {"$ref": f"{_REF}{PARTIAL}{block}"}
