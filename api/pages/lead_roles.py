"""Who leads on a territory or on a framework: the table on the page of its partners, one line elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from api.pages.acts import forms_in
from api.pages.acts.lead_roles import END_LEAD_ROLE, RESOLVE_LEAD_ROLE, SHARE_LEAD_ROLE
from api.pages.addresses import PARTNERS, anchor_of
from api.pages.asking import Asking
from api.pages.contexts import Act, Phrase, Status
from api.pages.contexts.lead_roles import LeadDisputeShown, LeadLine, LeadSaid, LeadsSaid, LeadsShown
from api.pages.forms.record import Form
from api.pages.framework_addresses import framework_address
from api.pages.view import View
from projections.engine import Dossier, WholeFramework
from projections.who_leads_what import CONTESTED, HELD, NOBODY, OVER, LeadDispute, LeadTold, leads, live

SECTION: Final = "lead-roles"
"""Where the table stands on those pages."""
STATUS_OF: Final[Mapping[str, Status]] = {CONTESTED: "watch", HELD: "done", NOBODY: "not-started", OVER: "done"}


def leads_shown(ask: Asking, history: Dossier | WholeFramework, **place: UUID | None) -> LeadsShown:
    """The lead roles of a place, with the acts that the visitor may do; `place`: `territory_id` or `framework_id`."""
    told = leads(history)
    ask.open(told)
    starting = (form for form in forms_in("lead-roles") if form.command.STARTS)
    giving = tuple(_act(form, place) for form in starting if _may(ask, form, place))
    return LeadsShown(
        tuple(_line(ask, one, place) for one in told if one.is_live),
        tuple(_line(ask, one, place) for one in told if not one.is_live),
        giving,
    )


def _line(ask: Asking, one: LeadTold, place: Mapping[str, UUID | None]) -> LeadLine:
    return LeadLine(
        anchor=anchor_of("lead", one.lead_id),
        kind=one.kind,
        theme=one.theme,
        who=tuple(map(ask.name, one.partners)),
        since=one.since,
        state=one.state,
        status=STATUS_OF[one.state],
        over_on=one.over_on,
        why=ask.said(one.motive),
        disputes=tuple(_dispute(ask, each, place) for each in one.disputes),
        acts=tuple(_on_lead(ask, one, place)) if one.is_live else (),
    )


def _dispute(ask: Asking, one: LeadDispute, place: Mapping[str, UUID | None]) -> LeadDisputeShown:
    settled = None
    if one.outcome is not None:
        settled = Phrase(f"page.leads.settled.{one.outcome}", {"on": one.resolved_on, "who": ask.name(one.partner_id)})
    wish = {"who": ask.name(one.partner_id), "on": one.contested_on}
    return LeadDisputeShown(
        anchor=anchor_of("contestation", one.contestation_id),
        said=Phrase(f"page.leads.contested.{one.wish}", wish),
        why=ask.said(one.motive),
        settled=settled,
        answer=ask.said(one.answer),
        acts=tuple(_on_dispute(ask, one, place)) if one.outcome is None else (),
    )


# --- acts -------------------------------------------------------------------------------------------------------------


def _on_lead(ask: Asking, one: LeadTold, place: Mapping[str, UUID | None]) -> Iterator[Act]:
    """What may be done about a lead role: what is contested is resolved first."""
    own = {role.partner_id for role in ask.visitor.actor.roles}
    for form in forms_in("lead-roles"):
        if form.command.STARTS or "contestation_id" in form.choices:
            continue
        changes = form in (SHARE_LEAD_ROLE, END_LEAD_ROLE)
        if changes and (one.waiting or not one.partners):
            continue
        whose: Iterable[UUID | None] = one.partners if form is END_LEAD_ROLE else (None,)
        if "contestation_id" in form.creates:
            told = {*one.partners, *(each.partner_id for each in one.waiting)}
            whose = (None, *(own - told))
        if any(_may(ask, form, place, each) for each in whose):
            yield _act(form, place, lead_id=one.lead_id)


def _on_dispute(ask: Asking, one: LeadDispute, place: Mapping[str, UUID | None]) -> Iterator[Act]:
    """What settles a contestation: whoever recorded it takes it back, others resolve it."""
    own = one.recorded_by == ask.visitor.actor.actor_id
    for form in forms_in("lead-roles"):
        if "contestation_id" not in form.choices or (own and form is RESOLVE_LEAD_ROLE):
            continue
        if _may(ask, form, place, one.partner_id, own=own):
            yield _act(form, place, contestation_id=one.contestation_id)


def _may(
    ask: Asking,
    form: Form[Any],
    place: Mapping[str, UUID | None],
    partner_id: UUID | None = None,
    *,
    own: bool = False,
) -> bool:
    territory_id, framework_id = place.get("territory_id"), place.get("framework_id")
    return ask.visitor.may(form.name, territory_id, partner_id, framework_id=framework_id, own=own)


def _act(form: Form[Any], place: Mapping[str, UUID | None], **chosen: str) -> Act:
    query = f"?{urlencode(chosen)}" if chosen else ""
    return Act(Phrase(f"command.{form.name}"), form.address(**place) + query)


# --- one line ---------------------------------------------------------------------------------------------------------


def leads_said(view: View) -> tuple[LeadsSaid, ...]:
    """Who leads, in one line: on the territory, and on the frameworks that follow it; nothing where nobody said so."""
    ask, dossier = view.ask, view.dossier
    places = [(leads(dossier), f"{view.home.page(PARTNERS)}#{SECTION}", False)]
    for framework_id in ask.register.followed_by.get(dossier.territory_id, ()):
        href = f"{framework_address(ask.register, framework_id)}#{SECTION}"
        places.append((leads(ask.of_framework(framework_id)), href, True))
    found = ((live(told), href, whole) for told, href, whole in places)
    return tuple(LeadsSaid(tuple(_said(ask, one) for one in told), href, whole) for told, href, whole in found if told)


def led_by(view: View, partner_id: UUID) -> tuple[LeadsSaid, ...]:
    """The same, as far as one partner leads."""
    name = view.ask.name(partner_id)
    found = (replace(one, said=tuple(each for each in one.said if name in each.who)) for one in leads_said(view))
    return tuple(one for one in found if one.said)


def _said(ask: Asking, one: LeadTold) -> LeadSaid:
    return LeadSaid(one.kind, one.theme, tuple(map(ask.name, one.partners)), one.state == CONTESTED)
