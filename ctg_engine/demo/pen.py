"""Who holds the pen in one territory's chapter, and how a command goes into the diary."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from ctg_engine.demo.cast import (
    CAF_REPRESENTATIVE,
    FRAMEWORK_PILOT_PERSON,
    LOCAL_CASTS,
    LocalCast,
    Person,
    demo_id,
)
from ctg_engine.demo.diary import Diary, Moment
from ctg_engine.demo.papers import paper
from ctg_engine.demo.references import (
    CAF,
    FRAMEWORK_ID,
    HOLDER,
    body_of,
    convention_of,
    day,
    partner_of,
    recording_day,
)
from ctg_engine.demo.territories import DemoTerritory
from domain.assignments import AssignTerritoryRole
from domain.elections import RecordRenewedMandates
from domain.kernel import Actor, Command
from domain.roles import CO_PILOT, COOPERATION_OFFICER, PARTNER_REPRESENTATIVE, PILOT
from domain.territories import territory_stream
from domain.values import Code, Evidence, Prose, Sha256


class Pen:
    """One territory, its people, and the diary in which its facts are written."""

    def __init__(self, diary: Diary, key: str, territory: DemoTerritory) -> None:
        self.diary = diary
        self.key = key
        self.facts = territory.facts
        self.short_name = territory.short_name
        self.cast: LocalCast = LOCAL_CASTS[key]
        self.territory_id = territory_stream(territory.facts.siren)
        self.convention_id = convention_of(key)
        self.body_id = body_of(key)
        self.sheets: list[UUID] = []
        self.served: set[Code] = set()
        """The themes of the priorities chosen so far."""
        self._findings = 0

    # --- who ----------------------------------------------------------------------------------------------------------

    @property
    def officer(self) -> Actor:
        """The cooperation officer, who records most of it."""
        return self.cast.officer.acting_as(COOPERATION_OFFICER, self.territory_id)

    @property
    def pilot(self) -> Actor:
        """The local pilot."""
        return self.cast.pilot.acting_as(PILOT, self.territory_id)

    @property
    def co_pilot(self) -> Actor:
        """The co-pilot, of the Département."""
        return self.cast.co_pilot.acting_as(CO_PILOT, self.territory_id)

    def partner(self, key: str) -> UUID:
        """A partner by its key, `HOLDER`, or the name of a commune of the territory."""
        if key == HOLDER:
            return partner_of(self.facts.siren)
        for commune in self.facts.communes:
            if commune.name == key:
                return partner_of(commune.insee)
        return partner_of(key)

    def assign(self, on: str, role: Code, person: Person, partner: str | None = None) -> None:
        """A role is given by the département's pilot."""
        self.write(
            on,
            on,
            AssignTerritoryRole(
                stream_id=self.territory_id,
                occurred_on=day(on),
                role=role,
                person_id=person.person_id,
                partner_id=self.partner(partner) if partner else None,
            ),
            FRAMEWORK_PILOT_PERSON.steering(FRAMEWORK_ID, self.territory_id),
        )

    def votes_anew(self, on: str, *partners: str) -> None:
        """Municipal elections renew the councils of these partners."""
        renewed = RecordRenewedMandates(
            stream_id=self.territory_id, occurred_on=day(on), partners=tuple(map(self.partner, partners))
        )
        self.write(on, None, renewed)

    def speaking_for(self, partner: str) -> Actor | None:
        """The Caf records what is its own; for the others, None: the usual recorder does."""
        if partner == CAF:
            return CAF_REPRESENTATIVE.acting_as(PARTNER_REPRESENTATIVE, self.territory_id, self.partner(CAF))
        return None

    def write(
        self,
        on: str,
        recorded: str | None,
        command: Command,
        by: Actor | None = None,
        *,
        reason: str | None = None,
        documents: Sequence[str] = (),
        refused: tuple[str, ...] = (),
    ) -> None:
        """Write a command down, proved by invented papers; `recorded` None: a few days after the fact."""
        recorded_on = day(recorded) if recorded else recording_day(day(on))
        evidence = tuple(
            Evidence(
                demo_id("document", self.key, command.NAME, on, title, str(len(self.diary.moments))),
                self.paper(title, on),
                Prose(title),
            )
            for title in documents
        )
        self.diary.write(Moment(recorded_on, command, by or self.officer, reason, evidence, refused))

    def paper(self, title: str, on: str | None) -> Sha256:
        """The fingerprint of a paper of this territory, which is kept once the story is told."""
        return self.diary.keep(paper(title, self.short_name, day(on) if on else None, self.territory_id))
