"""What waits for an answer is said in one letter, with the act that ends it: nobody is written to about one thing after
another, and what residents wrote is read behind an account."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from domain.contesting import ContestRecord
from domain.convention.diagnosis import DiagnosisShared
from domain.participation.contributing import RecordContribution
from domain.participation.participation import participation_stream
from domain.participation.proposing import SubmitProposal
from domain.values import Code, LocalId, Prose
from tests.workflows.letterbox import BASE, Letterboxes, letterboxes
from tests.workflows.post_office import said_in
from tests.workflows.territory_life import Life
from workflows.database import create_database_engine

SAID = "Le dernier bus part avant la fin des cours de Camille Martin"


@pytest.fixture
def boxes(migrated_sqlite_url: str) -> Iterator[Letterboxes]:
    """A convention whose diagnosis is shared, of February 2024; no letter has left yet."""
    engine = create_database_engine(migrated_sqlite_url)
    life = Life(engine).on(date(2024, 2, 5))
    life.open(date(2024, 1, 1))
    life.engage()
    life.share_diagnosis()
    with letterboxes(life) as found:
        yield found
    engine.dispose()


def contribute(life: Life, name: str) -> None:
    """Note what somebody said at a desk."""
    life.act(
        RecordContribution(
            stream_id=participation_stream(life.territory_id),
            home_territory_id=life.territory_id,
            convention_id=life.convention_id,
            contribution_id=LocalId(name),
            college=Code("USAGE"),
            channel=Code("HELP_DESK"),
            stage=Code("DIAGNOSIS"),
            theme=Code("MOBILITY"),
            text=Prose(SAID),
        )
    )


def received_about(boxes: Letterboxes, day: date, deadline: str) -> str:
    """What the cooperation officer reads, of a letter about a deadline."""
    before = len(boxes.post_office.received)
    boxes.sweep_on(day)
    boxes.empty(day)
    told = [one for one in boxes.life.said(deadline) if one.on == day]
    assert len(told) == 1

    letters = [one for one in boxes.post_office.received[before:] if "OFFICER" in str(one["To"])]
    return " ".join(" ".join(f"{one['Subject']} {said_in(one)}" for one in letters).split())


def test_many_contributions_are_one_letter_that_quotes_nobody(boxes: Letterboxes) -> None:
    for name in ("co1", "co2", "co3"):
        contribute(boxes.life, name)
    said = received_about(boxes, date(2024, 5, 6), "S08")
    assert "3 contributions auxquelles répondre" in said
    assert said.count("contribution du 5 février 2024") == 3
    assert f"{BASE}/conventions/{boxes.life.convention_id}/actes/answer-contribution?contribution_id=co1" in said
    assert "Camille Martin" not in said


def test_a_proposal_is_called_by_its_day_and_leads_to_its_answer(boxes: Letterboxes) -> None:
    life = boxes.life
    stream_id = participation_stream(life.territory_id)
    life.act(
        SubmitProposal(
            stream_id=stream_id,
            home_territory_id=life.territory_id,
            proposal_id=LocalId("pr1"),
            text=Prose(SAID),
        )
    )
    said = received_about(boxes, date(2024, 3, 18), "S12")
    assert "proposition du 5 février 2024" in said
    assert "/actes/triage-proposal?proposal_id=pr1" in said
    assert "Camille Martin" not in said


def test_a_contestation_leads_to_the_form_that_answers_it_where_the_fact_is(boxes: Letterboxes) -> None:
    life = boxes.life
    dossier = life.reader.dossier(life.convention_id)
    assert dossier is not None
    (shared,) = dossier.effective(DiagnosisShared)
    contesting = ContestRecord(
        stream_id=life.convention_id, target_id=shared.envelope.event_id, partner_id=life.partners["msa"]
    )
    life.act(contesting, why="Nous n’avons rien reçu.")
    said = received_about(boxes, date(2024, 2, 26), "S13")
    assert "contestation du 5 février 2024" in said
    assert f"/enregistrements/{life.convention_id}/actes/answer-contestation?contestation_id=" in said


def test_findings_that_lead_to_nothing_are_named_and_lead_to_a_priority(boxes: Letterboxes) -> None:
    said = received_about(boxes, date(2025, 2, 5), "S10")
    assert "constat sans suite" in said
    assert "/actes/choose-priority?findings=" in said
