# No `from __future__ import annotations` here: FastAPI reads the signatures that are made below.
"""The questions about one convention that want no more than what is recorded about it: each by its address."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from fastapi import Request, Response

from api.access import policy, services_of
from api.reading import Asker, ConventionId, about_convention, opened, reading
from domain.policy import READ_CONVENTION
from domain.values import Prose
from projections import (
    how_the_chain_holds,
    how_the_plan_drifts,
    what_became_of_adjustments,
    what_became_of_contributions,
    what_became_of_findings,
    what_became_of_proposals,
    what_came_of_spaces,
    what_coverage_is_worth,
    what_diagnoses_hold,
    what_is_due,
    what_is_recommended,
    what_money_there_is,
    what_reviews_saw,
    what_the_committee_decided,
    what_the_committee_saw,
    what_the_plan_rests_on,
    what_was_translated,
    what_was_weighed,
    where_conventions_stand,
    where_the_term_stands,
    which_data_were_asked,
    which_deadlines_moved,
    which_facts_are_contested,
    which_messages_were_sent,
    which_prototypes_were_tested,
    which_signatures_are_missing,
    which_themes_are_crossed,
    which_themes_there_are,
    which_waves_were_planned,
    who_delegated_what,
    who_leads_what,
    who_was_heard_when,
)
from projections.engine import Dossier
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
        lambda asked: what_reviews_saw.reviews(asked.dossier, asked.today),
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
        "/lead-roles",
        "Qui mène quoi sur ce territoire : chefs de file, coordonnateurs, ce qui est contesté et ce que cela devient",
        tuple[who_leads_what.LeadTold, ...],
        lambda asked: who_leads_what.leads(asked.dossier),
    ),
    (
        "/findings",
        "Ce que devient chaque constat partagé : repris, porté, discuté, en attente, ou sans suite",
        tuple[what_became_of_findings.FindingFate, ...],
        lambda asked: what_became_of_findings.findings(asked.dossier, asked.today),
    ),
    (
        "/diagnoses",
        "Les diagnostics du territoire : qui les mène, leurs versions, qui apporte quoi, constats et preuves",
        what_diagnoses_hold.DiagnosesTold,
        lambda asked: what_diagnoses_hold.diagnoses(asked.dossier),
    ),
    (
        "/diagnosis-waves",
        "Les vagues du diagnostic : thèmes promis, jours, ce que chacune apporte, thèmes restés sans constat",
        tuple[which_waves_were_planned.WaveTold, ...],
        lambda asked: which_waves_were_planned.waves(asked.dossier, asked.today),
    ),
    (
        "/data-requests",
        "Les données demandées aux partenaires du territoire : en retard, attendues, refusées, reçues ou resservies",
        tuple[which_data_were_asked.DataTold, ...],
        lambda asked: which_data_were_asked.data_asked(asked.dossier, asked.today),
    ),
    (
        "/contributions",
        "Ce que les gens ont dit, ce que chaque contribution est devenue, et l’acte qui la suit",
        what_became_of_contributions.ContributionsTold,
        lambda asked: what_became_of_contributions.contributions(asked.dossier, asked.today),
    ),
    (
        "/spaces",
        "Les espaces permanents du territoire : quand chacun s’est réuni, combien sont venus, ce qui s’y est dit",
        tuple[what_came_of_spaces.SpaceTold, ...],
        lambda asked: what_came_of_spaces.spaces(asked.dossier, asked.today),
    ),
    (
        "/participation-stages",
        "À quels moments des personnes ont été entendues (diagnostic, plan, bilan), combien et comment",
        tuple[who_was_heard_when.StageHeard, ...],
        lambda asked: who_was_heard_when.heard_when(asked.dossier, asked.today),
    ),
    (
        "/arbitrations",
        "Ce que les instances ont arbitré : la question, les possibilités pesées, ce qui est retenu et pourquoi",
        tuple[what_was_weighed.Arbitration, ...],
        lambda asked: what_was_weighed.arbitrations(asked.dossier),
    ),
    (
        "/prototypes",
        "Ce qui est essayé des actions avant de les financer : prévu, testé, avec qui, ce qui en est appris et retenu",
        tuple[which_prototypes_were_tested.PrototypeTold, ...],
        lambda asked: which_prototypes_were_tested.prototypes(asked.dossier, asked.today),
    ),
    (
        "/recommendations",
        "Ce qui est recommandé, sur quoi cela repose, ce qui y est répondu et ce qu’en devient chaque point",
        tuple[what_is_recommended.RecommendationTold, ...],
        lambda asked: what_is_recommended.recommendations(asked.dossier, asked.today),
    ),
    (
        "/translation-notes",
        "Pourquoi ceci : ce que des textes demandaient, ce que c’est devenu ici, ce qui a été adapté et pourquoi",
        tuple[what_was_translated.NoteTold, ...],
        lambda asked: what_was_translated.notes(asked.dossier),
    ),
    (
        "/contestations",
        "Les faits contestés par un partenaire : pourquoi, ce qui y est répondu, ce qu’ils sont devenus",
        tuple[which_facts_are_contested.Contestation, ...],
        lambda asked: which_facts_are_contested.contestations(asked.dossier),
    ),
    (
        "/proposals",
        "Ce que les gens ont proposé au territoire, avec ou sans compte, et ce que chaque proposition est devenue",
        what_became_of_proposals.ProposalsTold,
        lambda asked: what_became_of_proposals.proposals(asked.dossier, asked.today),
    ),
    (
        "/waivers",
        "Les règles que le comité a écartées",
        tuple[what_the_committee_decided.WaiverInForce, ...],
        lambda asked: what_the_committee_decided.waivers(asked.dossier, asked.today),
    ),
)


def about(question: Question) -> Callable[..., Any]:
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
