"""The commands of a convention: 26 that are timed, and those that make a country of conventions in every phase."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final
from uuid import UUID, uuid4

from benchmarks.ours.country import Country, Place
from domain.action_sheets.drafting import DraftActionSheet
from domain.convention.activating import ActivateConvention
from domain.convention.authorising import RecordMandate
from domain.convention.complete_plans import ExcludedTheme
from domain.convention.diagnosis import Finding, RecordSharedDiagnosis
from domain.convention.forums import RecordForum
from domain.convention.opening import ExpectedSignatory, OpenConvention, RecordEngagement
from domain.convention.plan import ValidateActionPlan
from domain.convention.priorities import ChoosePriority
from domain.convention.signing import RecordSignature
from domain.kernel import Command
from domain.steering import PLAN_VALIDATED, PRIORITY_CHOSEN
from domain.values import AnalysisSide, Attendance, Cell, Code, Evidence, Expertise, LocalId, Prose, Sha256

FORUMS: Final = 20
_PARENTING: Final = Code("PARENTING")
_GRID: Final = tuple(Cell(expertise, side) for expertise in Expertise for side in AnalysisSide)
_TEXT: Final = Sha256("a" * 64)
_LEFT_ASIDE: Final = tuple(ExcludedTheme(Code(one), Prose("Un autre contrat.")) for one in ("EARLY_CHILDHOOD", "YOUTH"))
SIGNED_PAGE: Final = Evidence(uuid4(), Sha256("c" * 64), Prose("Page de signature"))

STAGES: Final = ("engaged", "forums", "planned", "signed", "in-force")


class Telling:
    """The commands of one convention, in their order."""

    def __init__(self, country: Country, place: Place, sheets: int = 1) -> None:
        self.place = place
        self.convention_id = uuid4()
        self.sheet_ids = tuple(uuid4() for _ in range(sheets))
        self.caf, self.epci, self.cpam = (country.partners[kind] for kind in ("CAF", "EPCI", "CPAM"))

    def measured(self) -> Iterator[Command]:
        """The opening, five milestones and twenty forums."""
        yield from self.begun()
        for number in range(FORUMS):
            yield self.forum(number)
        yield from self.planned()

    def until(self, stage: str) -> Iterator[Command]:
        """As much of a convention's life as leads to a stage."""
        reached = STAGES.index(stage)
        begun = list(self.begun())
        yield from begun[: 2 if stage == "engaged" else 3]
        if reached >= STAGES.index("forums"):
            for number in range(4):
                yield self.forum(number)
        if reached >= STAGES.index("planned"):
            yield from self.planned()
        if reached >= STAGES.index("signed"):
            yield from self.mandates()
            yield self.signature(self.caf)
        if reached >= STAGES.index("in-force"):
            yield self.signature(self.epci)
            yield ActivateConvention(stream_id=self.convention_id, occurred_on=date(2025, 1, 1))

    def begun(self) -> Iterator[Command]:
        """Opening, engagement, diagnosis."""
        yield OpenConvention(
            stream_id=self.convention_id,
            home_territory_id=self.place.territory_id,
            holder_ids=(self.epci,),
            profile_name=Code("cnaf-2020"),
            profile_version=1,
            effective_from=date(2025, 1, 1),
            signatories=(
                ExpectedSignatory(self.caf, True),
                ExpectedSignatory(self.epci, True),
                ExpectedSignatory(self.cpam, False),
            ),
            occurred_on=date(2024, 1, 5),
        )
        yield RecordEngagement(stream_id=self.convention_id, partners=(self.caf,), occurred_on=date(2024, 1, 15))
        finding = Finding(LocalId("f1"), _PARENTING, Code("CONSTRAINT"), Prose("Peu de lieux d'accueil"))
        yield RecordSharedDiagnosis(stream_id=self.convention_id, findings=(finding,), occurred_on=date(2024, 5, 14))

    def forum(self, number: int) -> Command:
        """A forum where all three expertises looked at both sides."""
        return RecordForum(
            stream_id=self.convention_id,
            forum_id=LocalId(f"fo{number}" if number < 1_000 else str(UUID(int=number))),
            themes=(_PARENTING,),
            attendance_by_expertise=Attendance(9, 4, 6),
            cells_covered=_GRID,
            place=Prose("Salle des fêtes"),
            occurred_on=date(2024, 6, 1 + number % 30),
        )

    def planned(self) -> Iterator[Command]:
        """A priority, its sheets, the plan made of them."""
        yield ChoosePriority(
            stream_id=self.convention_id,
            priority_id=LocalId("p1"),
            title=Prose("Soutenir les parents"),
            themes=(_PARENTING,),
            findings=(LocalId("f1"),),
            decided_in=self.place.decision(PRIORITY_CHOSEN),
            rank=1,
            occurred_on=date(2024, 7, 2),
        )
        for sheet_id in self.sheet_ids:
            yield DraftActionSheet(
                stream_id=sheet_id,
                convention_id=self.convention_id,
                home_territory_id=self.place.territory_id,
                priority_id=LocalId("p1"),
                title=Prose("Navette des parents"),
                owner_id=self.epci,
                starts_on=date(2025, 1, 1),
                ends_on=date(2026, 1, 1),
            )
        yield self.validation()

    def validation(self, text: Sha256 = _TEXT) -> Command:
        """The plan made of its sheets."""
        return ValidateActionPlan(
            stream_id=self.convention_id,
            sheets=self.sheet_ids,
            text_sha256=text,
            indicators_promised_by=date(2025, 6, 30),
            excluded_themes=_LEFT_ASIDE,
            decided_in=self.place.decision(PLAN_VALIDATED),
            occurred_on=date(2024, 9, 10),
        )

    def mandates(self) -> Iterator[Command]:
        """Those of the required signatories."""
        for partner_id, kind, executory_on in (
            (self.caf, "BOARD", None),
            (self.epci, "COMMUNITY_COUNCIL", date(2024, 10, 9)),
        ):
            yield RecordMandate(
                stream_id=self.convention_id,
                partner_id=partner_id,
                kind=Code(kind),
                executory_on=executory_on,
                occurred_on=date(2024, 10, 2),
            )

    def signature(self, partner_id: UUID) -> Command:
        """A signature of convention and plan; it needs its page as evidence."""
        day = date(2024, 11, 18 if partner_id == self.caf else 20)
        return RecordSignature(stream_id=self.convention_id, partner_id=partner_id, text_sha256=_TEXT, occurred_on=day)
