"""The vocabulary in which the story tells what became of the decisions of a committee."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ctg_engine.demo.means_and_results import MeansAndResults
from ctg_engine.demo.references import Decided, day
from domain.arbitrating import Alternative, RecordArbitration
from domain.following import AbandonDecision, EntrustDecision, RecordDecisionDone, ReplaceDecision
from domain.values import Prose, local_id


class Weighed(NamedTuple):
    """What could have been chosen: what it would cost in euros, which partner defended it, what speaks against it."""

    what: str
    euros: int
    defended_by: str
    against: str


class FollowedDecisions(MeansAndResults):
    """Decisions that are entrusted, done, replaced, given up; what nobody says anything of ages by itself."""

    def entrusts(self, decided: Decided, owner: str, due: str | None = None, proof: str | None = None) -> None:
        """A partner sees to it, as that meeting said."""
        command = EntrustDecision(
            stream_id=self.body_id,
            occurred_on=day(decided.on),
            decision=decided.reference,
            owner_id=self.partner(owner),
            due_on=day(due) if due else None,
            proof=Prose(proof) if proof else None,
        )
        self.write(decided.on, None, command)

    def is_done(self, decided: Decided, on: str, shown_by: str) -> None:
        """It is done, as these words show."""
        command = RecordDecisionDone(
            stream_id=self.body_id, occurred_on=day(on), decision=decided.reference, shown_by=Prose(shown_by)
        )
        self.write(on, None, command)

    def replaces(self, decided: Decided, former: Decided) -> None:
        """It stands in the place of a former one."""
        command = ReplaceDecision(
            stream_id=self.body_id,
            occurred_on=day(decided.on),
            decision=former.reference,
            replaced_by=decided.reference,
        )
        self.write(decided.on, None, command)

    def gives_up(self, decided: Decided, former: Decided, motive: str) -> None:
        """It says that a former one is given up, and why."""
        command = AbandonDecision(
            stream_id=self.body_id,
            occurred_on=day(decided.on),
            decision=former.reference,
            motive=Prose(motive),
            given_up_in=decided.reference,
        )
        self.write(decided.on, None, command)

    def arbitrates(
        self, decided: Decided, question: str, alternatives: Sequence[Weighed], chosen: int, why: str, priority: str
    ) -> None:
        """What the meeting weighed before it decided that, for a priority; `chosen`: which of them, from 1."""
        command = RecordArbitration(
            stream_id=self.body_id,
            occurred_on=day(decided.on),
            meeting_id=decided.reference.meeting_id,
            decision_id=decided.reference.decision_id,
            question=Prose(question),
            alternatives=tuple(
                Alternative(
                    Prose(one.what),
                    against=Prose(one.against),
                    cost_cents=one.euros * 100,
                    defended_by=self.partner(one.defended_by),
                )
                for one in alternatives
            ),
            chosen=chosen,
            motive=Prose(why),
            convention_id=self.convention_id,
            priority_id=local_id(priority),
        )
        self.write(decided.on, None, command)
