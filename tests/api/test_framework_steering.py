"""A whole framework is steered by its own pages: bodies, meetings, minutes, decisions, and what is awaited of it."""

from __future__ import annotations

from datetime import date
from html import unescape

from starlette.testclient import TestClient

from domain import roles
from domain.framework_pledges.pledging import PledgeToFramework
from domain.frameworks import SignFrameworkConvention
from domain.kernel import Actor, RoleHeld
from domain.steering import ConstituteSteeringBody, Decision, RecordMeeting
from domain.values import Code, LocalId, Prose, PublicName, deterministic_id, local_id
from tests.api.forms import confirmed, open_form
from tests.api.scene import Scene, person_of
from tests.api.test_unchanged_pages import is_kept, tag_of
from tests.api.test_work_page import figure, lines

BODY = deterministic_id("body of a framework")


def network(scene: Scene) -> Actor:
    """Whoever steers the framework."""
    held = RoleHeld(roles.FRAMEWORK_PILOT, framework_id=scene.here.framework)
    return Actor(person_of(roles.FRAMEWORK_PILOT), (held,))


def decided(scene: Scene, day: date, words: str, meeting: str = "m1") -> None:
    """The committee of the framework, constituted at the first time, decides something."""
    if scene.house.steering.load(BODY) is None:
        scene.here.tell(
            ConstituteSteeringBody(
                stream_id=BODY,
                home_framework_id=scene.here.framework,
                kind=Code("COPIL"),
                name=PublicName("Comité du département"),
            ),
            network(scene),
        )
    one = Decision(local_id("d1"), Code("OTHER"), Prose(words), votes_for=9, votes_against=2, abstentions=1)
    held = RecordMeeting(stream_id=BODY, meeting_id=LocalId(meeting), attendance=12, decisions=(one,), occurred_on=day)
    scene.here.tell(held, network(scene))


def done(scene: Scene, client: TestClient, command: str, query: str = "", /, **typed: str) -> str:
    """An act done by its form on the framework; the page that it leads to."""
    address = f"/cadre/{scene.here.framework}/actes/{command}"
    form = open_form(client, f"{address}{query}")
    answer = client.post(form.action, data=form.filled(**typed))
    answer = confirmed(client, answer, address)
    assert answer.status_code == 303, unescape(answer.text)
    return str(answer.headers["location"])


def test_a_committee_of_the_framework_meets_decides_and_is_followed_by_its_forms_alone(scene: Scene) -> None:
    client, framework = scene.browser(roles.FRAMEWORK_PILOT), scene.here.framework
    done(scene, client, "constitute-steering-body", kind="COPIL", name="Comité du département")
    (body,) = scene.tool(roles.FRAMEWORK_PILOT).get(f"/api/v1/frameworks/{framework}/bodies").json()
    of = f"?stream_id={body['body_id']}"
    at = f"{of}&meeting_id="
    caf = str(scene.here.caf)
    done(scene, client, "give-steering-seat", of, partner_id=caf, seat_role="CHAIR", college="NONE")
    done(scene, client, "change-steering-rules", of, quorum="NO_QUORUM", rhythm_months="6")
    after = done(scene, client, "plan-meeting", of, planned_on="2026-07-02", starts_at="10:00")
    page = unescape(client.get(after).text)
    assert "Comité du département" in page and "2 juillet 2026" in page
    meeting = open_form(client, f"/cadre/{framework}/actes/move-meeting{of}").offered["meeting_id"][-1]
    done(scene, client, "move-meeting", f"{at}{meeting}", meeting_id=meeting, planned_on="2026-07-03")
    scene.clock.moment = scene.clock.moment.replace(month=7, day=6)
    scene.here.today, client = scene.clock.today(), scene.browser(roles.FRAMEWORK_PILOT)
    done(
        scene, client, "record-meeting", f"{at}{meeting}", meeting_id=meeting, attendance="11", occurred_on="2026-07-03"
    )
    done(
        scene,
        client,
        "record-decision",
        f"{at}{meeting}",
        meeting_id=meeting,
        text="Publier les données",
        votes_for="9",
        votes_against="2",
    )
    done(scene, client, "draft-minutes", f"{at}{meeting}", meeting_id=meeting, text="Rien à ajouter")
    decisions = f"/cadre/{framework}/decisions"
    shown = unescape(client.get(decisions).text)
    assert "Publier les données" in shown and "9 voix pour" in shown and "2 voix contre" in shown
    assert "pilote de la convention-cadre" in shown, "who is asked of it"
    offered = open_form(client, f"/cadre/{framework}/actes/entrust-decision").offered
    assert scene.here.caf in map(type(scene.here.caf), filter(None, offered["owner_id"]))
    word = offered["decision"][-1]
    after = done(scene, client, "entrust-decision", f"?decision={word}", owner_id=caf, due_on="2026-09-30")
    assert "s’en charge, pour le 30 septembre 2026" in unescape(client.get(after).text)
    after = done(scene, client, "record-decision-done", f"?decision={word}", shown_by="Elles sont en ligne")
    assert "«\xa0Elles sont en ligne\xa0»" in unescape(client.get(after).text)


