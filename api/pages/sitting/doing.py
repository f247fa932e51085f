"""Who is there and what is decided, recorded on the spot: each at one press, and the page again at once.

What is recorded shows on the page itself, so that one comes back to an address that a browser may keep: with what was
typed there when the connection was lost, under the same key. Sent again it is recorded once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from api.access import Forbidden, Visitor, services_of
from api.errors import invalid, status_of
from api.pages.acts.sittings import RECORD_DECISION
from api.pages.acts.steering import RECORD_MEETING
from api.pages.asking import Asking, asking
from api.pages.circumstances import circumstances, key_of
from api.pages.contexts.sitting import SittingPage
from api.pages.forms import submission, uploads
from api.pages.forms.offering import options_of, unfit
from api.pages.forms.record import Form
from api.pages.forms.submission import Submission
from api.pages.forms.typed import FORM_ID, Typed
from api.pages.mending import Mistake, mistake_of, options_for, prefilled
from api.pages.sitting.addresses import HOLD, POINT
from api.pages.sitting.forms import SEAT, SPARE, attending, deciding, proxy_typed
from api.pages.sitting.page import sitting_page
from api.pages.sitting.pieces import EXCUSED, PRESENT
from api.pages.sitting.places import shown_at, view_at
from api.pages.sitting.scene import Sitting, sitting_of
from api.pages.steered import SteeredView
from domain.kernel import Refused
from domain.mending import NothingCorrected
from domain.values import InvalidValue, Prose
from workflows.answers import IdempotencyKeyReused
from workflows.texts.rules import explain

ALL: Final = "_all"
"""Pressed to tick every seat, without recording anything."""
COUNT: Final = "_count"
"""Pressed to know whether those who are ticked make the quorum, without recording anything."""
ON: Final = "_on"
"""Pressed to go on to the next point once the decision is recorded."""


def attend(request: Request, visitor: Visitor, pairs: list[uploads.Pair], joined: list[uploads.Joined]) -> Response:
    """Say who is there: the meeting is held from then on; said again, it is corrected."""
    typed = Typed.of(pairs)
    with asking(request, visitor) as ask:
        view, sitting = _asked(request, ask)
        if not sitting.may_attend:
            raise Forbidden(RECORD_MEETING.name)
        if typed.one(ALL):
            return _shown(request, ask, _everybody(sitting, typed), 200)
        if typed.one(COUNT):
            return _shown(request, ask, typed, 200)
        if not _accepts(visitor, typed):
            return _shown(request, ask, typed, 403, (visitor.texts.t("page.form.aged"),))
        mistake = _said_before(ask, view, sitting)
        said = _attendance(view, sitting, typed, mistake)
        if said.command is None:
            return _shown(request, ask, typed, 400, tuple(said.errors.values()))
        there = sitting.at(HOLD)
    corrects = mistake.context(()) if mistake is not None else None
    context = circumstances(request, visitor, key=key_of(typed), said=said, corrects=corrects)
    try:
        services_of(request).steering.execute(said.command, context)
    except Refused as refused:
        if any(not isinstance(one, NothingCorrected) for one in refused.broken):
            with asking(request, visitor) as ask:
                return _shown(request, ask, typed, status_of(refused.broken), _told(ask, refused))
    except InvalidValue as error:
        with asking(request, visitor) as ask:
            return _shown(request, ask, typed, 400, (invalid(error, visitor.texts).detail,))
    except IdempotencyKeyReused:
        with asking(request, visitor) as ask:
            return _shown(request, ask, typed, 422, (visitor.texts.t("page.form.sent-before"),))
    return RedirectResponse(there, 303)


def decide(request: Request, visitor: Visitor, pairs: list[uploads.Pair], joined: list[uploads.Joined]) -> Response:
    """Record one decision, and come back to the same point or to the next."""
    typed = Typed.of(pairs)
    with asking(request, visitor) as ask:
        view, sitting = _asked(request, ask)
        if not sitting.may_decide:
            raise Forbidden(RECORD_DECISION.name)
        if not _accepts(visitor, typed):
            return _shown(request, ask, typed, 403, (visitor.texts.t("page.form.aged"),), decides=True)
        given = {"stream_id": sitting.body_id, "meeting_id": str(sitting.told.meeting_id)}
        whole = Typed({**typed.values, **{name: (value,) for name, value in given.items()}})
        options = options_of(ask, RECORD_DECISION, view.place_id, given)
        said = submission.read(RECORD_DECISION, sitting.told.body_id, whole, options.hidden, visitor.texts)
        errors = {**unfit(RECORD_DECISION, whole, options, visitor.texts), **said.errors}
        if said.command is None or errors:
            return _shown(request, ask, typed, 400, errors=errors, decides=True)
        on = sitting.point + 1 if typed.one(ON) and sitting.point < len(sitting.told.agenda) else sitting.point
        there = sitting.at(HOLD, **({POINT: str(on)} if sitting.told.agenda else {}))
    context = circumstances(request, visitor, key=key_of(typed), said=said)
    try:
        services_of(request).steering.execute(said.command, context)
    except Refused as refused:
        with asking(request, visitor) as ask:
            status = status_of(refused.broken)
            return _shown(request, ask, typed, status, _told(ask, refused), decides=True)
    except InvalidValue as error:
        with asking(request, visitor) as ask:
            wrong = invalid(error, visitor.texts)
            return _shown(request, ask, typed, 400, errors={wrong.field or "": wrong.detail}, decides=True)
    except IdempotencyKeyReused:
        with asking(request, visitor) as ask:
            why = (visitor.texts.t("page.form.sent-before"),)
            return _shown(request, ask, typed, 422, why, decides=True, new_key=True)
    return RedirectResponse(there, 303)


# --- what is asked and said -------------------------------------------------------------------------------------------


def _asked(request: Request, ask: Asking) -> tuple[SteeredView, Sitting]:
    """The meeting of the address. Raises `UnknownStream`."""
    view = view_at(request, ask)
    return view, sitting_of(view, request.path_params["meeting_id"], request.query_params, HOLD)


def _accepts(visitor: Visitor, typed: Typed) -> bool:
    return visitor.session is not None and visitor.session.accepts(typed.one("csrf_token"))


def _everybody(sitting: Sitting, typed: Typed) -> Typed:
    """What was typed, with every seat that is filled ticked as present."""
    ticked = {f"{SEAT}.{one.seat_id}": (PRESENT,) for one in sitting.one.seats if one.vacant_since is None}
    return Typed({**typed.values, **ticked})


def _said_before(ask: Asking, view: SteeredView, sitting: Sitting) -> Mistake | None:
    """What said who came, where that was said already."""
    if sitting.one.record_id is None:
        return None
    named = {"corrects": str(sitting.one.record_id), "stream_id": sitting.body_id}
    return mistake_of(ask, RECORD_MEETING, view.place_id, Typed.of(named.items()))


def _attendance(view: SteeredView, sitting: Sitting, typed: Typed, mistake: Mistake | None) -> Submission:
    """What the form says, as the form of the act would; the rest of what was said before stays as it was."""
    form: Form[Any] = RECORD_MEETING
    ask, told = view.ask, sitting.told
    given = {"stream_id": sitting.body_id, "meeting_id": str(told.meeting_id)}
    options = options_of(ask, form, view.place_id, given)
    before: dict[str, tuple[str, ...]] = {}
    if mistake is not None:
        before = dict(prefilled(mistake, form, options_for(mistake, form, options)).values)
        before["reason"] = (ask.texts.t("page.session.said-again"),)
    seats = [(str(one.seat_id), typed.one(f"{SEAT}.{one.seat_id}")) for one in sitting.one.seats]
    given_to = [pair for number in range(len(seats) + SPARE) if all(pair := proxy_typed(typed, number))]
    gone = {name: values for name, values in before.items() if not name.startswith("proxies.")}
    said = {
        **gone,
        **{name: (value,) for name, value in given.items()},
        FORM_ID: (typed.one("idempotency_key"),),
        "occurred_on": (typed.one("occurred_on"),),
        "attendance": (typed.one("attendance"),),
        "seats_present": _those(seats, PRESENT),
        "seats_excused": _those(seats, EXCUSED),
        **{f"proxies.{number}.seat_id": (one,) for number, (one, _) in enumerate(given_to)},
        **{f"proxies.{number}.held_by": (by,) for number, (_, by) in enumerate(given_to)},
    }
    read = submission.read(form, told.body_id, Typed(said), options.hidden, ask.texts)
    return read if mistake is None else replace(read, reason=Prose(ask.texts.t("page.session.said-again")))


def _those(seats: Iterable[tuple[str, str]], told: str) -> tuple[str, ...]:
    return tuple(seat for seat, said in seats if said == told)


def _told(ask: Asking, refused: Refused) -> tuple[str, ...]:
    return tuple(explain(ask.texts, rule, ask.name).text for rule in refused.broken)


def _shown(
    request: Request,
    ask: Asking,
    typed: Typed,
    status: int,
    why: tuple[str, ...] = (),
    *,
    errors: dict[str, str] | None = None,
    decides: bool = False,
    new_key: bool = False,
) -> Response:
    """The page again, with all that was typed and what is wrong."""

    def made(view: SteeredView) -> SittingPage:
        sitting = sitting_of(view, request.path_params["meeting_id"], request.query_params, HOLD)
        if decides:
            form = deciding(sitting, typed, errors, why, new_key=new_key)
            return sitting_page(sitting, decide=form)
        return sitting_page(sitting, attend=attending(sitting, typed, why))

    return shown_at(request, ask, made, "sitting", status)
