"""Samples of the pages of a plan, with invented facts."""

from __future__ import annotations

from datetime import date
from typing import Any

from api.pages.contexts import (
    Act,
    BrokenLine,
    Delay,
    EvidenceShown,
    JumpLink,
    NavItem,
    Phrase,
    PlanPage,
    PriorityLine,
    QuiltGroup,
    QuiltLine,
    RiverPart,
    RuleText,
    SheetEvent,
    SheetFact,
    SheetPage,
    StandingCount,
    ThreadStep,
    WhyPage,
)
from api.pages.plan.timeline import Timeline
from api.pages.river_narrow import narrow
from api.pages.river_pieces import Current, ForumBox, Heard, RiverWords, Unanswered
from api.pages.river_wide import wide
from tests.api.matrix_samples import OWN, PARENTING

TODAY = date(2026, 6, 12)
HERE = "/t/200072320/plan"
YEARS = Timeline.around((date(2025, 1, 1), date(2028, 12, 31)))


def act(name: str) -> Act:
    """An act of the plan."""
    return Act(Phrase(f"command.{name}"), f"/conventions/c1/actes/{name}")


def line(standing: str, title: str | None, first: date, last: date, number: str | None = None) -> QuiltLine:
    """A sheet that stands in some way."""
    kind = {"done": "done", "not-started": "waits", "aside": "aside"}.get(standing, "runs")
    late = (TODAY - last).days
    return QuiltLine(
        standing,  # type: ignore[arg-type]  # one of them
        number,
        title,
        f"{HERE}/{number or 'a1b2c3d4'}",
        "CC Val de Gers",
        first,
        last,
        Phrase(f"page.plan.is-{standing}"),
        Phrase("page.plan.late-since", {"delay": Delay(late)}) if late > 0 else Phrase("page.plan.until", {"on": last}),
        YEARS.bar(first, last, kind, TODAY, late_from=last if late > 0 else None),
        f"/t/200072320/partenaires/{number or 'p1'}",
        Phrase("page.plan.why-NOT_DONE", {"day": "30 mars 2026"}) if late > 0 else None,
        anchor=f"sheet-{standing}-{number}",
    )


LINES = (
    line("late", "Relais petite enfance itinérant", date(2025, 3, 1), date(2026, 3, 30), "1.1"),
    line("watch", "Halte du samedi", date(2025, 9, 1), date(2027, 3, 30), "1.2"),
    line("on-time", None, date(2025, 9, 1), date(2027, 3, 30)),
    line("not-started", "Navette", date(2027, 1, 1), date(2028, 3, 30), "1.4"),
    line("done", "Café des parents", date(2025, 1, 10), date(2025, 12, 30), "1.5"),
    line("aside", "Un guichet", date(2025, 1, 10), date(2025, 12, 30), "1.6"),
)


def counts(*standings: str, href: str = "") -> tuple[StandingCount, ...]:
    """One sheet that stands in each of some ways."""
    return tuple(
        StandingCount(one, 1, Phrase(f"page.plan.are-{one}", {}, 1), href, bool(href) and place == 1, 10.0 * place, 10)  # type: ignore[arg-type]
        for place, one in enumerate(standings)
    )


def plan(*, as_table: bool = False) -> PlanPage:
    """Sheets that stand in all ways, under a priority that rests on a waiver."""
    return PlanPage(
        territory="CC Val de Gers",
        question=Phrase("page.plan.question", {}, len(LINES)),
        answer=(
            Phrase("page.plan.moves-most", {"what": (Phrase("page.plan.part-on-time", {}, 2),)}),
            Phrase("page.plan.answer-not-validated"),
        ),
        pressing=Phrase("page.plan.press", {"what": (Phrase("page.plan.part-late", {}, 1),)}),
        sheets=len(LINES),
        counts=counts("late", "watch", "on-time", "not-started", "done", "aside", href=f"{HERE}?etat=faites"),
        views=(NavItem(Phrase("page.plan.view-table"), f"{HERE}?vue=tableau", as_table),),
        orders=(NavItem(Phrase("page.plan.by-priority"), HERE, True),),
        head=YEARS.head(TODAY),
        groups=(
            QuiltGroup(
                "sheets-1",
                "Aller vers les familles isolées",
                len(LINES),
                counts("late", "watch"),
                LINES[:2],
                LINES[2:],
                counts("on-time", "not-started", "done", "aside"),
            ),
            QuiltGroup("sheets-2", None, 1, (), (), LINES[:1], counts("on-time"), unfolded=True)
            if as_table
            else QuiltGroup("sheets-2", Phrase("page.plan.state-done"), 0, (), (), (), ()),
        ),
        as_table=as_table,
        priorities=(
            PriorityLine(
                "Aller vers les familles isolées",
                (PARENTING, OWN),
                1,
                date(2024, 11, 12),
                Phrase("page.meeting", {"body": "Comité de pilotage", "on": date(2024, 11, 12)}),
                ("C1",),
                6,
                f"{HERE}#sheets-1",
                "/t/200072320/journal#9",
                (RuleText("R06", "Le thème d’une priorité est croisé par les forums."),),
            ),
        ),
        diagnosis_href="/t/200072320/diagnostic",
        priority_acts=(act("choose-priority"),),
        plan_acts=(act("draft-action-sheet"), act("validate-action-plan")),
    )


