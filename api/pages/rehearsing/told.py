"""A rehearsal in words: the same on its page and at the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.collation import alphabetical
from domain.method import MethodProfile
from domain.values import Code
from projections.engine import Register
from workflows.clashes import PUBLIC_HOLIDAY, WEEKEND, clashes
from workflows.rehearsing import MISSED, Foreseen, Rehearsal
from workflows.texts import Texts
from workflows.texts.facts import awaited

_MOVED: frozenset[Code] = frozenset({WEEKEND, PUBLIC_HOLIDAY})
"""Days off move what falls on them, so that nothing needs to be thought of."""


@dataclass(frozen=True, slots=True)
class ForeseenLine:
    """One line of the calendar to come: a message or a due day, what it is about, who is told, what to think of."""

    on: date
    kind: str
    """`REMINDER`, `ESCALATION`, `MISSED` for a due day, `DONE`."""
    what: str
    due_on: date
    to: str
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MailsLine:
    """How many mails somebody would get: in all, in the month with most of them, in each month."""

    name: str
    roles: str
    total: int
    busiest: date
    most: int
    months: tuple[tuple[date, int], ...]


class RehearsalTold:
    """Tells in one language; `name_of`: the name of a person as the reader may know it, None where it was erased;
    `by_role`: it tells the role already."""

    def __init__(
        self,
        texts: Texts,
        register: Register,
        method: MethodProfile,
        department: str,
        name_of: Callable[[UUID], str | None],
        *,
        by_role: bool = False,
    ) -> None:
        self._texts, self._register, self._method = texts, register, method
        self._department, self._name_of, self._by_role = department, name_of, by_role

    def lines(self, said: Iterable[Foreseen]) -> tuple[ForeseenLine, ...]:
        """In order; a due day stands on its own day."""
        return tuple(sorted((self._line(one) for one in said), key=lambda one: one.on))

    def mails(self, rehearsal: Rehearsal) -> tuple[MailsLine, ...]:
        """Who would get mails, those with most of them first."""
        by_person: dict[UUID, dict[date, int]] = {}
        for (person, month), count in rehearsal.mails().items():
            by_person.setdefault(person, {})[month] = count
        roles: dict[UUID, dict[Code, None]] = {}
        for one in rehearsal.messages:
            for person in one.recipients:
                roles.setdefault(person, {}).update(dict.fromkeys(one.roles))
        found = []
        for person, months in by_person.items():
            busiest = min(months, key=lambda month: (-months[month], month))
            said = self._texts.join(self._role(one) for one in roles[person])
            name = self._name_of(person) or self._texts.t("word.erased")
            found.append(
                MailsLine(name, said, sum(months.values()), busiest, months[busiest], tuple(sorted(months.items())))
            )
        return tuple(sorted(found, key=lambda one: (-one.total, alphabetical(one.name))))

    def _line(self, one: Foreseen) -> ForeseenLine:
        day = one.due_on if one.kind == MISSED else one.on
        causes = [each for each in clashes(day, self._department, self._method) if each not in _MOVED]
        return ForeseenLine(
            day,
            one.kind,
            awaited(self._texts, one.occurrence, self._register.name_of),
            one.due_on,
            self._to(one),
            tuple(self._texts.word("clash", each) for each in causes),
        )

    def _to(self, one: Foreseen) -> str:
        names = [self._name_of(person) or self._texts.t("word.erased") for person in one.recipients]
        if self._by_role:
            return self._texts.join(names)
        roles = self._texts.join(self._role(each) for each in one.roles)
        return self._texts.t("page.rehearsal.to", as_what=roles, names=self._texts.join(names)) if names else ""

    def _role(self, role: Code) -> str:
        group = f"recipient-group.{role}"
        return self._texts.t(group if self._texts.has(group) else f"role.{role}")
