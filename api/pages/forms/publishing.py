"""What everybody would read of a review, told to whoever is about to publish it, with what seems to name somebody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from api.pages.contexts import Phrase
from api.pages.contexts.taking_over import DatedLine, SummaryLine
from api.pages.forms.conventions import ConventionCase
from api.pages.forms.naming_people import names_in
from domain.action_sheets.state import ActionSheet
from domain.convention.publishing import PublishReview
from domain.convention.reviewed import PUBLIC
from domain.kernel import Command
from projections.what_became_of_adjustments import by_review
from projections.what_reviews_saw import Review, reviews
from projections.what_the_committee_decided import bodies
from projections.what_the_committee_saw import seen_at_reviews


def what_becomes_public(
    case: ConventionCase, _: Sequence[Command], command: Command
) -> tuple[tuple[SummaryLine, ...], tuple[DatedLine, ...]] | None:
    """The words of its page, and what in them may be a name; None for a review that is shown to those who read it
    already."""
    assert isinstance(command, PublishReview)
    one = next((each for each in reviews(case.dossier, case.ask.today) if each.review_id == command.review_id), None)
    if command.audience != PUBLIC or one is None:
        return None
    words = tuple(dict.fromkeys(_words(case, one)))
    people = _people(case)
    found = tuple(dict.fromkeys(f"« {name} » ({text})" for text in words for name in names_in(text, people)))
    read = SummaryLine(Phrase("page.publishing.read"), words)
    if not found:
        return (SummaryLine(Phrase("page.publishing.no-name"), (case.ask.texts.t("page.publishing.looked"),)), read), ()
    return (SummaryLine(Phrase("page.publishing.names", {}, len(found)), found), read), ()


def _words(case: ConventionCase, review: Review) -> Iterator[str]:
    """Every text that people wrote and that its page shows: of its actions, its indicators, what was adjusted."""
    ask, dossier = case.ask, case.dossier
    seen = next(each for each in dossier.once(seen_at_reviews) if each.event_id == review.event_id)
    adjusted = (*seen.adjustments, *dossier.once(by_review, ask.today).get(review.event_id, ()))
    told = {each.sheet_id for each in review.action_statuses} | {each for one in adjusted for each in one.sheets}
    titles = [each.title for each in dossier.states(ActionSheet) if each.id in told]
    measured = [each.title for each in seen.figures.measures]
    ask.open([*titles, *measured])
    yield from (each.name for each in bodies(dossier) if each.body_id == review.body_id)
    yield from (text for each in (*titles, *measured) if (text := ask.said(each)) is not None)


def _people(case: ConventionCase) -> tuple[str, ...]:
    """The names of all who hold or held a role on the territory, or on a framework that follows it; none that was
    erased."""
    dossier, ask = case.dossier, case.ask
    given = dossier.register.given_on(dossier.territory_id)
    ids = tuple(dict.fromkeys(one.assignment.person_id for one in given))
    ask.meet(ids)
    return tuple(name for one in ids if (name := ask.person(one)) is not None)
