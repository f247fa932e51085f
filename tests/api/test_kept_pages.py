"""What a page shows is kept for the next reader with equal rights: never more than a page that is made anew."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.pages.addresses import COMMITTEE, DIAGNOSIS, MONEY, PARTNERS, PLAN, RESULTS, TODAY
from api.pages.figure import KeptFigures
from api.pages.kept_pages import KeptPages
from api.pages.territory_routes import MAKERS
from domain import roles
from tests.api.scene import NOBODY, Scene, assign, login_of, person_of
from workflows.reading import Reader

SHOWN = (TODAY, COMMITTEE, DIAGNOSIS, PLAN, RESULTS, MONEY, PARTNERS)
READERS = (roles.PILOT, roles.COMMITTEE_MEMBER, roles.PARTNER_REPRESENTATIVE, roles.AUDITOR, roles.FRAMEWORK_PILOT)


def anew(scene: Scene, client: TestClient, path: str) -> tuple[int, str]:
    """The page for the same reader, as a process answers that just began and keeps nothing."""
    state = scene.app.state
    kept = state.services, state.kept_pages, state.kept_figures
    state.services = replace(state.services, reader=Reader(scene.house.engine))
    state.kept_pages, state.kept_figures = KeptPages(), KeptFigures()
    try:
        return asked(client, path)
    finally:
        state.services, state.kept_pages, state.kept_figures = kept


def asked(client: TestClient, path: str) -> tuple[int, str]:
    answer = client.get(path)
    return answer.status_code, answer.text


def addresses(scene: Scene) -> list[str]:
    plan = scene.page_of(scene.here, PLAN)
    return [*(scene.page_of(scene.here, name) for name in SHOWN), f"{plan}/pourquoi", f"{plan}?vue=tableau&par=porteur"]


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that were drawn, each time that one was."""
    found: list[str] = []

    def noted(name: str, make: Callable[..., Any]) -> Callable[..., Any]:
        def made(view: Any, request: Any) -> Any:
            found.append(name)
            return make(view, request)

        return made

    for name in SHOWN:
        monkeypatch.setitem(MAKERS, name, noted(name, MAKERS[name]))
    return found


def test_a_page_is_drawn_once_for_all_who_hold_the_same_role(scene: Scene, drawn: list[str]) -> None:
    """The members of a committee open the same page on the day of their meeting."""
    assign(scene.here, roles.COMMITTEE_MEMBER, person_of(NOBODY), None)
    pages = [scene.page_of(scene.here, name) for name in SHOWN]
    first, second = scene.browser(roles.COMMITTEE_MEMBER), scene.browser(NOBODY)
    for page in pages:
        assert asked(first, page)[0] == 200
    assert drawn == list(SHOWN)
    for page in pages:
        code, html = asked(second, page)
        assert code == 200
        assert "Camille Nobody" in html, "under their own name"
        assert "Camille Committee_Member" not in html
    assert drawn == list(SHOWN)
    for page in pages:
        assert asked(second, page) == anew(scene, second, page)


def test_what_is_recorded_elsewhere_has_no_page_drawn_again(scene: Scene, drawn: list[str]) -> None:
    client, page = scene.browser(roles.FRAMEWORK_PILOT), scene.page_of(scene.here)
    asked(client, page)
    scene.there.forum("fo7", date(2026, 5, 12))
    assert asked(client, page) == anew(scene, client, page), "with what the bar says of the neighbours"
    assert drawn == [TODAY, TODAY], "one of them for the process that keeps nothing"


def test_a_partner_is_not_shown_what_another_partner_may_do(scene: Scene) -> None:
    assign(scene.here, roles.PARTNER_REPRESENTATIVE, person_of(NOBODY), scene.here.epci)
    readers = [scene.browser(one) for one in (roles.PARTNER_REPRESENTATIVE, NOBODY, roles.PILOT, roles.AUDITOR)]
    for path in (scene.page_of(scene.here), scene.page_of(scene.here, PLAN), scene.page_of(scene.here, PARTNERS)):
        for client in readers:
            assert asked(client, path) == anew(scene, client, path), path


