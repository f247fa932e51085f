"""What the form of an act on a convention offers: its own partners, findings, decisions and sheets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from api.pages.asking import Asking
from api.pages.contexts import Act, Choice, Phrase
from api.pages.forms.decisions import CITED, decisions
from api.pages.forms.options import Bounds, Need, Options, named, short, words
from api.pages.forms.reviews import awaited_period
from api.pages.forms.typed import NEW
from domain.convention.reviews import ANNUAL, FINAL, MID_TERM
from domain.method import MethodProfile
from domain.values import Prose
from projections import (
    what_the_committee_decided,
    what_the_plan_rests_on,
    where_conventions_stand,
    which_partners_and_places_are_known,
    which_signatures_are_missing,
)
from workflows.application import UnknownStream
from workflows.texts.rules import SHOWN_OF_SHA256

NEEDS: Mapping[str, Mapping[str, str]] = {
    "record-meeting": {"stream_id": "constitute-steering-body"},
    "choose-priority": {"findings": "record-shared-diagnosis", "decided_in": "record-meeting"},
    "draft-action-sheet": {"priority_id": "choose-priority"},
    "validate-action-plan": {"sheets": "draft-action-sheet", "decided_in": "record-meeting"},
    "record-review": {"body_id": "constitute-steering-body", "meeting_id": "record-meeting"},
    "grant-waiver": {"decided_in": "record-meeting"},
}
"""The act to do first where a list of this form would be empty."""

ON_THE_TERRITORY = frozenset({"constitute-steering-body"})
MANY_PARTNERS = ("partners", "recipients", "partners_present")


def for_convention(ask: Asking, convention_id: UUID, command: str) -> Options:
    """The choices of an act on a convention. Raises `UnknownStream`."""
    standing = where_conventions_stand.convention(ask.connection, convention_id, ask.today)
    if standing is None:
        raise UnknownStream(str(convention_id))
    return _Convention(ask, standing, command).options()


@dataclass
class _Convention:
    """The choices of one form, gathered."""

    ask: Asking
    standing: where_conventions_stand.ConventionStanding
    command: str
    choices: dict[str, tuple[Choice, ...]] = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)
    hidden: dict[str, str] = field(default_factory=dict)
    others: dict[str, tuple[Choice, ...]] = field(default_factory=dict)
    bounds: dict[str, Bounds] = field(default_factory=dict)

    @cached_property
    def profile(self) -> MethodProfile:
        """The method that the convention is pinned to."""
        standing = self.standing
        return next(
            one
            for one in which_partners_and_places_are_known.profiles(self.ask.connection)
            if (one.name, one.version) == (standing.profile_name, standing.profile_version)
        )

    @cached_property
    def basis(self) -> what_the_plan_rests_on.PlanBasis:
        """Diagnoses, forums, priorities and sheets, their texts opened."""
        found = what_the_plan_rests_on.basis(self.ask.connection, self.standing.convention_id)
        self.ask.open(found)
        return found

    @cached_property
    def signatures(self) -> which_signatures_are_missing.SignatureSheet | None:
        """Signatories and adopted texts."""
        return which_signatures_are_missing.signatures(self.ask.connection, self.standing.convention_id)

    @cached_property
    def bodies(self) -> tuple[Choice, ...]:
        """The committees and groups of the territory."""
        found = what_the_committee_decided.bodies(self.ask.connection, self.standing.territory_id)
        return named((str(one.body_id), one.name) for one in found)

    def options(self) -> Options:
        """Everything that any form of a convention may offer, then what is this form's own."""
        self._partners()
        themes = words("theme", self.profile.themes)
        sheets = named((str(one.sheet_id), self._said(one.title)) for one in self.basis.sheets)
        kinds = (kind for rule in self.profile.mandate_rules for kind in rule.mandate_kinds)
        self.choices |= {
            "animators": (),
            "theme": themes,
            "themes": themes,
            "findings.theme": themes,
            "kind": words("mandate-kind", dict.fromkeys(kinds)),
            "rule": tuple(Choice(rule, Phrase(f"rule.{rule}")) for rule in self.profile.waivable_rules),
            "subject": themes,
            "sheets": sheets,
            "action_statuses": (),
        }
        if self.command in CITED:
            self.choices["decided_in"] = decisions(self.ask, self.standing.territory_id, self.command, self.profile)
        own = {
            "draft-action-sheet": self._sheet,
            "choose-priority": self._priority,
            "record-forum": self._forum,
            "record-meeting": self._meeting,
            "record-review": self._review,
            "record-signature": self._signature,
            "validate-action-plan": self._plan,
            "grant-waiver": self._waiver,
        }.get(self.command)
        if own is not None:
            own()
        return Options(self.choices, self.first, self.hidden, self.others, self._needs(), self.bounds)

    def _said(self, text: Prose) -> str:
        return short(self.ask.said(text), self.ask.texts)

    def _partners(self) -> None:
        """Those of this convention and of its territory first: they are the ones meant; the others are folded."""
        signing = [one.partner_id for one in self.signatures.signatories] if self.signatures is not None else []
        known = which_partners_and_places_are_known.partners(self.ask.connection, None)
        local = [
            one.partner_id
            for one in known
            if one.territory_id == self.standing.territory_id and one.partner_id not in signing
        ]
        near = self._named_partners([*signing, *local])
        far = self._named_partners(one.partner_id for one in known if one.partner_id not in {*signing, *local})
        for name in MANY_PARTNERS:
            self.choices[name] = near
            self.others[name] = far
        self.choices["owner_id"] = (*near, *far)
        self.choices["partner_id"] = self._named_partners(signing)

    def _named_partners(self, ids: Iterable[UUID]) -> tuple[Choice, ...]:
        return named((str(one), self.ask.name(one)) for one in ids)

    def _needs(self) -> dict[str, Need]:
        """What to do first, and where, for the lists of this form that would be empty."""
        return {
            name: Need(Phrase(f"page.form.need.{self.command}.{name}"), self._act(act))
            for name, act in NEEDS.get(self.command, {}).items()
        }

    def _act(self, command: str) -> Act | None:
        territory_id = self.standing.territory_id
        if not self.ask.visitor.may_here(command, territory_id):
            return None
        place = f"conventions/{self.standing.convention_id}"
        if command in ON_THE_TERRITORY:
            place = f"territoires/{territory_id}"
        return Act(Phrase(f"command.{command}"), f"/{place}/actes/{command}")

    # --- each form's own ----------------------------------------------------------------------------------------------

    def _sheet(self) -> None:
        self.choices["priority_id"] = named((one.priority_id, self._said(one.title)) for one in self.basis.priorities)
        self.hidden = {
            "convention_id": str(self.standing.convention_id),
            "home_territory_id": str(self.standing.territory_id),
        }

    def _priority(self) -> None:
        self.choices["findings"] = named(
            (one.finding_id, f"{self.ask.texts.t(f'theme.{one.theme}')} : {self._said(one.statement)}")
            for diagnosis in self.basis.diagnoses
            for one in diagnosis.findings
        )
        self.choices["forums"] = self._forums(one for one in self.basis.forums if one.held_on is not None)
        self.choices["communes"] = ()

    def _forum(self) -> None:
        announced = self._forums(one for one in self.basis.forums if one.held_on is None)
        if announced:
            self.choices["forum_id"] = (*announced, Choice(NEW, Phrase("page.form.other-forum")))

    def _forums(self, forums: Iterable[what_the_plan_rests_on.ForumTold]) -> tuple[Choice, ...]:
        texts = self.ask.texts
        return named(
            (
                one.forum_id,
                f"{texts.join([texts.t(f'theme.{theme}') for theme in one.themes])}, "
                f"{texts.long_date(day) if (day := one.held_on or one.planned_on) else '…'}",
            )
            for one in forums
        )

    def _meeting(self) -> None:
        self.choices["stream_id"] = self.bodies
        if self.bodies:
            self.first["stream_id"] = self.bodies[0].value

    def _review(self) -> None:
        self.choices["body_id"] = self.bodies
        if self.bodies:
            self.first["body_id"] = self.bodies[0].value
        meetings = what_the_committee_decided.meetings(self.ask.connection, self.standing.territory_id)
        latest = sorted(meetings, key=lambda one: one.held_on, reverse=True)
        self.choices["meeting_id"] = named((one.meeting_id, self.ask.texts.long_date(one.held_on)) for one in latest)
        self.choices["decisions"] = ()
        self.choices["kind"] = words("review-kind", (ANNUAL, MID_TERM, FINAL))
        self.first |= awaited_period(self.ask, self.standing, self.profile)
        self.choices["action_statuses"] = self.choices["action_statuses.sheet_id"] = self.choices["sheets"]
        for number, sheet in enumerate(self.choices["sheets"]):
            self.first[f"action_statuses.{number}.sheet_id"] = sheet.value

    def _signature(self) -> None:
        """The texts that the committee adopted: one for all, or one for each thing it covers."""
        adopted: dict[str, list[which_signatures_are_missing.AdoptedText]] = {}
        for text in self.signatures.texts if self.signatures is not None else ():
            adopted.setdefault(text.text_sha256, []).append(text)
        key = "page.form.adopted-text" if len(adopted) == 1 else "page.form.adopted-text-of"
        self.choices["text_sha256"] = tuple(
            Choice(
                sha256,
                Phrase(
                    key,
                    {
                        "on": texts[-1].adopted_on,
                        "covers": tuple(one.covers for one in texts),
                        "start": f"{sha256[:SHOWN_OF_SHA256]}…",
                    },
                ),
            )
            for sha256, texts in adopted.items()
        )

    def _plan(self) -> None:
        """The text is proposed for what is not signed yet: what is signed changes by an amendment only (R22)."""
        missing = self.signatures.missing if self.signatures is not None else {}
        self.first["text_covers"] = " ".join(cover for cover, partners in missing.items() if partners)

    def _waiver(self) -> None:
        self.bounds["expires_on"] = Bounds(earliest=self.ask.today)
