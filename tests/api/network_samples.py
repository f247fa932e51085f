"""The three pages of a convention of objectives and means, as templates get them."""

from __future__ import annotations

from datetime import date
from typing import Any

from api.pages.contexts import Act, HeadingLine, Phrase
from api.pages.contexts.decisions import KeptShown
from api.pages.contexts.delegations import DelegationsShown
from api.pages.contexts.network import (
    AimLine,
    ControlPage,
    DelegationPage,
    LocalDelegations,
    MeansLine,
    NetworkHead,
    ReportLine,
    StrategyPage,
)


def _head(shown: str) -> NetworkHead:
    parts = ("strategie", "delegation", "controle")
    return NetworkHead(
        "Convention-cadre du Gers",
        Act(Phrase("page.nav.framework", {"years": "2023-2027"}), "/cadre/32-2023-2027"),
        tuple(Act(Phrase(f"page.network.part.{one}"), "" if one == shown else f"/cadre/x/{one}") for one in parts),
        (Phrase("page.network.late", {"of": 2}, 1),),
    )


def samples() -> dict[str, tuple[str, Any]]:
    """Each page full, and as it is before anything was done."""
    kept = KeptShown(Phrase("page.decisions.kept", {"taken": 2}, 1), (), 1, 2)
    reports = (
        ReportLine("Val de Gers", "/t/1", "late", date(2026, 3, 5), "/t/1/bilans", False, 1, 2, "/t/1/comite", 1),
        ReportLine("Savès", "/t/2", "on-time", None, "/t/2/bilans", False, 0, 0, "/t/2/comite", 0),
        ReportLine("Artagnan", "/t/3", "late", None, "/t/3/bilans", True, 0, 1, "/t/3/comite", 0),
    )
    aims = (AimLine("parentalité", ("Savès", "Val de Gers"), 3, 12, 4, 1), AimLine("mobilité", ("Savès",), 1, 2, 0, 0))
    means = (MeansLine("POST", 2, 1, 4_500_000), MeansLine("DATA", 1, 0, None))
    local = (LocalDelegations("Savès", "/t/2/partenaires#delegations", 1, 3, 1),)
    return {
        "network_strategy": (
            "network_strategy.html",
            StrategyPage(_head("strategie"), (HeadingLine("ENDS", "Coordonner"),), aims, 2, means, "/cadre/x#pledges"),
        ),
        "network_strategy_empty": (
            "network_strategy.html",
            StrategyPage(_head("strategie"), (), (), 0, (), "/cadre/x"),
        ),
        "network_delegation": ("network_delegation.html", DelegationPage(_head("delegation"), _delegated(), local, 2)),
        "network_control": (
            "network_control.html",
            ControlPage(_head("controle"), kept, (), "/cadre/x/decisions", (), "/cadre/x#pledges", reports, 1),
        ),
        "network_control_empty": (
            "network_control.html",
            ControlPage(_head("controle"), None, (), "/cadre/x/decisions", (), "/cadre/x#pledges", (), 0),
        ),
    }


def _delegated() -> DelegationsShown:
    return DelegationsShown((), (), (Act(Phrase("command.grant-delegation"), "/pilotage/x/actes/grant-delegation"),))
