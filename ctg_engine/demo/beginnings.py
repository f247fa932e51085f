"""The first half of the vocabulary: opening, engagement, diagnosis, forums."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from ctg_engine.demo.cast import (
    CAF_EXECUTIVE,
    CAF_REPRESENTATIVE,
    CPAM_REPRESENTATIVE,
    DEPARTMENT_REPRESENTATIVE,
    FRAMEWORK_PILOT_PERSON,
    MAYORS,
    MSA_REPRESENTATIVE,
    UDCCAS_REPRESENTATIVE,
)
from ctg_engine.demo.pen import Pen
from ctg_engine.demo.references import (
    CAF,
    CPAM,
    DEPARTMENT,
    FRAMEWORK_ID,
    HOLDER,
    METHOD,
    MSA,
    UDCCAS,
    Found,
    codes,
    day,
    former_of,
)
from domain.convention.diagnosis import CHANNELS, Finding, RecordSharedDiagnosis
from domain.convention.diagnosis import Participation as PeopleHeard
from domain.convention.expected_forums import RecordForumAttendance, RecordForumInvitation
from domain.convention.forum_records import RecordSharedForumRecord
from domain.convention.forums import ConveneForum, RecordForum
from domain.convention.opening import ExpectedSignatory, OpenConvention, RecordEngagement
from domain.convention.taking_over import KnownFact, TakeOverConvention
from domain.convention.themes import AddTheme
from domain.partners import RegisterPartner
from domain.roles import (
    CAF_ADVISER,
    CO_PILOT,
    COMMITTEE_CHAIR,
    COOPERATION_OFFICER,
    ELECTED_REFERENT,
    PARTNER_EXECUTIVE,
    PARTNER_REPRESENTATIVE,
    PILOT,
)
from domain.steering import ConstituteSteeringBody
from domain.values import AnalysisSide, Attendance, Cell, Code, Expertise, LocalId, Prose, PublicName, local_id

ALL_CELLS = "TO TD PO PD UO UD"
"""The whole grid of a forum: Technical, Political, Usage, each on Offer and Demand."""

_EXPERTISES = {"T": Expertise.TECHNICAL, "P": Expertise.POLITICAL, "U": Expertise.USAGE}
_SIDES = {"O": AnalysisSide.OFFER, "D": AnalysisSide.DEMAND}

SPEAKERS = {
    CAF: CAF_REPRESENTATIVE,
    DEPARTMENT: DEPARTMENT_REPRESENTATIVE,
    MSA: MSA_REPRESENTATIVE,
    CPAM: CPAM_REPRESENTATIVE,
    UDCCAS: UDCCAS_REPRESENTATIVE,
}
"""Who speaks for the partners of the framework wherever they are expected to sign."""


@dataclass(frozen=True)
class Former:
    """A convention that ran before it was followed here: its term, and the days that are known of its milestones."""

    effective_from: str
    effective_to: str
    known: Mapping[str, str]


class Beginnings(Pen):
    """A convention from its opening to its forums."""

    def opens(
        self,
        on: str,
        effective_from: str,
        *,
        required: Sequence[str] = (CAF, HOLDER),
        optional: Sequence[str] = (DEPARTMENT, MSA),
        themes: Iterable[str] = (),
        after: Former | None = None,
        why: str | None = None,
    ) -> None:
        """Roles are given, communes that sign by themselves are registered, the committee and the convention exist.

        `after`: the convention that it succeeds, which ran before anything was followed here.
        """
        for role, person in (
            (PILOT, self.cast.pilot),
            (CO_PILOT, self.cast.co_pilot),
            (COOPERATION_OFFICER, self.cast.officer),
            (COMMITTEE_CHAIR, self.cast.chair),
            (ELECTED_REFERENT, self.cast.referent),
        ):
            self.assign(on, role, person)
        self.assign(on, CAF_ADVISER, self.cast.adviser, CAF)
        self.assign(on, PARTNER_EXECUTIVE, CAF_EXECUTIVE, CAF)
        self.assign(on, PARTNER_REPRESENTATIVE, self.cast.chair, HOLDER)
        for name in (*required, *optional):
            if name in MAYORS:
                self._register_commune(on, name)
            elif name in SPEAKERS:
                self.assign(on, PARTNER_REPRESENTATIVE, SPEAKERS[name], name)
        self.write(
            on,
            on,
            ConstituteSteeringBody(
                stream_id=self.body_id,
                home_territory_id=self.territory_id,
                kind=Code("COPIL"),
                name=PublicName(f"Comité de pilotage de la CTG {self.short_name}"),
                occurred_on=day(on),
            ),
            self.pilot,
        )
        signatories = (
            *(ExpectedSignatory(self.partner(one), True) for one in required),
            *(ExpectedSignatory(self.partner(one), False) for one in optional),
        )
        if after is not None:
            self._takes_over(on, after, signatories)
        self.write(
            on,
            on,
            OpenConvention(
                stream_id=self.convention_id,
                occurred_on=day(on),
                home_territory_id=self.territory_id,
                framework_id=FRAMEWORK_ID,
                holder_ids=(self.partner(HOLDER),),
                profile_name=METHOD[0],
                profile_version=METHOD[1],
                themes=tuple(Code(theme) for theme in themes),
                effective_from=day(effective_from),
                signatories=signatories,
                successor_of=former_of(self.key) if after is not None else None,
            ),
            self.pilot,
            reason=why,
        )

    def _takes_over(self, on: str, former: Former, signatories: tuple[ExpectedSignatory, ...]) -> None:
        known = tuple(KnownFact(fact=Code(fact), on=day(known_on)) for fact, known_on in former.known.items())
        command = TakeOverConvention(
            stream_id=former_of(self.key),
            occurred_on=day(on),
            home_territory_id=self.territory_id,
            framework_id=FRAMEWORK_ID,
            holder_ids=(self.partner(HOLDER),),
            profile_name=METHOD[0],
            profile_version=METHOD[1],
            effective_from=day(former.effective_from),
            effective_to=day(former.effective_to),
            signatories=signatories,
            as_of=day(on),
            known=known,
        )
        self.write(on, on, command, self.pilot, reason="La convention courait avant l’outil.")

    def _register_commune(self, on: str, name: str) -> None:
        facts = next(commune for commune in self.facts.communes if commune.name == name)
        self.write(
            on,
            on,
            RegisterPartner(
                stream_id=self.partner(name),
                occurred_on=day(on),
                kind=Code("COMMUNE"),
                name=PublicName(f"Commune de {name}"),
                siren=Code(facts.siren) if facts.siren else None,
                home_territory_id=self.territory_id,
            ),
            FRAMEWORK_PILOT_PERSON.steering(FRAMEWORK_ID, self.territory_id),
        )
        self.assign(on, PARTNER_REPRESENTATIVE, MAYORS[name], name)

    def engages(self, on: str, letter: str, partners: Sequence[str] = (CAF, HOLDER)) -> None:
        """The letter or deliberation of engagement."""
        command = RecordEngagement(
            stream_id=self.convention_id,
            occurred_on=day(on),
            partners=tuple(self.partner(one) for one in partners),
        )
        self.write(on, None, command, self.pilot, documents=(letter,))

    def shares_diagnosis(
        self,
        on: str,
        *found: Found,
        report: str = "Rapport de diagnostic partagé",
        recipients: Sequence[str] = (CAF, HOLDER, DEPARTMENT, MSA),
        channel: str = CHANNELS[0],
        surveyed: int = 0,
        interviewed: int = 0,
        recorded: str | None = None,
    ) -> None:
        """The diagnosis is presented to the partners; findings are numbered f1, f2… over the whole convention."""
        findings = []
        for one in found:
            self._findings += 1
            findings.append(
                Finding(LocalId(f"f{self._findings}"), Code(one.theme), Code(one.kind), Prose(one.statement))
            )
        heard = (("SURVEY", surveyed), ("INTERVIEW", interviewed))
        command = RecordSharedDiagnosis(
            stream_id=self.convention_id,
            occurred_on=day(on),
            findings=tuple(findings),
            recipients=tuple(self.partner(one) for one in recipients),
            channel=Code(channel),
            participation=tuple(PeopleHeard(Code(kind), count) for kind, count in heard if count),
        )
        self.write(on, recorded, command, documents=(report,))

    def adds_theme(self, on: str, theme: str, name: str, *, transverse: bool = False) -> None:
        """The committee names a theme that the method does not know."""
        command = AddTheme(
            stream_id=self.convention_id,
            occurred_on=day(on),
            theme_id=local_id(theme),
            name=PublicName(name),
            transverse=transverse,
        )
        self.write(on, on, command)

    def convenes_forum(
        self,
        on: str,
        forum: str,
        planned_on: str,
        themes: str,
        place: str,
        *,
        invited: str,
        coming: tuple[str, tuple[int, int, int]],
    ) -> None:
        """A forum is announced, then people are invited. `coming`: who had said by a day that they would come, as the
        attendance of a forum that is held."""
        command = ConveneForum(
            stream_id=self.convention_id,
            occurred_on=day(on),
            forum_id=local_id(forum),
            themes=codes(themes),
            planned_on=day(planned_on),
            place=Prose(place),
        )
        self.write(on, on, command)
        invitation = RecordForumInvitation(
            stream_id=self.convention_id,
            occurred_on=day(invited),
            forum_id=local_id(forum),
            invited_by=codes("POSTER MAIL"),
            recipients=(self.partner(CAF),),
        )
        self.write(invited, invited, invitation, documents=("Affiche du forum",))
        counted_on, counts = coming
        said = RecordForumAttendance(
            stream_id=self.convention_id,
            occurred_on=day(counted_on),
            forum_id=local_id(forum),
            confirmed=Attendance(*counts),
        )
        self.write(counted_on, counted_on, said)

    def holds_forum(
        self,
        on: str,
        forum: str,
        themes: str,
        attendance: tuple[int, int, int],
        *outputs: str,
        place: str,
        cells: str = ALL_CELLS,
        form: str = "FORUM",
        recorded: str | None = None,
        why: str | None = None,
        shared_after: int = 13,
    ) -> None:
        """`attendance`: technical, political, usage. `cells`: the grid covered, as in `ALL_CELLS`. Its record is given
        back `shared_after` days later: within the fifteen of the method, unless told otherwise."""
        command = RecordForum(
            stream_id=self.convention_id,
            occurred_on=day(on),
            forum_id=local_id(forum),
            themes=codes(themes),
            format=Code(form),
            place=Prose(place),
            attendance_by_expertise=Attendance(*attendance),
            cells_covered=tuple(Cell(_EXPERTISES[cell[0]], _SIDES[cell[1]]) for cell in cells.split()),
            outputs=tuple(Prose(output) for output in outputs),
            animators=(self.cast.officer.person_id,),
        )
        record = f"Compte rendu du forum du {day(on):%d/%m/%Y}"
        self.write(on, recorded, command, reason=why, documents=(record,))
        self._gives_back(forum, (day(on) + timedelta(days=shared_after)).isoformat(), record)

    def _gives_back(self, forum: str, on: str, record: str) -> None:
        """The record of a forum goes to those who were there and to the partners."""
        command = RecordSharedForumRecord(
            stream_id=self.convention_id,
            occurred_on=day(on),
            forum_id=local_id(forum),
            shared_with=codes("TECHNICAL POLITICAL USAGE PARTNERS"),
        )
        self.write(on, on, command, documents=(record,))
