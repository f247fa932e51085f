"""What comes first? Six steps with their state, each with the one act that ends it; until a first forum is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Depends, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from api.access import Visitor, person_allowed, policy, services_of
from api.commands import context_of
from api.pages import failures
from api.pages.acts.diagnosis import RECORD_SHARED_DIAGNOSIS
from api.pages.acts.forums import RECORD_FORUM
from api.pages.acts.opening import OPEN_CONVENTION
from api.pages.acts.partners import REGISTER_PARTNER
from api.pages.acts.taking_over import TAKE_OVER_CONVENTION
from api.pages.acts.territories import REGISTER_TERRITORY
from api.pages.asking import Asking, asking
from api.pages.beginning.partners import ProposedGroup, proposed
from api.pages.beginning.steps import ACT, OPEN, PARTNERS, PEOPLE, STEPS, TERRITORIES, WHO, Beginning
from api.pages.contexts import Act, NavItem, Phrase
from api.pages.conventions import home_of
from api.pages.messages import messages_of
from api.pages.people.inviting import InviteForm, invite_form
from api.pages.people.reach import Reach
from api.pages.people.tabs import PARTNERS_PAGE, TERRITORIES_PAGE, tabs
from api.pages.posting import posted
from api.pages.shell import ADMINISTRATION, BEGIN, page
from domain.assignments import AssignTerritoryRole
from domain.convention.diagnosis import DiagnosesShared
from domain.kernel import Refused
from domain.policy import MANAGE_ACCOUNTS
from domain.roles import PILOT
from workflows.texts.rules import explain

Administrator = Annotated[Visitor, Depends(person_allowed)]

MOST_NAMED: Final = 30
"""Territories of which one makes oneself pilot from here; more are for somebody who is invited."""


@dataclass(frozen=True, slots=True)
class Step:
    """One of the six: done, next, or later. ``said``: what is known of it; ``acts``: what ends it."""

    code: str
    number: int
    state: str
    said: Phrase
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class TakeForm:
    """The form by which the only administrator makes themselves pilot of territories that they name."""

    action: str
    choices: tuple[tuple[str, str, bool], ...]
    more: int
    error: str | None = None


@dataclass(frozen=True, slots=True)
class BeginPage:
    """``begin.html``: the six steps; the form of the next one stands in it."""

    tabs: tuple[NavItem, ...]
    answer: tuple[Phrase, ...]
    steps: tuple[Step, ...]
    take: TakeForm | None
    invite: InviteForm | None
    groups: tuple[ProposedGroup, ...]
    territories_href: str
    one_territory_href: str
    partners_href: str
    one_partner_href: str
    over_href: str | None


@policy(MANAGE_ACCOUNTS)
def show(request: Request, visitor: Administrator) -> Response:
    """What comes first?"""
    with asking(request, visitor) as ask:
        return _page(request, ask, None)


@policy(MANAGE_ACCOUNTS)
async def take(request: Request) -> Response:
    """Make oneself pilot of the territories named, as the only administrator may once (R33)."""
    pairs = await posted(request, most=2_000)
    named = [value for name, value in pairs if name == "territory"]
    return await run_in_threadpool(_take, request, dict(pairs).get("csrf_token", ""), named)


def _take(request: Request, csrf_token: str, named: list[str]) -> Response:
    visitor = person_allowed(request)
    failures.check_csrf(visitor, csrf_token)
    with asking(request, visitor) as ask:
        chosen = [one for one in Beginning(ask).may_take if str(one.id) in named]
        if not chosen:
            return _page(request, ask, visitor.texts.t("page.begin.take.none"), status=400)
        context = context_of(request, visitor, key="", reason=None, evidence=(), expected_version=None)
        me = visitor.actor.actor_id
        try:
            services_of(request).steering.execute_all(
                [AssignTerritoryRole(stream_id=one.id, role=PILOT, person_id=me) for one in chosen], context
            )
        except Refused as refused:
            said = " ".join(explain(visitor.texts, rule, ask.name).text for rule in refused.broken)
            return _page(request, ask, said, status=422)
    return RedirectResponse(BEGIN, 303)


def _page(request: Request, ask: Asking, error: str | None, *, status: int = 200) -> Response:
    begun = Beginning(ask)
    done = set(begun.done())
    following = begun.next_step(done)
    steps = tuple(
        Step(
            code,
            number,
            "done" if code in done else "next" if code == following else "later",
            _said(begun, code),
            _acts(begun, code),
        )
        for number, code in enumerate(STEPS, start=1)
    )
    answer = [Phrase("page.begin.answer", count=len(done))]
    if begun.is_over:
        answer = [Phrase("page.begin.over")]
    elif following is not None:
        answer.append(Phrase(f"page.begin.next.{following}"))
    offered = begun.may_take[:MOST_NAMED]
    only = len(offered) == 1
    taking = None
    if following == WHO and offered:
        choices = tuple((str(one.id), one.name, only) for one in offered)
        taking = TakeForm(BEGIN, choices, len(begun.may_take) - len(offered), error)
    context = BeginPage(
        tabs=tabs(ask.visitor, BEGIN),
        answer=tuple(answer),
        steps=steps,
        take=taking,
        invite=invite_form(Reach(ask), {}, {}) if following == PEOPLE else None,
        groups=proposed(ask, "") if following == PARTNERS else (),
        territories_href=TERRITORIES_PAGE,
        one_territory_href=REGISTER_TERRITORY.address(),
        partners_href=PARTNERS_PAGE,
        one_partner_href=REGISTER_PARTNER.address(),
        over_href="/" if begun.is_over else None,
    )
    return page(request, ask.visitor, "begin.html", context, status=status, messages=messages_of(request, ask.visitor))


def _said(begun: Beginning, code: str) -> Phrase:
    """What is known of a step, in a sentence."""
    ask = begun.ask
    if code == WHO:
        me = ask.person(ask.visitor.actor.actor_id) or ask.texts.t("page.erased")
        if begun.mine:
            named = begun.mine[0].name
            return Phrase("page.begin.who.pilot", {"person": me, "territory": named}, count=len(begun.mine))
        return Phrase("page.begin.who.administers", {"person": me})
    if code == TERRITORIES:
        communes = sum(len(one.communes) for one in begun.territories)
        return Phrase(
            "page.begin.territories",
            {"communes": Phrase("page.begin.communes", count=communes)},
            count=len(begun.territories),
        )
    if code == PARTNERS:
        return Phrase("page.begin.partners", count=len(ask.register.partners))
    if code == PEOPLE:
        accounts = ask.services.accounts.accounts()
        joined = Phrase("page.begin.people", count=sum(one.joined_at is not None for one in accounts))
        waiting = sum(one.joined_at is None for one in accounts)
        return Phrase("page.begin.people.waiting", {"joined": joined}, count=waiting) if waiting else joined
    if code == OPEN:
        return Phrase("page.begin.open", count=len(begun.conventions))
    return Phrase("page.begin.act.done" if begun.is_over else "page.begin.act")


def _acts(begun: Beginning, code: str) -> tuple[Act, ...]:
    """What leads on from a step, for this visitor."""
    ask = begun.ask
    if code == TERRITORIES:
        return (Act(Phrase("page.begin.territories.act"), TERRITORIES_PAGE),)
    if code == PARTNERS and begun.territories:
        return (Act(Phrase("page.begin.partners.act"), PARTNERS_PAGE),)
    if code == PEOPLE and begun.territories:
        return (Act(Phrase("page.begin.people.act"), ADMINISTRATION),)
    if code == OPEN and begun.conventions:
        homes = (home_of(ask, one).today for one in begun.conventions[:1])
        return tuple(Act(Phrase("page.begin.open.see"), home) for home in homes)
    if code == OPEN:
        ways = ((OPEN_CONVENTION, "page.begin.open.act"), (TAKE_OVER_CONVENTION, "page.begin.take-over.act"))
        return tuple(
            Act(Phrase(key, {"territory": one.name}), form.address(territory_id=one.id))
            for one in begun.mine[:3]
            for form, key in ways
            if ask.visitor.may(form.name, one.id)
        )
    if code == ACT:
        return tuple(_first_acts(begun))
    return ()


def _first_acts(begun: Beginning) -> list[Act]:
    """The acts of the first convention that lead to a forum: its diagnosis, then the forum itself."""
    ask = begun.ask
    for convention_id in begun.conventions[:1]:
        dossier = ask.dossiers((convention_id,))[convention_id]
        if not ask.visitor.may_here(RECORD_FORUM.name, dossier.territory_id):
            continue
        shared = DiagnosesShared.of(dossier.convention).versions > 0
        forms = (RECORD_FORUM,) if shared else (RECORD_SHARED_DIAGNOSIS, RECORD_FORUM)
        return [Act(Phrase(f"command.{form.name}"), form.address(convention_id=convention_id)) for form in forms]
    return []
