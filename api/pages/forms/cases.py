"""What forms offer to choose from on the register, on a framework and on a territory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from api.pages.asking import Asking
from api.pages.contexts import Choice, Phrase
from api.pages.forms.bodies import BodiesCase
from api.pages.forms.options import named
from api.pages.forms.roles import RolesHere
from domain.collation import alphabetical
from domain.kernel import Aggregate
from domain.method import MethodProfile
from domain.steering.deciding import OTHER
from domain.values import Code
from projections import which_partners_and_places_are_known
from projections.engine import Dossier, Steered, WholeFramework
from workflows.application import UnknownStream

Choices = tuple[Choice, ...]


@dataclass
class Case:
    """What any form may offer: the register, the people, the methods."""

    ask: Asking

    def partners(self) -> Choices:
        """Every institution of the register."""
        known = which_partners_and_places_are_known.partners(self.ask.register)
        return named((str(one.partner_id), one.name) for one in sorted(known, key=lambda one: alphabetical(one.name)))

    def territories(self) -> Choices:
        """The territories of the register that the visitor may see."""
        known = which_partners_and_places_are_known.territories(self.ask.register, self.ask.visitor.territories)
        return named((str(one.territory_id), one.name) for one in known)

    @cached_property
    def profiles(self) -> tuple[MethodProfile, ...]:
        """The published methods."""
        return which_partners_and_places_are_known.profiles(self.ask.register)

    def methods(self) -> Choices:
        """The published methods by name."""
        titles = {one.name: one.title_key for one in self.profiles}
        return tuple(Choice(name, Phrase(title)) for name, title in titles.items())

    def method_versions(self) -> Choices:
        """Their versions."""
        versions = sorted({one.version for one in self.profiles})
        return named((str(one), str(one)) for one in versions)

    @property
    def proposed(self) -> MethodProfile | None:
        """The method that is proposed: the last version of the default one."""
        return which_partners_and_places_are_known.default_profile(self.ask.register)

    def chosen(self, given: Mapping[str, str]) -> MethodProfile | None:
        """The method that is typed, where there is such a one; else the proposed one."""
        wanted = given.get("profile_name"), given.get("profile_version")
        return next((one for one in self.profiles if (one.name, str(one.version)) == wanted), self.proposed)

    def proposed_method(self) -> dict[str, str]:
        """The proposed method, as the fields that choose one."""
        method = self.proposed
        return {} if method is None else {"profile_name": method.name, "profile_version": str(method.version)}


@dataclass
class FrameworkCase(Case, BodiesCase):
    """A framework that the visitor may see."""

    framework_id: UUID

    @cached_property
    def roles(self) -> RolesHere:
        """Who may be given, and who holds, a role on it."""
        return RolesHere(self.ask, framework_id=self.framework_id)

    @cached_property
    def place(self) -> WholeFramework:
        """What was recorded about the whole of it."""
        return self.ask.of_framework(self.framework_id)

    @property
    def profile(self) -> MethodProfile:
        """The method that it was opened under."""
        return self.place.method

    @cached_property
    def near(self) -> tuple[UUID, ...]:
        """The partners who sign it."""
        register = self.ask.register
        known = (register.twins.get(one, one) for one in self.place.framework.signatories)
        return tuple(dict.fromkeys(one for one in known if one in register.partners))

    @property
    def meeting_with(self) -> tuple[UUID, ...]:
        """The territories that it follows, among those that the visitor may see."""
        seen = self.ask.visitor.territories
        return tuple(one for one in self.place.framework.territories if seen is None or one in seen)

    @property
    def citing(self) -> tuple[Dossier, ...]:
        """No convention rests on what is decided for all: its own committee decides (R08)."""
        return ()

    @property
    def own_kinds(self) -> tuple[Code, ...]:
        """What no act of a convention is founded on."""
        return (OTHER,)


@dataclass
class TerritoryCase(Case):
    """A territory that the visitor may see."""

    territory: which_partners_and_places_are_known.TerritoryKnown

    @property
    def proposed(self) -> MethodProfile | None:
        """The method of the one framework that follows the territory, else the default one."""
        register = self.ask.register
        known = which_partners_and_places_are_known.frameworks(register)
        followed_by = {
            (one.profile_name, one.profile_version) for one in known if self.territory.territory_id in one.territories
        }
        if len(followed_by) == 1 and (method := register.methods.get(followed_by.pop())) is not None:
            return method
        return super().proposed

    @cached_property
    def roles(self) -> RolesHere:
        """Who may be given, and who holds, a role on it."""
        return RolesHere(self.ask, territory_id=self.territory.territory_id)

    def communes(self) -> Choices:
        """Its communes by their INSEE code."""
        return named((one.insee, one.name) for one in self.territory.communes)


def of_territory(ask: Asking, territory_id: UUID | None) -> TerritoryCase:
    """The choices of an act on a territory. Raises `UnknownStream`."""
    known = None
    if territory_id is not None:
        known = which_partners_and_places_are_known.territory(ask.register, territory_id)
    if known is None:
        raise UnknownStream(str(territory_id))
    return TerritoryCase(ask, known)


def of_framework(ask: Asking, framework_id: UUID | None) -> FrameworkCase:
    """The choices of an act on a framework. Raises `UnknownStream`."""
    if framework_id is None or framework_id not in ask.register.frameworks:
        raise UnknownStream(str(framework_id))
    return FrameworkCase(ask, framework_id)


@dataclass
class SteeredCase(Case):
    """A territory or a framework that the visitor may see: what has committees, and whose partners delegate."""

    place_id: UUID

    @property
    def is_framework(self) -> bool:
        """Whether it is a whole framework."""
        return self.place_id in self.ask.register.frameworks

    @property
    def home(self) -> Mapping[str, str | None]:
        """It, as the fields of an act say where something belongs."""
        said = str(self.place_id)
        return {
            "home_territory_id": None if self.is_framework else said,
            "home_framework_id": said if self.is_framework else None,
        }

    @cached_property
    def history(self) -> Steered:
        """What was recorded around it."""
        return self.ask.of_framework(self.place_id) if self.is_framework else self.ask.surroundings(self.place_id)

    def bodies(self) -> Choices:
        """Its committees and groups."""
        return named((str(one.id), one.name) for one in self.history.bodies)


def of_steered(ask: Asking, place_id: UUID | None) -> SteeredCase:
    """The choices of an act on a territory or a framework. Raises `UnknownStream`."""
    if place_id is None or not (place_id in ask.register.frameworks or place_id in ask.register.territories):
        raise UnknownStream(str(place_id))
    return SteeredCase(ask, place_id)


@dataclass
class RecordCase(Case):
    """Something on which events were recorded, whatever it is."""

    stream: Aggregate


def of_record(ask: Asking, stream_id: UUID | None) -> RecordCase:
    """What something on which events were recorded offers. Raises `UnknownStream`."""
    found = ask.services.steering.load(stream_id) if stream_id is not None else None
    if found is None:
        raise UnknownStream(str(stream_id))
    ask.visitor.look_at(found.territory_id, found.whole_framework_id)
    return RecordCase(ask, found)
