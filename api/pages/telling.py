"""One convention as pages tell it: what questions conclude, in words, with names and with links to its acts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlencode
from uuid import UUID

from api.pages.acts import form_of
from api.pages.addresses import Home
from api.pages.asking import Asking
from api.pages.contexts import Act, DeadlineLine, Phrase, RuleText
from api.pages.conventions import home_of
from api.pages.sentences import phrase_of
from api.pages.things_awaited import act_on_first, things_shown
from projections import what_is_due
from projections.how_a_convention_does import Due, Known, Situation, due, is_possible, known, situation
from projections.saying import Expected, Reason, Said


@dataclass
class Teller:
    """What is said of a convention, put into words for a reader, with names and links."""

    ask: Asking
    convention_id: UUID
    territory_id: UUID
    home: Home

    def trail(self, event_id: UUID) -> str:
        """A fact in the journal."""
        return self.home.fact(event_id)

    # --- words --------------------------------------------------------------------------------------------------------

    def say(self, said: Said) -> Phrase:
        """One thing said."""
        return phrase_of(said, self.ask.name)

    def said(self, several: Iterable[Said]) -> tuple[Phrase, ...]:
        """Several things said."""
        return tuple(map(self.say, several))

    def who(self, expected: Expected | None) -> str | None:
        """Who is to act: the partner by its name, else people by name with their role; None when nobody is known."""
        if expected is None:
            return None
        if expected.partner_id is not None:
            return self.ask.name(expected.partner_id)
        named = (
            f"{name} ({self.ask.texts.word('role', one.role)})"
            for one in expected.people
            if (name := self.ask.person(one.person_id))
        )
        return self.ask.texts.join(dict.fromkeys(named)) or None

    def rule(self, reason: Reason) -> RuleText:
        """Why a fact does not count, with the name of the partner where several are told together."""
        if reason.case is None:
            text = self.ask.texts.t(f"irregularity.{reason.code}")
        else:
            days = {"signed": reason.signed_on, "adopted": reason.adopted_on, "executory": reason.executory_on}
            days |= {"answered": reason.answered_on, "counts": reason.counts_from}
            said = {name: day for name, day in days.items() if day}
            text = self.ask.texts.t(f"withheld.{reason.case}", kind=reason.kind, fitting=reason.fitting, **said)
        if reason.partner_id is not None:
            why = text[:1].lower() + text[1:]
            text = self.ask.texts.t("withheld.of", partner=self.ask.name(reason.partner_id), why=why)
        return RuleText(reason.rule, text)

    def rules(self, reasons: Iterable[Reason]) -> tuple[RuleText, ...]:
        """Several reasons."""
        return tuple(map(self.rule, reasons))

    def line(self, one: Due) -> DeadlineLine:
        """A deadline, concluded, as a line; of several things, its act is on the first."""
        whose = one.partner_id or (one.expected.partner_id if one.expected is not None else None)
        act = act_on_first(self, one.things, one.act, whose) if one.things else None
        return DeadlineLine(
            one.id,
            self.say(one.what),
            one.status,
            one.due_on,
            one.met_on,
            one.days_late,
            expected_from=self.who(one.expected),
            href=self.trail(one.met_by) if one.met_by is not None else None,
            act=act or self.act(one.act, partner_id=one.partner_id),
            things=things_shown(self, one.things, one.act, whose, silent=one.what.word == "silence-of"),
        )

    # --- acts ---------------------------------------------------------------------------------------------------------

    def act(self, command: str | None, partner_id: UUID | None = None, **chosen: str) -> Act | None:
        """The link to an act of this convention, with what its form already has `chosen`; None for whoever may not do
        it."""
        if command is None or not self.ask.visitor.may(command, self.territory_id, partner_id):
            return None
        form = form_of(command)
        if form.by_lines and partner_id is not None and not chosen:
            return Act(Phrase(f"command.{command}"), form.together(str(self.convention_id)))
        address = form.address(convention_id=self.convention_id, territory_id=self.territory_id)
        chosen = {**self.given(command, partner_id), **chosen}
        return Act(Phrase(f"command.{command}"), f"{address}?{urlencode(chosen)}" if chosen else address)

    def act_on(self, command: str, stream_id: UUID, partner_id: UUID | None = None) -> Act | None:
        """The link to an act on one thing of this convention, a sheet for one; None for whoever may do it neither there
        nor for the partner that carries it."""
        if not self.ask.visitor.may(command, self.territory_id, partner_id):
            return None
        form = form_of(command)
        address = form.address(convention_id=self.convention_id, territory_id=self.territory_id)
        chosen = {"stream_id": str(stream_id)}
        if partner_id is not None and "partner_id" in form.choices:
            chosen["partner_id"] = str(partner_id)
        return Act(Phrase(f"command.{command}"), f"{address}?{urlencode(chosen)}")

    def act_there(self, command: str, stream_id: UUID, chosen: Mapping[str, str]) -> Act | None:
        """The link to an act on a part of what a stream holds, its form having `chosen` it; None for whoever may not do
        it."""
        if not self.ask.visitor.may(command, self.territory_id):
            return None
        places = {"convention_id": self.convention_id, "territory_id": self.territory_id, "stream_id": stream_id}
        return Act(Phrase(f"command.{command}"), f"{form_of(command).address(**places)}?{urlencode(chosen)}")

    def given(self, command: str, partner_id: UUID | None) -> Mapping[str, str]:
        """What is known already of what an act says, by field: here whose it is."""
        return {"partner_id": str(partner_id)} if partner_id is not None else {}


class Telling(Teller):
    """All that is concluded of one convention, told to a reader."""

    def __init__(self, ask: Asking, known: Known) -> None:
        super().__init__(ask, known.convention_id, known.standing.territory_id, home_of(ask, known.convention_id))
        self.known = known

    @cached_property
    def situation(self) -> Situation:
        """Where it stands."""
        return situation(self.known)

    def deadline(self, deadline: what_is_due.Deadline) -> DeadlineLine:
        """A deadline as a line."""
        return replace(self.line(due(self.known, deadline)), note=_note(deadline))

    def given(self, command: str, partner_id: UUID | None) -> Mapping[str, str]:
        """The same, with what was recorded before."""
        return self.known.given(command, partner_id)

    def acts(self, *commands: str) -> tuple[Act, ...]:
        """The links to several acts: those that the visitor may do, and that are possible."""
        return tuple(act for one in commands if is_possible(self.known, one) and (act := self.act(one)))


def _note(deadline: what_is_due.Deadline) -> Phrase | None:
    """That it is silenced: until when, or how it was met."""
    if deadline.state == what_is_due.MUTED:
        until = deadline.muted_until
        return Phrase("page.deadlines.muted-until", {"on": until}) if until else Phrase("page.deadlines.muted-for-good")
    return Phrase("page.deadlines.met-elsewhere") if deadline.met_elsewhere else None


def tellings(ask: Asking, convention_ids: Iterable[UUID]) -> dict[UUID, Telling]:
    """Each of these conventions, asked for all of them at once."""
    told = {
        one: dossier.once(known, ask.today, ask.services.holidays.of(dossier.territory.department))
        for one, dossier in ask.dossiers(convention_ids).items()
    }
    ask.meet({holder.person_id for each in told.values() for holder in each.holders})
    return {one: Telling(ask, each) for one, each in told.items()}
