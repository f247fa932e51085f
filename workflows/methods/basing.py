"""A profile that says only what differs from one that ships: `based_on: cnaf-2020.v1`.

Blocks are merged key by key and deadlines by their id; every other list is replaced whole. What is published is whole
in any case: no later change of the base reaches it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

import yaml

KeyPath: TypeAlias = tuple[str | int, ...]
Lines: TypeAlias = dict[KeyPath, int]

BASED_ON: Final = "based_on"
DEADLINES: Final = "deadlines"
FAST: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Ten times faster, for what ships only: what people write may nest so deep that it would end the process."""
NOT_TAKEN_OVER: Final = ("name", "version", "title", BASED_ON)
"""What a profile says of itself."""


def shipped_names() -> tuple[str, ...]:
    """The profiles that ship, as `cnaf-2020.v1`."""
    return tuple(sorted(one.stem for one in Path(__file__).parent.glob("*.yaml")))


def base_of(data: Mapping[str, Any]) -> dict[str, Any] | None:
    """What the profile that this one is based on says; None for one that stands alone, or whose base is unknown."""
    name = data.get(BASED_ON)
    if name not in shipped_names():
        return None
    own = _said_by(str(name))
    further = base_of(own)
    return own if further is None else merged(further, own, {})[0]


def base_named(name: str, version: int) -> tuple[str, int] | None:
    """The name and version of the method that one that ships is based on; None for one that stands alone or is no
    file of the engine: what is published does not say what its file was based on."""
    if f"{name}.v{version}" not in shipped_names():
        return None
    own = _said_by(f"{name}.v{version}")
    base, _, of_base = str(own.get(BASED_ON, "")).rpartition(".v")
    return (base, int(of_base)) if base else None


def _said_by(name: str) -> dict[str, Any]:
    said: dict[str, Any] = yaml.load((Path(__file__).parent / f"{name}.yaml").read_bytes(), FAST)  # noqa: S506 - is safe
    return said


def merged(base: Mapping[str, Any], own: Mapping[str, Any], lines: Lines) -> tuple[dict[str, Any], Lines]:
    """The whole profile, and the line of each of its keys that the file itself says."""
    whole: dict[str, Any] = {key: value for key, value in base.items() if key not in NOT_TAKEN_OVER}
    moved = {path: line for path, line in lines.items() if path[:1] != (DEADLINES,) or len(path) == 1}
    for key, value in own.items():
        if key == DEADLINES and isinstance(value, list):
            whole[key], places = _merged_deadlines(whole.get(key, []), value)
            moved |= {
                (DEADLINES, places[path[1]], *path[2:]): line
                for path, line in lines.items()
                if path[:1] == (DEADLINES,) and len(path) > 1 and isinstance(path[1], int)
            }
        elif isinstance(value, dict) and isinstance(whole.get(key), dict):
            whole[key] = {**whole[key], **value}
        else:
            whole[key] = value
    return whole, moved


def _merged_deadlines(base: list[Any], own: list[Any]) -> tuple[list[Any], list[int]]:
    """The deadlines, and where each of the file's own ones is among them."""
    whole, places = [*base], []
    for one in own:
        place = next(_places_of(one, whole), None)
        if place is None:
            places.append(len(whole))
            whole.append(one)
        else:
            places.append(place)
            whole[place] = {**whole[place], **one}
    return whole, places


def _places_of(one: Any, among: list[Any]) -> Iterator[int]:
    if isinstance(one, dict):
        yield from (
            place for place, other in enumerate(among) if isinstance(other, dict) and other.get("id") == one.get("id")
        )
