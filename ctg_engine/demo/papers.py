"""The papers of the demonstration: small PDF files that say what they are, so that every document of it opens.

One page each, written here: the same words give the same bytes, and so the same fingerprint, on every machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.values import Sha256
from workflows.texts import Texts

MARK: Final = "Démonstration : ce document est inventé."
BELOW: Final = (
    "Le territoire est réel ; les faits, les personnes et ce papier ne le sont pas.",
    "Dans un vrai registre, on trouverait ici le document tel qu’il a été signé, voté ou relevé.",
)
_LEFT, _TOP, _LEADING = 72, 740, 22
_SIZES: Final = {"mark": 10, "title": 20, "text": 12}


@dataclass(frozen=True)
class Paper:
    """A paper that a fact cites, and the place whose readers may open it."""

    title: str
    data: bytes
    place_id: UUID

    @property
    def sha256(self) -> Sha256:
        """By which facts cite it."""
        return Sha256(hashlib.sha256(self.data).hexdigest())


def paper(title: str, territory: str, on: date | None, place_id: UUID) -> Paper:
    """A paper of a territory, of a day or of none."""
    dated = [f"Date : {Texts('fr').long_date(on)}"] if on is not None else []
    lines = [("mark", MARK), ("title", title), ("text", territory), *(("text", one) for one in (*dated, "", *BELOW))]
    return Paper(title, _pdf(lines), place_id)


def _pdf(lines: Sequence[tuple[str, str]]) -> bytes:
    """One A4 page in Helvetica, which every reader has."""
    drawn = [b"BT", b"%d %d Td" % (_LEFT, _TOP)]
    for style, words in lines:
        drawn.append(b"/F1 %d Tf (%s) Tj 0 -%d Td" % (_SIZES[style], _escaped(words), _LEADING + _SIZES[style] // 2))
    content = b"\n".join([*drawn, b"ET"])
    return _file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> >> >>",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        ]
    )


def _escaped(words: str) -> bytes:
    plain = words.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
    return plain.encode("cp1252", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _file(objects: Sequence[bytes]) -> bytes:
    """The objects, then where each begins, as PDF 1.4 wants it."""
    written, places = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return written + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, len(written))
    )
