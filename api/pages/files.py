"""Files kept as evidence: what comes with an act is kept where it is done, or nothing is recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from api.pages.asking import Asking
from api.pages.forms.cases import of_record
from api.pages.forms.record import Place
from api.pages.forms.uploads import Joined
from workflows.accepted_files import FileRefused
from workflows.file_folder import CannotKeep
from workflows.files import COMMON


def keep_joined(ask: Asking, place: Place[Any], place_id: UUID | None, joined: Iterable[Joined]) -> Mapping[str, str]:
    """Keep the files that came with an act; why one is not kept, by the field it came in.

    Nothing is recorded then; sent again without the file, the act says its fingerprint alone.
    """
    errors = {}
    for one in joined:
        try:
            ask.services.files.keep(one.data, one.name, _belongs(ask, place, place_id), ask.services.clock.now())
        except FileRefused as refused:
            why = ask.texts.word("file-refused", refused.why)
        except CannotKeep as cannot:
            why = ask.texts.word("file-fault", cannot.why)
        else:
            continue
        errors[one.field] = ask.texts.t("page.form.file-not-kept", name=one.name, why=why)
    return errors


def _belongs(ask: Asking, place: Place[Any], place_id: UUID | None) -> UUID:
    """Where the documents of an act belong: the territory or the framework whose readers may open them."""
    if place_id is None or not place.key:
        return COMMON
    if place.key == "convention_id":
        return ask.territory_of(place_id)
    if place.key == "stream_id":
        stream = of_record(ask, place_id).stream
        return stream.territory_id or stream.whole_framework_id or COMMON
    return place_id
