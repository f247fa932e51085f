"""Made-up pledges and money, for the templates."""

from __future__ import annotations

from datetime import date

from api.pages.contexts import Act, EvidenceShown, JumpLink, Phrase, RuleText
from api.pages.contexts.pledges import PledgeFact, PledgeLine, PledgesShown

HERE = "/t/200072320"
PAPER = (EvidenceShown("Attestation", "0" * 64, None),)
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
