"""What becomes of the decisions of steering bodies: entrusted, done, replaced, abandoned, ageing, asleep."""

from __future__ import annotations

from pytest_bdd import parsers, step

from domain.following import AbandonDecision, EntrustDecision, RecordDecisionDone, ReplaceDecision
from domain.roles import COMMITTEE_CHAIR, PARTNER_REPRESENTATIVE
from domain.steering import Decision, DecisionReference, RecordMeeting
from domain.values import Code, Evidence, LocalId, Prose, Sha256, deterministic_id, local_id
from tests.specification import french
from tests.specification.doors import Sender
from tests.specification.french import DAY
from tests.specification.steps_setting import on
from tests.specification.world import PARTNER, World, text_of

BODY = r"(?P<body>comité de pilotage|comité technique)"
WHAT = r"« (?P<what>[^»]+) »"
OTHER = r"« (?P<other>[^»]+) »"
KINDS = {"comité de pilotage": "COPIL", "comité technique": "COTECH"}
FIRST = local_id("decision-1")


def reference(world: World, what: str) -> DecisionReference:
    """A decision by its words; one that was never taken is of the steering committee."""
    for kind in KINDS.values():
        found = DecisionReference(world.body(kind), meeting(what), FIRST)
        if any(one.reference == found for one in world.door.decisions(world.convention, world.today)):
            return found
    return DecisionReference(world.body("COPIL"), meeting(what), FIRST)


def meeting(what: str) -> LocalId:
    """The meeting that took a decision, by the words of it."""
    return local_id(f"seance-{what}")


@step(parsers.re(rf"le {BODY} décide de {WHAT}(?:, le (?P<day>{DAY}))?"))
def _decided(world: World, body: str, what: str, day: str | None) -> None:
    world.prepare(
        RecordMeeting(
            stream_id=world.body(KINDS[body]),
            meeting_id=meeting(what),
            attendance=9,
            decisions=(Decision(FIRST, Code("OTHER"), Prose(what)),),
            occurred_on=on(day),
        )
    )
    world.decision = DecisionReference(world.body(KINDS[body]), meeting(what), FIRST)


@step(parsers.re(rf"le {BODY} se réunit sans rien décider(?: le (?P<day>{DAY}))?"))
def _met(world: World, body: str, day: str | None) -> None:
    world.meetings += 1
    world.prepare(
        RecordMeeting(
            stream_id=world.body(KINDS[body]),
            meeting_id=local_id(f"reunion-{world.meetings}"),
            attendance=9,
            occurred_on=on(day),
        )
    )


@step(parsers.re(rf"la décision {WHAT} est confiée à {PARTNER}(?:, pour le (?P<due>{DAY}))?"))
def _entrusted(world: World, what: str, partner: str, due: str | None) -> None:
    decision = reference(world, what)
    owner = world.partner(partner)
    world.act(EntrustDecision(stream_id=decision.body_id, decision=decision, owner_id=owner, due_on=on(due)))


@step(parsers.re(rf"la décision {WHAT} est dite tenue(?: par {PARTNER})?, (?P<how>sur pièce|sans preuve|« [^»]+ »)"))
def _done(world: World, what: str, how: str, partner: str | None = None) -> None:
    decision = reference(world, what)
    shown = Evidence(deterministic_id("document", what), Sha256(text_of(what)), Prose("Bail signé"))
    sender = Sender(PARTNER_REPRESENTATIVE, world.territory_id, world.partner(partner)) if partner else None
    words = Prose(how.strip("« »")) if how.startswith("«") else None
    world.act(
        RecordDecisionDone(stream_id=decision.body_id, decision=decision, shown_by=words),
        sender,
        evidence=(shown,) if how == "sur pièce" else (),
    )


@step(parsers.re(rf"la décision {WHAT} est remplacée par {OTHER}"))
def _replaced(world: World, what: str, other: str) -> None:
    decision = reference(world, what)
    world.act(ReplaceDecision(stream_id=decision.body_id, decision=decision, replaced_by=reference(world, other)))


@step(
    parsers.re(
        rf"la décision {WHAT} est abandonnée(?: par (?P<chair>le président)| par la décision {OTHER}| sans décision),"
        r" parce que « (?P<why>[^»]+) »"
    )
)
def _abandoned(world: World, what: str, chair: str | None, other: str | None, why: str) -> None:
    decision = reference(world, what)
    world.act(
        AbandonDecision(
            stream_id=decision.body_id,
            decision=decision,
            motive=Prose(why),
            given_up_in=reference(world, other) if other else None,
        ),
        Sender(COMMITTEE_CHAIR, world.territory_id) if chair else None,
    )


@step(parsers.re(rf"la décision {WHAT} se lit « (?P<state>[^»]+) »"))
def _state(world: World, what: str, state: str) -> None:
    (one,) = (
        one for one in world.door.decisions(world.convention, world.today) if one.reference.meeting_id == meeting(what)
    )
    assert one.state == french.code("decision-state", state), one


@step(parsers.re(r"(?P<kept>\d+) décisions? sur (?P<taken>\d+) (?:est tenue|sont tenues)"))
def _kept(world: World, kept: str, taken: str) -> None:
    found = world.door.decisions_kept(world.convention, world.today)
    assert (found.kept, found.taken) == (int(kept), int(taken)), found


@step(parsers.re(r"le prochain ordre du jour commence par : (?P<those>« .+ »)"))
def _agenda(world: World, those: str) -> None:
    found = world.door.proposed_agenda(world.convention, world.today)
    wanted = [meeting(one) for one in those.strip("« »").split(" », « ")]
    first = found[: len(wanted)]
    assert [one.reference.meeting_id for one in first if one.reference is not None] == wanted


@step("aucune décision n'est à suivre")
def _nothing(world: World) -> None:
    assert not world.door.decisions_to_follow(world.convention, world.today)
