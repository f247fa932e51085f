"""Only what can be kept safely is kept: told by what a file holds, whatever its name says."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from tests.unit.office_files import (
    OLE,
    PDF,
    jpeg,
    linked,
    listening,
    locked,
    open_document,
    open_xml,
    png,
    with_flag_of_first,
    with_size_of_first,
    zipped,
)
from workflows.accepted_files import FileRefused, kind_of
from workflows.texts import LANGUAGES, Texts

DOCX = open_xml()
XLSX = open_xml("spreadsheetml.sheet")
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"


def inside(parts: Mapping[str, bytes]) -> bytes:
    """A document of Word with more parts."""
    return open_xml(more=parts)


@pytest.mark.parametrize(
    ("ending", "data"),
    {
        "pdf": PDF,
        "docx": DOCX,
        "xlsx": XLSX,
        "pptx": open_xml("presentationml.presentation"),
        "odt": open_document(),
        "ods": open_document(kind="spreadsheet"),
        "odp": open_document(kind="presentation"),
        "png": png(),
        "jpg": jpeg(),
    }.items(),
)
def test_what_offices_and_telephones_make_is_kept(ending: str, data: bytes) -> None:
    assert kind_of(data).ending == ending


def test_a_table_in_a_document_and_a_template_on_the_writers_disk_are_no_fault() -> None:
    near = linked("attachedTemplate", "file:///C:/Users/alix/Normal.dotm")
    assert kind_of(inside({**near, "word/embeddings/table.xlsx": XLSX})).ending == "docx"
    assert kind_of(inside(linked("hyperlink", "https://gers.fr"))).ending == "docx"
    assert kind_of(jpeg() + b"another, smaller picture that the camera put there").ending == "jpg"


@pytest.mark.parametrize(
    ("why", "data"),
    [
        ("EMPTY", b""),
        ("OTHER_KIND", b"<html><script>alert(1)</script></html>"),
        ("OTHER_KIND", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        ("OTHER_KIND", b"GIF89a" + bytes(20)),
        ("OTHER_KIND", b"MZ" + bytes(200)),
        ("OTHER_KIND", b" " + PDF),
        ("OTHER_KIND", zipped({"a.txt": b"an archive"})),
        ("OTHER_KIND", zipped({"mimetype": b"application/epub+zip", "META-INF/manifest.xml": b"<m/>"})),
        ("OTHER_KIND", open_xml(main="application/x-nothing")),
        ("OLDER_OFFICE", OLE),
        ("MACROS", open_xml(main=MACRO_TYPE)),
        ("MACROS", inside({"word/vbaProject.bin": b"x"})),
        ("MACROS", inside({"word/VBAPROJECT.BIN": b"x"})),
        ("MACROS", inside({"word/media/picture.png": OLE})),
        ("MACROS", inside({"word/embeddings/tool.png": b"MZ" + bytes(80)})),
        ("MACROS", inside({"xl/macrosheets/sheet1.xml": b"<m/>"})),
        ("MACROS", inside({"word/embeddings/a.xlsx": inside({"xl/vbaProject.bin": b"x"})})),
        ("MACROS", open_document({"Basic/Standard/Module1.xml": b"<m/>"})),
        ("MACROS", open_document({"Scripts/python/a.py": b"import os"})),
        ("MACROS", open_document(content=listening())),
        ("LOCKED", open_document(manifest=locked())),
        ("LOCKED", with_flag_of_first(DOCX, 1)),
        ("FROM_ELSEWHERE", inside(linked("attachedTemplate", "https://elsewhere.example/t.dotm"))),
        ("FROM_ELSEWHERE", inside(linked("attachedTemplate", r"\\server\share\t.dotm"))),
        ("FROM_ELSEWHERE", inside(linked("oleObject", "file://server/share/a.doc"))),
        ("DAMAGED", PDF[:-8]),
        ("DAMAGED", DOCX[:-1]),
        ("DAMAGED", DOCX.replace(b"PK\x05\x06", b"PK\x05\x07")),
        ("DAMAGED", with_size_of_first(DOCX, 10)),
        ("DAMAGED", inside({"../evil": b"x"})),
        ("DAMAGED", inside({"word\\evil": b"x"})),
        ("DAMAGED", inside({"WORD/document.xml": b"twice"})),
        ("DAMAGED", open_xml(main='a"/><!DOCTYPE')),
        ("DAMAGED", open_document(content=b'<!DOCTYPE c [<!ENTITY a "aaaaaaaaaa">]><c>&a;</c>')),
        ("DAMAGED", png()[:-3]),
        ("DAMAGED", png().replace(b"IDAT", b"IDAX")),
        ("DAMAGED", jpeg()[:-2]),
        ("TOO_MUCH_INSIDE", lambda: inside({"word/media/a.bmp": bytes(30 << 20)})),
        ("TOO_MUCH_INSIDE", inside({"a": inside({"b": XLSX})})),
        ("TOO_MUCH_INSIDE", lambda: inside({f"word/{number}": b"" for number in range(5_000)})),
        ("TOO_MUCH_INSIDE", png(60_000, 60_000)),
        ("TWO_IN_ONE", PDF + zipped({"Main.class": b"x"})),
        ("TWO_IN_ONE", b"%PDF-1.7\n<html><script>x</script></html>\n" + PDF),
        ("TWO_IN_ONE", png() + zipped({"Main.class": b"x"})),
        ("TWO_IN_ONE", jpeg() + zipped({"Main.class": b"x"})),
        ("TWO_IN_ONE", DOCX + b"<html>"),
        ("TWO_IN_ONE", DOCX + zipped({"Main.class": b"x"})),
    ],
)
def test_what_harms_or_deceives_is_refused_with_its_reason(why: str, data: bytes | Callable[[], bytes]) -> None:
    """What takes long to pack is packed by who tries it, not by everybody who looks for tests."""
    whole = data if isinstance(data, bytes) else data()
    with pytest.raises(FileRefused) as refused:
        kind_of(whole)
    assert refused.value.why == why
    assert all(Texts(language).word("file-refused", why) for language in LANGUAGES)


@pytest.mark.parametrize("whole", [PDF, DOCX, open_document(), png(), jpeg()])
def test_no_beginning_of_a_file_passes_for_the_file(whole: bytes) -> None:
    for length in range(0, len(whole) - 1, 7):
        with pytest.raises(FileRefused):
            kind_of(whole[:length])
