"""What the forms of a convention offer to choose from: its own partners, findings, decisions and sheets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from api.pages.asking import Asking
from api.pages.forms.bodies import BodiesCase
from api.pages.forms.cases import Choices
from api.pages.forms.options import named, short
from api.pages.forms.roles import RolesHere
from domain.convention.counting import voided_by
from domain.convention.extended import Extended
from domain.convention.state import COVERS
from domain.method import MethodProfile
from domain.values import Code, Prose
from projections import (
    what_the_plan_rests_on,
    where_conventions_stand,
    which_signatures_are_missing,
    which_themes_are_crossed,
    which_themes_there_are,
)
from projections.engine import Dossier
from projections.which_themes_there_are import ThemeKnown
from workflows.application import UnknownStream


@dataclass
class ConventionCase(BodiesCase):
    """A convention that the visitor may see, read where a form asks for it."""

    standing: where_conventions_stand.ConventionStanding

    @property
    def dossier(self) -> Dossier:
        """All that was recorded about it."""
        return self.ask.dossier(self.standing.convention_id)

    @property
    def profile(self) -> MethodProfile:
        """The method that the convention is pinned to."""
        return self.dossier.method

    @property
    def place(self) -> Dossier:
        """Its territory, with the bodies that steer it."""
        return self.dossier

    @cached_property
    def roles(self) -> RolesHere:
        """Who may be given, and who holds, a role on its territory."""
        return RolesHere(self.ask, territory_id=self.standing.territory_id)

    @property
    def meeting_with(self) -> tuple[UUID, ...]:
        """Its territory, then those that its frameworks follow, among those that the visitor may see."""
        own, seen = self.standing.territory_id, self.ask.visitor.territories
        around = dict.fromkeys(one for framework in self.dossier.frameworks for one in framework.territories)
        return (own, *(one for one in around if one != own and (seen is None or one in seen)))

    @property
    def citing(self) -> tuple[Dossier, ...]:
        """The conventions of its territory."""
        return tuple(self.ask.on_territory(self.standing.territory_id).values())

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
        return self.partners_named(self._signing)

    def signatories_awaited(self) -> Choices:
        """The partners who sign, those whose signature does not count yet first."""
        expected = self.signatures.signatories if self.signatures is not None else ()
        return self.partners_named(
            one.partner_id
            for one in sorted(expected, key=lambda one: (one.will_not_sign, None not in one.signed_on.values()))
        )

    def signed_by(self, *covers: Code) -> tuple[str, ...]:
        """The partners, by name, whose signatures another text for these would void (R14)."""
        voided = voided_by(self.dossier.convention, covers)
        return tuple(self.ask.name(one) for one in voided.partners) if voided is not None else ()

    @cached_property
    def _signing(self) -> tuple[UUID, ...]:
        return tuple(one.partner_id for one in self.signatures.signatories) if self.signatures is not None else ()

    @cached_property
    def near(self) -> tuple[UUID, ...]:
        """The partners who sign, then the others of the territory."""
        local = (one.partner_id for one in self.every_partner if one.territory_id == self.standing.territory_id)
        return (*self._signing, *(one for one in local if one not in self._signing))


def of_convention(ask: Asking, convention_id: UUID | None) -> ConventionCase:
    """The choices of an act on a convention. Raises `UnknownStream`."""
    if convention_id is None:
        raise UnknownStream(str(convention_id))
    return ConventionCase(ask, where_conventions_stand.convention(ask.dossier(convention_id), ask.today))
