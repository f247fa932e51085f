"""Pledges of partners: made, revised, delivered, not kept."""

from __future__ import annotations

from collections.abc import Mapping

from api.pages.forms import amounts
from api.pages.forms.cases import Choices
from api.pages.forms.conventions import ConventionCase
from api.pages.forms.options import YES_NO, named, words
from api.pages.forms.places import CONVENTION
from api.pages.forms.record import Form
from domain.pledges.keeping import RecordDelivery, RecordPledgeDefault
from domain.pledges.pledge import PLEDGE_CERTAINTIES, PLEDGE_KINDS, UNITS, Means, Pledge
from domain.pledges.pledging import PledgeResource, RevisePledge

CLOSED = {"certainty": words("pledge-certainty", PLEDGE_CERTAINTIES), "unit": words("pledge-unit", UNITS)}
_LATER = ("unit", "quantity_hundredths", "starts_on", "ends_on", "due_on", "priority_id", "sheets")


def _pledges(case: ConventionCase) -> Choices:
    """The pledges by their words, with whose they are."""
    case.ask.open(tuple(one.terms for one in case.dossier.pledges))
    return named(
        (str(one.id), f"{case.said(one.terms.what)} ({', '.join(map(case.ask.name, one.parties))})")
        for one in case.dossier.pledges
    )


def _parties(case: ConventionCase) -> Choices:
    """The partners that pledged something."""
    found = dict.fromkeys(party for one in case.dossier.pledges for party in one.parties)
    return named((str(one), case.ask.name(one)) for one in found)


PLEDGE_RESOURCE = Form(
    command=PledgeResource,
    place=CONVENTION,
    sections=("pledges",),
    later=(*_LATER, "co_partner_id"),
    rows={"amounts": 1},
    fixed={**CLOSED, "kind": words("pledge-kind", PLEDGE_KINDS)},
    choices={
        "partner_id": ConventionCase.all_partners,
        "co_partner_id": ConventionCase.all_partners,
        "priority_id": ConventionCase.priorities,
        "sheets": ConventionCase.live_sheets,
    },
    hidden=lambda case: {
        "convention_id": str(case.standing.convention_id),
        "home_territory_id": str(case.standing.territory_id),
    },
    example={"kind": "DATA", "certainty": "FIRM", "what": "Les données de l’observatoire des familles"},
)


def _refilled(case: ConventionCase, given: Mapping[str, str]) -> Mapping[str, str]:
    """The terms of the pledge that the link names: what is revised is said again whole."""
    return next((_terms(one) for one in case.dossier.pledges if str(one.id) == given.get("stream_id")), {})


def _terms(pledge: Pledge) -> Mapping[str, str]:
    """The terms of a pledge as its form has them."""
    terms = pledge.terms
    served = {"priority_id": terms.priority_id} if terms.priority_id else {}
    return {**said_again(terms), **served, "sheets": " ".join(map(str, terms.sheets))}


def said_again(terms: Means) -> Mapping[str, str]:
    """What a pledge brings as the form of any has it."""
    said: dict[str, str] = {"certainty": terms.certainty}
    optional = {
        "unit": terms.unit,
        "quantity_hundredths": amounts.typed(terms.quantity_hundredths) if terms.quantity_hundredths else None,
        **{name: day.isoformat() for name in ("starts_on", "ends_on", "due_on") if (day := getattr(terms, name))},
    }
    for number, one in enumerate(terms.amounts):
        said[f"amounts.{number}.year"] = str(one.year)
        said[f"amounts.{number}.amount_cents"] = amounts.typed(one.amount_cents)
        if one.co_amount_cents is not None:
            said[f"amounts.{number}.co_amount_cents"] = amounts.typed(one.co_amount_cents)
    return {**said, **{name: value for name, value in optional.items() if value}}


REVISE_PLEDGE = Form(
    command=RevisePledge,
    place=CONVENTION,
    sections=("pledges",),
    later=(*_LATER, "what"),
    own_motive=True,
    rows={"amounts": 1},
    again=True,
    refills=_refilled,
    fixed=CLOSED,
    choices={
        "stream_id": _pledges,
        "partner_id": _parties,
        "priority_id": ConventionCase.priorities,
        "sheets": ConventionCase.live_sheets,
    },
    needs={"stream_id": PLEDGE_RESOURCE},
    example={"certainty": "FIRM"},
)

RECORD_DELIVERY = Form(
    command=RecordDelivery,
    place=CONVENTION,
    sections=("pledges",),
    date_first=True,
    later=("quantity_hundredths", "year"),
    choices={"stream_id": _pledges, "partner_id": _parties, "whole": lambda case: YES_NO},
    needs={"stream_id": PLEDGE_RESOURCE},
    example={"what": "Le fichier est transmis au comité technique"},
    example_fills=("what",),
)

RECORD_PLEDGE_DEFAULT = Form(
    command=RecordPledgeDefault,
    place=CONVENTION,
    sections=("pledges",),
    own_motive=True,
    choices={"stream_id": _pledges, "partner_id": _parties},
    needs={"stream_id": PLEDGE_RESOURCE},
)

FORMS = (PLEDGE_RESOURCE, RECORD_DELIVERY, REVISE_PLEDGE, RECORD_PLEDGE_DEFAULT)
