"""The page of a convention that was opened by mistake: that it was annulled, by whom, why, and its journal."""

from __future__ import annotations

from uuid import UUID

from api.pages.addresses import JOURNAL
from api.pages.asking import Asking
from api.pages.contexts import AnnulledPage
from api.pages.mistakes import Mistakes


def annulled_page(ask: Asking, convention_id: UUID) -> AnnulledPage | None:
    """The page of a convention whose opening was annulled; None for one that stands. Raises `UnknownStream`."""
    dossier = ask.dossier(convention_id)
    if not dossier.convention.is_annulled:
        return None
    mistakes = Mistakes(ask, dossier)
    told = mistakes.mended(dossier.streams[convention_id].recorded[0].event)
    return AnnulledPage(
        ask.name(dossier.territory_id),
        mistakes.home.page(JOURNAL),
        told.actor if told is not None else None,
        told.on if told is not None else None,
        told.reason if told is not None else None,
    )
