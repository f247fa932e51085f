"""What becomes of decisions: entrusted, done, replaced, abandoned."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from api.pages.acts.steering import RECORD_MEETING
from api.pages.forms.bodies import BodiesCase, Choices
from api.pages.forms.options import named, short
from api.pages.forms.places import BODIES
from api.pages.forms.record import Form
from api.pages.forms.typed import SEPARATOR, Typed
from domain.following import AbandonDecision, EntrustDecision, RecordDecisionDone, ReplaceDecision
from domain.policy import ABANDON_ALONE
from projections.what_became_of_decisions import DecisionStanding, ages_after, decisions, still_open


def _taken(case: BodiesCase) -> tuple[DecisionStanding, ...]:
    ask = case.ask
    found = decisions(case.place, case.citing, ages_after(case.profile), ask.today)
    ask.open(found)
    return found


def _choices(case: BodiesCase, found: tuple[DecisionStanding, ...]) -> Choices:
    ask = case.ask
    return named(
        (
            one.reference.word,
            ask.texts.t("page.form.decision", on=one.decided_on, text=short(ask.said(one.text), ask.texts)),
        )
        for one in found
    )


def _open(case: BodiesCase) -> Choices:
    """Those of which something is expected, the worst first; then the acted ones, which may be done too."""
    found = _taken(case)
    acted = tuple(one for one in found if not one.is_open and one.ended_on is None)
    return _choices(case, (*still_open(found), *acted))


def _standing(case: BodiesCase) -> Choices:
    """Those that stand, the one that was said last first: it says that another is expected no more."""
    standing = (one for one in reversed(_taken(case)) if one.motive is None and one.replaced_by is None)
    return _choices(case, tuple(sorted(standing, key=lambda one: one.decided_on, reverse=True)))


def _alone(case: BodiesCase) -> frozenset[str]:
    """Whoever chairs gives a decision up alone."""
    alone = case.ask.visitor.may(ABANDON_ALONE, case.roles.territory_id, framework_id=case.roles.framework_id)
    return frozenset({"given_up_in"}) if alone else frozenset()


def _body(typed: Typed) -> UUID:
    """The body that took the decision; nobody's where none was chosen, which the form then says."""
    try:
        return UUID(typed.one("decision").partition(SEPARATOR)[0])
    except ValueError:
        return uuid4()


_COMMON: dict[str, Any] = {
    "place": BODIES,
    "sections": ("decisions",),
    "stream_of": _body,
    "needs": {"decision": RECORD_MEETING},
}

ENTRUST_DECISION = Form(
    command=EntrustDecision,
    rank=5,
    short=("proof",),
    choices={"decision": _open, "owner_id": BodiesCase.near_partners},
    folded={"owner_id": BodiesCase.far_partners},
    example={"proof": "La convention de prêt de la salle"},
    example_fills=("due_on", "proof"),
    **_COMMON,
)

RECORD_DECISION_DONE = Form(
    command=RecordDecisionDone,
    rank=6,
    date_first=True,
    choices={"decision": _open},
    example={"shown_by": "La salle est ouverte depuis le 3 mars"},
    example_fills=("shown_by",),
    **_COMMON,
)

REPLACE_DECISION = Form(
    command=ReplaceDecision,
    rank=7,
    choices={"decision": _open, "replaced_by": _standing},
    **_COMMON,
)

ABANDON_DECISION = Form(
    command=AbandonDecision,
    rank=8,
    own_motive=True,
    choices={"decision": _open, "given_up_in": _standing},
    never_optional=("given_up_in",),
    spares=_alone,
    example={"motive": "Le bâtiment est vendu"},
    example_fills=("given_up_in",),
    **_COMMON,
)

FORMS = (ENTRUST_DECISION, RECORD_DECISION_DONE, REPLACE_DECISION, ABANDON_DECISION)
