"""One example in French for each request of the API: shown in its description, tried by the tests."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from enum import Enum
from typing import Any, Final, Union
from uuid import UUID

from api.pages.acts import FORMS
from api.vocabularies import by_field
from domain.kernel import Command
from domain.method import MethodProfile
from domain.values import Code, LocalId, Prose, PublicName, Sha256, deterministic_id, local_id
from workflows.methods.reader import shipped

DAY: Final = "2026-03-20"
SAID: Final[Mapping[str, Any]] = {
    "theme": "PARENTING",
    "themes": ["PARENTING"],
    "statement": "Peu de solutions de garde le soir",
    "title": "Un accueil des enfants le soir",
    "motive": "Le public concerné est trop éloigné pour un forum",
    "text": "Le comité retient cette priorité",
    "reason": "Compte rendu reçu avec retard",
    "place": "Salle des fêtes de Samatan",
    "summary": "Deux actions sur trois sont engagées",
    "name": "L'Isle-Jourdain",
    "insee": "32160",
    "siren": "200023620",
    "legal_form": "CC",
    "department": "32",
    "population": 9499,
    "profile_name": "cnaf-2020",
    "effective_from": "2026-01-01",
    "effective_to": "2030-12-31",
    "period_starts_on": "2025-01-01",
    "period_ends_on": "2025-12-31",
    "starts_on": "2026-04-01",
    "ends_on": "2026-12-31",
    "executory_on": "2026-03-24",
    "planned_on": "2026-04-16",
    "expires_on": "2026-12-31",
    **{name: local_id("example", name) for name in ("forum_id", "finding_id", "priority_id", "meeting_id", "theme_id")},
    "decision_id": "d1",
    "role": "PILOT",
    "subject": "PARENTING",
    "heading": "WHY",
    "attendance": 12,
    "users_heard": 8,
    "rank": 1,
    "year": 2026,
    "amount_cents": 1_250_000,
    "version": 7,
    "occurred_on": DAY,
}
"""What stands in a field, by its name; an optional field without an entry is left out."""

SAID_OF: Final[Mapping[tuple[str, str], Any]] = {
    place: said for form in FORMS for place, said in by_field(form, form.example)
}
"""The same where one name means several things, by the names of the dataclass and of the field."""

FILLED: Final = frozenset((form.command.__name__, name) for form in FORMS for name in form.example_fills)
"""Optional fields that are shown all the same."""


def example_of(command: type[Command]) -> dict[str, Any]:
    """A request for a command, complete and well-formed, as JSON values."""
    return {**_object(command), "reason": SAID["reason"]}


def _object(kind: type[Any]) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    found: dict[str, Any] = {}
    for field in dataclasses.fields(kind):
        place = (kind.__name__, field.name)
        required = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        if field.name == "stream_id" or not (required or place in FILLED or place in SAID_OF or field.name in SAID):
            continue
        said = SAID_OF.get(place, SAID.get(field.name))
        found[field.name] = said if said is not None else _value(hints[field.name], field.name)
    return found


def _value(hint: Any, name: str) -> Any:
    arguments = typing.get_args(hint)
    if typing.get_origin(hint) in (Union, types.UnionType):
        return _value(arguments[0], name)
    if typing.get_origin(hint) is tuple:
        return [_value(arguments[0], name)]
    if hint is MethodProfile:
        return shipped("cnaf-2020", 1).read_text(encoding="utf-8")
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _object(hint)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint)).value
    return _PLAIN[hint](name)


_PLAIN: Final[Mapping[Any, Any]] = {
    UUID: lambda name: str(deterministic_id("example", name)),
    Sha256: lambda name: "9f86d081" * 8,
    date: lambda name: DAY,
    time: lambda name: "18:30",
    int: lambda name: 1,
    Decimal: lambda name: 48.5,
    bool: lambda name: True,
    Prose: lambda name: "Une phrase",
    Code: lambda name: "OTHER",
    LocalId: lambda name: local_id("example", name),
    PublicName: lambda name: "Caf du Gers",
}
