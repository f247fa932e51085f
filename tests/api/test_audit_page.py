"""The audit trail as a page: each sentence says what happened, and a filter that means nothing is said to."""

from __future__ import annotations

import re
from datetime import date
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from api.pages.addresses import JOURNAL
from domain import roles
from domain.agenda import Occurrence, PendingStep, SweepAgenda, agenda_stream
from domain.kernel import Actor, RoleHeld
from domain.steering import Decision, RecordMeeting
from domain.values import Code, LocalId, Prose, local_id
from tests.api.forms import forms_of
from tests.api.scene import Scene
from workflows.deadlines import ENGINE_ACTOR


def trail(scene: Scene, **asked: str) -> str:
    """The page, its entities read."""
    answer = scene.browser(roles.AUDITOR).get(scene.page_of(scene.here, JOURNAL), params=asked)
    assert answer.status_code == 200
    return answer.text.replace("&#39;", "'")


def sentences(html: str) -> list[str]:
    """What each entry says."""
    return [
        " ".join(one.replace("\xa0", " ").split())
        for one in re.findall(r'class="entry-sentence">(.*?)</p>', html, re.DOTALL)
    ]


def meet(scene: Scene, attendance: int | None = 7) -> None:
    """A meeting with a decision in words of its own."""
    scene.here.tell(
        RecordMeeting(
            stream_id=scene.here.body,
            meeting_id=local_id("told"),
            attendance=attendance,
            decisions=(Decision(LocalId("d1"), Code("OTHER"), Prose("Un relais ouvrira à Samatan.")),),
            occurred_on=date(2026, 5, 4),
        )
    )


def remind(scene: Scene) -> None:
    """A reminder of a signature and an escalation of the review."""
    convention = scene.here.convention
    signature = Occurrence(Code("D06"), scene.here.cpam, Code("k1"))
    review = Occurrence(Code("D16"), convention, Code("2025-01-01"))
    who = (uuid4(),)
    scene.here.tell(
        SweepAgenda(
            stream_id=agenda_stream(convention),
            convention_id=convention,
            missed=((review, date(2026, 3, 31)),),
            pending=(
                PendingStep(signature, date(2026, 7, 1), -15, Code("REMINDER"), who, (Code("MISSING_SIGNATORY"),)),
                PendingStep(
                    review, date(2026, 3, 31), 30, Code("ESCALATION"), who, (Code("PILOT"), Code("COMMITTEE_CHAIR"))
                ),
            ),
        ),
        Actor(ENGINE_ACTOR.actor_id, (RoleHeld(roles.ENGINE),)),
    )


def test_each_sentence_says_what_happened(scene: Scene) -> None:
    meet(scene)
    remind(scene)
    told = sentences(trail(scene))
    for said in (
        "Une instance s’est réunie : Comité de pilotage. Présents : 7.",
        "Une décision a été prise (autre décision) : « Un relais ouvrira à Samatan ». Instance : Comité de pilotage.",
        "Une priorité a été choisie : « Soutenir les parents ». Thème : parentalité.",
        "La Caf du Gers a autorisé sa signature : délibération du conseil d’administration.",
        "La Caf du Gers a signé.",
    ):
        assert any(one.startswith(said) for one in told), (said, told)
    assert any("Une fiche action a été rédigée : « Navette des parents »" in one for one in told)
    assert any("Motif : « Public trop éloigné »" in one for one in told)
    assert any("(CPAM du Gers)" in one and one.endswith("Pour : signataire attendu.") for one in told)
    assert any("Pour : pilote et président" in one for one in told), told


def test_a_meeting_whose_people_were_not_counted_says_so(scene: Scene) -> None:
    meet(scene, None)
    assert any("Présents : non comptés." in one for one in sentences(trail(scene)))


def test_an_erased_text_reads_as_erased(scene: Scene) -> None:
    meet(scene)
    decision = scene.events()[-1]
    scene.house.vault.destroy_key(decision.envelope.event_id)
    told = sentences(trail(scene))
    assert any("(autre décision) : texte effacé. Instance" in one for one in told)


def test_the_order_told_is_the_order_shown(scene: Scene) -> None:
    scene.here.forum("fo6", date(2024, 10, 1))
    html = trail(scene)
    assert "le dernier enregistré d’abord" in html
    assert "Le dernier a été enregistré le 1er juin 2026" in html
    assert "1er octobre 2024" in html[html.index('class="audit') :][:2_000], "recorded last, although long ago"


