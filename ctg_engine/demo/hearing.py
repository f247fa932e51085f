"""The vocabulary in which the story tells what people bring, and what became of all of it: what they said in forums, by
letter or at a desk, and what anybody proposed."""

from __future__ import annotations

from typing import Final, TypedDict
from uuid import UUID

from ctg_engine.demo.cast import demo_id
from ctg_engine.demo.knowing import Knowing
from ctg_engine.demo.plan_tables import planned
from ctg_engine.demo.references import day
from domain.kernel import Actor, RoleHeld
from domain.participation.answering import AnswerContribution, RecordToldBack
from domain.participation.contributing import RecordContribution
from domain.participation.participation import KEPT, NOT_KEPT, participation_stream
from domain.participation.proposing import ANYBODY, MERGED, SPAM, OpenProposals, SubmitProposal, TriageProposal
from domain.roles import PUBLIC
from domain.values import Code, LocalId, Prose, local_id

_OF_FORUM: Final = "FORUM"


class _Feeds(TypedDict):
    """What something that is kept feeds."""

    finding_id: LocalId | None
    priority_id: LocalId | None
    sheet_id: UUID | None


class Hearing(Knowing):
    """What is brought to a territory, and answered."""

    @property
    def voices_id(self) -> UUID:
        """What people bring to the territory."""
        return participation_stream(self.territory_id)

    def hears(
        self, on: str, voice: str, who: str, way: str, stage: str, theme: str, text: str, people: int | None = None,
        *, space: str = "",
    ) -> None:  # fmt: skip
        """Somebody of a college said something, at a stage; `way`: a channel, or the key of the forum; `people`: how
        many said the same; `space`: the permanent space where it was said."""
        in_forum = not way.isupper()
        command = RecordContribution(
            stream_id=self.voices_id,
            occurred_on=day(on),
            home_territory_id=self.territory_id,
            convention_id=self.convention_id,
            contribution_id=local_id(voice),
            college=Code(who),
            channel=Code(_OF_FORUM if in_forum else way),
            stage=Code(stage),
            theme=Code(theme),
            text=Prose(text),
            people=people,
            forum_id=local_id(way) if in_forum else None,
            space_id=local_id(space) if space else None,
        )
        self.write(on, None, command)

    def keeps_voice(self, on: str, voice: str, *, finding: str = "", priority: str = "", sheet: str = "") -> None:
        """It feeds a finding, a priority, or a sheet by its number."""
        command = AnswerContribution(
            stream_id=self.voices_id,
            occurred_on=day(on),
            convention_id=self.convention_id,
            contribution_id=local_id(voice),
            became=KEPT,
            **self._feeds(finding, priority, sheet),
        )
        self.write(on, on, command)

    def sets_aside(self, on: str, voice: str, motive: str) -> None:
        """It is not kept, because."""
        command = AnswerContribution(
            stream_id=self.voices_id,
            occurred_on=day(on),
            convention_id=self.convention_id,
            contribution_id=local_id(voice),
            became=NOT_KEPT,
            motive=Prose(motive),
        )
        self.write(on, on, command)

    def tells_back(self, on: str, voices: str, whom: str, way: str) -> None:
        """Those who spoke are told what became of it."""
        command = RecordToldBack(
            stream_id=self.voices_id,
            occurred_on=day(on),
            contribution_ids=tuple(map(local_id, voices.split())),
            told_to=Prose(whom),
            told_by=Code(way),
        )
        self.write(on, on, command)

    def opens_to_all(self, on: str) -> None:
        """Anybody may propose something from that day on, without an account."""
        command = OpenProposals(stream_id=self.voices_id, occurred_on=day(on), home_territory_id=self.territory_id)
        self.write(on, on, command, self.pilot)

    def is_proposed(self, on: str, proposal: str, text: str, by: Actor | None = None) -> None:
        """Somebody proposes something; `by` None: by the public form."""
        command = SubmitProposal(
            stream_id=self.voices_id,
            occurred_on=day(on),
            home_territory_id=self.territory_id,
            proposal_id=self._proposal(proposal),
            text=Prose(text),
        )
        self.write(on, on, command, by or Actor(ANYBODY, (RoleHeld(PUBLIC, self.territory_id),)))

    def keeps_proposal(self, on: str, proposal: str, *, finding: str = "", priority: str = "", sheet: str = "") -> None:
        """It feeds something."""
        self._triages(on, proposal, KEPT, self._feeds(finding, priority, sheet))

    def merges_proposal(self, on: str, proposal: str, into: str) -> None:
        """Another one says the same and goes on for both."""
        self._triages(on, proposal, MERGED, merged_with=self._proposal(into))

    def refuses_proposal(self, on: str, proposal: str, motive: str | None) -> None:
        """It is not kept, because; without a motive: it was not meant for the territory at all."""
        self._triages(on, proposal, NOT_KEPT if motive else SPAM, motive=Prose(motive) if motive else None)

    def _triages(
        self,
        on: str,
        proposal: str,
        became: Code,
        feeds: _Feeds | None = None,
        *,
        merged_with: LocalId | None = None,
        motive: Prose | None = None,
    ) -> None:
        command = TriageProposal(
            stream_id=self.voices_id,
            occurred_on=day(on),
            convention_id=self.convention_id,
            proposal_id=self._proposal(proposal),
            became=became,
            merged_with=merged_with,
            motive=motive,
            **(feeds or self._feeds("", "", "")),
        )
        self.write(on, on, command)

    def _feeds(self, finding: str, priority: str, sheet: str) -> _Feeds:
        numbers = [one.number for one in planned(self.key)] if sheet else []
        return {
            "finding_id": LocalId(finding) if finding else None,
            "priority_id": local_id(priority) if priority else None,
            "sheet_id": self.sheets[numbers.index(sheet)] if sheet else None,
        }

    def _proposal(self, key: str) -> LocalId:
        return LocalId(str(demo_id("proposal", self.key, key)))
