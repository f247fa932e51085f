"""What people bring to a territory, and what becomes of it."""

from __future__ import annotations

from typing import Any

from pytest_bdd import parsers, step

from domain.participation.answering import AnswerContribution, RecordToldBack
from domain.participation.contributing import RecordContribution
from domain.participation.participation import participation_stream
from domain.participation.proposing import CloseProposals, OpenProposals, SubmitProposal, TriageProposal
from domain.roles import PUBLIC
from domain.values import Code, Prose, local_id
from tests.specification import french
from tests.specification.doors import Sender
from tests.specification.world import World

WHAT = r"la contribution « (?P<text>[^»]+) »"


def note_contribution(world: World, text: str, **more: Any) -> None:
    """Note what somebody said, without naming them."""
    world.act(
        RecordContribution(
            **{
                "stream_id": participation_stream(world.territory_id),
                "home_territory_id": world.territory_id,
                "convention_id": world.convention,
                "contribution_id": local_id(text),
                "college": Code("USAGE"),
                "channel": Code("OTHER"),
                "stage": Code("DIAGNOSIS"),
                "theme": Code("PARENTING"),
                "text": Prose(text),
                **more,
            }
        )
    )


def answer_contribution(world: World, text: str, outcome: str, **more: Any) -> None:
    """Say what became of it."""
    world.act(
        AnswerContribution(
            stream_id=participation_stream(world.territory_id),
            convention_id=world.convention,
            contribution_id=local_id(text),
            became=Code(outcome),
            **more,
        )
    )


@step(parsers.re(rf"{WHAT} est notée : (?P<college>[^,]+), (?P<channel>.+)"))
def _noted(world: World, text: str, college: str, channel: str) -> None:
    note_contribution(
        world,
        text,
        college=french.code("expertise", college),
        channel=french.code("contribution-channel", channel),
    )


@step(parsers.re(rf"{WHAT} vient de l'espace permanent « (?P<name>[^»]+) »"))
def _said_there(world: World, text: str, name: str) -> None:
    note_contribution(world, text, space_id=local_id(french.slug(name)))


@step(parsers.re(rf"{WHAT} est notée sur un thème inconnu"))
def _unknown_theme(world: World, text: str) -> None:
    note_contribution(world, text, theme=Code("NO_SUCH_THEME"))


@step(parsers.re(rf"{WHAT} est retenue pour le constat"))
def _kept(world: World, text: str) -> None:
    answer_contribution(world, text, "KEPT", finding_id=world.door.first_finding(world.convention))


@step(parsers.re(rf"{WHAT} est retenue sans dire pour quoi"))
def _kept_for_nothing(world: World, text: str) -> None:
    answer_contribution(world, text, "KEPT")


@step(parsers.re(rf"{WHAT} n'est pas retenue(?:, parce que « (?P<why>[^»]+) »)?"))
def _set_aside(world: World, text: str, why: str | None) -> None:
    answer_contribution(world, text, "NOT_KEPT", motive=Prose(why) if why else None)


@step(parsers.re(rf"{WHAT} est redite « (?P<who>[^»]+) »"))
def _told_back(world: World, text: str, who: str) -> None:
    world.act(
        RecordToldBack(
            stream_id=participation_stream(world.territory_id),
            contribution_ids=(local_id(text),),
            told_to=Prose(who),
            told_by=Code("MEETING"),
        )
    )


@step(parsers.re(rf"{WHAT} est « (?P<state>[^»]+) »"))
def _state(world: World, text: str, state: str) -> None:
    told = world.door.contributions(world.convention, world.today)
    found = next(one for one in told.contributions if one.contribution_id == local_id(text))
    assert found.state == french.code("contribution-state", state)


@step(parsers.re(r"(?P<with_outcome>\d+) contributions? sur (?P<total>\d+) (?:a|ont) une suite"))
def _counted(world: World, with_outcome: str, total: str) -> None:
    told = world.door.contributions(world.convention, world.today)
    assert (told.with_outcome, len(told.contributions)) == (int(with_outcome), int(total))


# --- proposals --------------------------------------------------------------------------------------------------------

PROPOSED = r"la proposition « (?P<text>[^»]+) »"


def propose(world: World, text: str, sender: Sender | None = None) -> None:
    """Propose something to the territory."""
    world.act(
        SubmitProposal(
            stream_id=participation_stream(world.territory_id),
            home_territory_id=world.territory_id,
            proposal_id=local_id(text),
            text=Prose(text),
        ),
        sender,
    )


def triage(world: World, text: str, outcome: str, **more: Any) -> None:
    """Say what becomes of a proposal."""
    world.act(
        TriageProposal(
            stream_id=participation_stream(world.territory_id),
            convention_id=world.convention,
            proposal_id=local_id(text),
            became=Code(outcome),
            **more,
        )
    )


@step(parsers.re(r"(?:que )?le formulaire public est ouvert"))
def _opened(world: World) -> None:
    stream_id = participation_stream(world.territory_id)
    world.act(OpenProposals(stream_id=stream_id, home_territory_id=world.territory_id))


@step(parsers.re(r"le formulaire public est fermé"))
def _closed(world: World) -> None:
    world.act(CloseProposals(stream_id=participation_stream(world.territory_id), home_territory_id=world.territory_id))


@step(parsers.re(r"(?:qu')?une personne sans compte propose « (?P<text>[^»]+) »"))
def _by_anybody(world: World, text: str) -> None:
    propose(world, text, Sender(PUBLIC, world.territory_id))


@step(parsers.re(rf"{PROPOSED} est notée par le pilote"))
def _by_pilot(world: World, text: str) -> None:
    propose(world, text)


@step(parsers.re(rf"{PROPOSED} est retenue pour le constat"))
def _proposal_kept(world: World, text: str) -> None:
    triage(world, text, "KEPT", finding_id=world.door.first_finding(world.convention))


@step(parsers.re(rf"{PROPOSED} est retenue sans dire pour quoi"))
def _proposal_kept_for_nothing(world: World, text: str) -> None:
    triage(world, text, "KEPT")


@step(parsers.re(rf"{PROPOSED} n'est pas retenue(?:, parce que « (?P<why>[^»]+) »)?"))
def _proposal_set_aside(world: World, text: str, why: str | None) -> None:
    triage(world, text, "NOT_KEPT", motive=Prose(why) if why else None)


@step(parsers.re(rf"{PROPOSED} rejoint « (?P<other>[^»]+) »"))
def _proposal_merged(world: World, text: str, other: str) -> None:
    triage(world, text, "MERGED", merged_with=local_id(other))


@step(parsers.re(rf"{PROPOSED} est « (?P<state>[^»]+) »"))
def _proposal_state(world: World, text: str, state: str) -> None:
    told = world.door.proposals(world.convention, world.today)
    found = next(one for one in told.proposals if one.proposal_id == local_id(text))
    assert found.state == french.code("proposal-state", state)
