"""What is recommended on a territory, and the notes that explain what is done there."""

from __future__ import annotations

from typing import Any

from pytest_bdd import parsers, step

from domain.counsel.counsel import counsel_stream
from domain.counsel.explaining import WriteTranslationNote
from domain.counsel.following import DecideRecommendation, FollowRecommendation
from domain.counsel.recommending import IssueRecommendation
from domain.roles import PARTNER_REPRESENTATIVE
from domain.values import Code, LocalId, Prose, local_id
from tests.specification import french
from tests.specification.doors import Sender
from tests.specification.steps_decisions import reference
from tests.specification.world import PARTNER, PARTNER_KINDS, World

WHAT = r"la recommandation « (?P<text>[^»]+) »"
TO = rf"(?P<to>au comité de pilotage|à (?:{'|'.join(PARTNER_KINDS)}))"
GROUNDS = r"(?P<grounds>sur un constat inconnu|sur un constat|sans rien citer)"


@step(parsers.re(rf"{PARTNER} recommande « (?P<text>[^»]+) » {TO}, {GROUNDS}"))
def _recommended(world: World, partner: str, text: str, to: str, grounds: str) -> None:
    findings: tuple[LocalId, ...] = ()
    if grounds == "sur un constat":
        findings = (world.door.first_finding(world.convention),)
    elif grounds == "sur un constat inconnu":
        findings = (local_id("inconnu"),)
    body = world.body("COPIL") if to == "au comité de pilotage" else None
    world.act(
        IssueRecommendation(
            stream_id=counsel_stream(world.territory_id),
            home_territory_id=world.territory_id,
            convention_id=world.convention,
            recommendation_id=local_id(text),
            kind=Code("TOOLS"),
            text=Prose(text),
            partner_id=world.partner(partner),
            findings=findings,
            to_body_id=body,
            to_partner_id=None if body is not None else world.partner(to.removeprefix("à ")),
        )
    )


def answer(world: World, text: str, said: str, sender: Sender | None = None, **more: Any) -> None:
    """Say what whoever it is addressed to answers."""
    world.act(
        DecideRecommendation(
            stream_id=counsel_stream(world.territory_id),
            recommendation_id=local_id(text),
            answer=french.code("recommendation-answer", said),
            motive=Prose("Parce que le comité en a parlé"),
            **more,
        ),
        sender,
    )


@step(parsers.re(rf"{WHAT} est « (?P<said>[^»]+) », par la décision « (?P<what>[^»]+) »"))
def _decided(world: World, text: str, said: str, what: str) -> None:
    answer(world, text, said, decided_in=reference(world, what))


@step(parsers.re(rf"{WHAT} est « (?P<said>[^»]+) », sans décision"))
def _decided_alone(world: World, text: str, said: str) -> None:
    answer(world, text, said)


@step(parsers.re(rf"{WHAT} est « (?P<said>[^»]+) » par {PARTNER}"))
def _answered(world: World, text: str, said: str, partner: str) -> None:
    answer(world, text, said, Sender(PARTNER_REPRESENTATIVE, world.territory_id, world.partner(partner)))


@step(parsers.re(rf"{WHAT} est (?P<ended>dite faite|abandonnée), (?:sans preuve|« (?P<shown>[^»]+) »)"))
def _ended(world: World, text: str, ended: str, shown: str | None) -> None:
    world.act(
        FollowRecommendation(
            stream_id=counsel_stream(world.territory_id),
            recommendation_id=local_id(text),
            ended=Code("DONE" if ended == "dite faite" else "ABANDONED"),
            shown_by=Prose(shown) if shown else None,
        )
    )


@step(parsers.re(rf"{WHAT} est « (?P<state>[^»]+) »"))
def _state(world: World, text: str, state: str) -> None:
    found = world.door.recommendations(world.convention, world.today)
    (one,) = (each for each in found if each.recommendation_id == local_id(text))
    assert one.state == french.code("recommendation-state", state), one


def explain(world: World, partner: str, **more: Any) -> None:
    """Write why a circular became what is done here."""
    world.act(
        WriteTranslationNote(
            stream_id=counsel_stream(world.territory_id),
            home_territory_id=world.territory_id,
            note_id=local_id("note"),
            partner_id=world.partner(partner),
            source=Code("NATIONAL_CIRCULAR"),
            source_title=Prose("Circulaire du 16 janvier 2020"),
            asks=Prose("Une convention par intercommunalité"),
            became_here=Prose("Une convention pour deux"),
            motive=Prose("Les familles passent de l'une à l'autre"),
            **more,
        )
    )


@step(parsers.re(rf"{PARTNER} explique la décision « (?P<what>[^»]+) » par une circulaire nationale"))
def _explained(world: World, partner: str, what: str) -> None:
    explain(world, partner, decision=reference(world, what))


@step(parsers.re(rf"{PARTNER} explique une circulaire nationale sans dire ce qu'elle est devenue ici"))
def _explains_nothing(world: World, partner: str) -> None:
    explain(world, partner)


@step(parsers.re(rf"{PARTNER} explique une priorité inconnue par une circulaire nationale"))
def _unknown(world: World, partner: str) -> None:
    explain(world, partner, convention_id=world.convention, priority_id=local_id("inconnue"))


@step(parsers.re(r"(?P<count>\d+) (?:note explique|notes expliquent) ce qui est fait ici"))
def _counted(world: World, count: str) -> None:
    assert len(world.door.translation_notes(world.convention)) == int(count)
