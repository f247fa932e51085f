"""Many at once, in one form: said once for all, mended in the line, recorded at one press, told line by line."""

from __future__ import annotations

import html
from datetime import date, timedelta
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from api.pages.addresses import PARTNERS
from domain import roles
from domain.action_sheets.drafting import ActionSheetDrafted
from domain.convention.authorising import MandateRecorded
from domain.convention.opening import ConventionOpened
from domain.convention.saying_no import MandateRefused
from domain.convention.signing import SignatureRecorded
from domain.kernel import Event
from domain.partners import RegisterPartner
from domain.values import Code, PublicName
from tests.api.forms import Form, confirmed, form_of, open_form
from tests.api.scene import ELSEWHERE, PASSWORD, Scene, login_of
from tests.projections.story import Story
from tests.unit.office_files import PDF

SIGNED = ("convention-signee.pdf", PDF, "application/pdf")


@pytest.fixture
def story(scene: Scene) -> Story:
    """A plan to sign: the Caf may, the collectivity's decision lacks its day, the CPAM has decided nothing."""
    told = scene.there
    told.forum("fo1", date(2026, 3, 20))
    told.choose("p1", date(2026, 4, 2))
    told.plan(date(2026, 4, 21))
    told.mandate(told.caf, date(2026, 5, 4))
    told.mandate(told.epci, date(2026, 5, 5))
    return told


@pytest.fixture
def client(scene: Scene) -> TestClient:
    """The browser of its pilot."""
    return scene.browser(ELSEWHERE)


def together(story: Story, act: str) -> str:
    """The form of many of an act."""
    return f"/conventions/{story.convention}/actes/ensemble/{act}"


def seen(text: str) -> str:
    """A page as one reads it, spaces made one."""
    return " ".join(html.unescape(text).split())


def of(scene: Scene, story: Story, kind: type[Event]) -> list[Event]:
    """What was recorded of a kind on the convention."""
    return [one for one in scene.house.steering.events_of(story.convention) if isinstance(one, kind)]


def ceremony(client: TestClient, story: Story) -> Form:
    """The form of a ceremony, held on 12 May."""
    return open_form(client, together(story, "record-signature"))


def test_all_are_ticked_and_what_the_whole_would_change_is_said_before_anything_is_recorded(
    scene: Scene, story: Story, client: TestClient
) -> None:
    before = scene.event_count()
    form = ceremony(client, story)
    assert {name for name in form.values if name.endswith(".on")} == {
        f"lines.{one}.on" for one in (story.caf, story.epci, story.cpam)
    }
    shown = client.post(form.action, data=form.filled(occurred_on="2026-05-12", _add="nothing"))
    text = seen(shown.text)
    assert shown.status_code == 200
    assert "Irrégulière : mandat manquant" in text
    assert "Irrégulière : délibération non exécutoire" in text
    assert f"lines.{story.epci}.mandate.executory_on" in shown.text
    assert f"lines.{story.cpam}.mandate.occurred_on" in shown.text
    assert "Il manquera encore une signature requise" in text
    assert scene.event_count() == before


def test_a_mandate_is_mended_in_the_line_and_the_signature_counts(
    scene: Scene, story: Story, client: TestClient
) -> None:
    form = ceremony(client, story)
    sent = form.filled(occurred_on="2026-05-12")
    sent[f"lines.{story.epci}.mandate.executory_on"] = ["2026-05-08"]
    sent[f"lines.{story.cpam}.mandate.occurred_on"] = ["2026-05-02"]
    sent[f"lines.{story.cpam}.mandate.kind"] = ["DIRECTOR"]
    answer = client.post(form.action, data=sent)
    assert answer.status_code == 303, seen(answer.text)
    assert len(of(scene, story, SignatureRecorded)) == 3
    assert not any(one.envelope.irregularities for one in of(scene, story, SignatureRecorded))
    message = seen(client.get(answer.headers["location"]).text)
    assert "trois signatures" in message
    assert "CPAM du Gers : La signature est enregistrée." in message
    assert "Le plan d’actions est signé par tous." in message


