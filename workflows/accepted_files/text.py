"""Tables of text: lines that one separator cuts into as many cells, and nothing that a browser would run."""

from __future__ import annotations

import re
from typing import Final

_LOOKED_AT: Final = 200
"""Lines at the head of a file that tell whether it is a table."""

_SEPARATORS: Final = (b";", b",", b"\t", b"|")
_MARKUP: Final = re.compile(rb"<\s*[!?/a-z]", re.IGNORECASE)
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_MOSTLY: Final = 0.6


def is_table_of_text(data: bytes) -> bool:
    """Whether a file is a table of text: no control, no markup, and most lines have a separator of one kind."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.replace(b"\x00", b"")
    if _CONTROL.search(data) or _MARKUP.search(data) or data.startswith((b"#!", b"MZ", b"%")):
        return False
    lines = [one for one in data.splitlines()[:_LOOKED_AT] if one.strip()]
    if len(lines) < 2:
        return False
    return any(sum(one in line for line in lines) >= _MOSTLY * len(lines) for one in _SEPARATORS)
