"""The addresses of one meeting: its steps, its papers, and where who is there and what is decided are sent."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.responses import Response

from api.access import policy
from api.pages.sending import receive
from api.pages.sitting import doing
from api.pages.sitting.addresses import ATTEND, DECIDE, HOLD, PAPERS, STEPS
from api.pages.sitting.page import sitting_page
from api.pages.sitting.paper import sitting_paper
from api.pages.sitting.places import BASES, unless_unchanged_at
from api.pages.sitting.scene import sitting_of
from api.pages.steered import SteeredView
from domain.policy import READ_CONVENTION
from domain.steering.meetings import RecordDecision, RecordMeeting
from workflows.application import UnknownStream


def install(app: FastAPI) -> None:
    """Each address, on a territory with and without the name of a convention, and on a framework."""
    for base in BASES:
        one = f"{base}/{{meeting_id}}"
        for address in (one, f"{one}/{{step}}", f"{one}/{HOLD}/{{sent}}"):
            app.add_api_route(address, here, methods=["GET"], include_in_schema=False, response_model=None)
        app.add_api_route(f"{one}/{HOLD}/{ATTEND}", attend, methods=["POST"], include_in_schema=False)
        app.add_api_route(f"{one}/{HOLD}/{DECIDE}", decide, methods=["POST"], include_in_schema=False)


@policy(READ_CONVENTION)
def here(request: Request) -> Response:
    """One meeting at a step of it, or at the one where it is; a paper of it. Where its forms are sent, they stand."""
    sent = request.path_params.get("sent")
    step = request.path_params.get("step", "" if sent is None else HOLD)
    if step not in ("", *STEPS, *PAPERS) or sent not in (None, ATTEND, DECIDE):
        raise UnknownStream(step)

    def made(view: SteeredView) -> object:
        sitting = sitting_of(view, request.path_params["meeting_id"], request.query_params, step)
        return sitting_paper(sitting) if step in PAPERS else sitting_page(sitting)

    return unless_unchanged_at(request, made, "sitting-paper" if step in PAPERS else "sitting")


@policy(RecordMeeting.NAME)
async def attend(request: Request) -> Response:
    """Who is there."""
    return await receive(request, doing.attend)


@policy(RecordDecision.NAME)
async def decide(request: Request) -> Response:
    """What is decided."""
    return await receive(request, doing.decide)
