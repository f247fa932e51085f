"""One convention as its pages see it: every answer asked once, and what several pages say of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Final
from uuid import UUID

from api.pages.asking import Asking
from api.pages.contexts import (
    Act,
    DeadlineLine,
    Delay,
    MandateCell,
    NavItem,
    Phrase,
    SignatoryRow,
    SignatureCell,
    SignatureMatrix,
    Spelled,
    Status,
    WaiverLine,
)
from api.pages.contexts import RuleText as Rule
from api.pages.shell import DEPARTMENT
from domain.convention.state import CONVENTION, PLAN
from projections import (
    what_is_due,
    what_the_committee_decided,
    what_the_plan_rests_on,
    where_conventions_stand,
    which_signatures_are_missing,
    which_themes_are_crossed,
    who_holds_which_role,
)
from workflows.application import UnknownStream

WATCHED_DAYS: Final = 30
"""A deadline that falls so soon, or whose first reminder is past, is to be watched."""

ACT_OF_DEADLINE: Final = {
    "D01": "record-shared-diagnosis",
    "D02": "record-forum",
    "D05": "choose-priority",
    "D06": "validate-action-plan",
    "D11": "record-signature",
    "D16": "record-review",
}
"""The one act that meets each deadline."""

_STATUS_OF_STATE: Final[dict[str, Status]] = {
    what_is_due.MISSED: "late",
    what_is_due.DUE_SOON: "watch",
    what_is_due.PLANNED: "on-time",
    what_is_due.MET: "done",
    what_is_due.MET_LATE: "done",
}


@dataclass
class View:
    """A convention and all that its pages ask of it."""

    ask: Asking
    convention_id: UUID
    standing: where_conventions_stand.ConventionStanding
    sheet: tuple[what_is_due.Deadline, ...]
    themes: tuple[which_themes_are_crossed.ThemeCrossing, ...]
    signatures: which_signatures_are_missing.SignatureSheet
    basis: what_the_plan_rests_on.PlanBasis
    meetings: tuple[what_the_committee_decided.Meeting, ...]
    waivers: tuple[what_the_committee_decided.WaiverInForce, ...]
    reviews: tuple[what_the_committee_decided.Review, ...]
    holders: tuple[who_holds_which_role.Holder, ...] = field(default=())

    @property
    def home(self) -> str:
        """The convention's page."""
        return f"/conventions/{self.convention_id}"

    @property
    def territory(self) -> str:
        """The name of its territory."""
        return self.standing.standing.territory_name

    @property
    def phase(self) -> str:
        """Its phase, a code."""
        return self.standing.standing.phase

    @cached_property
    def late(self) -> tuple[what_is_due.Deadline, ...]:
        """What is past its day, the oldest first."""
        return what_is_due.late(self.sheet)

    @cached_property
    def soon(self) -> tuple[what_is_due.Deadline, ...]:
        """What is to be watched."""
        limit = self.ask.today + timedelta(days=WATCHED_DAYS)
        return tuple(
            one
            for one in self.sheet
            if one.state == what_is_due.DUE_SOON or (one.state == what_is_due.PLANNED and one.due_on <= limit)
        )

    @cached_property
    def status(self) -> Status:
        """The convention in one of the five words; what does not count yet is to be watched."""
        if self.late:
            return "late"
        uncrossed = self.phase in ("FORUMS", "PRIORITISATION") and any(
            one.counting and not one.crossed for one in self.themes
        )
        if self.soon or self.irregular or uncrossed or "PLAN_MISSING" in self.standing.standing.flags:
            return "watch"
        return "on-time"

    @cached_property
    def irregular(self) -> tuple[where_conventions_stand.Milestone, ...]:
        """The facts recorded as irregular whose effect is still withheld."""
        counting = {given.event_id for one in self.signatures.signatories for given in one.signatures if given.counts}
        replaced = {
            given.event_id
            for one in self.signatures.signatories
            for given in one.signatures
            if any(one.signed_on.get(cover) for cover in given.covers)
        }
        forums = {one.forum_id for theme in self.themes for one in self.basis.forums if one.forum_id in theme.counting}
        return tuple(
            one
            for one in self.standing.milestones
            if one.irregularities
            and one.event_id not in counting
            and one.event_id not in replaced
            and one.facts.get("forum_id") not in forums
        )

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
        """The links to several acts, those that the visitor may do."""
        return tuple(act for command in commands if (act := self.act(command)) is not None)

    def trail(self, event_id: UUID) -> str:
        """A fact in the audit trail."""
        return f"{self.home}/journal?vers={event_id}#{event_id}"

    # --- what pages say -----------------------------------------------------------------------------------------------

    def what(self, deadline: what_is_due.Deadline) -> Phrase:
        """What is expected, in the words of the trade."""
        if deadline.review_period is not None:
            return Phrase("milestone.REVIEW", {"period": deadline.review_period.code})
        if deadline.partner_id is not None:
            return Phrase("milestone.signature-of", {"partner": self.ask.name(deadline.partner_id)})
        return Phrase(f"deadline.{deadline.id}")

    def line(self, deadline: what_is_due.Deadline) -> DeadlineLine:
        """A deadline as a line."""
        command = ACT_OF_DEADLINE.get(deadline.id)
        is_open = deadline.met_on is None
        status = _STATUS_OF_STATE[deadline.state]
        return DeadlineLine(
            deadline.id,
            self.what(deadline),
            "watch" if status == "on-time" and deadline in self.soon else status,
            deadline.due_on,
            deadline.met_on,
            deadline.days_late,
            expected_from=self._expected_from(deadline) if is_open else None,
            href=self.trail(deadline.met_by) if deadline.met_by is not None else None,
            act=self.act(command, partner_id=deadline.partner_id) if command is not None and is_open else None,
        )

    def _expected_from(self, deadline: what_is_due.Deadline) -> str | None:
        if deadline.partner_id is not None:
            return self.ask.name(deadline.partner_id)
        roles = {role for step in deadline.steps[:1] for role in step.recipients}
        names = [self.ask.person(one.person_id) for one in self.holders if one.role in roles]
        return self.ask.texts.join([name for name in names if name]) or None

    @cached_property
    def answer(self) -> tuple[Phrase, ...]:
        """The first sentences of its pages: where it stands, what is late, what comes next."""
        said = [self._where()]
        if self.late:
            said.append(late_phrase(self.ask, self.late[0], self.what(self.late[0])))
        else:
            following = what_is_due.next_deadline(self.sheet)
            if following is not None:
                said.append(Phrase("answer.next", {"what": self.what(following), "due": following.due_on}))
            else:
                said.append(Phrase("answer.nothing-late"))
        if self.irregular:
            said.append(Phrase("answer.irregular", {}, len(self.irregular)))
        return tuple(said)

    def _where(self) -> Phrase:
        period = self.standing.standing.period
        end = period.effective_to if period is not None else None
        crossed = sum(one.crossed for one in self.themes)
        phrases = {
            "PREPARATION": Phrase("answer.preparation"),
            "DIAGNOSIS": Phrase("answer.diagnosis", {"due": self._due("D01")}),
            "FORUMS": Phrase("answer.forums", {"total": Spelled(len(self.themes))}, crossed),
            "PRIORITISATION": Phrase("answer.prioritisation"),
            "PLANNING": Phrase("answer.planning", {}, len(self.basis.priorities)),
            "SIGNING": Phrase("answer.signing", {"total": Spelled(self.required)}, len(self.missing_for(PLAN))),
            "IN_FORCE": Phrase("answer.in-force", {"end": end}),
            "EXPIRED": Phrase("answer.expired", {"end": end}),
        }
        return phrases.get(self.phase, Phrase("answer.in-force", {"end": end}))

    def _due(self, deadline_id: str) -> date:
        return next((one.due_on for one in self.sheet if one.id == deadline_id), self.ask.today)

    @property
    def required(self) -> int:
        """How many signatures the plan waits for in all."""
        return sum(one.required for one in self.signatures.signatories)

    def missing_for(self, cover: str) -> tuple[UUID, ...]:
        """The required partners whose signature does not count yet."""
        return next((partners for key, partners in self.signatures.missing.items() if key == cover), ())

    # --- signatures ---------------------------------------------------------------------------------------------------

    @cached_property
    def matrix(self) -> SignatureMatrix:
        """Mandates and signatures, partner by partner."""
        rows = tuple(self._signatory(one) for one in self.signatures.signatories)
        return SignatureMatrix(self.required - len(self.missing_for(PLAN)), self.required, rows)

    def _signatory(self, one: which_signatures_are_missing.SignatoryState) -> SignatoryRow:
        mandate = one.mandates[-1] if one.mandates else None
        shown = None
        status: Status = "not-started"
        if mandate is not None:
            shown = MandateCell(
                mandate.kind,
                mandate.adopted_on,
                mandate.executory_on if one.acts_must_be_transmitted else None,
                self.ask.documents(mandate.evidence),
            )
            status = "done" if mandate.fits and mandate.executory_on is not None else "watch"
            if mandate.irregularities and not mandate.fits:
                status = "irregular"
        return SignatoryRow(
            one.partner_name,
            one.partner_kind,
            one.required,
            shown,
            status,
            self._signature(one, CONVENTION),
            self._signature(one, PLAN),
            self.act("record-mandate", partner_id=one.partner_id) if status != "done" else None,
        )

    def _signature(self, one: which_signatures_are_missing.SignatoryState, cover: str) -> SignatureCell:
        given = [each for each in one.signatures if cover in each.covers]
        counting = next((each for each in given if each.counts), None)
        if counting is not None:
            return SignatureCell("done", counting.signed_on, (), self.ask.documents(counting.evidence))
        act = self.act("record-signature", partner_id=one.partner_id)
        if given:
            last = given[-1]
            rules = tuple(
                Rule(RULE_OF_CODE.get(code, "R13"), self.ask.texts.t(f"irregularity.{code}")) for code in last.why_not
            )
            return SignatureCell("irregular", last.signed_on, rules, self.ask.documents(last.evidence), act)
        return SignatureCell("not-started", act=act)

    # --- small pieces -------------------------------------------------------------------------------------------------

    def waiver_lines(self) -> tuple[WaiverLine, ...]:
        """The rules set aside that are in force."""
        return tuple(
            WaiverLine(
                Rule(one.rule, self.ask.texts.t(f"rule.{one.rule}")),
                self._subject(one.subject),
                self.ask.said(one.motive),
                one.granted_on,
                one.expires_on,
                self.trail(one.event_id),
            )
            for one in self.waivers
            if one.in_force
        )

    def _subject(self, subject: str | None) -> Phrase:
        if subject is None:
            return Phrase("page.waiver.everything")
        key = f"theme.{subject}"
        return Phrase(key) if self.ask.texts.has(key) else Phrase("page.waiver.forum")

    def tabs(self, current: str) -> tuple[NavItem, ...]:
        """The three pages of the convention."""
        pages = (("convention-tab", ""), ("committee", "/comite"), ("audit", "/journal"))
        return tuple(NavItem(Phrase(f"page.nav.{name}"), self.home + path, name == current) for name, path in pages)

    def crumbs(self, current: str) -> tuple[NavItem, ...]:
        """The way back."""
        name = Phrase("page.literal", {"text": self.territory})
        if current == "convention-tab":
            return (NavItem(Phrase("page.nav.department"), DEPARTMENT), NavItem(name, self.home, current=True))
        return (
            NavItem(Phrase("page.nav.department"), DEPARTMENT),
            NavItem(name, self.home),
            NavItem(Phrase(f"page.nav.{current}"), self.home, current=True),
        )


