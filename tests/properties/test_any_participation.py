"""Whatever people bring, and whatever is said of it, mended or contested, in whatever order: nothing is lost from view.

Every act goes through `execute` on a real store; what the questions answer is compared with what the log says told the
slow way. Each contribution, proposal, finding and contestation stands in exactly one state, what waits is asked for by
the sheet, and what was taken back has its trace.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from domain.contesting import AnswerContestation, ContestRecord, KeepContestedRecord, WithdrawContestation
from domain.convention.diagnosis import Finding, RecordSharedDiagnosis
from domain.convention.priorities import ChoosePriority
from domain.corrections import AnnulEvent, ConfirmCorrection
from domain.kernel import RECORDED_BY, Actor, Command, Context, Correcting, CreatedEvent, Event, Refused, RoleHeld
from domain.mending import DependentEvents, is_mendable
from domain.participation.answering import AnswerContribution, RecordToldBack
from domain.participation.contributing import RecordContribution
from domain.participation.participation import participation_stream
from domain.participation.proposing import SubmitProposal, TriageProposal
from domain.roles import CO_PILOT
from domain.values import Code, InvalidValue, LocalId, Prose
from projections import what_became_of_contributions, what_became_of_findings, what_became_of_proposals, what_is_due
from projections.engine import Dossier
from projections.which_facts_are_contested import contestations
from tests.properties.test_any_corrections import left_by_hand
from tests.workflows.territory_life import Life
from workflows.database import create_database_engine
from workflows.deciding import UnknownStream

WHY = Prose("Ce n’est pas exact.")
BEGAN, LAST, LATER = date(2024, 2, 5), date(2026, 12, 31), date(2028, 6, 1)
ASKED = ("S08", "S10", "S11", "S12", "S13")

few, numbers = st.integers(0, 1), st.integers(0, 1_000)


def named(prefix: str, number: int) -> LocalId:
    return LocalId(f"{prefix}{number}")


class Participation(RuleBasedStateMachine):
    """A territory whose people speak, and whose pilot answers, errs and mends."""

    store: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        copy = shutil.copyfile(self.store, Path(self.folder.name) / "ctg.db")
        self.engine = create_database_engine(f"sqlite:///{copy}")
        self.life = Life(self.engine).on(BEGAN)
        self.other = Actor(uuid4(), (RoleHeld(CO_PILOT, self.life.territory_id),))
        self.accepted: set[UUID] = set()

    def teardown(self) -> None:
        self.engine.dispose()
        self.folder.cleanup()

    # --- acts ---------------------------------------------------------------------------------------------------------

    def send(self, command: Command, *, by: Actor | None = None, corrects: Correcting | None = None) -> Any:
        """Through the door; None where it is refused."""
        life = self.life
        context = Context(
            actor=by or life.pilot,
            today=life.clock.today(),
            now=life.clock.now(),
            reason=WHY,
            corrects=corrects,
        )
        try:
            answer = life.steering.execute(command, context)
        except (Refused, InvalidValue, UnknownStream) as refused:
            return refused
        self.accepted |= {one.event_id for one in answer.events}
        return answer

    @initialize()
    def begin(self) -> None:
        self.life.open(date(2024, 1, 1))
        self.life.engage()
        self.share(0)
        self.life.hold_forum("fo1")
        for number in (0, 1):
            self.contribute(number)
            self.propose(number)
        self.answer(0, kept=False)

    @rule(number=few)
    def contribute(self, number: int) -> None:
        self.send(
            RecordContribution(
                **self._there,
                convention_id=self.life.convention_id,
                contribution_id=named("co", number),
                college=Code("USAGE"),
                channel=Code("FORUM"),
                stage=Code("DIAGNOSIS"),
                theme=Code("MOBILITY"),
                text=Prose("Le dernier bus part trop tôt"),
            )
        )

    @rule(number=few, kept=st.booleans())
    def answer(self, number: int, kept: bool) -> None:
        command = AnswerContribution(**self._tracing(kept), contribution_id=named("co", number))
        self.send(command)

    @rule(several=st.lists(few, min_size=1, max_size=2, unique=True))
    def tell_back(self, several: list[int]) -> None:
        told = tuple(named("co", one) for one in several)
        stream_id = participation_stream(self.life.territory_id)
        self.send(
            RecordToldBack(
                stream_id=stream_id, contribution_ids=told, told_to=Prose("au quartier"), told_by=Code("MEETING")
            )
        )

    @rule(number=few)
    def propose(self, number: int) -> None:
        self.send(SubmitProposal(**self._there, proposal_id=named("pr", number), text=Prose("Un bus le soir")))

    @rule(number=few, kept=st.booleans(), other=st.one_of(st.none(), few))
    def triage(self, number: int, kept: bool, other: int | None) -> None:
        said = self._tracing(kept)
        if other is not None:
            said |= {"became": Code("MERGED"), "merged_with": named("pr", other)}
        self.send(TriageProposal(**said, proposal_id=named("pr", number)))

    @rule(number=few)
    def share(self, number: int) -> None:
        found = Finding(named("f", number), Code("MOBILITY"), Code("CONSTRAINT"), Prose("peu de bus"))
        self.send(RecordSharedDiagnosis(stream_id=self.life.convention_id, findings=(found,)))

    @rule(number=few, finding=few)
    def choose(self, number: int, finding: int) -> None:
        self.send(
            ChoosePriority(
                stream_id=self.life.convention_id,
                priority_id=named("p", number),
                title=Prose("Mobilité"),
                themes=(Code("MOBILITY"),),
                findings=(named("f", finding),),
                decided_in=self.life.meet("PRIORITY_CHOSEN"),
            )
        )

    @rule(number=numbers, partner=st.sampled_from(("caf", "msa")))
    def contest(self, number: int, partner: str) -> None:
        known = [one for stream in self._streams for one in self.history(stream)]
        target = known[number % len(known)]
        partner_id = self.life.partners[partner]
        command = ContestRecord(
            stream_id=target.originator_id, target_id=target.envelope.event_id, partner_id=partner_id
        )
        self.send(command)

    @rule(number=numbers, how=st.sampled_from((AnswerContestation, KeepContestedRecord, WithdrawContestation)))
    def speak_of_contested(self, number: int, how: Any) -> None:
        said = [one for one in self.raw(*self._streams) if one.TOPIC == "ctg.contestation.record-contested"]
        if said:
            one = said[number % len(said)]
            by = self.other if how is KeepContestedRecord else None
            self.send(how(stream_id=one.originator_id, contestation_id=one.envelope.event_id), by=by)

    @rule(number=numbers, again=st.booleans())
    def mend(self, number: int, again: bool) -> None:
        """Annul a fact, or say it again, with what falls; whoever must confirms it."""
        known = [
            one
            for stream in self._streams
            for one in self.history(stream)
            if is_mendable(one) and not isinstance(one, CreatedEvent) and type(one) in RECORDED_BY
        ]
        if not known:
            return
        target = known[number % len(known)]
        target_id, stream_id = target.envelope.event_id, target.originator_id
        caused = [one for one in self.raw(stream_id) if one.envelope.causation_id == target_id and not one.DERIVED]

        def asked(cascade: tuple[UUID, ...]) -> Any:
            if not again:
                return self.send(AnnulEvent(stream_id=stream_id, target_id=target_id, cascade=cascade))
            say = replace(RECORDED_BY[type(target)].again(target, caused), occurred_on=target.occurred_on)
            return self.send(say, corrects=Correcting(target_id, cascade))

        answer = asked(())
        if isinstance(answer, Refused):
            falling = next((one.events for one in answer.broken if isinstance(one, DependentEvents)), None)
            answer = asked(falling) if falling is not None else answer
        for one in getattr(answer, "events", ()):
            if one.topic == "ctg.correction.correction-proposed":
                self.send(ConfirmCorrection(stream_id=stream_id, proposal_id=one.event_id), by=self.other)

    @rule(days=st.integers(1, 60))
    def wait(self, days: int) -> None:
        day = self.life.clock.today() + timedelta(days=days)
        self.life.on(min(day, LAST))

    # --- what is known ------------------------------------------------------------------------------------------------

    @property
    def _streams(self) -> tuple[UUID, UUID]:
        return participation_stream(self.life.territory_id), self.life.convention_id

    @property
    def _there(self) -> dict[str, Any]:
        home = self.life.territory_id
        return {"stream_id": participation_stream(home), "home_territory_id": home}

    def _tracing(self, kept: bool) -> dict[str, Any]:
        return {
            "stream_id": participation_stream(self.life.territory_id),
            "convention_id": self.life.convention_id,
            "became": Code("KEPT" if kept else "NOT_KEPT"),
            "finding_id": LocalId("f0") if kept else None,
            "motive": None if kept else WHY,
        }

    def raw(self, *stream_ids: UUID) -> list[Event]:
        """All that was ever recorded there."""
        return [one for one in self.life.events() if one.originator_id in stream_ids]

    def history(self, stream_id: UUID) -> list[Event]:
        """What counts there, told the slow way."""
        return left_by_hand(self.raw(stream_id))

    # --- nothing is lost ----------------------------------------------------------------------------------------------

    @invariant()
    def nothing_is_lost(self) -> None:
        if self.life.clock.today() < BEGAN or not self.accepted:
            return
        dossier, today = self.life.reader.dossier(self.life.convention_id), self.life.clock.today()
        assert dossier is not None
        said = self.history(participation_stream(self.life.territory_id))
        waiting = self.contributions_stand(dossier, said, today) | self.proposals_stand(dossier, said, today)
        waiting |= self.findings_stand(dossier, today) | self.contestations_stand(dossier)
        self.what_waits_is_asked_for(dossier, waiting)
        there = {one.event.envelope.event_id for one in dossier.entries}
        about = {one.envelope.event_id for one in self.raw(*self._streams)}
        assert about <= there, "what was taken back has its trace"
        assert self.accepted <= {one.envelope.event_id for one in self.life.events()}

    def contributions_stand(self, dossier: Dossier, said: list[Event], today: date) -> set[str]:
        expected: dict[str, str] = {}
        for one in said:
            known: Any = one
            if one.TOPIC == "ctg.participation.contribution-recorded":
                answers = [
                    each
                    for each in said
                    if each.TOPIC == "ctg.participation.contribution-answered"
                    and vars(each)["contribution_id"] == known.contribution_id
                ]
                telling = [
                    each
                    for each in said
                    if each.TOPIC == "ctg.participation.told-back"
                    and known.contribution_id in vars(each)["contribution_ids"]
                    and answers
                    and each.originator_version > answers[-1].originator_version
                ]
                expected[known.contribution_id] = "TOLD" if telling else "ANSWERED" if answers else "WAITING"
        found = what_became_of_contributions.contributions(dossier, today)
        told = {str(one.contribution_id): str(one.state) for one in found.contributions}
        assert len(told) == len(found.contributions), "each stands once"
        assert {key: "WAITING" if state == "SILENT" else state for key, state in told.items()} == expected
        return {str(one.event_id) for one in found.contributions if expected[one.contribution_id] != "TOLD"}

    def proposals_stand(self, dossier: Dossier, said: list[Event], today: date) -> set[str]:
        expected: dict[str, str] = {}
        for one in said:
            known: Any = one
            if one.TOPIC == "ctg.participation.proposal-submitted":
                expected[known.proposal_id] = "WAITING"
            elif one.TOPIC == "ctg.participation.proposal-triaged" and known.proposal_id in expected:
                expected[known.proposal_id] = known.became
        found = what_became_of_proposals.proposals(dossier, today)
        told = {str(one.proposal_id): str(one.state) for one in found.proposals}
        assert len(told) == len(found.proposals), "each stands once"
        assert {key: "WAITING" if state == "SILENT" else state for key, state in told.items()} == expected
        return {str(one.event_id) for one in found.proposals if expected[one.proposal_id] == "WAITING"}

    def findings_stand(self, dossier: Dossier, today: date) -> set[str]:
        said = self.history(self.life.convention_id)
        shared = {
            each.finding_id
            for one in said
            if one.TOPIC == "ctg.convention.diagnosis-shared"
            for each in vars(one)["findings"]
        }
        taken = {
            each for one in said if one.TOPIC == "ctg.convention.priority-chosen" for each in vars(one)["findings"]
        }
        found = what_became_of_findings.findings(dossier, today)
        told = {str(one.finding.finding_id): str(one.fate) for one in found}
        assert len(told) == len(found), "each stands once"
        assert told.keys() == shared
        assert {key for key, fate in told.items() if fate == "ANSWERED"} == taken & shared
        return {key for key, fate in told.items() if fate != "ANSWERED"}

    def contestations_stand(self, dossier: Dossier) -> set[str]:
        raw = self.raw(*self._streams)
        closed = {
            vars(one)["contestation_id"]: str(vars(one).get("outcome") or "WITHDRAWN")
            for one in raw
            if one.TOPIC in ("ctg.contestation.contestation-resolved", "ctg.contestation.contestation-withdrawn")
        }
        said = [one for one in raw if one.TOPIC == "ctg.contestation.record-contested"]
        expected = {one.envelope.event_id: closed.get(one.envelope.event_id, "OPEN") for one in said}
        found = contestations(dossier)
        assert len(found) == len(expected), "each stands once"
        assert {one.contestation_id: str(one.state) for one in found} == expected
        counting = {one.envelope.event_id for stream in self._streams for one in self.history(stream)}
        for one in found:
            assert not one.is_open or one.target_id in counting, "what counts no more is contested no more"
        return {str(one.contestation_id) for one in found if one.is_open}

    def what_waits_is_asked_for(self, dossier: Dossier, waiting: set[str]) -> None:
        """Long after, the sheet asks for each thing that waits, and for nothing else of these kinds."""
        lines = [one for one in what_is_due.sheet(dossier, LATER, self.life.holidays) if one.id in ASKED]
        assert len({one.id for one in lines}) == len(lines), "one letter for all of a kind"
        ids = {
            **{str(one.contribution_id): str(one.event_id) for one in _said(dossier)},
            **{str(one.proposal_id): str(one.event_id) for one in _proposed(dossier)},
        }
        asked = {ids.get(each.value, each.value) for one in lines for thing in one.things for each in thing.chosen}
        assert asked == waiting


def _said(dossier: Dossier) -> Any:
    return what_became_of_contributions.contributions(dossier, LATER).contributions


def _proposed(dossier: Dossier) -> Any:
    return what_became_of_proposals.proposals(dossier, LATER).proposals


@contextmanager
def at(store: Path) -> Iterator[type[Participation]]:
    """The machine, each time on its own copy of a store."""
    Participation.store = store
    yield Participation


@pytest.mark.parametrize(
    ("examples", "steps"), [(12, 16), pytest.param(60, 30, marks=pytest.mark.slow)], ids=["some", "many"]
)
def test_nothing_that_people_bring_is_ever_lost_from_view(migrated_sqlite: Path, examples: int, steps: int) -> None:
    with at(migrated_sqlite) as machine:
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=examples,
                stateful_step_count=steps,
                deadline=None,
                phases=[Phase.generate],  # a shorter way to the same loss takes minutes to look for
                suppress_health_check=list(HealthCheck),
            ),
        )
