"""The vocabulary in which the story tells what a partner recommends to another, and what is tried before
it is funded."""

from __future__ import annotations

from ctg_engine.demo.pen import Pen
from ctg_engine.demo.plan_tables import planned
from ctg_engine.demo.references import day
from domain.action_sheets.prototyping import PlanPrototype, RecordPrototypeTest
from domain.counsel.counsel import counsel_stream
from domain.counsel.following import DecideRecommendation, FollowRecommendation
from domain.counsel.recommending import IssueRecommendation
from domain.values import Code, LocalId, Prose, local_id


class Advising(Pen):
    """Advice given and followed, ideas tried."""

    def recommends(self, on: str, key: str, by: str, to: str, kind: str, text: str, findings: str) -> None:
        """A partner recommends something to another, because of findings."""
        command = IssueRecommendation(
            stream_id=counsel_stream(self.territory_id),
            occurred_on=day(on),
            home_territory_id=self.territory_id,
            convention_id=self.convention_id,
            recommendation_id=local_id(key),
            kind=Code(kind),
            text=Prose(text),
            partner_id=self.partner(by),
            findings=tuple(LocalId(one) for one in findings.split()),
            to_partner_id=self.partner(to),
        )
        self.write(on, on, command)

    def answers_advice(self, on: str, key: str, answer: str, why: str) -> None:
        """It is accepted, in part or whole, or refused."""
        command = DecideRecommendation(
            stream_id=counsel_stream(self.territory_id),
            occurred_on=day(on),
            recommendation_id=local_id(key),
            answer=Code(answer),
            motive=Prose(why),
        )
        self.write(on, on, command)

    def has_followed(self, on: str, key: str, shown_by: str) -> None:
        """What was accepted is done."""
        command = FollowRecommendation(
            stream_id=counsel_stream(self.territory_id),
            occurred_on=day(on),
            recommendation_id=local_id(key),
            ended=Code("DONE"),
            shown_by=Prose(shown_by),
        )
        self.write(on, on, command)

    def tries(
        self, on: str, sheet: str, what: str, starts: str, tested: str, verdict: str, learned: str, came: int
    ) -> None:
        """Something of a sheet is tried with those who would use it, before it is funded: tested on a day, by so many
        of them."""
        sheet_id = self.sheets[[one.number for one in planned(self.key)].index(sheet)]
        prototype = local_id("prototype", sheet)
        plan = PlanPrototype(
            stream_id=sheet_id,
            occurred_on=day(on),
            prototype_id=prototype,
            what=Prose(what),
            starts_on=day(starts),
            ends_on=day(tested),
        )
        self.write(on, on, plan)
        test = RecordPrototypeTest(
            stream_id=sheet_id,
            occurred_on=day(tested),
            prototype_id=prototype,
            verdict=Code(verdict),
            learned=Prose(learned),
            usage=came,
            technical=2,
        )
        self.write(tested, tested, test)
