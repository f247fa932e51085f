"""A method profile: how conventions are run, as data (design.md, idea 7).

A profile is published once, whole, in `MethodProfilePublished`; a convention is pinned to the version it was
opened under. Every duration, level of a rule, mandate type and deadline that a rule needs is read here and is
written nowhere else. The dataclasses are immutable, hold only codes, numbers and tuples, and survive a round
trip through JSON unchanged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from domain.roles import PILOT
from domain.values import AnalysisSide, Code, Expertise

LEVELS: Final = (Code("H"), Code("W"), Code("I"), Code("N"))
"""Levels of a rule: hard, waivable by a committee decision, irregular (facts), notice."""

HOLDER: Final = Code("HOLDER")
"""In the default signatories: whatever collectivity holds the convention."""

END_OF_CIVIL_YEAR: Final = Code("END_OF_CIVIL_YEAR")
ANNIVERSARY: Final = Code("ANNIVERSARY")
CIVIL_YEAR: Final = Code("CIVIL_YEAR")

_PERIOD = re.compile(
    r"(?P<sign>-?)P(?=[0-9])(?:(?P<years>[0-9]{1,4})Y)?(?:(?P<months>[0-9]{1,4})M)?"
    r"(?:(?P<weeks>[0-9]{1,4})W)?(?:(?P<days>[0-9]{1,5})D)?"
)


class UnknownMethodItem(LookupError):
    """A deadline or partner kind that the pinned profile does not know: `args` are its kind and its code."""


@dataclass(frozen=True)
class Period:
    """A length of time in civil units, all of one sign: months first, then days, then working days."""

    months: int = 0
    days: int = 0
    working_days: int = 0

    @classmethod
    def parse(cls, text: str, *, working: bool = False) -> Period:
        """Read an ISO 8601 period of dates (`P6M`, `P1Y`, `P2W`, `P15D`, `-P3M`).

        With `working`, its days are working days (weeks then make no sense). Raises `ValueError`.
        """
        match = _PERIOD.fullmatch(text)
        if match is None:
            raise ValueError(f"not an ISO 8601 period of dates: {text!r}")
        parts = {name: int(match[name] or 0) for name in ("years", "months", "weeks", "days")}
        if working and parts["weeks"]:
            raise ValueError(f"weeks cannot be counted in working days: {text!r}")
        sign = -1 if match["sign"] else 1
        days = sign * (parts["weeks"] * 7 + parts["days"])
        return cls(
            months=sign * (parts["years"] * 12 + parts["months"]),
            days=0 if working else days,
            working_days=days if working else 0,
        )

    def __str__(self) -> str:
        sign = "-" if min(self.months, self.days, self.working_days) < 0 else ""
        months, days = abs(self.months), abs(self.days + self.working_days)
        return f"{sign}P{f'{months}M' if months else ''}{f'{days}D' if days or not months else ''}"


@dataclass(frozen=True)
class DurationRule:
    """How long a convention runs (R02), in whole years; `default_end` proposes its last day."""

    min_years: int
    max_years: int
    default_years: int
    default_end: Code
    """`END_OF_CIVIL_YEAR` or `ANNIVERSARY` (the day before it)."""


@dataclass(frozen=True)
class ForumRule:
    """What crosses a theme (R07): people of each of these expertises, and both sides discussed."""

    expertises: tuple[Expertise, ...]
    minimum_per_expertise: int
    sides: tuple[AnalysisSide, ...]


@dataclass(frozen=True)
class Thresholds:
    """What rules and questions compare with: lengths of time in months or days, how many people are few, points of
    progress."""

    stale_diagnosis_months: int
    """R10: a diagnosis older than this when a priority is chosen is a notice."""
    long_retroactivity_months: int
    """R18: a convention taking effect earlier than this before its first signature is a notice."""
    stalled_months: int
    """What waits without a deadline for longer than this is to be watched."""
    final_review_before_end_months: int
    """R20: a final review may precede the end of the convention by at most this."""
    extension_months: int
    """R26: a convention runs at most so much longer than it was signed for, however often it is extended."""
    small_cell_persons: int
    """R32: fewer people than this are not counted, nor told by a rate; so many answers are told in percent."""
    behind_points: int
    """An action whose progress is behind the share of its time that has passed by more than this is to be watched."""
    headline_findings: int | None = None
    """A version of a diagnosis that holds more findings than this is a notice; a method that says nothing bounds none.
    """
    delegation_ending_days: int | None = None
    """A delegation that ends within so many days ends soon; a method that says nothing of it warns of none."""


@dataclass(frozen=True)
class DefaultSignatory:
    """A signatory proposed when a convention is opened (R15): a partner kind, or `HOLDER`."""

    kind: Code
    required: bool


@dataclass(frozen=True)
class MandateRule:
    """By what act a kind of partner authorises its signature (R13, domain.md 2.3)."""

    partner_kind: Code
    mandate_kinds: tuple[Code, ...]
    acts_must_be_transmitted: bool
    """Whether the act is executory only once published and transmitted to the prefect."""


@dataclass(frozen=True)
class ReviewRule:
    """What an annual review covers (R20, D16)."""

    period: Code
    """`CIVIL_YEAR` or `ANNIVERSARY`."""
    kinds: tuple[Code, ...]
    ending_months: int
    """R20: a period is ending, and its review counts, from so many months before it is over."""
    minutes_days: int | None = None
    """R21: within so many days of the meeting that reviewed, its minutes are approved; a method that says nothing of it
    waits for none."""


@dataclass(frozen=True)
class BonusRule:
    """What a year of one place of a kind brings, while a convention covers it and the authority that supports it has
    signed (domain.md 2.5)."""

    place_kind: Code
    yearly_euros: int


@dataclass(frozen=True)
class CorrectionRule:
    """How the mistake of a milestone is mended (R28)."""

    confirmed_by: tuple[Code, ...]
    """Roles on the territory that may confirm what another person proposed."""
    lapses_after_days: int
    """How long a proposal waits, in days."""


@dataclass(frozen=True)
class MilestoneRule:
    """A milestone of the path. One that is not active is announced: what reaches it does not exist here yet."""

    id: Code
    active: bool


@dataclass(frozen=True)
class RoleRule:
    """A role that the method counts on, and to whom it passes while nobody holds it."""

    role: Code
    next_up: Code | None
    """None for the last of the chain."""


@dataclass(frozen=True)
class Pause:
    """Days of every year on which councils rarely sit, both included, each as its month and its day."""

    first: tuple[int, int]
    last: tuple[int, int]


@dataclass(frozen=True)
class Vote:
    """A vote to come: its month, and the kinds of partners whose council it renews."""

    year: int
    month: int
    partner_kinds: tuple[Code, ...]


@dataclass(frozen=True)
class Calendars:
    """The calendars that dates are looked at with, beside working days: each gives a notice, none moves a date."""

    school_holidays: bool
    """Those of the zone of the territory's département."""
    council_pauses: tuple[Pause, ...]
    council_pause_before_vote_months: int
    """A council that a vote renews rarely sits in so many months before that of the vote."""
    reserve_months: int
    """Electoral code, L52-1: from the first day of the so-manieth month before that of the vote, until the vote."""
    votes: tuple[Vote, ...]


