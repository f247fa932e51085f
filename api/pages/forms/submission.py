"""From what was typed to a command, or to what is wrong with it, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from api.errors import invalid
from api.pages.forms.typed import Typed, evidence_rows, tree
from api.schemas import inside, model_of
from domain.kernel import EVENTS, RULES, Command, Level
from domain.profiles import PublishMethodProfile, profile_stream
from domain.values import SHA256_PATTERN, Evidence, InvalidValue, Prose, Sha256, deterministic_id
from workflows.methods.reader import ProfileError, read_profile
from workflows.texts import Texts


@dataclass(frozen=True)
class Submission:
    """What a form says: a command with its reason and documents, or the errors by field path."""

    command: Command | None
    reason: Prose | None
    evidence: tuple[Evidence, ...]
    errors: Mapping[str, str]


def read(
    command: type[Command],
    stream_id: UUID,
    typed: Typed,
    hidden: Mapping[str, str],
    texts: Texts,
) -> Submission:
    """Check a posted form. `hidden` are the values that the page knows better than the browser."""
    errors: dict[str, str] = {}
    evidence = _evidence(typed, errors, texts)
    if command is PublishMethodProfile:
        return _method(typed, evidence, errors, texts)
    reason = typed.one("reason").strip()
    found: dict[str, Any] = {**tree(command, typed), **hidden}
    made: Command | None = None
    try:
        made = inside(command, model_of(command).model_validate(found), stream_id=stream_id)
    except ValidationError as error:
        for one in error.errors():
            path = _path(one["loc"])
            key = f"malformed.{one['type']}"
            said = texts.t(key if texts.has(key) else "malformed.other", field=_label(path, texts))
            errors.setdefault(path, said)
    except InvalidValue as error:
        said_invalid = invalid(error, texts)
        errors[said_invalid.field or ""] = said_invalid.detail
    return Submission(None if errors else made, Prose(reason) if reason else None, tuple(evidence), errors)


def _method(typed: Typed, evidence: list[Evidence], errors: dict[str, str], texts: Texts) -> Submission:
    """A method is typed as its file; every mistake in it is told with its line, its key and its remedy."""
    reason = typed.one("reason").strip()
    made: Command | None = None
    refusals = {key for key, rule in RULES.items() if rule.level is not Level.HARD}
    try:
        profile = read_profile(typed.one("profile"), topics=EVENTS, refusals=refusals)
        made = PublishMethodProfile(stream_id=profile_stream(profile.name, profile.version), profile=profile)
    except ProfileError as error:
        errors["profile"] = " ".join(error.describe(texts))
    return Submission(None if errors else made, Prose(reason) if reason else None, tuple(evidence), errors)


def _path(location: tuple[int | str, ...]) -> str:
    """The field of an error as the form names it; what is inside a count or a decision belongs to its field."""
    parts = [str(part) for part in location]
    return parts[0] if parts and parts[0] in ("decided_in", "attendance_by_expertise") else ".".join(parts)


def _label(path: str, texts: Texts) -> str:
    name = next((part for part in reversed(path.split(".")) if not part.isdigit()), path)
    key = f"field.{name}"
    return texts.t(key) if texts.has(key) else name


def _evidence(typed: Typed, errors: dict[str, str], texts: Texts) -> list[Evidence]:
    documents = []
    for number, row in enumerate(evidence_rows(typed)):
        if not row["title"]:
            errors[f"evidence.{number}"] = texts.t("malformed.document-title")
        elif not SHA256_PATTERN.fullmatch(row["sha256"]):
            errors[f"evidence.{number}"] = texts.t("malformed.document-sha256")
        else:
            sha256 = Sha256(row["sha256"])
            documents.append(Evidence(deterministic_id("document", sha256), sha256, Prose(row["title"])))
    return documents
