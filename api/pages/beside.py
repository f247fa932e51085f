"""What holds beside the facts of a journal: what does not count, rules set aside, roles, what was refused."""

from __future__ import annotations

from api.pages.audit_lines import refusals
from api.pages.contexts import Beside, IrregularFact, Phrase
from api.pages.roles import give_acts, role_lines, vacancy_lines
from api.pages.telling import Telling
from api.pages.view import View
from projections.which_facts_do_not_count import Withheld
from projections.who_is_in_charge import vacancies
from workflows.recipients import unheard

REFUSALS_SHOWN = 10


def beside(view: View) -> Beside:
    """All of it."""
    known = view.told.known
    closed = unheard(known.holders, view.ask.services.steering.people)
    return Beside(
        irregular=tuple(_irregular(view.told, one) for one in reversed(view.told.situation.withheld)),
        waivers=view.waiver_lines(),
        waiver_acts=view.acts("waivers") if view.meetings else (),
        roles=role_lines(view.ask, known.holders),
        role_acts=give_acts(view.ask, view.told.territory_id),
        vacancies=vacancy_lines(view.ask, vacancies(known.holders, known.method, known.signing, closed)),
        refusals=tuple(refusals(view.ask, view.convention_id, REFUSALS_SHOWN)),
    )


def _irregular(told: Telling, one: Withheld) -> IrregularFact:
    what = Phrase(f"fact.convention.{one.kind}")
    if one.partner_id is not None:
        what = Phrase("page.irregular.of", {"what": what, "partner": told.ask.name(one.partner_id)})
    return IrregularFact(
        what,
        one.occurred_on,
        told.rules(one.reasons),
        told.trail(one.event_id),
        told.act(one.act, partner_id=one.partner_id),
    )
