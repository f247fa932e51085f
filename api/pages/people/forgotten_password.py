"""A forgotten password: who asks gets the same answer, as fast, whether there is such an account or not.

Where no letter leaves, the page says whom to ask: a link is then made by an administrator, and handed over.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from fastapi import BackgroundTasks, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from api.access import PUBLIC, policy, services_of
from api.pages.posting import posted
from api.pages.shell import page
from api.pages.signing_in import LONGEST_IDENTIFIER
from api.services import Services
from workflows.links import Purpose

FORGOTTEN: Final = "/mot-de-passe-oublie"


@dataclass(frozen=True, slots=True)
class ForgottenPasswordPage:
    """``forgotten-password.html``: whose password is forgotten; or, once asked, where the link went."""

    action: str
    sends_mail: bool
    asked: bool = False


@policy(PUBLIC)
def show(request: Request) -> Response:
    """Whose password is forgotten?"""
    return _page(request)


@policy(PUBLIC)
async def ask(request: Request) -> Response:
    """Have a link sent, if there is such an account. It is looked for once the answer has left, which tells nothing."""
    typed = dict(await posted(request, most=20)).get("identifier", "")[:LONGEST_IDENTIFIER]
    answer = await run_in_threadpool(_page, request, asked=True)
    services = services_of(request)
    if services.sends_mail:
        afterwards = BackgroundTasks()
        afterwards.add_task(_send, services, typed)
        answer.background = afterwards
    return answer


def _send(services: Services, login: str) -> None:
    if not login.strip().isprintable():
        return
    account = services.accounts.find(login)
    if account is not None and account.disabled_at is None:
        purpose = Purpose.RESET if account.joined_at is not None else Purpose.JOIN
        services.inviting.send_link(account.account_id, purpose, services.clock.now())


def _page(request: Request, *, asked: bool = False) -> Response:
    context = ForgottenPasswordPage(FORGOTTEN, services_of(request).sends_mail, asked)
    return page(request, None, "forgotten-password.html", context)
