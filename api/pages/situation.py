"""Where one convention stands: the one account that the département, its own page and its committee's page give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from uuid import UUID

from api.pages.asking import Asking
from api.pages.contexts import Act, DeadlineLine, Delay, Phrase, Status
from api.pages.met_by import act_meeting
from api.pages.withheld import Withheld, act_awaited, withheld_facts
from domain.calendar import add_months
from domain.convention.reviews import FINAL, MID_TERM
from domain.convention.state import CONVENTION, PLAN
from domain.method import MethodProfile
from domain.values import Code
from projections import (
    what_is_due,
    where_conventions_stand,
    which_signatures_are_missing,
    which_themes_are_crossed,
    who_holds_which_role,
)
from projections.where_conventions_stand import PLAN_MISSING, Milestone, Standing
from projections.which_signatures_are_missing import SignatoryState, SignatureSheet
from projections.which_themes_are_crossed import ThemeCrossing

DISCUSSING: Final = ("FORUMS", "PRIORITISATION")
"""The phases in which a theme that lacks someone holds the priorities up."""

TERRITORIAL: Final = frozenset({"constitute-steering-body", "assign-territory-role", "open-convention"})
"""The acts whose form is the territory's, not the convention's."""

STATUS_OF: Final[Mapping[str, Status]] = {
    what_is_due.MISSED: "late",
    what_is_due.DUE_SOON: "watch",
    what_is_due.PLANNED: "on-time",
    what_is_due.MET: "done",
    what_is_due.MET_LATE: "done",
}


@dataclass
class Situation:
    """A convention's standing, deadlines, themes and signatures, and what pages conclude from them."""

    ask: Asking
    convention_id: UUID
    standing: Standing
    method: MethodProfile
    milestones: tuple[Milestone, ...]
    sheet: tuple[what_is_due.Deadline, ...]
    themes: tuple[ThemeCrossing, ...]
    signatures: SignatureSheet
    holders: tuple[who_holds_which_role.Holder, ...]

    @property
    def home(self) -> str:
        """The convention's page."""
        return f"/conventions/{self.convention_id}"

    @property
    def phase(self) -> str:
        """Its phase, a code."""
        return self.standing.phase

    # --- status -------------------------------------------------------------------------------------------------------

    @cached_property
    def late(self) -> tuple[what_is_due.Deadline, ...]:
        """What is past its day, the oldest first."""
        return what_is_due.late(self.sheet)

    @cached_property
    def soon(self) -> tuple[what_is_due.Deadline, ...]:
        """What the method already reminds of."""
        return tuple(one for one in self.sheet if one.state == what_is_due.DUE_SOON)

    @cached_property
    def gaps(self) -> tuple[ThemeCrossing, ...]:
        """The themes that forums discussed without someone, while priorities are still to be chosen."""
        if self.phase not in DISCUSSING:
            return ()
        return tuple(one for one in self.themes if one.counting and not one.crossed and not one.waived)

    @cached_property
    def withheld(self) -> tuple[Withheld, ...]:
        """The facts recorded whose effect is withheld."""
        return withheld_facts(self.milestones, self.themes, self.signatures, self.ask.texts)

    @property
    def plan_missing(self) -> bool:
        """Whether the convention is signed and its plan is not."""
        return PLAN_MISSING in self.standing.flags

    @property
    def status(self) -> Status:
        """The convention in one of the five words; what does not count yet is to be watched."""
        if self.late:
            return "late"
        if self.soon or self.gaps or self.withheld or self.plan_missing:
            return "watch"
        return "on-time"

    @property
    def reason(self) -> Phrase | None:
        """Why it is late or to be watched; None when it is neither."""
        if self.late:
            return self.late_phrase(self.late[0])
        if (beside := self.reason_beside_deadlines) is not None:
            return beside
        if self.soon:
            return Phrase("page.look.soon", {"what": self.what(self.soon[0]), "due": self.soon[0].due_on})
        return None

    @property
    def reason_beside_deadlines(self) -> Phrase | None:
        """Why it is to be watched, where that is not a deadline."""
        if self.gaps:
            return self.gap(self.gaps[0])
        if self.withheld:
            partner_id = self.withheld[0].partner_id
            if partner_id is None:
                return Phrase("answer.irregular", {}, len(self.withheld))
            return Phrase("page.look.uncounted", {"partner": self.ask.name(partner_id)})
        return Phrase("page.look.plan-missing") if self.plan_missing else None

    def status_of(self, deadline: what_is_due.Deadline | None) -> Status:
        """A deadline, or the milestone it waits for, in one of the five words."""
        return STATUS_OF[deadline.state] if deadline is not None else "not-started"

    # --- themes -------------------------------------------------------------------------------------------------------

    def gap(self, theme: ThemeCrossing) -> Phrase:
        """What a theme lacks first, with its name."""
        return Phrase("page.decide.theme", {"theme": theme.theme, "missing": lacking(theme)[0]})

    def theme_status(self, theme: ThemeCrossing) -> Status:
        """A theme in one of the five words: what it lacks presses only while priorities are to be chosen."""
        if theme.crossed:
            return "done"
        if theme in self.gaps:
            return "watch"
        if not theme.counting:
            return "irregular" if theme.not_counting else "not-started"
        return "on-time"

    # --- facts --------------------------------------------------------------------------------------------------------

    def facts(self, kind: str) -> tuple[Milestone, ...]:
        """The facts of a kind that have an effect, by the day they happened."""
        return tuple(one for one in self.milestones if one.kind == kind and not one.withheld)

    @property
    def can_activate(self) -> bool:
        """Whether the entry into force would be accepted (R15)."""
        return bool(self.facts("convention-signed")) and not self.facts("convention-activated")

    @property
    def can_prioritise(self) -> bool:
        """Whether some theme may lead to a priority (R06)."""
        return any(one.crossed or one.waived for one in self.themes)

    def is_possible(self, command: str) -> bool:
        """Whether an act is neither done nor sure to be refused today."""
        if command == "record-engagement":
            return not self.facts("engagement-confirmed")
        if command == "choose-priority":
            return self.can_prioritise
        if command in ("draft-action-sheet", "validate-action-plan"):
            return bool(self.facts("priority-chosen"))
        if command == "activate-convention":
            return self.can_activate
        if command == "record-review":
            return self._has_something_to_review
        return True

    @property
    def _has_something_to_review(self) -> bool:
        """A period that is over and not reviewed, or the time of a mid-term or final review not done yet (R20)."""
        if not self.facts("convention-signed"):
            return False
        if any(self.is_over(one) and one.is_open for one in self.sheet):
            return True
        period, today = self.standing.period, self.ask.today
        if period is None:
            return False
        done = {one.facts["kind"] for one in self.facts("review-done") if not one.irregularities}
        middle = period.effective_from + (period.effective_to - period.effective_from) / 2
        final = add_months(period.effective_to, -self.method.thresholds.final_review_before_end_months)
        times = ((MID_TERM, middle), (FINAL, final))
        return any(kind in self.method.review.kinds and kind not in done and day <= today for kind, day in times)

    def is_over(self, deadline: what_is_due.Deadline) -> bool:
        """Whether it is of a review whose period has ended."""
        return deadline.review_period is not None and deadline.review_period.last < self.ask.today

    # --- signatures ---------------------------------------------------------------------------------------------------

    @property
    def required(self) -> int:
        """How many signatures are waited for in all."""
        return sum(one.required for one in self.signatures.signatories)

    def missing_for(self, cover: Code) -> tuple[UUID, ...]:
        """The required partners whose signature of this does not count yet."""
        return self.signatures.missing.get(cover, ())

    def signatory(self, partner_id: UUID) -> SignatoryState:
        """A partner expected to sign. Raises `StopIteration` for any other."""
        return next(one for one in self.signatures.signatories if one.partner_id == partner_id)

    def cover_awaited(self, one: SignatoryState) -> Code | None:
        """What a partner's signature is still missing for, the plan once it is adopted; None when nothing is."""
        adopted = {text.covers for text in self.signatures.texts}
        covers = (PLAN, CONVENTION) if PLAN in adopted else (CONVENTION, PLAN)
        return next((cover for cover in covers if one.signed_on.get(cover) is None), None)

    # --- acts ---------------------------------------------------------------------------------------------------------

    def may(self, command: str, partner_id: UUID | None = None) -> bool:
        """Whether the visitor may do this act on this territory."""
        return self.ask.visitor.may(command, self.standing.territory_id, partner_id)

    def act(self, command: str, why: Phrase | None = None, partner_id: UUID | None = None) -> Act | None:
        """The link to an act of this convention, None for whoever may not do it."""
        if not self.may(command, partner_id):
            return None
        place = f"/territoires/{self.standing.territory_id}" if command in TERRITORIAL else self.home
        chosen = f"?partner_id={partner_id}" if partner_id is not None else ""
        return Act(Phrase(f"command.{command}"), f"{place}/actes/{command}{chosen}", why)

    def acts(self, *commands: str) -> tuple[Act, ...]:
        """The links to several acts: those that the visitor may do, and that are possible."""
        return tuple(act for command in commands if self.is_possible(command) and (act := self.act(command)))

    def act_meeting(self, deadline: what_is_due.Deadline) -> str | None:
        """The act that a deadline waits for; of a signature, the first that is missing for it. None when none does."""
        if deadline.partner_id is None:
            return act_meeting(self.method.deadline(deadline.id))
        signatory = self.signatory(deadline.partner_id)
        cover = self.cover_awaited(signatory)
        return act_awaited(signatory, cover) if cover is not None else None

    def deadline_for(self, command: str) -> what_is_due.Deadline | None:
        """The deadline that an act meets, the first that is open."""
        own = [one for one in self.sheet if act_meeting(self.method.deadline(one.id)) == command]
        return next((one for one in own if one.is_open), own[-1] if own else None)

    def act_of(self, deadline: what_is_due.Deadline) -> Act | None:
        """The link to the act that meets a deadline, once it is possible."""
        command = self.act_meeting(deadline)
        if command is None or not self.is_possible(command):
            return None
        if deadline.review_period is not None and not self.is_over(deadline):
            return None
        return self.act(command, partner_id=deadline.partner_id)

    # --- words --------------------------------------------------------------------------------------------------------

    def what(self, deadline: what_is_due.Deadline) -> Phrase:
        """What is expected, in the words of the trade."""
        if deadline.review_period is not None:
            return Phrase("milestone.review-of", {"period": deadline.review_period.code})
        if deadline.partner_id is not None:
            return Phrase("milestone.signature-of", {"partner": self.ask.name(deadline.partner_id)})
        return Phrase(f"deadline.{deadline.id}")

    def late_phrase(self, deadline: what_is_due.Deadline) -> Phrase:
        """What is late, and since how long."""
        return Phrase("answer.late", {"what": self.what(deadline), "delay": Delay(deadline.days_late)})

    def line(self, deadline: what_is_due.Deadline) -> DeadlineLine:
        """A deadline as a line."""
        return DeadlineLine(
            deadline.id,
            self.what(deadline),
            self.status_of(deadline),
            deadline.due_on,
            deadline.met_on,
            deadline.days_late,
            expected_from=self.expected_from(deadline) if deadline.is_open else None,
            href=self.trail(deadline.met_by) if deadline.met_by is not None else None,
            act=self.act_of(deadline) if deadline.is_open else None,
        )

    def expected_from(self, deadline: what_is_due.Deadline) -> str | None:
        """Who is to act: the partner who signs, else the people whom the method reminds first."""
        if deadline.partner_id is not None:
            return self.ask.name(deadline.partner_id)
        return self.people(role for step in deadline.steps[:1] for role in step.recipients)

    def people(self, roles: Iterable[str]) -> str | None:
        """Who holds one of these roles, by name with the role; None when nobody does."""
        wanted = set(roles)
        named = (
            f"{name} ({self.ask.texts.word('role', one.role)})"
            for one in self.holders
            if one.role in wanted and (name := self.ask.person(one.person_id))
        )
        return self.ask.texts.join(dict.fromkeys(named)) or None

    def trail(self, event_id: UUID) -> str:
        """A fact in the audit trail."""
        return f"{self.home}/journal?vers={event_id}#{event_id}"


