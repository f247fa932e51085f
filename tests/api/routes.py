"""The routes of the application as it stands: what tests go through, so that a new one is tested by being there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from fastapi import FastAPI
from starlette.routing import BaseRoute, Mount, Route

from domain import roles
from domain.kernel import COMMANDS
from domain.policy import Scope, permissions
from domain.values import Code
from tests.api.scene import Scene

API = "/api/v1"
DOCUMENTS = frozenset({"/api/v1/openapi.json", "/static"})
"""Served by the framework itself: the description of the API, and files that are the same for everybody."""


@dataclass(frozen=True)
class Door:
    """One method at one address."""

    method: str
    path: str
    endpoint: Any

    @property
    def action(self) -> str | None:
        """What the route declares that it needs."""
        return getattr(self.endpoint, "policy", None)

    @property
    def is_api(self) -> bool:
        """Whether it belongs to the JSON API."""
        return self.path.startswith(API)

    def address(self, scene: Scene) -> str:
        """Its address, about the territory told first."""
        place = scene.here.convention
        if self.path.startswith("/territoires"):
            place = scene.here.territory
        elif self.path.startswith("/cadre"):
            place = scene.here.framework
        stream = {
            "territories": scene.here.territory,
            "frameworks": scene.here.framework,
            "steering-bodies": scene.here.body,
            "conventions": scene.here.convention,
            "enregistrements": scene.here.convention,
        }.get(self.path.removeprefix(API).strip("/").partition("/")[0], uuid4())
        return self.path.format(place_id=place, convention_id=scene.here.convention, stream_id=stream, code="en")


def doors(app: FastAPI) -> list[Door]:
    """Every route of the application."""
    return list(_doors(app.routes, ""))


def _doors(routes: list[BaseRoute], before: str) -> Iterator[Door]:
    for route in routes:
        if isinstance(route, Mount):
            if before + route.path not in DOCUMENTS:
                yield from _doors(list(route.routes), before + route.path)
        elif (included := getattr(route, "original_router", None)) is not None:
            yield from _doors(list(included.routes), before)
        elif isinstance(route, Route) and before + route.path not in DOCUMENTS:
            for method in sorted((route.methods or set()) - {"HEAD"}):
                yield Door(method, before + route.path, getattr(route, "endpoint", None))


def expected(action: str, role: str, *, is_tool: bool = False) -> bool:
    """Whether the table lets a role do something somewhere, read straight from its lines; a key gives no role."""
    if is_tool and action in COMMANDS and COMMANDS[action].OF_PEOPLE:
        return False
    reached = {
        roles.ADMINISTRATOR: set(Scope),
        roles.FRAMEWORK_PILOT: set(Scope) - {Scope.INSTANCE},
        roles.FRAMEWORK_CO_PILOT: set(Scope) - {Scope.INSTANCE},
    }.get(Code(role), {Scope.TERRITORY, Scope.PARTNER, Scope.OWN})
    return any(line.action == action and role in line.roles and line.scope in reached for line in permissions())