# --- filters ----------------------------------------------------------------------------------------------------------


def test_the_filters_of_the_page_are_those_of_its_address(scene: Scene) -> None:
    meet(scene)
    client: TestClient = scene.browser(roles.AUDITOR)
    address = scene.page_of(scene.here, JOURNAL)
    form = next(form for form in forms_of(client.get(address).text) if form.action == address)
    sent = form.filled(fait="ctg.steering-body.steering-decision-recorded", du="2026-05-01", au="2026-05-31")
    told = sentences(client.get(address, params=sent).text)
    assert len(told) == 1
    assert "Une décision a été prise" in told[0]


def test_a_day_may_be_written_as_people_write_it(scene: Scene) -> None:
    written, sent = (trail(scene, du=day) for day in ("18/11/2024", "2024-11-18"))
    assert sentences(written) == sentences(sent) != sentences(trail(scene))


def test_the_engine_is_named_and_kinds_are_in_the_order_of_their_words(scene: Scene) -> None:
    remind(scene)
    form = next(form for form in forms_of(trail(scene)) if form.action.endswith("/journal"))
    assert form.labels[str(ENGINE_ACTOR.actor_id)] == "CTG Engine"
    words = [form.labels[value] for value in form.offered["fait"] if value]
    expected = ["Bilan fait", "Convention ouverte", "Échéance passée", "Engagement confirmé", "Relance préparée"]
    assert [word for word in words if word in expected] == expected[1:], "accents do not send one last"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"fait": "zzz"}, "Cette sorte de fait n’existe pas"),
        ({"par": "zzz"}, "Cet auteur n’a rien enregistré ici"),
        ({"par": "x" * 500}, "Cet auteur n’a rien enregistré ici"),
        ({"fait": "x" * 5_000}, "Cette sorte de fait n’existe pas"),
        ({"suite": "zzz"}, "Cette page du journal n’existe pas"),
        ({"suite": "9" * 400}, "Cette page du journal n’existe pas"),
        ({"suite": "²"}, "Cette page du journal n’existe pas"),
        ({"vers": "zzz"}, "Ce fait n’est pas dans ce journal"),
        ({"du": "hier"}, "avec le calendrier"),
        ({"au": "y" * 300}, "avec le calendrier"),
        ({"du": "2026-05-02", "au": "2026-05-01"}, "précède la date de début"),
    ],
)
def test_a_filter_that_means_nothing_is_said_and_filters_nothing(
    scene: Scene, asked: dict[str, str], said: str
) -> None:
    html = trail(scene, **asked)
    assert said in html
    assert sentences(html) == sentences(trail(scene))
    for name in ("du", "au"):
        assert f'value="{asked.get(name, "")}"' in html, "what was typed is kept"


def test_a_link_to_an_old_fact_finds_it_beyond_the_first_page(scene: Scene) -> None:
    first = next(event for event in scene.events() if event.TOPIC == "ctg.convention.engagement-confirmed")
    for number in range(60):
        scene.here.forum(f"fo{100 + number}", date(2024, 10, 1))
    assert f'id="{first.envelope.event_id}"' not in trail(scene)
    assert f'id="{first.envelope.event_id}"' in trail(scene, vers=str(first.envelope.event_id))


def test_what_a_tool_recorded_says_which_tool_and_whose(scene: Scene) -> None:
    """Not « une personne supprimée »: nobody was."""
    tool = scene.tool(roles.PARTNER_REPRESENTATIVE)
    mandate = {"partner_id": str(scene.here.caf), "kind": "BOARD", "occurred_on": "2026-05-12"}
    address = f"/api/v1/conventions/{scene.here.convention}/record-mandate"
    assert tool.post(address, json=mandate, headers={"Idempotency-Key": "k"}).status_code == 200
    events = scene.tool(roles.PILOT).get(f"/api/v1/conventions/{scene.here.convention}/events?limit=200")
    assert '"origin":"tool"' in events.text
    html = scene.browser(roles.PILOT).get(scene.page_of(scene.here, JOURNAL)).text
    (line,) = [one for one in html.split('class="entry-who"') if "l’outil «" in one]
    assert "Caf" in line
