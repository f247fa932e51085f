"""What is wrong with the form of a request: the checker's own error types as stable codes, with texts and remedies.

The library that checks models may rename its types; the codes of this table are those of the product. The text of a
code is `malformed.<code>` in the catalogues, its remedy `malformed.<code>.remedy`; a text may use `{field}` and the
`{bound}` that was passed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from domain.values import InvalidValue
from workflows.texts import Texts

OTHER: Final = "other"

CODES: Final[Mapping[str, str]] = {
    "missing": "missing",
    "extra_forbidden": "unknown-field",
    "unknown_parameter": "unknown-parameter",
    "bool_parsing": "not-a-boolean",
    "bool_type": "not-a-boolean",
    "decimal_parsing": "not-a-number",
    "decimal_type": "not-a-number",
    "date_from_datetime_inexact": "not-a-date",
    "date_from_datetime_parsing": "not-a-date",
    "date_parsing": "not-a-date",
    "date_type": "not-a-date",
    "dict_type": "not-an-object",
    "enum": "unknown-value",
    "greater_than_equal": "number-too-small",
    "int_from_float": "not-an-integer",
    "int_parsing": "not-an-integer",
    "int_parsing_size": "endless-number",
    "int_type": "not-an-integer",
    "less_than_equal": "number-too-large",
    "list_type": "not-a-list",
    "model_attributes_type": "not-an-object",
    "model_type": "not-an-object",
    "string_pattern_mismatch": "wrong-form",
    "string_too_long": "text-too-long",
    "string_too_short": "text-too-short",
    "string_type": "not-a-text",
    "string_unicode": "not-a-text",
    "time_parsing": "not-a-time",
    "time_type": "not-a-time",
    "too_long": "list-too-long",
    "too_short": "list-too-short",
    "tuple_type": "not-a-list",
    "uuid_parsing": "not-an-id",
    "uuid_type": "not-an-id",
    "uuid_version": "not-an-id",
}

BOUNDS: Final = ("ge", "le", "max_length", "min_length", "pattern")
"""Where the checker says what bound was passed."""

ECHOED: Final = 80
"""Characters of what was sent that an answer repeats, at most."""


def code_of(error: Mapping[str, Any]) -> str:
    """The stable code of an error of the checker."""
    return CODES.get(str(error["type"]), OTHER)


def text_of(error: Mapping[str, Any], label: str, texts: Texts) -> str:
    """What is wrong with a field, under the name that the reader knows it by."""
    return texts.t(f"malformed.{code_of(error)}", field=label, bound=bound_of(error))


def remedy_of(error: Mapping[str, Any], texts: Texts) -> str:
    """How to mend it, told to a programmer."""
    return texts.t(f"malformed.{code_of(error)}.remedy", bound=bound_of(error))


def bound_of(error: Mapping[str, Any]) -> object:
    """The bound that was passed, or the values that may be given; empty when there is none."""
    context = error.get("ctx", {})
    if "expected" in context:
        return ", ".join(re.findall(r"'([^']*)'", str(context["expected"])))
    return next((context[name] for name in BOUNDS if name in context), "")


def shortened(text: str) -> str:
    """What was sent, as far as it is repeated."""
    return text if len(text) <= ECHOED else f"{text[: ECHOED - 1]}…"


def shortened_values(invalid: InvalidValue) -> InvalidValue:
    """The same mistake, its texts shortened."""
    kept = {name: shortened(value) if isinstance(value, str) else value for name, value in invalid.parameters.items()}
    return InvalidValue(invalid.code, **kept)
