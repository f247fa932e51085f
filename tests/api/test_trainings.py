"""A framework trains those whom it follows: they read it on pages, in calendars and by API, and what came of it."""

from __future__ import annotations

from datetime import date
from html import unescape
from typing import Any

import icalendar

from domain import roles
from domain.trainings import CancelTraining, MoveTraining, PlanTraining
from domain.values import Code, Prose, local_id
from tests.api.forms import open_form
from tests.api.scene import ELSEWHERE, Scene
from tests.api.test_calendars import address
from tests.api.test_framework_steering import done, network

TRAINING = local_id("piloter")


def planned(scene: Scene, **said: Any) -> None:
    """A training of the framework."""
    plan = PlanTraining(
        stream_id=scene.here.framework,
        training_id=TRAINING,
        kind=Code("TRAINING"),
        title=Prose("Piloter une CTG"),
        starts_on=date(2026, 9, 15),
        **said,
    )
    scene.here.tell(plan, network(scene))


def test_a_training_is_planned_held_and_told_by_its_forms_alone(scene: Scene) -> None:
    client, framework = scene.browser(roles.FRAMEWORK_PILOT), scene.here.framework
    after = done(scene, client, "plan-training", kind="FORM_ACTION", title="Écrire à plusieurs", starts_on="2026-07-02")
    page = unescape(client.get(after).text)
    assert "Écrire à plusieurs" in page and "2 juillet 2026" in page
    assert "Aucun colloque n’est prévu ni tenu en 2026" in page
    (which,) = filter(None, open_form(client, f"/cadre/{framework}/actes/record-training").offered["training_id"])
    done(scene, client, "move-training", training_id=which, starts_on="2026-07-03", motive="Salle prise")
    scene.clock.moment = scene.clock.moment.replace(month=7, day=6)
    scene.here.today, client = scene.clock.today(), scene.browser(roles.FRAMEWORK_PILOT)
    after = done(
        scene,
        client,
        "record-training",
        training_id=which,
        technical="12",
        political="3",
        kept="Chacun repart avec son calendrier",
        occurred_on="2026-07-03",
    )
    page = unescape(client.get(after).text)
    assert "Chacun repart avec son calendrier" in page and "12 professionnels" in page.replace("douze", "12")
    told = scene.tool(roles.FRAMEWORK_PILOT).get(f"/api/v1/frameworks/{framework}/trainings").json()
    (one,) = told["trainings"]
    assert (one["state"], one["came"]["technical"], one["moved_from"]) == ("DELIVERED", 12, "2026-07-02")


def test_those_whom_the_framework_follows_read_its_trainings_in_their_calendars(scene: Scene) -> None:
    paths = {role: address(scene.browser(role)) for role in (roles.FRAMEWORK_PILOT, roles.PILOT, ELSEWHERE)}
    paths["convention"] = address(scene.browser(roles.PILOT), scene.here.convention)
    planned(scene, ends_on=date(2026, 9, 16), territories=(scene.here.territory,))

    def told(which: str) -> Any:
        calendar: Any = icalendar.Calendar.from_ical(scene.stranger().get(paths[which]).content)
        return next((one for one in calendar.walk("VEVENT") if str(one["SUMMARY"]).startswith("Formation")), None)

    first = told(roles.PILOT)
    assert (first["DTSTART"].dt, first["DTEND"].dt) == (date(2026, 9, 15), date(2026, 9, 17))
    assert {str(told(one)["UID"]) for one in (roles.FRAMEWORK_PILOT, "convention")} == {str(first["UID"])}
    assert told(ELSEWHERE) is None, "it is for another territory"
    move = MoveTraining(
        stream_id=scene.here.framework, training_id=TRAINING, starts_on=date(2026, 9, 22), motive=Prose("Salle prise")
    )
    scene.here.tell(move, network(scene))
    moved = told(roles.PILOT)
    assert (moved["UID"], moved["DTSTART"].dt) == (first["UID"], date(2026, 9, 22))
    cancel = CancelTraining(stream_id=scene.here.framework, training_id=TRAINING, motive=Prose("Trop peu d’inscrits"))
    scene.here.tell(cancel, network(scene))
    off = [one for one in _all(scene, paths[roles.PILOT]) if str(one["UID"]) == str(first["UID"])]
    assert [str(one["STATUS"]) for one in off] == ["CANCELLED"]


def _all(scene: Scene, path: str) -> Any:
    calendar: Any = icalendar.Calendar.from_ical(scene.stranger().get(path).content)
    return calendar.walk("VEVENT")


def test_whoever_steers_a_territory_reads_what_is_planned_and_plans_nothing_there(scene: Scene) -> None:
    planned(scene)
    client, framework = scene.browser(roles.PILOT), scene.here.framework
    page = unescape(client.get(f"/cadre/{framework}/reunions").text)
    assert "Piloter une CTG" in page and "record-training" not in page
    assert client.get(f"/cadre/{framework}/actes/plan-training").status_code in (403, 404)
    assert "Piloter une CTG" in unescape(client.get(f"/t/{scene.siren_of(scene.here)}/reunions").text)
