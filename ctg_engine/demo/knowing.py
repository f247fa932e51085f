"""The vocabulary in which the story tells on what knowledge a territory acts: data asked of partners once, findings
with what shows them, and the versions of a diagnosis."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple, TypedDict
from uuid import UUID

from ctg_engine.demo.pen import Pen
from ctg_engine.demo.references import HOLDER, Found, codes, day
from domain.convention.diagnosis import RecordSharedDiagnosis
from domain.diagnosis.answering import PromiseData, RecordDataReceived, RefuseData, ReuseData
from domain.diagnosis.asking import AskForData
from domain.diagnosis.content import diagnosis_stream
from domain.diagnosis.finding import QUALITATIVE, QUANTITATIVE, AttachEvidence, RecordFinding
from domain.diagnosis.publishing import PublishDiagnosisVersion, StartDiagnosis
from domain.diagnosis.waving import CloseDiagnosisWave, PlanDiagnosisWave
from domain.values import Code, LocalId, Prose, local_id


class Shows(NamedTuple):
    """What shows a finding: its source and year, by what method, from how many; which partner brings it, and the paper
    that says it, where there is one."""

    nature: Code
    source: str
    year: int
    by: str
    method: str
    sample: int | None
    paper: str | None


def figures(
    source: str, year: int, by: str = HOLDER, method: str = "STATISTICS", *, of: int | None = None, in_: str = ""
) -> Shows:
    """Figures show it. `of`: how many were counted; `in_`: the title of the paper."""
    return Shows(QUANTITATIVE, source, year, by, method, of, in_ or None)


def words(source: str, year: int, by: str = HOLDER, *, of: int | None = None, in_: str = "") -> Shows:
    """What people say shows it. `of`: how many were heard; `in_`: the title of the paper."""
    return Shows(QUALITATIVE, source, year, by, "INTERVIEWS", of, in_ or None)


class _Shown(TypedDict):
    """The fields that findings and further evidence share."""

    contributor_id: UUID
    nature: Code
    source: Prose
    year: int
    method: Code
    sample_size: int | None


class Knowing(Pen):
    """What a territory asks, finds and publishes."""

    @property
    def content_id(self) -> UUID:
        """What is known of the territory."""
        return diagnosis_stream(self.territory_id)

    def asks(
        self, on: str, data: str, partner: str, theme: str, years: tuple[int, int], what: str, due: str,
        form: str = "TABLE", *, refused: Sequence[str] = (),
    ) -> None:  # fmt: skip
        """A partner is asked for data, by a day; `refused`: the rules on which the engine must refuse it."""
        command = AskForData(
            stream_id=self.content_id,
            occurred_on=day(on),
            convention_id=self.convention_id,
            home_territory_id=self.territory_id,
            data_id=local_id(data),
            partner_id=self.partner(partner),
            what=Prose(what),
            theme=Code(theme),
            first_year=years[0],
            last_year=years[1],
            data_form=Code(form),
            due_on=day(due),
        )
        self.write(on, on, command, refused=tuple(refused))

    def promises(self, on: str, data: str, partner: str, for_day: str) -> None:
        """It says by when."""
        command = PromiseData(
            stream_id=self.content_id, occurred_on=day(on), data_id=local_id(data), promised_for=day(for_day)
        )
        self.write(on, on, command, self.speaking_for(partner))

    def gives(self, on: str, data: str, partner: str, paper: str, fewest: int | None = None) -> None:
        """The data come, in a paper; `fewest`: the fewest people that one of their figures counts."""
        command = RecordDataReceived(
            stream_id=self.content_id, occurred_on=day(on), data_id=local_id(data), smallest_count=fewest
        )
        self.write(on, on, command, self.speaking_for(partner), documents=(paper,))

    def keeps_to_itself(self, on: str, data: str, partner: str, motive: str) -> None:
        """It does not give them, and why."""
        command = RefuseData(
            stream_id=self.content_id, occurred_on=day(on), data_id=local_id(data), motive=Prose(motive)
        )
        self.write(on, on, command, self.speaking_for(partner))

    def uses_again(self, on: str, data: str, purpose: str) -> None:
        """What was given serves once more, instead of being asked."""
        command = ReuseData(
            stream_id=self.content_id, occurred_on=day(on), data_id=local_id(data), purpose=Prose(purpose)
        )
        self.write(on, on, command)

    def finds(
        self,
        on: str,
        finding: str,
        *shown: Shows,
        ages: str = "",
        communes: Sequence[str] = (),
        new: Found | None = None,
    ) -> None:
        """A finding is recorded with all that shows it: worded as the diagnosis that is shared later words it, or `new`
        where no such one holds it."""
        found = new or self._shared_later(finding)
        first, *others = shown
        command = RecordFinding(
            stream_id=self.content_id,
            occurred_on=day(on),
            convention_id=self.convention_id,
            home_territory_id=self.territory_id,
            finding_id=LocalId(finding),
            theme=Code(found.theme),
            kind=Code(found.kind),
            statement=Prose(found.statement),
            life_stages=codes(ages),
            communes=tuple(Code(one.insee) for one in self.facts.communes if one.name in communes),
            **self._fields(first),
        )
        self.write(on, on, command, self.speaking_for(first.by), documents=(first.paper,) if first.paper else ())
        for one in others:
            self.shows_too(on, finding, one)

    def shows_too(self, on: str, finding: str, one: Shows) -> None:
        """Something else shows it."""
        command = AttachEvidence(
            stream_id=self.content_id, occurred_on=day(on), finding_id=LocalId(finding), **self._fields(one)
        )
        self.write(on, on, command, self.speaking_for(one.by), documents=(one.paper,) if one.paper else ())

    def begins_diagnosis(self, on: str, diagnosis: str, title: str, *owners: str) -> None:
        """Partners begin one together."""
        command = StartDiagnosis(
            stream_id=self.content_id,
            occurred_on=day(on),
            home_territory_id=self.territory_id,
            diagnosis_id=local_id(diagnosis),
            title=Prose(title),
            owners=tuple(map(self.partner, owners)),
        )
        self.write(on, on, command, self.pilot)

    def looks_in_wave(self, diagnosis: str, wave: str, themes: str, first: str, last: str, learned: str) -> None:
        """Some themes are looked at together, between two days; planned a week before."""
        planned_on = day(first) - timedelta(days=7)
        plan = PlanDiagnosisWave(
            stream_id=self.content_id,
            occurred_on=planned_on,
            convention_id=self.convention_id,
            diagnosis_id=local_id(diagnosis),
            wave_id=local_id(wave),
            themes=codes(themes),
            starts_on=day(first),
            ends_on=day(last),
        )
        self.write(first, planned_on.isoformat(), plan, self.pilot)
        closed = CloseDiagnosisWave(
            stream_id=self.content_id, occurred_on=day(last), wave_id=local_id(wave), learned=Prose(learned)
        )
        self.write(last, last, closed, self.pilot)

    def publishes(self, on: str, diagnosis: str, findings: str) -> None:
        """A version of it comes out, with these findings."""
        command = PublishDiagnosisVersion(
            stream_id=self.content_id,
            occurred_on=day(on),
            diagnosis_id=local_id(diagnosis),
            findings=tuple(LocalId(one) for one in findings.split()),
        )
        self.write(on, on, command, self.pilot)

    def _fields(self, one: Shows) -> _Shown:
        return {
            "contributor_id": self.partner(one.by),
            "nature": one.nature,
            "source": Prose(one.source),
            "year": one.year,
            "method": Code(one.method),
            "sample_size": one.sample,
        }

    def _shared_later(self, finding: str) -> Found:
        """The finding as the shared diagnosis of the story words it."""
        for moment in self.diary.moments:
            command = moment.command
            if isinstance(command, RecordSharedDiagnosis) and command.stream_id == self.convention_id:
                for one in command.findings:
                    if one.finding_id == finding:
                        return Found(one.theme, one.kind, one.statement.text or "")
        raise LookupError(finding)
