"""Who leads is read where people look, contested by the partner and resolved by whoever steers, from page to page."""

from __future__ import annotations

import re
from html import unescape
from uuid import UUID

from domain import roles
from domain.kernel import Actor
from domain.lead_roles.assigning import AssignLeadRole
from domain.lead_roles.leading import lead_roles_stream
from domain.values import Code, local_id
from tests.api.scene import Scene
from tests.api.test_mistakes import API, sent
from tests.api.test_unchanged_pages import everywhere, is_kept, tag_of
from tests.projections.beside_the_plan import tell_lead

WHY = "Les crèches sont intercommunales : nous demandons à mener aussi."


def home_of(scene: Scene) -> str:
    """The first page of the territory."""
    return str(scene.browser(roles.PILOT).get(f"/conventions/{scene.here.convention}", follow_redirects=True).url.path)


def link(html: str, act: str) -> str:
    """The link of an act."""
    return unescape(next(one for one in re.findall(r'href="([^"]+)"', html) if f"/actes/{act}?" in one))


def test_a_partner_contests_who_leads_from_its_line_and_who_steers_shares_the_role(scene: Scene) -> None:
    home = home_of(scene)
    tell_lead(scene.here, scene.here.cpam)
    caf, pilot = scene.browser(roles.PARTNER_REPRESENTATIVE), scene.browser(roles.PILOT)
    assert "Chef de file : CPAM" in said(scene, pilot.get(home).text)
    contest = link(caf.get(f"{home}/partenaires").text, "contest-lead-role")
    answer = sent(caf, contest, wish="SHARE", motive=WHY)
    assert answer.status_code == 303, answer.text
    told = said(scene, pilot.get(f"{home}/partenaires").text)
    assert "un rôle contesté" in told and WHY in told
    assert "(contesté)" in said(scene, pilot.get(home).text)
    resolve = link(pilot.get(f"{home}/partenaires").text, "resolve-lead-role")
    assert sent(pilot, resolve, outcome="SHARED", motive="Les deux en sont convenus.").status_code == 303
    first = said(scene, pilot.get(home).text)
    assert "(contesté)" not in first and "CPAM du Gers, Caf du Gers" in first
    assert "Mène ici" in said(scene, pilot.get(f"{home}/partenaires/{scene.here.caf}").text)
    (one,) = scene.tool(roles.PILOT).get(f"{API}/conventions/{scene.here.convention}/lead-roles").json()
    assert (one["state"], [each["outcome"] for each in one["disputes"]]) == ("HELD", ["SHARED"])


def test_who_leads_on_the_whole_framework_is_read_at_once_on_the_page_of_a_territory(scene: Scene) -> None:
    home, client = home_of(scene), scene.browser(roles.PARTNER_REPRESENTATIVE)
    tag = tag_of(client, home)
    scene.here.tell(
        AssignLeadRole(
            stream_id=lead_roles_stream(scene.here.framework),
            home_framework_id=scene.here.framework,
            lead_id=local_id("chef de file"),
            partner_id=scene.here.caf,
            theme=Code("PARENTING"),
        ),
        Actor(UUID(int=3), (everywhere(scene),)),
    )
    assert not is_kept(client, home, tag)
    assert "Convention-cadre, parentalité : Caf du Gers" in said(scene, client.get(home).text)
    (one,) = scene.tool(roles.FRAMEWORK_PILOT).get(f"{API}/frameworks/{scene.here.framework}/lead-roles").json()
    assert (one["theme"]["code"], one["partners"]) == ("PARENTING", [str(scene.here.caf)])


def said(scene: Scene, html: str) -> str:
    """What a page says, its spaces as they are typed."""
    text = unescape(re.sub(r"<[^>]+>", "", html))
    return re.sub(r"[\s\u00a0\u202f]+", " ", text)