def test_whoever_signed_another_day_or_did_not_come_is_said_in_its_line(
    scene: Scene, story: Story, client: TestClient
) -> None:
    form = ceremony(client, story)
    sent = form.filled(occurred_on="2026-05-12")
    sent[f"lines.{story.caf}.occurred_on"] = ["2026-05-10"]
    del sent[f"lines.{story.cpam}.on"], sent[f"lines.{story.epci}.on"]
    sent[f"lines.{story.cpam}.absent"] = ["Directrice retenue"]
    answer = client.post(form.action, data=sent)
    assert answer.status_code == 303
    (signed,) = of(scene, story, SignatureRecorded)
    assert signed.occurred_on == date(2026, 5, 10)
    with scene.house.engine.connect() as connection:
        assert signed.envelope.reason is not None
        said = scene.house.vault.open_texts({str(signed.envelope.reason.token)}, connection)
    assert list(said.values()) == ["Absent à la cérémonie\xa0: CPAM du Gers (Directrice retenue)."]


def test_one_line_that_is_wrong_keeps_all_from_being_recorded_and_nothing_typed_is_lost(
    scene: Scene, story: Story, client: TestClient
) -> None:
    before = scene.event_count()
    form = ceremony(client, story)
    sent = form.filled(occurred_on="2026-05-12")
    sent[f"lines.{story.caf}.occurred_on"] = ["un jour"]
    sent[f"lines.{story.epci}.mandate.executory_on"] = ["2026-05-01"]  # before it was adopted
    del sent[f"lines.{story.cpam}.on"]
    sent[f"lines.{story.cpam}.absent"] = ["Directrice retenue"]
    answer = client.post(form.action, data=sent)
    assert answer.status_code == 400
    assert "Caf du Gers :" in seen(answer.text)
    again = form_of(answer.text, form.action)
    assert again.one(f"lines.{story.caf}.occurred_on") == "un jour"
    sent[f"lines.{story.caf}.occurred_on"] = ["2026-05-11"]
    answer = client.post(form.action, data=sent)
    assert answer.status_code == 422
    assert "ne peut pas être exécutoire" in seen(answer.text)
    again = form_of(answer.text, form.action)
    assert again.one(f"lines.{story.epci}.mandate.executory_on") == "2026-05-01"
    assert again.one(f"lines.{story.cpam}.absent") == "Directrice retenue"
    assert f"lines.{story.cpam}.on" not in again.values
    assert scene.event_count() == before


def test_a_press_that_is_repeated_records_once_and_tells_the_same(
    scene: Scene, story: Story, client: TestClient
) -> None:
    form = ceremony(client, story)
    sent = form.filled(occurred_on="2026-05-12")
    first = client.post(form.action, data=sent)
    count = scene.event_count()
    second = client.post(form.action, data=sent)
    assert (second.status_code, second.headers["location"]) == (303, first.headers["location"])
    assert scene.event_count() == count
    other = client.post(form.action, data={**sent, "occurred_on": ["2026-05-11"]})
    assert other.status_code == 422
    assert "avait déjà été envoyé" in seen(other.text)
    assert scene.event_count() == count


def test_mandates_of_all_are_said_once_but_for_those_that_differ(
    scene: Scene, story: Story, client: TestClient
) -> None:
    form = open_form(client, together(story, "record-mandate"))
    assert f"lines.{story.caf}.executory_on" not in form.values, "its mandate is there"
    sent = form.filled(occurred_on="2026-05-12", executory_on="2026-05-20", _add="all")
    every = form_of(client.post(form.action, data=sent).text, form.action)
    assert {name for name in every.values if name.endswith(".on")} == {
        f"lines.{story.epci}.on",
        f"lines.{story.cpam}.on",
    }
    sent = every.filled()
    sent[f"lines.{story.cpam}.no"] = ["1"]
    sent[f"lines.{story.cpam}.votes_against"] = ["7"]
    answer = client.post(form.action, data=sent)
    assert answer.status_code == 303, seen(answer.text)
    mandate = of(scene, story, MandateRecorded)[-1]
    assert isinstance(mandate, MandateRecorded)
    assert (mandate.partner_id, mandate.occurred_on) == (story.epci, date(2026, 5, 5)), "its own day stays"
    assert mandate.executory_on == date(2026, 5, 20)
    (refused,) = of(scene, story, MandateRefused)
    assert isinstance(refused, MandateRefused)
    assert (refused.occurred_on, refused.votes_against, refused.kind) == (date(2026, 5, 12), 7, Code("DIRECTOR"))
    told = seen(client.get(answer.headers["location"]).text)
    assert "CPAM du Gers : Le refus est enregistré." in told


