"""What a scenario has set up so far: names become ids here, and what came back is kept here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from domain.convention.opening import ExpectedSignatory, OpenConvention
from domain.kernel import Command
from domain.partners import RegisterPartner
from domain.roles import ADMINISTRATOR, PILOT
from domain.steering import ConstituteSteeringBody, Decision, DecisionReference, RecordMeeting
from domain.steering.minutes import ApproveMinutes, DraftMinutes
from domain.territories import Commune, RegisterTerritory, territory_stream
from domain.values import Code, Prose, PublicName, deterministic_id, local_id, luhn_is_valid
from tests.specification import french
from tests.specification.doors import Door, Outcome, Request, Said, Sender

PARTNER_KINDS = {
    "la Caf": Code("CAF"),
    "l'intercommunalité": Code("EPCI"),
    "la MSA": Code("MSA"),
    "la CPAM": Code("CPAM"),
    "le Département": Code("DEPARTEMENT"),
}
PARTNER = rf"(?P<partner>{'|'.join(PARTNER_KINDS)})"
"""How a step names a partner."""
MANDATES = {
    "CAF": Code("BOARD"),
    "EPCI": Code("COMMUNITY_COUNCIL"),
    "MSA": Code("BOARD"),
    "CPAM": Code("DIRECTOR"),
    "DEPARTEMENT": Code("DEPARTMENT_ASSEMBLY"),
}
SIGNATORIES = {"la Caf": True, "l'intercommunalité": True, "la MSA": False}
"""Who is expected to sign, and whether the plan waits for it."""
METHOD = Code("cnaf-2020")
GERS = Code("gers-ctggs")
FRAMEWORK = deterministic_id("framework")
ARRIVED = Code("32104")
"""The commune that joins the first territory of a scenario."""


def siren_of(name: str) -> Code:
    """A SIREN that passes its check, the same for the same name."""
    start = str(int(hashlib.sha256(name.encode()).hexdigest(), 16))[:8]
    return Code(next(start + last for last in "0123456789" if luhn_is_valid(start + last)))


def communes_of(number: int) -> tuple[Code, ...]:
    """The communes of the first or the second territory of a scenario."""
    return tuple(Code(f"32{number}0{place}") for place in (1, 2, 3))


def text_of(name: str) -> str:
    """The fingerprint of a document known by its name."""
    return hashlib.sha256(name.encode()).hexdigest()


@dataclass
class World:
    """The scenario's memory."""

    door: Door
    tags: frozenset[str] = frozenset()
    today: date = date(2024, 1, 1)
    territory: str = ""
    convention: UUID = field(default_factory=lambda: deterministic_id("convention", "first"))
    sender: Sender | None = None
    outcome: Outcome = field(default_factory=Outcome)
    last_request: Request | None = None
    version: int = 0
    """The version of the convention that was last seen."""
    decision: DecisionReference | None = None
    facts_before: int = 0
    recorded: list[str] = field(default_factory=list)
    """Topics of every fact recorded in the scenario, in order."""
    seen: set[tuple[str, str]] = field(default_factory=set)
    """Pairs of a rule of the scenario's tags and an outcome that was asserted."""
    planned: list[UUID] = field(default_factory=list)
    """The sheets of the plan that was validated."""
    meetings: int = 0
    forums: int = 0
    judged: bool = True
    """Whether a step has said what it thinks of the last outcome."""

    # --- names ------------------------------------------------------------------------------------------------------

    @property
    def territory_id(self) -> UUID:
        """The territory of the scenario."""
        return territory_stream(siren_of(self.territory))

    def partner(self, name: str) -> UUID:
        """A partner by its usual name; the intercommunalité is the territory's own."""
        return deterministic_id("partner", self.territory if name == "l'intercommunalité" else "", name)

    def body(self, kind: str) -> UUID:
        """A steering body of the territory by its kind."""
        return deterministic_id("body", self.territory, kind)

    def sheet(self, name: str) -> UUID:
        """An action sheet by its title."""
        return deterministic_id("sheet", name)

    # --- acts -------------------------------------------------------------------------------------------------------

    def act(self, command: Command, sender: Sender | None = None, **more: Any) -> Outcome:
        """Send a command as the current sender (the pilot unless said otherwise), today."""
        assert self.judged or self.outcome.accepted, f"an act before was not accepted: {self.outcome}"
        who = sender or self.sender or Sender(PILOT, self.territory_id)
        self.facts_before = self.door.facts()
        self.last_request = Request(command=command, sender=who, today=self.today, **more)
        return self.send(self.last_request)

    def send(self, request: Request) -> Outcome:
        """Send a request, perhaps once more."""
        self.outcome = self.door.send(request)
        self.judged = False
        self.recorded.extend(self.outcome.facts)
        if self.outcome.accepted and request.command.stream_id == self.convention:
            self.version = self.outcome.version
        return self.outcome

    def by_itself(self, command: Command) -> None:
        """Have the engine do something, today."""
        self.facts_before = self.door.facts()
        self.outcome = self.door.by_itself(command, self.today)
        self.judged = False
        self.recorded.extend(self.outcome.facts)

    def prepare(self, command: Command, sender: Sender | None = None) -> None:
        """Send a command that the scenario takes for granted."""
        assert self.act(command, sender).accepted, self.outcome

    def settle_territory(self, name: str, number: int) -> None:
        """Register the territory, its partners and its committees."""
        self.territory = name
        siren = siren_of(name)
        office = Sender(ADMINISTRATOR)
        self.prepare(
            RegisterTerritory(
                stream_id=territory_stream(siren),
                siren=siren,
                name=PublicName(name),
                legal_form=Code("CC"),
                department=Code("32"),
                communes=tuple(
                    Commune(insee, None, PublicName(f"Commune {insee}"), 1_000 * place)
                    for place, insee in enumerate(communes_of(number), 1)
                ),
            ),
            office,
        )
        for partner, kind in PARTNER_KINDS.items():
            if number == 1 or partner == "l'intercommunalité":
                self.prepare(
                    RegisterPartner(
                        stream_id=self.partner(partner),
                        kind=kind,
                        name=PublicName(partner),
                        home_territory_id=self.territory_id if kind == "EPCI" else None,
                    ),
                    office,
                )
        for body, title in (("COPIL", "Comité de pilotage"), ("COTECH", "Comité technique")):
            self.prepare(
                ConstituteSteeringBody(
                    stream_id=self.body(body),
                    home_territory_id=self.territory_id,
                    kind=Code(body),
                    name=PublicName(title),
                ),
                Sender(PILOT, self.territory_id),
            )

    def opening(self, starts: date, ends: date | None, **more: Any) -> OpenConvention:
        """The command that opens the scenario's convention, or another one."""
        return OpenConvention(**{**self.terms(starts, ends), **more})

    def terms(self, starts: date, ends: date | None) -> dict[str, Any]:
        """What any opening of the scenario's convention says."""
        return {
            "stream_id": self.convention,
            "home_territory_id": self.territory_id,
            "holder_ids": (self.partner("l'intercommunalité"),),
            "profile_name": METHOD,
            "profile_version": 1,
            "effective_from": starts,
            "effective_to": ends,
            "signatories": tuple(
                ExpectedSignatory(self.partner(name), required=required) for name, required in SIGNATORIES.items()
            ),
        }

    def decide_in(self, kind: str, decided: str, held_on: date | None = None) -> None:
        """Hold a meeting of a body, where one thing is decided; later acts cite it."""
        self.meetings += 1
        meeting, what = local_id(f"reunion-{self.meetings}"), local_id("decision-1")
        self.prepare(
            RecordMeeting(
                stream_id=self.body(kind),
                meeting_id=meeting,
                attendance=8,
                decisions=(Decision(what, french.code("decision-kind", decided), Prose(decided)),),
                occurred_on=held_on,
            ),
            Sender(PILOT, self.territory_id),
        )
        self.decision = DecisionReference(self.body(kind), meeting, what)

    def write_minutes(self, day: date | None = None) -> None:
        """The minutes of the last meeting are drafted and approved, on a day, else on that of the scenario."""
        body, meeting, sender = self.decided_in.body_id, self.decided_in.meeting_id, Sender(PILOT, self.territory_id)
        self.prepare(DraftMinutes(stream_id=body, meeting_id=meeting, occurred_on=day), sender)
        self.prepare(ApproveMinutes(stream_id=body, meeting_id=meeting, occurred_on=day), sender)

    @property
    def decided_in(self) -> DecisionReference:
        """The last decision taken."""
        assert self.decision is not None, "no meeting was held in this scenario"
        return self.decision

    # --- verdicts ---------------------------------------------------------------------------------------------------

    def rules(self) -> frozenset[str]:
        """The rules that the scenario is about, from its tags."""
        return frozenset(tag for tag in self.tags if tag[:1] == "R" and tag[1:].isdigit())

    def noted(self, outcome: str, rules: Iterable[str]) -> None:
        """An outcome was asserted for rules; at least one must be the scenario's."""
        self.judged = True
        about = self.rules() & set(rules)
        assert about or not self.rules(), f"{rules} is not what the scenario is about: {sorted(self.rules())}"
        self.seen |= {(rule, outcome) for rule in about}

    def told(self, said: tuple[Said, ...], words: str) -> Said:
        """What was said with these words."""
        wanted = french.same_words(words)
        for one in said:
            if wanted in french.same_words(one.text):
                return one
        raise AssertionError(f"« {words} » was not said, but: {[one.text for one in said]} ({self.outcome.fault})")
