"""Files joined to a form: read once for their fingerprint and their name, never kept."""

from __future__ import annotations

from hashlib import sha256

from starlette.datastructures import FormData, UploadFile

Pair = tuple[str, str]


async def read(form: FormData) -> list[Pair]:
    """What was typed, in its order; each file `<field>.file` says `<field>.sha256`, whatever was typed there.

    Its name is the document's title (`<field>.title`) unless a person gave one.
    """
    typed = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    fingerprints: dict[str, str] = {}
    titles: dict[str, str] = {}
    for name, value in form.multi_items():
        if isinstance(value, UploadFile) and value.size:
            field = name.removesuffix(".file")
            fingerprints[f"{field}.sha256"] = sha256(await value.read()).hexdigest()
            titles[f"{field}.title"] = value.filename or ""
    found = [
        (name, fingerprints.pop(name, value) if name in fingerprints else _title(name, value, titles))
        for name, value in typed
    ]
    return [*found, *fingerprints.items(), *titles.items()]


def _title(name: str, typed: str, titles: dict[str, str]) -> str:
    """The title that a person gave a document; a text to sign has none but its file's."""
    if name not in titles:
        return typed
    of_file = titles.pop(name)
    return typed if typed.strip() and name.startswith("evidence.") else of_file