def test_a_file_for_all_is_kept_once_and_cited_by_each_line(scene: Scene, story: Story, client: TestClient) -> None:
    form = ceremony(client, story)
    sent = form.filled(occurred_on="2026-05-12")
    answer = client.post(form.action, data=sent, files={"evidence.0.file": SIGNED})
    assert answer.status_code == 303, seen(answer.text)
    documents = {one.sha256 for each in of(scene, story, SignatureRecorded) for one in each.envelope.evidence}
    assert len(documents) == 1
    assert client.get(f"/fichiers/{documents.pop()}").status_code == 200


def test_a_session_lost_in_a_form_by_lines_loses_nothing_but_its_files_which_is_said(
    scene: Scene, story: Story, client: TestClient
) -> None:
    form = ceremony(client, story)
    sent = form.filled(occurred_on="2026-05-12")
    sent[f"lines.{story.epci}.mandate.executory_on"] = ["2026-05-08"]
    del sent[f"lines.{story.cpam}.on"]
    scene.clock.moment += timedelta(hours=3)
    large = (SIGNED[0], PDF + b" " * 3_000_000, SIGNED[2])  # more than is read of a stranger
    refused = client.post(form.action, data=sent, files={"evidence.0.file": large})
    assert refused.status_code == 401
    entrance = form_of(refused.text, "/connexion").filled(identifier=login_of(ELSEWHERE), password=PASSWORD)
    back = client.post("/connexion", data=entrance)
    assert SIGNED[0] in back.text
    shown = client.post(form.action, data={**form_of(back.text, form.action).values, "_add": "nothing"})
    again = form_of(shown.text, form.action)
    assert again.one(f"lines.{story.epci}.mandate.executory_on") == "2026-05-08"
    assert f"lines.{story.cpam}.on" not in again.values
    assert f"lines.{story.caf}.on" in again.values
    assert "evidence.0.sha256" not in again.values, "a document that nobody has is not cited"
    assert client.post(form.action, data=again.values).status_code == 303
    assert len(of(scene, story, SignatureRecorded)) == 2


def test_the_page_of_partners_offers_both_to_whoever_may(scene: Scene, story: Story, client: TestClient) -> None:
    page = client.get(scene.page_of(story, PARTNERS)).text
    for act in ("record-mandate", "record-signature"):
        assert f'href="{together(story, act)}?retour=' in page


def test_a_convention_of_another_territory_is_unknown(scene: Scene, story: Story, client: TestClient) -> None:
    other = together(scene.here, "record-signature")
    assert client.get(other).status_code == 404
    assert client.post(other, data={}).status_code in (403, 404)


# --- the signatories of a convention that is opened -------------------------------------------------------------------


def signatories_of(form: Form) -> dict[str, tuple[bool, bool]]:
    """Each partner that is proposed to sign: whether it is ticked, and required."""
    found = {}
    for name, values in form.offered.items():
        if name.startswith("signatories.") and name.endswith(".partner_id") and name not in form.lists:
            required = name.replace("partner_id", "required")
            found[values[0]] = (name in form.values, required in form.values)
    return found


def opening(scene: Scene) -> str:
    """The form that opens the convention of the territory without one."""
    return f"/territoires/{scene.uncovered}/actes/open-convention"


def test_those_of_the_perimeter_are_proposed_to_sign_and_ticked_when_the_register_knows_them(scene: Scene) -> None:
    commune = scene.here.tell(
        RegisterPartner(
            stream_id=uuid4(),
            kind=Code("COMMUNE"),
            name=PublicName("Commune de L'Isle-Jourdain"),
            home_territory_id=scene.uncovered,
        ),
        scene.here.administrator,
    ).stream_id
    local = signatories_of(open_form(scene.browser(roles.FRAMEWORK_PILOT), opening(scene)))
    assert local[str(scene.here.caf)] == (True, True)
    assert local[str(commune)] == (True, True)
    assert local[str(scene.msa)] == (True, False)
    assert str(scene.here.cpam) not in local
    assert len(local) == 4, "the collectivity may be registered at the same press; the commune is known already"


