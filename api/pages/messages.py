"""What the last act did, said once above the page it leads back to: read from its kept answer."""

from __future__ import annotations

from fastapi import Request

from api.access import Visitor, services_of
from api.commands import KEY_LIMIT
from api.pages.contexts import Message, Phrase
from api.reading import names
from workflows.texts.rules import explain

DONE = "fait"
"""The parameter of an address that names the key of the act just done."""


def messages_of(request: Request, visitor: Visitor) -> tuple[Message, ...]:
    """The message of the act named in the address, when this visitor did it."""
    key = request.query_params.get(DONE, "")
    known = key.isprintable() and 0 < len(key) <= KEY_LIMIT
    answer = services_of(request).steering.kept_answer(visitor.actor.actor_id, key) if known else None
    if answer is None or not answer.events:
        return ()
    done = Phrase(f"done.{answer.events[0].topic.removeprefix('ctg.')}")
    if answer.irregularities:
        details = tuple(visitor.texts.t(f"irregularity.{mark.code}") for mark in answer.irregularities)
        return (Message("irregular", done, details),)
    told = (*answer.notices, *answer.waived)
    if told:
        name_of = names(request)
        return (Message("watch", done, tuple(explain(visitor.texts, rule, name_of).text for rule in told)),)
    followed = (one.topic.removeprefix("ctg.") for one in answer.events[1:] if one.topic in CONSEQUENCES)
    return (Message("done", done, tuple(visitor.texts.t(f"done.{name}") for name in followed)),)


CONSEQUENCES = frozenset({"ctg.convention.convention-signed", "ctg.convention.action-plan-signed"})
"""Events that follow by themselves and deserve to be said."""
