"""The audit trail of a convention: plain sentences, both dates, who, why, on which documents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from api.pages.asking import Asking
from api.pages.contexts import AuditEntry, AuditFilters, AuditPage, Choice, Phrase
from api.pages.view import view_of
from domain.values import Code
from projections import what_happened
from workflows.texts import PARIS
from workflows.texts.rules import tell_facts

PAGE = 50
LATE_DAYS = 30


def audit_page(
    ask: Asking, convention_id: UUID, *, first_day: str, last_day: str, kind: str, actor: str, cursor: str
) -> AuditPage:
    """A page of the trail, the latest first. What cannot be read in a filter keeps everything and is said."""
    view = view_of(ask, convention_id)
    begins, ends = _day(first_day), _day(last_day)
    error = None
    if (first_day and begins is None) or (last_day and ends is None):
        error = Phrase("page.audit.bad-day")
    if begins is not None and ends is not None and ends < begins:
        error, begins, ends = Phrase("page.audit.bad-period"), None, None
    topics, actors = what_happened.kinds_and_actors(ask.connection, convention_id)
    chosen_actor = next((one for one in actors if str(one) == actor), None)
    only = what_happened.Filter(
        occurred_from=begins,
        occurred_to=ends,
        topics=(Code(kind),) if kind in topics else (),
        actors=(chosen_actor,) if chosen_actor is not None else (),
    )
    after = int(cursor) if cursor.isdecimal() and len(cursor) < 19 else None
    page = what_happened.history(ask.connection, convention_id, only, after=after, limit=PAGE)
    total = what_happened.count(ask.connection, convention_id, only)
    ask.open(page)
    ask.meet(one.actor_id for one in page.entries)
    ask.meet(actors)
    here = f"{view.home}/journal"
    kept = {"du": first_day, "au": last_day, "fait": kind, "par": actor}
    older = urlencode({**{key: value for key, value in kept.items() if value}, "suite": page.after or ""})
    return AuditPage(
        territory=view.territory,
        answer=_answer(ask, convention_id),
        crumbs=view.crumbs("audit"),
        tabs=view.tabs("audit"),
        filters=AuditFilters(
            here,
            begins,
            ends,
            tuple(Choice(one, Phrase(f"fact.{one.removeprefix('ctg.')}"), one == kind) for one in topics),
            tuple(
                Choice(str(one), Phrase("page.literal", {"text": _actor(ask, one)}), one == chosen_actor)
                for one in actors
            ),
            here,
            active=any(kept.values()),
            error=error,
        ),
        entries=tuple(_entry(ask, convention_id, one) for one in page.entries),
        total=total,
        newer_href=here if after is not None else None,
        older_href=f"{here}?{older}" if page.after is not None else None,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _actor(ask: Asking, actor_id: UUID) -> str:
    name = ask.person(actor_id)
    if name is not None:
        return name
    return ask.texts.t("page.audit.no-person", id=str(actor_id)[:8])


def _answer(ask: Asking, convention_id: UUID) -> tuple[Phrase, ...]:
    """How many facts, the last one, and how many do not count yet."""
    total = what_happened.count(ask.connection, convention_id)
    last = what_happened.history(ask.connection, convention_id, limit=1).entries
    irregular = what_happened.count(ask.connection, convention_id, what_happened.Filter(irregular_only=True))
    said = [Phrase("page.audit.answer", {}, total)]
    if last:
        said.append(Phrase("page.audit.answer-last", {"on": last[0].recorded_at.astimezone(PARIS).date()}))
    if irregular:
        said.append(Phrase("page.audit.answer-irregular", {}, irregular))
    return tuple(said)


def _with_partner(ask: Asking, convention_id: UUID, sentence: str, facts: Mapping[str, Any]) -> Phrase:
    """The sentence of a fact; what was awaited from one partner (a signature) names it."""
    subject = facts.get("occurrence", {}).get("subject_id")
    if subject is not None and UUID(subject) != convention_id:
        return Phrase("page.audit.about", {"fact": sentence.removesuffix("."), "partner": ask.name(UUID(subject))})
    return Phrase("page.literal", {"text": sentence})


def _entry(ask: Asking, convention_id: UUID, one: what_happened.Entry) -> AuditEntry:
    sentence = tell_facts(ask.texts, one.topic, one.facts, ask.name)
    recorded = one.recorded_at.astimezone(PARIS).date()
    return AuditEntry(
        position=one.position,
        sentence=_with_partner(ask, convention_id, sentence, one.facts),
        kind=one.topic.removeprefix("ctg."),
        occurred_on=one.occurred_on,
        recorded_at=one.recorded_at,
        recorded_late_days=max(0, (recorded - one.occurred_on).days),
        actor=ask.person(one.actor_id),
        role=one.actor_role,
        on_behalf_of=ask.name(one.on_behalf_of) if one.on_behalf_of is not None else None,
        reason=ask.said(one.reason),
        evidence=ask.documents(one.evidence),
        rules=ask.marks(one.irregularities),
        origin=one.origin.value.upper(),
        anchor=str(one.event_id),
        reason_erased=one.reason is not None and ask.said(one.reason) is None,
    )
