"""Two frameworks in one store, and who may do what: every role, wherever it is held, at every door, of every place.

What is expected is read from the lines of the policy table and from where each role is held, in plain words of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import count
from typing import Any, Final
from uuid import UUID, uuid4

from starlette.testclient import TestClient

from api.access import PUBLIC, SIGNED_IN, cookie_name
from api.examples import example_of
from domain import roles
from domain.action_sheets.funding import FundingPledged
from domain.assignments import AssignFrameworkRole, AssignTerritoryRole
from domain.claims.calendar import Claims, claim_id_of, claims_stream
from domain.counsel.counsel import counsel_stream
from domain.delegations.granting import RevokeDelegation
from domain.diagnosis.answering import OnData
from domain.diagnosis.content import diagnosis_stream
from domain.diagnosis.finding import ShowsSomething
from domain.frameworks import AttachTerritory, OpenFrameworkConvention
from domain.indicators.indicator import Indicator
from domain.kernel import COMMANDS, Actor, RoleHeld
from domain.lead_roles.leading import lead_roles_stream
from domain.participation.participation import participation_stream
from domain.policy import Scope, permissions
from domain.steering import ConstituteSteeringBody
from domain.steering.answering import AnswerInvitation
from domain.values import Code, PublicName
from tests.api.routes import API, NAMED, Door, doors
from tests.api.scene import NOW, PASSWORD, Scene
from tests.projections.beside_the_plan import (
    DATA,
    contest_lead,
    delegation_of,
    indicator_of,
    pledge_of,
    tell_claims,
    tell_contribution,
    tell_data,
    tell_delegation,
    tell_diagnosis,
    tell_framework_pledge,
    tell_indicator,
    tell_note,
    tell_pledge,
    tell_training,
)
from tests.projections.story import Story

BEYOND_SIREN: Final = Code("243100518")
HERE, THERE, BEYOND, FIRST, SECOND, INSTANCE = "here", "there", "beyond", "first", "second", "instance"
REACH: Final = {
    HERE: {HERE},
    THERE: {THERE},
    BEYOND: {BEYOND},
    FIRST: {FIRST, HERE, THERE},
    SECOND: {SECOND, BEYOND},
    INSTANCE: {FIRST, SECOND, HERE, THERE, BEYOND},
}
"""What a role held somewhere reaches: a framework's, itself and what it follows."""
FOLLOWED_BY: Final = {HERE: FIRST, THERE: FIRST, BEYOND: SECOND}
"""Whoever reads a territory may open the page of its framework too, where the other territories are only counted."""

_number = count()


@dataclass
class Ground:
    """The told store with a second framework, which follows a territory of its own with a convention just opened."""

    scene: Scene
    beyond: Story

    def territory(self, place: str) -> UUID:
        """A territory by its place."""
        return {HERE: self.scene.here, THERE: self.scene.there, BEYOND: self.beyond}[place].territory

    def story(self, place: str) -> Story:
        """What was told of a territory."""
        return {HERE: self.scene.here, THERE: self.scene.there, BEYOND: self.beyond}[place]

    def framework(self, place: str) -> UUID:
        """A framework by its place."""
        return {FIRST: self.scene.here, SECOND: self.beyond}[place].framework


