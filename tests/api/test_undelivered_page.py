"""Administration, mails: who was not told and why, in plain words, and sent again by a press."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

from sqlalchemy import insert, select

from domain import roles
from tests.api.scene import NOW, Scene, person_of
from workflows.delivery.office import FAMILIES
from workflows.instants import to_text
from workflows.schema import outbox
from workflows.texts import LANGUAGES, Texts

PAGE = "/administration/courriels"


def give_up(scene: Scene, kind: str, why: str, days: int = 1) -> str:
    """A letter to the pilot, queued so many days ago and given up."""
    message_id, at = uuid4(), to_text(NOW - timedelta(days=days))
    row = {
        "message_id": message_id,
        "person_id": person_of(roles.PILOT),
        "kind": kind,
        "about_id": uuid4(),
        "within_id": uuid4(),
        "territory_id": scene.here.territory,
        "queued_at": at,
        "next_try_at": at,
        "attempts": 7,
        "dead_at": at,
        "last_error": why,
    }
    with scene.house.engine.begin() as connection:
        connection.execute(insert(outbox).values(row))
    return str(message_id)


def test_letters_given_up_are_listed_the_worst_first_with_their_cause_and_sent_again(scene: Scene) -> None:
    digest = give_up(scene, "digest", "timeout", days=9)
    newer = give_up(scene, "reminder", "smtp-552", days=1)
    older = give_up(scene, "reminder", "perhaps-delivered", days=5)
    escalation = give_up(scene, "escalation", "smtp-550")
    boss = scene.browser(roles.ADMINISTRATOR)
    html = boss.get(PAGE).text
    assert re.findall(r'name="letter" value="([^"]+)"', html) == [escalation, older, newer, digest, "tous"]
    for words in ("l’adresse n’existe pas", "Peut-être arrivé", "Camille", "CC de la Gascogne Toulousaine", "Quatre"):
        assert words in html
    assert "smtp-" not in html
    token = re.search(r'name="csrf_token" value="([^"]+)"', html)
    assert token is not None
    form = {"csrf_token": token[1], "act": "renvoyer"}
    for _ in range(2):
        assert boss.post(PAGE, data={**form, "letter": escalation}).status_code == 303
    assert escalation not in boss.get(PAGE).text
    assert boss.post(PAGE, data={**form, "letter": "x"}).status_code == 400
    assert boss.post(PAGE, data={**form, "letter": "tous"}).status_code == 303
    assert "Rien à renvoyer" in boss.get(PAGE).text
    with scene.house.engine.connect() as connection:
        assert list(connection.execute(select(outbox.c.message_id).where(outbox.c.dead_at.is_not(None)))) == []


def test_only_who_administers_sees_to_whom_letters_go(scene: Scene) -> None:
    assert scene.browser(roles.PILOT).get(PAGE).status_code == 403


def test_every_kind_of_letter_has_a_name_for_people() -> None:
    kinds = {kind for family in FAMILIES for kind in family.KINDS}
    for language in LANGUAGES:
        texts = Texts(language)
        assert {kind for kind in kinds if not texts.has(f"cli.letter.kind.{kind}")} == set()
