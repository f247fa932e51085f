"""What partners delegate: granted, used, revoked, on a territory or on a framework."""

from __future__ import annotations

from api.pages.forms.cases import Case, Choices, SteeredCase
from api.pages.forms.options import named, words
from api.pages.forms.places import STEERED
from api.pages.forms.record import Form
from domain.delegations.delegation import MATTERS, RECEIVERS, Delegation
from domain.delegations.granting import GrantDelegation, RevokeDelegation
from domain.delegations.using import UseDelegation


def _in_force(case: SteeredCase) -> Choices:
    """The delegations that hold today, by who gave them and what they cover."""
    texts = case.ask.texts
    return named(
        (str(one.id), f"{case.ask.name(one.delegator_id)} : {texts.join(texts.word('matter', m) for m in one.matters)}")
        for one in case.history.states(Delegation)
        if one.holds_on(case.ask.today)
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

REVOKE_DELEGATION: Form[SteeredCase] = Form(
    command=RevokeDelegation,
    place=STEERED,
    sections=("delegations",),
    rank=2,
    own_motive=True,
    choices={"stream_id": _in_force},
    needs={"stream_id": GRANT_DELEGATION},
)

FORMS = (GRANT_DELEGATION, USE_DELEGATION, REVOKE_DELEGATION)
