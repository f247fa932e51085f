"""Forms that say again what something says already: one chooses which first, it comes filled, and what was not touched
is not said: whoever changes one thing loses none of the others, nor what somebody else said meanwhile."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from api.pages.contexts import Choice
from api.pages.forms.options import Options
from api.pages.forms.record import Form
from api.pages.forms.typed import Typed

WHICH: Final = "stream_id"
CHOOSE: Final = "_choose"
"""Sent by a form in which one only chooses what it is about."""
WAS: Final = "_was"
"""What a form was filled with: a fingerprint for each of its fields."""
CLEARED: Final = "cleared"
_DIGITS: Final = 16


def for_one(form: Form[Any], options: Options, given: Mapping[str, str]) -> Options:
    """The form of one thing, which is the only choice that is left; of none yet, the choice alone (`asks_first`)."""
    choices = options.choices.get(WHICH, ())
    if not form.again or not choices:
        return options
    chosen = tuple(one for one in choices if one.value == given.get(WHICH, ""))
    if not chosen:
        return dataclasses.replace(options, asks_first=WHICH)
    only = tuple(Choice(one.value, one.label, True) for one in chosen)
    return dataclasses.replace(options, choices={**options.choices, WHICH: only})


def was(form: Form[Any], first: Mapping[str, str]) -> str:
    """What a form is filled with, as its hidden field says it."""
    filled = Typed({name: (value,) for name, value in first.items()})
    return json.dumps({name: print_ for name in form.untouched if (print_ := _print(filled, name))})


def touched(form: Form[Any], typed: Typed) -> Typed:
    """What was typed, without the fields that still say what they were filled with; those that were emptied are among
    what is cleared, where the act can say so."""
    try:
        filled = dict(json.loads(typed.one(WAS) or "{}"))
    except (ValueError, TypeError):
        return typed
    same = {name for name in form.untouched if filled.get(name) and filled[name] == _print(typed, name)}
    values = {name: said for name, said in typed.values.items() if name.partition(".")[0] not in same}
    clears = CLEARED in {one.name for one in dataclasses.fields(form.command)}
    emptied = tuple(name for name in form.untouched if filled.get(name) and not _print(typed, name))
    if clears and emptied:
        values[CLEARED] = tuple(dict.fromkeys((*typed.many(CLEARED), *emptied)))
    return Typed(values)


def _print(typed: Typed, name: str) -> str:
    """The fingerprint of what a field says, its rows and its boxes too; empty for one that says nothing."""
    said = list(_said(typed, name))
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:_DIGITS] if said else ""


def _said(typed: Typed, name: str) -> Iterator[tuple[str, list[str]]]:
    for path in sorted(typed.values):
        words = sorted(word for value in typed.values[path] for word in value.split())
        if words and (path == name or path.startswith(f"{name}.")):
            yield path, words
