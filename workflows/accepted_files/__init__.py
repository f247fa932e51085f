"""Which files may be kept as evidence, decided by what they hold and never by their name.

PDF, the office formats of today, images and tables of text; nothing with macros, nothing that is two files in one,
nothing that fills a disk once it is opened. A PDF is not opened: what it may do is left to the reader's viewer, which
never gets it from a page of ours but as a file (`api/file_answers.py`).
"""

from __future__ import annotations

from typing import Final

from workflows.accepted_files.images import require_jpeg, require_png
from workflows.accepted_files.kinds import (
    CSV,
    DAMAGED,
    EMPTY,
    JPEG,
    OLDER_OFFICE,
    OTHER_KIND,
    PDF,
    PNG,
    TWO_IN_ONE,
    FileKind,
    FileRefused,
)
from workflows.accepted_files.office import LOCAL_HEADER, OLE, office_kind
from workflows.accepted_files.text import is_table_of_text
from workflows.accepted_files.zipped import ends_as_archive

__all__ = ["FileKind", "FileRefused", "kind_of"]

_PDF_HEADS: Final = (b"%PDF-1.", b"%PDF-2.")
_PDF_END: Final = b"%%EOF"
_AT_THE_END: Final = 1024
"""Bytes in which the end of a PDF stands, with what its last writer put after it."""

_HTML: Final = (b"<html", b"<script", b"<!doctype")


def kind_of(data: bytes) -> FileKind:
    """What a file is. Raises `FileRefused` unless it is one that may be kept."""
    if not data:
        raise FileRefused(EMPTY)
    if data.startswith(OLE):
        raise FileRefused(OLDER_OFFICE)
    if data.startswith(LOCAL_HEADER):
        return office_kind(data)
    if data.startswith(_PDF_HEADS):
        found = PDF
        _require_pdf(data)
    elif data.startswith(b"\x89PNG\r\n\x1a\n"):
        found = PNG
        require_png(data)
    elif data.startswith(b"\xff\xd8\xff"):
        found = JPEG
        require_jpeg(data)
    elif is_table_of_text(data):
        found = CSV
    else:
        raise FileRefused(OTHER_KIND)
    if ends_as_archive(data):
        raise FileRefused(TWO_IN_ONE)
    return found


def _require_pdf(data: bytes) -> None:
    """A PDF from its first byte to its last line."""
    if _PDF_END not in data[-_AT_THE_END:] or b"startxref" not in data:
        raise FileRefused(DAMAGED)
    head = data[:_AT_THE_END].lower()
    if any(sign in head for sign in _HTML):
        raise FileRefused(TWO_IN_ONE)
