"""The steering committee's page: what must be decided, what was decided that waits, the road, the meetings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from api.mistakes import Telling as Told
from api.pages.addresses import anchor_of
from api.pages.contexts import Act, ChangedLine, CommitteePage, DecisionLine, MeetingCard, Phrase, ToDecide
from api.pages.contexts.decisions import DecisionShown
from api.pages.deciding.addresses import decisions_of
from api.pages.deciding.lines import kept, shown
from api.pages.next_steps import next_act
from api.pages.path import milestone_lines
from api.pages.path_picture import path_picture
from api.pages.rendering import PageWords
from api.pages.sentences import the
from api.pages.view import View
from domain.counsel.counsel import Counsel
from domain.kernel import Event
from projections.how_a_convention_does.first_sentences import all_late
from projections.what_became_of_adjustments import LATE, adjustments
from projections.what_became_of_decisions import still_open
from projections.what_changed_since import changed_since
from projections.what_comes_next import to_decide
from projections.what_the_committee_decided import Meeting, of_committees

MOST_CHANGED: Final = 3
"""What a committee hears of since it last met; the journal has the rest."""


def committee_page(view: View) -> CommitteePage:
    """Everything the page shows."""
    told = view.told
    lines = milestone_lines(view)
    decide = tuple(
        ToDecide(one.what, one.why or Phrase(f"command.{asked.act}"), one.act, one.due_on, one.days_late)
        for asked in to_decide(told.known)
        for one in [next_act(told, asked)]
    )
    decide = (*decide, *_late_adjustments(view))
    # An adjustment that is late is to be decided on, and told there.
    told_above = {one.reference for one in adjustments(view.dossier, view.ask.today) if one.state == LATE}
    waiting = shown(view, (one for one in still_open(view.decisions) if one.reference not in told_above))
    met = of_committees(view.meetings)
    changed = view.dossier.once(changed_since, met[0].held_on) if met else ()
    return CommitteePage(
        territory=view.territory,
        answer=_answer(view, decide, waiting),
        road=path_picture(view, lines),
        milestones=lines,
        to_decide=decide,
        waiting=waiting,
        kept=kept(view.decisions),
        decisions_href=decisions_of(view.home) if view.decisions or view.dossier.states(Counsel) else "",
        last=Phrase("page.committee.changed", {"on": met[0].held_on}) if met else None,
        changed=_told(view, changed[:MOST_CHANGED]),
        changed_more=len(changed[MOST_CHANGED:]),
        meetings=_meetings(view, (*met, *(one for one in view.meetings if one not in met))),
        acts=view.acts("meetings"),
        reviews_href=view.home.reviews,
    )


def _late_adjustments(view: View) -> Iterator[ToDecide]:
    """What was adjusted at a review, by a day that is past: it is kept up, put off or given up."""
    late = [one for one in adjustments(view.dossier, view.ask.today) if one.state == LATE]
    for one in late:
        words, days = view.ask.said(one.text), (view.ask.today - one.due_on).days if one.due_on is not None else 0
        why = Phrase("page.literal", {"text": words}) if words else Phrase(f"decision-kind.{one.kind}")
        seen = Act(Phrase("page.committee.adjustment-see"), view.home.reviews)
        yield ToDecide(Phrase("page.committee.adjustment"), why, seen, one.due_on, days)


def _answer(view: View, decide: tuple[ToDecide, ...], waiting: tuple[DecisionShown, ...]) -> tuple[Phrase, ...]:
    """What is to be decided, by name where it is one thing, and how many decisions wait for what follows them."""
    said = [_to_decide(decide) if decide else _nothing(view)]
    if waiting:
        said.append(Phrase("page.committee.answer-waiting", {}, len(waiting)))
    return (*said, *view.told.said(all_late(view.told.known)))


def _to_decide(decide: tuple[ToDecide, ...]) -> Phrase:
    first, others = the(decide[0].title), len(decide) - 1
    if others:
        return Phrase("page.committee.answer-several", {"the": first}, others)
    return Phrase("page.committee.answer", {"the": first})


def _nothing(view: View) -> Phrase:
    return Phrase("page.committee.decide-empty" if view.meetings else "page.committee.answer-first")


def _told(view: View, events: Sequence[Event]) -> tuple[ChangedLine, ...]:
    """Some of it, in words."""
    telling = Told(view.ask.texts, view.ask.name, view.ask.said, [entry.event for entry in view.dossier.entries])
    view.ask.open(telling.texts(events))
    return tuple(
        ChangedLine(
            one.occurred_on,
            PageWords.capital(telling.sentence(one)),
            view.told.trail(one.envelope.event_id),
            one.envelope.event_id in view.contested,
        )
        for one in events
    )


def _meetings(view: View, held: Sequence[Meeting]) -> tuple[MeetingCard, ...]:
    return tuple(
        MeetingCard(
            one.body.name,
            one.held_on,
            tuple(
                DecisionLine(
                    str(number),
                    view.ask.said(decision.text),
                    len(decision.uses),
                    anchor_of("decision", f"{one.meeting_id}-{decision.reference.decision_id}"),
                )
                for number, decision in enumerate(one.decisions, 1)
            ),
            view.ask.documents(one.evidence),
            view.told.trail(one.event_id),
        )
        for one in held
    )
