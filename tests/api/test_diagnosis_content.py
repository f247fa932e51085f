"""What the page of the diagnosis says of data asked of partners and of findings, and where it leads."""

from __future__ import annotations

import re

from domain import roles
from domain.diagnosis.answering import RecordDataReceived
from domain.diagnosis.content import diagnosis_stream
from domain.diagnosis.publishing import PublishDiagnosisVersion
from domain.values import LocalId
from tests.api.forms import form_of
from tests.api.scene import Scene
from tests.projections.beside_the_plan import DATA, DIAGNOSIS, FINDING, tell_data, tell_diagnosis


def page_of(scene: Scene, role: str = roles.PILOT) -> str:
    """The page of the diagnosis."""
    shown = str(scene.browser(role).get(f"/t/{scene.siren_of(scene.here)}/diagnostic").text)
    return shown


def link_to(page: str, command: str, **chosen: str) -> str:
    """The address of a link to an act, with what it has chosen."""
    found = [str(one).replace("&amp;", "&") for one in re.findall(rf'href="([^"]*/actes/{command}[^"]*)"', page)]
    return next(one for one in found if all(f"{name}={value}" in one for name, value in chosen.items()))


def test_a_datum_is_asked_promised_and_received_from_its_line_and_then_serves_again(scene: Scene) -> None:
    tell_data(scene.here, scene.here.caf)
    scene.house.reader.forget()
    page = page_of(scene)
    assert "Places d’accueil par commune" in page
    client, address = scene.browser(roles.PILOT), link_to(page, "record-data-received", data_id=DATA)
    form = form_of(client.get(address).text, address.partition("?")[0])
    answer = client.post(form.action, data=form.filled(occurred_on="2026-06-01"))
    assert answer.status_code in (200, 303), answer.text
    page = page_of(scene)
    assert "reçue le 1er juin 2026" in page.lower().replace("\u00a0", " ")
    address = link_to(page, "reuse-data", data_id=DATA)
    form = form_of(client.get(address).text, address.partition("?")[0])
    client.post(form.action, data=form.filled(purpose="L’analyse des besoins sociaux"))
    assert "L’analyse des besoins sociaux" in page_of(scene)


def test_what_was_received_already_leads_to_using_it_again_rather_than_asking(scene: Scene) -> None:
    tell_data(scene.here, scene.here.caf)
    stream = diagnosis_stream(scene.here.territory)
    scene.here.tell(RecordDataReceived(stream_id=stream, data_id=DATA))
    body = {
        "convention_id": str(scene.here.convention),
        "home_territory_id": str(scene.here.territory),
        "data_id": "d2",
        "partner_id": str(scene.here.caf),
        "what": "Places en crèche",
        "theme": "EARLY_CHILDHOOD",
        "first_year": 2024,
        "last_year": 2025,
        "data_form": "TABLE",
        "due_on": "2026-12-31",
    }
    tool = scene.tool(roles.PILOT)
    answer = tool.post(f"/api/v1/diagnoses/{stream}/ask-for-data", json=body, headers={"Idempotency-Key": "k1"})
    assert answer.status_code == 422
    assert [one["code"] for one in answer.json()["errors"]] == ["data-received-already"]
    told = tool.get(f"/api/v1/conventions/{scene.here.convention}/data-requests").json()
    assert [(one["data_id"], one["state"]) for one in told] == [(DATA, "RECEIVED")]


def test_a_published_version_is_shared_with_its_findings_under_the_same_names(scene: Scene) -> None:
    tell_diagnosis(scene.here, scene.here.caf)
    stream = diagnosis_stream(scene.here.territory)
    scene.here.tell(PublishDiagnosisVersion(stream_id=stream, diagnosis_id=DIAGNOSIS, findings=(FINDING,)))
    scene.house.reader.forget()
    page = page_of(scene)
    assert "Enquête transports" in page
    client, address = scene.browser(roles.PILOT), link_to(page, "record-shared-diagnosis", published=DIAGNOSIS)
    form = form_of(client.get(address).text, address.partition("?")[0])
    answer = client.post(form.action, data=form.filled(occurred_on="2026-06-01"))
    assert answer.status_code in (200, 303), answer.text
    plan = scene.tool(roles.PILOT).get(f"/api/v1/conventions/{scene.here.convention}/plan").json()
    shared = [one["finding_id"] for each in plan["diagnoses"] for one in each["findings"]]
    assert LocalId(FINDING) in shared
    assert "record-shared-diagnosis?published" not in page_of(scene), "nothing of it is left to share"
