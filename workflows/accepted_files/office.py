"""Documents, tables and presentations: Office Open XML and OpenDocument, without macros.

What they hold is looked at part by part: a macro is known by what it is, not by the ending of the file's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Final
from xml.parsers import expat

from workflows.accepted_files.kinds import (
    DAMAGED,
    DOCX,
    FROM_ELSEWHERE,
    LOCKED,
    MACROS,
    ODP,
    ODS,
    ODT,
    OTHER_KIND,
    PPTX,
    TOO_MUCH_INSIDE,
    XLSX,
    FileKind,
    FileRefused,
)
from workflows.accepted_files.zipped import Part, parts_of

LOCAL_HEADER: Final = b"PK\x03\x04"
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How the office files of before 2007 begin, and what macros, other programs' objects and passwords are kept in."""

_PROGRAMS: Final = (OLE, b"MZ", b"\x7fELF", b"#!")
_DEEPEST: Final = 1
"""A table inside a document is common; one more inside is not."""

_TYPES: Final = "[Content_Types].xml"
_MAIN: Final = {f"{kind.media_type}.main+xml": kind for kind in (DOCX, XLSX, PPTX)}
_ACTIVE_TYPES: Final = ("macroenabled", "vbaproject", "activex", "macrosheet", "ms-excel.intlmacrosheet")
_ACTIVE_NAMES: Final = re.compile(
    r"(^|/)(vbaproject[^/]*\.bin|vbadata\.xml|activex|macrosheets|intlmacrosheets|dialogsheets|basic|dialogs|scripts)(/|$)",
    re.IGNORECASE,
)
_LINKED: Final = ("/attachedTemplate", "/oleObject", "/frame", "/subDocument")
_NEARBY: Final = re.compile(r"file:///(?![/\\])|[a-z]:[/\\]|(?![a-z][a-z0-9+.-]*:|[/\\]{2})", re.IGNORECASE)
"""Where a template may be: on the writer's own disk, or beside the document."""

_MIMETYPE: Final = "mimetype"
_MANIFEST: Final = "META-INF/manifest.xml"
_OPEN_DOCUMENTS: Final = {kind.media_type: kind for kind in (ODT, ODS, ODP)}
_NAMESPACE: Final = "urn:oasis:names:tc:opendocument:xmlns"
_BEHIND_A_PASSWORD: Final = f"{_NAMESPACE}:manifest:1.0 encryption-data"
_LISTENS: Final = f"{_NAMESPACE}:script:1.0 event-listener"
_SCRIPT: Final = f"{_NAMESPACE}:office:1.0 script"


def office_kind(data: bytes, depth: int = 0) -> FileKind:
    """What an archive is. Raises `FileRefused` unless it is an office file that may be kept."""
    parts = parts_of(data)
    by_name = {one.name: one for one in parts}
    if _TYPES in by_name:
        found = _open_xml(by_name)
    elif parts and parts[0].name == _MIMETYPE:
        found = _open_document(by_name)
    else:
        raise FileRefused(OTHER_KIND)
    for one in parts:
        if _ACTIVE_NAMES.search(one.name):
            raise FileRefused(MACROS)
        _look_into(one, depth)
    return found


def _look_into(part: Part, depth: int) -> None:
    """Unpack a part, to know that it can be; what is an office file inside is judged as one. Raises `FileRefused`."""
    begins = b""
    for piece in part.pieces():
        begins = begins or piece
    if begins.startswith(_PROGRAMS):
        raise FileRefused(MACROS)
    if begins.startswith(LOCAL_HEADER):
        if depth >= _DEEPEST:
            raise FileRefused(TOO_MUCH_INSIDE)
        office_kind(part.whole(), depth + 1)


def _open_xml(parts: Mapping[str, Part]) -> FileKind:
    """Word, Excel, PowerPoint: by the type of its main part."""
    types = [one.get("ContentType", "") for _, one in _elements(parts[_TYPES])]
    if any(sign in one.casefold() for one in types for sign in _ACTIVE_TYPES):
        raise FileRefused(MACROS)
    kinds = {_MAIN[one] for one in types if one in _MAIN}
    if len(kinds) != 1:
        raise FileRefused(OTHER_KIND)
    for name, part in parts.items():
        if name.casefold().endswith(".rels"):
            for _, one in _elements(part):
                if one.get("TargetMode") == "External" and one.get("Type", "").endswith(_LINKED):
                    _require_nearby(one.get("Target", ""))
    return kinds.pop()


def _require_nearby(target: str) -> None:
    if not _NEARBY.match(target.strip()):
        raise FileRefused(FROM_ELSEWHERE)


def _open_document(parts: Mapping[str, Part]) -> FileKind:
    """Writer, Calc, Impress: by the first part, which says it."""
    said = parts[_MIMETYPE]
    found = _OPEN_DOCUMENTS.get(said.whole().decode("ascii", "replace")) if said.size < 100 else None
    if found is None or not said.is_stored or _MANIFEST not in parts:
        raise FileRefused(OTHER_KIND)
    if any(name == _BEHIND_A_PASSWORD for name, _ in _elements(parts[_MANIFEST])):
        raise FileRefused(LOCKED)
    for name, part in parts.items():
        if name.rpartition("/")[2] in ("content.xml", "styles.xml") and any(
            element in (_LISTENS, _SCRIPT) for element, _ in _elements(part)
        ):
            raise FileRefused(MACROS)
    return found


def _elements(part: Part) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Every element of a part in XML, with its attributes. Raises `FileRefused`, also for one that defines entities."""
    found: list[tuple[str, Mapping[str, str]]] = []

    def refuse(*_: object) -> None:
        raise FileRefused(DAMAGED)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda name, attributes: found.append((name, attributes))
    parser.EntityDeclHandler = refuse
    try:
        for piece in chain(part.pieces(), (None,)):
            parser.Parse(piece or b"", piece is None)
            yield from found
            found.clear()
    except (expat.ExpatError, LookupError, ValueError):  # also an encoding that nobody knows
        raise FileRefused(DAMAGED) from None
