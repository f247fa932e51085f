"""Rules and malformed values in words: the one place where their parameters become something to read.

Pages, API, mail and CLI all say a broken rule with `explain` and a malformed value with `explain_invalid`; facts of
the log are told by `facts.py`. A text may use, beside the plain parameters: `{period_from}` and `{period_to}` of a
parameter `period`, `{communes_count}` of a list `communes`, `{budget_cents}` of amounts by year, `{rule_name}` of a
`rule`, and `{missing}` of what still lacks to cross a theme.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import time
from typing import Any, Final
from uuid import UUID

from domain.kernel import BrokenRule
from domain.money import YearAmount
from domain.values import SHA256_PATTERN, Code, InvalidValue, Prose, PublicName, Theme, ValidityPeriod
from workflows.texts import Texts

NameOf = Callable[[UUID | Code], str]
"""The name of what an id stands for (a partner, a territory…), the Insee code of a commune or a convention's own theme,
as the reader may know it."""

COMMUNES: Final = frozenset({"communes", "commune", "insee"})
"""Parameters that are Insee codes."""

THEMES: Final = frozenset({"theme", "themes"})
"""Parameters that are codes of themes: what is no word of the vocabulary is a convention's own theme, by its id."""

SHOWN_OF_SHA256: Final = 12
"""How many digits of a fingerprint are shown to people."""

_FAMILIES: Final = {
    "field": ("field",),
    "command": ("command", "action"),
    "former_name": ("profile",),
    "profile_name": ("profile",),
    "waived_rule": ("rule",),
    "waivable": ("rule",),
    "rule_name": ("rule",),
    "allowed": ("silence",),
    "outcome": ("contestation-outcome",),
}
"""Parameters whose value is said by a message of the first of these families that has one."""


@dataclass(frozen=True)
class Explained:
    """What is wrong, in words: `code` for programs, `rule` the id of the rule (empty for a malformed value),
    `field` the field of the command to mend when there is one."""

    code: str
    rule: str
    text: str
    remedy: str
    field: str | None


def explain(texts: Texts, rule: BrokenRule, name_of: NameOf, act: str = "") -> Explained:
    """A broken rule in words; `act`: whose fields it names, where that is known. Raises `MissingText` when its text is
    not in the catalogues."""
    key = f"refusal.{rule.TEXT_KEY}"
    shown = readable(texts, rule.parameters, name_of)
    if texts.has(own := f"field.{act}.{rule.parameters.get('field')}"):
        shown["field"] = texts.t(own)
    at_fault = rule.FIELD or rule.parameters.get("field")
    return Explained(rule.CODE, rule.RULE, texts.t(key, **shown), texts.t(f"{key}.remedy", **shown), at_fault)


def explain_invalid(texts: Texts, invalid: InvalidValue, name_of: NameOf) -> Explained:
    """A malformed value in words. Raises `MissingText` when its text is not in the catalogues."""
    key = f"invalid.{invalid.code}"
    shown = readable(texts, invalid.parameters, name_of)
    at_fault = invalid.parameters.get("field")
    return Explained(
        invalid.code,
        "",
        texts.t(key, **shown),
        texts.t(f"{key}.remedy", **shown),
        str(at_fault) if at_fault is not None else None,
    )


def readable(texts: Texts, parameters: Mapping[str, Any], name_of: NameOf) -> dict[str, object]:
    """Parameters as a text can take them: ids as names, periods as two dates, lists counted too."""
    shown: dict[str, object] = {}
    for name, value in parameters.items():
        if isinstance(value, ValidityPeriod):
            shown |= {f"{name}_from": value.effective_from, f"{name}_to": value.effective_to}
        elif isinstance(value, Theme):
            shown[name] = value
        elif is_dataclass(value) and not isinstance(value, type):
            shown |= readable(texts, {f.name: getattr(value, f.name) for f in fields(value)}, name_of)
        else:
            if isinstance(value, (tuple, list)):
                shown[f"{name}_count"] = len(value)
                if value and all(isinstance(one, YearAmount) for one in value):
                    shown[f"{name}_cents"] = sum(one.amount_cents for one in value)
            shown[name] = _readable(texts, name, value, name_of)
            if name == "rule":
                shown["rule_name"] = _readable(texts, "rule_name", value, name_of)
    missing = [*parameters.get("missing_expertises", ()), *parameters.get("missing_sides", ())]
    if missing:
        shown["missing"] = missing
    return shown


def _readable(texts: Texts, name: str, value: object, name_of: NameOf) -> object:
    if isinstance(value, UUID):
        return name_of(value)
    if isinstance(value, (tuple, list)):
        return [_readable(texts, name, one, name_of) for one in value if not isinstance(one, Prose)]
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if name in COMMUNES and isinstance(value, str):
        return name_of(Code(value))
    if name in THEMES and isinstance(value, str) and not texts.has(f"theme.{value}"):
        return Theme(Code(value), PublicName(name_of(Code(value))))
    if isinstance(value, str) and SHA256_PATTERN.fullmatch(value):
        return f"{value[:SHOWN_OF_SHA256]}…"
    for family in _FAMILIES.get(name, ()):
        if texts.has(f"{family}.{value}"):
            return texts.t(f"{family}.{value}")
    return value
