"""Around the pages of a territory: those of one without convention, whose convention covers it, the framework."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from uuid import uuid4

from api.pages.addresses import PATHS
from domain import roles
from domain.convention.opening import ExpectedSignatory, OpenConvention
from domain.frameworks import AttachTerritory
from domain.values import Code
from tests.api.scene import Scene

HERE = "CC de la Gascogne Toulousaine"


def test_every_page_of_a_territory_without_convention_says_what_comes_first(scene: Scene) -> None:
    client = scene.browser(roles.FRAMEWORK_PILOT)
    siren = scene.house.reader.register().territories[scene.uncovered].siren
    for path in PATHS.values():
        answer = client.get(f"/t/{siren}{path}")
        assert answer.status_code == 200, path
        assert "Pour commencer" in answer.text
        assert "CTG gersoise des solidarités" in answer.text, "the framework that follows it"
    assert "Territoire inscrit" in client.get(f"/t/{siren}/journal").text
    assert client.get("/t/999999999/journal").status_code == 404
    assert scene.browser(roles.PILOT).get(f"/t/{siren}/plan").status_code == 404


def test_a_territory_that_another_s_convention_covers_points_there(scene: Scene) -> None:
    story = scene.here
    wide = story.register(Code("200072320"), "CC Astarac", "32500")
    story.tell(AttachTerritory(stream_id=story.framework, attached_territory_id=wide), story.administrator)
    opened = OpenConvention(
        stream_id=uuid4(),
        home_territory_id=wide,
        holder_ids=(story.epci,),
        profile_name=Code("cnaf-2020"),
        profile_version=1,
        communes=(Code("32500"), Code("32242")),
        effective_from=date(2026, 7, 1),
        signatories=(ExpectedSignatory(story.caf, True), ExpectedSignatory(story.epci, True)),
        occurred_on=story.today,
    )
    story.tell(opened, story.framework_pilot(wide, scene.uncovered))
    siren = scene.house.reader.register().territories[scene.uncovered].siren
    for path in ("", "/plan"):
        page = unescape(scene.browser(roles.FRAMEWORK_PILOT).get(f"/t/{siren}{path}").text)
        assert "Couvert par la convention d’un autre territoire" in page
        assert '<a href="/t/200072320">CC Astarac</a>' in page


def test_the_menu_of_conventions_leads_to_the_framework_and_its_page_tells_who_signed(scene: Scene) -> None:
    client = scene.browser(roles.PILOT)
    bar = unescape(client.get(scene.page_of(scene.here)).text)
    (address,) = set(re.findall(r'href="(/cadre/[^"]+)"', bar))
    assert "Convention-cadre" in bar
    page = unescape(client.get(address).text)
    assert "Il manque la signature" in page or "Il manque les signatures" in page
    assert HERE in page
    assert "CA Grand Auch" not in page, "what one may not read is counted, not named"
    assert "deux autres territoires" in page.casefold()
    assert "/actes/" not in page, "a local pilot does nothing on the framework"
    whole = scene.browser(roles.FRAMEWORK_PILOT).get(address).text
    assert "CA Grand Auch" in whole
    assert re.search(r"/cadre/[^\"]+/actes/[^\"]+retour=%2Fcadre", whole)
    assert scene.browser(roles.PILOT).get("/cadre/99-2000-2001").status_code == 404
