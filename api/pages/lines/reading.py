"""What a line says: what was said for all, or what it says otherwise, read as the act's own form reads it."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from api.pages.contexts import Phrase
from api.pages.fields import EmptyField, Field, JoinedFile, OneFileField, RadioField, SelectField
from api.pages.forms import builder, submission
from api.pages.forms.options import Options
from api.pages.forms.record import Form
from api.pages.forms.submission import Submission
from api.pages.forms.typed import FORM_ID, Typed, created_id
from api.pages.lines.record import LINES, ON, Asked, Draft
from domain.values import Prose


def prefix_of(line: str) -> str:
    """Before the names of the fields of a line."""
    return f"{LINES}.{line}"


def is_on(typed: Typed, line: str) -> bool:
    """Whether a line is ticked."""
    return bool(typed.one(f"{prefix_of(line)}.{ON}"))


def own(typed: Typed, under: str) -> dict[str, tuple[str, ...]]:
    """What was typed in the fields that begin so, by the rest of their names; what was left empty is not."""
    found = {
        name.removeprefix(f"{under}."): values
        for name, values in typed.values.items()
        if name.startswith(f"{under}.") and any(value.strip() for value in values)
    }
    return {name: values for name, values in found.items() if name != ON}


def typed_of(typed: Typed, under: str, common: Collection[str], fixed: Mapping[str, str | tuple[str, ...]]) -> Typed:
    """What the form of one act would say: the `common` fields, the line's own instead, and what is `fixed`."""
    said = {name: values for name, values in typed.values.items() if name.partition(".")[0] in common}
    said |= own(typed, under)
    said |= {name: (value,) if isinstance(value, str) else value for name, value in fixed.items()}
    said[FORM_ID] = (created_id(under, typed.one(FORM_ID)),)
    return Typed(said)


def draft_of(
    asked: Asked[Any],
    form: Form[Any],
    line: str,
    *,
    under: str | None = None,
    common: Collection[str] = (),
    fixed: Mapping[str, str | tuple[str, ...]] | None = None,
    hidden: Mapping[str, str | None] | None = None,
    reason: str = "",
) -> Draft:
    """The act that a line says, with what is wrong by the names that its fields have on the page."""
    under = under or prefix_of(line)
    fixed = fixed or {}
    typed = typed_of(asked.typed, under, common, fixed)
    stream_id = _started(typed) if form.command.STARTS else _chosen(asked, typed)
    said = submission.read(form, stream_id, typed, hidden or {}, asked.ask.texts)
    mine = own(asked.typed, under)
    errors = {
        path if path.partition(".")[0] in common and not _says(mine, path) else f"{under}.{path}": text
        for path, text in said.errors.items()
    }
    if reason and said.reason is None:
        said = dataclasses.replace(said, reason=Prose(reason))
    return Draft(line, Submission(said.command, said.reason, said.evidence, errors))


def _started(typed: Typed) -> UUID:
    """The stream that a line starts: the same when the form is sent twice."""
    return UUID(created_id("stream_id", typed.one(FORM_ID)))


def _chosen(asked: Asked[Any], typed: Typed) -> UUID:
    """The stream that a line is about, where its act chooses one; else the place's own."""
    if "stream_id" not in asked.options.choices:
        return asked.place_id
    try:
        return UUID(typed.one("stream_id"))
    except ValueError:
        return uuid4()  # none was chosen: what is unknown is refused as such


def _says(mine: Collection[str], path: str) -> bool:
    return any(name == path or name.startswith(f"{path}.") for name in mine)


def common_fields(asked: Asked[Any], form: Form[Any]) -> dict[str, Field]:
    """The fields of an act as they are said for all, by name."""
    return _fields(asked, form, asked.options, asked.typed, asked.errors)


def own_fields(
    asked: Asked[Any], form: Form[Any], under: str, names: Sequence[str], options: Options | None = None
) -> tuple[Field, ...]:
    """Some fields of an act as a line has them: empty where it says nothing of its own, with what is wrong there."""
    mine = Typed(own(asked.typed, under))
    errors = {name.removeprefix(f"{under}."): text for name, text in asked.errors.items() if name.startswith(under)}
    made = _fields(asked, form, options or asked.options, mine, errors)
    return tuple(_as_own(made[name], under) for name in names if name in made)


def _fields(
    asked: Asked[Any], form: Form[Any], options: Options, typed: Typed, errors: Mapping[str, str]
) -> dict[str, Field]:
    state = builder.FormState(typed, errors, asked.ask.today)
    made = builder.sections(form, options, state, asked.ask.texts)
    return {field.name: field for section in made for field in section.fields}


def _as_own(field: Field, under: str) -> Field:
    """Under the name of the line; nothing is required there, and its help was given once for all."""
    name = f"{under}.{field.name}"
    if isinstance(field, RadioField):
        return SelectField(name, field.label, field.choices, error=field.error)
    if isinstance(field, EmptyField):
        return dataclasses.replace(field, name=name, required=False)
    return dataclasses.replace(field, name=name, required=False, help=None)


def file_of(asked: Asked[Any], under: str, label: Phrase) -> OneFileField:
    """The one document of a line, or of all."""
    title, sha256 = asked.typed.one(f"{under}.title"), asked.typed.one(f"{under}.sha256")
    joined = JoinedFile(title, sha256) if sha256 else None
    return OneFileField(under, label, joined, error=asked.errors.get(under))
