"""Files kept as evidence, through the doors: opened by who may read the fact, by nobody else, and never as a page."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest

from domain import roles
from tests.api.forms import form_of, forms_of, open_form
from tests.api.scene import ELSEWHERE, NOBODY, Scene
from tests.api.test_forms import forum, there
from tests.unit.office_files import OLE, PDF, open_xml, png

DOCX, MACROS = open_xml(), open_xml(more={"word/vbaProject.bin": b"x"})
NAME = "Feuille d’émargement.docx"


def sha256_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def page_of(data: bytes) -> str:
    return f"/fichiers/{sha256_of(data)}"


def api_of(data: bytes) -> str:
    return f"/api/v1/files/{sha256_of(data)}"


def part(field: str, data: bytes, name: str = NAME) -> tuple[str, Any]:
    return f"{field}.file", (name, data, "application/octet-stream")


def held(scene: Scene, *files: tuple[str, Any], **changes: str) -> Any:
    """A forum of the other territory, recorded with files."""
    client = scene.browser(ELSEWHERE)
    form = open_form(client, there(scene, "record-forum"))
    return client.post(form.action, data=forum(form, **changes), files=list(files))


def is_file(answer: Any, data: bytes, name: str) -> None:
    """An attachment of these bytes that no browser shows or runs."""
    assert answer.status_code == 200
    assert answer.content == data
    headers = answer.headers
    assert headers["content-disposition"].startswith("attachment; ")
    assert headers["content-disposition"].endswith(f"filename*=UTF-8''{quote(name, safe='')}")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert headers["cache-control"] == "no-store"
    assert "text/html" not in headers["content-type"]


def test_documents_of_an_act_are_opened_from_where_they_are_cited(scene: Scene) -> None:
    """Several in one field, each by its own name; the fingerprints are one click away."""
    answer = held(scene, part("evidence.0", DOCX), part("evidence.0", PDF, "Compte rendu.pdf"))
    assert answer.status_code == 303, answer.text
    cited = {one.sha256 for one in scene.events()[-1].envelope.evidence}
    assert cited == {sha256_of(DOCX), sha256_of(PDF)}
    client = scene.browser(ELSEWHERE)
    for page in ("diagnostic", "documents", "journal"):
        shown = client.get(f"/t/{scene.siren_of(scene.there)}/{page}").text
        assert f'href="{page_of(DOCX)}"' in shown
        assert f'href="{page_of(PDF)}"' in shown
    assert "sha256sum" in shown
    is_file(client.get(page_of(DOCX)), DOCX, NAME)
    is_file(client.get(page_of(PDF)), PDF, "Compte rendu.pdf")
    assert client.head(page_of(PDF)).content == b""


def test_another_territory_s_file_does_not_exist_not_even_by_citing_its_fingerprint(scene: Scene) -> None:
    held(scene, part("evidence.0", DOCX))
    pilot = scene.browser(roles.PILOT)
    assert pilot.get(page_of(DOCX)).status_code == pilot.get(page_of(png())).status_code == 404
    assert scene.tool(roles.PILOT).get(api_of(DOCX)).status_code == 404
    address = f"/territoires/{scene.here.territory}/actes/constitute-steering-body"
    form = open_form(pilot, address)
    sent = form.filled(
        kind="WORKING_GROUP", name="Groupe", evidence__0__title="Vu", evidence__0__sha256=sha256_of(DOCX)
    )
    assert pilot.post(form.action, data=sent).status_code == 303
    assert scene.events()[-1].envelope.evidence[0].sha256 == sha256_of(DOCX)
    assert pilot.get(page_of(DOCX)).status_code == 404
    for reader in (ELSEWHERE, roles.ADMINISTRATOR, roles.FRAMEWORK_PILOT):
        assert scene.browser(reader).get(page_of(DOCX)).status_code == 200, reader
    assert scene.stranger().get(page_of(DOCX)).status_code == 303
    assert scene.stranger().get(api_of(DOCX)).status_code == 401
    for odd in ("/fichiers/../../etc/passwd", "/fichiers/%2e%2e%2fctg.db", f"/fichiers/{sha256_of(DOCX).upper()}"):
        assert scene.browser(ELSEWHERE).get(odd).status_code == 404


@pytest.mark.parametrize(
    ("data", "why"), [(MACROS, "macro"), (OLE, "ancienne version"), (b"<html>", "seuls sont gardés")]
)
def test_a_file_that_is_not_kept_says_why_and_its_fingerprint_alone_is_recorded_next(
    scene: Scene, data: bytes, why: str
) -> None:
    before = scene.event_count()
    refused = held(scene, part("evidence.0", data))
    assert (refused.status_code, scene.event_count()) == (400, before)
    assert why in refused.text
    form = form_of(refused.text, there(scene, "record-forum"))
    client = scene.browser(ELSEWHERE)
    again = {**form.values, "csrf_token": open_form(client, form.action).values["csrf_token"]}
    assert client.post(form.action, data=again).status_code == 303
    (document,) = scene.events()[-1].envelope.evidence
    assert document.sha256 == sha256_of(data)
    assert client.get(page_of(data)).status_code == 404


def test_a_folder_that_takes_nothing_keeps_no_act_from_being_recorded(scene: Scene) -> None:
    folder = scene.house.files.folder.path
    folder.mkdir(exist_ok=True)
    aside = folder.rename(folder.with_name("aside"))
    folder.write_bytes(b"in the way")
    try:
        before = scene.event_count()
        refused = held(scene, part("evidence.0", PDF, "PV.pdf"))
        assert (refused.status_code, scene.event_count()) == (400, before)
        assert "« PV.pdf » n’est pas gardé" in refused.text.replace("\xa0", " ")
        answer = held(scene, evidence__0__title="PV", evidence__0__sha256=sha256_of(PDF))
        assert answer.status_code == 303
    finally:
        folder.unlink()
        aside.rename(folder)


def test_a_file_joined_to_a_form_in_error_need_not_be_joined_again(scene: Scene) -> None:
    refused = held(scene, part("evidence.0", DOCX), occurred_on="hier")
    assert refused.status_code == 400
    client = scene.browser(ELSEWHERE)
    form = form_of(refused.text, there(scene, "record-forum"))
    again = {**form.values, "occurred_on": ["2026-05-12"]}
    again["csrf_token"] = open_form(client, form.action).values["csrf_token"]
    assert client.post(form.action, data=again).status_code == 303
    is_file(client.get(page_of(DOCX)), DOCX, NAME)


def test_a_tool_gives_a_file_and_cites_it(scene: Scene) -> None:
    tool = scene.tool(ELSEWHERE)
    here = {"territory_id": str(scene.there.territory)}
    named = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(NAME)}"}
    for _ in range(2):
        kept = tool.put(api_of(DOCX), params=here, content=DOCX, headers=named)
        assert kept.status_code == 200, kept.text
        assert kept.json()["sha256"] == sha256_of(DOCX)
    is_file(tool.get(api_of(DOCX)), DOCX, NAME)
    cases: list[tuple[int, str, dict[str, str], bytes]] = [
        (404, api_of(DOCX), {"territory_id": str(scene.here.territory)}, DOCX),
        (404, api_of(DOCX), {"territory_id": str(uuid4())}, DOCX),
        (404, api_of(DOCX), {"framework_id": str(uuid4())}, DOCX),
        (400, api_of(DOCX), {}, DOCX),
        (400, "/api/v1/files/abc", here, DOCX),
        (422, api_of(DOCX), here, PDF),
        (422, api_of(MACROS), here, MACROS),
        (422, api_of(b""), here, b""),
    ]
    for status, address, where, data in cases:
        answer = tool.put(address, params=where, content=data)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
    assert scene.tool(NOBODY).put(api_of(DOCX), params=here, content=DOCX).status_code == 403
    assert scene.tool(roles.AUDITOR).put(api_of(DOCX), params=here, content=DOCX).status_code == 403
    assert tool.put(api_of(DOCX), params=here, content=bytes(51 << 20)).status_code == 413


def test_a_file_that_the_folder_lost_is_told_as_such(scene: Scene) -> None:
    held(scene, part("evidence.0", DOCX))
    (stored,) = [one for one in scene.house.files.stored() if scene.house.files.folder.is_whole(one)][-1:]
    scene.house.files.folder.remove(stored)
    answer = scene.browser(ELSEWHERE).get(page_of(DOCX))
    assert answer.status_code == 503
    assert "tel qu’il a été enregistré" in answer.text
    assert scene.tool(ELSEWHERE).get(api_of(DOCX)).json()["code"] == "file-lost"


def test_a_file_is_joined_later_by_whoever_has_the_very_one(scene: Scene) -> None:
    """A fact recorded with a fingerprint alone: no other file takes its place, and nothing is recorded anew."""
    held(scene, evidence__0__title="Relevé du forum", evidence__0__sha256=sha256_of(PDF))
    client, address = scene.browser(ELSEWHERE), f"/t/{scene.siren_of(scene.there)}/documents"
    before, html = scene.event_count(), client.get(address).text
    assert "le fichier n’a pas été joint" in html.replace("\xa0", " ")
    sent = next(form.values for form in forms_of(html) if form.values.get("cited") == [sha256_of(PDF)])
    for files, why in (([], "Choisissez le fichier"), ([part("document", DOCX)], "son contenu diffère")):
        refused = client.post(address, data=sent, files=files)
        assert refused.status_code == 400
        assert why in refused.text
        assert client.get(page_of(PDF)).status_code == 404
    joined = client.post(address, data=sent, files=[part("document", PDF, "PV.pdf")])
    assert joined.status_code == 303, joined.text
    told = client.get(joined.headers["location"]).text
    assert "« Relevé du forum » est joint" in told.replace("\xa0", " ")
    assert f'href="{page_of(PDF)}"' in told
    is_file(client.get(page_of(PDF)), PDF, "PV.pdf")
    assert scene.event_count() == before
    other = client.post(address, data={**sent, "cited": sha256_of(DOCX)}, files=[part("document", DOCX)])
    assert (other.status_code, client.get(page_of(DOCX)).status_code) == (400, 404), "no place for what no fact cites"
    assert scene.browser(roles.PILOT).post(address, data=sent, files=[part("document", PDF)]).status_code == 404
