"""Results on their pages and over the API: what was measured, what the committee saw, who may say it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain import roles
from domain.indicators.defining import DefineIndicator
from domain.indicators.measuring import RecordMeasure
from domain.indicators.satisfaction import RecordSatisfaction
from domain.indicators.terms import Target
from domain.values import Code, LocalId, Prose, deterministic_id
from tests.api.forms import open_form
from tests.api.routes import API
from tests.api.scene import Scene
from tests.demo.page_tree import read

PLACES, WAITING, FAMILIES = (deterministic_id("indicator", number) for number in range(3))


@pytest.fixture
def told(scene: Scene) -> Scene:
    """Three indicators: one measured and seen, one never measured, one that counts people."""
    here = scene.here
    for stream_id, title, persons in (
        (PLACES, "Places d’accueil", False),
        (WAITING, "Voyages par mois", False),
        (FAMILIES, "Familles reçues", True),
    ):
        here.tell(
            DefineIndicator(
                stream_id=stream_id,
                convention_id=here.convention,
                home_territory_id=here.territory,
                title=Prose(title),
                unit=Code("NUMBER"),
                counts_persons=persons,
                kind=Code("RESULT"),
                direction=Code("UP"),
                owner_id=here.caf,
                frequency=Code("YEARLY"),
                baseline_value=Decimal(46),
                baseline_on=date(2023, 12, 31),
                targets=(Target(2030, Decimal(58)),),
            )
        )
    measure(scene, PLACES, "d1", "48.5")
    return scene


def measure(scene: Scene, indicator_id: UUID, measure_id: str, value: str, **more: Any) -> None:
    """A value of the end of 2024."""
    scene.here.tell(
        RecordMeasure(
            stream_id=indicator_id,
            measure_id=LocalId(measure_id),
            value=Decimal(value),
            period_ends_on=date(2024, 12, 31),
            **more,
        )
    )


def asked(scene: Scene, what: str, **given: Any) -> Any:
    """What the API answers to the framework's pilot."""
    answer = scene.tool(roles.FRAMEWORK_PILOT).get(f"{API}/conventions/{scene.here.convention}/{what}", params=given)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_indicators_are_listed_by_pages_and_filtered_by_where_they_stand(told: Scene) -> None:
    every = asked(told, "indicators")["indicators"]
    assert [one["terms"]["title"] for one in every if one["state"] != "UNMEASURED"] == ["Places d’accueil"]
    first = asked(told, "indicators", limit=2)
    rest = asked(told, "indicators", limit=2, cursor=first["next_cursor"])
    assert [one["indicator_id"] for one in (*first["indicators"], *rest["indicators"])] == [
        one["indicator_id"] for one in every
    ]
    assert rest["next_cursor"] is None
    assert len(asked(told, "indicators", state="UNMEASURED")["indicators"]) == 2
    assert asked(told, "indicators", sheet_id=str(uuid4()))["indicators"] == []
    (only,) = asked(told, "measures", indicator_id=str(PLACES))["measures"]
    assert (only["value"], only["about"], only["fate"]) == (48.5, "2024-12-31", "STANDS")


def test_what_was_said_before_stays_under_what_replaces_it(told: Scene) -> None:
    measure(told, PLACES, "d2", "47", revises=LocalId("d1"), motive=Prose("Une place comptée deux fois."))
    measures = asked(told, "measures", indicator_id=str(PLACES))["measures"]
    assert [(one["value"], one["fate"]) for one in measures] == [(48.5, "REVISED"), (47, "STANDS")]
    page = told.browser(roles.PILOT).get(f"{told.page_of(told.here, 'results')}/{PLACES}").text
    assert "<del>48,5</del>" in page
    assert "Une place comptée deux fois." in page


def test_a_partner_proposes_and_the_owner_of_the_data_answers_on_its_page(told: Scene) -> None:
    measure(told, WAITING, "d1", "300", provided_by=told.here.epci)
    address = f"{told.page_of(told.here, 'results')}/{WAITING}"
    page = next(read(told.browser(roles.PILOT).get(address).text).all("main"))
    assert "Proposée, attend une réponse" in page.text
    assert any("actes/answer-measure" in one.given.get("href", "") for one in page.all("a"))
    assert asked(told, "indicators", state="UNMEASURED")["indicators"][0]["state"] == "UNMEASURED"


def test_a_small_number_of_people_is_refused_on_the_form_in_plain_words(told: Scene) -> None:
    client = told.browser(roles.PILOT)
    form = open_form(client, f"/conventions/{told.here.convention}/actes/record-measure?stream_id={FAMILIES}")
    answer = client.post(form.action, data={**form.values, "value": ["7"]})
    assert answer.status_code == 422
    assert "trop peu de personnes" in answer.text
    assert asked(told, "measures", indicator_id=str(FAMILIES))["measures"] == []


def test_the_definition_comes_filled_in_to_be_changed(told: Scene) -> None:
    client = told.browser(roles.PILOT)
    form = open_form(client, f"/conventions/{told.here.convention}/actes/redefine-indicator?stream_id={PLACES}")
    assert form.values["title"] == ["Places d’accueil"]
    assert form.values["targets.0.year"] == ["2030"]
    answer = client.post(form.action, data={**form.values, "targets.0.value": ["60,5"], "motive": ["Plus ambitieux."]})
    assert answer.status_code == 303, answer.text
    (told_now,) = [one for one in asked(told, "indicators")["indicators"] if one["indicator_id"] == str(PLACES)]
    assert (told_now["terms"]["targets"], told_now["definition_version"]) == ([{"year": 2030, "value": 60.5}], 2)


def test_of_a_few_answers_no_percentage_is_on_the_page(told: Scene) -> None:
    here = told.here
    here.tell(
        RecordSatisfaction(
            stream_id=uuid4(),
            convention_id=here.convention,
            home_territory_id=here.territory,
            question=Prose("Les horaires vous conviennent-ils ?"),
            audience=Prose("Les parents des crèches"),
            channel=Code("PAPER"),
            answers=9,
        )
    )
    (said,) = asked(told, "satisfaction")["satisfaction"]
    assert (said["answers"], said["shares"], said["satisfied_percent"]) == (9, [], None)
    page = told.browser(roles.PILOT).get(told.page_of(here, "results")).text
    assert "Trop peu de réponses" in page