def sheet(*, bare: bool = False) -> SheetPage:
    """A late sheet whose thread is cut; bare: one whose priority is withdrawn, its title erased."""
    late = LINES[0]
    return SheetPage(
        territory="CC Val de Gers",
        number=None if bare else late.number,
        title=None if bare else late.title,
        standing="aside" if bare else "late",
        standing_said=Phrase("page.plan.is-aside" if bare else "page.plan.is-late"),
        answer=(Phrase("page.sheet.stands-NOT_DONE", {"delay": Delay(74)}),),
        plan_href=HERE,
        priority=None if bare else "Aller vers les familles isolées",
        priority_href=f"{HERE}#sheets-1",
        facts=(
            SheetFact(Phrase("page.sheet.who"), "CC Val de Gers", "/t/200072320/partenaires/1"),
            SheetFact(
                Phrase("page.sheet.until"),
                Phrase("page.sheet.day", {"on": late.ends_on}),
                "",
                Phrase("page.sheet.started", {"on": late.starts_on}),
            ),
        ),
        line=late,
        head=YEARS.head(TODAY),
        thread=()
        if bare
        else (
            ThreadStep(Phrase("page.thread.finding"), None, "/t/200072320/diagnostic#finding-1.1"),
            ThreadStep(Phrase("page.thread.forum"), Phrase("page.broken.NO_FORUM"), missing=True),
            ThreadStep(
                Phrase("page.thread.priority"),
                "Aller vers les familles isolées",
                f"{HERE}#priority-1",
                Phrase("page.thread.chosen", {"on": date(2024, 11, 12)}),
            ),
            ThreadStep(Phrase("page.thread.action"), late.title, here=True),
        ),
        history=(
            SheetEvent(
                date(2025, 1, 20),
                "La fiche est rédigée.",
                "/t/200072320/journal#1",
                (EvidenceShown("Fiche", "3f5a" * 16, "/fichiers/1"),),
            ),
        ),
        history_more=0 if bare else 3,
        previous=None if bare else JumpLink("Halte du samedi", f"{HERE}/1.2"),
        following=JumpLink("Navette", f"{HERE}/1.4"),
        acts=() if bare else (act("draft-action-sheet"),),
    )


def why(*, whole: bool = False) -> WhyPage:
    """A river with a broken link of each kind that has an act; whole: one where money and results are known."""
    heard = (Heard("Deux cars par jour vers Auch", "/t/200072320/diagnostic#finding-1.1", 0),)
    full: dict[str, Any] = (
        {
            "bare": 1,
            "bare_word": "1 fiche sans argent",
            "money_word": "96 000 €",
            "money_beside": "dont 80 % fermes",
            "firm": 0.8,
            "measured": 0.5,
            "result_word": "1 sur 2",
            "reached": 1,
            "targets": 2,
            "unmeasured_word": "sans mesure",
        }
        if whole
        else {}
    )
    current = Current("Se déplacer sans voiture", f"{HERE}#priority-1", heard, 3, 3, "3 fiches", **full)
    heads = tuple((f"Colonne {at}", "ce qui y est") for at in range(6))
    forums = (ForumBox("Mobilité", "35 personnes", "/t/200072320/diagnostic#forum-1"),)
    loose = Unanswered(Heard("Foyers fermés le soir", f"{HERE}#2", 0), True, "sans priorité", "depuis 17 mois")
    place = (JumpLink("Foyers fermés le soir", f"{HERE}#2"),)
    return WhyPage(
        territory="CC Val de Gers",
        answer=(Phrase("page.river.sheets", {}, 3),),
        missing=Phrase("page.river.missing", {"what": (Phrase("page.river.lacks-NO_PRIORITY", {}, 1),)}, 1),
        views=(NavItem(Phrase("page.plan.view-why"), f"{HERE}/pourquoi", True),),
        river=wide((current,), (loose,), forums, RiverWords(heads)),
        parts=(
            RiverPart(None, f"{HERE}#priority-1", narrow(current, 3), (Phrase("page.river.count", {}, 3), "96 000 €")),
        ),
        broken=(
            BrokenLine(Phrase("page.broken.NO_PRIORITY"), place, 3, Delay(520), act("choose-priority")),
            BrokenLine(Phrase("page.broken.NO_FORUM"), place, 0, Delay(20)),
        ),
        by_money=whole,
        with_results=whole,
    )


def samples() -> dict[str, tuple[str, object]]:
    """Every state that changes the shape of these pages."""
    nothing = (Phrase("page.plan.answer-priorities", {}, 0),)
    return {
        "plan": ("plan.html", plan()),
        "plan-as-table": ("plan.html", plan(as_table=True)),
        "plan-bare": ("plan.html", PlanPage("CC du Savès", Phrase("page.plan.question", {}, 0), nothing)),
        "why": ("why.html", why()),
        "why-whole": ("why.html", why(whole=True)),
        "why-bare": ("why.html", WhyPage("CC du Savès", (Phrase("page.river.nothing"),))),
        "sheet": ("sheet.html", sheet()),
        "sheet-bare": ("sheet.html", sheet(bare=True)),
    }
