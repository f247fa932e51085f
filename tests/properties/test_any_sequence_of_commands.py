"""Whatever is sent in whatever order, a convention stays sound: what is refused changes nothing, what is recorded can
be replayed, and signed is signed once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.action_sheets.drafting import DraftActionSheet
from domain.convention.activating import ActivateConvention
from domain.convention.authorising import RecordMandate
from domain.convention.closed import Closing
from domain.convention.closing import CloseConvention
from domain.convention.counting import ActionPlanSigned, ConventionSigned, Signing, counted_signatures
from domain.convention.crossing import ForumsHeld
from domain.convention.deciding import ConventionCommand, NothingToTakeBack
from domain.convention.diagnosis import Finding, RecordSharedDiagnosis
from domain.convention.expected_forums import MoveForum, RecordForumAttendance, RecordForumInvitation
from domain.convention.expiring import ExpireConvention
from domain.convention.extended import Extended
from domain.convention.extending import ConventionExtended, ExtendConvention
from domain.convention.forums import CancelForum, ConveneForum, RecordForum
from domain.convention.opening import ExpectedSignatory, OpenConvention, RecordEngagement
from domain.convention.plan import ValidateActionPlan
from domain.convention.priorities import ChoosePriority
from domain.convention.renewing import RenewConvention, StartRenewal
from domain.convention.reviews import ActionStatus, RecordReview
from domain.convention.saying_no import RecordMandateRefusal, RecordMandateWithdrawal
from domain.convention.signatories import EXPECTATIONS, ChangeSignatory
from domain.convention.signing import RecordSignature
from domain.convention.state import CONVENTION, COVERS, EXTENSIONS, PLAN, TerritorialConvention
from domain.convention.texts import TextsAdopted
from domain.convention.themes import AddTheme
from domain.convention.waivers import GrantWaiver
from domain.convention.withdrawing import WithdrawPriority
from domain.kernel import Actor, Aggregate, Case, Command, Context, Event, NothingToCite, Refused, RoleHeld, folded
from domain.partners import RegisterPartner
from domain.profiles import PublishMethodProfile, profile_stream
from domain.roles import FRAMEWORK_PILOT
from domain.steering import (
    CONVENTION_EXTENDED,
    CONVENTION_GIVEN_UP,
    PLAN_VALIDATED,
    PRIORITY_CHOSEN,
    PRIORITY_WITHDRAWN,
    SIGNATORIES_CHANGED,
    WAIVER,
    ConstituteSteeringBody,
    Decision,
    DecisionReference,
    RecordMeeting,
)
from domain.territories import Commune, RegisterTerritory, territory_stream
from domain.values import AnalysisSide as Side
from domain.values import (
    Attendance,
    Cell,
    Code,
    Expertise,
    LocalId,
    Prose,
    PublicName,
    Sha256,
    deterministic_id,
    local_id,
)
from tests.plans import completed
from workflows import codec
from workflows.methods.reader import shipped_profile

PROFILE = shipped_profile("cnaf-2020", 1)
SIREN = "200023620"
TERRITORY = territory_stream(SIREN)
CONVENTION_ID, BODY = deterministic_id("convention"), deterministic_id("body")
SUCCESSOR_ID = deterministic_id("successor")
CAF, EPCI, MSA = (deterministic_id("partner", name) for name in ("caf", "epci", "msa"))
SHEETS = tuple(deterministic_id("sheet", number) for number in range(3))
MANDATES = {CAF: Code("BOARD"), EPCI: Code("COMMUNITY_COUNCIL"), MSA: Code("BOARD")}
THEMES = (Code("PARENTING"), Code("MOBILITY"))
TEXTS = tuple(Sha256(digit * 64) for digit in "ab")
DECIDED = {
    kind: DecisionReference(BODY, LocalId("m1"), LocalId(f"d{place}"))
    for place, kind in enumerate(
        (
            PRIORITY_CHOSEN,
            PLAN_VALIDATED,
            WAIVER,
            PRIORITY_WITHDRAWN,
            SIGNATORIES_CHANGED,
            CONVENTION_GIVEN_UP,
            CONVENTION_EXTENDED,
        ),
        1,
    )
}
"""The decision of each kind that something may be founded on."""
OPENED, TODAY = date(2024, 1, 8), date(2027, 6, 30)

AggregateT = TypeVar("AggregateT", bound=Aggregate)


@dataclass
class Streams:
    """Streams in memory, live: an aggregate stays as its commands left it."""

    live: dict[UUID, Aggregate] = field(default_factory=dict)
    recorded: list[Event] = field(default_factory=list)

    def find(self, kind: type[AggregateT], stream_id: UUID) -> AggregateT | None:
        """See `domain.kernel.Streams`."""
        found = self.live.get(stream_id)
        return found if isinstance(found, kind) and not found.is_annulled else None

    def states(self, kind: type[AggregateT]) -> list[AggregateT]:
        """See `domain.kernel.Surroundings`."""
        return [one for one in self.live.values() if isinstance(one, kind)]

    def rely_on(self, aggregate: Aggregate) -> None:
        """See `domain.kernel.Streams`: nothing goes away here."""

    def change(self, aggregate: Aggregate) -> None:
        """See `domain.kernel.Streams`."""
        events: list[Any] = list(aggregate.collect_events())
        self.live[aggregate.id] = aggregate
        self.recorded.extend(events)
        if any(one.CORRECTS for one in events):
            folded_again = folded(self.history(aggregate.id))
            assert folded_again is not None
            self.live[aggregate.id] = folded_again

    def standing(self, stream_id: UUID) -> Aggregate | None:
        """See `domain.kernel.Streams`."""
        return self.live.get(stream_id)

    def history(self, stream_id: UUID) -> list[Event]:
        """See `domain.kernel.Streams`."""
        return [one for one in self.recorded if one.originator_id == stream_id]

    def beside(self, kind: type[AggregateT], convention_id: UUID) -> list[AggregateT]:
        """See `domain.kernel.Streams`."""
        found = [one for one in self.states(kind) if one.places().convention_id == convention_id]
        return [one for one in found if not one.is_annulled]

    def following(self, kind: type[AggregateT], territory_id: UUID) -> list[AggregateT]:
        """See `domain.kernel.Streams`."""
        return [one for one in self.states(kind) if one.follows(territory_id) and not one.is_annulled]

    def on_territory(self, territory_id: UUID) -> list[Event]:
        """See `domain.kernel.Streams`."""
        here = {one for one, live in self.live.items() if live.places().territory_id == territory_id}
        return [one for one in self.recorded if one.originator_id in here]

    def mentioning(self, some_id: UUID) -> list[Event]:
        """See `domain.kernel.Streams`."""
        return [one for one in self.recorded if str(some_id) in repr(vars(one)) and one.originator_id != some_id]

    def send(self, command: Command, today: date = TODAY) -> bool:
        """Decide a command. False when it was refused; then nothing may be pending on its stream."""
        return not self.refusal(command, today)

    def refusal(self, command: Command, today: date = TODAY) -> set[str]:
        """Decide a command: the codes of the rules that refuse it, none when it is done."""
        state = self.live.get(command.stream_id)
        try:
            decided = command.decide(state, Case(context_on(today), self, command.occurred_on)) or state
        except Refused as refused:
            assert state is None or not state.pending_events, "a refused command leaves nothing behind"
            return {rule.CODE for rule in refused.broken}
        assert decided is not None
        self.change(decided)
        return set()


def context_on(today: date) -> Context:
    """Somebody who may do anything, on a day."""
    return Context(
        actor=Actor(deterministic_id("somebody"), (RoleHeld(FRAMEWORK_PILOT),)),
        today=today,
        now=datetime(2027, 6, 30, 9, tzinfo=UTC),
    )


def surroundings() -> tuple[Command, ...]:
    """A convention just opened, with everything around it."""
    return (
        PublishMethodProfile(stream_id=profile_stream("cnaf-2020", 1), profile=PROFILE),
        RegisterTerritory(
            stream_id=TERRITORY,
            siren=Code(SIREN),
            name=PublicName("CC"),
            legal_form=Code("CC"),
            department=Code("32"),
            communes=(Commune(Code("32160"), None, PublicName("L'Isle-Jourdain"), 9_499),),
        ),
        *(
            RegisterPartner(stream_id=one, kind=Code(kind), name=PublicName(kind))
            for one, kind in ((CAF, "CAF"), (EPCI, "EPCI"), (MSA, "MSA"))
        ),
        ConstituteSteeringBody(
            stream_id=BODY, home_territory_id=TERRITORY, kind=Code("COPIL"), name=PublicName("COPIL")
        ),
        RecordMeeting(
            stream_id=BODY,
            meeting_id=LocalId("m1"),
            decisions=tuple(Decision(one.decision_id, kind, Prose("Oui.")) for kind, one in DECIDED.items()),
            occurred_on=OPENED,
        ),
        OpenConvention(
            stream_id=CONVENTION_ID,
            home_territory_id=TERRITORY,
            holder_ids=(EPCI,),
            profile_name=Code("cnaf-2020"),
            profile_version=1,
            effective_from=date(2025, 1, 1),
            signatories=(ExpectedSignatory(CAF, True), ExpectedSignatory(EPCI, True), ExpectedSignatory(MSA, False)),
            occurred_on=OPENED,
        ),
    )


def opened() -> Streams:
    """The same, in memory."""
    streams = Streams()
    for command in surroundings():
        assert streams.send(command)
    return streams


# --- any command ------------------------------------------------------------------------------------------------------

days = st.integers(-30, (TODAY - OPENED).days + 5).map(lambda count: OPENED + timedelta(days=count))
usual = st.one_of(st.none(), days)
partners = st.sampled_from((CAF, EPCI, MSA))
covers = st.sampled_from((COVERS, (PLAN,), (CONVENTION,), EXTENSIONS[:1], EXTENSIONS[:2]))
hours = st.one_of(st.none(), st.sampled_from((time(9), time(11))))
forum_ids = st.sampled_from(tuple(local_id(f"forum-{number}") for number in range(4)))
findings = st.sampled_from(tuple(local_id(f"finding-{number}") for number in range(3)))
themes = st.sampled_from((*THEMES, Code("t1"), Code("GOVERNANCE")))


def held_forum(*, attendance_by_expertise: Attendance, cells_covered: tuple[Cell, ...], **fields: Any) -> Command:
    """A forum where nobody is said to have looked at anything without having come."""
    seen = tuple(cell for cell in cells_covered if attendance_by_expertise.of(cell.expertise))
    return RecordForum(attendance_by_expertise=attendance_by_expertise, cells_covered=seen, **fields)


cells = st.tuples(*(st.builds(Cell, st.sampled_from(Expertise), st.sampled_from(Side)) for _ in range(3)))


def on_convention(command: Callable[..., Command], **more: st.SearchStrategy[Any]) -> st.SearchStrategy[Command]:
    """Any command of this kind on the convention."""
    return st.builds(command, stream_id=st.just(CONVENTION_ID), occurred_on=usual, **more)


commands = st.one_of(
    on_convention(RecordEngagement),
    on_convention(
        RecordSharedDiagnosis,
        findings=st.builds(
            lambda finding, theme: (Finding(finding, theme, Code("ASSET"), Prose("Oui.")),), findings, themes
        ),
    ),
    on_convention(
        AddTheme,
        theme_id=st.sampled_from((LocalId("t1"), LocalId("t2"))),
        name=st.sampled_from((PublicName("Vieillir chez soi"), PublicName("Faire ensemble"))),
        transverse=st.booleans(),
    ),
    on_convention(ConveneForum, forum_id=forum_ids, themes=st.tuples(themes), planned_on=days),
    on_convention(CancelForum, forum_id=forum_ids, motive=st.just(Prose("Salle fermée."))),
    on_convention(MoveForum, forum_id=forum_ids, planned_on=days, motive=st.just(Prose("Salle prise."))),
    on_convention(RecordForumInvitation, forum_id=forum_ids, invited_by=st.just((Code("POSTER"),))),
    on_convention(RecordForumAttendance, forum_id=forum_ids, confirmed=st.builds(Attendance, *[st.integers(0, 2)] * 3)),
    on_convention(
        held_forum,
        forum_id=forum_ids,
        themes=st.tuples(themes),
        attendance_by_expertise=st.builds(Attendance, *(st.integers(0, 2) for _ in range(3))),
        cells_covered=cells,
    ),
    on_convention(
        ChoosePriority,
        priority_id=st.sampled_from((LocalId("p1"), LocalId("p2"))),
        title=st.just(Prose("Navette")),
        themes=st.lists(themes, min_size=1, max_size=2, unique=True).map(tuple),
        findings=st.tuples(findings),
        decided_in=st.just(DECIDED[PRIORITY_CHOSEN]),
        rank=st.one_of(st.none(), st.integers(1, 2)),
    ),
    on_convention(
        WithdrawPriority,
        priority_id=st.sampled_from((LocalId("p1"), LocalId("p2"), local_id("ready"))),
        motive=st.just(Prose("Plus besoin.")),
        decided_in=st.just(DECIDED[PRIORITY_WITHDRAWN]),
    ),
    st.builds(
        DraftActionSheet,
        stream_id=st.sampled_from(SHEETS),
        convention_id=st.just(CONVENTION_ID),
        home_territory_id=st.just(TERRITORY),
        priority_id=st.sampled_from((LocalId("p1"), LocalId("p2"))),
        title=st.just(Prose("Fiche")),
        owner_id=partners,
        starts_on=st.just(date(2025, 1, 1)),
        ends_on=st.just(date(2026, 1, 1)),
    ),
    on_convention(
        ValidateActionPlan,
        sheets=st.tuples(st.sampled_from(SHEETS)),
        text_sha256=st.sampled_from(TEXTS),
        text_covers=st.sampled_from((COVERS, (PLAN,), (CONVENTION,))),
        decided_in=st.just(DECIDED[PLAN_VALIDATED]),
    ),
    partners.flatmap(
        lambda one: on_convention(
            RecordMandate,
            partner_id=st.just(one),
            covers=covers,
            kind=st.sampled_from((MANDATES[one], MANDATES[one], Code("DIRECTOR"))),
            executory_on=usual,
            executory_at=hours,
        )
    ),
    on_convention(
        ChangeSignatory,
        partner_id=partners,
        expectation=st.sampled_from(EXPECTATIONS),
        motive=st.just(Prose("Le comité l'a décidé.")),
        decided_in=st.just(DECIDED[SIGNATORIES_CHANGED]),
    ),
    on_convention(
        RecordMandateRefusal,
        partner_id=partners,
        covers=covers,
        kind=st.sampled_from((*MANDATES.values(), Code("DIRECTOR"))),
        votes_against=st.just(12),
    ),
    on_convention(
        RecordMandateWithdrawal, partner_id=partners, covers=covers, motive=st.just(Prose("Autre majorité."))
    ),
    on_convention(
        RecordSignature, partner_id=partners, covers=covers, text_sha256=st.sampled_from(TEXTS), signed_at=hours
    ),
    on_convention(ActivateConvention),
    on_convention(
        RecordReview,
        kind=st.sampled_from((Code("ANNUAL"), Code("MID_TERM"), Code("FINAL"))),
        period_starts_on=st.just(date(2025, 1, 1)),
        period_ends_on=st.just(date(2025, 12, 31)),
        body_id=st.just(BODY),
        meeting_id=st.just(LocalId("m1")),
        action_statuses=st.sets(st.sampled_from(SHEETS)).map(
            lambda some: tuple(ActionStatus(one, Code("RUNNING")) for one in sorted(some))
        ),
    ),
    on_convention(
        GrantWaiver,
        rule=st.sampled_from((Code("R04"), Code("R05"), Code("R06"), Code("R13"), Code("R21"), Code("R27"))),
        motive=st.just(Prose("Parce que.")),
        decided_in=st.just(DECIDED[WAIVER]),
        expires_on=st.just(date(2030, 1, 1)),
    ),
    on_convention(
        ExtendConvention,
        effective_to=st.sampled_from((date(2029, 12, 31), date(2030, 6, 30), date(2030, 12, 31), date(2031, 6, 30))),
        text_sha256=st.sampled_from(TEXTS),
        motive=st.just(Prose("Quelques mois de plus.")),
        decided_in=st.just(DECIDED[CONVENTION_EXTENDED]),
    ),
    on_convention(StartRenewal),
    on_convention(RenewConvention, successor_id=st.sampled_from((CONVENTION_ID, SUCCESSOR_ID))),
    st.builds(ExpireConvention, stream_id=st.just(CONVENTION_ID)),
    st.builds(
        OpenConvention,
        stream_id=st.just(SUCCESSOR_ID),
        home_territory_id=st.just(TERRITORY),
        holder_ids=st.just((EPCI,)),
        profile_name=st.just(Code("cnaf-2020")),
        profile_version=st.just(1),
        effective_from=st.sampled_from((date(2030, 1, 1), date(2030, 7, 1))),
        signatories=st.just((ExpectedSignatory(CAF, True),)),
        successor_of=st.just(CONVENTION_ID),
    ),
)

READY: tuple[Command, ...] = (
    RecordSharedDiagnosis(
        stream_id=CONVENTION_ID,
        findings=tuple(Finding(local_id(f"ready-{theme}"), theme, Code("ASSET"), Prose("Oui.")) for theme in THEMES),
        occurred_on=date(2024, 5, 14),
    ),
    RecordForum(
        stream_id=CONVENTION_ID,
        forum_id=local_id("ready"),
        themes=THEMES,
        attendance_by_expertise=Attendance(3, 2, 5),
        cells_covered=tuple(Cell(Expertise.USAGE, side) for side in Side),
        occurred_on=date(2024, 6, 5),
    ),
    ChoosePriority(
        stream_id=CONVENTION_ID,
        priority_id=local_id("ready"),
        title=Prose("Navette"),
        themes=(THEMES[0],),
        findings=(local_id(f"ready-{THEMES[0]}"),),
        decided_in=DECIDED[PRIORITY_CHOSEN],
        occurred_on=date(2024, 9, 10),
    ),
    DraftActionSheet(
        stream_id=SHEETS[0],
        convention_id=CONVENTION_ID,
        home_territory_id=TERRITORY,
        priority_id=local_id("ready"),
        title=Prose("Fiche"),
        owner_id=EPCI,
        starts_on=date(2025, 1, 1),
        ends_on=date(2026, 1, 1),
    ),
    *(
        RecordMandate(
            stream_id=CONVENTION_ID,
            partner_id=one,
            kind=kind,
            executory_on=date(2024, 12, 5),
            occurred_on=date(2024, 12, 2),
        )
        for one, kind in MANDATES.items()
    ),
)
"""What brings a convention close to its signatures, so that random commands also happen there."""


closing: st.SearchStrategy[Command] = st.one_of(
    st.builds(
        ValidateActionPlan,
        stream_id=st.just(CONVENTION_ID),
        sheets=st.just(SHEETS[:1]),
        text_sha256=st.just(TEXTS[0]),
        decided_in=st.just(DECIDED[PLAN_VALIDATED]),
    ),
    st.builds(
        RecordSignature,
        stream_id=st.just(CONVENTION_ID),
        partner_id=partners,
        covers=covers,
        text_sha256=st.sampled_from((TEXTS[0], *TEXTS)),
        occurred_on=st.sampled_from((date(2024, 12, 4), date(2024, 12, 5), date(2024, 12, 20))),
    ),
    commands,
)
"""What happens around the signatures, in any order."""


CLOSE = CloseConvention(
    stream_id=CONVENTION_ID, motive=Prose("Autre projet."), decided_in=DECIDED[CONVENTION_GIVEN_UP], occurred_on=TODAY
)
"""The end of the file, wherever it comes: it is refused once all have signed."""


def state_of(convention: TerritorialConvention) -> dict[str, Any]:
    """What the rules look at."""
    return {name: value for name, value in vars(convention).items() if not name.startswith("_")}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(
        st.lists(commands, max_size=25),
        st.lists(closing, max_size=15).map(lambda some: [*READY, *some]),
        st.lists(closing, max_size=12).map(lambda some: [*READY, *some[:6], CLOSE, *some[6:]]),
    )
)
def test_any_sequence(sequence: list[Command]) -> None:
    streams = opened()
    convention = streams.find(TerritorialConvention, CONVENTION_ID)
    assert convention is not None
    for command in sequence:
        streams.send(command)
        it_is_sound(convention, streams.recorded)
    what_was_recorded_can_be_replayed(convention, streams.recorded)


def test_the_sequences_can_reach_the_end() -> None:
    """Else the property above would speak of nothing."""
    streams = opened()
    plan = ValidateActionPlan(
        stream_id=CONVENTION_ID,
        sheets=SHEETS[:1],
        text_sha256=TEXTS[0],
        decided_in=DECIDED[PLAN_VALIDATED],
        occurred_on=TODAY,
        **completed(TODAY),
    )
    signing = [RecordSignature(stream_id=CONVENTION_ID, partner_id=one, text_sha256=TEXTS[0]) for one in MANDATES]
    assert [streams.send(one) for one in (*READY, plan, *signing, ActivateConvention(stream_id=CONVENTION_ID))]
    kinds = [type(event) for event in streams.recorded]
    assert kinds.count(ActionPlanSigned) == kinds.count(ConventionSigned) == 1


def it_is_sound(convention: TerritorialConvention, recorded: list[Event]) -> None:
    """What always holds, after any command."""
    kinds = [type(event) for event in recorded]
    required = {one for one, signatory in convention.signatories.items() if signatory.required}
    for kind, cover, signed_on in (
        (ConventionSigned, CONVENTION, Signing.of(convention).signed_on.get(CONVENTION)),
        (ActionPlanSigned, PLAN, Signing.of(convention).signed_on.get(PLAN)),
    ):
        assert kinds.count(kind) == (signed_on is not None), "signed once, and the state knows it"
        complete = required <= set(counted_signatures(convention, cover))
        closed = Closing.of(convention).closed_on is not None
        if complete and not closed and (cover == CONVENTION or PLAN in TextsAdopted.of(convention).by_cover):
            assert signed_on is not None, "the last counted signature signs by itself"
    assert Signing.of(convention).activated_on is None or Signing.of(convention).signed_on.get(CONVENTION) is not None
    if Closing.of(convention).closed_on is not None:
        assert Signing.of(convention).signed_on.get(CONVENTION) is None, "nobody ends what is signed, nor signs after"
    extended = Extended.of(convention)
    assert kinds.count(ConventionExtended) == len(extended.ended_on), "longer by what was signed, by nothing else"
    assert convention.period.effective_to <= date(2030, 12, 31), "a year longer at most, however often"
    forums = ForumsHeld.of(convention)
    for theme in THEMES:
        counted = forums.missing_among(theme, PROFILE, forums.held)
        assert forums.missing(theme, PROFILE) == counted, "what is kept of a theme is what its forums add up to"
    ids = [event.envelope.event_id for event in recorded]
    assert len(ids) == len(set(ids))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(closing, max_size=15).map(lambda some: [*READY, *some]), st.data())
def test_any_events_may_be_left_out_of_the_fold(sequence: list[Command], data: st.DataObject) -> None:
    """As of a day, or without what was annulled: what is left folds all the same."""
    streams = opened()
    for command in sequence:
        streams.send(command)
    events = [event for event in streams.recorded if event.originator_id == CONVENTION_ID]
    kept = data.draw(st.lists(st.sampled_from(events[1:]), unique_by=id)) if len(events) > 1 else []
    folded: Any = events[0].mutate(None)
    for event in events[1:]:
        if event in kept:
            event.apply(folded)
    forums = ForumsHeld.of(folded)
    assert all(forums.missing(theme, PROFILE) == forums.missing_among(theme, PROFILE, forums.held) for theme in THEMES)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(closing, max_size=15).map(lambda some: [*READY, *some]))
def test_an_act_that_is_closed_is_refused_whatever_its_form_says(sequence: list[Command]) -> None:
    """Asking changes nothing, and the rules it gives are those of the refusal."""
    streams = opened()
    convention = streams.find(TerritorialConvention, CONVENTION_ID)
    assert convention is not None
    for command in sequence:
        closed, nothing_to_cite = set[str](), False
        if isinstance(command, ConventionCommand):
            before = repr(state_of(convention))
            case = Case(context_on(TODAY), streams, command.occurred_on)
            gate = command.gate(convention, case, streams).refused
            # Where there is nothing to choose from, what is cited all the same is refused as unknown or as unfit.
            closed = {rule.CODE for rule in gate if not isinstance(rule, (NothingToCite, NothingToTakeBack))}
            nothing_to_cite = len(gate) > len(closed)
            assert repr(state_of(convention)) == before
        refusal = streams.refusal(command)
        assert closed <= refusal
        assert refusal or not nothing_to_cite


def what_was_recorded_can_be_replayed(live: TerritorialConvention, recorded: list[Event]) -> None:
    """The events, written and read back, lead to the same state; consequences name a cause that came before."""
    seen: set[UUID] = set()
    replayed: Any = None
    for event in recorded:
        cause = event.envelope.causation_id
        assert cause is None or cause in seen
        seen.add(event.envelope.event_id)
        if event.originator_id == live.id:
            state, _ = codec.encode(event)
            read = codec.decode(event.TOPIC, event.originator_id, event.originator_version, state)
            replayed = read.mutate(replayed)
    assert replayed.version == live.version
    assert state_of(replayed) == state_of(live)
