"""The page of results and that of one indicator, with invented facts: what the template tests render."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from api.pages.contexts import Act, EvidenceShown, NextAct, Phrase
from api.pages.contexts.results import (
    IndicatorPage,
    MeasureLine,
    ResultCard,
    ResultsPage,
    SatisfactionLine,
    SeriesLine,
    ShareShown,
    TermLineShown,
    VersionLine,
)
from api.pages.target_picture import Drawn, TargetPicture, target_picture
from projections.how_far_a_target_is import Point

HERE = "/t/200072320"
PAPER = EvidenceShown("Tableau de bord 2025", "c" * 64)


def _act(name: str) -> Act:
    return Act(Phrase(f"command.{name}"), f"{HERE}/actes/{name}")


def _picture(**more: object) -> TargetPicture:
    drawn = {
        "since": date(2024, 1, 10),
        "start": Point(date(2023, 12, 31), Decimal(46)),
        "values": [Point(date(2024, 12, 31), Decimal(47)), Point(date(2025, 12, 31), Decimal("48.5"))],
        "targets": [Point(date(2026, 12, 31), Decimal(52)), Point(date(2028, 12, 31), Decimal(58))],
        "seen": Point(date(2025, 12, 31), Decimal("49.5")),
        "seen_now": Decimal("48.5"),
        "limits": [Decimal(47)],
        "kept": False,
        "rises": True,
        "target_word": "cible",
        "none_word": "aucune mesure",
        **more,
    }
    made = target_picture(Drawn(**drawn), str)  # type: ignore[arg-type]
    assert made is not None
    return made


SLOW = ResultCard(
    "Places d’accueil pour 100 enfants",
    f"{HERE}/resultats/1",
    Phrase("indicator-unit.PER_HUNDRED"),
    "UP",
    "watch",
    Phrase("page.results.SLOW.UP"),
    "48,5",
    "58",
    _picture(),
    Phrase("page.results.seen-corrected", {"value": Decimal("49.5")}),
)
UNMEASURED = ResultCard(
    "Aidants reçus en halte-répit",
    f"{HERE}/resultats/2",
    Phrase("page.literal", {"text": "personnes"}),
    "UP",
    "not-started",
    Phrase("page.results.UNMEASURED", {"on": date(2026, 12, 31)}),
    "",
    "60",
    _picture(start=None, values=[], seen=None, seen_now=None),
    None,
    _act("record-measure"),
)
KEPT = ResultCard(
    "Tarif moyen d’un repas porté",
    f"{HERE}/resultats/3",
    Phrase("indicator-unit.EUROS"),
    "DOWN",
    "done",
    Phrase("page.results.KEPT.DOWN"),
    "8,9",
    "9,5",
    _picture(kept=True, rises=False, targets=[Point(date(2028, 12, 31), Decimal(40))]),
    Phrase("page.results.seen", {"value": Decimal("8.9")}),
)
AIMLESS = ResultCard(
    None, f"{HERE}/resultats/4", Phrase("indicator-unit.DAYS"), "DOWN", None, Phrase("page.results.NO_TARGET"), "", "",
    None, None,
)  # fmt: skip


def _survey(shares: tuple[ShareShown, ...], why: Phrase | None) -> SatisfactionLine:
    return SatisfactionLine(
        "Les horaires vous conviennent-ils ?",
        "Les parents des crèches",
        "ONLINE",
        date(2025, 11, 20),
        Phrase("page.results.answers-of", {"asked": 60}, 24),
        shares,
        why,
        "Le soir surtout.",
        f"{HERE}/journal#3",
        Phrase("page.results.satisfied", {"percent": 75}) if shares else None,
        (PAPER,),
    )


def results() -> ResultsPage:
    """Targets in every state, a survey that is told and one of a few answers."""
    shares = (
        ShareShown("SATISFIED", 0, 75, Phrase("page.results.share", {"opinion": "plutôt satisfaits", "percent": 75})),
        ShareShown("UNSATISFIED", 75, 25, Phrase("page.results.share", {"opinion": "pas satisfaits", "percent": 25})),
    )
    return ResultsPage(
        territory="CC Val de Gers",
        answer=(Phrase("page.results.answer", {"total": 3}, 1), Phrase("page.results.answer-UNMEASURED", {}, 1)),
        cards=(SLOW, UNMEASURED, KEPT, AIMLESS),
        more=5,
        series=(
            SeriesLine(
                SLOW.title,
                SLOW.href,
                SLOW.status,
                SLOW.word,
                Phrase("page.results.at", {"value": Decimal(46), "year": "2023"}),
                (Phrase("page.results.at", {"value": Decimal("48.5"), "year": "2025"}),),
                SLOW.seen,
                (Phrase("page.results.at", {"value": Decimal(58), "year": "2028"}),),
            ),
            SeriesLine(None, AIMLESS.href, None, AIMLESS.word, None, (), None, ()),
        ),
        seen_on=date(2026, 3, 12),
        satisfaction=(_survey(shares, None), _survey((), Phrase("page.results.few-answers"))),
        satisfaction_acts=(_act("record-satisfaction"),),
        acts=(_act("define-indicator"), _act("record-measure")),
    )


def indicator() -> IndicatorPage:
    """An indicator with a value that stands, one that waits, one that was replaced, and two definitions."""
    return IndicatorPage(
        territory="CC Val de Gers",
        card=SLOW,
        answer=(Phrase("page.indicator.answer-none"), Phrase("page.indicator.due", {"on": date(2026, 12, 31)})),
        back_href=f"{HERE}/resultats",
        definition=(
            TermLineShown(Phrase("page.indicator.owner"), "Caf du Gers", f"{HERE}/partenaires/1"),
            TermLineShown(Phrase("page.indicator.source"), "Enquête de la Caf"),
        ),
        sheets=(TermLineShown(Phrase("page.sheet"), "Relais itinérant", f"{HERE}/plan#sheet-1"),),
        measures=(
            MeasureLine(
                Phrase("page.indicator.on", {"on": date(2025, 12, 31)}),
                Phrase("page.indicator.value-of", {"value": Decimal("48.5"), "total": 120}),
                "PROPOSED",
                "watch",
                (Phrase("measure-method.COUNT"), Phrase("page.indicator.sample", {}, 40)),
                "Les crèches ont rouvert.",
                (),
                f"{HERE}/journal#4",
                (PAPER,),
                (_act("answer-measure"),),
            ),
            MeasureLine(
                Phrase("page.indicator.period", {"start": date(2024, 1, 1), "end": date(2024, 12, 31)}),
                Phrase("page.indicator.in-words"),
                "REVISED",
                None,
                (),
                None,
                ("Une place comptée deux fois.",),
                f"{HERE}/journal#5",
            ),
        ),
        versions=(
            VersionLine(2, date(2025, 1, 10), "Le comité a revu son ambition.", f"{HERE}/journal#6"),
            VersionLine(1, date(2024, 1, 10), None, f"{HERE}/journal#7"),
        ),
        retired_because="Plus personne ne s’en sert.",
        acts=(_act("record-measure"),),
    )


def samples() -> dict[str, tuple[str, object]]:
    """Every state that changes the shape of the two pages."""
    first = NextAct(Phrase("missing.engagement"), "not-started")
    return {
        "results": ("results.html", results()),
        "results-bare": (
            "results.html",
            ResultsPage("CC du Savès", (Phrase("page.results.answer-none"),), first=first),
        ),
        "indicator": ("indicator.html", indicator()),
        "indicator-bare": (
            "indicator.html",
            IndicatorPage(
                "CC du Savès", AIMLESS, (Phrase("page.indicator.answer-none"),), f"{HERE}/resultats", (), (), (), ()
            ),
        ),
    }
