"""A review is read by everybody once it was published to the public, and by nobody without an account before."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from domain.adjusting import DecideAdjustment
from domain.convention.publishing import PublishReview
from domain.values import Code, LocalId, Prose
from projections.what_reviews_saw import reviews
from tests.api.scene import Scene


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
    (review,) = (one for one in reviews(story.dossier) if one.cause is None)
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
