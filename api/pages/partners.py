"""The page of signatures and partners: who signed, under which mandate, whom one waits for, who pledged what."""

from __future__ import annotations

from dataclasses import replace

from api.pages.acts.signing import CHANGE_SIGNATORY
from api.pages.contexts import Delay, Of, PartnersPage, Phrase, Spelled
from api.pages.delegations import delegations_shown
from api.pages.framework_pledges import AT_ONCE
from api.pages.lead_roles import leads_shown
from api.pages.lines.offered import lines_offered
from api.pages.pledge_words import kept_in_time
from api.pages.pledges import pledges_of, pledges_shown, pledging
from api.pages.vacant_places import vacant_answer, vacant_lines
from api.pages.view import View
from domain.convention.state import CONVENTION, PLAN
from projections.how_a_convention_does.first_sentences import FEW


def partners_page(view: View) -> PartnersPage:
    """Everything the page shows."""
    acts = view.acts("signatures")
    if any(one.act for one in view.matrix.rows):  # each row has its own
        acts = (*lines_offered(view.told, "signatures"), *view.told.acts(CHANGE_SIGNATORY.name))
    pledged = pledges_of(view)
    vacant = vacant_lines(view.ask, view.dossier)
    pledging_acts = view.acts("pledges")[:1] or pledging(view, view.ask.visitor.partner_id)
    return PartnersPage(
        territory=view.territory,
        answer=(*_answer(view), *vacant_answer(vacant), *kept_in_time(pledged)),
        vacant=vacant,
        signatures=view.matrix if view.told.known.signatures.signatories else None,
        acts=acts,
        # What is said of one that was made stands with it.
        delegations=delegations_shown(view.ask, view.dossier, territory_id=view.dossier.territory_id),
        lead_roles=leads_shown(view.ask, view.dossier, territory_id=view.dossier.territory_id),
        pledges=replace(pledges_shown(view, pledged, pledging_acts), at_once=AT_ONCE),
    )


def _answer(view: View) -> tuple[Phrase, ...]:
    """How many required signatures count, who is missing, and since when."""
    told, situation = view.told, view.told.situation
    if not told.known.signatures.signatories:
        return (Phrase("page.partners.answer-none"),)
    cover = PLAN if told.known.plan_validated or told.known.facts("convention-signed") else CONVENTION
    missing = told.known.missing_for(cover)
    total = told.known.required
    if not missing:
        return (Phrase("page.partners.answer-all", {}, total),)
    said = [Phrase(f"page.partners.answer-{cover}", {"total": Spelled(total)}, total - len(missing))]
    late = [one for one in situation.late if one.partner_id in missing and one.what.word == "signature"]
    if len(late) > FEW:
        said.append(Phrase("page.partners.late-many", {"delay": Delay(late[0].days_late)}, len(late)))
    elif late:
        names = tuple(Of(view.ask.name(one.partner_id)) for one in late if one.partner_id is not None)
        said.append(Phrase("page.partners.late", {"of_partners": names, "delay": Delay(late[0].days_late)}, len(names)))
    elif len(missing) <= FEW:
        names = tuple(Of(view.ask.name(one)) for one in missing)
        said.append(Phrase("page.partners.missing", {"of_partners": names}, len(names)))
    return tuple(said)
