"""One comes back to where one came from, with the message there, over chained acts too; never out of the site."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import quote, urlencode

import pytest

from api.pages.addresses import DIAGNOSIS, JOURNAL, PARTNERS, PLAN
from domain import roles
from tests.api.forms import act, forms_of, open_form
from tests.api.scene import ELSEWHERE, Scene


def link_to(html: str, name: str) -> str:
    """The first link to the form of an act."""
    found = re.search(rf'href="([^"]*/actes/{name}\b[^"]*)"', html)
    assert found is not None, name
    return unescape(found[1])


def test_an_act_leads_back_to_the_page_it_was_asked_from_with_its_message(scene: Scene) -> None:
    client, here = scene.browser(roles.PILOT), scene.page_of(scene.here, PARTNERS)
    form = open_form(client, link_to(client.get(here).text, "record-mandate"))
    sent = form.filled(partner_id=str(scene.here.cpam), kind="BOARD", occurred_on="2026-05-04")
    answer = client.post(form.action, data=sent)
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"].startswith(f"{here}?fait=")
    back = client.get(answer.headers["location"])
    assert 'class="message' in back.text
    assert "fait=" not in link_to(back.text, "record-signature"), "one comes back without the message"


def test_whoever_gives_up_or_is_refused_comes_back_to_the_same_page(scene: Scene) -> None:
    client, here = scene.browser(roles.PILOT), f"{scene.page_of(scene.here, JOURNAL)}?du=2024-01-01"
    address = f"{act(scene, 'record-review')}?{urlencode({'retour': here})}"
    form = open_form(client, address)
    assert f'href="{here}"' in unescape(client.get(address).text)
    refused = client.post(form.action, data=form.filled(occurred_on="2090-01-01"))
    assert refused.status_code == 400
    assert f'href="{here}"' in unescape(refused.text)
    assert any(one.action == form.action for one in forms_of(refused.text)), "the next try leads back too"


def test_chained_acts_say_which_step_one_is_at_and_come_back_one_by_one(scene: Scene) -> None:
    client, page = scene.browser(ELSEWHERE), scene.page_of(scene.there, PLAN)
    first = f"/conventions/{scene.there.convention}/actes/choose-priority?{urlencode({'retour': page})}"
    second = f"/conventions/{scene.there.convention}/actes/record-forum?{urlencode({'retour': first})}"
    third = f"/conventions/{scene.there.convention}/actes/convene-forum?{urlencode({'retour': second})}"
    assert "Étape" not in client.get(first).text
    assert "Étape 1 sur 2" in client.get(second).text
    assert "Étape 1 sur 3" in client.get(third).text
    form = open_form(client, third)
    answer = client.post(form.action, data=form.filled(themes=["PARENTING"], planned_on="2026-07-01"))
    assert answer.headers["location"].startswith(second.partition("?")[0])
    told = client.get(answer.headers["location"]).text
    assert "Étape 2 sur 3" in told
    assert 'class="message' in told


@pytest.mark.parametrize(
    "odd",
    ["https://ailleurs.example/", "//ailleurs.example", "/\\ailleurs.example", "a", "/\x07", "/" + "x" * 3000],
)
def test_no_act_leads_out_of_the_site(scene: Scene, odd: str) -> None:
    client = scene.browser(ELSEWHERE)
    address = f"/conventions/{scene.there.convention}/actes/convene-forum?retour={quote(odd, safe='')}"
    html = client.get(address).text
    assert "ailleurs.example" not in re.sub(r'href="/langue/[^"]*"', "", html)
    form = open_form(client, address)
    answer = client.post(form.action, data=form.filled(themes=["PARENTING"], planned_on="2026-07-01"))
    assert answer.headers["location"].startswith(f"{scene.page_of(scene.there, DIAGNOSIS)}?fait=")


def test_what_is_typed_comes_back_after_the_acts_that_it_needs_first(scene: Scene) -> None:
    """Two acts that need each other: a priority needs a decision, written while its title waits."""
    client, page = scene.browser(ELSEWHERE), scene.page_of(scene.there, PLAN)
    acts = f"/conventions/{scene.there.convention}/actes"
    priority = open_form(client, f"{acts}/choose-priority?{urlencode({'retour': page})}")
    first = f"{acts}/record-forum?{urlencode({'retour': priority.action})}"
    typed = priority.filled(title="Garder les aînés chez eux", _first=first)
    answer = client.post(priority.action, data=typed)
    assert answer.status_code == 200
    assert "Étape 1 sur 2" in answer.text
    forum = next(form for form in forms_of(answer.text) if form.action.startswith(f"{acts}/record-forum"))
    # And from there one more: what both hold waits.
    second = f"{acts}/convene-forum?{urlencode({'retour': forum.action})}"
    answer = client.post(forum.action, data=forum.filled(place="Samatan", _first=second))
    call = next(form for form in forms_of(answer.text) if form.action.startswith(f"{acts}/convene-forum"))
    answer = client.post(call.action, data=call.filled(themes=["PARENTING"], planned_on="2026-07-01"))
    assert answer.status_code == 200
    assert 'class="message' in answer.text, "what was recorded is said"
    again = next(form for form in forms_of(answer.text) if form.action.startswith(f"{acts}/record-forum"))
    assert again.one("place") == "Samatan"
    answer = client.post(again.action, data=again.filled(_back="1"))
    back = next(form for form in forms_of(answer.text) if form.action.startswith(f"{acts}/choose-priority"))
    assert back.one("title") == "Garder les aînés chez eux"
    assert back.action.partition("?")[0] == priority.action.partition("?")[0]


@pytest.mark.parametrize(
    "odd", ["https://ailleurs.example/", "//x/actes/record-forum", "/t/1", "/conventions/x/actes/y"]
)
def test_no_act_is_done_first_out_of_the_site(scene: Scene, odd: str) -> None:
    client = scene.browser(ELSEWHERE)
    form = open_form(client, f"/conventions/{scene.there.convention}/actes/convene-forum")
    before = scene.event_count()
    answer = client.post(form.action, data=form.filled(_first=odd))
    assert answer.status_code == 303
    assert "ailleurs" not in answer.headers["location"]
    assert not answer.headers["location"].startswith("//")
    for kept in ("x", "[]", '["//ailleurs.example/", []]', '["/t/1", [["a"]]]', "{}"):
        assert client.post(form.action, data=form.filled(_kept=kept, _back="1")).status_code in (400, 303), kept
    assert scene.event_count() == before
