"""Small files of each kind that may be kept, made here, and the means to spoil them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\nxref\n0 1\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)

_MAIN = "application/vnd.openxmlformats-officedocument.{}.main+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
Parts = Mapping[str, bytes]

_ODF = "urn:oasis:names:tc:opendocument:xmlns"


def zipped(parts: Mapping[str, bytes], *, stored: tuple[str, ...] = ("mimetype",)) -> bytes:
    """An archive of these parts."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data, zipfile.ZIP_STORED if name in stored else None)
    return packed.getvalue()


def open_xml(kind: str = "wordprocessingml.document", more: Parts = {}, *, main: str | None = None) -> bytes:  # noqa: B006
    """A document of Word, or of another kind; `more`: other parts, by name."""
    types = f'<Types><Override PartName="/d.xml" ContentType="{main or _MAIN.format(kind)}"/></Types>'
    return zipped({"[Content_Types].xml": types.encode(), "word/document.xml": b"<d>Texte</d>", **more})


def open_document(
    more: Parts = {},  # noqa: B006
    *,
    kind: str = "text",
    manifest: bytes = b"",
    content: bytes = b"<c/>",
) -> bytes:
    """A document of LibreOffice."""
    listed = f'<m:manifest xmlns:m="{_ODF}:manifest:1.0">'.encode() + manifest + b"</m:manifest>"
    said = f"application/vnd.oasis.opendocument.{kind}".encode()
    return zipped({"mimetype": said, "content.xml": content, "META-INF/manifest.xml": listed, **more})


def linked(kind: str, target: str) -> dict[str, bytes]:
    """A relation of a document to something outside it."""
    said = f'<R><Relationship Type="{_RELATION}{kind}" TargetMode="External" Target="{target}"/></R>'
    return {"word/_rels/settings.xml.rels": said.encode()}


def listening() -> bytes:
    """The content of a document that runs something when it is opened."""
    return f'<c xmlns:s="{_ODF}:script:1.0"><s:event-listener s:language="ooo:script"/></c>'.encode()


def locked() -> bytes:
    """What the manifest of a document behind a password says."""
    return b"<m:file-entry><m:encryption-data/></m:file-entry>"


def png(width: int = 3, height: int = 2) -> bytes:
    """A picture."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    drawn = zlib.compress(b"\0\0\0\0" * 2)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", drawn) + chunk(b"IEND", b"")


def jpeg(height: int = 2, width: int = 3) -> bytes:
    """A photograph, in its outline."""
    frame = b"\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00"
    return (
        b"\xff\xd8\xff\xe0\x00\x04AB\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame + b"\xff\xda\x00\x02x\xff\xd9"
    )


def with_size_of_first(data: bytes, size: int) -> bytes:
    """An archive whose directory lies about how large its first part is."""
    at = data.find(b"PK\x01\x02")
    return data[: at + 24] + struct.pack("<I", size) + data[at + 28 :]


def with_flag_of_first(data: bytes, flag: int) -> bytes:
    """An archive whose first part is said to be something more."""
    at = data.find(b"PK\x01\x02")
    return data[: at + 8] + struct.pack("<H", flag) + data[at + 10 :]
