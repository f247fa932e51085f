"""The page of a framework, the convention of the département: who signed it, whom it follows, who holds which role?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from api.finding import visible_framework
from api.pages.acts import forms_in
from api.pages.asking import Asking
from api.pages.contexts import Act, AttachedLine, FrameworkPage, FrameworkSignatory, HeadingLine, Phrase
from api.pages.delegations import delegations_shown
from api.pages.framework_addresses import framework_names
from api.pages.framework_bodies import framework_body_lines
from api.pages.framework_pledges import pledging_to, to_framework
from api.pages.pledge_words import kept_in_time
from api.pages.ranking import Ranked, ranked
from api.pages.roles import role_lines
from domain.collation import alphabetical
from domain.frameworks import SignFrameworkConvention
from projections import which_partners_and_places_are_known
from projections.what_was_pledged_to_a_framework import framework_pledges
from projections.which_partners_and_places_are_known import FrameworkKnown
from projections.who_holds_which_role import framework_holders
from workflows.application import UnknownStream


def frameworks_read(ask: Asking) -> tuple[FrameworkKnown, ...]:
    """The frameworks that the visitor may read, by name."""
    known = which_partners_and_places_are_known.frameworks(ask.register)
    return tuple(one for one in known if visible_framework(ask.visitor, ask.register, one.framework_id))


def framework_page(ask: Asking, which: str) -> FrameworkPage:
    """Everything the page shows. Raises `UnknownStream` for a framework that may not be read, or is not known."""
    names = framework_names(ask.register)
    found = next(
        (one for one in frameworks_read(ask) if which in (names[one.framework_id], str(one.framework_id))), None
    )
    if found is None:
        raise UnknownStream(which)
    ask.open(found.headings)
    signatories = _signatories(ask, found)
    readable = ask.visitor.territories
    mine = [one for one in found.territories if readable is None or one in readable]
    near = ranked(ask, mine) if mine else ()
    attached = tuple(map(_attached, near))
    history = ask.of_framework(found.framework_id)
    pledged = framework_pledges(ask.register, found.framework_id, ask.today)
    return FrameworkPage(
        name=found.name,
        answer=(*_answer(ask, found, signatories, attached), *kept_in_time(pledged)),
        starts_on=found.period.effective_from,
        ends_on=found.period.effective_to,
        signatories=signatories,
        attached=attached,
        others=len(found.territories) - len(mine),
        roles=role_lines(ask, framework_holders(ask.register, found.framework_id, ask.today)),
        headings=tuple(HeadingLine(one.heading, ask.said(one.text)) for one in found.headings),
        pledges=to_framework(ask, pledged, _trail(near), pledging_to(ask, found.framework_id)),
        delegations=delegations_shown(ask, history, framework_id=found.framework_id),
        bodies=framework_body_lines(ask, history),
        acts=tuple(
            Act(Phrase(f"command.{form.name}"), form.address(framework_id=found.framework_id))
            for form in forms_in("framework")
            if "held-role" not in form.sections  # those are beside the role that they are about
            and (form.command is not SignFrameworkConvention or any(one.signed_on is None for one in signatories))
            and ask.visitor.may(form.name, framework_id=found.framework_id)
        ),
    )


def _signatories(ask: Asking, found: FrameworkKnown) -> tuple[FrameworkSignatory, ...]:
    """Those who have not signed first."""
    signed_on = {ask.register.kept(one): day for one, day in found.signed_on.items()}
    lines = (
        FrameworkSignatory(ask.name(kept), ask.register.partners[kept].kind, signed_on.get(kept))
        for one in found.signatories
        if (kept := ask.register.twins.get(one, one)) in ask.register.partners
    )
    return tuple(sorted(dict.fromkeys(lines), key=lambda one: (one.signed_on is not None, alphabetical(one.name))))


def _trail(near: Sequence[Ranked]) -> Callable[[UUID], str | None]:
    """Where a fact about the framework is found: in the journal of each territory that it follows."""
    journal = next((one.home for one in near if one.line is not None), None)
    return journal.fact if journal is not None else lambda event_id: None


def _attached(one: Ranked) -> AttachedLine:
    return AttachedLine(one.place.name, one.home.today, one.status, one.phase if one.line is not None else None)


def _answer(
    ask: Asking,
    found: FrameworkKnown,
    signatories: tuple[FrameworkSignatory, ...],
    attached: tuple[AttachedLine, ...],
) -> tuple[Phrase, ...]:
    """Who has still to sign, by name where they are few; how many territories it follows; whether it is over."""
    missing = [one.name for one in signatories if one.signed_on is None]
    said = []
    if not signatories:
        said.append(Phrase("page.framework.answer-nobody"))
    elif not missing:
        said.append(Phrase("page.framework.answer-signed", {}, len(signatories)))
    else:
        said.append(Phrase("page.framework.answer-missing", {"who": ask.texts.join(missing)}, len(missing)))
    said.append(Phrase("page.framework.answer-attached", {}, len(found.territories)))
    if found.period.effective_to < ask.today:
        said.append(Phrase("page.framework.answer-over", {"on": found.period.effective_to}))
    late = sum(one.status == "late" for one in attached)
    if late:
        said.append(Phrase("page.framework.answer-late", {}, late))
    return tuple(said)
