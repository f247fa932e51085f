"""A decision as pages show it: how it stands, who sees to it, what shows how it ended, the act that brings it on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from api.pages.acts import form_of
from api.pages.addresses import anchor_of
from api.pages.contexts import Act, Delay, Phrase
from api.pages.contexts.decisions import DecisionShown, KeptShown
from api.pages.contexts.weighing import WeighedShown
from api.pages.deciding.counsel import why_links
from api.pages.deciding.weighing import weighed, weighing_act
from api.pages.pictures import bar
from api.pages.steered import SteeredView
from api.pages.view import View, votes_of
from domain.following import AbandonDecision, EntrustDecision, RecordDecisionDone, ReplaceDecision
from domain.steering.followed import ABANDONED, DONE, REPLACED
from domain.values import Code
from projections.what_became_of_decisions import ACTED, AGEING, DORMANT, WAITING, DecisionStanding, said_and_done

SHAPES: Final[Mapping[Code, str]] = {
    DORMANT: "late",
    AGEING: "watch",
    WAITING: "not-started",
    ACTED: "done",
    DONE: "done",
    REPLACED: "irregular",
    ABANDONED: "irregular",
}
"""How each state is drawn, beside its words."""
_ACTS: Final = (RecordDecisionDone.NAME, EntrustDecision.NAME, ReplaceDecision.NAME, AbandonDecision.NAME)


def shown(view: SteeredView, found: Iterable[DecisionStanding], *, all_acts: bool = False) -> tuple[DecisionShown, ...]:
    """Decisions in their order; `all_acts`: with everything that may be said of those that wait."""
    known = tuple(found)
    view.ask.meet(holder.person_id for one in known for holder in one.in_charge)
    oldest = max((_days(view, one) for one in known if one.is_open), default=0)
    told, why = weighed(view), why_links(view) if isinstance(view, View) else {}
    return tuple(
        _line(view, one, oldest, told.get(one.reference), why.get(one.reference, ""), all_acts=all_acts)
        for one in known
    )


def kept(found: Iterable[DecisionStanding]) -> KeptShown | None:
    """How many were kept, of those that asked for something; None where none did."""
    rate = said_and_done(found)
    if not rate.taken:
        return None
    counts = {
        DORMANT: rate.dormant,
        AGEING: rate.ageing,
        WAITING: rate.waiting,
        ABANDONED: rate.abandoned,
        REPLACED: rate.replaced,
    }
    others = tuple(Phrase(f"page.decisions.count.{one}", {}, count) for one, count in counts.items() if count)
    return KeptShown(Phrase("page.decisions.kept", {"taken": rate.taken}, rate.kept), others, rate.kept, rate.taken)


def _days(view: SteeredView, one: DecisionStanding) -> int:
    """For how long nothing was heard of it; on a clock that went back, a meeting may be of a later day."""
    return max((view.ask.today - one.heard_on).days, 0)


def _line(
    view: SteeredView, one: DecisionStanding, oldest: int, told: WeighedShown | None, why_href: str, *, all_acts: bool
) -> DecisionShown:
    ask, days = view.ask, _days(view, one)
    why = one.motive or one.shown_by
    return DecisionShown(
        text=ask.said(one.text),
        meeting=Phrase("page.meeting", {"body": one.body.name, "on": one.decided_on}),
        href=view.trail(one.event_id),
        anchor=anchor_of("decision", f"{one.reference.meeting_id}-{one.reference.decision_id}"),
        state=one.state,
        shape="late" if one.days_late else SHAPES[one.state],
        stands=_stands(one, days),
        charge=_charge(view, one) if one.is_open else None,
        proof=ask.said(one.proof) if one.proof is not None and one.is_open else None,
        why=ask.said(why) if why is not None else None,
        evidence=ask.documents(one.evidence),
        age=bar(days, oldest) if one.is_open else None,
        votes=votes_of(one.votes) if one.votes is not None else (),
        people=_people(view, one),
        act=_act(view, one, one.next_act),
        others=_others(view, one, told) if all_acts else (),
        meeting_href=view.meeting(str(one.reference.meeting_id)),
        weighed=told,
        why_href=why_href,
    )


def _stands(one: DecisionStanding, days: int) -> Phrase:
    if one.ended_on is not None:
        return Phrase(f"page.decisions.stands.{one.state}", {"on": one.ended_on})
    if one.state == ACTED:
        return Phrase("page.decision.used", {}, len(one.uses)) if one.uses else Phrase("page.decisions.whole")
    if one.days_late:
        return Phrase("page.decisions.late", {"delay": Delay(one.days_late)})
    if one.state == DORMANT:
        return Phrase("page.decisions.passed", {}, one.passed)
    return Phrase(f"page.decisions.stands.{one.state}", {"delay": Delay(days)})


def _charge(view: SteeredView, one: DecisionStanding) -> Phrase:
    if one.owner_id is None:
        return (
            Phrase("page.decisions.nobody-by", {"due": one.due_on}) if one.due_on else Phrase("page.decisions.nobody")
        )
    owner = view.ask.name(one.owner_id)
    if one.due_on is None:
        return Phrase("page.decisions.owner", {"owner": owner})
    return Phrase("page.decisions.owner-by", {"owner": owner, "due": one.due_on})


def _people(view: SteeredView, one: DecisionStanding) -> str | None:
    """Who is asked of it, by name and role; nothing where nobody is known."""
    named = (
        f"{name} ({view.ask.texts.word('role', holder.role)})"
        for holder in one.in_charge
        if (name := view.ask.person(holder.person_id))
    )
    return view.ask.texts.join(dict.fromkeys(named)) or None


def _act(view: SteeredView, one: DecisionStanding, name: str | None) -> Act | None:
    """An act on it, for whoever may do it: one that cites it comes with it chosen."""
    if name is None or view.is_closed:
        return None
    form = form_of(name)
    own = "decision" in form.choices
    field = "decision" if own else "decided_in"
    chosen: dict[str, str] = {field: one.reference.word} if own or form.cites is not None else {}
    # Whoever sees to it may say so itself.
    whose = None if view.may(name) else one.owner_id
    return view.act(name, whose, **chosen)


def _others(view: SteeredView, one: DecisionStanding, told: WeighedShown | None) -> tuple[Act, ...]:
    """What else may be said of it; of one that ended, that what it chose is opened again."""
    acts = [_act(view, one, name) for name in _ACTS if name != one.next_act] if one.is_open else []
    if one.is_open or told is not None:
        acts.append(weighing_act(view, one, told))
    return tuple(act for act in acts if act is not None)
