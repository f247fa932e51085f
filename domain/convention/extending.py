"""Extending a convention: decided by the committee while it runs, then signed by all who must (R26).

It runs longer from the day on which the last required signature of the extension counts, not before, and at most as
long after the end that was signed first as the method allows, however often it is extended.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.calendar import add_days, add_months
from domain.cited_decisions import check_decision, decision_awaited
from domain.convention.activating import RequiredSignatureMissing
from domain.convention.closed import Closing
from domain.convention.counting import Signing, completed, missing_signatories, voided_by
from domain.convention.deciding import ConventionCommand
from domain.convention.extended import Extended, ExtensionAwaited, ExtensionTooLate, lapsed_cover, perimeter_of
from domain.convention.state import CONVENTION, TerritorialConvention
from domain.convention.texts import AdoptedText, TextsAdopted
from domain.kernel import (
    BrokenRule,
    Case,
    Event,
    Level,
    Surroundings,
    command,
    event,
    record_from,
    required_text,
)
from domain.method import MethodProfile
from domain.perimeters import PerimeterRegister, Reservation, registers_of, reserve
from domain.steering import CONVENTION_EXTENDED, DecisionReference
from domain.values import SHA256_PATTERN, Code, InvalidValue, Prose, Sha256, ValidityPeriod


@dataclass(frozen=True)
class ExtensionTooLong(BrokenRule):
    """R26: all extensions together are at most as long as the method allows after the end that was signed first."""

    RULE = "R26"
    LEVEL = Level.HARD
    FIELD = "effective_to"
    first_end: date
    latest: date
    months: int


@dataclass(frozen=True)
class TooManyExtensions(BrokenRule):
    """R26: what was extended so often is renewed."""

    RULE = "R26"
    CODE = ExtensionTooLong.CODE
    LEVEL = Level.HARD
    times: int


@dataclass(frozen=True)
class ExtensionShortens(BrokenRule):
    """R26: the new end comes after the present one."""

    RULE = "R26"
    LEVEL = Level.HARD
    CONTRADICTS = True
    FIELD = "effective_to"
    present_end: date
    new_end: date


@dataclass(frozen=True)
class ExtensionDecidedBefore(BrokenRule):
    """R26: the same extension, to the same day and by the same text, was decided and waits for its signatures."""

    RULE = "R26"
    LEVEL = Level.HARD
    CONTRADICTS = True
    FIELD = "effective_to"
    effective_to: date
    decided_on: date


@dataclass(frozen=True)
class SuccessorAlreadyOpen(BrokenRule):
    """R01: another convention was opened on the perimeter for the days that the extension would add."""

    RULE = "R01"
    CODE = "overlapping-convention"
    LEVEL = Level.HARD
    FIELD = "effective_to"
    convention_id: UUID
    period: ValidityPeriod
    until: date


@event("convention.extension-decided")
class ExtensionDecided(Event):
    """The committee decided to extend the convention to a later end: the text to sign, why, decided where.

    `cover`: what is signed for it.
    """

    cover: Code
    effective_to: date
    text_sha256: Sha256
    motive: Prose
    decided_in: DecisionReference

    def apply(self, convention: TerritorialConvention) -> None:
        """It waits for its signatures; another decision takes the place of one that waits."""
        extended = Extended.of(convention)
        extended.first_end = extended.first_end or convention.period.effective_to
        extended.awaited = ExtensionAwaited(self.cover, self.effective_to, self.occurred_on)
        TextsAdopted.of(convention).by_cover[self.cover] = AdoptedText(self.text_sha256, None, self.occurred_on)


@event("convention.convention-extended")
class ConventionExtended(Event):
    """The last required signature of an extension counts: the convention runs until `effective_to`. Once for each."""

    DERIVED = True

    cover: Code
    effective_to: date
    signed_by: tuple[UUID, ...]

    def apply(self, convention: TerritorialConvention) -> None:
        """It runs longer."""
        extended, period = Extended.of(convention), convention.period
        extended.ended_on[self.cover] = period.effective_to
        extended.awaited = None
        convention.period = ValidityPeriod(period.effective_from, self.effective_to)
        Signing.of(convention).signed_on[self.cover] = self.occurred_on


@command(TerritorialConvention, records=ExtensionDecided, derived=("cover",))
@dataclass(frozen=True, kw_only=True)
class ExtendConvention(ConventionCommand):
    """Extend the convention to a later end, as the committee decided; each required signatory then signs this text,
    under a mandate of its own, before the present end."""

    effective_to: date
    text_sha256: Sha256
    motive: Prose
    decided_in: DecisionReference

    def __post_init__(self) -> None:
        required_text(self.motive, "motive")
        if not SHA256_PATTERN.fullmatch(self.text_sha256):
            raise InvalidValue("sha256", field="text_sha256", value=self.text_sha256)

    @classmethod
    def closed(cls, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        """R26: only what was signed, and has not ended yet; not beyond what the method allows."""
        if CONVENTION not in Signing.of(state).signed_on:
            case.broken(RequiredSignatureMissing(missing_signatories(state, CONVENTION)))
        ends_on = state.period.effective_to
        case.breaks_if(case.occurred_on > ends_on, ExtensionTooLate(ends_on, case.occurred_on))
        extended = Extended.of(state)
        case.breaks_if(extended.next_cover() is None, TooManyExtensions(len(extended.ended_on)))
        first_end, latest = bounds(state, profile)
        case.breaks_if(ends_on >= latest, ExtensionTooLong(first_end, latest, profile.thresholds.extension_months))

    @classmethod
    def uncited(cls, state: TerritorialConvention, case: Case, profile: MethodProfile, around: Surroundings) -> None:
        """A decision of the committee."""
        decision_awaited(case, around, CONVENTION_EXTENDED, state.home_territory_id, profile.deciding_bodies)

    def milestone(self, state: TerritorialConvention, case: Case, profile: MethodProfile) -> None:
        ends_on, extended = state.period.effective_to, Extended.of(state)
        case.breaks_if(self.effective_to <= ends_on, ExtensionShortens(ends_on, self.effective_to))
        first_end, latest = bounds(state, profile)
        too_long = ExtensionTooLong(first_end, latest, profile.thresholds.extension_months)
        case.breaks_if(self.effective_to > latest > ends_on, too_long)  # where none is left, `closed` has said it
        cover, awaited = extended.next_cover(), extended.awaited
        if awaited is not None and awaited.effective_to == self.effective_to:
            known = TextsAdopted.of(state).by_cover[awaited.cover]
            said_again = known.text_sha256 == self.text_sha256
            case.breaks_if(said_again, ExtensionDecidedBefore(self.effective_to, awaited.decided_on))
        if cover is not None and (voided := voided_by(state, (cover,), self.text_sha256)) is not None:
            case.broken(voided)
        check_decision(case, self.decided_in, CONVENTION_EXTENDED, state.home_territory_id, profile.deciding_bodies)
        registers = registers_of(case, state.communes)
        self._check_free(state, case, (one for one in registers.values() if one is not None))
        self.settle(state, case)
        decided = record_from(self, state, case, cover=cover)
        reserve(case, registers, perimeter_of(state))
        state.follow_up(case, decided)

    def _check_free(self, state: TerritorialConvention, case: Case, registers: Iterable[PerimeterRegister]) -> None:
        """R01, for the days that are added: a successor that was opened takes them; one inside whose perimeter this is,
        or that is inside this one, does not."""
        added = ValidityPeriod(add_days(state.period.effective_to, 1), self.effective_to)
        wanted = Reservation(state.id, state.communes, state.themes, added)
        clashing = {
            other.convention_id: other.period
            for register in registers
            for other in register.reservations.values()
            if other.convention_id not in (state.id, state.sub_perimeter_of) and wanted.clashes_with(other)
        }
        for convention_id, period in clashing.items():
            other = case.streams.find(TerritorialConvention, convention_id)
            if other is None or other.sub_perimeter_of != state.id:
                case.broken(SuccessorAlreadyOpen(convention_id, period, add_days(period.effective_from, -1)))


def bounds(convention: TerritorialConvention, profile: MethodProfile) -> tuple[date, date]:
    """The end that was signed first, and the latest to which the method lets it be extended."""
    first_end = Extended.of(convention).first_end or convention.period.effective_to
    return first_end, add_months(first_end, profile.thresholds.extension_months)


def record_extension(state: TerritorialConvention, case: Case, cause: Event) -> None:
    """R26: `ConventionExtended` comes by itself when the last required signature of what was decided counts, before
    the convention has ended."""
    awaited = Extended.of(state).awaited
    if awaited is None or Closing.of(state).closed_on is not None:
        return
    done = completed(state, awaited.cover)
    if done is not None and done[1] <= state.period.effective_to:
        signed_by, signed_on = done
        has_lapsed = lapsed_cover(state) is not None
        state.record(
            ConventionExtended,
            case,
            caused_by=cause,
            occurred_on=signed_on,
            cover=awaited.cover,
            effective_to=awaited.effective_to,
            signed_by=signed_by,
        )
        if has_lapsed:  # signed in time, and recorded after the term had freed its days
            reserve(case, registers_of(case, state.communes), perimeter_of(state))


TerritorialConvention.FOLLOWS.append(record_extension)
