"""The receipt of what was answered by a link, and the page of a link that opens nothing."""

from __future__ import annotations

from typing import Final

from fastapi import Request
from fastapi.responses import Response

from api.access import Visitor, services_of, texts_for
from api.mistakes import Telling
from api.pages.answering.addresses import ANSWER, RECEIPT
from api.pages.asking import asking
from api.pages.contexts import EvidenceShown, LinkEndedPage, ReceiptPage
from api.pages.people.by_link import secret_page
from domain.kernel import Actor, Corrected
from workflows.act_links import ActLink, Ended
from workflows.answering import answered_on

_STATUS: Final = {Ended.UNKNOWN: 404}
"""Of a link that nobody knows; of one that is known and over it is 410."""


def ended_page(request: Request, token: str, found: ActLink | Ended) -> Response:
    """Why a link opens nothing, and what to do; one that was used leads to its receipt."""
    if isinstance(found, ActLink):
        context = LinkEndedPage(Ended.USED, found.used_at, f"{ANSWER}/{token}/{RECEIPT}")
        return secret_page(request, "link-ended.html", context, status=410)
    return secret_page(request, "link-ended.html", LinkEndedPage(found.value), status=_STATUS.get(found, 410))


def receipt_page(request: Request, link: ActLink) -> Response:
    """What was recorded, by whom, for whom, when, and the fingerprints of its documents."""
    services, asked = services_of(request), link.asked
    visitor = Visitor(Actor(asked.person_id, ()), texts_for(request, services))
    history = services.steering.events_of(answered_on(asked))
    event = next(one for one in history if one.envelope.event_id == link.recorded_id)
    with asking(request, visitor) as ask:
        telling = Telling(ask.texts, ask.name, ask.said, history)
        ask.open(telling.texts([event]))
        sentence = telling.sentence(event)
        context = ReceiptPage(
            name=ask.person(asked.person_id) or ask.texts.t("page.erased"),
            partner=ask.name(asked.partner_id) if asked.partner_id is not None else None,
            territory=ask.name(asked.territory_id),
            sentence=sentence,
            recorded_at=event.recorded_at,
            documents=tuple(EvidenceShown(ask.said(one.title), one.sha256) for one in event.envelope.evidence),
            entry=str(event.envelope.event_id),
            annulled=not Corrected(history).counts(event),
        )
    return secret_page(request, "receipt.html", context, status=200)
