"""What the forms about indicators offer to choose from: those that run, their values, the proposals that wait."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from api.pages.forms.cases import Choices
from api.pages.forms.conventions import ConventionCase
from api.pages.forms.options import Options, named
from api.pages.forms.refilled import typed_of
from domain.indicators.indicator import STANDS
from projections.which_targets_are_reached import IndicatorTold, MeasureTold, indicators


def running(case: ConventionCase) -> tuple[IndicatorTold, ...]:
    """The indicators of a convention that are not retired, their texts opened."""

    def asked() -> tuple[IndicatorTold, ...]:
        found = tuple(one for one in indicators(case.dossier, case.ask.today) if one.retired_on is None)
        case.ask.open(found)
        return found

    return case.ask.kept(f"indicators-{case.standing.convention_id}", asked)


def by_title(case: ConventionCase) -> Choices:
    """Those that run, by their title."""
    return _named(case, running(case))


def with_proposals(case: ConventionCase) -> Choices:
    """Those of which a value waits for the owner of the data."""
    return _named(case, (one for one in running(case) if one.proposals))


def values_of(case: ConventionCase, indicator_id: str) -> Choices:
    """What was said of an indicator and stands."""
    return _measures(case, indicator_id, lambda one: one.fate == STANDS)


def proposals_of(case: ConventionCase, indicator_id: str) -> Choices:
    """The values of an indicator that wait."""
    waiting = {each.measure_id for one in running(case) for each in one.proposals}
    return _measures(case, indicator_id, lambda one: one.measure_id in waiting)


def terms_now(case: ConventionCase, given: Mapping[str, str]) -> Mapping[str, str]:
    """The definition of the indicator that a link names, as it would be typed; boxes ticked are separated by spaces."""
    found = next((one.terms for one in running(case) if str(one.indicator_id) == given.get("stream_id")), None)
    if found is None:
        return {}
    return {name: " ".join(values) for name, values in typed_of(found, (), Options(), case.ask.said).values.items()}


def _named(case: ConventionCase, several: Iterable[IndicatorTold]) -> Choices:
    return named((str(one.indicator_id), case.said(one.terms.title)) for one in several)


def _measures(case: ConventionCase, indicator_id: str, keeps: object) -> Choices:
    assert callable(keeps)
    found: list[MeasureTold] = [
        each for one in running(case) if str(one.indicator_id) == indicator_id for each in one.measures if keeps(each)
    ]
    texts = case.ask.texts
    return named(
        (
            one.measure_id,
            texts.t(
                "page.form.measure",
                value=one.value if one.value is not None else case.said(one.note) if one.note is not None else "",
                on=one.about,
                partner=one.provided_by_name or "",
            ).rstrip(" ,"),
        )
        for one in reversed(found)
    )
