"""A convention as it would be under another method: asked, and never recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from domain.convention.changing_method import themes_kept
from domain.convention.methods_followed import MethodKey, as_followed
from domain.convention.state import TerritorialConvention
from domain.method import MethodProfile
from projections.engine.dossier import Dossier
from projections.engine.entries import Stream
from projections.engine.register import Register


class SupposedDossier(Dossier):
    """A dossier in which a method is known that may be published or not."""

    def __init__(
        self, convention_id: UUID, streams: Mapping[UUID, Stream], register: Register, method: MethodProfile
    ) -> None:
        super().__init__(convention_id, streams, register)
        self._supposed = method

    def _published(self, key: MethodKey) -> MethodProfile:
        supposed = self._supposed
        return supposed if key == (supposed.name, supposed.version) else super()._published(key)


def moved(dossier: Dossier, method: MethodProfile, day: date) -> Dossier:
    """A convention as it would be had it moved to a method on a day."""
    kept = themes_kept(dossier.convention, dossier.method, method)
    return _supposing(dossier, as_followed(dossier.convention, (method.name, method.version), day, kept), method)


def opened_under(dossier: Dossier, method: MethodProfile) -> Dossier:
    """A convention as it would be had it followed a method from the first day."""
    return _supposing(dossier, as_followed(dossier.convention, (method.name, method.version), None), method)


def _supposing(dossier: Dossier, convention: TerritorialConvention, method: MethodProfile) -> Dossier:
    own = replace(dossier.streams[dossier.convention_id], state=convention)
    streams = {**dossier.streams, dossier.convention_id: own}
    return SupposedDossier(dossier.convention_id, streams, dossier.register, method)
