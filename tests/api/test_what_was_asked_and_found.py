"""What partners answer by their forms, and what tools read of data asked, of findings and of diagnoses."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain import roles
from domain.convention.forums import ConveneForum
from domain.diagnosis.content import diagnosis_stream
from domain.diagnosis.publishing import PublishDiagnosisVersion
from domain.values import Code, LocalId
from tests.api.forms import open_form
from tests.api.scene import ELSEWHERE, Scene
from tests.api.test_diagnosis_content import link_to, page_of
from tests.projections.beside_the_plan import DATA, DIAGNOSIS, FINDING, tell_data, tell_diagnosis

COUNTED = "confirmed__"


def asked_of(scene: Scene, question: str) -> Any:
    """What a tool of the pilot reads."""
    scene.house.reader.forget()
    answer = scene.tool(roles.PILOT).get(f"/api/v1/conventions/{scene.here.convention}/{question}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def send(scene: Scene, command: str, **typed: str) -> int:
    """The form of an act on data, from the line of the datum, filled and sent."""
    client, address = scene.browser(roles.PILOT), link_to(page_of(scene), "record-data-received", data_id=DATA)
    form = open_form(client, address.replace("record-data-received", command))
    return int(client.post(form.action, data=form.filled(**typed)).status_code)


def test_a_partner_promises_data_by_its_form_and_tools_read_the_day(scene: Scene) -> None:
    tell_data(scene.here, scene.here.caf)
    assert send(scene, "promise-data", promised_for="") == 400
    assert send(scene, "promise-data", promised_for="2027-01-15") == 303
    (told,) = asked_of(scene, "data-requests")
    assert (told["state"], told["promised_for"], told["awaited_on"]) == ("PROMISED", "2027-01-15", "2027-01-15")
    assert (told["what"], told["partner_id"]) == ("Places d’accueil par commune", str(scene.here.caf))


def test_a_partner_refuses_data_by_its_form_and_says_why(scene: Scene) -> None:
    tell_data(scene.here, scene.here.caf)
    assert send(scene, "refuse-data", motive="") == 400
    assert send(scene, "refuse-data", motive="Le secret statistique s’y oppose.") == 303
    (told,) = asked_of(scene, "data-requests")
    assert (told["state"], told["motive"]) == ("REFUSED", "Le secret statistique s’y oppose.")
    assert "Le secret statistique s’y oppose." in page_of(scene)


def test_tools_read_what_diagnoses_hold_and_what_became_of_each_finding(scene: Scene) -> None:
    tell_diagnosis(scene.here, scene.here.caf)
    told = asked_of(scene, "diagnoses")
    (diagnosis,) = told["diagnoses"]
    assert (diagnosis["diagnosis_id"], diagnosis["title"]) == (DIAGNOSIS, "Besoins sociaux")
    assert diagnosis["owners"] == [str(scene.here.caf)]
    (known,) = (one for one in told["findings"] if one["finding_id"] == FINDING)
    assert known["statement"] == "Des trajets longs"
    assert [one["source"] for one in known["shown_by"]] == ["Enquête transports"]
    fates = asked_of(scene, "findings")
    assert fates, "the scene shared a diagnosis"
    for one in fates:
        assert one["fate"] in ("SILENT", "WAITING", "DISCUSSED", "CARRIED", "ANSWERED", "KEPT")
        assert (one["fate"] == "ANSWERED") == bool(one["priorities"])
        assert one["finding"]["statement"]


def test_a_version_says_since_when_it_is_shared(scene: Scene) -> None:
    tell_diagnosis(scene.here, scene.here.caf)
    stream = diagnosis_stream(scene.here.territory)
    scene.here.tell(PublishDiagnosisVersion(stream_id=stream, diagnosis_id=DIAGNOSIS, findings=(FINDING,)))
    ((version,),) = (one["versions"] for one in asked_of(scene, "diagnoses")["diagnoses"])
    assert version["shared_on"] is None
    page = page_of(scene)
    assert "partagée avec les partenaires" not in page.lower()
    client = scene.browser(roles.PILOT)
    form = open_form(client, link_to(page, "record-shared-diagnosis", published=DIAGNOSIS))
    assert client.post(form.action, data=form.filled(occurred_on="2026-06-01")).status_code == 303
    ((version,),) = (one["versions"] for one in asked_of(scene, "diagnoses")["diagnoses"])
    assert version["shared_on"] == "2026-06-01"
    assert "partagée avec les partenaires le 1er juin" in page_of(scene).lower().replace("\xa0", " ")


def test_who_says_that_they_come_to_a_forum_is_counted_by_its_form(scene: Scene) -> None:
    story = scene.there
    forum = ConveneForum(
        stream_id=story.convention,
        forum_id=LocalId("f77"),
        themes=(Code("YOUTH"),),
        planned_on=date(2026, 9, 1),
    )
    story.tell(forum)
    scene.house.reader.forget()
    client = scene.browser(ELSEWHERE)
    address = f"/conventions/{story.convention}/actes/record-forum-attendance?forum_id=f77"
    form = open_form(client, address)
    assert f"{COUNTED}usage".replace("__", ".") in form.required
    wrong = client.post(form.action, data=form.filled(**{f"{COUNTED}technical": "4", f"{COUNTED}political": "2"}))
    assert wrong.status_code == 400
    counted = {f"{COUNTED}technical": "4", f"{COUNTED}political": "2", f"{COUNTED}usage": "9"}
    answer = client.post(form.action, data=form.filled(**counted))
    assert answer.status_code in (200, 303), answer.text
    told = scene.tool(ELSEWHERE).get(f"/api/v1/conventions/{story.convention}/plan").json()
    (known,) = (one for one in told["forums"] if one["forum_id"] == "f77")
    assert known["confirmed"] == {"technical": 4, "political": 2, "usage": 9}
