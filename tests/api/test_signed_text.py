"""The text to sign and the signed one, given as files: their fingerprints are computed and compared for the pilot."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from api.pages.addresses import JOURNAL
from domain import roles
from domain.action_sheets.drafting import DraftActionSheet
from domain.convention.plan import ActionPlanValidated
from domain.convention.signing import SignatureRecorded
from domain.values import LocalId, Prose
from tests.api.forms import Form, act, decide, form_of, open_form
from tests.api.scene import ELSEWHERE, Scene
from tests.plans import left_aside
from tests.projections.story import OTHER_TEXT, TEXT
from tests.unit.office_files import PDF

PLAN = PDF
FINGERPRINT = hashlib.sha256(PLAN).hexdigest()


def file(content: bytes = PLAN, name: str = "plan.pdf") -> dict[str, Any]:
    """What a browser sends for the text's file control."""
    return {"text_sha256.file": (name, content, "application/pdf")}


def plan(scene: Scene) -> tuple[TestClient, Form, dict[str, list[str]]]:
    """The form of a plan that nobody signed yet, filled but for its text."""
    scene.there.forum("fo1", date(2026, 4, 7))
    scene.there.choose("p1", date(2026, 4, 20))
    scene.there.tell(
        DraftActionSheet(
            stream_id=uuid4(),
            convention_id=scene.there.convention,
            home_territory_id=scene.there.territory,
            priority_id=LocalId("p1"),
            title=Prose("Navette"),
            owner_id=scene.there.epci,
            starts_on=date(2026, 9, 1),
            ends_on=date(2027, 8, 31),
        )
    )
    decided = decide(scene.there, "PLAN_VALIDATED", date(2026, 5, 4))
    client = scene.browser(ELSEWHERE)
    form = open_form(client, f"/conventions/{scene.there.convention}/actes/validate-action-plan")
    assert form.values["text_covers"] == ["CONVENTION", "PLAN"]
    filled = form.filled(sheets=form.offered["sheets"], decided_in=decided, occurred_on="2026-05-05")
    return client, form, filled | left_aside()


def signature(scene: Scene) -> tuple[TestClient, Form, dict[str, list[str]]]:
    """The form of a signature, filled but for its text."""
    client = scene.browser(roles.PILOT)
    form = open_form(client, act(scene, "record-signature"))
    return client, form, form.filled(partner_id=str(scene.here.cpam), occurred_on="2026-05-05")


# --- the text to sign -------------------------------------------------------------------------------------------------


def test_the_plan_is_validated_on_the_file_of_its_text(scene: Scene) -> None:
    client, form, sent = plan(scene)
    answer = client.post(form.action, data=sent, files=file())
    assert answer.status_code == 303, answer.text
    validated = scene.events()[-1]
    assert isinstance(validated, ActionPlanValidated)
    assert validated.text_sha256 == FINGERPRINT
    (document,) = validated.envelope.evidence
    assert document.sha256 == FINGERPRINT
    page = client.get(scene.page_of(scene.there, JOURNAL)).text
    assert "plan.pdf" in page, "the file is evidence of the fact, by its name"


def test_the_file_of_a_form_in_error_need_not_be_joined_again(scene: Scene) -> None:
    client, form, sent = plan(scene)
    answer = client.post(form.action, data={**sent, "occurred_on": "hier"}, files=file())
    assert answer.status_code == 400
    assert "plan.pdf" in answer.text
    again = form_of(answer.text, form.action)
    assert client.post(form.action, data={**again.values, "occurred_on": "2026-05-05"}).status_code == 303
    assert scene.events()[-1].envelope.evidence[0].sha256 == FINGERPRINT


def test_a_file_received_can_be_left_out_or_replaced(scene: Scene) -> None:
    client, form, sent = plan(scene)
    answer = client.post(form.action, data={**sent, "occurred_on": "hier"}, files=file(b"un brouillon", "b.pdf"))
    again = form_of(answer.text, form.action).values | {"occurred_on": ["2026-05-05"]}
    without = {name: value for name, value in again.items() if name != "text_sha256.sha256"}
    assert client.post(form.action, data=without).status_code == 400
    assert client.post(form.action, data=again, files=file()).status_code == 303
    (document,) = scene.events()[-1].envelope.evidence
    assert document.sha256 == FINGERPRINT


def test_a_text_among_the_documents_too_is_listed_once(scene: Scene) -> None:
    client, form, sent = plan(scene)
    sent |= {"evidence.0.title": ["Le plan"], "evidence.0.sha256": [FINGERPRINT]}
    assert client.post(form.action, data=sent, files=file()).status_code == 303
    assert len(scene.events()[-1].envelope.evidence) == 1


