"""One convention as its own pages see it: every answer asked once, and what several pages say of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from api.pages.acts import CITING, forms_in
from api.pages.acts.signing import RECORD_MANDATE_REFUSAL, RECORD_MANDATE_WITHDRAWAL
from api.pages.addresses import MEETINGS, Home
from api.pages.asking import Asking
from api.pages.contexts import (
    SIGNATORY_GROUPS,
    Act,
    Delay,
    MandateCell,
    NextAct,
    Phrase,
    RuleText,
    SignatoryGroup,
    SignatoryRow,
    SignatureCell,
    SignatureMatrix,
    WaiverLine,
)
from api.pages.mistakes import links
from api.pages.next_steps import next_act
from api.pages.telling import Telling, tellings
from domain.convention.authorising import RecordMandate
from domain.convention.plan import ActionPlanValidated
from domain.convention.signing import SignatureRecorded
from domain.convention.state import CONVENTION, PLAN
from domain.convention.themes import every_theme, named
from domain.kernel import Event
from domain.policy import ASK_BY_LINK
from domain.values import Code
from projections import (
    what_became_of_decisions,
    what_the_committee_decided,
    what_the_plan_rests_on,
    where_conventions_stand,
)
from projections.engine import Dossier
from projections.what_comes_next import awaited
from projections.where_signatories_stand import SignatoryStanding, SignatureStanding, signatories
from projections.which_facts_are_contested import still_contested
from projections.which_signatures_are_missing import SaidNo, Votes
from projections.who_is_in_charge import in_charge_on


@dataclass
class View:
    """A convention and all that its pages ask of it."""

    ask: Asking
    dossier: Dossier
    standing: where_conventions_stand.ConventionStanding
    told: Telling
    basis: what_the_plan_rests_on.PlanBasis
    meetings: tuple[what_the_committee_decided.Meeting, ...]
    waivers: tuple[what_the_committee_decided.WaiverInForce, ...]

    @property
    def convention_id(self) -> UUID:
        """Which convention it is."""
        return self.dossier.convention_id

    @property
    def place(self) -> Dossier:
        """What was recorded about it, with the bodies that steer it."""
        return self.dossier

    @property
    def place_id(self) -> UUID:
        """What its acts are done on."""
        return self.dossier.convention_id

    @property
    def home(self) -> Home:
        """Where its pages are."""
        return self.told.home

    @property
    def territory(self) -> str:
        """The name of its territory."""
        return self.standing.standing.territory_name

    @property
    def name(self) -> str:
        """How it is called: as its territory."""
        return self.territory

    @property
    def is_closed(self) -> bool:
        """Whether the convention is over: what its committees decided is followed under another one."""
        return self.told.known.phase == where_conventions_stand.CLOSED

    def meeting(self, meeting_id: str) -> str:
        """The page of a meeting."""
        return self.home.meeting(meeting_id)

    @property
    def meetings_href(self) -> str:
        """The page of all its meetings."""
        return self.home.page(MEETINGS)

    def mends(self, event: Event) -> tuple[Act, ...]:
        """The links that correct and annul a record, for whoever may."""
        return links(self.ask.visitor, event, self.convention_id, self.dossier.territory_id)

    @cached_property
    def decisions(self) -> tuple[what_became_of_decisions.DecisionStanding, ...]:
        """What was decided on the territory, the latest first, and what became of it."""
        near = tuple(self.ask.on_territory(self.dossier.territory_id).values())
        silence = what_became_of_decisions.ages_after(self.dossier.method)
        people = in_charge_on(self.dossier, self.dossier.method, self.ask.today)
        found = what_became_of_decisions.decisions(self.dossier, near, silence, self.ask.today, CITING, people)
        self.ask.open(found)
        return found

    # --- signatures ---------------------------------------------------------------------------------------------------

    @cached_property
    def contested(self) -> frozenset[UUID]:
        """The facts that partners contest, and that nobody resolved yet."""
        return still_contested(self.dossier)

    @cached_property
    def _contested_signatures(self) -> frozenset[tuple[UUID, Code]]:
        """The signatures among them: of whom, of what."""
        recorded = (one.event for one in self.dossier.streams[self.convention_id].entries)
        return frozenset(
            (one.partner_id, cover)
            for one in recorded
            if isinstance(one, SignatureRecorded) and one.envelope.event_id in self.contested
            for cover in one.covers
        )

    @cached_property
    def signatories(self) -> tuple[SignatoryStanding, ...]:
        """Where each signatory stands."""
        return signatories(self.told.known)

    @cached_property
    def matrix(self) -> SignatureMatrix:
        """Mandates and signatures, partner by partner."""
        situation = self.told.situation
        rows = sorted(map(self._row, self.signatories), key=lambda one: SIGNATORY_GROUPS.index(one.group))
        return SignatureMatrix(situation.signed, situation.required, tuple(rows))

    def _row(self, one: SignatoryStanding) -> SignatoryRow:
        partner = one.signatory
        shown = self._said_no(one.said_no) if one.said_no is not None else self._mandate(one)
        return SignatoryRow(
            partner.partner_name,
            partner.partner_kind,
            partner.required,
            shown,
            one.mandate_status,
            self._cell(one.convention, one.partner_id, CONVENTION),
            self._cell(one.plan, one.partner_id, PLAN),
            self.told.act(one.act, partner_id=one.partner_id),
            (*self.instead(one), *self._by_link(one)),
            partner.will_not_sign,
            self.home.partner(one.partner_id),
            _group(one),
        )

    def instead(self, one: SignatoryStanding) -> tuple[Act, ...]:
        """Of a partner that has not signed all: that its own body refused, or withdrew a mandate that stands."""
        if one.act is None or one.said_no is not None:
            return ()
        name = RECORD_MANDATE_REFUSAL.name if one.mandate is None else RECORD_MANDATE_WITHDRAWAL.name
        act = self.told.act(name, partner_id=one.partner_id)
        return (act,) if act is not None else ()

    def _by_link(self, one: SignatoryStanding) -> tuple[Act, ...]:
        """The way to ask a partner, whose mandate is missing, by a one-time link."""
        if one.act != RecordMandate.NAME or not self.ask.visitor.may(ASK_BY_LINK, self.dossier.territory_id):
            return ()
        return (Act(Phrase("page.by-link.ask-short"), self.home.asking(one.partner_id)),)

    def _mandate(self, one: SignatoryStanding) -> MandateCell | None:
        mandate = one.mandate
        if mandate is None:
            return None
        executory_on = mandate.executory_on if one.signatory.acts_must_be_transmitted else None
        documents = self.ask.documents(mandate.evidence)
        return MandateCell(mandate.kind, mandate.adopted_on, executory_on, documents, votes=votes_of(mandate.votes))

    def _said_no(self, one: SaidNo) -> MandateCell:
        documents, why = self.ask.documents(one.evidence), self.ask.said(one.motive)
        return MandateCell(one.kind, one.on, None, documents, one.outcome, votes_of(one.votes), why)

    def _cell(self, one: SignatureStanding, partner_id: UUID, cover: Code) -> SignatureCell:
        documents = self.ask.documents(one.evidence)
        late = Phrase("page.signature.late", {"delay": Delay(one.days_late)}) if one.days_late else None
        contested = (partner_id, cover) in self._contested_signatures
        reasons = self.told.rules(one.reasons)
        return SignatureCell(one.status, one.signed_on, reasons, documents, one.counts_on, late, contested)

    # --- small pieces -------------------------------------------------------------------------------------------------

    def waiver_lines(self) -> tuple[WaiverLine, ...]:
        """The rules set aside that are in force."""
        return tuple(
            WaiverLine(
                RuleText(one.rule, self.ask.texts.t(f"rule.{one.rule}")),
                self._subject(one.subject),
                self.ask.said(one.motive),
                one.granted_on,
                one.expires_on,
                self.told.trail(one.event_id),
            )
            for one in self.waivers
            if one.in_force
        )

    def _subject(self, subject: str | None) -> Phrase:
        if subject is None:
            return Phrase("page.waiver.everything")
        if subject in every_theme(self.dossier.convention, self.dossier.method):
            return Phrase("page.waiver.theme", {"theme": named(self.dossier.convention, Code(subject))})
        return Phrase("page.waiver.forum")

    @cached_property
    def first(self) -> NextAct | None:
        """What comes first, for whoever finds a part of a page empty; None where nothing is awaited."""
        found = awaited(self.told.known)
        return next_act(self.told, found[0]) if found else None

    # --- acts ---------------------------------------------------------------------------------------------------------

    def trail(self, event_id: UUID) -> str:
        """A fact in the journal."""
        return self.told.trail(event_id)

    def may(self, name: str) -> bool:
        """Whether the visitor may do an act there, for whomever."""
        return self.ask.visitor.may(name, self.dossier.territory_id)

    def act(self, name: str, whose: UUID | None = None, **chosen: str) -> Act | None:
        """The link to an act there, with what its form has chosen; None for whoever may not do it."""
        return self.told.act(name, whose, **chosen)

    def acts(self, section: str) -> tuple[Act, ...]:
        """The acts of a section that are possible today; those of a row are offered in that row."""
        # A plan is validated again once a sheet was written that it does not hold.
        planned = self.told.known.plan_validated and all(one.in_plan for one in self.basis.sheets if one.is_live)
        done = ActionPlanValidated if planned else None
        names = (form.name for form in forms_in(section) if done is None or form.command.RECORDS is not done)
        return self.told.acts(*names)


def _group(one: SignatoryStanding) -> SignatoryGroup:
    """Those whom one waits for first; who said no, or will not sign, last."""
    if one.signatory.will_not_sign or one.said_no is not None:
        return "refused"
    if one.convention.days_late or one.plan.days_late:
        return "late"
    return "waiting" if one.act is not None else "signed"


def votes_of(votes: Votes) -> tuple[Phrase, ...]:
    """For, against, abstentions, those that somebody counted."""
    counted = (("for", votes.in_favour), ("against", votes.against), ("abstentions", votes.abstentions))
    return tuple(Phrase(f"page.votes.{name}", {"votes": count}, count) for name, count in counted if count is not None)


def view_of(ask: Asking, convention_id: UUID) -> View:
    """A convention that the visitor may read, with every answer its pages need. Raises `UnknownStream`."""
    dossier, today = ask.dossier(convention_id), ask.today
    near = tuple(ask.on_territory(dossier.territory_id).values())
    made = View(
        ask,
        dossier,
        dossier.once(where_conventions_stand.convention, today),
        tellings(ask, [convention_id])[convention_id],
        dossier.once(what_the_plan_rests_on.basis),
        dossier.once(what_the_committee_decided.meetings, near),
        dossier.once(what_the_committee_decided.waivers, today),
    )
    ask.open(made.standing, made.told.known.signatures, made.basis, made.meetings, made.waivers)
    return made
