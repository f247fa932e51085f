"""What partners delegate: granted, used, revoked, on a territory or on a framework."""

from __future__ import annotations

from collections.abc import Iterable

from api.pages.acts.steering import RECORD_MEETING
from api.pages.forms.cases import Case, Choices, SteeredCase
from api.pages.forms.options import named, short, words
from api.pages.forms.places import STEERED
from api.pages.forms.record import Form
from api.pages.forms.typed import SEPARATOR
from domain.delegations.citing import RecordDelegatedDecision
from domain.delegations.delegation import MATTERS, RECEIVERS, Delegation
from domain.delegations.granting import GrantDelegation, RevokeDelegation
from domain.delegations.using import UseDelegation
from domain.steering import DecisionReference, SteeringBody, SteeringDecisionRecorded


def _in_force(case: SteeredCase) -> Choices:
    """The delegations that hold today, by who gave them and what they cover."""
    return _named(case, (one for one in case.history.states(Delegation) if one.holds_on(case.ask.today)))


def _any(case: SteeredCase) -> Choices:
    """All of them: a meeting may have cited one that is over."""
    return _named(case, case.history.states(Delegation))


def _named(case: SteeredCase, found: Iterable[Delegation]) -> Choices:
    texts = case.ask.texts
    return named(
        (str(one.id), f"{case.ask.name(one.delegator_id)} : {texts.join(texts.word('matter', m) for m in one.matters)}")
        for one in found
    )


def _decided(case: SteeredCase) -> Choices:
    """What the bodies there decided and that cites no delegation yet, the latest first."""
    cited = {one for known in case.history.states(Delegation) for one in known.cited}
    said = (
        (one.occurred_on, DecisionReference(one.originator_id, one.meeting_id, one.decision_id), one.text)
        for _, one in case.history.of(SteeringBody, SteeringDecisionRecorded)
    )
    told = [one for one in said if one[1] not in cited]
    told.sort(key=lambda one: one[0], reverse=True)
    case.ask.open(told)
    ask = case.ask
    return named(
        (
            SEPARATOR.join((str(where.body_id), where.meeting_id, where.decision_id)),
            ask.texts.t("page.form.decision", on=on, text=short(ask.said(text), ask.texts)),
        )
        for on, where, text in told
    )


GRANT_DELEGATION: Form[SteeredCase] = Form(
    command=GrantDelegation,
    place=STEERED,
    sections=("delegations",),
    later=("limits", "limit_cents"),
    fixed={"given_to": words("receiver", RECEIVERS), "matters": words("matter", MATTERS)},
    choices={
        "delegator_id": Case.partners,
        "to_body_id": SteeredCase.bodies,
        "to_partner_id": Case.partners,
    },
    hidden=lambda case: case.home,
    example={"given_to": "NETWORK", "matters": ["COMMON_ANSWER"]},
    example_fills=("home_territory_id",),
)

USE_DELEGATION: Form[SteeredCase] = Form(
    command=UseDelegation,
    place=STEERED,
    sections=("delegations",),
    rank=1,
    creates=("use_id",),
    fixed={"matter": words("matter", MATTERS)},
    choices={"stream_id": _in_force},
    needs={"stream_id": GRANT_DELEGATION},
    example={"matter": "COMMON_ANSWER", "what": "Une seule réponse aux familles qui cherchent une place"},
)

RECORD_DELEGATED_DECISION: Form[SteeredCase] = Form(
    command=RecordDelegatedDecision,
    place=STEERED,
    sections=("delegations",),
    rank=1,
    fixed={"matter": words("matter", MATTERS)},
    choices={"stream_id": _any, "decided_in": _decided},
    needs={"stream_id": GRANT_DELEGATION, "decided_in": RECORD_MEETING},
    example={"matter": "COMMON_ANSWER"},
)

REVOKE_DELEGATION: Form[SteeredCase] = Form(
    command=RevokeDelegation,
    place=STEERED,
    sections=("delegations",),
    rank=2,
    own_motive=True,
    choices={"stream_id": _in_force},
    needs={"stream_id": GRANT_DELEGATION},
)

FORMS = (GRANT_DELEGATION, USE_DELEGATION, RECORD_DELEGATED_DECISION, REVOKE_DELEGATION)
