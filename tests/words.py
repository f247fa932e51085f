"""Words of machines, which no page says to people: codes, names of fields, ids, protocols."""

from __future__ import annotations

import re

from tests.markup import Attributes, Markup

_MACHINE = re.compile(
    r"""
    (?<![\w’'])[RD]\d{2}\b                              # rules and deadlines
    | (?<![\w/=?&#.-])[a-z]+_[a-z_]+(?![\w.])           # names of fields
    | \b[A-Z]{2,}(?:_[A-Z]+)+\b                         # codes
    | \bctg\.[a-z]                                      # types of events
    | \b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}             # ids
    | \b[0-9a-f]{32,}\b                                 # whole fingerprints
    | ` | \bnull\b | \bJSON\b | \bUUID\b | If-Match | [Ii]dempoten | \bAPI\b | [Pp]ayload | \bHTTP\b | \bUTC\b
    | cnaf-2020 | \bmoteur\b | \bstream\b
    """,
    re.VERBOSE,
)
_OF_FILES = re.compile(r"[Ee]mpreinte|[Ff]ingerprint|SHA-?256", re.IGNORECASE)


def machine_words(text: str, *, files: bool = False) -> list[str]:
    """The words of machines in a text for people; `files`: it is about a file that is known by its fingerprint."""
    found = _MACHINE.findall(text)
    return found if files else [*found, *_OF_FILES.findall(text)]


class _Seen(Markup):
    """What a page shows, and what it reads aloud."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.ids: list[str] = []
        self.described: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        given = {name: value or "" for name, value in attrs}
        self._hidden += tag in ("script", "style", "code")
        self.said += [given[name] for name in ("aria-label", "alt", "placeholder") if name in given]
        if "id" in given:
            self.ids.append(given["id"])
        self.described += [given[name] for name in ("aria-describedby", "aria-labelledby") if name in given]

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("script", "style", "code")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.said.append(data)


def seen(html: str) -> _Seen:
    """What a page shows and reads aloud, its ids, and the ids that it describes things by."""
    reader = _Seen()
    reader.feed(html)
    return reader
