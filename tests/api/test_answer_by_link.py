"""A town clerk without an account does the one act asked, by a link that came by mail, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from uuid import UUID, uuid4

import pytest
from httpx2 import Response
from sqlalchemy import select
from starlette.testclient import TestClient

from api.app import create_app
from api.pages.answering.throttle import MOST_WRONG as MOST_FROM_ONE_MACHINE
from ctg_engine.mailing import posting
from domain import roles
from domain.action_sheets.following import ActionStatusReported, CompleteAction
from domain.claims.calendar import claim_id_of
from domain.claims.sending import ClaimSent
from domain.convention.authorising import MandateRecorded
from domain.convention.saying_no import MandateRefused
from domain.endings import EndTerritoryRole
from domain.kernel import Event, Origin
from tests.api.forms import Form, forms_of
from tests.api.routes import proposal
from tests.api.scene import ELSEWHERE, Scene, assign
from tests.projections.beside_the_plan import tell_claims
from tests.unit.office_files import PDF
from tests.workflows.post_office import PostOffice, said_in
from workflows import schema
from workflows.act_links import LASTING, ActLinks, Asked, Question
from workflows.database import DatabaseUnavailable
from workflows.delivery.queueing import queue_letters
from workflows.links import MOST_WRONG

CLERK = "lou@mairie.example"


@dataclass
class Town:
    """A territory whose EPCI has a clerk who never comes in, beside a real mail server."""

    scene: Scene
    office: PostOffice
    clerk: UUID

    def post(self) -> None:
        """The letters that wait leave."""
        posting(self.scene.house)()

    def letters(self) -> list[str]:
        """What the clerk got, in order."""
        return [said_in(one) for one in self.office.received if one["To"].addresses[0].addr_spec == CLERK]

    def link(self) -> str:
        """The link of the last letter, from its host on."""
        base = re.escape(self.scene.house.settings.public_url)
        found = re.findall(rf"{base}(/repondre/[a-z0-9-]+)", self.letters()[-1])
        assert found, self.letters()
        return str(found[0])

    def partner_page(self) -> str:
        """The partner's page on the convention."""
        return f"{self.scene.page_of(self.scene.there, 'partners')}/{self.scene.there.epci}"

    def ask(self) -> TestClient:
        """The pilot asks on purpose."""
        pilot = self.scene.browser(ELSEWHERE)
        form = self.form(pilot, "ask")
        values = {"csrf_token": form.one("csrf_token"), "ask": str(self.clerk)}
        assert pilot.post(form.action, data=values).status_code == 303
        return pilot

    def form(self, pilot: TestClient, name: str) -> Form:
        """The form of the partner's page with a button of that name."""
        page = pilot.get(self.partner_page()).text
        assert f'name="{name}"' in page, page
        return next(one for one in forms_of(page) if one.action == self.partner_page())

    def asked(self) -> str:
        """The pilot asked, and the letter left."""
        self.ask()
        self.post()
        return self.link()

    def answered(self) -> list[Event]:
        """What was recorded by links."""
        return [one for one in self.scene.events() if one.envelope.origin is Origin.LINK]


@pytest.fixture
def town(scene: Scene) -> Iterator[Town]:
    """The clerk speaks for the EPCI there; nobody has an account for them."""
    clerk = scene.house.vault.register_person("Lou Greffe", CLERK)
    assign(scene.there, roles.PARTNER_REPRESENTATIVE, clerk, scene.there.epci)
    scene.house.reader.forget()
    office = PostOffice()
    office.start()
    server = {"smtp_host": "127.0.0.1", "smtp_port": office.port, "smtp_tls": "none", "mail_sender": "ctg@gers.example"}
    house = replace(scene.house, settings=scene.house.settings.model_copy(update=server))
    try:
        yield Town(replace(scene, house=house, app=create_app(house.services())), office, clerk)
    finally:
        office.stop()


