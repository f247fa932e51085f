"""What the pages of reviews say alike: which review it is, its counts and figures, what was adjusted, to whom it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final
from uuid import UUID

from api.pages.asking import Asking
from api.pages.contexts import AdjustmentShown, Delay, Phrase, Status, StatusCount
from domain.action_sheets.state import ACTION_STATUSES
from domain.kernel import TOPIC_PREFIX
from domain.values import Code, Prose, ValidityPeriod
from projections.what_became_of_adjustments import KEPT, LATE, TOUCHED, WAITING, Adjustment
from projections.what_reviews_saw import Publication
from projections.what_the_committee_saw import Figures

_STATUS: Final[Mapping[str, Status]] = {
    KEPT: "done",
    TOUCHED: "on-time",
    WAITING: "not-started",
    LATE: "late",
}


def what_of(kind: Code, period: ValidityPeriod) -> Phrase:
    """Which review it is."""
    return Phrase("page.reviews.what", {"kind": kind, **years(period)})


def years(period: ValidityPeriod) -> dict[str, object]:
    """The years of its period, as a parameter of its words."""
    first, last = period.effective_from.year, period.effective_to.year
    return {"of": str(first) if first == last else f"{first}-{last}"}


def counts(statuses: Iterable[str | None]) -> tuple[StatusCount, ...]:
    """How many actions stand in each way, those of which nobody said last."""
    found = Counter(statuses)
    return tuple(StatusCount(one, found[one]) for one in (*ACTION_STATUSES, None) if found[one])


def figures(seen: Figures) -> tuple[Phrase, ...]:
    """What was measured, and the money by how sure it was; nothing of what the plan has none of."""
    said: list[Phrase] = []
    if seen.measures:
        measured = sum(one.value is not None for one in seen.measures)
        said.append(Phrase("page.reviews.measured", {"total": len(seen.measures)}, measured))
    return (*said, *money(seen))


def money(seen: Figures) -> tuple[Phrase, ...]:
    """The money by how sure it was, beside what the plan needs."""
    known = seen.money
    said = []
    if known.means_cents or known.asked_cents:
        sums = {"promised": known.promised_cents, "firm": known.firm_cents, "paid": known.paid_cents}
        said.append(Phrase("page.reviews.money", sums))
    if seen.need_cents:
        said.append(Phrase("page.reviews.need", {"need": seen.need_cents}))
    return tuple(said)


def published(one: Publication) -> Phrase:
    """To whom, and since when."""
    return Phrase("page.reviews.published", {"audience": one.audience, "on": one.on})


def adjusted(
    ask: Asking,
    several: Iterable[Adjustment],
    titles: Mapping[UUID, Prose],
    day: date,
    hrefs: Mapping[UUID, str] | None = None,
) -> tuple[AdjustmentShown, ...]:
    """What was adjusted, and what became of it by a day; without `hrefs`, the places of facts in the journal, for
    whoever reads no sentence of anybody's: then its own words are left out too."""
    return tuple(
        AdjustmentShown(
            Phrase(f"decision-kind.{one.kind}"),
            ask.said(one.text) if hrefs is not None else None,
            tuple(ask.said(titles.get(sheet_id)) for sheet_id in one.sheets),
            _STATUS[one.state],
            _stands(one, day),
            ask.name(one.owner_id) if one.owner_id is not None else None,
            one.due_on,
            tuple(
                (
                    Phrase(f"fact.{each.topic.removeprefix(TOPIC_PREFIX)}"),
                    hrefs.get(each.event_id, "") if hrefs is not None else "",
                )
                for each in one.carried_out or one.since
            ),
        )
        for one in several
    )


def _stands(one: Adjustment, day: date) -> Phrase:
    """Whether it was done, or since when it waits; where something else happened since, that it did."""
    if one.kept_on is not None:
        return Phrase("page.reviews.kept", {"on": one.kept_on})
    if one.state == TOUCHED:
        return Phrase("page.reviews.adjusted-since")
    since = "-since" if one.since and not one.carried_out else ""
    if one.state == LATE and one.due_on is not None:
        return Phrase(f"page.reviews.adjusted-late{since}", {"delay": Delay((day - one.due_on).days)})
    return Phrase(f"page.reviews.adjusted-waits{since}")
