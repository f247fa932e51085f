"""What a letter is made of, whatever its dress: plain text and HTML say the same blocks.

Whoever adds a link to a letter (a one-time link to one act, say) adds one `Link`: it is a sentence with its address in
plain text, and a button in HTML.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    """A paragraph that leads somewhere. `said`: the sentence with its address; `label`: the words of the link alone.

    `is_act`: it leads to what ends the matter, and is drawn as a button.
    """

    said: str
    label: str
    href: str
    is_act: bool = False


@dataclass(frozen=True)
class Heading:
    """The title of what follows."""

    text: str


@dataclass(frozen=True)
class Line:
    """One thing of a list, what is to be known of it, and its one next act."""

    text: str
    about: str = ""
    link: Link | None = None
    is_late: bool = False


@dataclass(frozen=True)
class Lines:
    """A list, under the name of what its lines have in common."""

    title: str
    lines: tuple[Line, ...]


Block = str | Link | Heading | Lines
