"""A file that a territory hands in is read, or refused with a reason; it never harms, whatever it is."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable

import pytest

from tests.tables.books import HEAD, table, xlsx
from tests.unit.office_files import open_document, open_xml, zipped
from workflows.tables.cells import shown
from workflows.tables.opening import LARGEST, open_workbook
from workflows.tables.refusals import TableRefused
from workflows.tables.wording import refused_in_words
from workflows.texts import LANGUAGES, Texts

PLAIN = xlsx([HEAD, ("Petite enfance", "Ouvrir une crèche", "CIAS", "", "")])


def altered(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with one part changed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            after.writestr(name, change(content) if name == part else content)
    return packed.getvalue()


def more(data: bytes, name: str, content: bytes) -> bytes:
    """A workbook with one more part."""
    packed = io.BytesIO(data)
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return packed.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
FAR = altered(PLAIN, SHEET, lambda one: one.replace(b'r="C2"', b'r="XFD1048576"'))
ODS_FAR = (
    b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    b' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    b' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    b'<table:table table:name="A"><table:table-row table:number-rows-repeated="900000">'
    b'<table:table-cell office:value-type="string" table:number-columns-repeated="900"><text:p>x</text:p>'
    b"</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body>"
    b"</office:document-content>"
)
ENTITIES = b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]>'


@pytest.mark.parametrize(
    ("why", "data"),
    [
        # Made when they are tried: who only lists the tests, or runs others, does not pack these.
        ("TOO_LARGE", lambda: b"a;b\n" * (LARGEST // 4 + 1)),
        ("TOO_LARGE", lambda: more(PLAIN, "xl/media/image.png", random.Random(7).randbytes(1 << 20) + bytes(60 << 20))),
        ("TOO_MUCH_INSIDE", lambda: more(PLAIN, "xl/media/image.png", bytes(270 << 20))),
        ("TOO_MANY_CELLS", FAR),
        ("TOO_MANY_CELLS", open_document(kind="spreadsheet", content=ODS_FAR)),
        ("TOO_MANY_CELLS", b"a;b\n" * 6_000),
        ("DAMAGED", PLAIN[: len(PLAIN) // 2]),
        ("DAMAGED", altered(PLAIN, "[Content_Types].xml", lambda one: ENTITIES + one)),
        ("UNREADABLE", altered(PLAIN, SHEET, lambda one: ENTITIES + one)),
        ("UNREADABLE", altered(PLAIN, SHEET, lambda one: one[:-40])),
        ("MACROS", more(PLAIN, "xl/vbaProject.bin", b"program")),
        ("OLDER_OFFICE", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("OTHER_KIND", open_xml()),
        ("OTHER_KIND", zipped({"a.txt": b"an archive"})),
        ("LINKED", more(PLAIN, "xl/externalLinks/externalLink1.xml", b"<a/>")),
        ("LINKED", xlsx([HEAD, ("a", "='[1]Autre'!A1", "", "", "")])),
        ("LINKED", xlsx([HEAD, ("a", '=WEBSERVICE("http://a.fr")', "", "", "")])),
        ("LINKED", xlsx([HEAD, ("a", "=cmd|'/c calc'!A0", "", "", "")])),
        ("NOT_TEXT", b"a;b\n\x00\x01"),
        ("NO_TABLE", b"  \n"),
        ("UNREADABLE", b'a;b\n"never closed;c\n'),
    ],
)
def test_what_is_no_table_or_would_do_harm_is_refused_in_words(why: str, data: bytes | Callable[[], bytes]) -> None:
    with pytest.raises(TableRefused) as caught:
        open_workbook("plan.xlsx", data if isinstance(data, bytes) else data())
    assert caught.value.why == why
    for language in LANGUAGES:
        assert "{" not in refused_in_words(Texts(language), caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "mac_roman", "cp850"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_a_text_is_cut_as_it_was_written(encoding: str, separator: str) -> None:
    rows = [HEAD, ("Petite enfance", "Ouvrir une crèche", "CIAS", "mi-2024", "31/12/2025")]
    text = "\r\n".join(separator.join(f'"{cell}"' for cell in row).replace("’", "'") for row in rows)
    found = table(text.encode(encoding))
    assert found.heads[4] == "Échéance"
    assert found.cell(1, 1).value == "Ouvrir une crèche"


def test_a_cell_is_shown_as_in_the_file() -> None:
    assert [shown(one) for one in (46022.0, 1.5, True, "  mi-2024 ")] == ["46022", "1,5", "VRAI", "mi-2024"]