def test_who_steers_a_territory_only_reads_what_the_framework_decided(scene: Scene) -> None:
    decided(scene, date(2026, 5, 4), "Publier les données")
    client, framework = scene.browser(roles.PILOT), scene.here.framework
    page = unescape(client.get(f"/cadre/{framework}/decisions").text)
    assert "Publier les données" in page
    assert "/actes/" not in page
    assert client.get(f"/cadre/{framework}/actes/entrust-decision").status_code in (403, 404)


def test_what_became_of_the_decisions_of_a_framework_is_asked_by_api_with_its_n(scene: Scene) -> None:
    decided(scene, date(2026, 5, 4), "Publier les données")
    decided(scene, date(2026, 1, 12), "Former les équipes", "m2")
    asked = f"/api/v1/frameworks/{scene.here.framework}/decisions"
    tool = scene.tool(roles.FRAMEWORK_PILOT)
    found = tool.get(asked).json()
    assert [one["text"] for one in found["decisions"]] == ["Publier les données", "Former les équipes"]
    assert found["decisions"][0]["votes"] == {"in_favour": 9, "against": 2, "abstentions": 1}
    assert {one["role"] for one in found["decisions"][0]["in_charge"]} == {roles.FRAMEWORK_PILOT}
    assert (found["kept"]["taken"], found["kept"]["kept"]) == (2, 0)
    ageing = tool.get(f"{asked}?state=AGEING").json()["decisions"]
    assert [one["text"] for one in ageing] == ["Former les équipes"], "eight weeks, as the framework's method says"
    assert tool.get(f"{asked}?state=LATE").status_code == 400
    # Decisions of territories are not among them, nor those of the framework among theirs.
    own = tool.get(f"/api/v1/conventions/{scene.here.convention}/decisions").json()["decisions"]
    assert not {one["text"] for one in own} & {"Publier les données", "Former les équipes"}


def test_what_a_framework_decides_shows_at_once_on_each_of_its_pages(scene: Scene) -> None:
    """What is recorded on no territory changed no page of whoever reads one territory."""
    client, home = scene.browser(roles.PARTNER_REPRESENTATIVE), f"/cadre/{scene.here.framework}"
    pages = (home, f"{home}/decisions", f"{home}/reunions")
    tags = {page: tag_of(client, page) for page in pages}
    decided(scene, date(2026, 5, 4), "Publier les données")
    assert not any(is_kept(client, page, tag) for page, tag in tags.items())
    assert all("Publier les données" in unescape(client.get(page).text) for page in pages[1:])


def test_what_is_late_for_a_framework_is_in_the_work_of_its_pilot_and_counted(scene: Scene) -> None:
    """Nobody was reminded of what was promised to a framework."""
    client, framework = scene.browser(roles.FRAMEWORK_PILOT), scene.here.framework
    before = lines(client)
    signed = SignFrameworkConvention(stream_id=framework, partner_id=scene.here.caf, occurred_on=date(2026, 2, 2))
    scene.here.tell(signed, scene.here.administrator)
    scene.here.tell(
        PledgeToFramework(
            stream_id=framework,
            pledge_id=local_id("salles"),
            partner_id=scene.here.caf,
            kind=Code("PREMISES"),
            certainty=Code("FIRM"),
            what=Prose("Deux salles pour le réseau"),
            due_on=date(2026, 5, 29),
            occurred_on=date(2026, 2, 3),
        ),
        network(scene),
    )
    page = unescape(client.get("/travail").text)
    assert "Deux salles pour le réseau" in page
    assert f"/cadre/{framework}/actes/record-framework-delivery" in page
    assert lines(client) > before
    assert figure(client, "/departement") == lines(client)
    due = scene.tool(roles.FRAMEWORK_PILOT).get(f"/api/v1/frameworks/{framework}/deadlines").json()
    assert [(one["id"], one["state"], one["framework_id"]) for one in due if one["id"] == "D19"] == [
        ("D19", "MISSED", str(framework))
    ]
    assert "Deux salles pour le réseau" in unescape(client.get(f"/cadre/{framework}").text)
    assert "Deux salles" not in scene.browser(roles.PILOT).get("/travail").text
