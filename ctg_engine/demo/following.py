"""The vocabulary in which the story tells what became of the decisions of a committee."""

from __future__ import annotations

from ctg_engine.demo.means_and_results import MeansAndResults
from ctg_engine.demo.references import Decided, day
from domain.following import AbandonDecision, EntrustDecision, RecordDecisionDone, ReplaceDecision
from domain.values import Prose


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
