"""Anybody proposes something to a territory that lets them: no account, no name, nothing that programs may abuse."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from httpx2 import Response
from sqlalchemy import select
from starlette.testclient import TestClient

from api.pages import proposing
from api.pages.answering.throttle import Throttle
from domain.participation.participation import participation_stream
from domain.participation.proposing import LONGEST, MOST_A_DAY, CloseProposals, OpenProposals, TriageProposal
from domain.values import Code, LocalId, Prose
from tests.api.routes import API
from tests.api.scene import Scene
from tests.projections.story import Story
from workflows.schema import events

IDEA = "Ouvrir la ludothèque le samedi matin"
SCRIPT = "<script>alert('habitant')</script>"


@pytest.fixture(autouse=True)
def _nobody_came_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proposing, "_THROTTLE", Throttle(proposing.MOST_AN_HOUR, proposing.HOUR))


def opened(scene: Scene) -> Story:
    story = scene.here
    story.tell(OpenProposals(stream_id=participation_stream(story.territory), home_territory_id=story.territory))
    scene.house.reader.forget()
    return story


def address(scene: Scene, story: Story) -> str:
    return f"/t/{scene.siren_of(story)}/proposer"


def fields(html: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(key|shown_at)" value="([^"]*)"', html))


def written(scene: Scene, client: TestClient, form: str, text: str, **more: str) -> Response:
    """The form, looked at for a minute and sent."""
    typed = fields(client.get(form).text)
    scene.clock.moment += timedelta(minutes=1)
    return client.post(form, data={**typed, "text": text, "website": "", **more}, follow_redirects=False)


def told(scene: Scene, story: Story) -> list[str]:
    """What came without an account, as whoever steers reads it."""
    answer = scene.tool("PILOT").get(f"{API}/conventions/{story.convention}/proposals")
    assert answer.status_code == 200, answer.text
    return [one["text"] for one in answer.json()["proposals"] if one["by_public"]]


def test_there_is_no_form_until_the_territory_opens_it(scene: Scene) -> None:
    form = address(scene, scene.here)
    stranger = scene.stranger()
    assert stranger.get(form).status_code == 404
    assert stranger.post(form, data={"text": IDEA}).status_code == 404
    assert stranger.get("/t/000000000/proposer").status_code == 404


def test_a_proposal_is_followed_to_its_answer_without_account_or_name(scene: Scene) -> None:
    story, stranger = opened(scene), scene.stranger()
    sent = written(scene, stranger, address(scene, story), IDEA)
    assert sent.status_code == 303
    followed = sent.headers["location"]
    page = stranger.get(followed)
    assert IDEA in page.text
    assert "attend une réponse" in page.text
    assert page.headers["referrer-policy"] == "no-referrer"
    assert "noindex" in page.headers["x-robots-tag"]
    assert told(scene, story) == [IDEA]
    story.tell(
        TriageProposal(
            stream_id=participation_stream(story.territory),
            convention_id=story.convention,
            proposal_id=LocalId(followed.rsplit("/", 1)[1]),
            became=Code("NOT_KEPT"),
            motive=Prose("Elle ouvre déjà le samedi à Fleurance."),
        )
    )
    scene.house.reader.forget()
    assert "Elle ouvre déjà le samedi à Fleurance." in stranger.get(followed).text
    assert stranger.get(f"{address(scene, story)}/{uuid4()}").status_code == 404


def test_what_is_sent_twice_is_one_proposal(scene: Scene) -> None:
    story, stranger = opened(scene), scene.stranger()
    form = address(scene, story)
    typed = fields(stranger.get(form).text)
    scene.clock.moment += timedelta(minutes=1)
    both = [stranger.post(form, data={**typed, "text": IDEA}, follow_redirects=False) for _ in range(2)]
    assert len({one.headers["location"] for one in both}) == 1
    assert told(scene, story) == [IDEA]


def test_whoever_goes_back_and_changes_the_text_is_told_and_may_send_a_second_one(scene: Scene) -> None:
    story, stranger = opened(scene), scene.stranger()
    form = address(scene, story)
    typed = fields(stranger.get(form).text)
    scene.clock.moment += timedelta(minutes=1)
    assert stranger.post(form, data={**typed, "text": IDEA}, follow_redirects=False).status_code == 303
    changed = stranger.post(form, data={**typed, "text": f"{IDEA} et le dimanche"}, follow_redirects=False)
    assert changed.status_code == 409
    assert "et le dimanche" in changed.text
    assert "déjà envoyé" in changed.text
    again = {**fields(changed.text), "text": f"{IDEA} et le dimanche"}
    assert stranger.post(form, data=again, follow_redirects=False).status_code == 303
    assert sorted(told(scene, story)) == [IDEA, f"{IDEA} et le dimanche"]


def test_more_than_a_day_takes_is_not_lost_and_a_form_closed_meanwhile_is_gone(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    story, stranger = opened(scene), scene.stranger()
    form = address(scene, story)
    typed = fields(stranger.get(form).text)
    monkeypatch.setattr("domain.participation.proposing.MOST_A_DAY", 0)
    waiting = written(scene, stranger, form, IDEA)
    assert waiting.status_code == 429
    assert IDEA in waiting.text
    story.tell(CloseProposals(stream_id=participation_stream(story.territory), home_territory_id=story.territory))
    scene.house.reader.forget()
    assert stranger.post(form, data={**typed, "text": IDEA}).status_code == 404
    assert told(scene, story) == []


@pytest.mark.parametrize("text", ["a\x00b", "\ufffd", "é" * 2000, "\u202eabc"])
def test_odd_characters_make_no_form_fail(scene: Scene, text: str) -> None:
    story, stranger = opened(scene), scene.stranger()
    assert written(scene, stranger, address(scene, story), text).status_code in (303, 400)


def test_what_a_program_sends_is_not_recorded_and_a_person_loses_nothing(scene: Scene) -> None:
    story, stranger = opened(scene), scene.stranger()
    form = address(scene, story)
    trapped = written(scene, stranger, form, IDEA, website="https://exemple.invalid")
    assert trapped.status_code == 400
    assert IDEA in trapped.text
    typed = fields(stranger.get(form).text)
    hasty = stranger.post(form, data={**typed, "text": IDEA})
    assert hasty.status_code == 400
    assert IDEA in hasty.text
    assert stranger.post(form, data={"text": IDEA, "shown_at": "hier"}).status_code == 400
    assert written(scene, stranger, form, "x" * (LONGEST + 1)).status_code == 400
    assert written(scene, stranger, form, "   ").status_code == 400
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    assert stranger.post(form, data={**typed, "text": IDEA}, headers=elsewhere).status_code == 403
    assert told(scene, story) == []


def test_scripts_are_inert_wherever_they_are_shown(scene: Scene) -> None:
    story, stranger = opened(scene), scene.stranger()
    followed = written(scene, stranger, address(scene, story), SCRIPT).headers["location"]
    diagnosis = f"/t/{scene.siren_of(story)}/diagnostic"
    for shown in (stranger.get(followed), scene.browser("PILOT").get(diagnosis)):
        assert "<script>alert" not in shown.text
        assert "&lt;script&gt;alert" in shown.text
        assert "script-src 'self'" in shown.headers["content-security-policy"]


def test_so_many_in_an_hour_from_one_network_then_one_waits(scene: Scene) -> None:
    story, stranger = opened(scene), scene.stranger()
    form = address(scene, story)
    for number in range(proposing.MOST_AN_HOUR):
        assert written(scene, stranger, form, f"{IDEA}, {number}").status_code == 303
    waiting = written(scene, stranger, form, "Une de plus")
    assert waiting.status_code == 429
    assert "Une de plus" in waiting.text
    assert int(waiting.headers["retry-after"]) > 0
    scene.clock.moment += timedelta(hours=2)
    assert written(scene, stranger, form, "Une de plus").status_code == 303
    assert MOST_A_DAY > proposing.MOST_AN_HOUR


def test_the_log_says_neither_the_address_nor_the_words(scene: Scene) -> None:
    story, stranger = opened(scene), scene.stranger()
    written(scene, stranger, address(scene, story), IDEA)
    with scene.house.engine.connect() as connection:
        rows = connection.execute(select(events).where(events.c.topic == "ctg.participation.proposal-submitted")).all()
    assert len(rows) == 1
    said = str(rows[0])
    assert "ludothèque" not in said
    assert "testclient" not in said
    assert "127.0.0.1" not in said


def test_the_form_speaks_english_too(scene: Scene) -> None:
    story = opened(scene)
    shown = scene.stranger(**{"Accept-Language": "en"}).get(address(scene, story))
    assert "Propose an idea" in shown.text


def test_what_was_typed_on_a_clock_in_doubt_is_given_back_and_not_recorded(scene: Scene) -> None:
    story, stranger = opened(scene), scene.stranger()
    form = address(scene, story)
    typed = fields(stranger.get(form).text)
    scene.house.watch.accept(scene.clock.now() - timedelta(days=400))
    scene.clock.moment += timedelta(minutes=1)
    answer = stranger.post(form, data={**typed, "text": IDEA})
    assert answer.status_code == 503
    assert IDEA in answer.text
    assert told(scene, story) == []
    scene.house.watch.accept(scene.clock.now())
    assert stranger.post(form, data={**typed, "text": IDEA}, follow_redirects=False).status_code == 303
