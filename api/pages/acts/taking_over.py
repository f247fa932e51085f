"""Taking over a convention that already runs, and what becomes known of its past later."""

from __future__ import annotations

from collections.abc import Mapping

from api.pages.acts import signatories
from api.pages.acts.opening import OPEN_CONVENTION, proposed_anew
from api.pages.contexts import Phrase
from api.pages.conventions import home_of
from api.pages.foreseen import foreseen
from api.pages.forms.cases import Choices, TerritoryCase
from api.pages.forms.conventions import ConventionCase
from api.pages.forms.options import Bounds, FactLine, named, words
from api.pages.forms.places import CONVENTION, TERRITORY
from api.pages.forms.record import Form
from api.pages.summing_up import taking_over_summary
from api.pages.terms import day_of, term_of
from domain.calendar import ReviewPeriod
from domain.convention.earlier import COUNTED, FACTS, KNOWN_SINCE, MILESTONES, REVIEW, RecordEarlierFact
from domain.convention.taking_over import TakeOverConvention
from domain.values import Code
from projections.what_was_taken_over import over_by


def _line(fact: Code) -> FactLine:
    return FactLine(fact, Phrase(f"earlier-fact.{fact}"), Phrase(f"page.earlier.{fact}"), counted=fact in COUNTED)


def _of_review(period: ReviewPeriod) -> FactLine:
    label = Phrase("page.earlier.review-of", {"period": period.code})
    return FactLine(REVIEW, label, Phrase("page.earlier.REVIEW"), period.first)


def _lines(case: TerritoryCase, given: Mapping[str, str]) -> tuple[FactLine, ...]:
    """Each milestone that a convention which runs has passed, the reviews of the periods that were over, and since when
    its money and measures are known."""
    lines = tuple(_line(fact) for fact in MILESTONES if fact != REVIEW)
    since = tuple(_line(fact) for fact in KNOWN_SINCE)
    whole, as_of = term_of(case, given), day_of(given.get("as_of"))
    method = case.chosen(given)
    if whole is None or as_of is None or method is None:
        return (*lines, *since)
    return (*lines, *(_of_review(one) for one in over_by(method.review, whole, as_of)), *since)


def _proposed(case: TerritoryCase) -> dict[str, str]:
    """As of today; the rest as at an opening, but for when it began."""
    first = {**proposed_anew(case), "as_of": case.ask.today.isoformat()}
    first.pop("effective_from", None)
    return first


TAKE_OVER_CONVENTION = Form(
    command=TakeOverConvention,
    place=TERRITORY,
    sections=("territory",),
    rank=1,
    dated=False,
    later=("communes", "themes", "successor_of", "sub_perimeter_of"),
    fixed={"known.fact": words("earlier-fact", FACTS)},
    choices=OPEN_CONVENTION.choices,
    ticked={"signatories": signatories.likely},
    before=OPEN_CONVENTION.before,
    bounds={"as_of": lambda case: Bounds(latest=case.ask.today)},
    proposes=_proposed,
    hidden=OPEN_CONVENTION.hidden,
    lines=_lines,
    foresees=foreseen,
    template="take-over.html",
    kind="page.opening.running",
    confirms=taking_over_summary,
    leads_to=lambda ask, convention_id: home_of(ask, convention_id).today,
    example={
        "as_of": "2026-06-15",
        "effective_from": "2024-01-01",
        "effective_to": "2027-12-31",
        "known.fact": REVIEW,
        "known.on": "2026-03-20",
    },
    example_fills=("known",),
)


def _periods(case: ConventionCase) -> Choices:
    """The periods that a review of before may be of."""
    dossier = case.dossier
    as_of = dossier.convention.taken_over_on
    over = over_by(case.profile.review, dossier.convention.period, as_of) if as_of is not None else ()
    return named((one.first.isoformat(), one.code) for one in over)


RECORD_EARLIER_FACT = Form(
    command=RecordEarlierFact,
    place=CONVENTION,
    sections=("milestones",),
    rank=1,
    later=("count",),
    fixed={"fact": words("earlier-fact", FACTS)},
    choices={"period_starts_on": _periods},
    bounds={"occurred_on": lambda case: Bounds(latest=case.dossier.convention.taken_over_on)},
    example={"fact": REVIEW},
)

FORMS = (TAKE_OVER_CONVENTION, RECORD_EARLIER_FACT)
