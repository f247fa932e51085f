"""The département's page: where does each territory stand, the late ones first?"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from api.pages.asking import Asking
from api.pages.contexts import (
    Act,
    BarLine,
    DeadlineLine,
    DepartmentPage,
    Fraction,
    LookFirst,
    Phrase,
    Status,
    TerritoryRow,
)
from api.pages.pictures import Tile, bar, tile_map
from api.pages.rendering import PageWords
from api.pages.view import ACT_OF_DEADLINE, WATCHED_DAYS, late_phrase
from domain.convention.state import PLAN
from projections import (
    what_is_due,
    where_conventions_stand,
    which_partners_and_places_are_known,
    which_signatures_are_missing,
    which_themes_are_crossed,
)
from projections.where_conventions_stand import Standing

NOT_COVERED = "NOT_COVERED"
SHOWN_FIRST = 4
ORDER: tuple[Status, ...] = ("late", "irregular", "watch", "not-started", "on-time", "done")
LEGAL_FORMS = ("CC ", "CA ", "CU ")
ARTICLES = ("du ", "de la ", "de l'", "de l’", "des ", "d'", "d’", "de ")


def department_page(ask: Asking) -> DepartmentPage:
    """Everything the page shows, for the territories that the visitor may read."""
    standings = where_conventions_stand.departments(ask.connection, ask.visitor.territories, ask.today)
    ids = [one.convention_id for one in standings if one.convention_id is not None]
    sheets = what_is_due.sheets(ask.connection, ids, ask.today, ask.services.holidays)
    themes = which_themes_are_crossed.crossings(ask.connection, ids)
    built = [_Territory(ask, one, sheets, themes) for one in standings]
    built.sort(key=lambda one: (ORDER.index(one.status), one.first_due, one.standing.territory_name))
    words = PageWords(ask.texts)
    covered = [one for one in built if one.standing.convention_id is not None]
    signed = sum(one.plan_signed for one in covered)
    crossed = sum(one.crossed for one in covered)
    discussed = sum(one.discussed for one in covered)
    return DepartmentPage(
        department=_name(ask, standings),
        rows=tuple(one.row for one in built),
        tile_map=tile_map(
            [
                Tile(
                    one.standing.siren,
                    _tile_name(ask, one.standing),
                    one.status,
                    words.say(Phrase(f"phase-short.{one.standing.phase}")),
                    one.href,
                )
                for one in built
            ],
            {siren: (place.column, place.row) for siren, place in ask.services.tile_places.items()},
        ),
        look_first=tuple(one.look for one in built if one.look is not None)[:SHOWN_FIRST],
        bars=(
            BarLine(
                Phrase("page.department.bar.signed"),
                Phrase("page.fraction", {"done": signed, "total": len(covered)}),
                bar(signed, max(len(covered), 1)),
                "#territories",
            ),
            BarLine(
                Phrase("page.department.bar.crossed"),
                Phrase("page.fraction", {"done": crossed, "total": discussed}),
                bar(crossed, max(discussed, 1)),
                "#territories",
            ),
        )
        if covered
        else (),
        acts=_acts(ask),
    )


def short_name(name: str) -> str:
    """The name of a territory without its legal form and its article: « Val de Gers »."""
    for form in LEGAL_FORMS:
        if name.startswith(form):
            name = name[len(form) :]
            break
    for article in ARTICLES:
        if name.lower().startswith(article):
            name = name[len(article) :]
            break
    return name[:1].upper() + name[1:]


def _tile_name(ask: Asking, standing: Standing) -> str:
    place = ask.services.tile_places.get(standing.siren)
    return place.short_name if place is not None else short_name(standing.territory_name)


def _name(ask: Asking, standings: tuple[Standing, ...]) -> str:
    """The département as a sentence begins with it."""
    codes = {one.department for one in standings}
    if len(codes) == 1 and ask.texts.has(f"department.{(code := codes.pop())}"):
        return ask.texts.t(f"department.{code}")
    return ask.texts.t("department.several")


def _acts(ask: Asking) -> tuple[Act, ...]:
    """The acts on the framework and on the register, for whoever steers it."""
    acts = []
    for framework in which_partners_and_places_are_known.frameworks(ask.connection):
        for command in ("attach-territory", "assign-framework-role", "sign-framework-convention"):
            if ask.visitor.may(command):
                acts.append(Act(Phrase(f"command.{command}"), f"/cadre/{framework.framework_id}/actes/{command}"))
    for command in ("register-partner", "register-territory", "open-framework-convention", "publish-method-profile"):
        if ask.visitor.may(command):
            acts.append(Act(Phrase(f"command.{command}"), f"/administration/actes/{command}"))
    return tuple(acts)


class _Territory:
    """One line of the table, with what decides its place."""

    def __init__(
        self,
        ask: Asking,
        standing: Standing,
        sheets: dict[UUID, tuple[what_is_due.Deadline, ...]],
        themes: object,
    ) -> None:
        self.ask = ask
        self.standing = standing
        convention_id = standing.convention_id
        self.sheet = sheets.get(convention_id, ()) if convention_id is not None else ()
        found = themes.get(convention_id, ()) if hasattr(themes, "get") and convention_id is not None else ()
        self.themes: tuple[which_themes_are_crossed.ThemeCrossing, ...] = found
        self.late = what_is_due.late(self.sheet)
        self.signatures = (
            which_signatures_are_missing.signatures(ask.connection, convention_id)
            if convention_id is not None
            else None
        )

    @property
    def href(self) -> str:
        """The convention, or the form that opens one."""
        if self.standing.convention_id is not None:
            return f"/conventions/{self.standing.convention_id}"
        if self.ask.visitor.may("open-convention", self.standing.territory_id):
            return f"/territoires/{self.standing.territory_id}/actes/open-convention"
        return "#territories"

    @property
    def crossed(self) -> int:
        """How many themes are crossed."""
        return sum(one.crossed for one in self.themes)

    @property
    def discussed(self) -> int:
        """How many themes the convention has."""
        return len(self.themes)

    @property
    def plan_signed(self) -> bool:
        """Whether every required signature of the plan counts."""
        return self.signatures is not None and bool(self.signatures.texts) and not self._missing

    @property
    def _missing(self) -> tuple[UUID, ...]:
        if self.signatures is None:
            return ()
        return next((partners for cover, partners in self.signatures.missing.items() if cover == PLAN), ())

    @property
    def _soon(self) -> what_is_due.Deadline | None:
        limit = self.ask.today + timedelta(days=WATCHED_DAYS)
        return next(
            (
                one
                for one in self.sheet
                if one.state == what_is_due.DUE_SOON or (one.state == what_is_due.PLANNED and one.due_on <= limit)
            ),
            None,
        )

    @property
    def _uncrossed(self) -> which_themes_are_crossed.ThemeCrossing | None:
        """A theme that a forum discussed without someone, while priorities are still to be chosen."""
        if self.standing.phase not in ("FORUMS", "PRIORITISATION"):
            return None
        return next((one for one in self.themes if one.counting and not one.crossed and one.waived_until is None), None)

    @property
    def _uncounted(self) -> UUID | None:
        """A partner whose signature does not count."""
        for one in self.signatures.signatories if self.signatures is not None else ():
            for given in one.signatures:
                if not given.counts and not any(one.signed_on.get(cover) for cover in given.covers):
                    return one.partner_id
        return None

    @property
    def status(self) -> Status:
        """The territory in one of the five words."""
        if self.standing.phase == NOT_COVERED:
            return "not-started"
        if self.late:
            return "late"
        missing = "PLAN_MISSING" in self.standing.flags
        if self._soon is not None or self._uncrossed is not None or self._uncounted is not None or missing:
            return "watch"
        return "on-time"

    @property
    def first_due(self) -> date:
        """What is due first decides the order within a status."""
        if self.late:
            return self.late[0].due_on
        following = what_is_due.next_deadline(self.sheet)
        return following.due_on if following is not None else date.max

    @property
    def row(self) -> TerritoryRow:
        """The line of the table."""
        standing = self.standing
        if standing.phase == NOT_COVERED:
            return TerritoryRow(standing.territory_name, standing.siren, self.href, self.status, None)
        deadline = self.late[0] if self.late else what_is_due.next_deadline(self.sheet)
        counted = None
        if self.signatures is not None and any(one.signatures for one in self.signatures.signatories):
            required = sum(one.required for one in self.signatures.signatories)
            counted = Fraction(required - len(self._missing), required, f"{self.href}#signatures")
        return TerritoryRow(
            standing.territory_name,
            standing.siren,
            self.href,
            self.status,
            standing.phase,
            standing.since,
            _months_since(standing, self.ask.today),
            self._line(deadline) if deadline is not None else None,
            Fraction(self.crossed, self.discussed, f"{self.href}#forums") if self.themes else None,
            counted,
        )

    def _what(self, deadline: what_is_due.Deadline) -> Phrase:
        if deadline.review_period is not None:
            return Phrase("milestone.REVIEW", {"period": deadline.review_period.code})
        if deadline.partner_id is not None:
            return Phrase("milestone.signature-of", {"partner": self.ask.name(deadline.partner_id)})
        return Phrase(f"deadline.{deadline.id}")

    def _line(self, deadline: what_is_due.Deadline) -> DeadlineLine:
        status: Status = "late" if deadline in self.late else "watch" if deadline == self._soon else "on-time"
        return DeadlineLine(
            deadline.id, self._what(deadline), status, deadline.due_on, days_late=deadline.days_late, href=self.href
        )

    def _act(self, command: str) -> Act | None:
        if not self.ask.visitor.may(command, self.standing.territory_id):
            return None
        return Act(Phrase(f"command.{command}"), f"{self.href}/actes/{command}")

    @property
    def look(self) -> LookFirst | None:
        """Why to look here first, and the act that ends it; None when nothing presses."""
        what: Phrase | None = None
        act: Act | None = None
        if self.late:
            first = self.late[0]
            what = late_phrase(self.ask, first, self._what(first))
            act = self._act(ACT_OF_DEADLINE[first.id]) if first.id in ACT_OF_DEADLINE else None
        elif (theme := self._uncrossed) is not None:
            missing = [Phrase(f"missing.expertise.{one.value}") for one in theme.missing_expertises]
            missing += [Phrase(f"missing.side.{one.value}") for one in theme.missing_sides]
            what = Phrase("page.decide.theme", {"theme": theme.theme, "missing": missing[0]})
            act = self._act("record-forum")
        elif (partner_id := self._uncounted) is not None:
            what = Phrase("page.look.uncounted", {"partner": self.ask.name(partner_id)})
            act = self._act("record-mandate")
        elif (soon := self._soon) is not None:
            what = Phrase("page.look.soon", {"what": self._what(soon), "due": soon.due_on})
            act = self._act(ACT_OF_DEADLINE[soon.id]) if soon.id in ACT_OF_DEADLINE else None
        elif "PLAN_MISSING" in self.standing.flags:
            what = Phrase("missing.plan")
            act = self._act("validate-action-plan")
        if what is None or self.status not in ("late", "watch"):
            return None
        return LookFirst(self.status, self.standing.territory_name, self.href, what, act)


def _months_since(standing: Standing, today: date) -> int | None:
    """The age of the convention in whole months, from its first day in force."""
    if standing.period is None or standing.period.effective_from > today:
        return None
    start = standing.period.effective_from
    return (today.year - start.year) * 12 + today.month - start.month - (today.day < start.day)