def test_a_name_that_is_forgotten_is_on_no_page_that_was_kept(scene: Scene) -> None:
    client = scene.browser(roles.COOPERATION_OFFICER)
    name = "Camille Pilot"
    before = [asked(client, path)[1] for path in addresses(scene)]
    assert any(name in one for one in before)
    scene.house.vault.forget_person(person_of(roles.PILOT))
    for path in addresses(scene):
        code, html = asked(client, path)
        assert code == 200
        assert f"{name} " not in html and f"{name}<" not in html
        assert (code, html) == anew(scene, client, path)


def test_who_loses_one_of_two_roles_is_shown_what_is_left(scene: Scene) -> None:
    scene.here.assign("AUDITOR", person_of(NOBODY), date(2024, 1, 1))
    scene.here.assign("COOPERATION_OFFICER", person_of(NOBODY), date(2024, 1, 1), scene.clock.today())
    page = scene.page_of(scene.here)
    both = asked(scene.browser(NOBODY), page)
    scene.clock.moment += timedelta(days=1)
    client = scene.browser(NOBODY)
    left = asked(client, page)
    assert left == anew(scene, client, page)
    assert both[1].count("/actes/") > left[1].count("/actes/")
    assert asked(scene.browser(roles.AUDITOR), page)[1].count("/actes/") == left[1].count("/actes/")


def test_another_language_is_another_page(scene: Scene) -> None:
    page = scene.page_of(scene.here, PLAN)
    for language in ("fr", "en", "fr"):
        client = scene.browser(roles.PILOT, language)
        assert asked(client, page) == anew(scene, client, page)


def close_account(scene: Scene) -> None:
    account = scene.house.accounts.find(login_of(roles.COOPERATION_OFFICER))
    assert account is not None
    scene.house.accounts.disable(account.account_id, scene.clock.now())


def tomorrow(scene: Scene) -> None:
    scene.clock.moment += timedelta(days=1)


CHANGES: tuple[Callable[[Scene], object], ...] = (
    lambda scene: scene.here.meet("m9", date(2026, 1, 10)),
    lambda scene: scene.here.engage(date(2026, 1, 15)),
    lambda scene: scene.here.assign("AUDITOR", person_of(NOBODY), date(2024, 1, 1)),
    lambda scene: scene.house.vault.change_person(person_of(roles.PILOT), name="Alix Autre"),
    lambda scene: scene.house.vault.destroy_key(scene.here.dossier.own[-1].event.envelope.event_id),
    lambda scene: scene.there.forum("fo8", date(2026, 5, 12)),
    close_account,
    tomorrow,
)


@pytest.mark.parametrize("seed", range(2))
def test_whatever_happens_between_a_page_that_was_kept_is_the_page_made_anew(scene: Scene, seed: int) -> None:
    rng = random.Random(seed)
    pages, readers = addresses(scene), [scene.browser(one) for one in READERS]
    for change in (lambda _: None, *rng.sample(CHANGES, len(CHANGES))):
        change(scene)
        for _ in range(2):
            client, path = rng.choice(readers), rng.choice(pages)
            asked(client, path)
            assert asked(client, path) == anew(scene, client, path), path


def test_what_only_its_reader_may_do_about_their_own_role_is_offered_to_no_other(scene: Scene) -> None:
    """Whoever holds a role may give it back; nobody else who holds the same one may do that for them."""
    assign(scene.here, roles.AUDITOR, person_of(NOBODY), None)
    page = f"/territoires/{scene.uncovered}"
    for reader in (roles.AUDITOR, NOBODY, roles.FRAMEWORK_PILOT, roles.FRAMEWORK_CO_PILOT, roles.ADMINISTRATOR):
        client = scene.browser(reader)
        for path in (scene.page_of(scene.here), client.get(page).headers.get("location", scene.page_of(scene.here))):
            assert asked(client, path) == asked(client, path) == anew(scene, client, path)


def test_another_sign_in_finds_its_own_token_around_what_was_kept(scene: Scene) -> None:
    page = scene.page_of(scene.here, PLAN)
    tokens: set[str] = set()
    for _ in range(2):
        client = scene.browser(roles.PILOT)
        _, html = asked(client, page)
        session = scene.house.sessions.find(next(iter(client.cookies.values())), scene.clock.now())
        assert session is not None
        assert session.csrf_token in html
        assert not any(one in html for one in tokens)
        tokens.add(session.csrf_token)
