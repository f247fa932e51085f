"""A partner has a page of its own: what one expects of it beside what it waits for, within what the reader may read."""

from __future__ import annotations

import re
from datetime import date
from uuid import uuid4

from api.pages.addresses import PARTNERS
from domain import roles
from domain.convention.saying_no import RecordMandateRefusal
from domain.convention.state import COVERS
from domain.kernel import Actor, RoleHeld
from domain.values import Code
from tests.api.scene import ELSEWHERE, Scene
from tests.projections.story import Story


def here(scene: Scene, story: Story, partner: str = "caf") -> str:
    """A partner's page on the territory of a story."""
    return f"{scene.page_of(story, PARTNERS)}/{getattr(story, partner)}"


def test_who_speaks_for_a_partner_comes_home_to_its_page(scene: Scene) -> None:
    client = scene.browser(roles.PARTNER_REPRESENTATIVE)
    home = client.get("/")
    assert home.headers["location"] == f"/partenaires/{scene.here.caf}"
    html = client.get(home.headers["location"]).text
    assert re.search(r'aria-current="page">Mon travail', html)
    assert ">Tout mon travail</a>" in html
    assert f'href="{here(scene, scene.here)}"' in html
    assert here(scene, scene.there) not in html, "what the reader may not read is not told"


def test_its_page_says_what_it_decided_signed_and_who_speaks_for_it(scene: Scene) -> None:
    html = scene.browser(roles.PILOT).get(here(scene, scene.here, "cpam")).text
    facts = html[html.index('id="facts"') : html.index('id="voices"')]
    assert "Irrégulier" in facts, "its signature does not count, and its page says why"
    assert "de nouveau" in facts
    assert f'href="{here(scene, scene.here)}"' in html, "the other signatories are a step away"
    voices = scene.browser(roles.PILOT).get(here(scene, scene.here)).text
    assert f"Camille {roles.PARTNER_REPRESENTATIVE.title()}" in voices


def test_each_partner_of_a_territory_leads_to_its_page(scene: Scene) -> None:
    client = scene.browser(roles.PILOT)
    html = client.get(scene.page_of(scene.here, PARTNERS)).text
    found = set(re.findall(rf'href="({scene.page_of(scene.here, PARTNERS)}/[0-9a-f-]+)"', html))
    assert len(found) >= 3
    assert {client.get(one).status_code for one in found} == {200}


def test_a_partner_is_unknown_where_it_is_not_and_to_who_may_not_read(scene: Scene) -> None:
    pilot, elsewhere = scene.browser(roles.PILOT), scene.browser(ELSEWHERE)
    assert elsewhere.get(here(scene, scene.here)).status_code == 404
    base = scene.page_of(scene.here, PARTNERS)
    for odd in (f"{base}/{uuid4()}", f"/partenaires/{uuid4()}", f"{base}/{scene.msa}", f"/partenaires/{scene.msa}"):
        assert pilot.get(odd).status_code == 404, odd
    assert scene.browser("NOBODY").get(f"/partenaires/{scene.here.caf}").status_code in (403, 404)


def test_a_partner_that_refused_is_told_last_and_counted_nowhere(scene: Scene) -> None:
    client = scene.browser(roles.FRAMEWORK_PILOT)
    address = f"/partenaires/{scene.here.cpam}"
    before = client.get(address).text
    assert ">1 sur 2</a>" in before or ">0 sur 2</a>" in before
    story = scene.there
    story.tell(
        RecordMandateRefusal(
            stream_id=story.convention,
            partner_id=story.cpam,
            covers=COVERS,
            kind=Code("DIRECTOR"),
            occurred_on=date(2026, 5, 4),
            votes_against=9,
        ),
        Actor(uuid4(), (RoleHeld(roles.PARTNER_REPRESENTATIVE, story.territory, story.cpam),)),
    )
    html = client.get(address).text
    assert " sur 1</a>" in html, "outside the count"
    assert html.count('scope="rowgroup"') == 2
    assert html.rindex('class="refused"') > html.rindex(here(scene, scene.here, "cpam"))
    mine = client.get(here(scene, story, "cpam")).text
    assert "a dit non" in mine
    assert "9 voix contre" in mine
    table = client.get(scene.page_of(story, PARTNERS)).text
    assert table.rindex('class="refused"') > table.rindex(here(scene, story)), "last on the table of signatories too"
