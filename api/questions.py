# No `from __future__ import annotations` here: FastAPI reads the signatures that are made below.
"""One GET for each question. Free texts are opened here, when it answers; an erased one is `null`."""

import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from api.access import policy, services_of
from api.answered import answered_by
from api.commands import ERRORS
from api.convention_list import ConventionList, conventions, standing_of
from api.decision_answers import Decisions, decided_on_framework, decisions_taken
from api.feed import Events, events
from api.means_answers import (
    ClaimsDue,
    FrameworkPledgeList,
    MoneyLines,
    Pledges,
    claims_due,
    money_lines,
    pledged_to_framework,
    pledges_made,
)
from api.method_answers import method, methods
from api.possible import PossibleCommand, possible_commands
from api.reading import Asker, ConventionId, about_convention, opened, reading
from api.receiving import Operation
from api.result_answers import (
    IndicatorList,
    MeasureList,
    SatisfactionList,
    indicator_list,
    measure_list,
    satisfaction_list,
)
from api.review_answers import review_to_come
from api.schemas import model_of
from api.search import SearchAnswer, search_names
from api.sheet_answers import SheetPage, plan_sheets
from api.sitting_answers import Sittings, bodies_of_convention, sittings_of_convention, sittings_of_framework
from api.steering_answers import bodies_of_framework, delegated_on_framework, due_to_framework
from api.trail import Trail, audit_trail
from domain.method import MethodProfile
from domain.policy import (
    READ_CONVENTION,
    READ_DEPARTMENT,
    READ_REFERENCE,
)
from domain.values import Prose
from projections import (
    how_the_chain_holds,
    how_the_plan_drifts,
    what_a_framework_decided,
    what_a_review_would_say,
    what_became_of_adjustments,
    what_coverage_is_worth,
    what_is_due,
    what_money_there_is,
    what_reviews_saw,
    what_the_committee_decided,
    what_the_committee_saw,
    what_the_plan_rests_on,
    where_conventions_stand,
    where_the_term_stands,
    which_deadlines_moved,
    which_messages_were_sent,
    which_partners_and_places_are_known,
    which_signatures_are_missing,
    which_themes_are_crossed,
    which_themes_there_are,
    who_delegated_what,
)
from projections.engine import Dossier
from projections.which_meetings_there_are import BodyTold
from projections.which_methods_there_are import MethodKnown
from workflows.delivery.outbox import fates


@dataclass(frozen=True)
class Asked:
    """What a question about one convention is asked with: its dossier, today, holidays; `near`: the dossiers of all the
    conventions of its territory, `fates`: what became of letters about events, and `reader`: what sealed texts say,
    read when a question wants them."""

    dossier: Dossier
    today: date
    holidays: Container[date]
    near: Callable[[], Sequence[Dossier]]
    fates: Callable[[Iterable[UUID]], Mapping[UUID, which_messages_were_sent.Fate]]
    reader: Callable[[Sequence[Prose]], Callable[[Prose], str | None]]


def _messages(asked: Asked) -> tuple[which_messages_were_sent.Message, ...]:
    sheet = what_is_due.sheet(asked.dossier, asked.today, asked.holidays)
    said = which_messages_were_sent.asked_for(asked.dossier)
    fates = asked.fates(one.envelope.event_id for one in said)
    return which_messages_were_sent.messages(asked.dossier, sheet, fates, asked.today)


Question = Callable[[Asked], Any]

