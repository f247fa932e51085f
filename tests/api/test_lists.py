"""Lists of conventions: what cannot be summed up is not hidden, a full last page is the last."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain import roles
from projections.engine import Dossier
from projections.what_lists_say import Summary, summary
from tests.api.routes import API
from tests.api.scene import Scene
from workflows.summaries import making


def listed(scene: Scene, **asked: Any) -> dict[str, Any]:
    answer = scene.tool(roles.FRAMEWORK_PILOT).get(f"{API}/conventions", params=asked)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def test_what_cannot_be_summed_up_is_to_be_checked_and_its_own_pages_tell_it(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = scene.here.convention

    def failing(dossier: Dossier, *asked: Any) -> Summary:
        if dossier.convention_id == broken:
            raise ZeroDivisionError
        return summary(dossier, *asked)

    scene.here.meet("m9", date(2026, 1, 10))
    with monkeypatch.context() as patch:
        patch.setattr(making, "summary", failing)
        (line,) = [one for one in listed(scene)["conventions"] if one["convention_id"] == str(broken)]
        assert (line["phase"], line["flags"], line["siren"]) == ("UNKNOWN", ["TO_CHECK"], "200023620")
        places = scene.tool(roles.FRAMEWORK_PILOT).get(f"{API}/territories").json()
        (place,) = [one for one in places if one["territory_id"] == str(scene.here.territory)]
        assert (place["phase"], place["convention_id"]) == ("UNKNOWN", str(broken))
        page = scene.browser(roles.FRAMEWORK_PILOT).get("/departement")
        assert "À vérifier" in page.text
        assert page.headers["cache-control"] == "no-store"
        assert (
            scene.browser(roles.FRAMEWORK_PILOT).get(f"/conventions/{broken}", follow_redirects=True).status_code == 200
        )
    scene.here.meet("m10", date(2026, 1, 11))
    (line,) = [one for one in listed(scene)["conventions"] if one["convention_id"] == str(broken)]
    assert (line["phase"], "TO_CHECK" in line["flags"]) == ("IN_FORCE", False)


def test_pages_of_the_list_follow_each_other_and_a_full_last_one_ends_it(scene: Scene) -> None:
    everything = listed(scene)
    ids = [one["convention_id"] for one in everything["conventions"]]
    assert (len(ids), everything["next_cursor"]) == (2, None)
    whole = listed(scene, limit=2)
    assert whole["next_cursor"] is None
    first = listed(scene, limit=1)
    assert [one["convention_id"] for one in first["conventions"]] == ids[:1]
    last = listed(scene, limit=1, cursor=first["next_cursor"])
    assert [one["convention_id"] for one in last["conventions"]] == ids[1:]
    assert last["next_cursor"] is None


def test_the_lists_are_right_at_once_whoever_recorded(scene: Scene) -> None:
    before = {UUID(one["convention_id"]): one["phase"] for one in listed(scene)["conventions"]}
    assert before[scene.there.convention] == "FORUMS"
    scene.there.forum("fo9", date(2026, 4, 10))
    after = {UUID(one["convention_id"]): one["phase"] for one in listed(scene)["conventions"]}
    assert after[scene.there.convention] == "PRIORITISATION"
