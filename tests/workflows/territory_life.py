"""A territory that lives day by day: its people, its convention, and the sweep of each day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Engine

from ctg_engine.clock import SetClock
from domain.action_sheets.drafting import DraftActionSheet
from domain.agenda import DeadlineMissed, ReminderEscalated, ReminderSent, agenda_stream
from domain.assignments import AssignFrameworkRole, AssignTerritoryRole
from domain.convention.authorising import RecordMandate
from domain.convention.diagnosis import Finding, RecordSharedDiagnosis
from domain.convention.forum_records import RecordSharedForumRecord
from domain.convention.forums import RecordForum
from domain.convention.opening import ExpectedSignatory, OpenConvention, RecordEngagement
from domain.convention.plan import ValidateActionPlan
from domain.convention.priorities import ChoosePriority
from domain.convention.reviews import ActionStatus, RecordReview
from domain.convention.signing import RecordSignature
from domain.frameworks import AttachTerritory, OpenFrameworkConvention
from domain.kernel import Actor, Command, Context, Event, RoleHeld
from domain.partners import RegisterPartner
from domain.profiles import PublishMethodProfile, profile_stream
from domain.roles import (
    ADMINISTRATOR,
    CAF_ADVISER,
    CO_PILOT,
    COMMITTEE_CHAIR,
    COMMITTEE_MEMBER,
    COOPERATION_OFFICER,
    FRAMEWORK_PILOT,
    PARTNER_REPRESENTATIVE,
    PILOT,
)
from domain.steering import ConstituteSteeringBody, Decision, DecisionReference, RecordMeeting
from domain.territories import ChangePerimeter, Commune, RegisterTerritory, territory_stream
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
from projections.what_is_due import Deadline, sheet
from tests.minutes import minutes
from tests.plans import completed
from workflows.application import Steering
from workflows.calendar import PublicHolidays
from workflows.deadlines import Swept, sweep
from workflows.methods.reader import shipped_profile
from workflows.reading import Reader
from workflows.summaries import Summaries

DAY = timedelta(days=1)
METHOD = Code("cnaf-2020")
PROFILE = shipped_profile(METHOD, 1)
TEXT = Sha256("a" * 64)
SIREN = Code("200023620")
DEPARTMENT = Code("32")
LOCAL_ROLES = (COOPERATION_OFFICER, PILOT, CO_PILOT, COMMITTEE_CHAIR, COMMITTEE_MEMBER, CAF_ADVISER)
REPRESENTED = ("caf", "epci", "msa")


@dataclass(frozen=True)
class Said:
    """One message of an agenda: on what day, about which deadline due when, which step, and whom it names."""

    on: date
    deadline: str
    due_on: date
    step: str
    """`-60`, `+15`; `missed` for the due day that passed."""
    to: frozenset[str] = frozenset()
    """Names of `Life.people`."""


class Life:
    """One convention of one territory on a migrated store; every act happens on the day of the clock."""

    def __init__(
        self,
        engine: Engine,
        born_on: date = date(2024, 1, 1),
        vacant: Collection[str] = (),
        *,
        siren: Code = SIREN,
        department: Code = DEPARTMENT,
    ) -> None:
        self.engine = engine
        self.clock = SetClock(datetime(born_on.year, born_on.month, born_on.day, 9, tzinfo=UTC))
        self.steering = Steering(engine)
        self.reader = Reader(engine)
        self.holidays = PublicHolidays()
        self.summaries = Summaries(engine, self.reader, self.clock, self.holidays)
        self.summaries.prepare()
        self.siren, self.department = siren, department
        self.territory_id = territory_stream(siren)
        self.convention_id, self.body_id, self.framework_id = uuid4(), uuid4(), uuid4()
        self.partners = {name: uuid4() for name in ("caf", "epci", "msa")}
        self.people: dict[str, UUID] = {}
        self.sheets: list[UUID] = []
        self.pilot = Actor(uuid4(), (RoleHeld(PILOT, self.territory_id),))
        self.office = Actor(uuid4(), (RoleHeld(ADMINISTRATOR),))
        self._settle(vacant)

    # --- acts -------------------------------------------------------------------------------------------------------

    def act(
        self, command: Command, actor: Actor | None = None, why: str | None = None, *, proof: tuple[Evidence, ...] = ()
    ) -> None:
        """Send a command on the day of the clock, as the pilot unless said otherwise."""
        reason = Prose(why) if why is not None else None
        now, today = self.clock.now(), self.clock.today()
        context = Context(actor=actor or self.pilot, today=today, now=now, reason=reason, evidence=proof)
        self.steering.execute(command, context)

    def appoint(self, name: str, role: Code, partner: str | None = None) -> UUID:
        """Give a role of the territory to a new person, from today on."""
        person_id = self.people.setdefault(name, uuid4())
        partner_id = self.partners[partner] if partner else None
        command = AssignTerritoryRole(
            stream_id=self.territory_id, role=role, person_id=person_id, partner_id=partner_id
        )
        self.act(command, self.office)
        return person_id

    def appoint_on_framework(self, name: str, role: Code) -> None:
        """Give a role of the whole framework to a new person, from today on."""
        person_id = self.people.setdefault(name, uuid4())
        self.act(AssignFrameworkRole(stream_id=self.framework_id, role=role, person_id=person_id), self.office)

    def open(self, effective_from: date) -> None:
        """Open the convention: the Caf and the EPCI must sign, the MSA may."""
        expected = tuple(ExpectedSignatory(self.partners[name], name != "msa") for name in REPRESENTED)
        self.act(
            OpenConvention(
                stream_id=self.convention_id,
                home_territory_id=self.territory_id,
                holder_ids=(self.partners["epci"],),
                profile_name=METHOD,
                profile_version=1,
                effective_from=effective_from,
                signatories=expected,
            )
        )

    def engage_several(self, count: int, first_day: date) -> list[UUID]:
        """Open and engage conventions on one commune each, one a day; their ids."""
        communes = tuple(
            Commune(Code(f"32{100 + number}"), None, PublicName(f"Commune {number}"), 100) for number in range(count)
        )
        self.act(
            ChangePerimeter(
                stream_id=self.territory_id,
                name=PublicName("Gascogne Toulousaine"),
                legal_form=Code("CC"),
                communes=communes,
            ),
            self.office,
        )
        conventions = [uuid4() for _ in communes]
        for number, (convention_id, commune) in enumerate(zip(conventions, communes, strict=True)):
            self.on(first_day + number * DAY).act(
                OpenConvention(
                    stream_id=convention_id,
                    home_territory_id=self.territory_id,
                    holder_ids=(self.partners["epci"],),
                    profile_name=METHOD,
                    profile_version=1,
                    communes=(commune.insee,),
                    effective_from=date(2025, 1, 1),
                    signatories=(ExpectedSignatory(self.partners["epci"], required=True),),
                )
            )
            self.act(RecordEngagement(stream_id=convention_id))
        return conventions

    def engage(self) -> None:
        """Confirm the engagement."""
        self.act(RecordEngagement(stream_id=self.convention_id))

    def share_diagnosis(self, occurred_on: date | None = None) -> None:
        """Share a diagnosis with one finding, on mobility."""
        finding = Finding(LocalId("f1"), Code("MOBILITY"), Code("CONSTRAINT"), Prose("peu de bus"))
        self.act(RecordSharedDiagnosis(stream_id=self.convention_id, findings=(finding,), occurred_on=occurred_on))

    def hold_forum(self, name: str) -> None:
        """Hold a forum that crosses mobility by itself, and give its record back the same evening."""
        cells = tuple(Cell(expertise, side) for expertise in Expertise for side in AnalysisSide)
        self.act(
            RecordForum(
                stream_id=self.convention_id,
                forum_id=LocalId(name),
                themes=(Code("MOBILITY"),),
                attendance_by_expertise=Attendance(3, 2, 5),
                cells_covered=cells,
            )
        )
        record = Evidence(uuid4(), TEXT, Prose("Compte rendu"))
        shared_with = (Code("USAGE"),)
        self.act(
            RecordSharedForumRecord(stream_id=self.convention_id, forum_id=LocalId(name), shared_with=shared_with),
            proof=(record,),
        )

    def choose_priority(self) -> None:
        """Choose a priority, in a meeting of the committee."""
        self.act(
            ChoosePriority(
                stream_id=self.convention_id,
                priority_id=LocalId("p1"),
                title=Prose("Mobilité"),
                themes=(Code("MOBILITY"),),
                findings=(LocalId("f1"),),
                decided_in=self.meet("PRIORITY_CHOSEN"),
            )
        )

    def validate_plan(self) -> None:
        """Validate a plan of one action."""
        sheet_id = uuid4()
        self.sheets.append(sheet_id)
        convention: Any = self.steering.load(self.convention_id)
        starts_on = max(self.clock.today(), convention.period.effective_from)
        self.act(
            DraftActionSheet(
                stream_id=sheet_id,
                convention_id=self.convention_id,
                home_territory_id=self.territory_id,
                priority_id=LocalId("p1"),
                title=Prose("Navette"),
                owner_id=self.partners["epci"],
                starts_on=starts_on,
                ends_on=starts_on + 100 * DAY,
            )
        )
        self.act(
            ValidateActionPlan(
                stream_id=self.convention_id,
                sheets=(sheet_id,),
                text_sha256=TEXT,
                decided_in=self.meet("PLAN_VALIDATED"),
                **completed(self.clock.today()),
            )
        )

    def sign(self, *names: str) -> None:
        """These partners adopt the text, whose acts are executory at once, and sign it the day after."""
        kinds = {"caf": "BOARD", "epci": "COMMUNITY_COUNCIL", "msa": "BOARD"}
        for name in names:
            self.act(
                RecordMandate(
                    stream_id=self.convention_id,
                    partner_id=self.partners[name],
                    kind=Code(kinds[name]),
                    occurred_on=self.clock.today() - DAY,
                    executory_on=self.clock.today() - DAY,
                )
            )
            self.act(RecordSignature(stream_id=self.convention_id, partner_id=self.partners[name], text_sha256=TEXT))

    def review(self, year: int, held_on: date) -> None:
        """Record the review of a year, held that day in a meeting of the committee."""
        reference = self.meet("REVIEW_VALIDATED", held_on)
        self.act(
            RecordReview(
                stream_id=self.convention_id,
                period_starts_on=date(year, 1, 1),
                period_ends_on=date(year, 12, 31),
                body_id=self.body_id,
                meeting_id=reference.meeting_id,
                action_statuses=tuple(ActionStatus(one, Code("RUNNING")) for one in self.sheets),
                occurred_on=held_on,
            )
        )

    def meet(self, decided: str, held_on: date | None = None) -> DecisionReference:
        """The committee meets and decides one thing, and approves its minutes at once."""
        meeting_id = LocalId(str(uuid4()))
        decision = Decision(LocalId("d1"), Code(decided), Prose("Oui"))
        self.act(
            RecordMeeting(
                stream_id=self.body_id,
                meeting_id=meeting_id,
                attendance=4,
                decisions=(decision,),
                occurred_on=held_on,
            )
        )
        for one in minutes(self.body_id, meeting_id, held_on):
            self.act(one)
        return DecisionReference(self.body_id, meeting_id, LocalId("d1"))

    # --- time -------------------------------------------------------------------------------------------------------

    def on(self, day: date) -> Life:
        """Move to a day without any sweep in between: the engine was stopped."""
        self.clock.set(day)
        return self

    def live_until(self, last: date, down: Collection[date] = ()) -> None:
        """Sweep every day up to that one, except when the engine is down."""
        while self.clock.today() < last:
            self.clock.set(self.clock.today() + DAY)
            if self.clock.today() not in down:
                self.sweep()

    def sweep(self) -> Swept:
        """The sweep of today."""
        return sweep(self.steering, self.summaries, self.clock, self.holidays)

    # --- answers ----------------------------------------------------------------------------------------------------

    def events(self) -> Iterator[Event]:
        """The whole log."""
        return (event for _, event in self.steering.read_events(0, 100_000))

    def said(self, deadline: str | None = None, of: Iterable[UUID] = ()) -> list[Said]:
        """What the agenda of this convention says, or those of others, in order; of one deadline."""
        names = {person_id: name for name, person_id in self.people.items()}
        found = []
        agendas = {agenda_stream(one) for one in (of or (self.convention_id,))}
        for event in (one for one in self.events() if one.originator_id in agendas):
            if isinstance(event, DeadlineMissed):
                found.append(Said(event.occurred_on, event.occurrence.deadline, event.due_on, "missed"))
            elif isinstance(event, ReminderSent | ReminderEscalated):
                kind = "" if isinstance(event, ReminderSent) else "!"
                to = frozenset(names[one] for one in event.recipients)
                step = f"{kind}{event.offset_days:+d}"
                found.append(Said(event.occurred_on, event.occurrence.deadline, event.due_on, step, to))
        return [one for one in found if deadline in (None, one.deadline)]

    def line(self, deadline: str, **chosen: Any) -> Deadline:
        """The line of the sheet about a deadline, today."""
        dossier = self.reader.dossier(self.convention_id)
        assert dossier is not None
        lines = sheet(dossier, self.clock.today(), self.holidays)
        (found,) = [
            one
            for one in lines
            if one.id == deadline and all(getattr(one, name) == value for name, value in chosen.items())
        ]
        return found

    # --- the setting --------------------------------------------------------------------------------------------------

    def _settle(self, vacant: Collection[str]) -> None:
        office = self.office
        if self.steering.load(profile_stream(METHOD, 1)) is None:
            self.act(PublishMethodProfile(stream_id=profile_stream(METHOD, 1), profile=PROFILE), office)
        insee = self.department + "160"[len(self.department) - 2 :]
        commune = Commune(Code(insee), None, PublicName("L'Isle-Jourdain"), 9499)
        self.act(
            RegisterTerritory(
                stream_id=self.territory_id,
                siren=self.siren,
                name=PublicName("Gascogne Toulousaine"),
                legal_form=Code("CC"),
                department=self.department,
                communes=(commune,),
            ),
            office,
        )
        for name, partner_id in self.partners.items():
            self.act(
                RegisterPartner(stream_id=partner_id, kind=Code(name.upper()), name=PublicName(name)),
                office,
            )
        self.act(
            OpenFrameworkConvention(
                stream_id=self.framework_id,
                name=PublicName("Cadre du Gers"),
                department=Code("32"),
                signatories=(self.partners["caf"],),
                profile_name=METHOD,
                profile_version=1,
                effective_from=date(2023, 1, 1),
                effective_to=date(2032, 12, 31),
            ),
            office,
        )
        self.act(AttachTerritory(stream_id=self.framework_id, attached_territory_id=self.territory_id), office)
        for role in LOCAL_ROLES:
            if role not in vacant:
                self.appoint(role, role)
        for partner in REPRESENTED:
            if partner not in vacant:
                self.appoint(partner, PARTNER_REPRESENTATIVE, partner)
        if FRAMEWORK_PILOT not in vacant:
            self.appoint_on_framework(FRAMEWORK_PILOT, FRAMEWORK_PILOT)
        self.act(
            ConstituteSteeringBody(
                stream_id=self.body_id,
                home_territory_id=self.territory_id,
                kind=Code("COPIL"),
                name=PublicName("COPIL"),
            )
        )