ABOUT_CONVENTION: tuple[tuple[str, str, Any, Question], ...] = (
    (
        "",
        "Où en est la convention, ses étapes et ses jalons",
        where_conventions_stand.ConventionStanding,
        lambda asked: where_conventions_stand.convention(asked.dossier, asked.today),
    ),
    (
        "/deadlines",
        "Ce qui est dû et ce qui a été manqué",
        tuple[what_is_due.Deadline, ...],
        lambda asked: what_is_due.sheet(asked.dossier, asked.today, asked.holidays),
    ),
    (
        "/deadlines/moves",
        "Les échéances qui ont changé de jour : leurs jours l’un après l’autre, et le fait qui a fixé chacun",
        tuple[which_deadlines_moved.MovedDeadline, ...],
        lambda asked: which_deadlines_moved.moved(asked.dossier, asked.today, asked.holidays),
    ),
    (
        "/messages",
        "Les rappels et les relances dont le jour est venu : envoyés, ou non envoyés et remplacés par lesquels",
        tuple[which_messages_were_sent.Message, ...],
        _messages,
    ),
    (
        "/term",
        "Jusqu’à quand court la convention, ce qui la proroge, ce qui suit, et ce qui n’est pas couvert",
        where_the_term_stands.TermStanding,
        lambda asked: where_the_term_stands.term(asked.dossier, (one.convention for one in asked.near()), asked.today),
    ),
    (
        "/themes",
        "Quels thèmes sont croisés, et ce qui manque",
        tuple[which_themes_are_crossed.ThemeCrossing, ...],
        lambda asked: which_themes_are_crossed.crossing(asked.dossier, asked.today),
    ),
    (
        "/known-themes",
        "Les thèmes qui peuvent être cités : ceux de la convention, puis ceux de la méthode",
        tuple[which_themes_there_are.ThemeKnown, ...],
        lambda asked: which_themes_there_are.themes(asked.dossier),
    ),
    (
        "/signatures",
        "Quelles signatures manquent ou ne comptent pas",
        which_signatures_are_missing.SignatureSheet,
        lambda asked: which_signatures_are_missing.signatures(asked.dossier),
    ),
    (
        "/plan",
        "Diagnostics, constats, forums, priorités, fiches action et plans validés",
        what_the_plan_rests_on.PlanBasis,
        lambda asked: what_the_plan_rests_on.basis(asked.dossier),
    ),
    (
        "/chain",
        "Du constat au résultat : constats, forums, priorités, fiches, argent, résultats, et les liens qui manquent",
        how_the_chain_holds.Chain,
        lambda asked: how_the_chain_holds.chain(asked.dossier, asked.today),
    ),
    (
        "/plan/drift",
        "Ce qui a changé du plan depuis qu’il a été adopté : fiches ajoutées, abandonnées, changées, argent, cibles",
        how_the_plan_drifts.PlanDrift,
        lambda asked: how_the_plan_drifts.drift(asked.dossier, asked.reader),
    ),
    (
        "/meetings",
        "Les réunions des instances du territoire et leurs décisions",
        tuple[what_the_committee_decided.Meeting, ...],
        lambda asked: what_the_committee_decided.meetings(asked.dossier, asked.near()),
    ),
    (
        "/reviews",
        "Les bilans : ce que le comité a vu, s’ils comptent, et ce qui leur manque",
        tuple[what_reviews_saw.Review, ...],
        lambda asked: what_reviews_saw.reviews(asked.dossier),
    ),
    (
        "/money",
        "L’argent par année, financeur et priorité : demandé, promis, ferme, versé, et ce qui manque",
        what_money_there_is.Money,
        lambda asked: what_money_there_is.money(asked.dossier, asked.today),
    ),
    (
        "/coverage",
        "Ce que vaut la couverture : les places soutenues, leur bonus d’une année, et ce qui serait perdu avec elle",
        what_coverage_is_worth.Coverage,
        lambda asked: what_coverage_is_worth.coverage(asked.dossier, asked.today),
    ),
    (
        "/reviews/seen",
        "Les mesures, l’argent et les ajustements d’avant que le comité a vus à chaque bilan",
        tuple[what_the_committee_saw.SeenAtReview, ...],
        lambda asked: what_the_committee_saw.seen_at_reviews(asked.dossier),
    ),
    (
        "/adjustments",
        "Ce qui a été décidé aux bilans pour l’année qui vient, et ce qui en est fait, attend ou tarde",
        tuple[what_became_of_adjustments.Adjustment, ...],
        lambda asked: what_became_of_adjustments.adjustments(asked.dossier, asked.today),
    ),
    (
        "/delegations",
        "Ce que les partenaires ont délégué sur ce territoire, à qui, jusqu’à quand, et ce qui a été décidé à ce titre",
        tuple[who_delegated_what.DelegationTold, ...],
        lambda asked: who_delegated_what.delegations(asked.dossier, asked.today),
    ),
    (
        "/waivers",
        "Les règles que le comité a écartées",
        tuple[what_the_committee_decided.WaiverInForce, ...],
        lambda asked: what_the_committee_decided.waivers(asked.dossier, asked.today),
    ),
)