def test_without_file_nor_fingerprint_the_form_says_what_to_do(scene: Scene) -> None:
    client, form, sent = plan(scene)
    answer = client.post(form.action, data=sent)
    assert answer.status_code == 400
    assert "joignez le fichier" in answer.text
    assert 'href="#f-text_sha256"' in answer.text


def test_a_fingerprint_alone_is_enough_and_folded_away(scene: Scene) -> None:
    client, form, sent = plan(scene)
    html = client.get(form.action).text
    for name in ("text_sha256", "evidence.0.sha256"):
        before = html[: html.index(f'name="{name}"')]
        assert before.rindex("<details") > before.rindex("<fieldset"), "the expert's field is folded"
    answer = client.post(form.action, data={**sent, "text_sha256": FINGERPRINT.upper()})
    assert answer.status_code == 303
    assert scene.events()[-1].envelope.evidence == ()


def test_what_is_signed_already_is_not_proposed_to_be_adopted_again(scene: Scene) -> None:
    form = open_form(scene.browser(roles.PILOT), act(scene, "validate-action-plan"))
    assert "text_covers" not in form.values
    assert form.offered["text_covers"] == ["CONVENTION", "PLAN"]


# --- the signed text --------------------------------------------------------------------------------------------------


def test_nothing_says_what_was_signed_before_the_pilot_does(scene: Scene) -> None:
    client, form, sent = signature(scene)
    assert form.offered["text_sha256.choice"] == [TEXT, "other"]
    assert "text_sha256.choice" not in form.values, "no answer is proposed"
    assert form.one("text_sha256") == ""
    html = client.get(form.action).text
    assert "C’est le texte adopté le 10 septembre 2024" in html
    assert not re.search(r">[^<]*[0-9a-f]{64}[^<]*<", html), "fingerprints are shown shortened"
    before = scene.event_count()
    assert client.post(form.action, data=sent).status_code == 400
    assert scene.event_count() == before


def test_the_adopted_text_is_chosen_by_its_day(scene: Scene) -> None:
    client, form, sent = signature(scene)
    assert client.post(form.action, data={**sent, "text_sha256.choice": TEXT}).status_code == 303
    signed = next(event for event in reversed(scene.events()) if isinstance(event, SignatureRecorded))
    assert signed.text_sha256 == TEXT


def test_another_text_is_recorded_and_does_not_count(scene: Scene) -> None:
    client, form, sent = signature(scene)
    answer = client.post(form.action, data={**sent, "text_sha256.choice": "other"}, files=file(name="signé.pdf"))
    assert answer.status_code == 303
    signed = scene.events()[-1]
    assert isinstance(signed, SignatureRecorded)
    assert signed.text_sha256 == FINGERPRINT != OTHER_TEXT
    assert "text-mismatch" in {mark.code for mark in signed.envelope.irregularities}
    assert [one.sha256 for one in signed.envelope.evidence] == [FINGERPRINT]


@pytest.mark.parametrize(
    ("typed", "joined", "said"),
    [
        ({"text_sha256.choice": "other"}, None, "Joignez l’exemplaire signé"),
        ({"text_sha256.choice": TEXT}, PLAN, "n’est pas le texte adopté"),
        ({"text_sha256.choice": TEXT, "text_sha256": "f" * 64}, None, "n’est pas le texte adopté"),
        ({"text_sha256.choice": "other", "text_sha256": "f" * 64}, PLAN, "ne gardez que l’un des deux"),
        ({"text_sha256.choice": "other", "text_sha256": "abc"}, None, "64 chiffres"),
        ({"text_sha256.choice": "n’importe quoi"}, None, "64 chiffres"),
    ],
)
def test_two_answers_that_differ_are_asked_again(
    scene: Scene, typed: dict[str, str], joined: bytes | None, said: str
) -> None:
    client, form, sent = signature(scene)
    before = scene.event_count()
    answer = client.post(form.action, data={**sent, **typed}, files=file(joined) if joined else None)
    assert answer.status_code == 400
    assert said in answer.text
    assert scene.event_count() == before


def test_a_document_without_title_takes_the_name_of_its_file(scene: Scene) -> None:
    client, form, sent = signature(scene)
    sent["text_sha256.choice"] = [TEXT]
    answer = client.post(form.action, data=sent, files={"evidence.0.file": ("scan.pdf", PLAN, "application/pdf")})
    assert answer.status_code == 303
    assert "scan.pdf" in client.get(scene.page_of(scene.here, JOURNAL)).text
