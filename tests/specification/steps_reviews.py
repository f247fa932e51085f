"""Reviews published, and what a meeting decides to adjust for what comes."""

from __future__ import annotations

from uuid import uuid4

from pytest_bdd import parsers, step

from domain.adjusting import DecideAdjustment
from domain.convention.publishing import PublishReview
from domain.steering import DecisionReference
from domain.values import Code, Prose, local_id
from tests.specification import french
from tests.specification.french import DAY
from tests.specification.steps_setting import on
from tests.specification.world import World

AUDIENCES = {"aux partenaires": Code("PARTNERS"), "au public": Code("PUBLIC")}


@step(
    parsers.re(
        rf"(?P<which>le bilan|un bilan qui n'existe pas) est publié (?P<to>{'|'.join(AUDIENCES)})"
        rf"(?: le (?P<day>{DAY}))?"
    )
)
def _published(world: World, which: str, to: str, day: str | None) -> None:
    review_id = world.door.last_review() if which == "le bilan" else uuid4()
    world.act(
        PublishReview(stream_id=world.convention, review_id=review_id, audience=AUDIENCES[to], occurred_on=on(day))
    )


@step(
    parsers.re(
        rf"la réunion décide « (?P<kind>[^»]+) »(?: pour la fiche « (?P<sheet>[^»]+) »)?(?:, pour le (?P<due>{DAY}))?"
    )
)
def _adjusted(world: World, kind: str, sheet: str | None, due: str | None) -> None:
    met = world.decided_in
    decision = local_id(f"ajustement-{len(world.recorded)}")
    world.act(
        DecideAdjustment(
            stream_id=met.body_id,
            meeting_id=met.meeting_id,
            decision_id=decision,
            kind=french.code("decision-kind", kind),
            sheets=(world.sheet(sheet),) if sheet else (),
            text=Prose("Desservir le marché le samedi."),
            due_on=on(due),
        )
    )
    world.decision = DecisionReference(met.body_id, met.meeting_id, decision)


@step(
    parsers.re(
        r"le bilan à venir commence par (?P<count>\d+) ajustements?, dont (?P<kept>\d+) faits? "
        r"et (?P<late>\d+) en retard"
    )
)
def _begins(world: World, count: str, kept: str, late: str) -> None:
    world.judged = True
    states = world.door.adjustments_to_come(world.convention, world.today)
    assert (len(states), states.count("KEPT"), states.count("LATE")) == (int(count), int(kept), int(late))


@step(parsers.re(r"ce bilan a vu (?P<count>\d+) ajustements?, dont (?P<kept>\d+) faits?"))
def _saw(world: World, count: str, kept: str) -> None:
    world.judged = True
    states = world.door.adjustments_seen(world.convention)
    assert (len(states), states.count("KEPT")) == (int(count), int(kept))


@step(parsers.re(r"le public (?P<reads>lit le bilan|ne lit aucun bilan)"))
def _reads(world: World, reads: str) -> None:
    assert world.door.public_reviews(world.convention, world.today) == int(reads == "lit le bilan")
