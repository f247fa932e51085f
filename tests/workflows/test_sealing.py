"""Texts are sealed when they are recorded: what a batch adopts is what the log says, and one key opens it."""

from __future__ import annotations

import hashlib
from dataclasses import fields, replace
from uuid import uuid4

from sqlalchemy import Engine, func, select

from domain.action_sheets.state import ActionSheet
from domain.convention.plan import ActionPlanValidated, ValidateActionPlan
from domain.kernel import Event
from domain.steering import PLAN_VALIDATED
from domain.values import Evidence, Prose, Sha256
from tests.plans import completed
from tests.properties.test_any_sequence_of_commands import CONVENTION_ID, DECIDED, READY, SHEETS, TEXTS, TODAY
from tests.workflows.together import circumstances, meeting, of, opened, stand_alike
from workflows.application import Steering
from workflows.people import Vault
from workflows.schema import vault_keys
from workflows.seals import subject_of

DRAFT = next(command for command in READY if command.stream_id == SHEETS[0])
BEFORE = tuple(command for command in READY if command is not DRAFT)
VALIDATION = ValidateActionPlan(
    stream_id=CONVENTION_ID,
    sheets=SHEETS[:1],
    text_sha256=TEXTS[0],
    decided_in=DECIDED[PLAN_VALIDATED],
    occurred_on=TODAY,
    **completed(TODAY),
)


def texts_of(event: Event) -> list[str]:
    """Every sealed text of an event, as it stands in the log."""
    found: list[str] = []

    def look(value: object) -> None:
        if isinstance(value, Prose):
            assert value.token is not None, "read back from the log"
            found.append(value.token)
        elif isinstance(value, tuple):
            for one in value:
                look(one)
        elif hasattr(value, "__dataclass_fields__"):
            look(tuple(getattr(value, field.name) for field in fields(value)))  # type: ignore[arg-type]

    look(tuple(vars(event).values()))
    return found


def validated(steering: Steering) -> ActionPlanValidated:
    (found,) = (one for one in of(steering, CONVENTION_ID) if isinstance(one, ActionPlanValidated))
    return found


def test_a_plan_adopted_with_its_draft_verifies(engine: Engine) -> None:
    process = opened(engine, *BEFORE)
    process.execute_all([DRAFT, VALIDATION], circumstances(idempotency_key=None))
    plan, sheet = validated(process), process.load(SHEETS[0])
    assert isinstance(sheet, ActionSheet)
    assert sheet.title.token is not None
    content = hashlib.sha256(sheet.content.encode()).hexdigest()
    assert plan.sheets[0].content_sha256 == content
    assert plan.plan_hash == hashlib.sha256(content.encode()).hexdigest()
    assert plan.sheets[0].title == sheet.title, "under the seal of the draft, not another"
    stand_alike(process)


def test_an_erased_title_is_readable_nowhere(engine: Engine) -> None:
    process = opened(engine, *BEFORE)
    vault = Vault(engine)
    process.execute_all([DRAFT, VALIDATION], circumstances(idempotency_key=None))
    (drafted,) = of(process, SHEETS[0])
    titles = [*texts_of(drafted), str(validated(process).sheets[0].title.token)]
    assert vault.open_texts(titles) == dict.fromkeys(titles, "Fiche")
    vault.destroy_key(drafted.envelope.event_id)
    assert vault.open_texts(titles) == dict.fromkeys(titles)


def test_an_event_has_one_key_and_a_text_one_seal(engine: Engine) -> None:
    """The reason and the evidence of an act are those of all its events: sealed once, under the first."""
    process = opened(engine)
    with engine.connect() as connection:
        before = connection.execute(select(func.count()).select_from(vault_keys)).scalar_one()
    proof = Evidence(uuid4(), Sha256("c" * 64), Prose("Compte rendu"))
    two = meeting("m9")
    two = replace(two, decisions=(*two.decisions, replace(two.decisions[0], decision_id="d2", text=Prose("Autre"))))  # type: ignore[arg-type]
    process.act(two, reason=Prose("motif"), evidence=(proof,))
    held, first, second = of(process, two.stream_id)[-3:]
    assert {one.envelope.reason for one in (first, second)} == {held.envelope.reason}
    assert {one.envelope.evidence for one in (first, second)} == {held.envelope.evidence}
    assert [subject_of(token) for token in texts_of(first)].count(first.envelope.event_id) == 1
    with engine.connect() as connection:
        after = connection.execute(select(func.count()).select_from(vault_keys)).scalar_one()
    assert after - before == 3
    opened_texts = Vault(engine).open_texts({token for one in (held, first, second) for token in texts_of(one)})
    assert sorted(map(str, opened_texts.values())) == ["Autre", "Compte rendu", "Décision de m9", "motif"]
    stand_alike(process)


def test_two_texts_of_the_same_words_are_two(engine: Engine) -> None:
    """Whoever has one of them erased does not erase the other."""
    process = opened(engine)
    two = meeting("m9")
    same = replace(two.decisions[0], decision_id="d2", text=Prose(str(two.decisions[0].text.text)))  # type: ignore[arg-type]
    process.act(replace(two, decisions=(*two.decisions, same)))
    _, first, second = of(process, two.stream_id)[-3:]
    assert [subject_of(token) for one in (first, second) for token in texts_of(one)] == [
        first.envelope.event_id,
        second.envelope.event_id,
    ]


def test_what_a_command_was_given_stays_as_it_was_given(engine: Engine) -> None:
    """It may have to be decided again, and its hash is that of its words."""
    process = opened(engine)
    command, context = meeting("m9"), circumstances(reason=Prose("motif"))
    before = process.answers.hash_of(command, context)
    process.execute(command, context)
    assert command.decisions[0].text == Prose("Décision de m9")
    assert context.reason == Prose("motif")
    assert process.answers.hash_of(command, context) == before
