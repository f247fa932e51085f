"""The setting of a typical convention, in a store that lives in memory: a territory, its committee, the partners that
the method proposes as signatories, every role held; the convention opened and engaged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Final
from uuid import UUID, uuid4

from domain.assignments import AssignFrameworkRole, AssignTerritoryRole
from domain.calendar import add_days, add_months
from domain.convention.opening import ExpectedSignatory, OpenConvention, RecordEngagement
from domain.frameworks import AttachTerritory, OpenFrameworkConvention
from domain.kernel import Actor, Command, Context, RoleHeld
from domain.method import HOLDER, MethodProfile
from domain.partners import RegisterPartner
from domain.profiles import PublishMethodProfile, profile_stream
from domain.roles import (
    ADMINISTRATOR,
    FRAMEWORK_CO_PILOT,
    FRAMEWORK_PILOT,
    PARTNER_EXECUTIVE,
    PARTNER_REPRESENTATIVE,
    PARTNER_ROLES,
    PILOT,
    TERRITORY_ROLES,
)
from domain.steering import ConstituteSteeringBody
from domain.territories import Commune, RegisterTerritory, territory_stream
from domain.values import Code, Evidence, PublicName
from projections.engine import Dossier
from workflows.application import Steering
from workflows.database import create_database_engine
from workflows.instants import PARIS
from workflows.migrating import migrate
from workflows.reading import Reader
from workflows.security import untold

USUAL_MONTHS: Final = 12
"""Between the engagement and the first of January on which the convention takes effect, at least."""
EPCI: Final = Code("EPCI")
"""The kind of partner that carries it."""

_SIREN: Final = Code("200023620")  # passes its check; nobody sees it
_ANYWHERE: Final = Code("32")


class Setting:
    """Engaged on a day. `name_of`: the name of a kind of partner; `department`: where its communes are, if it is said.

    `holders`: what a person of it stands for: the role, and the partner it speaks for.
    """

    def __init__(self, method: MethodProfile, first: date, department: str, name_of: Callable[[Code], str]) -> None:
        self.method, self.convention_id, self.day = method, uuid4(), first
        self.territory_id, self.body_id, self._framework_id = territory_stream(_SIREN), uuid4(), uuid4()
        self.holders: dict[UUID, tuple[Code, UUID | None]] = {}
        self._engine = create_database_engine("sqlite://")
        migrate(self._engine)
        self._steering, self._reader = Steering(self._engine), Reader(self._engine)
        kinds = [(EPCI if one.kind == HOLDER else one.kind, one.required) for one in method.default_signatories]
        self.partners = {kind: uuid4() for kind in dict.fromkeys([*(kind for kind, _ in kinds), EPCI])}
        self.signatories = {self.partners[kind]: kind for kind, _ in kinds}
        self._settle(Code(department) or _ANYWHERE, name_of)
        self._people()
        self._open(tuple(ExpectedSignatory(self.partners[kind], required) for kind, required in kinds))

    def dossier(self) -> Dossier:
        """What was recorded of the convention so far."""
        found = self._reader.dossier(self.convention_id)
        assert found is not None
        return found

    def close(self) -> None:
        """Forget all of it."""
        self._engine.dispose()

    def record(self, command: Command, *evidence: Evidence) -> None:
        """Send a command on the day it is there, on these documents. Raises `Refused`."""
        now = datetime.combine(self.day, time(17), PARIS)
        actor = Actor(self.territory_id, (RoleHeld(ADMINISTRATOR), RoleHeld(PILOT, self.territory_id)))
        with untold():
            self._steering.execute(command, Context(actor=actor, today=self.day, now=now, evidence=evidence))

    def _settle(self, department: Code, name_of: Callable[[Code], str]) -> None:
        method, name = self.method, PublicName("-")
        self.record(PublishMethodProfile(stream_id=profile_stream(method.name, method.version), profile=method))
        commune = Commune(Code(department + "160"[len(department) - 2 :]), None, name, 1_000)
        self.record(
            RegisterTerritory(
                stream_id=self.territory_id,
                siren=_SIREN,
                name=name,
                legal_form=Code("CC"),
                department=department,
                communes=(commune,),
            )
        )
        for kind, partner_id in self.partners.items():
            self.record(RegisterPartner(stream_id=partner_id, kind=kind, name=PublicName(name_of(kind))))
        self.record(
            OpenFrameworkConvention(
                stream_id=self._framework_id,
                name=name,
                department=department,
                signatories=(next(iter(self.partners.values())),),
                profile_name=method.name,
                profile_version=method.version,
                effective_from=self.day,
                effective_to=add_months(self.day, 12 * 15),
            )
        )
        self.record(AttachTerritory(stream_id=self._framework_id, attached_territory_id=self.territory_id))
        self.record(
            ConstituteSteeringBody(
                stream_id=self.body_id,
                home_territory_id=self.territory_id,
                kind=next(iter(method.deciding_bodies)),
                name=name,
            )
        )

    def _people(self) -> None:
        """Each role that the method counts on is held by somebody, and each partner is spoken for."""
        for role in dict.fromkeys(one.role for one in self.method.roles):
            if role in (FRAMEWORK_PILOT, FRAMEWORK_CO_PILOT):
                person_id = self._holder(role)
                self.record(AssignFrameworkRole(stream_id=self._framework_id, role=role, person_id=person_id))
            elif role in TERRITORY_ROLES and role not in PARTNER_ROLES:
                self._assign(role, None)
        for partner_id in self.signatories:
            for role in (PARTNER_REPRESENTATIVE, PARTNER_EXECUTIVE):
                self._assign(role, partner_id)

    def _assign(self, role: Code, partner_id: UUID | None) -> None:
        person_id = self._holder(role, partner_id)
        self.record(
            AssignTerritoryRole(stream_id=self.territory_id, role=role, person_id=person_id, partner_id=partner_id)
        )

    def _holder(self, role: Code, partner_id: UUID | None = None) -> UUID:
        person_id = uuid4()
        self.holders[person_id] = role, partner_id
        return person_id

    def _open(self, signatories: tuple[ExpectedSignatory, ...]) -> None:
        self.record(
            OpenConvention(
                stream_id=self.convention_id,
                home_territory_id=self.territory_id,
                holder_ids=(self.partners[EPCI],),
                profile_name=self.method.name,
                profile_version=self.method.version,
                effective_from=date(add_months(add_days(self.day, -1), USUAL_MONTHS).year + 1, 1, 1),
                signatories=signatories,
            )
        )
        self.record(RecordEngagement(stream_id=self.convention_id))
