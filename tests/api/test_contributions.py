"""What people said is seen on the page of the diagnosis with what became of it, in both languages."""

from __future__ import annotations

from html import unescape

import pytest

from domain.participation.answering import AnswerContribution, RecordToldBack
from domain.participation.participation import participation_stream
from domain.values import Code, Prose
from tests.api.routes import API
from tests.api.scene import Scene
from tests.projections.beside_the_plan import CONTRIBUTION, tell_contribution

WORDS = {
    "fr": ("attend une réponse", "Les horaires changent en septembre.", "aux élèves du lycée", "Dire ce qu’une"),
    "en": ("waits", "Les horaires changent en septembre.", "aux élèves du lycée", "Say what becomes"),
}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_contribution_is_followed_from_its_words_to_what_people_were_told(scene: Scene, language: str) -> None:
    story = scene.here
    stream_id = participation_stream(story.territory)
    browser, page = scene.browser("PILOT", language), f"/t/{scene.siren_of(story)}/diagnostic"
    tell_contribution(story)
    scene.house.reader.forget()
    _, why, told_to, act = WORDS[language]
    waiting = unescape(browser.get(page).text)
    assert "Le dernier bus part avant la fin des cours" in waiting
    assert act in waiting
    before = waiting.partition('id="contributions"')[2].partition("Le dernier bus part")[0]
    assert "<details" not in before, "what waits is not folded, on paper neither"
    form = browser.get(f"/conventions/{story.convention}/actes/answer-contribution").text
    asked = [form.index(f'name="{one}"') for one in ("contribution_id", "became", "finding_id")]
    assert asked == sorted(asked), "what is answered and how come before what it feeds"
    story.tell(
        AnswerContribution(
            stream_id=stream_id,
            convention_id=story.convention,
            contribution_id=CONTRIBUTION,
            became=Code("NOT_KEPT"),
            motive=Prose(why),
        )
    )
    told_back = RecordToldBack(
        stream_id=stream_id, contribution_ids=(CONTRIBUTION,), told_to=Prose(told_to), told_by=Code("IN_PERSON")
    )
    story.tell(told_back)
    scene.house.reader.forget()
    answered = unescape(browser.get(page).text)
    assert why in answered
    assert told_to in answered
    found = scene.tool("PILOT").get(f"{API}/conventions/{story.convention}/contributions").json()
    assert (found["with_outcome"], found["told"]) == (1, 1)
    assert found["contributions"][0]["next_act"] is None


def test_what_waits_too_long_is_one_line_of_the_day_with_its_act_and_who_is_asked(scene: Scene) -> None:
    story = scene.here
    tell_contribution(story)
    scene.clock.moment = scene.clock.moment.replace(month=12)
    scene.house.reader.forget()
    for address in (f"/t/{scene.siren_of(story)}", "/"):
        page = unescape(scene.browser("PILOT").get(address).text).replace("\xa0", " ")
        assert "Au moins une contribution attend sa réponse depuis le" in page
        assert f"answer-contribution?contribution_id={CONTRIBUTION}" in page
