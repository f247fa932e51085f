"""Which browser somebody uses, in two codes of closed vocabularies: enough to know one's own sessions by.

What a browser says of itself (`User-Agent`) is long, nearly unique and written by whoever sends it; it is not kept.
"""

from __future__ import annotations

from typing import Final

from workflows.sessions import UNKNOWN

_BROWSERS: Final = (
    # The order matters: most of them also claim to be those below.
    ("EDGE", ("edg/", "edga/", "edgios/")),
    ("OPERA", ("opr/", "opios/")),
    ("SAMSUNG", ("samsungbrowser/",)),
    ("FIREFOX", ("firefox/", "fxios/")),
    ("CHROME", ("chrome/", "crios/", "chromium/")),
    ("SAFARI", ("safari/",)),
)
_SYSTEMS: Final = (
    ("IOS", ("iphone", "ipad", "ipod")),
    ("ANDROID", ("android",)),
    ("WINDOWS", ("windows",)),
    ("CHROMEOS", ("cros ",)),
    ("MACOS", ("mac os", "macintosh")),
    ("LINUX", ("linux", "x11")),
)

BROWSERS: Final = (*(code for code, _ in _BROWSERS), UNKNOWN)
SYSTEMS: Final = (*(code for code, _ in _SYSTEMS), UNKNOWN)


def browser_of(user_agent: str) -> tuple[str, str]:
    """The codes of the browser and of the system that a `User-Agent` names."""
    said = user_agent[:500].lower()
    return _first(said, _BROWSERS), _first(said, _SYSTEMS)


def _first(said: str, known: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    return next((code for code, marks in known if any(mark in said for mark in marks)), UNKNOWN)
