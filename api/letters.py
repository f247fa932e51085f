"""What letters take from the pages: their words, and the addresses under which things are read and done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import urlencode
from uuid import UUID

from api.pages.acts import form_of
from api.pages.rendering import PageWords
from api.pages.sentences import phrase_of
from domain.kernel import RoleHeld
from domain.policy import entitled_role, may_see
from projections.saying import Said
from workflows.texts import Texts


class PageDoors:
    """See `workflows.delivery.doors.Doors`. `roles_of`: the roles that somebody holds today."""

    def __init__(self, base_url: str, roles_of: Callable[[UUID], tuple[RoleHeld, ...]]) -> None:
        self._base_url = base_url.rstrip("/")
        self._roles_of = roles_of

    def say(self, said: Said, name_of: Callable[[UUID], str], texts: Texts) -> str:
        """What a question says, as pages say it."""
        return PageWords(texts).say(phrase_of(said, name_of))

    def act(
        self,
        name: str,
        person_id: UUID,
        *,
        places: Mapping[str, UUID],
        partner_id: UUID | None = None,
        given: Mapping[str, str] | None = None,
    ) -> str | None:
        """The form of an act, filled with what is given; None for whoever may not do it there."""
        if entitled_role(name, self._roles_of(person_id), places["territory_id"], partner_id) is None:
            return None
        address = f"{self._base_url}{form_of(name).address(**places)}"
        return f"{address}?{urlencode(given)}" if given else address

    def home(self, places: Mapping[str, UUID]) -> str:
        """The page about a convention, or about a territory without one."""
        if "convention_id" in places:
            return f"{self._base_url}/conventions/{places['convention_id']}"
        return f"{self._base_url}/territoires/{places['territory_id']}"

    def may_read(self, person_id: UUID, territory_id: UUID) -> bool:
        """Whether somebody may read what is recorded on a territory."""
        return may_see(self._roles_of(person_id), territory_id, None)
