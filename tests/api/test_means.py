"""What partners pledge and bring, as other software reads and writes it, and as a page shows it."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from domain import roles
from domain.values import deterministic_id
from tests.api.routes import API
from tests.api.scene import Scene


def post(scene: Scene, role: str, path: str, **body: object) -> tuple[int, dict[str, object]]:
    answer = scene.tool(role).post(f"{API}/{path}", json=body, headers={"Idempotency-Key": str(uuid4())})
    return answer.status_code, answer.json()


def pledge(scene: Scene, number: int, partner_id: UUID, role: str = roles.PILOT, **more: object) -> int:
    here = scene.here
    body = {
        "convention_id": str(here.convention),
        "home_territory_id": str(here.territory),
        "partner_id": str(partner_id),
        "kind": "MONEY",
        "certainty": "FIRM",
        "what": "Une enveloppe",
        "amounts": [{"year": 2025, "amount_cents": 1_000_050}],
        "occurred_on": "2025-03-01",
        **more,
    }
    status, _ = post(scene, role, f"pledges/{deterministic_id('pledge', number)}/pledge-resource", **body)
    return status


@pytest.fixture
def told(scene: Scene) -> Scene:
    """Two pledges and two lines of a sheet, one of which is paid in part."""
    here = scene.here
    assert pledge(scene, 1, here.caf) == 200
    assert pledge(scene, 2, here.epci, kind="DATA", what="Des données", amounts=[]) == 200
    sheet = f"action-sheets/{here.sheet}"
    for line, year in (("l1", 2025), ("l2", 2026)):
        body = {"line_id": line, "partner_id": str(here.caf), "year": year, "amount_cents": 500, "certainty": "FIRM"}
        status, said = post(scene, roles.PILOT, f"{sheet}/pledge-funding", **body)
        assert status == 200, said
    assert post(scene, roles.PILOT, f"{sheet}/record-payment", line_id="l1", amount_cents=200)[0] == 200
    return scene


def test_money_is_read_by_year_and_line_by_line_and_no_euro_is_in_two_lines(told: Scene) -> None:
    tool, here = told.tool(roles.PILOT), f"{API}/conventions/{told.here.convention}"
    money = tool.get(f"{here}/money").json()
    assert money["total"] == {
        "asked_cents": 0,
        "promised_cents": 0,
        "firm_cents": 300 + 500 + 1_000_050,
        "paid_cents": 200,
    }
    lines, cursor = [], None
    while True:
        page = tool.get(f"{here}/money/lines", params={"limit": 1, **({"cursor": cursor} if cursor else {})}).json()
        lines += page["lines"]
        if (cursor := page["next_cursor"]) is None:
            break
    assert sum(one["amount_cents"] for one in lines) == 500 + 500 + 1_000_050
    assert len(lines) == 3
    only = tool.get(f"{here}/money/lines", params={"year": 2026}).json()["lines"]
    assert [one["line_id"] for one in only] == ["l2"]
    assert tool.get(f"{here}/money/lines", params={"certainty": "SURE"}).status_code == 400
    assert tool.get(f"{here}/money/lines", params={"cursor": "bm9uZQ"}).status_code == 400


def test_pledges_are_read_by_partner_and_say_whom_they_bind(told: Scene) -> None:
    tool, here = told.tool(roles.PILOT), f"{API}/conventions/{told.here.convention}"
    of_caf = tool.get(f"{here}/pledges", params={"partner_id": str(told.here.caf)}).json()["pledges"]
    assert [one["kind"] for one in of_caf] == ["MONEY"]
    assert of_caf[0]["parties"][0]["bound_on"] is not None, "the Caf has signed"
    assert tool.get(f"{here}/pledges", params={"kind": "DATA"}).json()["pledges"][0]["terms"]["what"] == "Des données"
    assert tool.get(f"{here}/pledges", params={"state": "FORGOTTEN"}).status_code == 400


def test_a_partner_s_tool_writes_its_own_pledges_and_no_other(told: Scene) -> None:
    own = told.here.cpam
    assert pledge(told, 3, told.here.caf, roles.PARTNER_REPRESENTATIVE) in (200, 403)
    statuses = {pledge(told, 10 + n, one, roles.PARTNER_REPRESENTATIVE) for n, one in enumerate((own, told.here.epci))}
    assert 403 in statuses, "what is another partner's is not its to say"


def test_the_pages_show_what_was_pledged_and_paid(told: Scene) -> None:
    client, siren = told.browser(roles.PILOT), told.siren_of(told.here)
    page = client.get(f"/t/{siren}/argent").text
    assert "10 008,50" in page.replace("\u202f", " ").replace("\xa0", " ") or "10 009" in page.replace(
        "\u202f", " "
    ).replace("\xa0", " ")
    detail = client.get(f"/t/{siren}/argent", params={"fiche": str(told.here.sheet)}).text
    assert "Versement de" in detail
    assert "Une enveloppe" in client.get(f"/t/{siren}/partenaires").text
    assert "Une enveloppe" in client.get(f"/t/{siren}/partenaires/{told.here.caf}").text