@dataclass(frozen=True)
class Step:
    """One message about a deadline, `offset_days` calendar days after it is due (negative: before)."""

    offset_days: int
    recipients: tuple[Code, ...]
    """Roles, or named groups such as `MISSING_SIGNATORY`."""


@dataclass(frozen=True)
class DeadlineRule:
    """A deadline of domain.md 4.4: from what, how long, met by what, and who is told when."""

    id: Code
    """`D01` to `D26` of the reference, with a letter for a second step of one (`D07B`: its papers); `S01` to `S13` for
    what gives no news."""
    active: bool
    """One that is not is announced: what it is about does not exist here yet, and nothing is watched."""
    subject: Code
    """What falls due: `CONVENTION`, `SIGNATORY` (one deadline each) or `REVIEW_PERIOD` (one each)…"""
    trigger: Code
    """The topic of an event (`ctg.convention.…`), or a named trigger in capitals that needs a computation."""
    occurrence: Code
    """Which event of that topic starts it: `FIRST`, `LATEST` (moves with each) or `EACH`."""
    offset: Period
    moves: bool
    """Whether a due date and its messages falling on a weekend or public holiday move to the next working day."""
    met_by: tuple[Code, ...]
    """Topics of the events, or named conditions in capitals, any of which meets it."""
    reminders: tuple[Step, ...]
    escalations: tuple[Step, ...]
    silence: tuple[Code, ...]
    """How it may be silenced: `MUTED` (by a committee decision), `MET_ELSEWHERE` (with evidence)."""
    bodies: tuple[Code, ...] = ()
    """Of what is about meetings: the kinds of bodies that it asks; of every kind where none is named."""


