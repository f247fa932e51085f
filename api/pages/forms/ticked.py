"""The likely lines of a repeating field, as boxes: which are kept, and what is typed beside them."""

from __future__ import annotations

import dataclasses
from typing import Any, Final

from api.pages.fields import TickedLine
from api.pages.forms.options import TickedRow
from api.pages.forms.typed import Typed

EMPTY: Final = 2
"""Lines offered at first for what is not likely."""

EVERY: Final = ".all"
"""After the name of the field, in the button that ticks every box."""


def lines_of(
    kind: Any, path: str, likely: tuple[TickedRow, ...], typed: Typed | None, *, every: bool
) -> tuple[tuple[TickedLine, ...], Typed]:
    """The boxes, as proposed or as sent, and what was typed, in the order in which it is shown: boxes first.

    A line is known by what its box says, whatever its number was: others may have become likely meanwhile.
    """
    what, flag = (field.name for field in dataclasses.fields(kind))
    typed_in = typed or Typed({})
    sent: dict[str, str] = {}
    others: list[tuple[str, str]] = []
    for number in range(typed_in.rows(path)):
        value, said = typed_in.one(f"{path}.{number}.{what}"), typed_in.one(f"{path}.{number}.{flag}")
        if value in {one.value for one in likely} and value not in sent:
            sent[value] = said
        elif value or (said and number >= len(likely)):
            others.append((value, said))
    lines = []
    for number, one in enumerate(likely):
        name, flag_name = f"{path}.{number}.{what}", f"{path}.{number}.{flag}"
        chosen = one.chosen if typed is None else one.value in sent
        flagged = one.flag if typed is None else sent.get(one.value, typed_in.one(flag_name)) == "true"
        lines.append(TickedLine(name, one.value, one.label, chosen or every, flag_name, flagged, one.note))
    again = {name: values for name, values in typed_in.values.items() if not name.startswith(f"{path}.")}
    for number, (value, said) in enumerate([*others, *[("", "")] * EMPTY], len(likely)):
        again |= {f"{path}.{number}.{what}": (value,), f"{path}.{number}.{flag}": (said,)}
    return tuple(lines), Typed(again)