def test_who_is_missing_in_the_register_is_registered_at_the_press_that_opens_the_convention(scene: Scene) -> None:
    client, before = scene.browser(roles.FRAMEWORK_PILOT), scene.event_count()
    form = open_form(client, opening(scene))
    assert form.values["holder_ids"], "the collectivity is proposed, though nobody registered it"
    again = form_of(client.post(form.action, data=form.filled(_add="signatories.all")).text, form.action)
    assert all(ticked for ticked, _ in signatories_of(again).values())
    wrong = client.post(form.action, data=again.filled(effective_from="jamais"))
    assert wrong.status_code == 400
    assert scene.event_count() == before, "nobody is registered by a form that is wrong"
    form = form_of(wrong.text, form.action)
    assert all(ticked for ticked, _ in signatories_of(form).values()), "and every box is still ticked"
    sent = form.filled(effective_from="2027-01-01", occurred_on="2026-05-20")
    summary = client.post(form.action, data=sent)
    assert "CC Val de Gers" in seen(summary.text)
    assert scene.event_count() == before, "nobody is registered before it is confirmed"
    answer = confirmed(client, summary, form.action)
    assert answer.status_code == 303, seen(answer.text)
    twice = {**sent, "_confirmed": "yes"}
    assert client.post(form.action, data=twice).headers["location"] == answer.headers["location"]
    assert "La convention est ouverte" in seen(client.get(answer.headers["location"]).text)
    opened = next(one for one in reversed(scene.events()) if isinstance(one, ConventionOpened))
    kinds = {one.kind for one in opened.signatories}
    assert {"CAF", "EPCI", "COMMUNE", "MSA"} <= kinds
    names = {one.name for one in scene.house.reader.register().partners.values()}
    assert "CC Val de Gers" in names


# --- rows -------------------------------------------------------------------------------------------------------------


def test_sheets_are_written_in_rows_what_is_common_once(scene: Scene, story: Story, client: TestClient) -> None:
    form = open_form(client, together(story, "draft-action-sheet"))
    more = form_of(client.post(form.action, data=form.filled(_add="lines")).text, form.action)
    assert "lines.9.title" in more.values, "five more rows"
    sent = more.filled(owner_id=str(story.epci), starts_on="2026-01-01", ends_on="2026-12-31", occurred_on="2026-04-20")
    for number, title in ((0, "Relais"), (7, "Navette")):
        sent |= {f"lines.{number}.title": [title], f"lines.{number}.priority_id": ["p1"]}
    sent["lines.7.owner_id"] = [str(story.caf)]
    sent["lines.7.ends_on"] = ["bientôt"]
    wrong = client.post(form.action, data=sent)
    assert wrong.status_code == 400
    assert "Fiche 8 :" in seen(wrong.text)
    again = form_of(wrong.text, form.action)
    assert (again.one("lines.7.title"), again.one("lines.7.ends_on")) == ("Navette", "bientôt")
    before = scene.event_count()
    sent["lines.7.ends_on"] = ["2026-06-30"]
    answer = client.post(form.action, data=sent)
    assert answer.status_code == 303, seen(answer.text)
    assert client.post(form.action, data=sent).headers["location"] == answer.headers["location"]
    assert scene.event_count() == before + 2
    first, second = (one for one in scene.events()[-2:] if isinstance(one, ActionSheetDrafted))
    assert (first.owner_id, second.owner_id) == (story.epci, story.caf)
    assert first.calendar is not None and second.calendar is not None
    assert (first.calendar.effective_to, second.calendar.effective_to) == (date(2026, 12, 31), date(2026, 6, 30))
    message = seen(client.get(answer.headers["location"]).text)
    assert "deux fiches" in message
    assert "Relais :" in message
    assert "Navette :" in message


def test_priorities_that_one_decision_chose_are_one_form_all_or_none(
    scene: Scene, story: Story, client: TestClient
) -> None:
    form = open_form(client, together(story, "choose-priority"))
    sent = form.filled(decided_in=form.offered["decided_in"][-1], occurred_on="2026-04-02")
    for number, theme in ((0, "PARENTING"), (1, "YOUTH")):
        sent |= {f"lines.{number}.title": [f"Priorité {theme}"], f"lines.{number}.themes": [theme]}
        sent[f"lines.{number}.findings"] = ["f1"]
    before = scene.event_count()
    refused = client.post(form.action, data=sent)
    assert refused.status_code == 422
    assert "Priorité 2 :" in seen(refused.text), "youth was not crossed"
    assert form_of(refused.text, form.action).one("lines.0.title") == "Priorité PARENTING"
    assert scene.event_count() == before
    sent |= {"lines.1.title": [""], "lines.1.themes": [""], "lines.1.findings": []}
    answer = client.post(form.action, data=sent)
    assert answer.status_code == 303, seen(answer.text)
    assert scene.event_count() == before + 1