def ground(scene: Scene) -> Ground:
    """Tell of the second framework."""
    beyond = Story(scene.house.engine)
    beyond.caf, beyond.epci, beyond.cpam = scene.here.caf, scene.here.epci, scene.here.cpam
    beyond.territory = beyond.register(BEYOND_SIREN, "CC Le Grand Ouest Toulousain", "31291")
    beyond.pilot = Actor(uuid4(), (RoleHeld(roles.PILOT, beyond.territory),))
    beyond.tell(
        ConstituteSteeringBody(
            stream_id=beyond.body, home_territory_id=beyond.territory, kind=Code("COPIL"), name=PublicName("COPIL")
        )
    )
    beyond.open(date(2026, 1, 5), date(2026, 1, 1))
    beyond.tell(
        OpenFrameworkConvention(
            stream_id=beyond.framework,
            name=PublicName("CTG de la Haute-Garonne"),
            department=Code("31"),
            signatories=(beyond.caf,),
            profile_name=Code("cnaf-2020"),
            profile_version=1,
            effective_from=date(2023, 1, 1),
            effective_to=date(2027, 12, 31),
        ),
        beyond.administrator,
    )
    attach = AttachTerritory(stream_id=beyond.framework, attached_territory_id=beyond.territory)
    beyond.tell(attach, beyond.administrator)
    for story in (scene.here, beyond):
        tell_framework_pledge(story, scene.here.caf)
        tell_training(story)
    for story in (scene.here, scene.there, beyond):
        tell_pledge(story, scene.here.caf)
        tell_indicator(story, scene.here.caf)
        tell_claims(story, scene.here.caf)
        tell_delegation(story, scene.here.caf)
        tell_data(story, scene.here.caf)
        tell_contribution(story)
        contest_lead(story, scene.here.caf)
        tell_note(story, scene.here.caf)
        tell_diagnosis(story, scene.here.caf)
    scene.house.reader.forget()
    return Ground(scene, beyond)


# --- who asks ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asker:
    """A role, where it is held, by a person in a browser or by a tool with a key."""

    role: str
    at: str
    is_tool: bool

    @property
    def partner(self) -> bool:
        """Whether it speaks for a partner, the Caf."""
        return self.role in roles.PARTNER_ROLES


def askers() -> list[Asker]:
    """Every role, wherever it can be held. A tool may hold a territory's role on all that a framework follows."""
    people = [(role, place) for place in (HERE, BEYOND) for role in roles.TERRITORY_ROLES]
    people += [(role, place) for place in (FIRST, SECOND) for role in roles.FRAMEWORK_ROLES]
    tools = [*people, *((role, place) for place in (FIRST, SECOND) for role in roles.TERRITORY_ROLES)]
    both = [(roles.ADMINISTRATOR, INSTANCE)]
    return [
        *(Asker(role, place, False) for role, place in (*people, *both)),
        *(Asker(role, place, True) for role, place in (*dict.fromkeys(tools), *both, (roles.AUDITOR, INSTANCE))),
    ]


def client_of(where: Ground, asker: Asker) -> TestClient:
    """Whoever asks, let in."""
    scene = where.scene
    client = scene.stranger()
    partner_id = scene.here.caf if asker.partner else None
    if asker.is_tool:
        place: dict[str, Any] = {"on_instance": True}
        if asker.at in (FIRST, SECOND):
            place = {"framework_id": where.framework(asker.at)}
        elif asker.at != INSTANCE:
            place = {"territory_id": where.territory(asker.at)}
        issued = scene.house.api_keys.issue(
            "matrice", asker.role, NOW + timedelta(days=9), NOW, partner_id=partner_id, **place
        )
        client.headers["Authorization"] = f"Bearer {issued.token}"
        return client
    person_id, login = uuid4(), f"matrice{next(_number)}"
    scene.house.vault.register_person("Camille", "camille@exemple.invalid", person_id=person_id)
    administers = asker.at == INSTANCE
    account_id = scene.house.accounts.create(login, person_id, PASSWORD, NOW, is_administrator=administers)
    given = {"role": Code(asker.role), "person_id": person_id, "partner_id": partner_id}
    if asker.at in (FIRST, SECOND):
        act: Any = partial(AssignFrameworkRole, stream_id=where.framework(asker.at))
    elif not administers:
        act = partial(AssignTerritoryRole, stream_id=where.territory(asker.at))
    if not administers:
        where.beyond.tell(act(**given), where.beyond.administrator)
    session = scene.house.sessions.open(account_id, scene.clock.now())
    client.cookies.set(cookie_name(scene.house.settings.https), session.token)
    return client


# --- what is asked ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Question:
    """One door about one place: a territory, a framework, or nothing in particular (None)."""

    door: Door
    about: str | None

    @property
    def action(self) -> str:
        """What it needs."""
        return str(self.door.action)


def questions(where: Ground) -> list[Question]:
    """Every door of the application, about every place that it can be about. Forms are only looked at."""
    found = []
    for door in doors(where.scene.app):
        if door.action not in (PUBLIC, SIGNED_IN) and (door.is_api or door.method == "GET"):
            found += [Question(door, place) for place in places_of(door)]
    return found


