"""Why a letter was given up, in words for whoever runs the instance, from the codes of `mail.py` and `posting.py`."""

from __future__ import annotations

import re
from typing import Final

from workflows.texts import Texts

_KINDS: Final = (
    (re.compile(r"smtp-(5[0-9]{2})"), "refused"),
    (re.compile(r"smtp-(4[0-9]{2})"), "put-off"),
    (re.compile(r"sender-([0-9]{3})"), "sender"),
    (re.compile(r"cannot-be-written-(.+)"), "unwritable"),
)
"""Codes that say more: what of the server's answer, or of the fault, is told with the words."""


def cause(texts: Texts, code: str | None) -> str:
    """A cause in plain words; a code that nobody foresaw stays as it is."""
    for pattern, name in _KINDS:
        found = pattern.fullmatch(code or "")
        if found is not None:
            return texts.t(f"mail.cause.{name}", code=found[1])
    key = f"mail.cause.{code or 'unknown'}"
    return texts.t(key) if texts.has(key) else texts.t("mail.cause.other", code=code or "")
