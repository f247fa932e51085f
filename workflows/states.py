"""Kept states: the folded state of a stream at a version, so that loading it need not fold it from nothing.

Any of them may be thrown away. Each is kept for the code that folds so (`fold_of`): a state of other code is not seen,
and its stream is folded again, which is all there is of rebuilding them; two releases keep theirs side by side.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Final, NamedTuple, TypedDict, cast, get_origin, get_type_hints
from uuid import UUID

import msgspec
from sqlalchemy import Engine, delete

from domain.kernel import AGGREGATES, EVENTS, Aggregate, Composed, Event, folded, is_mended
from domain.values import Prose
from workflows import codec, schema
from workflows.decoders import decoder_of
from workflows.log import KeptState

KEEP_EVERY: Final = 32
"""Versions between two kept states of a stream, and the most events that a loader folds without keeping the state."""

_TIMES: Final = ("_created_on", "_modified_on")
_IMPORT: Final = re.compile(r"^\s*(?:from|import)\s+(domain(?:\.\w+)+)", re.MULTILINE)
_READERS: Final = (Path(__file__), Path(str(codec.__file__)))


class UnusableState(ValueError):
    """A kept state that cannot be read: its stream is folded from nothing."""


def fold(state: Aggregate | None, events: Iterable[Event]) -> Aggregate | None:
    """What events lead to, from a state that is changed by it or from nothing.

    The library's own loop checks a protocol at each event, at ten times the cost.
    """
    now: Any = state
    event = None
    if state is None:
        events = tuple(events)
        if is_mended(events):
            now, event, events = folded(events), events[-1], ()
    for event in events:
        now = event.mutate(now)
    if event is not None:
        now.last_event_id = event.envelope.event_id
    return cast(Aggregate | None, now)


def passes(before: int, after: int) -> bool:
    """Whether a stream that goes from one version to another has its state kept."""
    return before // KEEP_EVERY < after // KEEP_EVERY


def kept(state: Aggregate) -> KeptState:
    """The row of a state."""
    values = vars(state)
    shape = _shape(type(state))
    content = {name: values[name] for name in shape.names}
    if isinstance(state, Composed):
        content["parts"] = state.parts
    encoded = msgspec.json.encode(content, enc_hook=_sealed).decode()
    return KeptState(state.id, fold_of(type(state)), state.version, state.last_event_id, encoded)


def restored(fold: str, stream_id: UUID, version: int, last_event_id: UUID | None, text: str) -> Aggregate:
    """The state of a row. Raises UnusableState."""
    kind = folds()[fold]
    try:
        content = _shape(kind).decoder.decode(text)
    except (msgspec.MsgspecError, ValueError) as error:
        raise UnusableState(f"{stream_id} v{version}: {error}") from error
    state = object.__new__(kind)
    state.__dict__.update(content, _id=stream_id, _version=version, _pending_events=[], _last_event_id=last_event_id)
    return state


def folds() -> dict[str, type[Aggregate]]:
    """The kinds of streams whose state is kept, by their fold."""
    return {fold_of(kind): kind for kind in AGGREGATES.values() if kind.CHANGES}


def forget_others(engine: Engine) -> int:
    """Delete the states of other releases; how many there were."""
    with engine.begin() as connection:
        gone = connection.execute(delete(schema.states).where(schema.states.c.fold.not_in(list(folds()))))
    return gone.rowcount


def forget(engine: Engine) -> None:
    """Delete the states of this release: whoever needs one folds it anew."""
    with engine.begin() as connection:
        connection.execute(delete(schema.states).where(schema.states.c.fold.in_(list(folds()))))


# --- their shape ------------------------------------------------------------------------------------------------------


class _Shape(NamedTuple):
    names: tuple[str, ...]
    decoder: msgspec.json.Decoder[Any]


@cache
def _shape(kind: type[Aggregate]) -> _Shape:
    """What a state consists of: the attributes that its classes declare, and the parts of its families."""
    hints = get_type_hints(kind)
    declared = (name for one in kind.__mro__ if issubclass(one, Aggregate) for name in vars(one)["__annotations__"])
    names = [name for name in declared if get_origin(hints[name]) is not ClassVar]
    fields: dict[str, Any] = {**dict.fromkeys(_TIMES, datetime), **{name: hints[name] for name in names}}
    of_itself = tuple(fields)
    if issubclass(kind, Composed):
        fields["parts"] = _typed(dict(kind.PARTS))
    return _Shape(of_itself, decoder_of(_typed(fields), codec.open_nothing))


def _typed(fields: dict[str, Any]) -> Any:
    return TypedDict("State", fields)  # type: ignore[operator]


def _sealed(value: Any) -> Any:
    if isinstance(value, Prose) and value.token is not None:
        return value.token
    raise NotImplementedError(f"a state keeps no {type(value)}, nor a clear text")


# --- the code that folds ----------------------------------------------------------------------------------------------


@cache
def fold_of(kind: type[Aggregate]) -> str:
    """The fingerprint of the sources by which a kind of stream is folded: computed, so that nobody has to declare it.

    They are the modules of the aggregate and of its events, all that these import of the domain, and the modules that
    read events and states. A changed line of any of them gives another fold, at the price of folding once more.
    """
    prefix = f"{kind.TOPIC}."
    families = {one.__module__ for topic, one in EVENTS.items() if topic.startswith(prefix)}
    parts = {one.__module__ for one in kind.PARTS.values()} if issubclass(kind, Composed) else set()
    files = {file_of(name) for name in reached({kind.__module__, *families, *parts})}
    sources = sorted((file.name, file.read_bytes()) for file in {*files, *_READERS})
    digest = hashlib.blake2b(prefix.encode(), digest_size=12)
    for name, source in sources:
        digest.update(f"{name} {len(source)}\n".encode() + source)
    return digest.hexdigest()


def reached(modules: set[str]) -> set[str]:
    """These modules of the domain and all those that they import."""
    found: set[str] = set()
    waiting = list(modules)
    while waiting:
        name = waiting.pop()
        if name in found or name not in sys.modules:
            continue
        found.add(name)
        waiting += _IMPORT.findall(file_of(name).read_text(encoding="utf-8"))
    return found


def file_of(module: str) -> Path:
    """The source of a module."""
    return Path(str(sys.modules[module].__file__))
