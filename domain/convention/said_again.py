"""Whether the sheets of a plan say what was adopted of them, word for word: whatever their seals and their history.

A text that was said otherwise and then again in its first words has another seal, and a partner may turn out to be
another one: the fingerprint changes with both, what is said with neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from domain.action_sheets.state import ActionSheet
from domain.convention.plan import PlanSheet, hash_of
from domain.kernel import Case, Event, folded
from domain.partners import Partner
from domain.values import Sha256


def says_what_was_adopted(
    sheets: Iterable[ActionSheet], plan_hash: Sha256, adoptions: Sequence[Iterable[PlanSheet]], case: Case
) -> bool:
    """Whether these sheets are those of the plan of that fingerprint, and say the same. `adoptions`: the sheets of each
    plan that was adopted, the oldest first."""
    adopted = next((one for one in reversed(adoptions) if hash_of(one) == plan_hash), ())
    now, then = {one.id: one for one in sheets}, {one.sheet_id: one.content_sha256 for one in adopted}
    if now.keys() != then.keys():
        return False
    pairs = []
    for one, sheet in now.items():
        if sheet.content_sha256 == then[one]:
            continue
        was = _as_adopted(case.streams.history(one), then[one])
        if was is None:
            return False
        pairs.append((was, sheet))
    words = case.words_of(text for pair in pairs for one in pair for text in one.adopted_texts)

    def said(sheet: ActionSheet) -> str:
        return sheet.content_as(lambda text: words(text) or text.token or "", lambda one: _kept(one, case))

    return all(said(was) == said(sheet) for was, sheet in pairs)


def _as_adopted(history: Sequence[Event], content_sha256: Sha256) -> ActionSheet | None:
    """A sheet as it was when it had a fingerprint, the last time that it had."""
    for length in range(len(history), 0, -1):
        was = folded(history[:length])
        if isinstance(was, ActionSheet) and was.content_sha256 == content_sha256:
            return was
    return None


def _kept(one: UUID, case: Case) -> UUID:
    """The partner that an id means, where it turned out to be another one."""
    partner = case.streams.standing(one)
    while isinstance(partner, Partner) and partner.merged_into is not None:
        one, partner = partner.merged_into, case.streams.standing(partner.merged_into)
    return one
