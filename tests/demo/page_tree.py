"""A page as a tree of its elements, to ask what stands in what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"meta", "link", "input", "br", "path", "line", "rect", "circle", "polyline"})
UNREAD = frozenset({"script", "style", "code", "svg"})
"""What is no words of a page: pictures have their own."""


@dataclass
class Element:
    """One element: its attributes, and what stands in it in order."""

    tag: str
    given: dict[str, str]
    inside: list[Element | str] = field(default_factory=list)

    def all(self, *tags: str, of: str = "") -> Iterator[Element]:
        """Every element inside, of these tags and of a class."""
        for one in self.inside:
            if isinstance(one, Element):
                if (not tags or one.tag in tags) and (not of or of in one.classes):
                    yield one
                yield from one.all(*tags, of=of)

    @property
    def classes(self) -> list[str]:
        """Its classes."""
        return self.given.get("class", "").split()

    @property
    def text(self) -> str:
        """What is read of it, on one line."""
        return " ".join(" ".join(self._words()).split())

    def _words(self) -> Iterator[str]:
        for one in self.inside:
            if isinstance(one, str):
                yield one
            elif one.tag not in UNREAD:
                yield from one._words()

    @property
    def statuses(self) -> set[str]:
        """The statuses that it shows, as pills or as marks."""
        shown = (name.split("-", 1) for one in self.all(of="") for name in one.classes)
        return {name[1] for name in shown if name[0] in ("status", "dot") and len(name) == 2}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("html", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(made)
        if tag not in VOID:
            self.open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def read(html: str) -> Element:
    """The tree of a page."""
    reader = _Reader()
    reader.feed(html)
    return reader.root