def _about(question: Question) -> Callable[..., Any]:
    @policy(READ_CONVENTION)
    def ask(request: Request, response: Response, convention_id: ConventionId, visitor: Asker) -> Any:
        services = services_of(request)
        dossier = about_convention(request, visitor, convention_id)

        def near() -> Sequence[Dossier]:
            found = services.reader.dossiers(services.reader.conventions((dossier.territory_id,)))
            return tuple(one for one in found.values() if not one.convention.is_annulled)

        holidays = services.holidays.of(dossier.territory.department)
        answer = question(
            Asked(
                dossier, services.clock.today(), holidays, near, partial(fates, services.engine), services.vault.reader
            )
        )
        if isinstance(answer, where_conventions_stand.ConventionStanding):
            response.headers["ETag"] = f'"{answer.version}"'
        with reading(request) as connection:
            return opened(request, connection, answer)

    return ask


@policy(READ_DEPARTMENT)
def territories(request: Request, visitor: Asker) -> Any:
    """The territories that the key may read, with a convention or not (`NOT_COVERED`)."""
    services = services_of(request)
    lines = services.summaries.on_territories(visitor.territories)
    register = services.reader.register()
    known = which_partners_and_places_are_known.territories(register, visitor.territories)
    standings = where_conventions_stand.departments(
        known, [standing_of(one, register) for one in lines], services.clock.today()
    )
    with reading(request) as connection:
        return opened(request, connection, standings)


@policy(READ_REFERENCE)
def partners(request: Request, visitor: Asker) -> Any:
    """The institutions of the register."""
    register = services_of(request).reader.register()
    with reading(request) as connection:
        return opened(request, connection, which_partners_and_places_are_known.partners(register))


