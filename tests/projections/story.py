"""One territory's story, told through `execute` only."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Engine

from domain.action_sheets.drafting import DraftActionSheet
from domain.assignments import AssignFrameworkRole, AssignTerritoryRole
from domain.convention.activating import ActivateConvention
from domain.convention.authorising import RecordMandate
from domain.convention.diagnosis import Finding, RecordSharedDiagnosis
from domain.convention.forum_records import RecordSharedForumRecord
from domain.convention.forums import RecordForum
from domain.convention.opening import ExpectedSignatory, OpenConvention, RecordEngagement
from domain.convention.plan import ValidateActionPlan
from domain.convention.priorities import ChoosePriority
from domain.convention.reviews import ActionStatus, RecordReview
from domain.convention.signing import RecordSignature
from domain.convention.state import COVERS
from domain.convention.waivers import GrantWaiver
from domain.frameworks import AttachTerritory, OpenFrameworkConvention
from domain.kernel import Actor, Command, Context, RoleHeld
from domain.partners import RegisterPartner
from domain.profiles import PublishMethodProfile, profile_stream
from domain.steering import (
    PLAN_VALIDATED,
    PRIORITY_CHOSEN,
    WAIVER,
    ConstituteSteeringBody,
    Decision,
    DecisionReference,
    RecordMeeting,
)
from domain.territories import Commune, RegisterTerritory, territory_stream
from domain.values import (
    AnalysisSide,
    Attendance,
    Cell,
    Code,
    Evidence,
    Expertise,
    LocalId,
    Prose,
    PublicName,
    Sha256,
)
from projections.engine import Dossier, Register
from tests.minutes import minutes
from tests.plans import completed
from workflows.answers import Answer
from workflows.application import Steering
from workflows.methods.reader import shipped_profile
from workflows.people import Vault
from workflows.reading import Reader

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
TEXT = Sha256("a" * 64)
OTHER_TEXT = Sha256("b" * 64)
SIREN = Code("200023620")
OTHER_SIREN = Code("243200417")
METHOD = Path(__file__).parents[2] / "workflows" / "methods" / "cnaf-2020.v1.yaml"
PROFILE = shipped_profile("cnaf-2020", 1)
PARENTING = Code("PARENTING")
FULL_GRID = tuple(Cell(expertise, side) for expertise in Expertise for side in AnalysisSide)


FOUNDING = (PRIORITY_CHOSEN, PLAN_VALIDATED, WAIVER)
"""The kinds of decisions that a meeting of the story takes, in order."""


class Story:
    """Commands with the fields that a test does not care about filled in. Dates are business dates."""

    def __init__(self, engine: Engine, steering: Steering | None = None) -> None:
        self.engine = engine
        self.steering = steering or Steering(engine)
        self.vault = Vault(engine)
        self.reader = Reader(engine)
        self.today = date(2026, 6, 1)
        self.administrator = Actor(uuid.uuid4(), (RoleHeld(Code("ADMINISTRATOR")),))
        self.territory = territory_stream(SIREN)
        self.pilot = Actor(uuid.uuid4(), (RoleHeld(Code("PILOT"), self.territory),))
        self.caf, self.epci, self.cpam, self.body = (uuid.uuid4() for _ in range(4))
        self.convention = uuid.uuid4()
        self.framework = uuid.uuid4()
        self.sheet = uuid.uuid4()

    def tell(self, command: Command, actor: Actor | None = None, **context: Any) -> Answer:
        """Execute, as the pilot unless said otherwise, on the story's day."""
        return self.steering.execute(command, self.context(actor or self.pilot, **context))

    @property
    def dossier(self) -> Dossier:
        """All that was recorded about the convention."""
        found = self.reader.dossier(self.convention)
        assert found is not None
        return found

    @property
    def known(self) -> Register:
        """Territories, partners, frameworks, methods and roles."""
        return self.reader.register()

    def context(self, actor: Actor, **circumstances: Any) -> Context:
        """The circumstances of one command on the story's day."""
        return Context(
            actor=actor,
            today=self.today,
            now=datetime(self.today.year, self.today.month, self.today.day, 9, tzinfo=UTC),
            idempotency_key=str(uuid.uuid4()),
            **circumstances,
        )

    def set_up(self) -> None:
        """The method, the territory, its partners, its steering committee with one meeting on 2024-01-10."""
        admin = self.administrator
        self.tell(PublishMethodProfile(stream_id=profile_stream("cnaf-2020", 1), profile=PROFILE), admin)
        self.settle()

    def settle(self) -> None:
        """The same, where the method is published already."""
        admin = self.administrator
        self.register(SIREN, "CC de la Gascogne Toulousaine", "32160")
        for partner_id, kind, name in (
            (self.caf, "CAF", "Caf du Gers"),
            (self.epci, "EPCI", "CC de la Gascogne Toulousaine"),
            (self.cpam, "CPAM", "CPAM du Gers"),
        ):
            self.tell(RegisterPartner(stream_id=partner_id, kind=Code(kind), name=PublicName(name)), admin)
        self.tell(
            ConstituteSteeringBody(
                stream_id=self.body,
                home_territory_id=self.territory,
                kind=Code("COPIL"),
                name=PublicName("Comité de pilotage"),
            )
        )
        self.meet("m1", date(2024, 1, 10))

    def register(self, siren: Code, name: str, insee: str) -> UUID:
        """A territory of one commune."""
        place = territory_stream(siren)
        self.tell(
            RegisterTerritory(
                stream_id=place,
                siren=siren,
                name=PublicName(name),
                legal_form=Code("CC"),
                department=Code("32"),
                communes=(Commune(Code(insee), None, PublicName("L'Isle-Jourdain"), 9499),),
            ),
            self.administrator,
        )
        return place

    def attach(self, *territories: UUID) -> None:
        """The framework of the département, following these territories."""
        self.tell(
            OpenFrameworkConvention(
                stream_id=self.framework,
                name=PublicName("CTG gersoise des solidarités"),
                department=Code("32"),
                signatories=(self.caf,),
                profile_name=Code("cnaf-2020"),
                profile_version=1,
                effective_from=date(2023, 1, 1),
                effective_to=date(2027, 12, 31),
            ),
            self.administrator,
        )
        for territory in territories:
            self.tell(AttachTerritory(stream_id=self.framework, attached_territory_id=territory), self.administrator)

    def framework_pilot(self, *territories: UUID) -> Actor:
        """A pilot of the framework, which follows these territories."""
        held = RoleHeld(Code("FRAMEWORK_PILOT"), framework_id=self.framework, follows=frozenset(territories))
        return Actor(uuid.uuid4(), (held,))

    def assign(self, role: str, person_id: UUID, since: date, until: date | None = None) -> None:
        """A role on the territory."""
        self.tell(
            AssignTerritoryRole(
                stream_id=self.territory, role=Code(role), person_id=person_id, occurred_on=since, ends_on=until
            ),
            self.administrator,
        )

    def assign_on_framework(self, role: str, person_id: UUID, since: date) -> None:
        """A role on the framework."""
        self.tell(
            AssignFrameworkRole(stream_id=self.framework, role=Code(role), person_id=person_id, occurred_on=since),
            self.administrator,
        )

    def meet(self, meeting: str, day: date) -> None:
        """A meeting of the committee with a decision of each kind that founds something, `d1` to `d3`, and its minutes
        at once."""
        decisions = tuple(
            Decision(LocalId(f"d{place}"), kind, Prose("Approuvé")) for place, kind in enumerate(FOUNDING, 1)
        )
        self.tell(
            RecordMeeting(
                stream_id=self.body,
                meeting_id=LocalId(meeting),
                attendance=7,
                partners_present=(self.caf,),
                decisions=decisions,
                occurred_on=day,
            )
        )
        for one in minutes(self.body, LocalId(meeting), day):
            self.tell(one)

    def decision(self, kind: Code) -> DecisionReference:
        """The decision of a kind of the first meeting."""
        return DecisionReference(self.body, LocalId("m1"), LocalId(f"d{FOUNDING.index(kind) + 1}"))

    def open(self, day: date = date(2024, 1, 5), start: date = date(2025, 1, 1), version: int = 1) -> None:
        """The convention, for five years, under a version of the method: Caf and EPCI required, CPAM optional."""
        self.tell(
            OpenConvention(
                stream_id=self.convention,
                home_territory_id=self.territory,
                holder_ids=(self.epci,),
                profile_name=Code("cnaf-2020"),
                profile_version=version,
                effective_from=start,
                signatories=(
                    ExpectedSignatory(self.caf, True),
                    ExpectedSignatory(self.epci, True),
                    ExpectedSignatory(self.cpam, False),
                ),
                occurred_on=day,
            )
        )

    def engage(self, day: date) -> Answer:
        """The partners' engagement."""
        return self.tell(RecordEngagement(stream_id=self.convention, partners=(self.caf,), occurred_on=day))

    def diagnose(self, day: date, **context: Any) -> Answer:
        """A shared diagnosis with one finding, `f1`."""
        finding = Finding(LocalId("f1"), PARENTING, Code("CONSTRAINT"), Prose("Peu de lieux d'accueil"))
        return self.tell(
            RecordSharedDiagnosis(stream_id=self.convention, findings=(finding,), occurred_on=day), **context
        )

    def forum(
        self, forum_id: str, day: date, *counts: int, theme: str = PARENTING, shared_after: int | None = 10
    ) -> Answer:
        """A forum; counts of technical, political and usage expertise (all three by default), who all looked at both
        sides. Its record is shared so many days after, where that is told."""
        came = Attendance(*(counts or (9, 4, 6)))
        held = self.tell(
            RecordForum(
                stream_id=self.convention,
                forum_id=LocalId(forum_id),
                themes=(Code(theme),),
                attendance_by_expertise=came,
                cells_covered=tuple(cell for cell in FULL_GRID if came.of(cell.expertise)),
                place=Prose("Salle des fêtes"),
                occurred_on=day,
            )
        )
        if shared_after is not None:
            self.share_record(forum_id, min(day + timedelta(days=shared_after), self.today))
        return held

    def share_record(self, forum_id: str, day: date) -> Answer:
        """The record of a forum, given back to the residents who came."""
        shared = RecordSharedForumRecord(
            stream_id=self.convention, forum_id=LocalId(forum_id), shared_with=(Code("USAGE"),), occurred_on=day
        )
        return self.tell(shared, evidence=(Evidence(uuid.uuid4(), Sha256("ab" * 32), Prose("Compte rendu")),))

    def choose(self, priority_id: str, day: date) -> Answer:
        """A priority on parenting."""
        return self.tell(
            ChoosePriority(
                stream_id=self.convention,
                priority_id=LocalId(priority_id),
                title=Prose("Soutenir les parents"),
                themes=(PARENTING,),
                findings=(LocalId("f1"),),
                decided_in=self.decision(PRIORITY_CHOSEN),
                rank=1,
                occurred_on=day,
            )
        )

    def prioritised(self) -> None:
        """Set up, opened, and lived up to the choice of a priority on 2 July 2024."""
        self.set_up()
        self.open()
        self.diagnose(date(2024, 5, 14))
        self.forum("fo1", date(2024, 6, 4))
        self.choose("p1", date(2024, 7, 2))

    def plan(
        self,
        day: date,
        text: Sha256 = TEXT,
        covers: tuple[Code, ...] = (),
        priority: str = "p1",
        also: tuple[UUID, ...] = (),
    ) -> UUID:
        """A sheet and the plan made of it and of others, on a text that covers all that is not signed unless said
        otherwise; the sheet's stream."""
        convention: Any = self.steering.load(self.convention)
        first = max(date(2025, 1, 1), convention.period.effective_from)
        sheet = self.sheet = uuid.uuid4()
        self.tell(
            DraftActionSheet(
                stream_id=sheet,
                convention_id=self.convention,
                home_territory_id=self.territory,
                priority_id=LocalId(priority),
                title=Prose("Navette des parents"),
                owner_id=self.epci,
                starts_on=first,
                ends_on=min(max(date(2026, 1, 1), first), convention.period.effective_to),
            )
        )
        self.tell(
            ValidateActionPlan(
                stream_id=self.convention,
                sheets=(*also, sheet),
                text_sha256=text,
                text_covers=covers,
                decided_in=self.decision(PLAN_VALIDATED),
                occurred_on=day,
                **completed(day),
            )
        )
        return sheet

    def mandate(
        self, partner_id: UUID, day: date, executory_on: date | None = None, covers: tuple[Code, ...] = COVERS
    ) -> None:
        """The act that fits the partner, about convention and plan unless said otherwise."""
        kinds = {self.caf: "BOARD", self.epci: "COMMUNITY_COUNCIL", self.cpam: "DIRECTOR"}
        self.tell(
            RecordMandate(
                stream_id=self.convention,
                partner_id=partner_id,
                covers=covers,
                kind=Code(kinds[partner_id]),
                executory_on=executory_on,
                occurred_on=day,
            )
        )

    def sign(self, partner_id: UUID, day: date, text: Sha256 = TEXT, covers: tuple[Code, ...] = COVERS) -> Answer:
        """A signature, of convention and plan unless said otherwise."""
        proof = Evidence(uuid.uuid4(), Sha256("c" * 64), Prose("Page de signature"))
        return self.tell(
            RecordSignature(
                stream_id=self.convention, partner_id=partner_id, covers=covers, text_sha256=text, occurred_on=day
            ),
            evidence=(proof,),
        )

    def activate(self, day: date) -> None:
        """The entry into force."""
        self.tell(ActivateConvention(stream_id=self.convention, occurred_on=day))

    def waive(self, rule: str, day: date, until: date, subject: str | None = None) -> None:
        """A rule set aside by the committee."""
        self.tell(
            GrantWaiver(
                stream_id=self.convention,
                rule=Code(rule),
                subject=Code(subject) if subject else None,
                motive=Prose("Public trop éloigné"),
                decided_in=self.decision(WAIVER),
                expires_on=until,
                occurred_on=day,
            )
        )

    def all_running(self) -> tuple[ActionStatus, ...]:
        """What a complete review says of the actions of the plan (R21)."""
        return tuple(ActionStatus(one.id, Code("RUNNING")) for one in self.dossier.sheets)

    def review(self, year: int, day: date, meeting: str = "m1") -> Answer:
        """The annual review of a civil year, complete."""
        return self.tell(
            RecordReview(
                stream_id=self.convention,
                period_starts_on=date(year, 1, 1),
                period_ends_on=date(year, 12, 31),
                body_id=self.body,
                meeting_id=LocalId(meeting),
                occurred_on=day,
                action_statuses=self.all_running(),
                users_heard=3,
            )
        )

    def until_signed(self, *, last: bool = True) -> None:
        """The happy path up to the last required signature, on 2024-11-20, or before it; CPAM has not signed."""
        self.set_up()
        self.open()
        self.engage(date(2024, 1, 15))
        self.diagnose(date(2024, 5, 14))
        self.forum("fo1", date(2024, 6, 4))
        self.choose("p1", date(2024, 7, 2))
        self.plan(date(2024, 9, 10))
        self.mandate(self.caf, date(2024, 10, 1))
        self.mandate(self.epci, date(2024, 10, 2), date(2024, 10, 9))
        self.sign(self.caf, date(2024, 11, 18))
        if last:
            self.sign(self.epci, date(2024, 11, 20))
