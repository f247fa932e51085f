"""The vocabulary in which the story of one territory is told.

Each verb writes one or more commands in the diary. `on` is the day of the fact (ISO); it reaches the engine one to
three working days later unless `recorded` says otherwise. Milestones are recorded by the cooperation officer unless
`by` says otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from ctg_engine.demo.advising import Advising
from ctg_engine.demo.gathering import Gathering
from ctg_engine.demo.leading import Leading
from ctg_engine.demo.plan_tables import planned
from ctg_engine.demo.references import Decided, codes, day, former_of, recording_day
from ctg_engine.demo.sittings import Sittings
from domain.adjusting import DecideAdjustment
from domain.convention.authorising import RecordMandate
from domain.convention.complete_plans import ExcludedTheme
from domain.convention.plan import ValidateActionPlan
from domain.convention.priorities import ChoosePriority
from domain.convention.publishing import PublishReview
from domain.convention.reviewed import PUBLIC
from domain.convention.reviews import ActionStatus, RecordReview, review_id_of
from domain.convention.signing import RecordSignature
from domain.convention.state import CONVENTION, COVERS
from domain.convention.waivers import GrantWaiver
from domain.kernel import Actor
from domain.values import Code, LocalId, Prose, Sha256, ValidityPeriod, local_id

_WANTED: Final = codes("EARLY_CHILDHOOD YOUTH PARENTING")
"""The themes that the method wants of a plan."""


class Chapter(Sittings, Gathering, Leading, Advising):
    """One territory and its convention, told from the first meeting to the last review."""

    convention_only = (CONVENTION,)
    """What is signed when the plan is not written yet."""

    def chooses(
        self,
        decided: Decided,
        priority: str,
        themes: str,
        title: str,
        *,
        findings: str = "",
        rank: int | None = None,
        ends: str = "",
        instead_of: Sequence[str] = (),
        by: Actor | None = None,
        refused: Sequence[str] = (),
        why: str | None = None,
    ) -> None:
        """The priority chosen in that committee; `refused`: the rules on which the engine must refuse it."""
        command = ChoosePriority(
            stream_id=self.convention_id,
            occurred_on=day(decided.on),
            priority_id=local_id(priority),
            title=Prose(title),
            themes=codes(themes),
            findings=tuple(LocalId(one) for one in findings.split()),
            decided_in=decided.reference,
            rank=rank,
            ends_served=codes(ends),
            alternatives=tuple(Prose(one) for one in instead_of),
        )
        self.write(decided.on, None, command, by, refused=tuple(refused), reason=why)
        if not refused:
            self.served.update(command.themes)

    def waives(self, decided: Decided, rule: str, subject: str, motive: str, until: str) -> None:
        """A rule is set aside by the committee, for one theme and until a day."""
        command = GrantWaiver(
            stream_id=self.convention_id,
            occurred_on=day(decided.on),
            rule=Code(rule),
            subject=Code(subject),
            motive=Prose(motive),
            decided_in=decided.reference,
            expires_on=day(until),
        )
        self.write(decided.on, None, command, self.pilot)

    # --- the plan, its signatures and what follows --------------------------------------------------------------------

    @property
    def text_to_sign(self) -> Sha256:
        """The text that the committee adopted."""
        return self.paper("Convention et plan d’actions, texte adopté", None)

    def validates_plan(self, decided: Decided) -> None:
        """Every sheet drafted so far makes the plan; its text is the one to sign."""
        command = ValidateActionPlan(
            stream_id=self.convention_id,
            occurred_on=day(decided.on),
            sheets=tuple(self.sheets),
            text_sha256=self.text_to_sign,
            indicators_promised_by=day(decided.on).replace(year=day(decided.on).year + 1),
            excluded_themes=tuple(
                ExcludedTheme(one, Prose("Le contrat enfance jeunesse en cours en traite déjà."))
                for one in _WANTED
                if one not in self.served
            ),
            decided_in=decided.reference,
        )
        self.write(decided.on, None, command, self.pilot, documents=("Plan d’actions validé",))

    def mandate(
        self,
        partner: str,
        kind: str,
        on: str,
        executory: str | None = None,
        *,
        reference: str | None = None,
        covers: Sequence[Code] = COVERS,
        recorded: str | None = None,
        why: str | None = None,
    ) -> None:
        """A partner's own decision to sign. The Caf records its own."""
        command = RecordMandate(
            stream_id=self.convention_id,
            occurred_on=day(on),
            partner_id=self.partner(partner),
            kind=Code(kind),
            covers=tuple(covers),
            executory_on=day(executory) if executory else None,
            reference=Prose(reference) if reference else None,
        )
        recorded = recorded or (recording_day(day(executory)).isoformat() if executory else None)
        self.write(
            on, recorded, command, self.speaking_for(partner), documents=("Délibération ou décision",), reason=why
        )

    def signs(self, on: str, *partners: str, covers: Sequence[Code] = COVERS, why: str | None = None) -> None:
        """Partners sign on one day."""
        for partner in partners:
            command = RecordSignature(
                stream_id=self.convention_id,
                occurred_on=day(on),
                partner_id=self.partner(partner),
                covers=tuple(covers),
                text_sha256=self.text_to_sign,
            )
            self.write(on, None, command, self.speaking_for(partner), documents=("Exemplaire signé",), reason=why)

    def reviews(
        self,
        year: int,
        decided: Decided,
        statuses: str | None,
        heard: int,
        summary: str,
        published: str | None = None,
        why: str | None = None,
        *,
        of_former: bool = False,
    ) -> None:
        """The annual review of a civil year; `statuses` are those of the sheets, in their order; None: of its table.
        `published`: to everybody, on that day."""
        command = RecordReview(
            stream_id=former_of(self.key) if of_former else self.convention_id,
            occurred_on=day(decided.on),
            period_starts_on=date(year, 1, 1),
            period_ends_on=date(year, 12, 31),
            body_id=self.body_id,
            meeting_id=decided.reference.meeting_id,
            action_statuses=(
                self.statuses_on(day(decided.on))
                if statuses is None
                else tuple(ActionStatus(one, said) for one, said in zip(self.sheets, codes(statuses), strict=True))
            ),
            decisions=(decided.reference.decision_id,),
            users_heard=heard,
            summary=Prose(summary),
        )
        self.write(decided.on, None, command, documents=(f"Bilan annuel {year}",), reason=why)
        if published is not None:
            period = ValidityPeriod(command.period_starts_on, command.period_ends_on)
            held = self.body_id, command.meeting_id, day(decided.on)
            publish = PublishReview(
                stream_id=command.stream_id,
                occurred_on=day(published),
                review_id=review_id_of(command.stream_id, command.kind, period, *held),
                audience=PUBLIC,
            )
            self.write(published, None, publish, documents=(f"Bilan annuel {year}, mis en ligne",))

    def adjusts(
        self, decided: Decided, kind: str, sheet: str, text: str, owner: str | None = None, due: str | None = None
    ) -> None:
        """What the meeting that reviewed decided to adjust of an action, by its number in the table."""
        sheets = {line.number: one for one, line in zip(self.sheets, planned(self.key), strict=True)}
        command = DecideAdjustment(
            stream_id=self.body_id,
            occurred_on=day(decided.on),
            meeting_id=decided.reference.meeting_id,
            decision_id=local_id(f"ajustement-{sheet}"),
            kind=Code(kind),
            sheets=(sheets[sheet],),
            text=Prose(text),
            owner_id=self.partner(owner) if owner else None,
            due_on=day(due) if due else None,
        )
        self.write(decided.on, None, command)
