"""Roles as pages show them: who holds which, who stands in where one is vacant, and what was taken alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from api.pages.acts import forms_in
from api.pages.asking import Asking
from api.pages.contexts import Act, Message, Phrase, RoleLine, VacancyLine
from api.pages.forms.places import FRAMEWORK, TERRITORY
from api.pages.forms.record import Form
from domain.territories import Territory
from projections.who_holds_which_role import Holder
from projections.who_is_in_charge import Vacancy


def role_lines(ask: Asking, holders: Iterable[Holder]) -> tuple[RoleLine, ...]:
    """Who holds a role on a territory, or on a framework that follows it, with what the visitor may do about it."""
    held = tuple(holders)
    ask.meet(one.person_id for one in held)
    offered = _Offered(ask)
    return tuple(
        RoleLine(
            one.role,
            ask.person(one.person_id),
            ask.name(one.partner_id) if one.partner_id is not None else None,
            one.starts_on,
            one.ends_on,
            one.awaits_confirmation,
            offered.acts(one),
        )
        for one in held
    )


class _Offered:
    """The acts on roles that are held, each asked once of its form."""

    def __init__(self, ask: Asking) -> None:
        self._ask = ask
        self._found: dict[tuple[str, UUID], frozenset[str]] = {}

    def acts(self, one: Holder) -> tuple[Act, ...]:
        """What the visitor may do about a role."""
        ids = {TERRITORY.key: one.territory_id, FRAMEWORK.key: one.framework_id}
        return tuple(
            Act(Phrase(f"page.held-role.{form.name}"), f"{form.address(**ids)}?assignment_id={one.assignment_id}")
            for form in forms_in("held-role")
            if (place_id := ids[form.place.key]) is not None and str(one.assignment_id) in self._of(form, place_id)
        )

    def _of(self, form: Form[Any], place_id: UUID) -> frozenset[str]:
        """The roles of a place that the form offers."""
        known = self._found.get((form.name, place_id))
        if known is None:
            offered = form.choices["assignment_id"](form.place.case(self._ask, place_id))
            known = frozenset(one.value for one in offered or ())
            self._found[form.name, place_id] = known
        return known


def vacancy_lines(ask: Asking, vacancies: Iterable[Vacancy]) -> tuple[VacancyLine, ...]:
    """The roles in which nobody can be told, with who is told in their place."""
    return tuple(
        VacancyLine(
            one.role,
            ask.name(one.partner_id) if one.partner_id is not None else None,
            ask.texts.join(dict.fromkeys(_named(ask, each) for each in one.instead)) or None,
            ask.texts.join(dict.fromkeys(_name(ask, each) for each in one.holders)) or None,
        )
        for one in vacancies
    )


def _name(ask: Asking, one: Holder) -> str:
    return ask.person(one.person_id) or ask.texts.t("page.erased")


def _named(ask: Asking, one: Holder) -> str:
    return f"{_name(ask, one)} ({ask.texts.word('role', one.role)})"


def give_acts(ask: Asking, territory_id: UUID) -> tuple[Act, ...]:
    """The links to giving a role on a territory."""
    return tuple(
        Act(Phrase(f"command.{form.name}"), form.address(territory_id=territory_id))
        for form in forms_in("roles")
        if ask.visitor.may_here(form.name, territory_id)
    )


def taken_alone(ask: Asking, territory_ids: Iterable[UUID] | None) -> tuple[Message, ...]:
    """What the pages tell until a second person confirms it: who took the role of pilot alone (R33), and where."""
    places = ask.register.territories.values() if territory_ids is None else _known(ask, territory_ids)
    return tuple(
        Message(
            "watch",
            Phrase(
                "page.roles.taken-alone",
                {
                    "person": ask.person(one.person_id) or ask.texts.t("page.erased"),
                    "role": one.role,
                    "territory": place.name,
                    "on": one.starts_on,
                },
            ),
        )
        for place in places
        for one in place.assignments
        if one.awaits_confirmation and one.holds_on(ask.today)
    )


def _known(ask: Asking, territory_ids: Iterable[UUID]) -> Iterable[Territory]:
    return (place for one in territory_ids if (place := ask.register.territories.get(one)) is not None)
