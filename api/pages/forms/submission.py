"""From what was typed to a command, or to what is wrong with it, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_type_hints
from uuid import UUID

from pydantic import ValidationError

from api.errors import invalid
from api.malformed import text_of
from api.pages.forms import amounts
from api.pages.forms.labels import label_key
from api.pages.forms.record import Form
from api.pages.forms.typed import CHOSEN_WHOLE, GRID, OTHER_TEXT, Typed, bare, evidence_rows, joined_text, tree
from api.schemas import TYPED, inside, model_of
from domain.kernel import Command
from domain.values import SHA256_PATTERN, Evidence, InvalidValue, Prose, Sha256, deterministic_id
from domain.wellformed import check_form
from workflows.texts import Texts

TEXT = "text_sha256"
"""The field of the text that is adopted or signed."""


@dataclass(frozen=True)
class Submission:
    """What a form says: a command with its reason and documents, or the errors by field path."""

    command: Command | None
    reason: Prose | None
    evidence: tuple[Evidence, ...]
    errors: Mapping[str, str]


def read(
    form: Form[Any],
    stream_id: UUID,
    typed: Typed,
    hidden: Mapping[str, str | None],
    texts: Texts,
) -> Submission:
    """Check a posted form. `hidden` are the values that the page knows better than the browser."""
    errors: dict[str, str] = {}
    command = form.command
    evidence = _evidence(typed, errors, texts)
    said = typed.one("reason").strip()
    reason = Prose(said) if said else None
    if form.read is not None:
        own = form.read(typed, texts)
        errors.update(own.errors)
        return Submission(None if errors else own.command, reason, tuple(evidence), errors)
    found: dict[str, Any] = {**tree(command, typed), **hidden}
    if not form.dated:
        found.pop("occurred_on", None)
    if TEXT in model_of(command).model_fields:
        _check_text(typed, found, errors, texts)
    if not evidence and (lack := form.lacks(found)) is not None:
        errors[""] = texts.t(lack)
    made: Command | None = None
    try:
        made = inside(command, model_of(command).model_validate(found, context=TYPED), stream_id=stream_id)
        check_form(made)
    except ValidationError as error:
        for one in error.errors():
            path = _path(command, one["loc"])
            label = _label(command, path, texts)
            wrong = texts.t("malformed.not-an-amount", field=label) if amounts.is_amount(path) else None
            errors.setdefault(path, wrong or text_of(one, label, texts))
    except InvalidValue as error:
        said_invalid = invalid(error, texts)
        errors[said_invalid.field or ""] = said_invalid.detail
    return Submission(None if errors else made, reason, tuple(evidence), errors)


def _path(command: type[Command], location: tuple[int | str, ...]) -> str:
    """The field of an error as the form names it; what is inside a count or a decision belongs to its field."""
    parts = [str(part) for part in location]
    whole = parts and (parts[0] == GRID or bare(get_type_hints(command).get(parts[0]))[0] in CHOSEN_WHOLE)
    return parts[0] if whole else ".".join(parts)


def _label(command: type[Command], path: str, texts: Texts) -> str:
    key = label_key(command.NAME, path, texts)
    return texts.t(key) if key is not None else path


def _check_text(typed: Typed, found: Mapping[str, Any], errors: dict[str, str], texts: Texts) -> None:
    """A text is said once: the file joined, the fingerprint typed and the text chosen may not differ (R14 is about
    what was signed, not about a slip of the form)."""
    said = found.get(TEXT)
    chosen = typed.one(f"{TEXT}.choice")
    if said is None:
        errors[TEXT] = texts.t("malformed.text-of-other" if chosen == OTHER_TEXT else "malformed.text-missing")
    elif not SHA256_PATTERN.fullmatch(said):
        errors[TEXT] = texts.t("malformed.document-sha256")
    elif chosen not in ("", OTHER_TEXT, said):
        errors[TEXT] = texts.t("malformed.text-not-the-chosen-one")
    elif typed.one(TEXT).strip().lower() not in ("", said):
        errors[TEXT] = texts.t("malformed.text-said-twice")


def _evidence(typed: Typed, errors: dict[str, str], texts: Texts) -> list[Evidence]:
    """The documents of the fact: those listed, and the file joined as its text."""
    documents = _listed(typed, errors, texts)
    text = joined_text(typed, TEXT)
    if text is not None and SHA256_PATTERN.fullmatch(text["sha256"]):
        sha256 = Sha256(text["sha256"])
        if all(document.sha256 != sha256 for document in documents):
            title = text["title"] or texts.t("page.form.text-file")
            documents.append(Evidence(deterministic_id("document", sha256), sha256, Prose(title)))
    return documents


def _listed(typed: Typed, errors: dict[str, str], texts: Texts) -> list[Evidence]:
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
