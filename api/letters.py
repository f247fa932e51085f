"""What letters take from the pages: their words, and the addresses under which things are read and done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from api.mistakes import Telling
from api.pages.acts import form_of
from api.pages.addresses import FRAMEWORK
from api.pages.answering.addresses import ANSWER
from api.pages.asking import FILES
from api.pages.rendering import PageWords
from api.pages.sentences import phrase_of
from domain.entitlement import entitled_role, may_see
from domain.kernel import Event, RoleHeld
from domain.roles import BEARER, PARTNER_ROLES
from domain.values import Clock, Prose
from projections.engine import prose_tokens
from projections.saying import Said
from workflows.act_links import LASTING, ActLink, ActLinks, Asked, Question
from workflows.application import Steering
from workflows.delivery.doors import Once
from workflows.files import Files
from workflows.people import Vault
from workflows.reading import Reader
from workflows.texts import Texts


class PageDoors:
    """See `workflows.delivery.doors.Doors`. `roles_of`: the roles that somebody holds today."""

    def __init__(
        self,
        base_url: str,
        roles_of: Callable[[UUID], tuple[RoleHeld, ...]],
        *,
        steering: Steering,
        reader: Reader,
        vault: Vault,
        links: ActLinks,
        clock: Clock,
        files: Files | None = None,
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._roles_of = roles_of
        self._steering = steering
        self._reader = reader
        self._vault = vault
        self._links = links
        self._clock = clock
        self._files = files

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
        own: bool = False,
    ) -> str | None:
        """The form of an act, filled with what is given; None for whoever may not do it there."""
        there, whole = places.get("territory_id"), places.get("framework_id")
        roles = self._roles_of(person_id)
        if entitled_role(name, roles, there, partner_id, framework_id=whole, own=own) is None:
            return None
        address = f"{self._base_url}{form_of(name).address(**places)}"
        return f"{address}?{urlencode(given)}" if given else address

    def once(
        self,
        name: str,
        person_id: UUID,
        *,
        places: Mapping[str, UUID],
        partner_id: UUID | None = None,
        about_id: UUID | None = None,
        own: bool = False,
    ) -> Once | None:
        """A new one-time link to an act, for whoever may do it there and cannot sign in, and for whoever is asked of a
        seat of theirs and has no role there: what they sit on is weighed again whenever the link is used."""
        form, territory_id = form_of(name), places.get("territory_id")
        if territory_id is None:  # nobody is asked by a link for what is of a whole framework
            return None
        role = entitled_role(name, self._roles_of(person_id), territory_id, partner_id, own=own)
        by_seat = own and role is None and form.by_link is Question.INVITATION
        if form.by_link is None or not (by_seat or (role is not None and not self.may_sign_in(person_id))):
            return None
        if form.by_link.is_of_one_thing != (about_id is not None):
            return None
        asked = Asked(
            question=form.by_link,
            person_id=person_id,
            role=role or BEARER,
            stream_id=places["stream_id" if form.by_link is Question.INVITATION else form.place.key],
            territory_id=territory_id,
            partner_id=partner_id if role in PARTNER_ROLES else None,
            about_id=about_id,
        )
        now = self._clock.now()
        return self._led(asked, self._links.make(asked, now), now)

    def asked(self, link: ActLink) -> Once:
        """The link for what somebody asked on purpose."""
        now = self._clock.now()
        return self._led(link.asked, self._links.send(link, now), now)

    def _led(self, asked: Asked, token: str, now: datetime) -> Once:
        partner = self._reader.register().name_of(asked.partner_id) if asked.partner_id is not None else None
        return Once(f"{self._base_url}{ANSWER}/{token}", now + LASTING, partner)

    def may_sign_in(self, person_id: UUID) -> bool:
        """Whether somebody has an account that is open."""
        return self._steering.people.may_sign_in(person_id)

    def recorded(self, event: Event, texts: Texts) -> str:
        """A recorded fact in one sentence, as pages tell it."""
        opened: dict[str, str | None] = {}

        def said(prose: Prose) -> str | None:
            return prose.text if prose.token is None else opened.get(prose.token)

        names = self._reader.register().name_of
        telling = Telling(texts, names, said, self._steering.events_of(event.originator_id))
        opened |= self._vault.open_texts(prose_tokens(telling.texts([event])))
        return telling.sentence(event)

    def home(self, places: Mapping[str, UUID]) -> str:
        """The page about a convention, about a territory without one, or about a whole framework."""
        if "framework_id" in places:
            return f"{self._base_url}{FRAMEWORK}/{places['framework_id']}"
        if "convention_id" in places:
            return f"{self._base_url}/conventions/{places['convention_id']}"
        return f"{self._base_url}/territoires/{places['territory_id']}"

    def paper(self, sha256: str) -> str | None:
        """Where a document is read by whoever comes in; None where only its fingerprint is kept."""
        is_there = self._files is not None and bool(self._files.places(sha256))
        return f"{self._base_url}{FILES}/{sha256}" if is_there else None

    def may_read(self, person_id: UUID, territory_id: UUID) -> bool:
        """Whether somebody may read what is recorded on a territory."""
        return may_see(self._roles_of(person_id), territory_id, None)
