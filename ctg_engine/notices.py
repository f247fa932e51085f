"""What the settings say of who answers for an instance, and what is still missing of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from api.nearness import is_loopback
from api.notices import Notices
from ctg_engine.findings import Finding, ok, warning
from ctg_engine.settings import PREFIX, Settings

OWED: Final = ("operator", "publisher", "hosting", "help_contact", "privacy_contact")
"""What the law has told to whoever opens the pages, or what people need when they are stuck."""


def notices_of(settings: Settings) -> Notices:
    """The facts of the operator, and the days for which things are kept."""
    return Notices(
        operator=settings.operator,
        operator_address=settings.operator_address,
        publisher=settings.publisher,
        hosting=settings.hosting,
        help_contact=settings.help_contact,
        privacy_contact=settings.privacy_contact,
        accessibility=settings.accessibility,
        accessibility_audit=settings.accessibility_audit,
        kept_days={
            "letters": settings.keep_letters_days,
            "refusals": settings.keep_refusals_days,
            "requests": settings.keep_requests_days,
            "files": settings.keep_uncited_files_days,
            "security": settings.security_days,
        },
    )


def look_at_notices(settings: Settings) -> Iterator[Finding]:
    """Which facts are missing where others than this machine reach the pages."""
    missing = [f"{PREFIX}{name.upper()}" for name in OWED if not getattr(settings, name)]
    if missing and not _is_for_this_machine(settings):
        yield warning("notices", "missing", names=", ".join(missing))
    else:
        yield ok("notices")


def _is_for_this_machine(settings: Settings) -> bool:
    said = urlsplit(settings.base_url).hostname
    return is_loopback(settings.host) and (said is None or is_loopback(said))
