"""What holds beside the facts of a journal: what does not count, rules set aside, roles, what was refused."""

from __future__ import annotations

import json
from uuid import UUID

from sqlalchemy import select

from api.pages.contexts import Beside, IrregularFact, Phrase, RefusalLine, RuleText
from api.pages.roles import give_acts, role_lines, vacancy_lines
from api.pages.telling import Telling
from api.pages.view import View
from domain.kernel import RULES
from projections.which_facts_do_not_count import Withheld
from projections.who_is_in_charge import vacancies
from workflows import schema
from workflows.instants import from_text

REFUSALS_SHOWN = 10


def beside(view: View) -> Beside:
    """All of it."""
    known = view.told.known
    closed = view.ask.services.steering.people.unreachable(one.person_id for one in known.holders)
    return Beside(
        irregular=tuple(_irregular(view.told, one) for one in reversed(view.told.situation.withheld)),
        waivers=view.waiver_lines(),
        waiver_acts=view.acts("waivers") if view.meetings else (),
        roles=role_lines(view.ask, known.holders),
        role_acts=give_acts(view.ask, view.told.territory_id),
        vacancies=vacancy_lines(view.ask, vacancies(known.holders, known.method, known.signing, closed)),
        refusals=_refusals(view),
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


def _refusals(view: View) -> tuple[RefusalLine, ...]:
    """What was refused on this convention lately: kept in a table of its own, not in the log (SC2)."""
    table = schema.refusals
    rows = view.ask.connection.execute(
        select(table)
        .where(table.c.stream_id == view.convention_id)
        .order_by(table.c.recorded_at.desc())
        .limit(REFUSALS_SHOWN)
    ).all()
    lines = []
    for row in rows:
        rules = [one for one in json.loads(row.rules) if one["text_key"] in RULES]
        actor = view.ask.person(UUID(row.actor_id)) or view.ask.texts.t(f"role.{row.actor_role or 'NONE'}")
        lines.append(
            RefusalLine(
                from_text(row.recorded_at),
                Phrase(f"command.{row.command}"),
                actor,
                tuple(RuleText(one["rule"], view.ask.texts.t(f"refused.{one['text_key']}")) for one in rules),
            )
        )
    return tuple(lines)
