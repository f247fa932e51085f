"""What can be found of a convention? Its partners, forums, priorities, sheets, decisions and documents, as they count
now.

Only what is public is said in clear: the names of institutions and the words of vocabularies, as codes. Titles stay
sealed; whoever searches opens those that they may read (design.md 5.4). Nobody's name is here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.action_sheets.state import ActionSheet
from domain.frameworks import TerritoryAttached
from domain.kernel import TOPIC_PREFIX, Event
from domain.steering import SteeringBody, SteeringDecisionRecorded, SteeringMeetingHeld
from domain.values import Code, Prose, Theme
from projections import what_the_committee_decided, what_the_plan_rests_on, which_forums_there_are
from projections.engine import Dossier, Stream

PARTNER: Final = Code("partner")
FORUM: Final = Code("forum")
PRIORITY: Final = Code("priority")
SHEET: Final = Code("sheet")
DECISION: Final = Code("decision")
DOCUMENT: Final = Code("document")


@dataclass(frozen=True)
class Findable:
    """One thing that can be found. `reference`: what its place on its page is named after. `names`: of institutions;
    `codes`: keys of vocabularies (`theme.PARENTING`); `themes`: those that the committee named; `title`: sealed, None
    where it has none; `on`: of which day."""

    kind: Code
    reference: str
    names: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    title: str | None = None
    on: date | None = None
    themes: tuple[str, ...] = ()

    @property
    def said(self) -> tuple[str, ...]:
        """Every public name of it."""
        return (*self.names, *self.themes)


def findable(dossier: Dossier) -> tuple[Findable, ...]:
    """Everything that can be found of a convention, those with names first."""
    return (*_partners(dossier), *_of_the_plan(dossier), *_decisions(dossier), *_documents(dossier))


def _partners(dossier: Dossier) -> Iterator[Findable]:
    """Who holds it, who is to sign it, who carries a sheet: each under every name that it was merged from."""
    register, convention = dossier.register, dossier.convention
    named = (
        *sorted(convention.holders),
        *convention.signatories,
        *(one.owner_id for one in dossier.sheets if one.owner_id),
    )
    for partner_id in dict.fromkeys(register.twins.get(one, one) for one in named):
        if partner_id in register.partners:
            twins = (one for one, kept in register.twins.items() if kept == partner_id)
            names = (register.partners[one].name for one in (partner_id, *sorted(twins)))
            yield Findable(PARTNER, str(partner_id), tuple(names))


def _of_the_plan(dossier: Dossier) -> Iterator[Findable]:
    for forum in which_forums_there_are.forums(dossier):
        stage = "cancelled" if forum.cancelled_on else "held" if forum.held_on else "planned"
        codes, own = _told(forum.themes)
        day = forum.held_on or forum.planned_on
        yield Findable(FORUM, forum.forum_id, (), (*codes, f"stage.{stage}"), None, day, own)
    themes = {}
    for one in what_the_plan_rests_on.priorities(dossier):
        codes, own = _told(one.themes)
        stages = ("stage.withdrawn",) if one.withdrawn_on is not None else ()
        yield Findable(PRIORITY, one.priority_id, (), (*codes, *stages), _sealed(one.title), one.chosen_on, own)
        themes[one.priority_id] = (codes, own)
    partners = dossier.register.partners
    for sheet, stream in zip(dossier.sheets, dossier.streams_of(ActionSheet), strict=True):
        owner = partners.get(sheet.owner_id) if sheet.owner_id is not None else None
        yield stream.once(_sheet, owner.name if owner is not None else None, *themes.get(sheet.priority_id, ((), ())))


def _sheet(stream: Stream, owner: str | None, codes: tuple[str, ...], own: tuple[str, ...]) -> Findable:
    """`codes`, `own`: the themes of its priority."""
    sheet = stream.state
    assert isinstance(sheet, ActionSheet)
    day = sheet.calendar.effective_from if sheet.calendar is not None else None
    return Findable(SHEET, str(sheet.id), (owner,) if owner is not None else (), codes, _sealed(sheet.title), day, own)


def _told(themes: Iterable[Theme]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Themes as the keys of those of the method, and as the names of the convention's own."""
    known = tuple(themes)
    return (
        tuple(f"theme.{one.code}" for one in known if one.name is None),
        tuple(one.name for one in known if one.name is not None),
    )


def _decisions(dossier: Dossier) -> Iterator[Findable]:
    """What the committees of the territory decided, whichever of its conventions it was for."""
    bodies = {one.body_id: one.name for one in what_the_committee_decided.bodies(dossier)}
    held = {
        (event.originator_id, event.meeting_id): event.occurred_on
        for _, event in dossier.of(SteeringBody, SteeringMeetingHeld)
    }
    for _, event in dossier.of(SteeringBody, SteeringDecisionRecorded):
        if event.originator_id in bodies:
            yield Findable(
                DECISION,
                f"{event.meeting_id}-{event.decision_id}",
                (bodies[event.originator_id],),
                (f"decision-kind.{event.kind}",),
                _sealed(event.text),
                held.get((event.originator_id, event.meeting_id), event.occurred_on),
            )


def _documents(dossier: Dossier) -> Iterator[Findable]:
    """Each document once, by the first fact that rests on it: « délibération » and the partner whose it is."""
    seen: set[str] = set()
    for stream in dossier.streams.values():
        if stream.state.is_annulled:
            continue
        for event in stream.once(_with_evidence):
            if isinstance(event, TerritoryAttached) and event.attached_territory_id != dossier.territory_id:
                continue
            for one in event.envelope.evidence:
                if one.sha256 not in seen:
                    seen.add(one.sha256)
                    codes = (f"fact.{event.TOPIC.removeprefix(TOPIC_PREFIX)}",)
                    yield Findable(
                        DOCUMENT, one.sha256, _named_by(dossier, event), codes, _sealed(one.title), event.occurred_on
                    )


def _with_evidence(stream: Stream) -> tuple[Event, ...]:
    return tuple(entry.event for entry in stream.entries if entry.event.envelope.evidence)


def _named_by(dossier: Dossier, event: Event) -> tuple[str, ...]:
    partner_id = getattr(event, "partner_id", None)
    if not isinstance(partner_id, UUID):
        return ()
    kept = dossier.register.partners.get(dossier.register.twins.get(partner_id, partner_id))
    return (kept.name,) if kept is not None else ()


def _sealed(title: Prose | None) -> str | None:
    """The sealed words; what is read from the log has no others."""
    return title.token if title is not None else None
