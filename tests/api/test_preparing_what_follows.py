"""Whoever opens the convention that follows another types nothing anew, and the first page leads there."""

from __future__ import annotations

from datetime import UTC, datetime
from html import unescape
from uuid import UUID

from domain import roles
from domain.convention.closing import CloseConvention
from domain.convention.themes import AddTheme
from domain.steering import CONVENTION_GIVEN_UP, Decision, DecisionReference, RecordMeeting
from domain.values import LocalId, Prose, PublicName
from tests.api.forms import Form, open_form
from tests.api.scene import Scene

NAME = "Vieillir chez soi"
NEAR_THE_END = datetime(2029, 6, 4, 9, tzinfo=UTC)


def opening(scene: Scene) -> str:
    return f"/territoires/{scene.here.territory}/actes/open-convention"


def ticked(form: Form) -> dict[str, bool]:
    """The signatories that are ticked, and whether they must sign."""
    numbers = [name.split(".")[1] for name in form.values if name.endswith(".partner_id") and form.one(name)]
    return {
        form.one(f"signatories.{one}.partner_id"): form.values.get(f"signatories.{one}.required", [""])[-1] == "true"
        for one in numbers
    }


def test_the_form_takes_over_from_the_convention_that_it_would_follow(scene: Scene) -> None:
    here = scene.here
    here.tell(AddTheme(stream_id=here.convention, theme_id=LocalId("t1"), name=PublicName(NAME)))
    client = scene.browser(roles.PILOT)
    form = open_form(client, opening(scene))
    assert form.one("successor_of") == str(here.convention)
    assert (form.one("effective_from"), form.one("holder_ids")) == ("2030-01-01", str(here.epci))
    assert (form.one("profile_name"), form.one("profile_version")) == ("cnaf-2020", "1")
    assert ticked(form) == {str(here.caf): True, str(here.epci): True, str(here.cpam): False}
    confirmed = client.post(form.action, data=form.filled())
    assert confirmed.status_code == 200
    assert NAME in unescape(confirmed.text)
    assert "Succède à" in confirmed.text, "what it follows is read before it is recorded"
    done = client.post(form.action, data={**form.filled(), "_confirmed": "oui"})
    assert done.status_code == 303, confirmed.text
    successor = form.one("stream_id")
    known = scene.tool(roles.FRAMEWORK_PILOT).get(f"/api/v1/conventions/{successor}/known-themes").json()
    assert known[0]["theme"] == {"code": "t1", "name": NAME}
    term = scene.tool(roles.FRAMEWORK_PILOT).get(f"/api/v1/conventions/{here.convention}/term").json()
    assert [one["convention_id"] for one in term["successors"]] == [successor]
    again = open_form(client, opening(scene))
    assert again.one("successor_of") == "", "a convention has one successor"
    given_up = Decision(LocalId("d1"), CONVENTION_GIVEN_UP, Prose("Autre projet"))
    here.tell(
        RecordMeeting(
            stream_id=here.body, meeting_id=LocalId("m8"), decisions=(given_up,), occurred_on=scene.clock.today()
        )
    )
    cited = DecisionReference(here.body, LocalId("m8"), LocalId("d1"))
    here.tell(CloseConvention(stream_id=UUID(successor), motive=Prose("Autre projet"), decided_in=cited))
    anew = open_form(client, opening(scene))
    assert anew.one("successor_of") == str(here.convention), "what was given up does not follow it any more"


def test_what_is_only_prepared_is_followed_by_nothing(scene: Scene) -> None:
    address = f"/territoires/{scene.there.territory}/actes/open-convention"
    form = open_form(scene.browser(roles.FRAMEWORK_PILOT), address)
    assert form.one("successor_of") == ""


def test_the_first_page_leads_to_it_once_the_term_is_near(scene: Scene) -> None:
    def links(role: str) -> bool:
        page = unescape(scene.browser(role).get(scene.page_of(scene.here)).text)
        return "Préparer la suite" in page and f'href="{opening(scene)}' in page

    assert not links(roles.PILOT)
    scene.clock.set(NEAR_THE_END)
    assert links(roles.PILOT)
    assert not links(roles.AUDITOR)
