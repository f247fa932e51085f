"""Forums before and after their day: who is invited, who will come, another day, the record given back."""

from __future__ import annotations

from pytest_bdd import parsers, step

from domain.convention.expected_forums import RecordForumAttendance, RecordForumInvitation
from domain.convention.forum_records import RecordSharedForumRecord
from domain.roles import FORUM_ANIMATOR
from domain.values import Attendance, Code, Evidence, LocalId, Prose, Sha256, deterministic_id, local_id
from tests.specification import french
from tests.specification.doors import Sender
from tests.specification.steps_acts import ON
from tests.specification.steps_setting import on
from tests.specification.world import World

_RECORD = Evidence(deterministic_id("document", "forum"), Sha256("ab" * 32), Prose("Compte rendu du forum"))


def _forum(number: str) -> LocalId:
    """« forum-1 », as it is named when it is announced or held."""
    return local_id(number)


@step(parsers.re(rf"l'invitation au (?P<forum>forum-\d) est partie par (?P<how>[^,]+?){ON}"))
def _invited(world: World, forum: str, how: str, day: str | None) -> None:
    world.act(
        RecordForumInvitation(
            stream_id=world.convention,
            forum_id=_forum(forum),
            invited_by=french.codes("invited-by", how),
            occurred_on=on(day),
        )
    )


@step(
    parsers.re(
        r"(?P<technical>\d+) professionnels?, (?P<political>\d+) élus? et (?P<usage>\d+) habitants? "
        rf"disent venir au (?P<forum>forum-\d){ON}"
    )
)
def _will_come(world: World, technical: str, political: str, usage: str, forum: str, day: str | None) -> None:
    world.act(
        RecordForumAttendance(
            stream_id=world.convention,
            forum_id=_forum(forum),
            confirmed=Attendance(int(technical), int(political), int(usage)),
            occurred_on=on(day),
        )
    )


@step(
    parsers.re(
        r"le compte rendu du (?P<forum>forum-\d) est partagé(?P<who> par un animateur)?(?P<bare>, sans être joint)?"
        rf"{ON}"
    )
)
def _shared(world: World, forum: str, who: str | None, bare: str | None, day: str | None) -> None:
    world.act(
        RecordSharedForumRecord(
            stream_id=world.convention,
            forum_id=_forum(forum),
            shared_with=(Code("USAGE"), Code("TECHNICAL")),
            occurred_on=on(day),
        ),
        Sender(FORUM_ANIMATOR, world.territory_id) if who else None,
        evidence=() if bare else (_RECORD,),
    )