def lacking(theme: ThemeCrossing) -> tuple[Phrase, ...]:
    """What a theme still needs to be crossed (R07)."""
    if not theme.counting:
        return (Phrase("missing.counting-forum"),)
    return (
        *(Phrase(f"missing.expertise.{one.value}") for one in theme.missing_expertises),
        *(Phrase(f"missing.side.{one.value}") for one in theme.missing_sides),
    )


def situations(ask: Asking, standings: Iterable[Standing]) -> dict[UUID, Situation]:
    """The situation of each of these conventions, asked for all of them at once."""
    covered = {one.convention_id: one for one in standings if one.convention_id is not None}
    connection, today, ids = ask.connection, ask.today, list(covered)
    methods = where_conventions_stand.methods_of(connection, ids)
    milestones = where_conventions_stand.milestones_of(connection, ids)
    sheets = what_is_due.sheets(connection, ids, today, ask.services.holidays)
    themes = which_themes_are_crossed.crossings(connection, ids, today)
    signatures = which_signatures_are_missing.signatures_of(connection, ids)
    holders = who_holds_which_role.holders_of(connection, [one.territory_id for one in covered.values()], today)
    ask.meet({holder.person_id for held in holders.values() for holder in held})
    return {
        one: Situation(
            ask,
            one,
            standing,
            methods[one],
            milestones.get(one, ()),
            sheets.get(one, ()),
            themes.get(one, ()),
            signatures[one],
            holders[standing.territory_id],
        )
        for one, standing in covered.items()
    }
