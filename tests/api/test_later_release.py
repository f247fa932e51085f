"""A fact of a later release is never read in silence: whoever needs it is told, and nothing is recorded beside it."""

from __future__ import annotations

import pytest

from domain import roles
from tests.api.forms import act, open_form
from tests.api.routes import API
from tests.api.scene import Scene
from workflows.codec import UnreadableEvent
from workflows.delivery.queueing import queue_letters
from workflows.log import AppendedRow
from workflows.texts import LANGUAGES, Language, Texts

ENGAGEMENT = {"partners": [], "occurred_on": "2026-05-12"}


def record_later(scene: Scene) -> None:
    """Another server, already of the next release, recorded something on the convention."""
    log = scene.house.steering.log
    convention = scene.here.convention
    last = log.select_events(convention, desc=True, limit=1)[0]
    state = last.state.decode().replace("{", '{"class_version":2,', 1)
    log.log.append([AppendedRow(convention, last.originator_version + 1, last.topic, state)])


def test_a_tool_is_told_that_this_server_is_too_old(scene: Scene) -> None:
    record_later(scene)
    before = scene.event_count()
    answer = scene.tool(roles.PILOT).post(
        f"{API}/conventions/{scene.here.convention}/record-engagement",
        json=ENGAGEMENT,
        headers={"Idempotency-Key": "k"},
    )
    assert answer.status_code == 503
    assert answer.json()["code"] == "later-release"
    assert answer.json()["title"] == Texts("fr", typeset=True).t("problem.later-release")
    assert scene.event_count() == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_says_it_in_a_sentence(scene: Scene, language: Language) -> None:
    browser = scene.browser(roles.PILOT, language)
    form = open_form(browser, act(scene, "record-engagement"))
    record_later(scene)
    answer = browser.post(form.action, data=form.filled(reason="", occurred_on="2026-05-12"))
    assert answer.status_code == 503
    assert Texts(language, typeset=True).t("page.error.later-release.text") in answer.text


def test_readers_in_log_order_stop_before_it(scene: Scene) -> None:
    record_later(scene)
    steering, now = scene.house.steering, scene.house.clock.now()
    with pytest.raises(UnreadableEvent):
        queue_letters(steering, now)
    end = steering.log.safe_position()
    assert steering.read_events(end - 2, 1)
    with pytest.raises(UnreadableEvent):
        steering.read_events(end - 1, 1)
