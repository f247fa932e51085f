"""Action sheets: drafted early, completed bit by bit, followed; how they stand."""

from __future__ import annotations

import re

from pytest_bdd import parsers, step

from domain.action_sheets.drafting import DraftActionSheet
from domain.action_sheets.following import ReportActionStatus
from domain.convention.adapting import AdaptPlan
from domain.roles import PARTNER_REPRESENTATIVE
from domain.values import Prose, local_id
from tests.specification import french
from tests.specification.doors import Sender
from tests.specification.french import DAY
from tests.specification.world import PARTNER, World


@step(parsers.parse("la fiche action « {title} » est rédigée pour la priorité « {priority} », sans porteur ni dates"))
def _drafted_early(world: World, title: str, priority: str) -> None:
    world.act(
        DraftActionSheet(
            stream_id=world.sheet(title),
            convention_id=world.convention,
            home_territory_id=world.territory_id,
            priority_id=local_id(french.slug(priority)),
            title=Prose(title),
        )
    )


@step(
    parsers.re(
        rf"la fiche action « (?P<title>[^»]+) » est rédigée pour la priorité « (?P<priority>[^»]+) », "
        rf"du (?P<starts>{DAY}) au (?P<ends>{DAY}), le (?P<day>{DAY})"
    )
)
def _drafted_before(world: World, title: str, priority: str, starts: str, ends: str, day: str) -> None:
    world.act(
        DraftActionSheet(
            stream_id=world.sheet(title),
            convention_id=world.convention,
            home_territory_id=world.territory_id,
            priority_id=local_id(french.slug(priority)),
            title=Prose(title),
            owner_id=world.partner("l'intercommunalité"),
            starts_on=french.day(starts),
            ends_on=french.day(ends),
            occurred_on=french.day(day),
        )
    )


@step(
    parsers.re(
        rf"{PARTNER} dit l'action « (?P<title>[^»]+) » (?P<status>[^,]+), à (?P<percent>\d+) %(?:, au (?P<day>.+))?"
    )
)
def _reported(world: World, partner: str, title: str, status: str, percent: str, day: str | None = None) -> None:
    told = ReportActionStatus(
        stream_id=world.sheet(title),
        status=french.code("action-status", status),
        progress_percent=int(percent),
        occurred_on=french.day(day) if day else world.today,
    )
    world.act(told, Sender(PARTNER_REPRESENTATIVE, world.territory_id, world.partner(partner)))


@step(parsers.re(rf"{PARTNER} dit en cours chacune des actions (?P<titles>« .+ »)"))
def _all_running(world: World, partner: str, titles: str) -> None:
    for title in re.findall(r"« ([^»]+) »", titles):
        _reported(world, partner, title, "en cours", "10")


@step(parsers.re(r"le plan signé est adapté avec (?:la fiche|les fiches) (?P<titles>« .+ »)"))
def _adapted(world: World, titles: str) -> None:
    world.act(
        AdaptPlan(
            stream_id=world.convention,
            sheets=tuple(world.sheet(one) for one in re.findall(r"« ([^»]+) »", titles)),
            motive=Prose("Le conducteur est arrivé plus tard."),
            decided_in=world.decided_in,
        )
    )


@step(parsers.re(r"l'action « (?P<title>[^»]+) » est (?P<status>.+)"))
def _stands(world: World, title: str, status: str) -> None:
    standing = world.door.sheets(world.convention, world.today)[world.sheet(title)]
    assert standing.status == french.code("action-status", status)


UNKNOWN = {"l'état": "NO_STATUS", "le porteur": "NO_OWNER", "les dates": "NO_DATES"}


@step(parsers.re(r"de l'action « (?P<title>[^»]+) », on ne sait pas (?P<what>.+)"))
def _unknown(world: World, title: str, what: str) -> None:
    standing = world.door.sheets(world.convention, world.today)[world.sheet(title)]
    assert [UNKNOWN[one] for one in what.split(" ni ")] == list(standing.unknown)


@step("aucune action n'est en retard")
def _none_late(world: World) -> None:
    assert not [one for one in world.door.sheets(world.convention, world.today).values() if one.late]


@step(parsers.re(r"l'action « (?P<title>[^»]+) » est en retard depuis le (?P<day>.+)"))
def _late(world: World, title: str, day: str) -> None:
    standing = world.door.sheets(world.convention, world.today)[world.sheet(title)]
    assert french.day(day) in {one.since for one in standing.late}
