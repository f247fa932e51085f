"""The page of an act done by a link: the form of the act itself, with who answers for whom; it leads nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from fastapi import Request
from fastapi.responses import Response

from api.access import Visitor
from api.pages.acts import answering
from api.pages.answering.addresses import ANSWER, WHICH
from api.pages.asking import Asking, asking
from api.pages.contexts import Bearing, NavItem, Phrase
from api.pages.fields import DateField, FormPage, FormSection
from api.pages.form_page import form_page
from api.pages.forms.record import Form
from api.pages.forms.typed import Typed
from api.pages.mending import PROPOSAL
from api.pages.people.by_link import secret_page
from api.pages.things_awaited import thing_words
from api.pages.view import view_of
from api.services import Services
from domain.convention.authorising import RecordMandate
from domain.roles import BEARER
from domain.steering.seats import Seats
from domain.values import LocalId
from projections.what_comes_next import Awaited, awaited, of_deadline
from projections.which_meetings_there_are import sittings
from workflows.act_links import ActLink, Question
from workflows.answering import Answering, convention_there, still_asked
from workflows.instants import PARIS

DAY: Final = "occurred_on"
SAYS: Final = {
    Question.MANDATE: "partner_id",
    Question.CORRECTION: PROPOSAL,
    Question.STATUS: "stream_id",
    Question.CLAIM: "claim_id",
}
"""The field that a link fills by itself: whose answer it is, or what it is about."""


def form_asked(link: ActLink, which: str) -> Form[Any]:
    """The act that answers: the one that the address names, else the first."""
    forms = answering(link.asked.question)
    return next((one for one in forms if one.name == which), forms[0])


def fixed(services: Services, link: ActLink) -> dict[str, str]:
    """What the link says by itself, whatever is sent: whose answer it is, about which proposal, action, claim or
    seat."""
    asked = link.asked
    if asked.question is Question.INVITATION:
        named = Answering(services.steering, services.reader, services.holidays).invitation(
            asked, services.clock.today()
        )
        meeting_id, seat_id = named or ("", "")
        return {"stream_id": str(asked.stream_id), "meeting_id": meeting_id, "seat_id": seat_id}
    return {SAYS[asked.question]: str(asked.about_id if asked.question.is_of_one_thing else asked.partner_id)}


def place_of(services: Services, link: ActLink) -> UUID:
    """Where the form of the answer is done: what is asked of a seat is done on the convention of its territory."""
    there = link.asked.question is Question.INVITATION and convention_there(services.reader, link.asked.territory_id)
    return there or link.asked.stream_id


def answer_page(
    request: Request,
    visitor: Visitor,
    link: ActLink,
    token: str,
    form: Form[Any],
    typed: Typed | None,
    *,
    status: int = 200,
    **said: Any,
) -> Response:
    """The form, empty, filled with what is known, or as typed with what is wrong."""
    with asking(request, visitor) as ask:
        asked = {**_known(ask, link, form), **fixed(ask.services, link)}
        made = form_page(ask, form, place_of(ask.services, link), typed, asked=asked, **said)
        context = _narrowed(ask, link, token, form, asked.get(DAY), made)
        if typed is None and DAY not in asked and form.dated and link.asked.question is not Question.STATUS:
            context = replace(context, sections=tuple(map(_undated, context.sections)))
    return secret_page(request, form.template, context, status=status)


def _narrowed(ask: Asking, link: ActLink, token: str, form: Form[Any], adopted: str | None, made: FormPage) -> FormPage:
    """The form without what only whoever comes in may open. `adopted`: the day of a decision that lacks another one."""
    address = f"{ANSWER}/{token}"
    sections = tuple(
        replace(one, fields=tuple(field for field in one.fields if field.name not in fixed(ask.services, link)))
        for one in made.sections
    )
    several = answering(link.asked.question)
    return replace(
        made,
        title=Phrase(f"page.answering.{link.asked.question}.title"),
        intro=Phrase("page.answering.executory.intro", {"adopted": date.fromisoformat(adopted)})
        if adopted is not None
        else Phrase(f"page.answering.{form.name}.intro"),
        action=f"{address}?{WHICH}={form.name}",
        cancel_href="",
        submit=Phrase("page.answering.submit"),
        crumbs=(),
        expected_version=None,
        sections=sections,
        broken_rules=tuple(replace(one, act=None) for one in made.broken_rules),
        may_be_mended=False,
        kinds=tuple(
            NavItem(Phrase(f"page.answering.{one.name}"), f"{address}?{WHICH}={one.name}", current=one is form)
            for one in several
        ),
        bearing=_bearing(ask, link),
    )


def _undated(section: FormSection) -> FormSection:
    """A day that nobody gave is not proposed to be today: the decision is of some day before."""
    fields = (
        replace(one, value="") if isinstance(one, DateField) and one.name == DAY else one for one in section.fields
    )
    return replace(section, fields=tuple(fields))


def _bearing(ask: Asking, link: ActLink) -> Bearing:
    asked, about = link.asked, None
    partner_id = asked.partner_id
    due: Awaited | None = None
    if asked.question is Question.MANDATE:
        known = view_of(ask, asked.stream_id).told.known
        due = next((one for one in awaited(known) if one.partner_id == asked.partner_id), None)
    elif asked.question is Question.INVITATION:
        about = _meeting_words(ask, link)
        partner_id = partner_id or _sits_for(ask, link)
    elif asked.question is not Question.CORRECTION:
        told = view_of(ask, asked.stream_id).told
        if (waits := still_asked(told.known, asked)) is not None:
            due, about = of_deadline(told.known, waits[0]), thing_words(told, waits[1])
    assert link.expires_at is not None, "a link that was presented was sent"
    return Bearing(
        name=ask.person(asked.person_id) or "",
        role=asked.role,
        partner=ask.name(partner_id) if partner_id is not None else None,
        territory=ask.name(asked.territory_id),
        asked_by=ask.person(link.asked_by) if link.asked_by is not None else None,
        asked_on=link.asked_at.astimezone(PARIS).date(),
        until=link.expires_at,
        due_on=due.due_on if due is not None else None,
        days_late=due.days_late if due is not None else 0,
        about=about,
    )


def _sits_for(ask: Asking, link: ActLink) -> UUID | None:
    """For which partner somebody without any role there sits."""
    body = next(
        (one for one in ask.surroundings(link.asked.territory_id).bodies if one.id == link.asked.stream_id), None
    )
    seat = Seats.of(body).given.get(LocalId(fixed(ask.services, link)["seat_id"])) if body is not None else None
    return seat.partner_id if seat is not None and link.asked.role == BEARER else None


def _meeting_words(ask: Asking, link: ActLink) -> str | None:
    """Which meeting is meant, of which body, when."""
    named, here = fixed(ask.services, link), ask.surroundings(link.asked.territory_id)
    told = next(
        (
            one
            for one in sittings(here, ask.today)
            if (str(one.body_id), one.meeting_id) == (named["stream_id"], named["meeting_id"])
        ),
        None,
    )
    return ask.texts.t("page.answering.meeting", body=told.body, on=told.on) if told is not None else None


def _known(ask: Asking, link: ActLink, form: Form[Any]) -> Mapping[str, str]:
    """What is known already of the answer: a decision that is given its date is shown as it was said."""
    if form.command is not RecordMandate:
        return {}
    return view_of(ask, link.asked.stream_id).told.given(form.name, link.asked.partner_id)
