"""Who leads: said, shared, handed over, contested, resolved."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from pytest_bdd import parsers, step

from domain.kernel import Command
from domain.lead_roles.assigning import AssignLeadRole, DesignateCoordinator
from domain.lead_roles.changing import EndLeadRole, ShareLeadRole
from domain.lead_roles.disputing import ContestLeadRole, ResolveLeadRole, WithdrawLeadContestation
from domain.lead_roles.leading import lead_roles_stream
from domain.partners import RegisterPartner
from domain.roles import ADMINISTRATOR, PARTNER_REPRESENTATIVE
from domain.steering import DecisionReference
from domain.values import Code, LocalId, Prose, PublicName, local_id
from tests.specification import french, steps_framework_bodies
from tests.specification.doors import Sender
from tests.specification.french import DAY
from tests.specification.world import FRAMEWORK, PARTNER_KINDS, World

CCAS = "le CCAS"
PARTNER = rf"(?P<partner>{CCAS}|{'|'.join(PARTNER_KINDS)})"
LEADS, COORDINATES = "mener", "coordonner"
WISHES = {"à la place": "HOLD", "avec": "SHARE"}


def lead_of(kind: str, theme: str | None) -> LocalId:
    """The lead role of a theme, or of everything."""
    return local_id(f"{kind}-{theme or 'tout'}")


def here(world: World) -> UUID:
    """Where it is said who leads on the territory."""
    return lead_roles_stream(world.territory_id)


def dispute_of(partner: str) -> LocalId:
    """What a partner contests."""
    return local_id(f"conteste-{partner}")


@step("un CCAS est inscrit au registre")
def _registered(world: World) -> None:
    known = RegisterPartner(
        stream_id=world.partner(CCAS), kind=Code("CCAS"), name=PublicName(CCAS), home_territory_id=world.territory_id
    )
    world.prepare(known, Sender(ADMINISTRATOR))


@step(
    parsers.re(
        rf"{PARTNER} est désignée? (?P<kind>chef de file|coordonnateur)(?P<whole> de la convention-cadre)?"
        r"(?: sur (?P<theme>« [^»]+ »|un thème inconnu))?"
        r"(?:, par la décision (?P<decision>du comité|du comité de la convention-cadre|« [^»]+ »))?"
    )
)
def _assigned(
    world: World, partner: str, kind: str, whole: str | None, theme: str | None, decision: str | None
) -> None:
    code = french.code("lead-kind", kind)
    on = french.code("theme", theme.strip("« »")) if theme and theme.startswith("«") else Code("NOTHING")
    act = AssignLeadRole if code == "LEAD" else DesignateCoordinator
    command = act(
        stream_id=lead_roles_stream(FRAMEWORK) if whole else here(world),
        home_territory_id=None if whole else world.territory_id,
        home_framework_id=FRAMEWORK if whole else None,
        convention_id=None if whole else world.convention,
        lead_id=lead_of(code, theme) if world.door.leads(world.convention) == () or theme else local_id(partner),
        partner_id=world.partner(partner),
        theme=on if theme else None,
        decided_in=_cited(world, decision),
    )
    if whole:
        steps_framework_bodies.act(world, command)
    else:
        world.act(command)


def _cited(world: World, decision: str | None) -> DecisionReference | None:
    if decision is None:
        return None
    if decision == "du comité":
        assert world.decision is not None
        return world.decision
    return steps_framework_bodies.reference(decision.strip("« »") if decision.startswith("«") else "Dire qui mène")


def _last(world: World, kind: str = "LEAD") -> Any:
    """The lead role of everything that was said last."""
    found = [one for one in world.door.leads(world.convention) if one.kind == kind and one.theme is None]
    return next((one for one in found if one.is_live), found[-1])


@step(parsers.re(rf"le rôle est partagé avec {PARTNER}"))
def _shared(world: World, partner: str) -> None:
    world.act(ShareLeadRole(stream_id=here(world), lead_id=_last(world).lead_id, partner_id=world.partner(partner)))


@step(
    parsers.re(
        rf"{PARTNER} cesse de (?P<verb>{LEADS}|{COORDINATES})"
        rf"(?:, (?P<follows>{'|'.join(PARTNER_KINDS)}) prend la suite)?"
        rf"(?:, le (?P<day>{DAY}))?"
    )
)
def _ended(world: World, partner: str, verb: str, follows: str | None, day: str | None) -> None:
    world.act(
        EndLeadRole(
            stream_id=here(world),
            lead_id=_last(world, _kind(verb)).lead_id,
            partner_id=world.partner(partner),
            successor_id=world.partner(follows) if follows else None,
            motive=Prose("Le service change de direction."),
            occurred_on=french.day(day) if day else None,
        )
    )


def _kind(verb: str) -> str:
    return "LEAD" if verb == LEADS else "COORDINATOR"


@step(
    parsers.re(
        rf"{PARTNER} demande (?P<itself>elle-même )?à (?P<verb>{LEADS}|{COORDINATES}) (?P<wish>{'|'.join(WISHES)})"
    )
)
def _contested(world: World, partner: str, itself: str | None, verb: str, wish: str) -> None:
    command = ContestLeadRole(
        stream_id=here(world),
        contestation_id=local_id(f"conteste-{partner}-{wish}"),
        lead_id=_last(world, _kind(verb)).lead_id,
        partner_id=world.partner(partner),
        wish=Code(WISHES[wish]),
        motive=Prose("La compétence est la nôtre."),
    )
    own = Sender(PARTNER_REPRESENTATIVE, world.territory_id, world.partner(partner))
    world.act(command, own if itself else None)


def _disputed(world: World, partner: str) -> LocalId:
    known = [each for one in world.door.leads(world.convention) for each in one.disputes]
    return next(one.contestation_id for one in reversed(known) if one.partner_id == world.partner(partner))


@step(parsers.re(rf"la demande de {PARTNER} est réglée : « (?P<outcome>[^»]+) »"))
def _resolved(world: World, partner: str, outcome: str) -> None:
    command: Command = ResolveLeadRole(
        stream_id=here(world),
        contestation_id=_disputed(world, partner),
        outcome=french.code("lead-outcome", outcome),
        motive=Prose("Les partenaires en sont convenus."),
    )
    world.act(command)


@step(parsers.re(rf"la demande de {PARTNER} est retirée"))
def _withdrawn(world: World, partner: str) -> None:
    world.act(WithdrawLeadContestation(stream_id=here(world), contestation_id=_disputed(world, partner)))


@step(
    parsers.re(
        r"il se lit que (?P<verb>mène|coordonne)(?P<whole> dans la convention-cadre)?(?: sur « (?P<theme>[^»]+) »)? : "
        r"(?P<who>.+)"
    )
)
def _leads(world: World, verb: str, whole: str | None, theme: str | None, who: str) -> None:
    told = world.door.framework_leads(FRAMEWORK) if whole else world.door.leads(world.convention)
    kind = "LEAD" if verb == "mène" else "COORDINATOR"
    on = french.code("theme", theme) if theme else None
    (one,) = (
        each
        for each in told
        if each.is_live and each.kind == kind and (each.theme.code if each.theme is not None else None) == on
    )
    assert one.partners == tuple(map(world.partner, who.split(" et ")))


@step("il se lit que personne ne mène")
def _nobody(world: World) -> None:
    assert _last(world).partners == ()


@step(parsers.re(rf"il se lit que c'est contesté par {PARTNER}"))
def _is_contested(world: World, partner: str) -> None:
    one = _last(world)
    assert one.state == "CONTESTED"
    assert [each.partner_id for each in one.waiting] == [world.partner(partner)]