def late_phrase(ask: Asking, deadline: what_is_due.Deadline, what: Phrase) -> Phrase:
    """What is late, and since how long."""
    delay = Delay(deadline.days_late)
    if deadline.partner_id is not None:
        return Phrase("answer.late-signature", {"partner": ask.name(deadline.partner_id), "delay": delay})
    return Phrase("answer.late", {"what": what, "delay": delay})


TERRITORIAL: Final = frozenset({"constitute-steering-body", "assign-territory-role", "open-convention"})
RULE_OF_CODE: Final = {"text-mismatch": "R14"}


def view_of(ask: Asking, convention_id: UUID) -> View:
    """A convention that the visitor may read, with every answer its pages need. Raises `UnknownStream`."""
    territory_id = ask.territory_of(convention_id)
    connection, today = ask.connection, ask.today
    standing = where_conventions_stand.convention(connection, convention_id, today)
    signatures = which_signatures_are_missing.signatures(connection, convention_id)
    if standing is None or signatures is None:
        raise UnknownStream(str(convention_id))
    made = View(
        ask,
        convention_id,
        standing,
        what_is_due.sheet(connection, convention_id, today, ask.services.holidays),
        which_themes_are_crossed.crossing(connection, convention_id),
        signatures,
        what_the_plan_rests_on.basis(connection, convention_id),
        what_the_committee_decided.meetings(connection, territory_id),
        what_the_committee_decided.waivers(connection, convention_id, today),
        what_the_committee_decided.reviews(connection, convention_id),
        who_holds_which_role.role_holders(connection, territory_id, None, today),
    )
    ask.open(made.standing, made.signatures, made.basis, made.meetings, made.waivers, made.reviews)
    ask.meet(_people(made.holders))
    return made


def _people(holders: Iterable[who_holds_which_role.Holder]) -> set[UUID]:
    return {one.person_id for one in holders}
