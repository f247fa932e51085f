"""Golden samples: what each version of each event looks like in the log. A sample that exists is never rewritten.

`python -m tests.samples.make --new` writes the samples that are missing: run it when an event, or a new version of one,
is added. From the first release on, every sample must be readable for ever.
"""

from __future__ import annotations

import dataclasses
import json
import sys
import types
import typing
import zlib
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any
from uuid import UUID

import domain  # noqa: F401 - registers every event
from domain.kernel import EVENTS, Event
from domain.values import Code, LocalId, Prose, PublicName, Sha256, deterministic_id
from workflows import codec

FOLDER = Path(__file__).parent
STREAM = deterministic_id("sample", "stream")
VERSION = 1

_IN_COLUMNS = ("originator_id", "originator_version")
_WORDS: dict[Any, Any] = {
    Code: "CODE",
    PublicName: "Communauté de communes d'exemple",
    LocalId: "d1",
    Sha256: "0123456789abcdef" * 4,
    Prose: Prose(token="sealed-text-of-the-sample"),
    bool: True,
    Decimal: Decimal("48.5"),
    date: date(2024, 5, 14),
    time: time(11, 30),
    datetime: datetime(2024, 5, 15, 7, 30, tzinfo=UTC),
}
_CHECKED: dict[tuple[str, str], str | tuple[str, ...]] = {
    ("Commune", "insee"): "32160",
    ("Commune", "siren"): "213201601",
    ("Finding", "kind"): "CONSTRAINT",
    ("Participation", "kind"): "SURVEY",
    ("Decision", "kind"): "OTHER",
    ("Heading", "heading"): "WHY",
    ("ActionStatus", "status"): "DONE",
    ("ReviewPublished", "audience"): "PUBLIC",
    ("AdjustmentDecided", "kind"): "ACTION_ADAPTED",
    ("FundingPledged", "certainty"): "PROMISED",
    ("PlacesSupported", "place_kind"): "CRECHE_PLACE",
    ("FundingRevised", "certainty"): "FIRM",
    ("ResourcePledged", "kind"): "POST",
    ("ResourcePledged", "certainty"): "FIRM",
    ("ResourcePledged", "unit"): "FTE",
    ("FrameworkPledgeMade", "kind"): "POST",
    ("TrainingPlanned", "kind"): "TRAINING",
    ("FrameworkPledgeMade", "certainty"): "FIRM",
    ("FrameworkPledgeMade", "unit"): "FTE",
    ("FrameworkPledgeRevised", "certainty"): "POSSIBLE",
    ("FrameworkPledgeRevised", "unit"): "FTE",
    ("PledgeRevised", "certainty"): "POSSIBLE",
    ("PledgeRevised", "unit"): "FTE",
    ("DelegationGranted", "given_to"): "NETWORK",
    ("DelegationGranted", "matters"): ("COMMON_ANSWER",),
    ("DelegationUsed", "matter"): "COMMON_ANSWER",
    ("ClaimDate", "claim"): "ADVANCE",
    ("ClaimSent", "claim"): "ADVANCE",
    ("DataContributionRequested", "data_form"): "TABLE",
    ("FindingRecorded", "kind"): "CONSTRAINT",
    ("FindingRecorded", "nature"): "QUALITATIVE",
    ("EvidenceAttached", "nature"): "QUALITATIVE",
    ("CollegeQuorum", "college"): "ELECTED",
    ("ArbitrationRecorded", "outcome"): "CHOSEN",
    ("RecommendationIssued", "kind"): "TOOLS",
    ("RecommendationDecided", "answer"): "REFUSED",
    ("RecommendationFollowed", "ended"): "DONE",
    ("TranslationNoteWritten", "source"): "ORIENTATION",
}
"""Fields whose dataclass accepts only some codes."""


def path_of(event_class: type[Event]) -> Path:
    """The file of the present version of an event."""
    return FOLDER / f"{event_class.TOPIC}.v{getattr(event_class, 'class_version', 1)}.json"


def state_of(event_class: type[Event]) -> bytes:
    """A state as the log would hold it, every optional field filled."""
    hints = typing.get_type_hints(event_class)
    payload = {
        field.name: example(hints[field.name], (event_class.__name__, field.name))
        for field in dataclasses.fields(event_class)
        if field.name not in _IN_COLUMNS
    }
    event = object.__new__(event_class)
    object.__setattr__(event, "__dict__", payload | {"originator_id": STREAM, "originator_version": VERSION})
    state, key = codec.encode(event)
    assert key is None, "the prose of a sample is sealed already"
    return state


def example(hint: Any, place: tuple[str, str]) -> Any:
    """A value of a type; `place` is the class and the field that hold it."""
    if place in _CHECKED:
        return _CHECKED[place]
    if hint in _WORDS:
        return _WORDS[hint]
    if hint is int:
        return 1 + zlib.crc32(place[1].encode()) % 97  # told apart by their names
    if hint is UUID:
        return deterministic_id("sample", *place)
    arguments = typing.get_args(hint)
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return example(arguments[0], place)
    if typing.get_origin(hint) is tuple:
        return tuple(example(one, place) for one in arguments if one is not Ellipsis)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint))
    if dataclasses.is_dataclass(hint):
        kinds = typing.get_type_hints(hint)
        assert isinstance(hint, type)
        return hint(
            **{one.name: example(kinds[one.name], (hint.__name__, one.name)) for one in dataclasses.fields(hint)}
        )
    raise TypeError(f"`example` knows no value of {hint}, which {place[0]}.{place[1]} holds: give it one.")


def write_missing() -> list[Path]:
    """Write the samples that do not exist yet."""
    written = []
    for event_class in EVENTS.values():
        path = path_of(event_class)
        if not path.exists():
            state = json.loads(state_of(event_class))
            path.write_text(json.dumps(state, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8")
            written.append(path)
    return written


if __name__ == "__main__":
    if sys.argv[1:] != ["--new"]:
        raise SystemExit("usage: python -m tests.samples.make --new")
    for written_path in write_missing():
        sys.stdout.write(f"{written_path.name}\n")
