"""Made-up pledges and money, for the templates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from api.pages.contexts import Act, EvidenceShown, JumpLink, Phrase, RuleText
from api.pages.contexts.money import (
    BonusRow,
    CoverageShown,
    FunderRow,
    LineFact,
    LinesShown,
    MoneyLine,
    MoneyPage,
    PriorityRow,
    UnfundedRow,
    YearRow,
)
from api.pages.contexts.pledges import PledgeFact, PledgeLine, PledgesShown
from api.pages.money_pictures import row_parts, scissors, year_bars
from projections.what_money_there_is import YearMoney
from projections.which_money_is_written import Sums

HERE = "/t/200072320"
HAND = Sums(2_710_150, 5_230_250, 8_175_175, 3_750_150)
PAPER = (EvidenceShown("Attestation", "0" * 64, None),)
LATE = Phrase("page.money.late", {"late": 381_00, "on": date(2025, 12, 31)})
BEFORE = (Phrase("pledge-certainty.POSSIBLE"), Phrase("page.pledges.year-amount", {"year": 2025, "cents": 1_000_000}))


def act(command: str) -> Act:
    """An act by its name."""
    return Act(Phrase(f"command.{command}"), f"{HERE}/actes/{command}")


def pledge(number: int) -> PledgeLine:
    """A post that two partners pay, late, revised, delivered in part; recorded as not kept by one that is not bound."""
    return PledgeLine(
        anchor=f"pledge-{number}",
        kind="POST",
        certainty="FIRM",
        what="Un mi-temps de coordination <script>",
        partners=(JumpLink("Caf du Gers", HERE), JumpLink("MSA", HERE)),
        since=Phrase("page.pledges.since", {"on": date(2025, 3, 1)}),
        terms=(Phrase("page.pledges.quantity", {"quantity": 50, "unit": "FTE"}), Phrase("page.pledges.for-plan")),
        binding=Phrase("page.pledges.half-bound", {"partners": ["Caf du Gers"]}),
        is_binding=False,
        state="LATE",
        status="late",
        days_late=33,
        money=Phrase("page.pledges.amount-paid", {"paid": 500_000, "cents": 1_000_000}),
        years=(
            Phrase("page.pledges.year-shared", {"year": 2025, "cents": 1_000_000, "share": 400_050, "partner": "MSA"}),
        ),
        facts=(
            PledgeFact(date(2025, 4, 1), "done", Phrase("page.pledges.delivered", {"partner": "Caf"}), HERE, "Reçu."),
            PledgeFact(
                date(2025, 5, 1),
                "watch",
                Phrase("page.pledges.revised", {"partner": "Caf"}),
                HERE,
                None,
                BEFORE,
                struck=True,
            ),
            PledgeFact(
                date(2025, 6, 1),
                "irregular",
                Phrase("page.pledges.defaulted-unbound", {"partner": "MSA"}),
                HERE,
                "Poste vacant",
                rules=(RuleText("R17", "Le partenaire n’avait pas signé"),),
                evidence=PAPER,
            ),
        ),
        evidence=PAPER,
        href=HERE,
        acts=(act("record-delivery"), act("revise-pledge"), act("record-pledge-default")),
    )


def pledges(count: int) -> PledgesShown:
    """So many of them."""
    return PledgesShown(tuple(map(pledge, range(count))), (act("pledge-resource"),))


def money(count: int) -> MoneyPage:
    """The money of so many sheets, priorities and funders: late, unsure, missing."""
    years = tuple(YearMoney(2024 + number, HAND, 9_000_000, 1_000_000 * number) for number in range(5))
    bars = year_bars(years, (2026, 0.4), ("12 % versés",) * 5, (HERE,) * 5, str, str, 548)
    rows = [
        FunderRow(
            "Caf du Gers", HERE, HERE, HAND, row_parts(HAND, 20_000_000, 260, 14), "late", LATE, act("record-payment")
        )
        for _ in range(count + 4)
    ]
    fact = LineFact(
        date(2026, 2, 1),
        Phrase("page.money.said-REVISED", {"year": 2026, "cents": 50_00, "certainty": "FIRM"}),
        HERE,
        "Moitié moindre",
        evidence=PAPER,
    )
    line = MoneyLine(
        "Relais <b>", HERE, Phrase("page.money.of-sheet"), "Caf", 2026, "FIRM", 900_00, 1_00, "Loyer", False, (fact,)
    )
    priority = PriorityRow(
        Phrase("page.money.whole-plan"), HERE, HAND, 900_00, "OPENS", "late", scissors(years), "9 k€", "8 k€"
    )
    return MoneyPage(
        "CC Val de Gers",
        (Phrase("page.money.answer-late", {"late": 381_00, "since": 2025}),),
        HAND,
        row_parts(HAND, 20_000_000, 1132, 24),
        (("paid", 3_750_150, HERE), ("asked", 10_00, HERE)),
        bars,
        bars,
        tuple(YearRow(one.year, HAND, one.need_cents, one.missing_cents, HERE) for one in years),
        LATE,
        tuple(rows),
        (UnfundedRow(None, HERE, "Cias", None, 50_00, 400, act("pledge-funding")),) * count,
        (priority,) * count,
        CoverageShown(
            (Phrase("page.money.not-open", {"cents": 100}),),
            (BonusRow("Seissan", HERE, "CRECHE_PLACE", 12, date(2025, 1, 2), 3_120_000, False, HERE),),
        ),
        LinesShown((Phrase("page.money.of-year", {"year": "2026"}),), (line,) * 2, 2, HAND, HERE, HERE, HERE, (fact,)),
        (act("pledge-funding"),),
    )


def money_asked() -> MoneyPage:
    """Only the lines that an address asks for."""
    page = money(1)
    assert page.lines is not None
    return replace(page, lines=replace(page.lines, is_asked=True))
