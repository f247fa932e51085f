"""The audit trail as a page: each sentence says what happened, and a filter that means nothing is said to."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from api.pages import audit_table
from api.pages.addresses import JOURNAL
from domain import roles
from domain.agenda import Occurrence, PendingStep, agenda_stream
from domain.kernel import Actor, RoleHeld
from domain.steering import Decision, RecordMeeting
from domain.sweeping import SweepAgenda
from domain.values import Code, LocalId, Prose, local_id
from tests.api.forms import forms_of
from tests.api.scene import Scene
from tests.api.test_commands import FORUM
from workflows.acting_by_itself import ENGINE_ACTOR


def trail(scene: Scene, **asked: str) -> str:
    """The page, its entities read."""
    answer = scene.browser(roles.AUDITOR).get(scene.page_of(scene.here, JOURNAL), params=asked)
    assert answer.status_code == 200
    return answer.text.replace("&#39;", "'")


def whole(scene: Scene) -> str:
    """Every page of the journal."""
    pages = [trail(scene)]
    while 'rel="next"' in pages[-1]:
        pages.append(trail(scene, page=str(len(pages) + 1)))
    return "".join(pages)


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
    told = sentences(whole(scene))
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
    scene.here.forum("fo6", date(2024, 10, 1), shared_after=None)
    html = trail(scene)
    assert "Enregistrés en juin 2026" in html
    first = html[html.index('class="entry"') :][:700]
    assert 'datetime="2024-10-01"' in first, "recorded last, although long ago"
    assert "enregistré le" in first
    assert 'datetime="2026-06-01"' in first, "and when that was"
    assert (
        'datetime="2024-10-01"' not in re.findall(r'class="entry".*?</time>', trail(scene, dates="fait"), re.DOTALL)[0]
    )


# --- filters ----------------------------------------------------------------------------------------------------------


def test_the_filters_of_the_page_are_those_of_its_address(scene: Scene) -> None:
    meet(scene)
    client: TestClient = scene.browser(roles.AUDITOR)
    address = scene.page_of(scene.here, JOURNAL)
    form = next(form for form in forms_of(client.get(address).text) if "fait" in form.offered)
    sent = form.filled(
        dates="fait", fait="ctg.steering-body.steering-decision-recorded", du="2026-05-01", au="2026-05-31"
    )
    told = sentences(client.get(address, params=sent).text)
    assert len(told) == 1
    assert "Une décision a été prise" in told[0]


def test_a_period_is_that_of_the_fact_or_that_of_its_recording_as_the_person_chooses(scene: Scene) -> None:
    """A forum of October 2024 recorded in June 2026 was found by neither of the days of its recording."""
    scene.here.forum("fo6", date(2024, 10, 1), shared_after=None)
    address = {"fait": "ctg.convention.forum-held"}
    for dates, du, found in (
        ("enregistrement", "2026-06-01", True),
        ("fait", "2026-06-01", False),
        ("fait", "2024-10-01", True),
        ("enregistrement", "2024-10-01", False),
    ):
        html = trail(scene, **address, dates=dates, du=du, au=du)
        assert ("1er octobre 2024" in html or 'datetime="2024-10-01"' in html) is found, (dates, du)
        assert f'name="dates" value="{dates}" checked' in html, "the choice stays"


def test_what_was_not_recorded_yet_is_not_read_as_of_an_earlier_day(scene: Scene) -> None:
    before = sentences(trail(scene))
    scene.here.forum("fo6", date(2024, 10, 1), shared_after=None)
    scene.clock.moment += timedelta(days=1)
    meet(scene)
    then = trail(scene, registre="2026-05-31")
    assert "Registre au 31 mai 2026" in then
    assert "Revenir à aujourd’hui" in then
    assert sentences(then) != sentences(trail(scene))
    assert not any("Samatan" in one for one in sentences(then))
    assert "Rien n’était encore enregistré le 1er janvier 2000" in trail(scene, registre="2000-01-01")
    assert before


def test_runs_of_reminders_are_told_in_one_line_unless_they_are_looked_for(scene: Scene) -> None:
    """Thirteen reminders stood among the first fifty lines."""
    remind(scene)
    html = trail(scene)
    (said,) = re.findall(r'class="entry-fold"><summary>(.*?)</summary>', html)
    assert said.replace("\N{NO-BREAK SPACE}", " ") == "Un rappel, une relance et une échéance passée"
    assert html.count("entry-run") == 1
    kind = "ctg.agenda.reminder-sent"
    assert "entry-run" not in trail(scene, fait=kind)
    sent = next(event for event in scene.events() if kind == event.TOPIC)
    shown = trail(scene, vers=str(sent.envelope.event_id))
    assert 'class="entry-fold" open' in shown, "a link to one of them unfolds it"


def test_marked_facts_are_found_by_ticks_and_what_was_refused_too(scene: Scene) -> None:
    late = {"marque": "tardif", "fait": "ctg.convention.forum-held"}
    early = sentences(trail(scene, **late))
    scene.here.forum("fo6", date(2024, 10, 1), shared_after=None)
    assert len(sentences(trail(scene, **late))) == len(early) + 1
    assert all("rôle" in one for one in sentences(trail(scene, marque="role")))
    assert trail(scene, marque="refus").count("entry-refusal") == 0
    address = f"/api/v1/conventions/{scene.here.convention}/record-forum"
    answer = scene.tool(roles.PILOT).post(
        address, json={**FORUM, "occurred_on": "2026-06-30"}, headers={"Idempotency-Key": "r"}
    )
    assert answer.status_code == 422
    html = trail(scene, marque="refus")
    assert html.count("entry-refusal") == 1
    assert "Demande refusée" in html


def test_the_table_to_save_holds_what_the_filters_keep_and_no_formula(scene: Scene) -> None:
    scene.here.tell(
        RecordMeeting(
            stream_id=scene.here.body,
            meeting_id=local_id("told"),
            attendance=7,
            decisions=(Decision(LocalId("d1"), Code("OTHER"), Prose("Un relais ouvrira.")),),
            occurred_on=date(2026, 5, 4),
        )
    )
    client: TestClient = scene.browser(roles.AUDITOR)
    address = scene.page_of(scene.here, JOURNAL)
    asked = {"fait": "ctg.steering-body.steering-decision-recorded"}
    link = re.search(r'href="([^"]*journal\.csv[^"]*)"', client.get(address, params=asked).text)
    assert link is not None
    answer = client.get(link[1].replace("&amp;", "&"))
    assert answer.headers["content-type"].startswith("text/csv")
    rows = answer.content.decode("utf-8-sig").splitlines()
    assert len(rows) == 1 + len(sentences(client.get(address, params=asked).text)), "its head, and each fact"
    assert "Un relais ouvrira" in rows[1]
    assert [audit_table.safe(cell) for cell in ("=1+1", "-2", "fait")] == ["'=1+1", "'-2", "fait"]


def test_a_day_may_be_written_as_people_write_it(scene: Scene) -> None:
    written, sent = (trail(scene, du=day) for day in ("18/11/2024", "2024-11-18"))
    assert sentences(written) == sentences(sent) != sentences(trail(scene))


def test_the_engine_is_named_and_kinds_are_in_the_order_of_their_words(scene: Scene) -> None:
    remind(scene)
    form = next(form for form in forms_of(trail(scene)) if "fait" in form.offered)
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
        ({"page": "zzz"}, "Cette page du journal n’existe pas"),
        ({"page": "9" * 400}, "Cette page du journal n’existe pas"),
        ({"page": "²"}, "Cette page du journal n’existe pas"),
        ({"page": "99"}, "Cette page du journal n’existe pas"),
        ({"marque": "zzz"}, "Cette marque n’existe pas"),
        ({"registre": "hier"}, "avec le calendrier"),
        ({"registre": "0001-01-01"}, "avec le calendrier"),
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
