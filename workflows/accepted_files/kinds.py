"""The kinds of files that may be kept, and why another may not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from domain.values import Code


@dataclass(frozen=True)
class FileKind:
    """A kind of file: the ending of its name, and its media type."""

    ending: str
    media_type: str


PDF: Final = FileKind("pdf", "application/pdf")
PNG: Final = FileKind("png", "image/png")
JPEG: Final = FileKind("jpg", "image/jpeg")
_OPEN_XML: Final = "application/vnd.openxmlformats-officedocument"
DOCX: Final = FileKind("docx", f"{_OPEN_XML}.wordprocessingml.document")
XLSX: Final = FileKind("xlsx", f"{_OPEN_XML}.spreadsheetml.sheet")
PPTX: Final = FileKind("pptx", f"{_OPEN_XML}.presentationml.presentation")
_OPEN_DOCUMENT: Final = "application/vnd.oasis.opendocument"
ODT: Final = FileKind("odt", f"{_OPEN_DOCUMENT}.text")
ODS: Final = FileKind("ods", f"{_OPEN_DOCUMENT}.spreadsheet")
ODP: Final = FileKind("odp", f"{_OPEN_DOCUMENT}.presentation")

CSV: Final = FileKind("csv", "text/csv")

KINDS: Final = (PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP, PNG, JPEG, CSV)

EMPTY: Final = Code("EMPTY")
OTHER_KIND: Final = Code("OTHER_KIND")
OLDER_OFFICE: Final = Code("OLDER_OFFICE")
MACROS: Final = Code("MACROS")
LOCKED: Final = Code("LOCKED")
DAMAGED: Final = Code("DAMAGED")
TOO_MUCH_INSIDE: Final = Code("TOO_MUCH_INSIDE")
TWO_IN_ONE: Final = Code("TWO_IN_ONE")
FROM_ELSEWHERE: Final = Code("FROM_ELSEWHERE")
TOO_LARGE: Final = Code("TOO_LARGE")
OTHER_FINGERPRINT: Final = Code("OTHER_FINGERPRINT")
ERASED: Final = Code("ERASED")


class FileRefused(Exception):
    """A file may not be kept; `why` is a code of the vocabulary `file-refused`."""

    def __init__(self, why: Code) -> None:
        super().__init__(why)
        self.why = why
