"""What a look at the health of an instance finds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Level = Literal["ok", "warning", "failed"]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What one look found. Its sentence is `cli.doctor.<check>.<key>` of the catalogues, filled with `parameters`."""

    check: str
    level: Level
    key: str
    parameters: dict[str, str] = field(default_factory=dict)
    detail: str = ""
    """What another program said, in its own words."""


def ok(check: str, key: str = "ok", **parameters: str) -> Finding:
    """All is well."""
    return Finding(check=check, level="ok", key=key, parameters=parameters)


def warning(check: str, key: str, **parameters: str) -> Finding:
    """Something will have to be done."""
    return Finding(check=check, level="warning", key=key, parameters=parameters)


def failed(check: str, key: str, **parameters: str) -> Finding:
    """Something does not work."""
    return Finding(check=check, level="failed", key=key, parameters=parameters)