@cache
def router() -> APIRouter:
    """The operations of every question; made once, for all the applications of a process."""
    made = APIRouter(route_class=Operation)

    def add(path: str, ask: Callable[..., Any], summary: str, answer: Any, tag: str) -> None:
        operation_id = re.sub(r"(/\{\w+\})+", "/one", path).strip("/").replace("/", "-")
        made.add_api_route(
            path,
            ask,
            methods=["GET"],
            summary=summary,
            operation_id=operation_id,
            response_model=_response(answer),
            responses={
                200: {"content": {"application/json": {"example": answered_by(answer)}}},
                **{status: ERRORS[status] for status in (400, 401, 403, 404, 405, 500, 503)},
            },
            tags=[tag],
        )

    add("/conventions", conventions, "Les conventions et leur prochaine échéance", ConventionList, "conventions")
    for path, summary, answer, question in ABOUT_CONVENTION:
        add(f"/conventions/{{convention_id}}{path}", _about(question), summary, answer, "conventions")
    results = "/conventions/{convention_id}"
    add(
        f"{results}/indicators",
        indicator_list,
        "Les indicateurs : où en est chaque cible",
        IndicatorList,
        "conventions",
    )
    add(f"{results}/measures", measure_list, "Les mesures, et ce que chacune est devenue", MeasureList, "conventions")
    add(f"{results}/satisfaction", satisfaction_list, "Ce que disent les usagers", SatisfactionList, "conventions")
    add(
        "/conventions/{convention_id}/possible-commands",
        possible_commands,
        "Ce qui peut être fait, et pourquoi pas encore",
        tuple[PossibleCommand, ...],
        "conventions",
    )
    add(
        "/conventions/{convention_id}/sheets",
        plan_sheets,
        "Les fiches action, filtrées, page par page, chacune en entier",
        SheetPage,
        "conventions",
    )
    add(
        "/conventions/{convention_id}/reviews/to-come",
        review_to_come,
        "Ce que dirait le bilan attendu s’il était tenu un jour donné, et ce qui lui manquerait",
        what_a_review_would_say.ReviewToCome,
        "conventions",
    )
    add(
        "/conventions/{convention_id}/pledges",
        pledges_made,
        "Les moyens promis par les partenaires, qui ils engagent, et ce qui en est tenu",
        Pledges,
        "conventions",
    )
    add(
        "/conventions/{convention_id}/claims",
        claims_due,
        "Ce que chaque opérateur doit envoyer à ses financeurs, pour quand, et ce qui est envoyé",
        ClaimsDue,
        "conventions",
    )
    add(
        "/conventions/{convention_id}/money/lines",
        money_lines,
        "L’argent ligne par ligne : celui des fiches, puis celui des promesses",
        MoneyLines,
        "conventions",
    )
    add(
        "/frameworks/{framework_id}/pledges",
        pledged_to_framework,
        "Les moyens promis à la convention-cadre, pour quels territoires, et ce qui en est tenu",
        FrameworkPledgeList,
        "frameworks",
    )
    add(
        "/frameworks/{framework_id}/bodies",
        bodies_of_framework,
        "Les instances de toute la convention-cadre, leurs réunions et leurs décisions",
        tuple[what_a_framework_decided.FrameworkBody, ...],
        "frameworks",
    )
    add(
        "/frameworks/{framework_id}/sittings",
        sittings_of_framework,
        "Les réunions des instances de toute la convention-cadre : prévues, convoquées, tenues, écrites",
        Sittings,
        "frameworks",
    )
    add(
        "/conventions/{convention_id}/sittings",
        sittings_of_convention,
        "Les réunions des instances du territoire : prévues, convoquées et ce qui y est répondu, tenues, écrites",
        Sittings,
        "conventions",
    )
    add(
        "/conventions/{convention_id}/bodies",
        bodies_of_convention,
        "Les instances du territoire : leurs sièges, qui y siège, leur quorum, leur rythme",
        tuple[BodyTold, ...],
        "conventions",
    )
    add(
        "/frameworks/{framework_id}/delegations",
        delegated_on_framework,
        "Ce qui est délégué sur toute la convention-cadre, à qui, jusqu’à quand, et ce qui a été décidé à ce titre",
        tuple[who_delegated_what.DelegationTold, ...],
        "frameworks",
    )
    add(
        "/conventions/{convention_id}/decisions",
        decisions_taken,
        "Les décisions des instances du territoire, ce que chacune est devenue, et combien sont tenues",
        Decisions,
        "conventions",
    )
    add(
        "/frameworks/{framework_id}/deadlines",
        due_to_framework,
        "Ce qui est dû à la convention-cadre : les moyens promis, la suite donnée aux décisions, pour quand",
        tuple[what_is_due.Deadline, ...],
        "frameworks",
    )
    add(
        "/frameworks/{framework_id}/decisions",
        decided_on_framework,
        "Les décisions des instances de toute la convention-cadre, ce que chacune est devenue, et combien sont tenues",
        Decisions,
        "frameworks",
    )
    add("/conventions/{convention_id}/events", audit_trail, "Le journal d’audit", Trail, "conventions")
    add("/events", events, "Tout ce qui est enregistré, à suivre", Events, "events")
    known = which_partners_and_places_are_known
    add("/territories", territories, "Les territoires", tuple[where_conventions_stand.Standing, ...], "territories")
    add("/partners", partners, "Les partenaires", tuple[known.PartnerKnown, ...], "partners")
    add(
        "/methods",
        methods,
        "Les méthodes publiées, et combien de conventions suivent chacune",
        tuple[MethodKnown, ...],
        "methods",
    )
    add("/methods/{name}/{version}", method, "Ce que dit une méthode, en entier", MethodProfile, "methods")
    add("/search", search_names, "Chercher par le nom", SearchAnswer, "search")
    return made


def _response(answer: Any) -> Any:
    arguments = getattr(answer, "__args__", None)
    if arguments:
        line: Any = model_of(arguments[0], answers=True)
        return list[line]
    made: type[BaseModel] = model_of(answer, answers=True)
    return made
