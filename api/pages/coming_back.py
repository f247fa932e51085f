"""One comes back to where one came from: links to acts carry `retour`, a local address, over chained acts too.

An act that another one needs first has the form of the other as its `retour`, which has its own: how many wait there
says which step of how many one is at. `etapes` counts those already done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

BACK: Final = "retour"
STEPS: Final = "etapes"
DONE: Final = "fait"
"""The parameter of an address that names the key of the act just done."""

LONGEST: Final = 2_000
MOST_STEPS: Final = 9


def is_local(given: str) -> bool:
    """Whether an address is of this site: never a way out."""
    return given.startswith("/") and not given.startswith("//") and "\\" not in given and given.isprintable()


def local_address(given: str) -> str:
    """An address of this site, or the home page."""
    return given if is_local(given) else "/"


def place(path: str, query: str) -> str:
    """An address as one comes back to it: without what was just done there."""
    kept = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name != DONE]
    return f"{path}?{urlencode(kept)}" if kept else path


def coming_back(href: str, here: str) -> str:
    """The link to an act, which leads back here."""
    joined = "&" if "?" in href else "?"
    return f"{href}{joined}{BACK}={quote(here, safe='')}" if len(here) <= LONGEST else href


@dataclass(frozen=True)
class Way:
    """The way back of a form: where it leads, the acts that wait there, how many were done before it."""

    back: str | None = None
    done: int = 0

    @property
    def waiting(self) -> int:
        """How many forms wait for this one."""
        count, back = 0, self.back
        while back is not None and _is_form(back) and count < MOST_STEPS:
            count, back = count + 1, way_of(dict(parse_qsl(urlsplit(back).query))).back
        return count

    @property
    def step(self) -> int:
        """Which step this form is."""
        return self.done + 1

    @property
    def steps(self) -> int:
        """Of how many."""
        return self.done + 1 + self.waiting

    @property
    def carried(self) -> tuple[tuple[str, str], ...]:
        """What the address of the form keeps of it."""
        steps = ((STEPS, str(self.done)),) if self.done else ()
        return ((BACK, self.back), *steps) if self.back is not None else ()

    def after(self, otherwise: str, key: str) -> str:
        """Where the act done leads: back, with its message; from a form, one step further."""
        address, _, anchor = (self.back or otherwise).partition("#")
        path, _, query = address.partition("?")
        pairs = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name not in (STEPS, DONE)]
        if _is_form(address):
            pairs.append((STEPS, str(self.step)))
        return f"{path}?{urlencode([*pairs, (DONE, key)])}" + (f"#{anchor}" if anchor else "")


def way_of(query: Mapping[str, str]) -> Way:
    """The way back that the address of a form names; an address that leads out is none."""
    back = query.get(BACK, "")
    done = query.get(STEPS, "")
    counted = min(int(done), MOST_STEPS) if done.isascii() and done.isdigit() and len(done) == 1 else 0
    return Way(back if back and len(back) <= LONGEST and is_local(back) else None, counted)


def _is_form(address: str) -> bool:
    return "/actes/" in address.partition("?")[0]
