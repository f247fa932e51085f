"""What the last act did, said once above the page it leads back to: read from its kept answer."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import Request

from api.access import Visitor, services_of
from api.commands import KEY_LIMIT
from api.pages.acts import form_of
from api.pages.coming_back import DONE
from api.pages.contexts import Act, Message, Phrase
from api.pages.messages_by_line import CONSEQUENCES, by_line
from api.pages.mistakes import counts, links
from api.reading import names
from domain.convention.state import TerritorialConvention
from domain.kernel import BrokenRule
from domain.partners import SameName
from domain.twins import MergePartners
from projections import what_the_committee_decided
from workflows.answers import Answer
from workflows.texts.rules import explain


def messages_of(request: Request, visitor: Visitor) -> tuple[Message, ...]:
    """The message of the act named in the address, when this visitor did it."""
    key = request.query_params.get(DONE, "")
    known = key.isprintable() and 0 < len(key) <= KEY_LIMIT
    if not known:
        return ()
    answer = services_of(request).steering.kept_answer(visitor.actor.actor_id, key)
    if answer is None:
        return by_line(request, visitor, key)
    if not answer.events:
        return ()
    done = Phrase(f"done.{answer.fact.topic.removeprefix('ctg.')}")
    mending = _mending(request, visitor, answer)
    if answer.irregularities:
        return (Message("irregular", done, _marks(request, visitor, answer), mending),)
    waived = _waived(request, visitor, answer)
    if answer.notices:
        name_of = names(request)
        told = tuple(explain(visitor.texts, rule, name_of).text for rule in answer.notices)
        return (Message("watch", done, (*told, *waived), (*_merging(visitor, answer), *mending)),)
    followed = (one.topic.removeprefix("ctg.") for one in answer.events[1:] if one.topic in CONSEQUENCES)
    return (Message("done", done, (*waived, *(visitor.texts.t(f"done.{name}") for name in followed)), mending),)


def _mending(request: Request, visitor: Visitor, answer: Answer) -> tuple[Act, ...]:
    """The links that correct and annul what was just recorded."""
    steering = services_of(request).steering
    stream = steering.load(answer.stream_id)
    recorded = steering.events_of(answer.stream_id)
    done = next((one for one in recorded if one.envelope.event_id == answer.fact.event_id), None)
    if stream is None or done is None or not counts(recorded, done):
        return ()
    convention_id = request.path_params.get("convention_id")
    if convention_id is None and isinstance(stream, TerritorialConvention):
        convention_id = stream.id
    return links(visitor, done, convention_id, stream.territory_id, stream.whole_framework_id)


def _merging(visitor: Visitor, answer: Answer) -> tuple[Act, ...]:
    """The link that merges what was just registered into the partner that had its name before, for whoever may."""
    found = []
    for rule in answer.notices:
        if isinstance(rule, SameName) and visitor.may_somewhere(MergePartners.NAME):
            form, ids = form_of(MergePartners.NAME), {"stream_id": answer.stream_id, "kept_id": rule.partner_id}
            found.append(Act(Phrase(f"command.{form.name}"), f"{form.address()}?{urlencode(ids)}"))
    return tuple(found)


def _marks(request: Request, visitor: Visitor, answer: Answer) -> tuple[str, ...]:
    """Why the fact does not count, and what mends it."""
    told = (explain(visitor.texts, rule, names(request)) for rule in answer.irregular)
    return tuple(f"{one.text} {one.remedy}" for one in told)


def _waived(request: Request, visitor: Visitor, answer: Answer) -> tuple[str, ...]:
    """By which waivers the act was accepted: no fault of the act, and its author should know on what it rests."""
    if not answer.waived:
        return ()
    services = services_of(request)
    dossier = services.reader.dossier(answer.stream_id)
    granted = what_the_committee_decided.waivers(dossier, services.clock.today()) if dossier is not None else ()
    return tuple(
        visitor.texts.t("page.message.waived", on=waiver.granted_on, rule_name=visitor.texts.t(f"rule.{rule.RULE}"))
        for rule in answer.waived
        if (waiver := _latest(granted, rule)) is not None
    )


def _latest(
    granted: tuple[what_the_committee_decided.WaiverInForce, ...], rule: BrokenRule
) -> what_the_committee_decided.WaiverInForce | None:
    fitting = [one for one in granted if one.rule == rule.RULE and one.subject in (None, rule.subject)]
    return fitting[-1] if fitting else None
