"""The messages of a convention's deadlines that did not leave, in words: replaced by a more severe one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from api.pages.contexts import DeadlineLine, Phrase
from api.pages.view import View
from projections.what_is_due import Deadline
from projections.which_messages_were_sent import Message, asked_for, messages, replaced
from workflows.delivery.outbox import fates


def with_unsent(view: View) -> Callable[[Iterable[Deadline]], tuple[DeadlineLine, ...]]:
    """What makes lines of deadlines, each with its messages that were passed over."""
    sheet, ask = view.told.known.sheet, view.ask
    became = fates(ask.services.engine, (one.envelope.event_id for one in asked_for(view.dossier)))
    every = messages(view.dossier, sheet, became, ask.today)

    def lines(deadlines: Iterable[Deadline]) -> tuple[DeadlineLine, ...]:
        return tuple(
            replace(view.told.deadline(one), unsent=tuple(map(_said, replaced(every, one)))) for one in deadlines
        )

    return lines


def _said(one: Message) -> Phrase:
    assert one.replaced_by is not None, "it was replaced"
    by = Phrase(f"page.message.by.{one.replaced_by.kind}", {"on": one.replaced_by.said_on})
    return Phrase(f"page.message.unsent.{one.kind}", {"on": one.planned_on, "by": by})