def send(client: TestClient, path: str, *, which: str = "record-mandate", **typed: str | list[str]) -> Response:
    """What the clerk types, as the page's form asks it."""
    values: dict[str, str | list[str]] = {
        "kind": "COMMUNITY_COUNCIL",
        "covers": "CONVENTION",
        "occurred_on": "2026-05-20",
        **typed,
    }
    files = {"evidence.0.file": ("délibération.pdf", PDF, "application/pdf")}
    return client.post(f"{path}?reponse={which}", data=values, files=files)


def test_a_clerk_without_an_account_gives_the_deliberation_and_gets_a_receipt(town: Town) -> None:
    pilot = town.ask()
    town.post()
    path, clerk = town.link(), town.scene.stranger()
    assert "Camille" in town.letters()[0], "it says who asks"
    for _ in range(2):  # the filter of the mail server, then the clerk
        shown = clerk.get(path)
        assert shown.status_code == 200, shown.text
    assert "au nom de CC de la Gascogne Toulousaine" in shown.text and "Lou Greffe" in shown.text
    assert (shown.headers["cache-control"], shown.headers["referrer-policy"]) == ("no-store", "no-referrer")
    assert "set-cookie" not in shown.headers
    assert 'name="partner_id"' not in shown.text, "for that partner, and no other"
    assert "ouvert le" in pilot.get(town.partner_page()).text

    wrong = send(clerk, path, occurred_on="", votes_for="31")
    assert wrong.status_code == 400
    assert 'value="31"' in wrong.text and "délibération.pdf" in wrong.text, "nothing typed is lost"
    elsewhere = clerk.post(path, data={"kind": "COMMUNITY_COUNCIL"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert (elsewhere.status_code, town.answered()) == (403, [])

    sent = send(clerk, path, votes_for="31", partner_id=str(town.scene.there.caf))
    assert sent.status_code == 303, sent.text
    (event,) = (one for one in town.answered() if isinstance(one, MandateRecorded))
    envelope, told = event.envelope, (event.partner_id, event.votes_for, event.occurred_on)
    assert told == (town.scene.there.epci, 31, date(2026, 5, 20))
    assert (envelope.actor_id, envelope.on_behalf_of) == (town.clerk, town.scene.there.epci)
    assert envelope.actor_role == roles.PARTNER_REPRESENTATIVE
    fingerprint = sha256(PDF).hexdigest()
    receipt = clerk.get(sent.headers["location"])
    assert receipt.status_code == 200 and fingerprint in receipt.text and "Vérifier" in receipt.text
    town.office.received.clear()
    town.post()
    assert fingerprint in town.letters()[0] and "Reçu" in town.office.received[0]["Subject"]

    assert send(clerk, path).status_code == 410
    again = clerk.get(path)
    assert (again.status_code, "Vous avez déjà répondu" in again.text) == (410, True)
    assert len(town.answered()) == 1
    assert "répondu le" in pilot.get(town.partner_page()).text
    assert "lien à usage unique" in pilot.get(town.scene.page_of(town.scene.there, "journal")).text


def test_a_clerk_gets_the_receipt_of_what_was_recorded_although_the_database_went_away_just_after(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_: object) -> None:
        raise DatabaseUnavailable("the server closed the connection")

    path, clerk = town.asked(), town.scene.stranger()
    with monkeypatch.context() as patch:
        patch.setattr(ActLinks, "used", lost)
        assert send(clerk, path).status_code == 503
    again = send(clerk, path)
    assert (again.status_code, "Vous avez déjà répondu" in again.text) == (410, True)
    assert clerk.get(f"{path}/recu").status_code == 200
    assert len(town.answered()) == 1
    town.office.received.clear()
    town.post()
    (receipt,) = town.letters()
    assert sha256(PDF).hexdigest() in receipt


def test_a_decision_that_lacks_its_executory_day_is_shown_as_it_was_said_and_given_that_day(town: Town) -> None:
    town.scene.there.mandate(town.scene.there.epci, date(2026, 5, 20))
    town.scene.house.reader.forget()
    path, clerk = town.asked(), town.scene.stranger()
    shown = clerk.get(path).text
    assert "La décision du 20 mai 2026 est enregistrée" in shown and 'value="2026-05-20"' in shown
    sent = send(clerk, path, covers=["CONVENTION", "PLAN"], executory_on="2026-05-26")
    assert sent.status_code == 303, sent.text
    (event,) = (one for one in town.answered() if isinstance(one, MandateRecorded))
    assert event.executory_on == date(2026, 5, 26)


def test_a_council_that_refused_says_so_by_the_same_link(town: Town) -> None:
    path, clerk = town.asked(), town.scene.stranger()
    assert "Elle est refusée" in clerk.get(path).text
    sent = send(clerk, path, which="record-mandate-refusal", votes_against="12")
    assert sent.status_code == 303
    assert [type(one) for one in town.answered()] == [MandateRefused]


def test_two_links_of_one_request_answer_once_and_the_other_says_so(town: Town) -> None:
    first = town.asked()
    town.office.received.clear()
    town.scene.clock.moment += timedelta(hours=1)
    second = town.asked()
    assert first != second
    assert send(town.scene.stranger(), first).status_code == 303
    assert send(town.scene.stranger(), second).status_code == 410
    assert len(town.answered()) == 1


def test_a_link_opens_nothing_once_it_is_past_taken_back_dead_or_its_bearer_speaks_for_nobody(town: Town) -> None:
    path, clerk = town.asked(), town.scene.stranger()
    events = town.scene.event_count()

    def refused(words: str, status: int = 410) -> None:
        shown, sent = clerk.get(path), send(clerk, path)
        assert (shown.status_code, sent.status_code) == (status, status)
        assert words in shown.text and words in sent.text

    now = town.scene.clock.moment
    town.scene.clock.moment = now + LASTING
    refused("Ce lien a passé sa date")
    town.scene.clock.moment = now

    pilot = town.scene.browser(ELSEWHERE)
    form = town.form(pilot, "revoke")
    revoked = re.search(r'name="revoke" value="([^"]+)"', pilot.get(town.partner_page()).text)
    assert revoked is not None
    taken = {"csrf_token": form.one("csrf_token"), "revoke": revoked[1]}
    assert pilot.post(form.action, data=taken).status_code == 303
    refused("Ce lien a été repris")
    assert "repris le" in pilot.get(town.partner_page()).text

    town.office.received.clear()
    path = town.asked()
    for _ in range(MOST_WRONG):
        assert clerk.get(path[:-1] + ("a" if path[-1] != "a" else "b")).status_code == 404
    refused("Ce lien est bloqué")
    with town.scene.house.engine.connect() as connection:
        kept = str(connection.execute(select(schema.act_links)).all())
    assert path.rpartition("/")[2].replace("-", "")[8:] not in kept, "a copy of the database opens nothing"

    town.office.received.clear()
    path = town.asked()
    (given,) = (one for one in town.scene.events() if getattr(one, "person_id", None) == town.clerk)
    end = EndTerritoryRole(stream_id=town.scene.there.territory, assignment_id=given.envelope.event_id)
    town.scene.there.tell(end, town.scene.there.administrator)
    town.scene.house.reader.forget()
    refused("Ce lien a été repris")
    assert town.scene.event_count() == events + 1


def test_whoever_sent_a_link_is_not_shown_the_page_of_before(town: Town) -> None:
    """A link is no fact: nothing else would say that the page has changed."""
    page = town.scene.browser(ELSEWHERE).get(town.partner_page())
    assert ("etag" in page.headers, page.headers["cache-control"]) == (False, "no-store")


def test_a_link_that_came_too_late_says_that_nothing_is_left_to_answer(town: Town) -> None:
    path = town.asked()
    town.scene.there.mandate(town.scene.there.epci, date(2026, 5, 20), date(2026, 5, 28))
    town.scene.house.reader.forget()
    shown = town.scene.stranger().get(path)
    assert (shown.status_code, "plus rien à répondre" in shown.text) == (410, True)


def test_whoever_tries_tokens_from_one_machine_is_made_to_wait(town: Town) -> None:
    path = town.asked()
    guesser = TestClient(town.scene.app, client=("192.0.2.7", 4000), follow_redirects=False)
    for _ in range(MOST_FROM_ONE_MACHINE):
        assert guesser.get("/repondre/abcd-efgh-jkmn-pqrs-tuvw-xyz2-3456").status_code == 404
    assert guesser.get(path).status_code == 503
    other = TestClient(town.scene.app, client=("192.0.2.8", 4000), follow_redirects=False)
    assert other.get(path).status_code == 200, "nobody else waits for it"


def test_nobody_but_who_steers_asks_by_link_and_only_whom_speaks_for_the_partner(town: Town) -> None:
    pilot = town.scene.browser(ELSEWHERE)
    form = town.form(pilot, "ask")
    stranger = {"csrf_token": form.one("csrf_token"), "ask": str(town.scene.there.caf)}
    assert pilot.post(form.action, data=stranger).status_code == 400
    officer = town.scene.browser(roles.COOPERATION_OFFICER)
    assert officer.post(form.action, data=stranger).status_code in (403, 404)
    member = town.scene.browser(roles.FRAMEWORK_PILOT)
    assert "Demander par lien" not in member.get(town.partner_page()).text
    town.post()
    assert town.letters() == []


@pytest.mark.parametrize("which", ["confirm-correction", "refuse-correction"])
def test_an_adviser_without_an_account_settles_a_correction_by_link_and_gets_a_receipt(town: Town, which: str) -> None:
    scene = town.scene
    assign(scene.here, roles.CAF_ADVISER, town.clerk, scene.here.caf)
    scene.house.reader.forget()
    proposal_id = proposal(scene)
    queue_letters(scene.house.steering, scene.clock.now())
    scene.clock.moment += timedelta(minutes=6)
    town.post()
    path, clerk = town.link(), scene.stranger()
    assert f"reponse={which}" in clerk.get(path).text
    unsaid = clerk.post(f"{path}?reponse=refuse-correction", data={"reason": ""})
    assert (unsaid.status_code, town.answered()) == (400, []), "why not is said"
    sent = clerk.post(f"{path}?reponse={which}", data={"reason": "Vu avec la mairie", "proposal_id": str(town.clerk)})
    assert sent.status_code == 303, sent.text
    (settled,) = (one for one in town.answered() if getattr(one, "proposal_id", None) == proposal_id)
    assert (settled.envelope.actor_id, settled.envelope.actor_role) == (town.clerk, roles.CAF_ADVISER)
    assert clerk.get(sent.headers["location"]).status_code == 200
    town.office.received.clear()
    town.post()
    assert "Reçu" in town.office.received[-1]["Subject"]
    assert clerk.get(path).status_code == 410


# --- how an action stands, what was sent ------------------------------------------------------------------------------


def asked_of(town: Town, question: Question, about_id: UUID, partner_id: UUID | None = None) -> str:
    """The link that a reminder brings to the clerk, who speaks for the EPCI of a convention in force."""
    here = town.scene.here
    partner_id = partner_id or here.epci
    assign(here, roles.PARTNER_REPRESENTATIVE, town.clerk, partner_id)
    town.scene.house.reader.forget()
    asked = Asked(
        question=question,
        person_id=town.clerk,
        role=roles.PARTNER_REPRESENTATIVE,
        stream_id=here.convention,
        territory_id=here.territory,
        partner_id=partner_id,
        about_id=about_id,
    )
    return f"/repondre/{ActLinks(town.scene.house.engine).make(asked, town.scene.clock.now())}"


def test_a_partner_without_an_account_says_how_its_action_stands_and_gets_a_receipt(town: Town) -> None:
    here = town.scene.here
    path, clerk = asked_of(town, Question.STATUS, here.sheet), town.scene.stranger()
    shown = clerk.get(path)
    assert shown.status_code == 200, shown.text
    assert "Navette des parents" in shown.text and "au nom de CC de la Gascogne Toulousaine" in shown.text
    assert 'name="stream_id"' not in shown.text, "about that action, and no other"
    said = {"status": "POSTPONED", "occurred_on": "2026-05-20"}
    why = clerk.post(path, data=said)
    assert (why.status_code, town.answered()) == (400, []), "why it is put off is always told"
    assert 'value="2026-05-20"' in why.text, "nothing typed is lost"
    sent = clerk.post(path, data={**said, "motive": "Le local n’est pas prêt.", "stream_id": str(uuid4())})
    assert sent.status_code == 303, sent.text
    (event,) = town.answered()
    assert isinstance(event, ActionStatusReported)
    told = (event.originator_id, event.status, event.occurred_on, event.envelope.actor_id, event.envelope.on_behalf_of)
    assert told == (here.sheet, "POSTPONED", date(2026, 5, 20), town.clerk, here.epci)
    receipt = clerk.get(sent.headers["location"])
    assert receipt.status_code == 200 and "Navette des parents" in receipt.text
    town.post()
    assert "Navette des parents" in town.letters()[-1] and "Reçu" in town.office.received[-1]["Subject"]
    again = clerk.post(path, data={"status": "RUNNING", "occurred_on": "2026-05-21"})
    assert (again.status_code, "Vous avez déjà répondu" in again.text) == (410, True)
    assert len(town.answered()) == 1


def test_a_partner_without_an_account_says_that_a_claim_is_sent_and_gets_a_receipt(town: Town) -> None:
    here = town.scene.here
    tell_claims(here, here.epci)
    claim_id = claim_id_of(here.cpam, here.epci, 2026, "FORECAST")
    path, clerk = asked_of(town, Question.CLAIM, UUID(claim_id)), town.scene.stranger()
    shown = clerk.get(path)
    assert shown.status_code == 200, shown.text
    assert 'name="claim_id"' not in shown.text, "about that claim, and no other"
    undated = clerk.post(path, data={"occurred_on": ""})
    assert (undated.status_code, town.answered()) == (400, []), "whoever answers from afar says which day it was"
    sent = clerk.post(path, data={"occurred_on": "2026-05-20", "claim_id": "une autre"})
    assert sent.status_code == 303, sent.text
    (event,) = town.answered()
    assert isinstance(event, ClaimSent)
    assert (event.claim_id, event.operator_id, event.occurred_on) == (claim_id, here.epci, date(2026, 5, 20))
    assert clerk.get(sent.headers["location"]).status_code == 200
    assert clerk.get(path).status_code == 410


def test_a_link_about_an_action_opens_nothing_for_another_partner_or_once_it_was_said(town: Town) -> None:
    here, clerk = town.scene.here, town.scene.stranger()
    said = {"status": "RUNNING", "occurred_on": "2026-05-20"}
    of_another = asked_of(town, Question.STATUS, here.sheet, here.caf)
    for answer in (clerk.get(of_another), clerk.post(of_another, data=said)):
        assert (answer.status_code, "plus rien à répondre" in answer.text) == (410, True)
    own = asked_of(town, Question.STATUS, here.sheet)
    assert clerk.get(own).status_code == 200
    here.tell(CompleteAction(stream_id=here.sheet, occurred_on=date(2026, 5, 30)))
    town.scene.house.reader.forget()
    for answer in (clerk.get(own), clerk.post(own, data=said)):
        assert (answer.status_code, "plus rien à répondre" in answer.text) == (410, True)
    assert town.answered() == []
