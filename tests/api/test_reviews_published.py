"""A review is read by everybody once it was published to the public, and by nobody without an account before."""

from __future__ import annotations

import html
import re
from datetime import date
from uuid import uuid4

from httpx2 import Response

from domain import roles
from domain.action_sheets.describing import DescribeActionSheet
from domain.action_sheets.following import AbandonAction, ReportActionStatus
from domain.adjusting import DecideAdjustment
from domain.convention.publishing import PublishReview
from domain.values import Code, LocalId, Prose
from projections.what_reviews_saw import reviews
from tests.api.forms import confirmed, open_form
from tests.api.scene import Scene, person_of


def test_a_published_review_is_read_without_an_account_and_says_no_sentence_of_anybody(scene: Scene) -> None:
    story = scene.here
    story.review(2025, date(2026, 3, 20))
    (sheet,) = story.dossier.sheets
    story.tell(
        DecideAdjustment(
            stream_id=story.body,
            meeting_id=LocalId("m1"),
            decision_id=LocalId("a1"),
            kind=Code("ACTION_ADAPTED"),
            sheets=(sheet.id,),
            text=Prose("Madame Exemple conduira la navette."),
            owner_id=story.caf,
        )
    )
    (review,) = (one for one in reviews(story.dossier, story.today) if one.cause is None)
    address = f"/bilans-publies/{story.convention}/{review.review_id}"
    stranger = scene.stranger()
    assert stranger.get(address).status_code == 404

    # To the partners first, who read it already.
    story.tell(PublishReview(stream_id=story.convention, review_id=review.review_id))
    assert stranger.get(address).status_code == 404
    story.tell(PublishReview(stream_id=story.convention, review_id=review.review_id, audience=Code("PUBLIC")))
    shown = stranger.get(address)
    assert shown.status_code == 200
    assert "action à adapter" in shown.text.casefold()
    assert "Madame Exemple" not in shown.text
    assert shown.headers["cache-control"] == "no-store"
    assert stranger.get(f"/bilans-publies/{story.convention}/{uuid4()}").status_code == 404


def test_what_happened_since_an_adjustment_is_told_without_calling_it_done(scene: Scene) -> None:
    story = scene.here
    story.review(2025, date(2026, 3, 20))
    (sheet,) = story.dossier.sheets
    for decision, kind in (("a1", "ACTION_ADAPTED"), ("a2", "ACTION_STOPPED")):
        story.tell(
            DecideAdjustment(
                stream_id=story.body,
                meeting_id=LocalId("m1"),
                decision_id=LocalId(decision),
                kind=Code(kind),
                sheets=(sheet.id,),
                text=Prose("Desservir le marché le samedi."),
            )
        )
    pages = scene.browser(roles.PILOT)

    def told() -> str:
        scene.house.reader.forget()
        shown = html.unescape(pages.get(f"{scene.page_of(story)}/bilans").text)
        return " ".join(re.sub(r"<[^>]+>", " ", shown).split())

    assert "fiche action complétée" not in told()
    story.tell(ReportActionStatus(stream_id=sheet.id, status=Code("RUNNING"), occurred_on=story.today))
    assert "Attend ; depuis, il s’est passé : état d’une action" in told()
    story.tell(DescribeActionSheet(stream_id=sheet.id, public=Prose("Familles"), occurred_on=story.today))
    said = told()
    assert "Depuis, il s’est passé : fiche action complétée" in said
    assert "Fait le" not in said
    story.tell(AbandonAction(stream_id=sheet.id, motive=Prose("Plus de conducteur."), occurred_on=story.today))
    assert "Fait le 1er juin 2026 : action abandonnée" in told()


def test_whoever_publishes_to_everybody_sees_what_will_be_read_and_what_looks_like_a_name(scene: Scene) -> None:
    story = scene.here
    story.review(2025, date(2026, 3, 20))
    (sheet,) = story.dossier.sheets
    (review,) = (one for one in reviews(story.dossier, story.today) if one.cause is None)
    pilot = scene.browser(roles.PILOT)

    def publish(to: str, **pressed: str) -> Response:
        scene.house.reader.forget()
        form = open_form(pilot, f"/conventions/{story.convention}/actes/publish-review")
        return pilot.post(form.action, data=form.filled(review_id=str(review.review_id), audience=to) | pressed)

    before = scene.event_count()
    asked = publish("PUBLIC")
    assert asked.status_code == 200 and "Navette des parents" in asked.text, "what everybody would read"
    assert "aucun reconnu" in asked.text.casefold()
    assert scene.event_count() == before, "nothing is public before it is confirmed"

    name = scene.house.vault.person(person_of(roles.PILOT))
    assert name is not None
    story.tell(
        DescribeActionSheet(
            stream_id=sheet.id, title=Prose(f"Avec {name.name.split()[-1]} et Mme Dupuy"), occurred_on=story.today
        )
    )
    warned = publish("PUBLIC")
    shown = html.unescape(warned.text)
    assert "ressemblent à un nom" in shown
    assert f"« {name.name} »" in shown and "« Mme Dupuy »" in shown
    assert scene.event_count() == before + 1, "it warns, and records nothing"
    done = confirmed(pilot, warned, f"/conventions/{story.convention}/actes/publish-review")
    assert done.status_code == 303, "whoever publishes knows, and decides"
    assert scene.stranger().get(f"/bilans-publies/{story.convention}/{review.review_id}").status_code == 200


def test_a_review_shown_to_its_partners_is_published_at_once(scene: Scene) -> None:
    story = scene.here
    story.review(2025, date(2026, 3, 20))
    scene.house.reader.forget()
    pilot = scene.browser(roles.PILOT)
    form = open_form(pilot, f"/conventions/{story.convention}/actes/publish-review")
    assert pilot.post(form.action, data=form.filled(audience="PARTNERS")).status_code == 303
