"""In what encoding a file was written, judged by what its letters would be: the accents of French public names.

A file read in a wrong encoding is not malformed: it gives names that exist nowhere ("Gu\u017dret"). Each encoding in
which such files are exported is tried, and the one that leaves nothing odd is the right one.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

from workflows.territory_files.facts import LineVerdict

LETTERS: Final = "àâçèéêëîïñóôöùûüÿæœ"
"""What names of communes and intercommunalities hold beside ASCII, or could: French, Breton, Basque, Catalan."""

COMMON: Final = "àâçèéêëîïôûüœ"
"""Those that any list of some length holds; the others are in one name out of thousands."""

_MARKS: Final = "\u00a0\u2007\u2009\u202f\ufeff’‘“”«»–—…°²³€·"
"""Typography of titles and of numbers; never inside a word, but for the apostrophes."""

_ODD: Final = re.compile(
    f"[^\\x00-\\x7f{LETTERS}{LETTERS.upper()}{_MARKS}]"  # a letter or a sign that no public name has
    f"|(?<=[a-z{LETTERS}])[{LETTERS.upper()}](?![A-Z])"  # "GuÈret": a capital accent inside a word
    f"|(?<=[A-Z])[{LETTERS.upper()}](?=[a-z])"  # "NÈbouzat"
    "|(?<=[^\\W\\d_])[‘“”«»–—…²³€·](?=[^\\W\\d_])"  # "GU…RET"
)
_DOUBLED: Final = re.compile(
    "[ÂÃÅâ][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
"""A byte of UTF-8 taken for a letter, and the one that follows it."""

_NEVER_IN_NAMES: Final = re.compile("[‘“”«»–—…°²³€·]")

_CANDIDATES: Final = ("cp1252", "mac_roman", "iso8859-15", "cp850", "cp437")
"""Those of Windows, old Macintosh, old Unix and DOS; the first of equals is right."""

_NAMES: Final = {
    "mac_roman": "Mac Roman",
    "iso8859-15": "ISO 8859-15",
    "cp850": "MS-DOS 850",
    "cp437": "MS-DOS 437",
}


class Undecodable(Exception):
    """The bytes make no text; `verdict` says where."""

    def __init__(self, verdict: LineVerdict) -> None:
        super().__init__(verdict.code)
        self.verdict = verdict


@dataclass(frozen=True)
class Decoded:
    """The text of a file, and how it was recovered where it was in no usual encoding."""

    text: str
    remark: LineVerdict | None = None


def oddities(text: str) -> int:
    """How many signs of a text no French public name has."""
    return sum(1 for _ in _ODD.finditer(text))


def _rare(text: str) -> int:
    return sum(character in LETTERS and character not in COMMON for character in text.casefold())


def is_damaged(name: str) -> bool:
    """Whether a name holds what a wrong encoding leaves behind."""
    return any(pattern.search(name) for pattern in (_ODD, _DOUBLED, _NEVER_IN_NAMES))


def decode(file: str, data: bytes) -> Decoded:
    """The text of a file in UTF-8, UTF-16 with mark, Windows-1252, Mac Roman, ISO 8859-15 or DOS, or in UTF-8 twice.

    Raises `Undecodable` for anything else, rather than letting in names with damaged accents.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Decoded(_decode_as(file, data, "utf-16"))
    if b"\x00" in data:
        raise Undecodable(LineVerdict(file, 1, "refused", "not-text"))
    marked = data.startswith(codecs.BOM_UTF8)
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return _undoubled(file, data.decode("utf-8"))
    except UnicodeDecodeError as error:
        forgiving = data.decode("utf-8", errors="replace")
        broken = forgiving.count("\ufffd")
        sound = sum(ord(character) > 127 for character in forgiving) - broken
        if marked or sound > broken:  # UTF-8 with a few damaged bytes, not another encoding
            raise Undecodable(_damaged(file, data, error)) from error
    return _in_one_byte(file, data)


def _in_one_byte(file: str, data: bytes) -> Decoded:
    read: dict[str, str] = {}
    first_error: UnicodeDecodeError | None = None
    for encoding in _CANDIDATES:
        try:
            read[encoding] = data.decode(encoding)
        except UnicodeDecodeError as error:
            first_error = first_error or error
    odd = {encoding: oddities(text) for encoding, text in read.items()}
    best = min(read, key=lambda encoding: (odd[encoding], _rare(read[encoding])))  # of equals, the first
    if best == "cp1252":
        return Decoded(read[best])
    # An encoding other than the usual one must leave nothing odd and speak French; else the file is damaged.
    french = any(character in COMMON for character in read[best].casefold())
    if first_error is not None and (odd[best] or not french):
        raise Undecodable(_damaged(file, data, first_error))
    if odd[best] or not french:
        return Decoded(data.decode("cp1252"))
    return Decoded(read[best], LineVerdict(file, 1, "notice", "encoding-recognised", {"encoding": _NAMES[best]}))


def _undoubled(file: str, text: str) -> Decoded:
    """A text whose UTF-8 was taken for Windows-1252 or Mac Roman and written in UTF-8 again, as it was before.

    Where only some of its lines were, it stays as it is, and their names are refused one by one.
    """
    before = text
    for _ in range(3):
        if not oddities(text):
            break
        mended = [one for encoding in ("cp1252", "mac_roman") if (one := _once_less(text, encoding)) is not None]
        if not mended:
            break
        text = min(mended, key=oddities)
    if text == before or oddities(text):
        return Decoded(before)
    return Decoded(text, LineVerdict(file, 1, "notice", "encoding-doubled"))


def _once_less(text: str, encoding: str) -> str | None:
    raw = bytearray()
    for character in text:
        try:
            raw += character.encode(encoding)
        except UnicodeEncodeError:
            if not 0x80 <= ord(character) <= 0x9F:  # what Windows-1252 leaves undefined is often kept as it is
                return None
            raw.append(ord(character))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _decode_as(file: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Undecodable(_damaged(file, data, error)) from error


def _damaged(file: str, data: bytes, error: UnicodeDecodeError) -> LineVerdict:
    line = data.count(b"\n", 0, error.start) + 1
    return LineVerdict(file, line, "refused", "damaged-encoding", {"byte": f"0x{data[error.start]:02X}"})
