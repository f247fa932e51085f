"""Who leads: assigned, designated, shared, ended, contested, resolved, on a territory or on a framework."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final
from uuid import UUID

from api.pages.forms.cases import Choices, SteeredCase
from api.pages.forms.options import named, short, words
from api.pages.forms.places import STEERED
from api.pages.forms.record import Form
from api.pages.forms.typed import SEPARATOR
from domain.collation import alphabetical
from domain.lead_roles.assigning import AssignLeadRole, DesignateCoordinator
from domain.lead_roles.changing import EndLeadRole, ShareLeadRole
from domain.lead_roles.disputing import (
    OUTCOMES,
    WISHES,
    ContestLeadRole,
    ResolveLeadRole,
    WithdrawLeadContestation,
)
from domain.lead_roles.leading import COORDINATING, lead_roles_stream
from domain.steering import SteeringBody, SteeringDecisionRecorded
from domain.steering.deciding import OTHER
from domain.values import Theme
from projections import which_themes_there_are
from projections.engine import Dossier
from projections.who_leads_what import LeadTold, leads, live


def _convention(case: SteeredCase) -> Dossier | None:
    """The last convention of a territory: its themes and its committees are meant."""
    if case.is_framework:
        return None
    found = case.ask.on_territory(case.place_id).values()
    return max(found, key=lambda one: one.convention.opened_on, default=None)


def _home(case: SteeredCase) -> Mapping[str, str | None]:
    convention = _convention(case)
    return {**case.home, "convention_id": str(convention.convention_id) if convention is not None else None}


def _themes(case: SteeredCase) -> Choices:
    """The themes of the place by their words; nothing chosen: all of them."""
    if case.is_framework:
        known = [Theme(one) for one in case.ask.of_framework(case.place_id).method.themes]
    else:
        convention = _convention(case)
        known = [one.theme for one in which_themes_there_are.themes(convention)] if convention is not None else []
    return named((one.code, case.ask.texts.theme(one)) for one in known)


def _decided(case: SteeredCase) -> Choices:
    """What the bodies there decided that founds no other act, the latest first."""
    said = [one for _, one in case.history.of(SteeringBody, SteeringDecisionRecorded) if one.kind == OTHER]
    said.sort(key=lambda one: one.occurred_on, reverse=True)
    ask = case.ask
    ask.open(tuple(one.text for one in said))
    return named(
        (
            SEPARATOR.join((str(one.originator_id), one.meeting_id, one.decision_id)),
            ask.texts.t("page.form.decision", on=one.occurred_on, text=short(ask.said(one.text), ask.texts)),
        )
        for one in said
    )


def lead_words(case: SteeredCase, one: LeadTold) -> str:
    """Who leads what, in a list of choices."""
    texts = case.ask.texts
    who = texts.join(map(case.ask.name, one.partners)) if one.partners else texts.t("page.leads.nobody")
    what = texts.word("lead-kind", one.kind)
    return f"{what}, {texts.theme(one.theme)} : {who}" if one.theme is not None else f"{what} : {who}"


def _leads(meant: Callable[[LeadTold], object] = lambda one: True) -> Callable[[SteeredCase], Choices]:
    """The lead roles there that are not over."""

    def found(case: SteeredCase) -> Choices:
        return named((one.lead_id, lead_words(case, one)) for one in live(leads(case.history)) if meant(one))

    return found


def _partners(case: SteeredCase, ids: Iterable[UUID]) -> Choices:
    known = {str(one) for one in ids}
    return tuple(one for one in case.partners() if one.value in known)


def _coordinating(case: SteeredCase) -> Choices:
    """The partners that may coordinate local actors."""
    known = case.ask.register.partners
    return _partners(case, (one for one, partner in known.items() if partner.kind in COORDINATING))


def _holding(case: SteeredCase) -> Choices:
    """Whoever leads there, among those for which whoever asks may say so."""
    return _allowed(case, EndLeadRole.NAME, {one for lead in live(leads(case.history)) for one in lead.partners})


def _contesting(case: SteeredCase) -> Choices:
    """The partners for which whoever asks may contest there: their own, or any for whoever steers."""
    return _allowed(case, ContestLeadRole.NAME, case.ask.register.partners)


def _allowed(case: SteeredCase, act: str, ids: Iterable[UUID]) -> Choices:
    home = (None, case.place_id) if case.is_framework else (case.place_id, None)
    may = case.ask.visitor.may
    return _partners(case, (one for one in ids if may(act, home[0], one, framework_id=home[1])))


def _only_one(case: SteeredCase) -> Mapping[str, str]:
    own = _contesting(case)
    return {"partner_id": own[0].value} if len(own) == 1 else {}


def _disputes(case: SteeredCase) -> Choices:
    """What is contested and waits, by who contests what."""
    name = case.ask.name
    pairs = [
        (one.contestation_id, f"{name(one.partner_id)} : {lead_words(case, lead)}")
        for lead in live(leads(case.history))
        for one in lead.waiting
    ]
    return named(sorted(pairs, key=lambda one: alphabetical(one[1])))


_HERE: Final[dict[str, Any]] = {
    "place": STEERED,
    "sections": ("lead-roles",),
    "stream_in": lambda case: lead_roles_stream(case.place_id),
}
_GIVING: Final[dict[str, Any]] = {
    **_HERE,
    "creates": ("lead_id",),
    "first": ("partner_id", "theme"),
    "later": ("decided_in",),
    "hidden": _home,
    "example": {"theme": "PARENTING"},
    "example_fills": ("home_territory_id", "convention_id"),
}

ASSIGN_LEAD_ROLE: Form[SteeredCase] = Form(
    command=AssignLeadRole,
    **_GIVING,
    choices={"partner_id": SteeredCase.partners, "theme": _themes, "decided_in": _decided},
)

DESIGNATE_COORDINATOR: Form[SteeredCase] = Form(
    command=DesignateCoordinator,
    **_GIVING,
    rank=1,
    choices={"partner_id": _coordinating, "theme": _themes, "decided_in": _decided},
)

SHARE_LEAD_ROLE: Form[SteeredCase] = Form(
    command=ShareLeadRole,
    **_HERE,
    rank=2,
    choices={"lead_id": _leads(lambda one: one.partners), "partner_id": SteeredCase.partners},
    needs={"lead_id": ASSIGN_LEAD_ROLE},
)

END_LEAD_ROLE: Form[SteeredCase] = Form(
    command=EndLeadRole,
    **_HERE,
    rank=3,
    own_motive=True,
    first=("lead_id", "partner_id"),
    choices={
        "lead_id": _leads(lambda one: one.partners),
        "partner_id": _holding,
        "successor_id": SteeredCase.partners,
    },
    needs={"lead_id": ASSIGN_LEAD_ROLE, "partner_id": ASSIGN_LEAD_ROLE},
    example={"motive": "Le service change de direction"},
)

CONTEST_LEAD_ROLE: Form[SteeredCase] = Form(
    command=ContestLeadRole,
    **_HERE,
    rank=4,
    own_motive=True,
    creates=("contestation_id",),
    first=("lead_id", "partner_id", "wish"),
    fixed={"wish": words("lead-wish", WISHES)},
    choices={"lead_id": _leads(), "partner_id": _contesting},
    needs={"lead_id": ASSIGN_LEAD_ROLE},
    proposes=_only_one,
    example={"wish": "HOLD", "motive": "La compétence est la nôtre"},
)

RESOLVE_LEAD_ROLE: Form[SteeredCase] = Form(
    command=ResolveLeadRole,
    **_HERE,
    rank=5,
    own_motive=True,
    first=("contestation_id", "outcome", "motive"),
    later=("decided_in",),
    fixed={"outcome": words("lead-outcome", OUTCOMES)},
    choices={"contestation_id": _disputes, "decided_in": _decided},
    needs={"contestation_id": CONTEST_LEAD_ROLE},
    example={"outcome": "SHARED", "motive": "Les deux portent le projet"},
)

WITHDRAW_LEAD_CONTESTATION: Form[SteeredCase] = Form(
    command=WithdrawLeadContestation,
    **_HERE,
    rank=6,
    choices={"contestation_id": _disputes},
    needs={"contestation_id": CONTEST_LEAD_ROLE},
)

FORMS = (
    ASSIGN_LEAD_ROLE,
    DESIGNATE_COORDINATOR,
    SHARE_LEAD_ROLE,
    END_LEAD_ROLE,
    CONTEST_LEAD_ROLE,
    RESOLVE_LEAD_ROLE,
    WITHDRAW_LEAD_CONTESTATION,
)
