"""What a field is called in the form of an act: in the words of that act where it has its own."""

from __future__ import annotations

from api.pages.contexts import Phrase
from workflows.texts import Texts


def label_key(command: str, path: str, texts: Texts) -> str | None:
    """The message of a field's label, None for what is no field: `findings.0.theme` is called as any `theme`."""
    parts = [part for part in path.split(".") if not part.isdigit()]
    name = parts[-1] if parts else path
    known = (key for key in (f"field.{command}.{'.'.join(parts)}", f"field.{name}") if texts.has(key))
    return next(known, None)


def help_of(command: str, path: str, texts: Texts) -> Phrase | None:
    """The help of a field, None where nothing need be said; an act that words its label words its help too."""
    key = label_key(command, path, texts)
    return Phrase(f"{key}.help") if key is not None and texts.has(f"{key}.help") else None
