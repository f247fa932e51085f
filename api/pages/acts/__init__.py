"""The forms of the acts, by family: all that pages, routes and the API's description know of an act."""

from __future__ import annotations

from typing import Any, Final

from api.pages.acts import (
    arbitrations,
    changing_method,
    claims,
    closing,
    contestations,
    corrections,
    counsel,
    data_asked,
    decisions,
    delegations,
    diagnosis,
    diagnosis_content,
    forums,
    forums_followed,
    framework_pledges,
    frameworks,
    funding,
    indicators,
    invitations,
    lead_roles,
    methods,
    minutes,
    opening,
    participation,
    partners,
    plan,
    pledges,
    priorities,
    prototypes,
    reviews,
    roles,
    sheets,
    signing,
    silencing,
    sittings,
    spaces,
    steering,
    taking_over,
    term,
    territories,
    themes,
    trainings,
    waivers,
    waves,
)
from api.pages.forms.record import Form
from domain.kernel import BrokenRule
from domain.values import Code
from workflows.act_links import Question

FAMILIES: Final = (
    opening,
    taking_over,
    diagnosis,
    diagnosis_content,
    waves,
    data_asked,
    forums,
    forums_followed,
    themes,
    spaces,
    participation,
    priorities,
    sheets,
    prototypes,
    plan,
    indicators,
    pledges,
    funding,
    claims,
    signing,
    reviews,
    waivers,
    silencing,
    sittings,
    minutes,
    invitations,
    term,
    closing,
    changing_method,
    steering,
    delegations,
    lead_roles,
    decisions,
    arbitrations,
    counsel,
    partners,
    territories,
    frameworks,
    framework_pledges,
    trainings,
    roles,
    methods,
    corrections,
    contestations,
)

FORMS: Final[tuple[Form[Any], ...]] = tuple(form for family in FAMILIES for form in family.FORMS)
"""Every public act, once."""

_BY_NAME: Final = {form.name: form for form in FORMS}


CITING: Final = {form.cites.kind: Code(form.name) for form in FORMS if form.cites is not None}
"""The act that cites each kind of decision."""


def form_of(name: str) -> Form[Any]:
    """The form of an act. Raises `KeyError`."""
    return _BY_NAME[name]


def forms_in(section: str) -> tuple[Form[Any], ...]:
    """The forms that a section of a page offers, in the order in which they are looked for."""
    return tuple(sorted((form for form in FORMS if section in form.sections), key=lambda form: form.rank))


def answering(question: Question) -> tuple[Form[Any], ...]:
    """The acts that answer what a one-time link asks."""
    return tuple(form for form in FORMS if form.by_link is question)


def mending(rule: BrokenRule) -> Form[Any] | None:
    """The act that mends a refusal, where one does."""
    return _BY_NAME[rule.mended_by] if rule.mended_by is not None else None
