"""What a form by lines did, said line by line: how many of each kind, what does not count and why, then the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from fastapi import Request

from api.access import Visitor, services_of
from api.pages.contexts import Message, Phrase
from api.reading import names
from domain.convention.counting import ActionPlanSigned, ConventionSigned
from domain.kernel import Event
from domain.values import Prose
from workflows.answers import Answer
from workflows.bulk import every_key
from workflows.texts.rules import explain

MOST_TOLD: Final = 200
"""Lines that are said one by one; all are counted."""

CONSEQUENCES = frozenset((ConventionSigned.TOPIC, ActionPlanSigned.TOPIC))
"""Events that follow by themselves and deserve to be said."""


def by_line(request: Request, visitor: Visitor, key: str) -> tuple[Message, ...]:
    """The message of the lines that were sent under a key, when this visitor sent them."""
    steering = services_of(request).steering
    found = steering.kept_answers(visitor.actor.actor_id, every_key(key))
    answers = [one for one in found if one.events]
    if not answers:
        return ()
    said = answers[:MOST_TOLD]
    about = _about(request, visitor, said)
    kinds = Counter(one.fact.topic.removeprefix("ctg.") for one in answers)
    text = Phrase("page.lines.done", {"acts": tuple(Phrase(f"done-many.{kind}", {}, kinds[kind]) for kind in kinds)})
    told = [_said(request, visitor, one, about) for one in said]
    first = tuple(each for one, each in zip(said, told, strict=True) if one.irregular or one.notices)
    topics = {event.topic for one in answers for event in one.events[1:]}
    follows = tuple(
        visitor.texts.t(f"done.{one.removeprefix('ctg.')}") for one in sorted(CONSEQUENCES & topics, reverse=True)
    )
    odd = any(one.irregular for one in answers)
    folded = [each for one, each in zip(said, told, strict=True) if not one.irregular and not one.notices]
    if more := len(answers) - len(said):
        folded.append(visitor.texts.t_plural("page.lines.others", more, n=more))
    return (
        Message("irregular" if odd else "watch" if first else "done", text, (*follows, *first), folded=tuple(folded)),
    )


def _about(request: Request, visitor: Visitor, answers: Sequence[Answer]) -> dict[object, str]:
    """What each of the first events is about, by its id: a partner by its name, a sheet or a priority by its title."""
    services = services_of(request)
    ids = {one.fact.event_id for one in answers}
    events: list[Event] = []
    for stream_id in dict.fromkeys(one.stream_id for one in answers):
        events += [one for one in services.steering.events_of(stream_id) if one.envelope.event_id in ids]
    titles = {one.envelope.event_id: title for one in events if isinstance(title := getattr(one, "title", None), Prose)}
    streams = {one.originator_id: services.steering.load(one.originator_id) for one in events}
    titles |= {
        one.envelope.event_id: name
        for one in events
        if one.envelope.event_id not in titles and (stream := streams[one.originator_id]) is not None
        for name in stream.called
        if isinstance(name, Prose)
    }
    with services.engine.connect() as connection:
        opened = services.vault.open_texts({one.token for one in titles.values() if one.token}, connection)
    name_of = names(request)
    said: dict[object, str] = {}
    for one in events:
        partner_id, title = getattr(one, "partner_id", None), titles.get(one.envelope.event_id)
        if partner_id is not None:
            said[one.envelope.event_id] = name_of(partner_id)
        elif title is not None and title.token is not None:
            said[one.envelope.event_id] = opened[title.token] or visitor.texts.t("page.erased")
        else:
            said[one.envelope.event_id] = str(getattr(one, "name", ""))
    return said


def _said(request: Request, visitor: Visitor, answer: Answer, about: dict[object, str]) -> str:
    """One line: what it is about, what was recorded, why it does not count or what it should know."""
    texts, name_of = visitor.texts, names(request)
    first = answer.fact
    done = texts.t(f"done.{first.topic.removeprefix('ctg.')}")
    marks = (explain(texts, rule, name_of) for rule in answer.irregular)
    told = [f"{one.text} {one.remedy}" for one in marks]
    told += [explain(texts, rule, name_of).text for rule in answer.notices]
    return texts.t("page.lines.error", line=about.get(first.event_id, ""), text=" ".join((done, *told)))
