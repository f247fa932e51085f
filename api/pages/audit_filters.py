"""The filters of a journal as a form: what was asked stays in it, what may be asked is offered by its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from api.pages.asking import Asking
from api.pages.audit_asked import MARK_NAMES, ORDER_NAMES, Asked, Understood
from api.pages.contexts import AuditFilters, Choice, Phrase
from domain.collation import alphabetical
from domain.values import Code
from projections.engine import Dossier
from projections.what_happened import kinds_and_actors
from workflows.acting_by_itself import ENGINE_ACTOR


def filters(
    ask: Asking, dossier: Dossier, asked: Asked, read: Understood, here: str, errors: Mapping[str, Phrase]
) -> AuditFilters:
    """All of them."""
    topics, actors = kinds_and_actors(dossier)
    orders = ((name, Phrase(f"page.audit.dates.{name}"), order == read.order) for name, order in ORDER_NAMES.items())
    ticks = ((name, Phrase(f"page.audit.mark.{code}"), code in read.marks) for name, code in MARK_NAMES.items())
    return AuditFilters(
        here,
        asked.first_day,
        asked.last_day,
        tuple(Choice(*one) for one in orders),
        tuple(Choice(*one) for one in ticks),
        _kinds(ask, topics, asked.kind),
        _actors(ask, actors, asked.actor),
        asked.address(here, without=("du", "au", "fait", "par", "marque", "dates")),
        active=bool(asked.filtering) or bool(set(errors) - {"page", "registre"}),
        as_of=asked.as_of,
        errors=errors,
    )


def _kinds(ask: Asking, topics: Iterable[Code], chosen: str) -> tuple[Choice, ...]:
    """The kinds of facts found here, by their words."""
    labels = {topic: f"fact.{topic.removeprefix('ctg.')}" for topic in topics}
    ordered = sorted(labels, key=lambda topic: alphabetical(ask.texts.t(labels[topic])))
    return tuple(Choice(topic, Phrase(labels[topic]), topic == chosen) for topic in ordered)


def _actors(ask: Asking, actors: Sequence[UUID], chosen: str) -> tuple[Choice, ...]:
    """Who recorded something here, by name; the engine last."""
    ask.meet(actors)
    named = sorted(((_actor(ask, one), one) for one in actors), key=lambda pair: alphabetical(pair[0]))
    named.sort(key=lambda pair: pair[1] == ENGINE_ACTOR.actor_id)
    return tuple(Choice(str(one), Phrase("page.literal", {"text": name}), str(one) == chosen) for name, one in named)


def _actor(ask: Asking, actor_id: UUID) -> str:
    if actor_id == ENGINE_ACTOR.actor_id:
        return ask.texts.t("page.audit.engine")
    name = ask.person(actor_id)
    return name if name is not None else ask.texts.t("page.audit.no-person", id=str(actor_id)[:8])
