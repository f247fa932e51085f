"""Tables handed in at the same moment, and a session that ends between two steps: nothing doubled, nothing half."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

import pytest

from domain import roles
from tests.api.forms import forms_of
from tests.api.scene import PASSWORD, Scene, login_of
from tests.api.test_tables import answers, by_tool, drafted, hand_in, sent
from tests.tables.books import HEAD, xlsx
from workflows import bulk

MOST_SECONDS = 120
"""For whoever waits for the other: never reached but by a fault."""


def table(*titles: str) -> bytes:
    """A table of some actions."""
    days = (date(2025, 1, 1), date(2025, 12, 31))
    return xlsx([HEAD, *(("Parentalité", title, "", *days) for title in titles)])


@pytest.fixture
def both_looked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody records before both have looked at the plan: the first records of two people meet here."""
    barrier, together = threading.Barrier(2), bulk.together
    met: set[int] = set()

    def waits(*given: Any) -> Any:
        if threading.get_ident() not in met and len(met) < 2:
            met.add(threading.get_ident())
            barrier.wait(MOST_SECONDS)
        return together(*given)

    monkeypatch.setattr(bulk, "together", waits)


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What comes of acts done at the same moment."""
    found: dict[int, Any] = {}

    def do(number: int, act: Callable[[], Any]) -> None:
        found[number] = act()

    threads = [threading.Thread(target=do, args=one) for one in enumerate(acts)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(MOST_SECONDS)
    return [found[number] for number in range(len(acts))]


def press(client: Any, page: Any) -> Any:
    """The last press: everything is answered, and recorded."""
    return sent(client, page, **answers(page))


def presses(scene: Scene, several: Sequence[bytes]) -> list[Callable[[], Any]]:
    """The last press of people who each handed a table in and answered it."""
    found: list[Callable[[], Any]] = []
    for data in several:
        client = scene.browser(roles.PILOT)
        page = hand_in(scene, client, data)
        found.append(partial(press, client, page))
    return found


@pytest.mark.usefixtures("both_looked")
def test_of_two_people_who_record_the_same_table_one_does_and_the_other_is_told(scene: Scene) -> None:
    before = scene.event_count()
    told = sorted(at_once(*presses(scene, [table("Relais", "Navette")] * 2)), key=lambda one: one.status_code)
    assert [one.status_code for one in told] == [303, 422]
    assert "quelqu’un a changé le plan au même moment" in told[1].text
    assert "sont au plan, sans changement" in told[1].text
    assert len(drafted(scene, before)) == 2


@pytest.mark.usefixtures("both_looked")
def test_two_different_tables_of_one_convention_are_both_recorded(scene: Scene) -> None:
    before = scene.event_count()
    told = at_once(*presses(scene, [table("Relais"), table("Navette", "Halte")]))
    assert [one.status_code for one in told] == [303, 303]
    assert len(drafted(scene, before)) == 3


@pytest.mark.usefixtures("both_looked")
def test_of_two_tools_that_record_the_same_table_the_second_finds_it_recorded(scene: Scene) -> None:
    data = table("Relais", "Navette")
    said: dict[str, Any] = {"answers": {"A2": answers(hand_in(scene, scene.browser(roles.PILOT), data))["answer__A2"]}}
    by_tool(scene, data, key="k0", **said)
    before = scene.event_count()
    told = at_once(*(lambda key=key: by_tool(scene, data, key=key, dry_run=False, **said) for key in ("k1", "k2")))
    assert [one.status_code for one in told] == [200, 200]
    assert sorted((one.json()["new"], one.json()["unchanged"]) for one in told) == [(0, 2), (2, 0)]
    assert len(drafted(scene, before)) == 2


def test_whoever_lost_the_session_between_two_steps_signs_in_again_and_goes_on(scene: Scene) -> None:
    client, before = scene.browser(roles.PILOT), scene.event_count()
    page = hand_in(scene, client, table("Relais", "Navette"))
    client.cookies.clear()
    lost = sent(client, page, **answers(page))
    assert lost.status_code == 401
    assert scene.event_count() == before

    form = next(one for one in forms_of(lost.text) if "password" in one.values)
    entered = client.post(form.action, data=form.filled(identifier=login_of(roles.PILOT), password=PASSWORD))
    resumed = next(one for one in forms_of(entered.text) if "/tableau/" in one.action)
    assert client.post(resumed.action, data=resumed.values).status_code == 303, "all that was answered was kept"
    assert len(drafted(scene, before)) == 2
