"""Forms by lines: shown, weighed without recording, recorded at one press, line by line, all lines or none.

Each line's key derives from the whole's key and its number (`workflows/bulk.py`): sent again, what was recorded is
answered again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any
from uuid import UUID, uuid4

from fastapi import Depends, FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.access import Visitor, person_allowed, policy, services_of
from api.pages.asking import asking
from api.pages.circumstances import circumstances, key_of
from api.pages.coming_back import way_of
from api.pages.files import keep_joined
from api.pages.form_page import KEY, bar_of_form
from api.pages.forms import uploads
from api.pages.forms.offering import options_of
from api.pages.forms.typed import FORM_ID, Typed
from api.pages.lines.page import lines_page
from api.pages.lines.reading import prefix_of
from api.pages.lines.record import ADD, ALL, ON, AnyLines, Asked, Weighed
from api.pages.lines.registry import LINES_FORMS
from api.pages.messages import messages_of
from api.pages.sending import receive
from api.pages.shell import page
from workflows import bulk
from workflows.answers import Answer, IdempotencyKeyReused
from workflows.application import UnknownStream
from workflows.bulk import MOST_LINES, Line, Outcome

Doer = Annotated[Visitor, Depends(person_allowed)]


def install(app: FastAPI) -> None:
    """A form to show and to send for each act that many lines may say."""
    for lines in LINES_FORMS:
        address = lines.path("{place_id}")
        shown, sent = _endpoints(lines)
        app.add_api_route(address, shown, methods=["GET"], include_in_schema=False, response_model=None)
        app.add_api_route(address, sent, methods=["POST"], include_in_schema=False, response_model=None)


def _endpoints(lines: AnyLines) -> tuple[Callable[..., Any], Callable[..., Any]]:
    @policy(lines.form.name)
    def show(request: Request, visitor: Doer) -> HTMLResponse:
        return _Sheet(request, visitor, lines).show(None)

    def then(request: Request, visitor: Visitor, pairs: list[uploads.Pair], joined: list[uploads.Joined]) -> Response:
        return _Sheet(request, visitor, lines).receive(Typed.of(pairs), joined)

    @policy(lines.form.name)
    async def send(request: Request) -> Response:
        return await receive(request, then)

    return show, send


class _Sheet:
    """One form by lines, being asked for."""

    def __init__(self, request: Request, visitor: Visitor, lines: AnyLines) -> None:
        self.request, self.visitor, self.lines = request, visitor, lines
        self.steering = services_of(request).steering
        try:
            self.place_id = UUID(request.path_params["place_id"])
        except ValueError as error:
            raise UnknownStream(str(request.path_params["place_id"])) from error

    def receive(self, typed: Typed, joined: Sequence[uploads.Joined]) -> Response:
        """What was pressed: weigh again, or record."""
        if self.visitor.session is None or not self.visitor.session.accepts(typed.one("csrf_token")):
            return self.show(typed, status=403, errors={"": self.visitor.texts.t("page.form.aged")})
        with asking(self.request, self.visitor) as ask:
            options_of(ask, self.lines.form, self.place_id, typed.ones)  # the right to, before any file is kept
            not_kept = keep_joined(ask, self.lines.form.place, self.place_id, joined)
        if typed.one(ADD) or not_kept:
            return self.show(typed, status=400 if not_kept else 200, errors=not_kept)
        return self._record(typed)

    def _record(self, typed: Typed) -> Response:
        with asking(self.request, self.visitor) as ask:
            asked = replace(self._asked(ask, typed, {}), records=True)
            drafts = self.lines.read(asked)
            errors = {name: text for one in drafts for name, text in one.errors.items()}
            home = self.lines.form.home(ask, self.place_id)
        if not errors and not drafts:
            errors = {"": self.visitor.texts.t("page.lines.none")}
        if len(drafts) > MOST_LINES:
            errors = {"": self.visitor.texts.t("page.lines.too-many", most=MOST_LINES)}
        if errors:
            return self.show(typed, status=400, errors=errors)
        key = key_of(typed)
        try:
            outcomes = bulk.together(self.steering, self._lines(drafts, key))
        except IdempotencyKeyReused:
            said = {"": self.visitor.texts.t("page.form.sent-before")}
            return self.show(typed, status=422, errors=said, new_key=True)
        if not all(isinstance(one, Answer) for one in outcomes):
            return self.show(typed, status=422, told=outcomes)
        return RedirectResponse(way_of(self.request.query_params).after(home, key), 303)

    def _lines(self, drafts: Sequence[Any], key: str) -> list[Line]:
        made = [
            Line(one.said.command, circumstances(self.request, self.visitor, key="", said=one.said))
            for one in drafts
            if one.said.command is not None
        ]
        return [bulk.under(one, each) for one, each in zip(made, bulk.keys_of(key, len(made)), strict=True)]

    def _asked(self, ask: Any, typed: Typed | None, errors: Mapping[str, str]) -> Asked[Any]:
        """Raises `UnknownStream` and `Forbidden`."""
        form = self.lines.form
        options = options_of(ask, form, self.place_id, typed.ones if typed is not None else {})
        case = form.place.case(ask, self.place_id)
        if typed is None:
            asked = Asked(ask, self.place_id, case, options, Typed({}))
            typed = Typed({FORM_ID: (str(uuid4()),), **self.lines.propose(asked).values})
        elif typed.one(ADD) == ALL and self.lines.ticks is not None:
            every = self.lines.ticks(Asked(ask, self.place_id, case, options, typed))
            typed = Typed({**typed.values, **{f"{prefix_of(line)}.{ON}": ("1",) for line in every}})
        return Asked(ask, self.place_id, case, options, typed, errors)

    def show(
        self,
        typed: Typed | None,
        *,
        status: int = 200,
        errors: Mapping[str, str] | None = None,
        told: Sequence[Outcome] | None = None,
        new_key: bool = False,
    ) -> HTMLResponse:
        """The form as typed or as proposed, with what would come of each line."""
        with asking(self.request, self.visitor) as ask:
            asked = self._asked(ask, typed, errors or {})
            drafts = self.lines.read(asked)
            saying = [one for one in drafts if one.said.command is not None]
            outcomes = list(told) if told is not None else self._weighed(saying)
            came = dict(zip(map(id, saying), outcomes, strict=True))
            weighed = [Weighed(one, came.get(id(one))) for one in drafts]
            key = "" if new_key else asked.typed.one(KEY)
            context = lines_page(self.lines, asked, weighed, key or str(uuid4()), way_of(self.request.query_params))
            bar = bar_of_form(ask, self.lines.form, self.place_id)
            told_before = messages_of(self.request, self.visitor) if typed is None else ()
            return page(self.request, self.visitor, "lines.html", context, status=status, bar=bar, messages=told_before)

    def _weighed(self, drafts: Sequence[Any]) -> list[Outcome]:
        if not drafts or len(drafts) > MOST_LINES:
            return []
        return bulk.weighed(self.steering, self._lines(drafts, str(uuid4())))
