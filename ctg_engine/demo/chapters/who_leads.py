"""Who leads and who advises in three territories: shared after a partner said otherwise, coordinated by the union of
CCAS, or still contested where the story stops."""

from __future__ import annotations

from ctg_engine.demo.cast import MAYORS
from ctg_engine.demo.chapter import Chapter
from ctg_engine.demo.references import CAF, HOLDER, MSA, UDCCAS


def valdegers(tell: Chapter) -> None:
    """The Caf leads on small children; the communauté, which employs who receives families, leads too."""
    tell.leads("2025-07-15", CAF, "EARLY_CHILDHOOD")
    tell.wants_to_lead(
        "2025-09-23", "EARLY_CHILDHOOD", HOLDER, tell.cast.chair, "SHARE",
        "La communauté emploie l’animatrice du relais et reçoit les familles chaque semaine.",
    )  # fmt: skip
    tell.settles_lead(
        "2025-11-06", "EARLY_CHILDHOOD", HOLDER, "SHARED",
        "La Caf suit les places et leur financement, la communauté l’accueil des familles.",
    )  # fmt: skip
    tell.recommends(
        "2025-03-25", "referents", MSA, HOLDER, "ORGANISATION",
        "Nommer dans chaque mairie quelqu’un à qui les aidants peuvent s’adresser.", "f3",
    )  # fmt: skip
    tell.answers_advice(
        "2025-05-06", "referents", "IN_PART", "D’abord dans les neuf mairies qui ont un accueil chaque jour."
    )
    tell.has_followed("2026-02-03", "referents", "Neuf mairies ont affiché le nom de leur référente.")
    tell.tries(
        "2025-09-17", "1.1", "Une navette le mardi matin, trois semaines, de Masseube à Auch",
        "2025-09-23", "2025-10-14", "CHANGE",
        "Le retour doit attendre la dernière consultation : partir à midi, pas à onze heures.", 23,
    )  # fmt: skip


def grand_auch(tell: Chapter) -> None:
    """The union of CCAS assembles what everybody does for access to rights."""
    tell.coordinates("2024-02-20", UDCCAS, "ACCESS_TO_RIGHTS")


def artagnan(tell: Chapter) -> None:
    """Who leads on culture is not settled yet."""
    tell.leads("2025-01-28", HOLDER, "CULTURE")
    tell.wants_to_lead(
        "2026-06-04", "CULTURE", "Vic-Fezensac", MAYORS["Vic-Fezensac"], "HOLD",
        "Quatre spectacles sur six se jouent à Vic-Fezensac, dans nos salles et avec nos agents.",
    )  # fmt: skip
