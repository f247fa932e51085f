"""The audit trail of a convention: plain sentences, both dates, who, why, on which documents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from api.pages import reviews
from api.pages.addresses import JOURNAL
from api.pages.asking import Asking
from api.pages.beside import beside
from api.pages.contexts import AuditEntry, AuditFilters, AuditPage, Choice, Phrase, RuleText
from api.pages.mistakes import Mistakes
from api.pages.view import View
from domain.collation import alphabetical
from domain.kernel import Event
from domain.values import Code
from projections import what_happened
from workflows.deadlines import ENGINE_ACTOR
from workflows.instants import PARIS

PAGE = 50
WRITTEN_DAY = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")
"""20/03/2026."""

DIGITS = re.compile(r"[0-9]{1,18}")
"""A place in the log."""


@dataclass(frozen=True)
class Asked:
    """What the address asks for, as typed: the filters `du`, `au`, `fait`, `par`; `suite`, the cursor of a page;
    `vers`, a fact to be shown."""

    first_day: str = ""
    last_day: str = ""
    kind: str = ""
    actor: str = ""
    cursor: str = ""
    fact: str = ""


def audit_page(view: View, asked: Asked) -> AuditPage:
    """A page of the trail, the latest recorded first. What means nothing in a filter is said and filters nothing."""
    ask = view.ask
    topics, actors = what_happened.kinds_and_actors(view.dossier)
    only, errors = _filter(asked, topics, actors)
    after = _after(view, asked, errors)
    page = what_happened.history(view.dossier, only, after=after, limit=PAGE)
    events = {one.event.envelope.event_id: one.event for one in what_happened.trail_of(view.dossier)}
    shown = [(one, events[one.event_id]) for one in page.entries]
    ask.open([event for _, event in shown])
    ask.meet(one.actor_id for one in page.entries)
    ask.meet(actors)
    here = view.home.page(JOURNAL)
    kept = {"du": asked.first_day, "au": asked.last_day, "fait": asked.kind, "par": asked.actor}
    older = urlencode({**{key: value for key, value in kept.items() if value}, "suite": page.after or ""})
    mistakes = Mistakes(ask, view.dossier)
    reasons = reviews.reasons(view.dossier, ask.texts)
    return AuditPage(
        territory=view.territory,
        answer=_answer(view, mistakes),
        method=ask.texts.t(
            "page.method", name=ask.texts.t(view.dossier.method.title_key), version=view.standing.profile_version
        ),
        filters=AuditFilters(
            here,
            asked.first_day,
            asked.last_day,
            _kinds(ask, topics, asked.kind),
            _actors(ask, actors, asked.actor),
            here,
            active=any(kept.values()) or bool(errors),
            errors=errors,
        ),
        entries=tuple(_entry(ask, one, event, mistakes, reasons) for one, event in shown),
        total=what_happened.count(view.dossier, only),
        newer_href=here if after is not None else None,
        older_href=f"{here}?{older}" if page.after is not None else None,
        beside=beside(view),
    )


# --- filters ----------------------------------------------------------------------------------------------------------


def _filter(
    asked: Asked, topics: tuple[Code, ...], actors: tuple[UUID, ...]
) -> tuple[what_happened.Filter, dict[str, Phrase]]:
    """What to keep, and what could not be understood, by the name of its filter."""
    errors: dict[str, Phrase] = {}
    begins, ends = _day(asked.first_day), _day(asked.last_day)
    if asked.first_day and begins is None:
        errors["du"] = Phrase("page.audit.bad-day")
    if asked.last_day and ends is None:
        errors["au"] = Phrase("page.audit.bad-day")
    if begins is not None and ends is not None and ends < begins:
        errors["au"], begins, ends = Phrase("page.audit.bad-period"), None, None
    if asked.kind and asked.kind not in topics:
        errors["fait"] = Phrase("page.audit.bad-kind")
    chosen = next((one for one in actors if str(one) == asked.actor), None)
    if asked.actor and chosen is None:
        errors["par"] = Phrase("page.audit.bad-actor")
    only = what_happened.Filter(
        occurred_from=begins,
        occurred_to=ends,
        topics=(Code(asked.kind),) if asked.kind in topics else (),
        actors=(chosen,) if chosen is not None else (),
    )
    return only, errors


def _after(view: View, asked: Asked, errors: dict[str, Phrase]) -> int | None:
    """Where the page begins: at the cursor, or at the fact to be shown; at the latest entry otherwise."""
    if asked.cursor:
        if DIGITS.fullmatch(asked.cursor):
            return int(asked.cursor)
        errors["suite"] = Phrase("page.audit.bad-cursor")
    if asked.fact:
        fact = _fact(view, asked.fact)
        if fact is None:
            errors["suite"] = Phrase("page.audit.no-such-fact")
        elif fact.position <= _lowest(view):
            return fact.position + 1
    return None


def _fact(view: View, event_id: str) -> what_happened.Entry | None:
    """A fact of this trail by its id."""
    try:
        return what_happened.entry(view.dossier, UUID(event_id))
    except ValueError:
        return None


def _lowest(view: View) -> int:
    """The cursor of the second page: what comes after it is not on the first."""
    return (what_happened.history(view.dossier, limit=PAGE).after or 0) - 1


def _day(text: str) -> date | None:
    """A day as a calendar sends it, or as people write it."""
    written = WRITTEN_DAY.fullmatch(text)
    try:
        return date.fromisoformat("-".join(reversed(written.groups())) if written else text)
    except ValueError:
        return None


def _kinds(ask: Asking, topics: tuple[Code, ...], chosen: str) -> tuple[Choice, ...]:
    """The kinds of facts found here, by their words."""
    labels = {topic: f"fact.{topic.removeprefix('ctg.')}" for topic in topics}
    ordered = sorted(topics, key=lambda topic: alphabetical(ask.texts.t(labels[topic])))
    return tuple(Choice(topic, Phrase(labels[topic]), topic == chosen) for topic in ordered)


def _actors(ask: Asking, actors: tuple[UUID, ...], chosen: str) -> tuple[Choice, ...]:
    """Who recorded something here, by name; the engine last."""
    named = sorted(((_actor(ask, one), one) for one in actors), key=lambda pair: alphabetical(pair[0]))
    named.sort(key=lambda pair: pair[1] == ENGINE_ACTOR.actor_id)
    return tuple(Choice(str(one), Phrase("page.literal", {"text": name}), str(one) == chosen) for name, one in named)


def _actor(ask: Asking, actor_id: UUID) -> str:
    if actor_id == ENGINE_ACTOR.actor_id:
        return ask.texts.t("page.audit.engine")
    name = ask.person(actor_id)
    if name is not None:
        return name
    return ask.texts.t("page.audit.no-person", id=str(actor_id)[:8])


# --- what is told -----------------------------------------------------------------------------------------------------


def _answer(view: View, mistakes: Mistakes) -> tuple[Phrase, ...]:
    """How many facts, when the last one was recorded, how many do not count yet, were mended or wait to be."""
    total = what_happened.count(view.dossier)
    last = what_happened.history(view.dossier, limit=1).entries
    irregular = what_happened.count(view.dossier, what_happened.Filter(irregular_only=True))
    said = [Phrase("page.audit.answer", {}, total)]
    if last:
        said.append(Phrase("page.audit.answer-last", {"on": last[0].recorded_at.astimezone(PARIS).date()}))
    if irregular:
        said.append(Phrase("page.audit.answer-irregular", {}, irregular))
    mended, waiting = mistakes.counted()
    if mended:
        said.append(Phrase("mistake.answer", {}, mended))
    if waiting:
        said.append(Phrase("mistake.answer-waiting", {}, waiting))
    return tuple(said)


def _marks(ask: Asking, one: what_happened.Entry, reasons: Mapping[UUID, str]) -> tuple[RuleText, ...]:
    """Why the fact does not count; of a review that still does not, which of the causes it is."""
    if one.event_id not in reasons:
        return ask.marks(one.irregularities)
    return tuple(
        RuleText(mark.rule, reasons[one.event_id]) if mark.code == reviews.PERIOD_INVALID else ask.marks((mark,))[0]
        for mark in one.irregularities
    )


def _entry(
    ask: Asking,
    one: what_happened.Entry,
    event: Event,
    mistakes: Mistakes,
    reasons: Mapping[UUID, str],
) -> AuditEntry:
    recorded = one.recorded_at.astimezone(PARIS).date()
    sentence = mistakes.telling.sentence(event)
    return AuditEntry(
        position=one.position,
        sentence=Phrase("page.literal", {"text": sentence}),
        kind=one.topic.removeprefix("ctg."),
        occurred_on=one.occurred_on,
        recorded_at=one.recorded_at,
        recorded_late_days=max(0, (recorded - one.occurred_on).days),
        actor=ask.person(one.actor_id),
        role=one.actor_role,
        on_behalf_of=ask.name(one.on_behalf_of) if one.on_behalf_of is not None else None,
        reason=ask.said(one.reason),
        evidence=ask.documents(one.evidence),
        rules=_marks(ask, one, reasons),
        origin=one.origin.value.upper(),
        anchor=str(one.event_id),
        reason_erased=one.reason is not None and ask.said(one.reason) is None,
        mended=mistakes.mended(event),
        acts=mistakes.acts(event),
    )
