"""The reader of pages for tests: the engine's own HTML, read in a third of the time of the library's parser.

It is strict where that one forgives: every attribute is in double quotes, and nothing is passed over.
"""

from __future__ import annotations

import re
from html import unescape

Attributes = list[tuple[str, str | None]]

_PIECE = re.compile(
    r"""([^<]+)                                                   # 1: text
      | <([a-zA-Z][^\s/>]*)((?:\s+[^\s=>/"']+(?:="[^"]*")?)*)\s*(/?)>   # 2: tag, 3: its attributes, 4: closed at once
      | </([a-zA-Z][^\s>]*)\s*>                                   # 5: tag that ends
      | <!--.*?--> | <![dD][oO][cC][tT][yY][pP][eE][^>]*>""",
    re.VERBOSE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([^\s=>/"']+)(?:="([^"]*)")?""")
_RAW = ("script", "style")


class Markup:
    """Told of what stands on a page, in its order, by the methods that `html.parser.HTMLParser` calls."""

    def feed(self, html: str) -> None:
        """Read a whole page. Raises `AssertionError` where it is not written as the engine writes pages."""
        start, plain = 0, ""
        for piece in _PIECE.finditer(html):
            assert piece.start() == start, f"no HTML of ours: {html[start : start + 80]!r}"
            start = piece.end()
            text, tag, attributes, closed, ended = piece.groups()
            if text is not None:
                assert not plain or text.isspace(), f"a text inside <{plain}>"
                self.handle_data(_said(text))
            elif tag is not None:
                tag, plain = tag.lower(), ""
                given: Attributes = [
                    (name.lower(), None if value is None else _said(value))
                    for name, value in (one.groups() for one in _ATTRIBUTE.finditer(attributes))
                ]
                if closed:
                    self.handle_startendtag(tag, given)
                else:
                    self.handle_starttag(tag, given)
                    plain = tag if tag in _RAW else ""
            elif ended is not None:
                plain = ""
                self.handle_endtag(ended.lower())
        assert start == len(html), f"no HTML of ours: {html[start : start + 80]!r}"

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """An element begins."""

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        """An element that is closed at once."""
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        """A text between two elements."""


def _said(written: str) -> str:
    return unescape(written) if "&" in written else written
