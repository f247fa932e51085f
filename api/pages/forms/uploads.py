"""Files joined to a form: each says its fingerprint and its name, and is kept as evidence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256

from starlette.datastructures import FormData, UploadFile

Pair = tuple[str, str]
_LINE = re.compile(r"evidence\.(\d{1,3})\.")


@dataclass(frozen=True)
class Joined:
    """A file that came with a form: the field that it is about (`evidence.0`), its name, its bytes."""

    field: str
    name: str
    data: bytes


async def read(form: FormData) -> tuple[list[Pair], list[Joined]]:
    """What was typed, in its order, and the files; each file `<field>.file` says `<field>.sha256`, whatever was typed.

    Its name is the document's title (`<field>.title`) unless a person gave one. Several files of one line of documents
    are as many lines.
    """
    typed = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    lines = [int(line[1]) for name, _ in form.multi_items() if (line := _LINE.match(name))]
    joined: dict[str, Joined] = {}
    for name, value in form.multi_items():
        if isinstance(value, UploadFile) and value.size:
            field = name.removesuffix(".file")
            if field in joined and field.startswith("evidence."):
                lines.append(max(lines) + 1)
                field = f"evidence.{lines[-1]}"
            joined[field] = Joined(field, value.filename or "", await value.read())
    fingerprints = {f"{field}.sha256": sha256(one.data).hexdigest() for field, one in joined.items()}
    titles = {f"{field}.title": one.name for field, one in joined.items()}
    found = [
        (name, fingerprints.pop(name, value) if name in fingerprints else _title(name, value, titles))
        for name, value in typed
    ]
    return [*found, *fingerprints.items(), *titles.items()], list(joined.values())


def _title(name: str, typed: str, titles: dict[str, str]) -> str:
    """The title that a person gave a document; a text to sign has none but its file's."""
    if name not in titles:
        return typed
    of_file = titles.pop(name)
    return typed if typed.strip() and name.startswith("evidence.") else of_file
