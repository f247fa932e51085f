"""The list of territories is sought, sorted and paged by its address, for fifteen territories and for a thousand."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest

from api.pages.contexts import DepartmentPage, Status, TerritoryRow
from api.pages.department import PAGE, Asked, _found, _groups
from api.pages.rendering import PageRenderer
from domain import roles
from tests.api.page_samples import shell
from tests.api.scene import Scene

STATUSES: tuple[Status, ...] = ("late", "watch", "on-time")


def names(html: str) -> list[str]:
    """The territories of the list, in its order."""
    table = html[html.index('id="territories"') :]
    return re.findall(r'<th scope="row"[^>]*><a href="/t/[0-9]+">([^<]+)</a>', table)


def test_the_list_is_sought_and_sorted_by_its_address(scene: Scene) -> None:
    client = scene.browser(roles.FRAMEWORK_PILOT)
    whole = names(client.get("/departement").text)
    assert len(whole) == 3
    assert sorted(names(client.get("/departement?tri=nom").text)) == sorted(whole)
    (late,) = names(client.get("/departement?etat=late").text)
    assert late == whole[0], "the most pressing first"
    assert names(client.get("/departement?nom=gers").text) == ["CC Val de Gers"]
    assert "Aucun territoire ne répond" in client.get("/departement?nom=zzz").text
    for odd in ("etat=x", "page=0", "page=abc", "page=99999", "tri=x", "page=2"):
        assert client.get(f"/departement?{odd}").status_code == 200, odd
    assert names(client.get("/departement?page=0").text) == whole, "not an empty page"


def test_a_thousand_territories_are_a_page_at_a_time() -> None:
    rows = tuple(
        TerritoryRow(f"CC {number:04}", str(number), "/t/1", STATUSES[number % 3], None) for number in range(1255)
    )
    assert len(_found(rows, Asked())) == 1255
    assert len(_found(rows, Asked(status="late"))) == 419
    assert [one.name for one in _found(rows, Asked(name="125"))][:2] == ["CC 0125", "CC 1125"]
    assert PAGE == 50
    listed = _groups(_found(rows, Asked())[:PAGE], list(rows), Asked())
    page = DepartmentPage("La France", rows, listed=listed, found=1255, older_href="/departement?page=2")
    html = PageRenderer().render("department.html", shell("fr"), page)
    assert html.count('<th scope="row">') == PAGE
    assert len(html) < 100_000, "it weighed 2.1 MB when every one was told"


def test_an_act_from_a_list_that_was_filtered_leads_back_to_it(scene: Scene) -> None:
    """What was asked for, and the page of the list, are in the way back."""
    page = scene.browser(roles.ADMINISTRATOR).get("/departement?etat=late&tri=nom").text
    (back,) = set(re.findall(r'/actes/register-partner\?retour=([^"]+)"', page))
    assert unquote(back) == "/departement?etat=late&tri=nom"


@pytest.mark.parametrize("page", ["2", ""])
def test_what_was_asked_stays_in_the_address_of_the_next_page(page: str) -> None:
    asked = Asked("late", "Val de", "nom", page)
    assert asked.address(asked.number + 1) == f"/departement?etat=late&nom=Val+de&tri=nom&page={asked.number + 1}"
    assert asked.address(1) == "/departement?etat=late&nom=Val+de&tri=nom"


def test_a_status_is_said_once_over_those_that_share_it_and_counts_all_of_them() -> None:
    rows = tuple(
        TerritoryRow(f"CC {number:02}", "1", "/t/1", "late" if number < 60 else "watch", None) for number in range(70)
    )
    (page,) = _groups(list(rows[:PAGE]), list(rows), Asked())
    assert (page.status, page.total, len(page.rows)) == ("late", 60, PAGE)
    late, watched = _groups(list(rows[PAGE:]), list(rows), Asked(page="2"))
    assert [(one.status, one.total, len(one.rows)) for one in (late, watched)] == [("late", 60, 10), ("watch", 10, 10)]
    (by_name,) = _groups(list(rows[:PAGE]), list(rows), Asked(order="nom"))
    assert by_name.status is None, "each line then says its own"


def test_what_a_committee_has_to_decide_is_told_beside_who_needs_help(scene: Scene) -> None:
    html = scene.browser(roles.FRAMEWORK_PILOT).get("/departement").text
    decide = html[html.index('id="decide-title"') : html.index('id="territories"')]
    assert re.search(r'<a class="strong" href="/t/[0-9]+/comite">', decide)