def places_of(door: Door) -> tuple[str | None, ...]:
    """The places that a door can be about."""
    parts = door.path.removeprefix(API).strip("/").split("/")
    of_no_place = door.is_about_a_file and "{siren}" not in door.path
    if "{" not in door.path or of_no_place or parts[0] in ("partenaires", "methods"):
        return (None,)
    if parts[0] in ("cadre", "frameworks"):
        return (FIRST, SECOND) if parts[-1] != "open-framework-convention" else (None,)
    if (
        parts[0] == "method-profiles"
        or parts[:2] == ["administration", "methodes"]
        or parts[-1] in ("register-territory", "merge-partners")
    ):
        return (None,)
    if parts[0] == "action-sheets" and parts[-1] != "draft-action-sheet":
        return (HERE,)  # only there is one written down
    return (HERE, THERE, BEYOND)


def status_of(where: Ground, client: TestClient, question: Question) -> int:
    """What is answered."""
    door = question.door
    body: dict[str, Any] = {}
    if door.is_api and door.method == "POST":
        body = {"json": body_of(where, question), "headers": {"Idempotency-Key": str(uuid4())}}
    return client.request(door.method, address_of(where, question), **body).status_code


def stream_of(kind: str, story: Story, place: str) -> UUID | None:
    """What was told of that kind there; None for what is found by its convention or its territory."""
    if kind == "action-sheets":
        return story.sheet if place == HERE else None
    told: dict[str, UUID] = {
        "steering-bodies": story.body,
        "pledges": pledge_of(story),
        "delegations": delegation_of(story),
        "diagnoses": diagnosis_stream(story.territory),
        "lead-roles": lead_roles_stream(story.territory),
        "participations": participation_stream(story.territory),
        "counsels": counsel_stream(story.territory),
        "claims": claims_stream(story.convention),
        "indicators": indicator_of(story),
    }
    return told.get(kind)


def address_of(where: Ground, question: Question) -> str:
    """Where it is asked."""
    place, path = question.about, question.door.path
    kind = path.removeprefix(API).strip("/").partition("/")[0]
    ids: dict[str, UUID] = dict.fromkeys(("place_id", "convention_id", "stream_id", "which", "framework_id"), uuid4())
    siren = ""
    if place in (FIRST, SECOND):
        ids = dict.fromkeys(ids, where.framework(place))
    elif place is not None:
        story = where.story(place)
        siren = where.scene.siren_of(story)
        ids = dict.fromkeys(
            ids, story.territory if kind in ("territoires", "territories", "pilotage") else story.convention
        )
        ids |= {"stream_id": stream} if (stream := stream_of(kind, story, place)) is not None else {}
    command = COMMANDS.get(question.action)
    if kind == "partners":
        ids["stream_id"] = where.scene.here.cpam
    if command is not None and command.STARTS and question.door.is_api:
        ids["stream_id"] = uuid4()
    address = path.format(**ids, **NAMED, siren=siren, account_id=uuid4(), partner_id=where.scene.here.caf)
    return f"{address}?q=forum" if path == f"{API}/search" else address


def body_of(where: Ground, question: Question) -> dict[str, Any]:
    """The example of the act, about the place, for the Caf where it is some partner's."""
    command = COMMANDS[question.action]
    body = dict(example_of(command))
    names = command.__dataclass_fields__
    if "home_territory_id" in names and question.about is not None:
        body["home_territory_id"] = str(where.territory(question.about))
    if "partner_id" in names:
        body["partner_id"] = str(where.scene.here.caf)
    if "contributor_id" in names:
        body["contributor_id"] = str(where.scene.here.caf)
    if "funder_id" in names:
        body["funder_id"] = str(where.scene.here.caf)
    if "claim_id" in names and question.about is not None:
        convention_partners = (where.scene.here.cpam, where.scene.here.caf)
        body["claim_id"] = claim_id_of(*convention_partners, 2026, "FORECAST")
    if "data_id" in names and not command.STARTS:
        body["data_id"] = DATA
    if "line_id" in names and command.RECORDS is not FundingPledged:
        body["line_id"] = "z9"  # one that an earlier question of the same test wrote down would be some partner's
    return body


