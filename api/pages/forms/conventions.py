"""What the forms of a convention offer to choose from: its own partners, findings, decisions and sheets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from api.pages.asking import Asking
from api.pages.forms.cases import Choices
from api.pages.forms.options import named, short
from domain.convention.counting import voided_by
from domain.convention.extended import Extended
from domain.convention.state import COVERS
from domain.method import MethodProfile
from domain.values import Code, Prose
from projections import (
    what_the_committee_decided,
    what_the_plan_rests_on,
    where_conventions_stand,
    which_partners_and_places_are_known,
    which_signatures_are_missing,
    which_themes_are_crossed,
    which_themes_there_are,
)
from projections.engine import Dossier
from projections.which_themes_there_are import ThemeKnown
from workflows.application import UnknownStream


@dataclass
class ConventionCase:
    """A convention that the visitor may see, read where a form asks for it."""

    ask: Asking
    standing: where_conventions_stand.ConventionStanding

    @property
    def dossier(self) -> Dossier:
        """All that was recorded about it."""
        return self.ask.dossier(self.standing.convention_id)

    @property
    def profile(self) -> MethodProfile:
        """The method that the convention is pinned to."""
        return self.dossier.method

    @cached_property
    def basis(self) -> what_the_plan_rests_on.PlanBasis:
        """Diagnoses, forums, priorities and sheets, their texts opened."""
        found = what_the_plan_rests_on.basis(self.dossier)
        self.ask.open(found)
        return found

    @cached_property
    def signatures(self) -> which_signatures_are_missing.SignatureSheet | None:
        """Signatories and adopted texts."""
        return which_signatures_are_missing.signatures(self.dossier)

    @property
    def to_sign(self) -> tuple[Code, ...]:
        """What is to be signed now: an extension that waits for signatures, else the convention and its plan."""
        awaited = Extended.of(self.dossier.convention).awaited
        return (awaited.cover,) if awaited is not None else COVERS

    def said(self, text: Prose) -> str:
        """A free text, cut to one line."""
        return short(self.ask.said(text), self.ask.texts)

    # --- choices that several forms offer -----------------------------------------------------------------------------

    def bodies(self) -> Choices:
        """The committees and groups of the territory."""
        found = what_the_committee_decided.bodies(self.dossier)
        return named((str(one.body_id), one.name) for one in found)

    def theme_choices(self, known: Iterable[ThemeKnown]) -> Choices:
        """Themes by their words; a transverse one says so, for no forum crosses it."""
        texts = self.ask.texts
        return named(
            (
                one.theme.code,
                texts.t("page.form.transverse-theme", theme=one.theme) if one.transverse else texts.theme(one.theme),
            )
            for one in known
        )

    @cached_property
    def every_theme(self) -> tuple[ThemeKnown, ...]:
        """The convention's own themes first, then those that it names or discusses, then the others of the method."""
        meant = {one.theme for one in which_themes_are_crossed.crossing(self.dossier, self.ask.today)}
        known = which_themes_there_are.themes(self.dossier)
        return tuple(sorted(known, key=lambda one: not one.is_own and one.theme not in meant))

    def themes(self) -> Choices:
        """Every theme that it may cite."""
        return self.theme_choices(self.every_theme)

    def themes_to_cross(self) -> Choices:
        """Those that forums cross."""
        return self.theme_choices(one for one in self.every_theme if not one.transverse)

    def priorities(self) -> Choices:
        """The live priorities by their title."""
        return named((one.priority_id, self.said(one.title)) for one in self.basis.priorities if not one.withdrawn_on)

    def findings(self) -> Choices:
        """What the diagnoses found, by its theme."""
        return named(
            (one.finding_id, f"{self.ask.texts.theme(one.theme)} : {self.said(one.statement)}")
            for diagnosis in self.basis.diagnoses
            for one in diagnosis.findings
        )

    def live_sheets(self) -> Choices:
        """The action sheets of live priorities by their title."""
        return named((str(one.sheet_id), self.said(one.title)) for one in self.basis.sheets if one.is_live)

    def sheets(self) -> Choices:
        """The action sheets by their title."""
        return named((str(one.sheet_id), self.said(one.title)) for one in self.basis.sheets)

    def forums(self, *, held: bool) -> Choices:
        """The forums held, or those still expected, by their themes and their day."""
        texts = self.ask.texts
        return named(
            (
                one.forum_id,
                f"{texts.join([texts.theme(theme) for theme in one.themes])}, "
                f"{texts.long_date(day) if (day := one.held_on or one.planned_on) else '…'}",
            )
            for one in self.basis.forums
            if (one.held_on is not None if held else one.is_expected)
        )

    # --- partners: those of this convention and of its territory are the ones meant -----------------------------------

    def signatories(self) -> Choices:
        """The partners who sign."""
        return self._named(self._signing)

    def signatories_awaited(self) -> Choices:
        """The partners who sign, those whose signature does not count yet first."""
        expected = self.signatures.signatories if self.signatures is not None else ()
        return self._named(
            one.partner_id
            for one in sorted(expected, key=lambda one: (one.will_not_sign, None not in one.signed_on.values()))
        )

    def signed_by(self, *covers: Code) -> tuple[str, ...]:
        """The partners, by name, whose signatures another text for these would void (R14)."""
        voided = voided_by(self.dossier.convention, covers)
        return tuple(self.ask.name(one) for one in voided.partners) if voided is not None else ()

    def near_partners(self) -> Choices:
        """The partners who sign, then the others of the territory."""
        return self._named(self._near)

    def far_partners(self) -> Choices:
        """All the others of the register."""
        near = set(self._near)
        return self._named(one.partner_id for one in self._register if one.partner_id not in near)

    def all_partners(self) -> Choices:
        """Everyone, the nearest first."""
        return (*self.near_partners(), *self.far_partners())

    @cached_property
    def _register(self) -> tuple[which_partners_and_places_are_known.PartnerKnown, ...]:
        return which_partners_and_places_are_known.partners(self.ask.register)

    @cached_property
    def _signing(self) -> tuple[UUID, ...]:
        return tuple(one.partner_id for one in self.signatures.signatories) if self.signatures is not None else ()

    @cached_property
    def _near(self) -> tuple[UUID, ...]:
        local = (one.partner_id for one in self._register if one.territory_id == self.standing.territory_id)
        return (*self._signing, *(one for one in local if one not in self._signing))

    def _named(self, ids: Iterable[UUID]) -> Choices:
        return named((str(one), self.ask.name(one)) for one in ids)


def of_convention(ask: Asking, convention_id: UUID | None) -> ConventionCase:
    """The choices of an act on a convention. Raises `UnknownStream`."""
    if convention_id is None:
        raise UnknownStream(str(convention_id))
    return ConventionCase(ask, where_conventions_stand.convention(ask.dossier(convention_id), ask.today))
