# No `from __future__ import annotations` here: FastAPI reads the signatures that are made below.
"""One GET for each question. Free texts are opened here, when it answers; an erased one is `null`."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel

from api.access import policy, services_of
from api.answered import answered_by
from api.commands import ERRORS
from api.convention_list import ConventionList, conventions, standing_of
from api.convention_questions import ABOUT_CONVENTION, about
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
from api.reading import Asker, opened, reading
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
from api.sitting_answers import (
    Sittings,
    bodies_of_convention,
    sittings_of_convention,
    sittings_of_framework,
    vacant_on_territory,
    vacant_on_whole_framework,
)
from api.steering_answers import (
    arbitrated_on_framework,
    bodies_of_framework,
    delegated_on_framework,
    due_to_framework,
    explained_on_framework,
    leads_of_framework,
    trainings_of_framework,
)
from api.trail import Trail, audit_trail
from domain.method import MethodProfile
from domain.policy import READ_DEPARTMENT, READ_REFERENCE
from projections import (
    what_a_framework_decided,
    what_a_review_would_say,
    what_is_due,
    what_was_translated,
    what_was_weighed,
    where_conventions_stand,
    which_partners_and_places_are_known,
    which_trainings_there_are,
    who_delegated_what,
    who_leads_what,
)
from projections.which_meetings_there_are import BodyTold
from projections.which_methods_there_are import MethodKnown
from projections.which_places_are_vacant import VacantPlace


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
        add(f"/conventions/{{convention_id}}{path}", about(question), summary, answer, "conventions")
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
        "/conventions/{convention_id}/vacant-places",
        vacant_on_territory,
        "Les rôles et les sièges du territoire qui n’ont personne : depuis quand, et ce qui les a laissés vides",
        tuple[VacantPlace, ...],
        "conventions",
    )
    add(
        "/frameworks/{framework_id}/vacant-places",
        vacant_on_whole_framework,
        "Les rôles et les sièges de toute la convention-cadre qui n’ont personne, et depuis quand",
        tuple[VacantPlace, ...],
        "frameworks",
    )
    add(
        "/frameworks/{framework_id}/arbitrations",
        arbitrated_on_framework,
        "Ce que les instances de toute la convention-cadre ont arbitré, et les possibilités pesées",
        tuple[what_was_weighed.Arbitration, ...],
        "frameworks",
    )
    add(
        "/frameworks/{framework_id}/translation-notes",
        explained_on_framework,
        "Pourquoi ceci, sur toute la convention-cadre : ce que des textes demandaient et ce que c’est devenu",
        tuple[what_was_translated.NoteTold, ...],
        "frameworks",
    )
    add(
        "/frameworks/{framework_id}/delegations",
        delegated_on_framework,
        "Ce qui est délégué sur toute la convention-cadre, à qui, jusqu’à quand, et ce qui a été décidé à ce titre",
        tuple[who_delegated_what.DelegationTold, ...],
        "frameworks",
    )
    add(
        "/frameworks/{framework_id}/trainings",
        trainings_of_framework,
        "Formations, form-actions et colloques : à venir, tenus, combien sont venus, ce qui en est retenu",
        which_trainings_there_are.TrainingsTold,
        "frameworks",
    )
    add(
        "/frameworks/{framework_id}/lead-roles",
        leads_of_framework,
        "Qui mène quoi dans toute la convention-cadre : chefs de file et coordonnateurs, ce qui en est contesté",
        tuple[who_leads_what.LeadTold, ...],
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
