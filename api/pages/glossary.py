"""The glossary: which words of the trade are explained, and beside which fields of forms.

A word is `glossary.<CODE>`, what it means `meaning.<CODE>`: the page of help and every "?" say the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "people": (
        "CTG",
        "FRAMEWORK",
        "DELEGATION",
        "MANDATES_RENEWED",
        "VACANCY",
        "LEAD_ROLE",
        "COORDINATOR",
        "OBJECTIVES_AND_MEANS",
        "TERRITORY",
        "PERIMETER",
        "HOLDER",
        "PARTNER",
        "SIGNATORY",
        "PILOT",
        "OFFICER",
        "ADVISER",
        "COPIL",
        "COTECH",
    ),
    "work": (
        "ENGAGEMENT",
        "DIAGNOSIS",
        "FINDING",
        "FORUM",
        "EXPERTISE",
        "OFFER_DEMAND",
        "CROSSED",
        "TRANSVERSE",
        "PRIORITY",
        "PLAN",
        "SHEET",
        "INDICATOR",
    ),
    "signing": ("MANDATE", "EXECUTORY", "TEXT", "IN_FORCE", "AMENDMENT", "REVIEW"),
    "rules": ("METHOD", "DEADLINE", "WAIVER", "IRREGULAR", "CORRECTION", "CONTESTATION", "EVIDENCE", "TWO_DATES"),
}
"""The words in the order of the page of help, by the part of it that they stand in."""

BESIDE: Final[Mapping[str, str]] = {
    "field.framework_id": "FRAMEWORK",
    "field.home_framework_id": "FRAMEWORK",
    "field.holder_ids": "HOLDER",
    "field.signatories": "SIGNATORY",
    "field.constitute-steering-body.kind": "COPIL",
    "field.attendance_by_expertise": "EXPERTISE",
    "field.findings": "FINDING",
    "field.transverse": "TRANSVERSE",
    "field.executory_on": "EXECUTORY",
    "field.record-signature.text_sha256": "TEXT",
    "field.record-review.kind": "REVIEW",
    "field.grant-waiver.rule": "WAIVER",
    "field.profile_name": "METHOD",
    "field.profile": "METHOD",
}
"""The word that is explained beside a field, by the message of its label."""


def anchor(code: str) -> str:
    """Where a word stands on the page of help."""
    return f"mot-{code.lower().replace('_', '-')}"