@dataclass(frozen=True)
class MethodProfile:
    """One version of a method, whole."""

    name: Code
    version: int
    title_key: Code
    """Key of its name in the catalogues."""
    phases: tuple[Code, ...]
    """In the order in which a convention usually passes them."""
    milestones: tuple[MilestoneRule, ...]
    """In the order of the path."""
    themes: tuple[Code, ...]
    transverse_themes: tuple[Code, ...]
    """Those of them that no forum crosses (R06, R07)."""
    mandatory_themes: tuple[Code, ...]
    """Themes a plan must cover or exclude with a reason (R12)."""
    duration: DurationRule
    forum: ForumRule
    thresholds: Thresholds
    rule_levels: tuple[tuple[Code, Code], ...]
    """Pairs of a refusal's code (`priority-without-forum`) and its level, one of `LEVELS`."""
    waivable_rules: tuple[Code, ...]
    """Ids of the rules of level W or I that the committee may waive (R30)."""
    deciding_bodies: tuple[Code, ...]
    """Kinds of bodies that may choose priorities, validate plans and waive rules (R08, R30)."""
    adapting_bodies: tuple[Code, ...]
    """Kinds of bodies that may adapt a signed plan where the change is minor (R22)."""
    default_signatories: tuple[DefaultSignatory, ...]
    mandate_rules: tuple[MandateRule, ...]
    review: ReviewRule
    corrections: CorrectionRule
    roles: tuple[RoleRule, ...]
    calendars: Calendars
    deadlines: tuple[DeadlineRule, ...]
    bonuses: tuple[BonusRule, ...] = ()

    def is_waivable(self, rule: str) -> bool:
        """Whether the committee may waive this rule, given by its id (R30)."""
        return rule in self.waivable_rules

    def mandate_rule(self, partner_kind: str) -> MandateRule:
        """How a kind of partner authorises its signature (R13). Raises `UnknownMethodItem`."""
        for rule in self.mandate_rules:
            if rule.partner_kind == partner_kind:
                return rule
        raise UnknownMethodItem("partner kind", partner_kind)

    def acts_must_be_transmitted(self, partner_kind: str) -> bool:
        """Whether the acts of a kind of partner are executory only once they are; not of a kind that it does not name:
        one may ask what a method would change that a convention cannot follow."""
        return any(one.acts_must_be_transmitted for one in self.mandate_rules if one.partner_kind == partner_kind)

    def deadline(self, deadline_id: str) -> DeadlineRule:
        """A deadline by its id, active or not. Raises `UnknownMethodItem`."""
        for rule in self.deadlines:
            if rule.id == deadline_id:
                return rule
        raise UnknownMethodItem("deadline", deadline_id)

    def next_up(self, role: str) -> Code | None:
        """To whom a role passes while nobody holds it; one that the method does not name passes to the pilot."""
        return next((one.next_up for one in self.roles if one.role == role), PILOT)

    @property
    def active_deadlines(self) -> tuple[DeadlineRule, ...]:
        """The deadlines that are watched, in the order of the profile."""
        return tuple(rule for rule in self.deadlines if rule.active)
