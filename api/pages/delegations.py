"""What is delegated on a territory or on a framework, on the page that tells of its partners."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from api.pages.acts import forms_in
from api.pages.addresses import anchor_of
from api.pages.asking import Asking
from api.pages.contexts import Act, Phrase, Status
from api.pages.contexts.delegations import DelegationLine, DelegationsShown
from domain.delegations.delegation import BODY, PARTNER
from projections.engine import Dossier, WholeFramework
from projections.who_delegated_what import (
    ENDED,
    ENDS_SOON,
    IN_FORCE,
    REVOKED,
    TO_COME,
    DelegationTold,
    delegations,
)

STATUS_OF: Final[Mapping[str, Status]] = {
    ENDS_SOON: "watch",
    IN_FORCE: "on-time",
    TO_COME: "not-started",
    ENDED: "done",
    REVOKED: "done",
}


def delegations_shown(ask: Asking, history: Dossier | WholeFramework, **place: UUID | None) -> DelegationsShown:
    """The delegations recorded there, with the acts that the visitor may do; `place`: `territory_id` or
    `framework_id`."""
    told = delegations(history, ask.today)
    ask.open(told)
    lines = [_line(ask, one) for one in told]
    return DelegationsShown(
        tuple(one for one in lines if one.state not in (ENDED, REVOKED)),
        tuple(one for one in lines if one.state in (ENDED, REVOKED)),
        tuple(_acts(ask, place, granting=True)),
    )


def _line(ask: Asking, one: DelegationTold) -> DelegationLine:
    place = {"territory_id": one.territory_id, "framework_id": one.framework_id}
    acts = (
        _acts(ask, place, granting=False, stream_id=str(one.delegation_id))
        if one.state in (ENDS_SOON, IN_FORCE)
        else ()
    )
    return DelegationLine(
        anchor=anchor_of("delegation", one.delegation_id),
        who=ask.name(one.delegator_id),
        to=_receiver(ask, one),
        matters=one.matters,
        limits=ask.said(one.limits),
        spent=_spent(one),
        until=_until(one),
        state=one.state,
        status=STATUS_OF[one.state],
        why=ask.said(one.motive),
        uses=tuple(
            Phrase(
                "page.delegations.use" if each.counts else "page.delegations.outside",
                {"on": each.used_on, "matter": each.matter, "what": ask.said(each.what) or ask.texts.t("page.erased")},
            )
            for each in one.uses
        ),
        acts=tuple(acts),
    )


def _receiver(ask: Asking, one: DelegationTold) -> str:
    if one.given_to == BODY:
        return one.body_name or ask.texts.t("page.erased")
    return (
        ask.name(one.partner_id)
        if one.given_to == PARTNER and one.partner_id
        else ask.texts.word("receiver", one.given_to)
    )


def _spent(one: DelegationTold) -> Phrase | None:
    if one.limit_cents is None:
        return None
    return Phrase("page.delegations.spent", {"spent": one.spent_cents, "limit": one.limit_cents})


def _until(one: DelegationTold) -> Phrase:
    if one.state == REVOKED:
        return Phrase("page.delegations.revoked", {"on": one.revoked_on})
    if one.state == TO_COME:
        return Phrase("page.delegations.from", {"on": one.starts_on})
    if one.ends_on is None:
        return Phrase("page.delegations.no-end")
    return Phrase("page.delegations.ended" if one.state == ENDED else "page.delegations.ends", {"on": one.ends_on})


def _acts(ask: Asking, place: Mapping[str, UUID | None], *, granting: bool, **chosen: str) -> Iterator[Act]:
    """The acts on one delegation, or the one that grants another, for whoever may."""
    query = f"?{urlencode(chosen)}" if chosen else ""
    for form in forms_in("delegations"):
        if form.command.STARTS is granting and ask.visitor.may_here(
            form.name, place.get("territory_id"), place.get("framework_id")
        ):
            yield Act(Phrase(f"command.{form.name}"), form.address(**place) + query)
