"""Partners registered twice, on the pages and by the interface."""

from __future__ import annotations

import re
from html import unescape
from uuid import UUID

import pytest

from api.access import PUBLIC, SIGNED_IN
from domain import roles
from domain.partners import RegisterPartner
from domain.twins import MergePartners
from domain.values import Code, Prose, PublicName, deterministic_id
from tests.api.forms import form_of, forms_of, open_form
from tests.api.routes import API, doors
from tests.api.scene import Scene

REGISTER = "/administration/actes/register-partner"
MERGE = "/administration/actes/merge-partners"
TWIN = deterministic_id("test", "twin")


@pytest.fixture
def twice(scene: Scene) -> Scene:
    """The scene, where the MSA of no convention is registered beside another one."""
    command = RegisterPartner(stream_id=TWIN, kind=Code("MSA"), name=PublicName("MSA Midi Pyrénées-Sud"))
    scene.here.tell(command, scene.here.administrator)
    return scene


def test_a_partner_registered_under_a_name_that_is_known_leads_to_the_form_that_merges_them(scene: Scene) -> None:
    client = scene.browser(roles.ADMINISTRATOR)
    form = open_form(client, REGISTER)
    sent = client.post(form.action, data=form.filled(kind="CAF", name="CAF DU GERS"))
    assert sent.status_code == 303
    page = client.get(sent.headers["location"]).text
    assert "Un partenaire est déjà inscrit sous ce nom\xa0: Caf du Gers." in unescape(page)
    (link,) = [unescape(one) for one in re.findall(r'href="([^"]*merge-partners\?[^"]*)"', page)]
    merging = next(one for one in forms_of(client.get(link).text) if one.action.startswith(MERGE))
    assert merging.one("kept_id") == str(scene.here.caf)
    assert "Partenaire en double" in client.get(link).text
    without = client.post(merging.action, data=merging.values)
    assert without.status_code == 400, "a merger says why"
    done = client.post(merging.action, data=merging.filled(reason="La même caisse"))
    assert done.status_code == 303
    assert "Les deux partenaires sont réunis." in client.get(done.headers["location"]).text
    assert merging.one("stream_id") not in client.get(MERGE).text, "it is offered no more"


def test_a_siren_that_is_taken_is_said_on_its_field_with_who_has_it(scene: Scene) -> None:
    client = scene.browser(roles.ADMINISTRATOR)
    for name, status in (("CIAS du Val", 303), ("Centre du Val", 422)):
        form = open_form(client, REGISTER)
        answer = client.post(form.action, data=form.filled(kind="CIAS", name=name, siren="243 200 391"))
        assert answer.status_code == status
    assert "déjà celui d’un partenaire inscrit\xa0: CIAS du Val" in unescape(answer.text)
    assert form_of(answer.text, REGISTER).one("name") == "Centre du Val"


def test_a_tool_merges_what_its_role_may_and_reads_one_partner(twice: Scene) -> None:
    address = f"{API}/partners/{TWIN}/merge-partners"
    body = {"kept_id": str(twice.msa), "reason": "Inscrite deux fois"}
    local = twice.tool(roles.PILOT).post(address, json=body, headers={"Idempotency-Key": "a"})
    assert local.status_code == 403
    client = twice.tool(roles.FRAMEWORK_PILOT)
    answer = client.post(address, json=body, headers={"Idempotency-Key": "b"})
    assert answer.status_code == 200, answer.text
    known = {one["partner_id"]: one for one in client.get(f"{API}/partners").json()}
    assert str(TWIN) not in known
    assert known[str(twice.msa)]["answers_for"] == [str(TWIN)]


def test_the_key_of_a_partner_that_was_merged_writes_for_the_one_that_is_kept(scene: Scene) -> None:
    """Its tool goes on as it was: with its key, and with the id that it has always used."""
    tool = scene.tool(roles.PARTNER_REPRESENTATIVE)
    kept: UUID = deterministic_id("test", "kept")
    command = RegisterPartner(stream_id=kept, kind=Code("CAF"), name=PublicName("Caisse du Gers"))
    scene.here.tell(command, scene.here.administrator)
    office = scene.tool(roles.ADMINISTRATOR)
    merged = office.post(
        f"{API}/partners/{scene.here.caf}/merge-partners",
        json={"kept_id": str(kept), "reason": "Inscrite deux fois"},
        headers={"Idempotency-Key": "m"},
    )
    assert merged.status_code == 200, merged.text
    answer = tool.post(
        f"{API}/conventions/{scene.here.convention}/record-mandate",
        json={"partner_id": str(scene.here.caf), "kind": "BOARD", "occurred_on": "2026-05-04"},
        headers={"Idempotency-Key": "k"},
    )
    assert answer.status_code == 200, answer.text
    sheet = tool.get(f"{API}/conventions/{scene.here.convention}/signatures").json()
    signatory = next(one for one in sheet["signatories"] if one["partner_id"] == str(kept))
    assert (signatory["partner_name"], len(signatory["mandates"])) == ("Caisse du Gers", 2)
    client = scene.browser(roles.PILOT)
    page = unescape(client.get(f"{scene.page_of(scene.here)}/partenaires").text)
    assert "Caisse du Gers" in page
    assert "Caf du Gers" not in page
    journal = unescape(client.get(f"{scene.page_of(scene.here)}/journal").text)
    assert "Ce qui est dit ici de Caf du Gers l’est désormais de Caisse du Gers" in journal


def test_a_merged_partner_is_named_nowhere_but_in_the_journal(scene: Scene) -> None:
    """Pages and questions speak of the one that answers for it; what was recorded is told as it was."""
    kept = deterministic_id("test", "kept")
    command = RegisterPartner(stream_id=kept, kind=Code("CAF"), name=PublicName("Caisse du Gers"))
    scene.here.tell(command, scene.here.administrator)
    merge = MergePartners(stream_id=scene.here.caf, kept_id=kept)
    scene.here.tell(merge, scene.here.administrator, reason=Prose("Inscrite deux fois"))
    reader, tool = scene.browser(roles.FRAMEWORK_PILOT), scene.tool(roles.FRAMEWORK_PILOT)
    told = []
    for door in doors(scene.app):
        journal = any(word in door.path for word in ("journal", "events", "enregistrements", "travail"))
        if door.method == "GET" and door.action not in (PUBLIC, SIGNED_IN) and not journal:
            answer = (tool if door.is_api else reader).get(door.address(scene), follow_redirects=True)
            assert answer.status_code in (200, 403, 404), door.path
            text = unescape(answer.text)
            if str(scene.here.caf) in text or "Caf du Gers" in text:
                told.append(door.path)
    assert told == [f"{API}/partners"], "for whom each answers"
