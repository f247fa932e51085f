"""The south: a diagnosis under way, one that is overdue, and a territory without a convention."""

from __future__ import annotations

from ctg_engine.demo.beginnings import Former
from ctg_engine.demo.chapter import Chapter
from ctg_engine.demo.references import CAF, CPAM, DEPARTMENT, HOLDER, MSA
from domain.roles import CAF_ADVISER, ELECTED_REFERENT


def bastides_et_vallons(tell: Chapter) -> None:
    """In the last year of a first convention, the next one is prepared: engaged in January 2026, its diagnosis is to be
    shared by mid-July."""
    tell.opens(
        "2025-12-01", "2027-01-01", optional=(DEPARTMENT, MSA, CPAM),
        after=Former("2022-01-01", "2026-12-31", {"SIGNED": "2021-12-09", "IN_FORCE": "2022-01-01"}),
    )  # fmt: skip
    tell.engages("2026-01-15", "Lettre d’engagement de Bastides et Vallons", partners=(CAF, HOLDER, DEPARTMENT))
    survey, review = tell.committee(
        "2026-03-31", 13,
        ("OTHER", "Le questionnaire aux familles est repoussé d’un mois : les nouveaux élus veulent le relire."),
        ("REVIEW_VALIDATED", "Bilan 2025 de la première convention."),
        drafted_after=35, approved_after=42,
    )  # fmt: skip
    tell.is_done(survey, "2026-05-05", "Le questionnaire est parti, relu par trois élus.")
    tell.reviews(2025, review, "", 4, "L’avant-dernière année ; ce qui suit se prépare.", of_former=True)


def astarac_arros(tell: Chapter) -> None:
    """Engaged in November 2025: the diagnosis, due in early May 2026, is overdue; a first convention has ended, and
    nothing covers the territory since."""
    tell.opens(
        "2025-10-06", "2026-01-01", optional=(DEPARTMENT,),
        after=Former("2021-01-01", "2025-12-31", {"SIGNED": "2020-12-17"}),
    )  # fmt: skip
    tell.engages("2025-11-04", "Délibération d’engagement d’Astarac Arros")
    team, review = tell.committee(
        "2026-02-24", 9,
        ("OTHER", "Le cabinet retenu s’est désisté ; le diagnostic sera fait avec les agents du territoire."),
        ("REVIEW_VALIDATED", "Bilan 2025, le dernier de la première convention."),
    )  # fmt: skip
    tell.is_done(team, "2026-03-17", "Quatre agents du territoire sont désignés.")
    tell.reviews(2025, review, "", 3, "La dernière année d’une convention que rien ne suit encore.", of_former=True)


def coeur_d_astarac(tell: Chapter) -> None:
    """Followed by the framework, without a convention of its own."""
    tell.assign("2023-02-13", CAF_ADVISER, tell.cast.adviser, CAF)
    tell.assign("2023-02-13", ELECTED_REFERENT, tell.cast.referent)
