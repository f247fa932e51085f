"""The state that the rules of a convention need, and the base of its commands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from domain.kernel import (
    Aggregate,
    BrokenRule,
    Case,
    Command,
    DatedBeforeOpening,
    DecidedBeforeOpening,
    Level,
    aggregate,
)
from domain.method import MethodProfile
from domain.profiles import PublishedProfile, profile_stream
from domain.values import AnalysisSide, Attendance, Cell, Code, Expertise, LocalId, Sha256, ValidityPeriod

CONVENTION = Code("CONVENTION")
PLAN = Code("PLAN")
COVERS = (CONVENTION, PLAN)
"""What a signature may cover; an amendment joins them in a later slice."""


@dataclass(frozen=True)
class Signatory:
    """A partner expected to sign; without a required one the plan is never signed (R15)."""

    partner_id: UUID
    kind: Code
    required: bool


@dataclass(frozen=True)
class AdoptedText:
    """The text to sign for one cover, as the committee adopted it with a plan (R14)."""

    text_sha256: Sha256
    plan_hash: Sha256
    adopted_on: date


@dataclass(frozen=True)
class SharedDiagnosis:
    """A version of the diagnosis as presented to the partners."""

    version: int
    shared_on: date
    findings: frozenset[LocalId]


@dataclass
class Forum:
    """A forum, convened and perhaps held; `withheld`: held before the convention was opened (R03)."""

    themes: frozenset[Code]
    held_on: date | None = None
    attendance: Attendance | None = None
    cells: frozenset[Cell] = frozenset()
    withheld: bool = False


@dataclass(frozen=True)
class Mandate:
    """A partner's own decision to sign; `executory_on` is when it may take effect, None while unknown."""

    kind: Code
    covers: frozenset[Code]
    fits: bool
    adopted_on: date
    executory_on: date | None
    executory_at: time | None


@dataclass(frozen=True)
class Signature:
    """A partner's signature of one text."""

    partner_id: UUID
    covers: frozenset[Code]
    text_sha256: str
    signed_on: date
    signed_at: time | None


@dataclass(frozen=True)
class Waiver:
    """A rule set aside by the committee, for one subject or the whole convention, from a day until another."""

    rule: Code
    subject: Code | None
    granted_on: date
    expires_on: date

    def covers(self, rule: str, subject: str | None) -> bool:
        """Whether it is about this rule and, when it is limited to a subject, about this one."""
        return self.rule == rule and self.subject in (None, subject)


@dataclass(frozen=True)
class Review:
    """A review that was done; whether it counts is derived (R20)."""

    review_id: UUID
    kind: Code
    period: ValidityPeriod
    done_on: date


@dataclass
class Milestones:
    """What was reached, by day."""

    engaged_on: date | None = None
    convention_signed_on: date | None = None
    plan_signed_on: date | None = None
    activated_on: date | None = None


@aggregate("convention", "conventions")
class TerritorialConvention(Aggregate):
    """The milestone chain of one territory's convention: one stream, one consistency boundary."""

    home_territory_id: UUID
    profile_key: tuple[str, int]
    period: ValidityPeriod
    opened_on: date

    def __init__(self) -> None:
        self.holders: frozenset[UUID] = frozenset()
        self.communes: frozenset[Code] = frozenset()
        self.themes: frozenset[Code] = frozenset()
        self.signatories: dict[UUID, Signatory] = {}
        self.milestones = Milestones()
        self.diagnosis_versions = 0
        self.diagnoses: list[SharedDiagnosis] = []
        self.forums: dict[LocalId, Forum] = {}
        self.priorities: dict[LocalId, int | None] = {}
        self.adopted_texts: dict[Code, AdoptedText] = {}
        self.mandates: dict[UUID, list[Mandate]] = {}
        self.signatures: list[Signature] = []
        self.reviews: list[Review] = []
        self.waivers: list[Waiver] = []

    @property
    def territory_id(self) -> UUID:
        """The territory whose roles decide who may act."""
        return self.home_territory_id

    def is_waived(self, rule: BrokenRule, day: date) -> bool:
        """Whether a waiver in force that day covers the rule and its subject (R30).

        A decision is covered from the day the waiver was granted; a fact, which nobody could hold back, also before.
        """
        return any(
            waiver.covers(rule.RULE, rule.subject)
            and day <= waiver.expires_on
            and (rule.LEVEL is Level.IRREGULAR or waiver.granted_on <= day)
            for waiver in self.waivers
        )

    def forum_counts(self, forum_id: LocalId) -> bool:
        """R04: held, and some diagnosis was shared on or before that day, or the rule is waived for it."""
        forum = self.forums[forum_id]
        held_on = forum.held_on
        if held_on is None or forum.withheld:
            return False
        return any(diagnosis.shared_on <= held_on for diagnosis in self.diagnoses) or any(
            waiver.covers("R04", forum_id) and held_on <= waiver.expires_on for waiver in self.waivers
        )

    def missing_for_crossing(
        self, theme: Code, profile: MethodProfile, only: frozenset[LocalId] | None = None
    ) -> tuple[frozenset[Expertise], frozenset[AnalysisSide]]:
        """R07: the expertises and sides that the forums of a theme which count have not brought yet.

        `only` limits to some forums. Both empty: the theme is crossed.
        """
        present: dict[Expertise, int] = dict.fromkeys(profile.forum.expertises, 0)
        sides: set[AnalysisSide] = set()
        for forum_id, forum in self.forums.items():
            chosen = theme in forum.themes and (only is None or forum_id in only)
            if chosen and forum.attendance is not None and self.forum_counts(forum_id):
                for expertise in present:
                    present[expertise] += forum.attendance.of(expertise)
                sides |= {cell.side for cell in forum.cells}
        return (
            frozenset(one for one, count in present.items() if count < profile.forum.minimum_per_expertise),
            frozenset(profile.forum.sides) - sides,
        )


@dataclass(frozen=True, kw_only=True)
class ConventionCommand(Command):
    """Base of the commands on an opened convention: its pinned method weighs the rules."""

    def decide(self, state: TerritorialConvention, case: Case) -> None:
        """Bring the method, then decide."""
        profile = pinned_profile(case, *state.profile_key)
        if case.occurred_on < state.opened_on:
            before = DatedBeforeOpening if self.records_a_fact() else DecidedBeforeOpening
            case.broken(before(case.occurred_on, state.opened_on))
        self.milestone(state, case, profile)

    def milestone(self, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        """Check the rules of this milestone and record it. Raises `Refused`."""
        raise NotImplementedError

    def settle(self, state: TerritorialConvention, case: Case) -> None:
        """Weigh the broken rules with the convention's waivers. Raises `Refused`."""
        case.settle(lambda rule: state.is_waived(rule, case.occurred_on))


def pinned_profile(case: Case, name: str, version: int) -> MethodProfile:
    """The published profile that a convention is pinned to; the log always holds it."""
    published = case.streams.find(PublishedProfile, profile_stream(name, version))
    assert published is not None, f"profile {name} v{version} is cited but not published"
    case.profile = published.profile
    return published.profile
