"""The routes of the application as it stands: what tests go through, so that a new one is tested by being there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from fastapi import FastAPI
from starlette.routing import BaseRoute, Mount, Route

from api.pages import acts
from api.pages.forms.places import RECORDS
from domain import roles
from domain.contested import RecordContested
from domain.contesting import ContestRecord
from domain.convention.signing import SignatureRecorded
from domain.corrections import AnnulEvent
from domain.kernel import COMMANDS, Actor, Command, Context, CorrectionProposed, RoleHeld
from domain.policy import Scope, permissions
from domain.values import Code, Prose
from tests.api.scene import Scene, login_of, person_of
from tests.projections.story import Story

API = "/api/v1"
DOCUMENTS = frozenset({"/api/v1/openapi.json", "/static"})
"""Served by the framework itself: the description of the API, and files that are the same for everybody."""


NO_FILE = "0" * 64
"""The fingerprint of no file."""

NAMED = {
    "code": "en",
    "sha256": NO_FILE,
    "token": "abcd-efgh-jkmn-pqrs-tuvw-xyz2-3456",
    "name": "cnaf-2020",
    "version": "1",
    "sheet_code": "aucune",
    "indicator_id": "00000000-0000-5000-8000-000000000000",
    "review_id": "00000000-0000-5000-8000-000000000000",
    "meeting_id": "m1",
    "step": "suites",
    "sent": "decisions",
}
"""What addresses name beside ids: a language, no file, a link that opens nothing, a method, no sheet, no indicator,
no review; the first meeting of the committee, what follows it, and where its decisions are sent."""

PROPOSALS = tuple(form.name for form in acts.forms_in("proposals"))
CONTESTATIONS = tuple(form.name for form in acts.forms_in("contestations"))


@dataclass(frozen=True)
class Door:
    """One method at one address."""

    method: str
    path: str
    endpoint: Any

    @property
    def action(self) -> str | None:
        """What the route declares that it needs."""
        return getattr(self.endpoint, "policy", None)

    @property
    def shows_a_framework(self) -> bool:
        """Whether it tells of a framework itself, by page or API, and is no act on it."""
        return self.method == "GET" and (
            self.path.startswith(("/cadre/{which}", f"{API}/frameworks/{{framework_id}}/"))
        )

    @property
    def is_about_a_meeting_of_a_framework(self) -> bool:
        """Whether it is about one meeting of a framework: none was held here."""
        return self.path.startswith("/cadre/{which}/reunions/{meeting_id}")

    @property
    def is_api(self) -> bool:
        """Whether it belongs to the JSON API."""
        return self.path.startswith(API)

    def address(self, scene: Scene, about: Story | None = None) -> str:
        """Its address, about the territory told first or another one; about its convention's opening where it is about
        a record."""
        story = about or scene.here
        place = story.convention
        if self.path.startswith(("/territoires", "/pilotage")):
            place = story.territory
        elif self.path.startswith("/cadre"):
            place = story.framework
        stream: UUID = {
            "territories": story.territory,
            "frameworks": story.framework,
            "steering-bodies": story.body,
            "partners": story.cpam,
            "conventions": story.convention,
            "action-sheets": story.sheet,
            "streams": story.convention,
        }.get(self.path.removeprefix(f"{API}/").partition("/")[0], uuid4())
        query = ""
        if self.is_about_a_record:
            stream = story.convention
            if self.answers_a_proposal:
                query = f"?proposal_id={proposal(scene)}"
            elif self.is_about_a_contestation:
                query = f"?contestation_id={contestation(scene)}"
            elif "/actes/" in self.path:
                (opening, *_) = scene.house.steering.events_of(stream)
                query = f"?target_id={opening.envelope.event_id}"
        account_id = place
        if "{account_id}" in self.path:
            account = scene.house.accounts.find(login_of(roles.COMMITTEE_MEMBER))
            assert account is not None
            account_id = account.account_id
        path = self.path.format(
            place_id=place,
            convention_id=story.convention,
            framework_id=story.framework,
            stream_id=stream,
            siren=scene.siren_of(story),
            which=place if self.path.startswith("/cadre") else story.convention,
            account_id=account_id,
            partner_id=story.cpam,
            **NAMED,
        )
        if path == f"{API}/search":
            query = "?q=forum"
        return path + query

    @property
    def is_a_table(self) -> bool:
        """Whether it gives a table to save, no page."""
        return self.path.endswith((".csv", ".xlsx", ".ods"))

    @property
    def is_about_a_file(self) -> bool:
        """Whether it gives a file: none is kept here."""
        return "{sha256}" in self.path

    @property
    def is_about_a_sheet(self) -> bool:
        """Whether it shows one sheet, indicator or review: none is named here."""
        return any(one in self.path for one in ("{sheet_code}", "{indicator_id}", "{review_id}"))

    @property
    def is_about_a_record(self) -> bool:
        """Whether it acts on an event, or leads to the page that shows one."""
        return self.path.startswith(f"/{RECORDS}/")

    @property
    def has_moved(self) -> bool:
        """Whether it is an older address of a page of a territory."""
        older = self.path.startswith(("/conventions/", "/territoires/"))
        return older and not self.is_api and "/actes/" not in self.path

    @property
    def answers_a_proposal(self) -> bool:
        """Whether it confirms or refuses what somebody proposed."""
        return self.is_about_a_record and self.path.endswith(PROPOSALS)

    @property
    def is_about_a_contestation(self) -> bool:
        """Whether it answers a contestation, keeps what is contested, or takes the contestation back."""
        return self.is_about_a_record and self.path.endswith(CONTESTATIONS)


def proposal(scene: Scene) -> UUID:
    """A proposal on the convention told first: to annul the signature that does not count."""
    recorded = scene.house.steering.events_of(scene.here.convention)
    made = [one for one in recorded if isinstance(one, CorrectionProposed)]
    if not made:
        wrong = [one for one in recorded if isinstance(one, SignatureRecorded)][-1]
        return _said(scene, AnnulEvent(stream_id=scene.here.convention, target_id=wrong.envelope.event_id))
    return made[0].envelope.event_id


def contestation(scene: Scene) -> UUID:
    """What the Caf contests of the convention told first: that it was opened as the record says."""
    here = scene.here
    (opening, *_) = recorded = scene.house.steering.events_of(here.convention)
    made = [one for one in recorded if isinstance(one, RecordContested)]
    if not made:
        contested = ContestRecord(stream_id=here.convention, target_id=opening.envelope.event_id, partner_id=here.caf)
        return _said(scene, contested)
    return made[0].envelope.event_id


def _said(scene: Scene, command: Command) -> UUID:
    """The event of what the pilot says of a record of the convention told first."""
    pilot = Actor(person_of(roles.PILOT), (RoleHeld(roles.PILOT, scene.here.territory),))
    today = scene.clock.today()
    context = Context(actor=pilot, today=today, now=scene.clock.now(), reason=Prose("Saisie par erreur"))
    return scene.house.steering.execute(command, context).events[0].event_id


def doors(app: FastAPI) -> list[Door]:
    """Every route of the application."""
    return list(_doors(app.routes, ""))


def _doors(routes: list[BaseRoute], before: str) -> Iterator[Door]:
    for route in routes:
        if isinstance(route, Mount):
            if before + route.path not in DOCUMENTS:
                yield from _doors(list(route.routes), before + route.path)
        elif (included := getattr(route, "original_router", None)) is not None:
            yield from _doors(list(included.routes), before)
        elif isinstance(route, Route) and before + route.path not in DOCUMENTS:
            for method in sorted((route.methods or set()) - {"HEAD"}):
                yield Door(method, before + route.path, getattr(route, "endpoint", None))


def expected(action: str, role: str, *, is_tool: bool = False) -> bool:
    """Whether the table lets a role do something somewhere, read straight from its lines; a key gives no role."""
    if is_tool and action in COMMANDS and COMMANDS[action].OF_PEOPLE:
        return False
    reached = {
        roles.ADMINISTRATOR: set(Scope),
        roles.FRAMEWORK_PILOT: set(Scope) - {Scope.INSTANCE},
        roles.FRAMEWORK_CO_PILOT: set(Scope) - {Scope.INSTANCE},
    }.get(Code(role), {Scope.TERRITORY, Scope.PARTNER, Scope.OWN})
    return any(line.action == action and role in line.roles and line.scope in reached for line in permissions())
