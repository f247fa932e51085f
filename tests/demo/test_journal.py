"""Every event of the demonstration stands in the journal of everything it concerns, and in no other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from domain.action_sheets.state import ActionSheet
from domain.agenda import Agenda
from domain.claims.calendar import Claims
from domain.convention.state import TerritorialConvention
from domain.counsel.counsel import Counsel
from domain.diagnosis.content import DiagnosisContent
from domain.frameworks import FrameworkConvention, TerritoryAttached
from domain.indicators.indicator import Indicator
from domain.indicators.satisfaction import Satisfaction
from domain.kernel import Event
from domain.lead_roles.leading import LeadRoles
from domain.participation.participation import TerritoryParticipation
from domain.partners import Partner
from domain.perimeters import PerimeterReserved
from domain.pledges.pledge import Pledge
from domain.profiles import PublishedProfile
from domain.steering import SteeringBody
from domain.territories import Territory
from projections.what_happened import trail_of
from tests.demo.telling import Telling


def concerned(states: Mapping[UUID, object], event: Event) -> set[UUID]:
    """The conventions that an event is about, told from what it says and from the streams as they stand."""
    conventions = {one: state for one, state in states.items() if isinstance(state, TerritorialConvention)}
    if isinstance(event, PerimeterReserved):
        return {event.convention_id}
    state = states[event.originator_id]
    match state:
        case TerritorialConvention():
            return {state.id}
        case Agenda(subject_id=about) if about is not None:
            return {about} & conventions.keys()
        case ActionSheet() | Pledge() | Claims() | Indicator() | Satisfaction():
            return {state.convention_id}
        case SteeringBody() | Territory() | DiagnosisContent() | TerritoryParticipation() | LeadRoles() | Counsel():
            return {one for one, each in conventions.items() if each.territory_id == state.territory_id}
        case FrameworkConvention():
            followed = {event.attached_territory_id} if isinstance(event, TerritoryAttached) else {*state.territories}
            return {one for one, each in conventions.items() if each.territory_id in followed}
        case PublishedProfile():
            name = (state.profile.name, state.profile.version)
            return {one for one, each in conventions.items() if each.profile_key == name}
        case Partner():
            owned = defaultdict(set)
            for sheet in states.values():
                if isinstance(sheet, ActionSheet):
                    owned[sheet.convention_id].add(sheet.owner_id)
            return {
                one
                for one, each in conventions.items()
                if state.id in {*each.holders, *each.signatories, *owned.get(one, ())}
            }
    return set()


def test_each_event_stands_where_it_belongs(telling: Telling) -> None:
    dossiers = telling.reader.dossiers(telling.reader.conventions())
    told: dict[UUID, set[UUID]] = defaultdict(set)
    for one, dossier in dossiers.items():
        for entry in trail_of(dossier):
            told[entry.event.envelope.event_id].add(one)
    states = {stream: telling.steering.load(stream) for stream in {event.originator_id for _, event in telling.log}}
    nowhere = []
    for _, event in telling.log:
        wanted = concerned(states, event)
        assert told[event.envelope.event_id] == wanted, event.TOPIC
        if not wanted:
            nowhere.append(event.TOPIC)
    # What is of no convention: territories without one, partners that none names, registers that begin, what is of the
    # framework as a whole.
    kinds = {
        "territory",
        "partner",
        "partner-key",
        "perimeter-register",
        "framework",
        "agenda",
        "steering-body",
        "delegation",
        "lead-role",
        "counsel",
    }
    assert {topic.split(".")[1] for topic in nowhere} <= kinds