# --- what is expected -------------------------------------------------------------------------------------------------


def expected(asker: Asker, question: Question) -> tuple[int, ...]:
    """The statuses that are right: 403 for what the role does nowhere, 404 for a place that does not exist for it, 403
    for what it does not do there; else any answer that comes after the door."""
    command = COMMANDS.get(question.action)
    if asker.is_tool is not question.door.is_api:
        return (401,) if question.door.is_api else (303,)
    if command is not None and command.OF_PEOPLE and asker.is_tool:
        return (403,)
    somewhere = [line for line in permissions() if line.action == question.action and fits(asker, line.scope)]
    lines = [line for line in somewhere if asker.role in line.roles]
    if not lines:
        return (403,)
    after: tuple[int, ...] = (200,) if question.door.method == "GET" else AFTER
    if question.door.path.startswith("/enregistrements"):
        # It leads to the page of what an event was recorded on; a form about a mistake wants the event, and has none.
        after = (303,) if question.door.path.endswith("{stream_id}") else (200, 404)
    if question.door.has_moved:
        after = (303,)
    if question.door.is_about_a_file:  # none is kept, and no place is named: who may is told apart all the same
        after = (404,) if question.door.method == "GET" else (400,)
    if "{account_id}" in question.door.path:
        return (404,)  # an account that there is not
    not_met = (BEYOND, FIRST, SECOND)
    if question.door.is_about_a_sheet or ("{meeting_id}" in question.door.path and question.about in not_met):
        after = (404,)  # where a convention was just opened, and on a framework, nobody has met
    if question.about is None:
        return after
    reach = REACH[asker.at]
    if question.door.shows_a_framework:
        reach = reach | {FOLLOWED_BY[one] for one in reach if one in FOLLOWED_BY}
    if question.about not in reach:
        return (404,)
    own = [line for line in lines if line.scope is not Scope.PARTNER or speaks_in(question)]
    if question.door.is_api and question.action == AnswerInvitation.NAME:  # nobody of the ground sits anywhere
        own = [line for line in own if line.scope is not Scope.OWN]
    return after if own else (403,)


AFTER: Final = (200, 400, 409, 412, 422)
"""What is answered to whoever is let through, whatever becomes of it."""


def fits(asker: Asker, scope: Scope) -> bool:
    """Whether a role held there is held where a line of the table wants it."""
    if asker.at == INSTANCE:
        return asker.role in (roles.ADMINISTRATOR, roles.AUDITOR)
    if scope is Scope.INSTANCE:
        return False
    if scope is Scope.FRAMEWORK:
        return asker.at in (FIRST, SECOND)
    return scope is not Scope.PARTNER or asker.partner


def speaks_in(question: Question) -> bool:
    """Whether the act is the Caf's own; a form is shown to whoever may fill it for their partner."""
    command = COMMANDS.get(question.action)
    if not question.door.is_api or command is None:
        return not question.door.is_api
    ours = command.AGGREGATE in (Indicator, Claims)  # the Caf holds the data, asks for the claim and is asked for it
    ours |= command is RevokeDelegation  # what it delegated itself
    ours |= issubclass(command, OnData) and command.OWN  # what it was asked for
    ours |= issubclass(command, ShowsSomething)  # what it brings
    return "partner_id" in command.__dataclass_fields__ or ours


def everything(where: Ground) -> Iterator[tuple[Asker, Question]]:
    """The whole matrix."""
    asked = questions(where)
    for asker in askers():
        for question in asked:
            if asker.is_tool is question.door.is_api:
                yield asker, question


def deviations(where: Ground, cells: list[tuple[Asker, Question]]) -> list[tuple[object, ...]]:
    """The answers that are not as expected."""
    clients: dict[Asker, TestClient] = {}
    wrong: list[tuple[object, ...]] = []
    for asker, question in cells:
        client = clients.get(asker) or clients.setdefault(asker, client_of(where, asker))
        status, right = status_of(where, client, question), expected(asker, question)
        if status not in right:
            wrong.append((asker, f"{question.door.method} {question.door.path}", question.about, status, right))
    return wrong
