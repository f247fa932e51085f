"""One example in French of each kind of answer of the API, made from its dataclass: shown in its description."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any, Final, Union
from uuid import UUID

from api.examples import DAY, SAID
from api.schemas import plain
from domain.convention.activating import ActivateConvention
from domain.convention.state import COVERS
from domain.kernel import kebab
from domain.method import MethodProfile
from domain.values import Code, LocalId, Prose, PublicName, Sha256, deterministic_id, local_id
from workflows.methods.reader import shipped_profile

SHOWN: Final[Mapping[str, Any]] = {
    "actor_role": "PILOT",
    "alternatives": ["Attendre le prochain bilan"],
    "channel": "MEETING",
    "command": ActivateConvention.NAME,
    "code": "forum-before-diagnosis",
    "communes": ["32160"],
    "counting": [local_id("example", "forum_id")],
    "covers": ["CONVENTION", "PLAN"],
    "deadline": "D11",
    "detail": "La convention prend effet le 20 mars 2026 : elle ne peut pas être en vigueur avant.",
    "ends_served": ["COORDINATE_AUTHORITIES"],
    "field": "occurred_on",
    "facts": {"place": "Salle des fêtes de Samatan"},
    "findings": [local_id("example", "finding_id")],
    "flags": ["REVIEW_LATE"],
    "format": "FORUM",
    "forums": [local_id("example", "forum_id")],
    "holder_name": "CC de la Gascogne Toulousaine",
    "holder_names": ["CC de la Gascogne Toulousaine"],
    "id": "D11",
    "irregularities": [],
    "key": "2026",
    "mandate_kinds": ["BOARD"],
    "missing": {"CONVENTION": []},
    "missing_expertises": [],
    "missing_sides": [],
    "next_cursor": "bGEtc3VpdGU",
    "not_counting": [],
    "origin": "person",
    "outputs": ["Les familles demandent un accueil le soir"],
    "participation": [["WORKSHOP", 2]],
    "phase": "IN_FORCE",
    "remedy": "Mettez-la en vigueur à partir de ce jour.",
    "reference": "Délibération 2026-12",
    "rule": "R06",
    "state": "PLANNED",
    "text_covers": ["CONVENTION", "PLAN"],
    "topic": "ctg.convention.priority-chosen",
    "type": "ctg.convention.forum-held",
    "waived_until": "2026-12-31",
    "why_not": [],
}
"""What stands in a field of an answer, by its name, where a request says nothing of it."""

SHOWN_IN: Final[Mapping[tuple[str, str], Any]] = {
    ("BonusLine", "place_kind"): "CRECHE_PLACE",
    ("AdoptedText", "covers"): "CONVENTION",
    ("Body", "kind"): "COPIL",
    ("Body", "name"): "Comité de pilotage",
    ("DecisionTaken", "kind"): "PRIORITY_CHOSEN",
    ("DatedStep", "id"): "J-30",
    ("DatedStep", "recipients"): ["PILOT"],
    ("FindingMade", "kind"): "CONSTRAINT",
    ("MandateGiven", "kind"): "BOARD",
    ("MethodKnown", "name"): "cnaf-2020",
    ("MethodKnown", "title_key"): "profile.cnaf-2020",
    ("MethodKnown", "version"): 1,
    ("Milestone", "kind"): "forum-held",
    ("PlaceFound", "name"): "CC de la Gascogne Toulousaine",
    ("ThingFound", "beside"): ["Caf du Gers"],
    ("ThingFound", "codes"): ["theme.PARENTING"],
    ("ThingFound", "kind"): "sheet",
    ("ThingFound", "title"): "Navette du samedi",
    ("PartnerKnown", "kind"): "EPCI",
    ("Review", "kind"): "ANNUAL",
    ("ReviewToCome", "kind"): "ANNUAL",
    ("ActionStatus", "status"): "RUNNING",
    ("ActionAsSaid", "status"): "RUNNING",
    ("Review", "cause"): "INCOMPLETE",
    ("Lacking", "body_kind"): "COTECH",
    ("PartnerKnown", "name"): "CC de la Gascogne Toulousaine",
    ("Expected", "partner_id"): None,
    ("InRole", "role"): "PILOT",
    ("Obstacle", "code"): "not-in-effect-yet",
    ("Obstacle", "command"): None,
    ("Obstacle", "rule"): "R15",
    ("PossibleCommand", "open"): False,
    ("ReviewPeriod", "code"): "ANNUAL",
    ("Theme", "code"): "PARENTING",
    ("Theme", "name"): None,
}
"""The same where one name means several things."""


def answered_by(kind: Any) -> Any:
    """The example of an answer: an object, or a list of one."""
    arguments = typing.get_args(kind)
    if kind is MethodProfile:
        return plain(shipped_profile("cnaf-2020", 1), lambda prose: prose.text)
    return [_object(arguments[0])] if arguments else _object(kind)


def _object(kind: type[Any]) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    return {field.name: _value(hints[field.name], (kind.__name__, field.name)) for field in dataclasses.fields(kind)}


def _value(hint: Any, place: tuple[str, str]) -> Any:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if place in SHOWN_IN:
        return SHOWN_IN[place]
    if origin in (Union, types.UnionType):
        return _value(arguments[0], place)
    if origin is tuple and dataclasses.is_dataclass(arguments[0]) and SHOWN.get(place[1]) != []:
        return [_object(typing.cast("type[Any]", arguments[0]))]
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _object(hint)
    if place[1] in SHOWN or place[1] in SAID:
        return SHOWN.get(place[1], SAID.get(place[1]))
    if origin is dict:
        return {COVERS[0]: _value(arguments[1], place)}
    if origin is tuple:
        return [_value(arguments[0], place)]
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint)).value
    return _PLAIN[hint](place[1])


_PLAIN: Final[Mapping[Any, Any]] = {
    UUID: lambda name: str(deterministic_id("example", name)),
    Sha256: lambda name: "9f86d081" * 8,
    date: lambda name: DAY,
    datetime: lambda name: f"{DAY}T09:30:00Z",
    time: lambda name: "18:30:00",
    int: lambda name: 1,
    Decimal: lambda name: 48.5,
    bool: lambda name: True,
    Prose: lambda name: "Une phrase",
    Code: lambda name: kebab(name).upper(),
    LocalId: lambda name: local_id("example", name),
    PublicName: lambda name: "Caf du Gers",
}
