"""Pledges of partners to a framework: made, revised, delivered, not kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from api.pages.acts.pledges import CLOSED, said_again
from api.pages.forms.cases import Choices, FrameworkCase
from api.pages.forms.options import YES_NO, named, words
from api.pages.forms.places import FRAMEWORK
from api.pages.forms.record import Form
from domain.framework_pledges.keeping import RecordFrameworkDefault, RecordFrameworkDelivery
from domain.framework_pledges.pledge import FrameworkPledge, FrameworkPledges
from domain.framework_pledges.pledging import PledgeToFramework, ReviseFrameworkPledge
from domain.pledges.pledge import PLEDGE_KINDS
from domain.values import LocalId

_LATER: Final = ("unit", "quantity_hundredths", "starts_on", "ends_on", "due_on", "territories")


def _made(case: FrameworkCase) -> Mapping[LocalId, FrameworkPledge]:
    return FrameworkPledges.of(case.ask.register.frameworks[case.framework_id]).made


def _pledges(case: FrameworkCase) -> Choices:
    """The pledges by their words, with whose they are."""
    made = _made(case)
    case.ask.open(tuple(one.terms for one in made.values()))
    return named(
        (pledge_id, f"{case.ask.said(one.terms.what)} ({', '.join(map(case.ask.name, one.parties))})")
        for pledge_id, one in made.items()
    )


def _parties(case: FrameworkCase) -> Choices:
    """The partners that pledged something."""
    found = dict.fromkeys(party for one in _made(case).values() for party in one.parties)
    return named((str(one), case.ask.name(one)) for one in found)


def followed_territories(case: FrameworkCase) -> Choices:
    """The territories that it follows, among those that the visitor may see."""
    followed = set(map(str, case.ask.register.frameworks[case.framework_id].territories))
    return tuple(one for one in case.territories() if one.value in followed)


PLEDGE_TO_FRAMEWORK: Form[FrameworkCase] = Form(
    command=PledgeToFramework,
    place=FRAMEWORK,
    sections=("framework-pledges",),
    later=(*_LATER, "co_partner_id"),
    creates=("pledge_id",),
    rows={"amounts": 1},
    fixed={**CLOSED, "kind": words("pledge-kind", PLEDGE_KINDS)},
    choices={
        "partner_id": FrameworkCase.partners,
        "co_partner_id": FrameworkCase.partners,
        "territories": followed_territories,
    },
    example={"kind": "DATA", "certainty": "FIRM", "what": "Les données de l’observatoire départemental"},
)


def _refilled(case: FrameworkCase, given: Mapping[str, str]) -> Mapping[str, str]:
    """The terms of the pledge that the link names: what is revised is said again whole."""
    pledge = _made(case).get(LocalId(given.get("pledge_id", "")))
    if pledge is None:
        return {}
    return {**said_again(pledge.terms), "territories": " ".join(map(str, pledge.terms.territories))}


REVISE_FRAMEWORK_PLEDGE: Form[FrameworkCase] = Form(
    command=ReviseFrameworkPledge,
    place=FRAMEWORK,
    sections=("framework-pledges",),
    later=(*_LATER, "what"),
    own_motive=True,
    rows={"amounts": 1},
    refills=_refilled,
    fixed=CLOSED,
    choices={"pledge_id": _pledges, "partner_id": _parties, "territories": followed_territories},
    needs={"pledge_id": PLEDGE_TO_FRAMEWORK},
    example={"certainty": "FIRM"},
)

RECORD_FRAMEWORK_DELIVERY: Form[FrameworkCase] = Form(
    command=RecordFrameworkDelivery,
    place=FRAMEWORK,
    sections=("framework-pledges",),
    date_first=True,
    later=("quantity_hundredths", "year"),
    choices={"pledge_id": _pledges, "partner_id": _parties, "whole": lambda case: YES_NO},
    needs={"pledge_id": PLEDGE_TO_FRAMEWORK},
    example={"what": "Le poste est ouvert"},
    example_fills=("what",),
)

RECORD_FRAMEWORK_DEFAULT: Form[FrameworkCase] = Form(
    command=RecordFrameworkDefault,
    place=FRAMEWORK,
    sections=("framework-pledges",),
    own_motive=True,
    choices={"pledge_id": _pledges, "partner_id": _parties},
    needs={"pledge_id": PLEDGE_TO_FRAMEWORK},
)

FORMS = (PLEDGE_TO_FRAMEWORK, RECORD_FRAMEWORK_DELIVERY, REVISE_FRAMEWORK_PLEDGE, RECORD_FRAMEWORK_DEFAULT)
