"""Who answers for an instance and how long it keeps things, as its operator says: what help and legal pages tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Compliance = Literal["none", "partial", "full"]
"""What an audit said of accessibility; `none` also where there was no audit."""


@dataclass(frozen=True, kw_only=True)
class Notices:
    """The facts of the operator, each empty until it is told."""

    operator: str = ""
    operator_address: str = ""
    publisher: str = ""
    hosting: str = ""
    help_contact: str = ""
    """Whom to ask about the tool: a mail address, an address of the web, or any words."""
    privacy_contact: str = ""
    """Whom to ask about personal data; the contact for help where there is no other."""
    accessibility: Compliance = "none"
    accessibility_audit: str = ""
    """By whom, when, with which result."""
    kept_days: Mapping[str, int] = field(default_factory=dict)
    """For how long what is kept (letters, refusals, requests, files, security) is kept."""
