"""The Lomagne: a convention signed before its plan, and a forum to hold again."""

from __future__ import annotations

from ctg_engine.demo.chapter import Chapter
from ctg_engine.demo.references import CAF, CPAM, DEPARTMENT, HOLDER, MSA, asset, constraint


def lomagne_gersoise(tell: Chapter) -> None:
    """The convention was signed first and is in force; its plan is still to be written."""
    tell.opens(
        "2025-04-07", "2025-01-01", optional=(DEPARTMENT,),
        why="Signer la convention d’abord, pour ne pas perdre le bonus territoire ; le plan suivra le diagnostic.",
    )  # fmt: skip
    tell.engages("2025-05-20", "Délibération d’engagement de mai 2025")
    only = tell.convention_only
    tell.mandate(CAF, "BOARD_DELEGATION", "2025-05-27", covers=only)
    tell.mandate(HOLDER, "COMMUNITY_COUNCIL", "2025-06-05", "2025-06-12", reference="Délibération 2025-52", covers=only)
    tell.mandate(DEPARTMENT, "STANDING_COMMITTEE", "2025-06-13", "2025-06-19", covers=only)
    tell.signs("2025-06-26", CAF, HOLDER, DEPARTMENT, covers=only)
    tell.shares_diagnosis(
        "2025-11-13",
        constraint(
            "HEALTH", "Un médecin traitant sur deux aura plus de soixante ans en 2027 entre Fleurance et Lectoure."
        ),
        constraint("CHILDHOOD", "Les centres de loisirs refusent des enfants le mercredi dès la mi-septembre."),
        asset("HEALTH", "Deux maisons de santé dont les équipes sortent volontiers de leurs murs."),
        asset("CULTURE", "Les arts et les jardins attirent des familles qui s’installent."),
        report="Diagnostic de la Lomagne gersoise",
        recipients=(CAF, HOLDER, DEPARTMENT, CPAM),
        surveyed=264,
        interviewed=19,
    )
    tell.holds_forum(
        "2026-01-22", "sante", "HEALTH", (18, 7, 13),
        "Des consultations avancées à Miradoux et Saint-Clar avec les internes.",
        place="Fleurance, maison de santé",
    )  # fmt: skip
    tell.holds_forum(
        "2026-03-05", "mercredis", "CHILDHOOD", (9, 6, 21),
        "Ouvrir les cantines d’école le mercredi pour agrandir les centres.",
        place="Lectoure, école élémentaire", form="WORKSHOP",
    )  # fmt: skip
    (review,) = tell.committee(
        "2026-03-24",
        18,
        ("REVIEW_VALIDATED", "Bilan de la première année : la convention vit, le plan reste à écrire."),
    )
    tell.reviews(2025, review, "", 6, "Une année de diagnostic ; le plan d’actions est attendu à l’automne 2026.")
    health, wednesdays = tell.committee(
        "2026-04-16", 20,
        ("PRIORITY_CHOSEN", "Faire venir le soin là où il n’y en a plus."),
        ("PRIORITY_CHOSEN", "Accueillir tous les enfants le mercredi."),
    )  # fmt: skip
    tell.chooses(health, "sante", "HEALTH", "Rapprocher le soin des villages", findings="f1 f3", rank=1)
    tell.chooses(wednesdays, "mercredi", "CHILDHOOD", "Une place pour chaque enfant le mercredi", findings="f2", rank=2)


def bastides_de_lomagne(tell: Chapter) -> None:
    """A forum on parenting was held without a single user: the priority waits for a second one."""
    tell.opens("2025-06-16", "2026-01-01", optional=(DEPARTMENT, MSA, "Mauvezin"))
    tell.engages("2025-07-03", "Lettre d’engagement des Bastides de Lomagne")
    tell.shares_diagnosis(
        "2025-12-11",
        constraint(
            "PARENTING", "Les parents d’adolescents disent ne savoir à qui parler avant que la situation ne casse."
        ),
        constraint("ACCESS_TO_RIGHTS", "Aucun accueil de la Caf ni de la CPAM à moins de trente minutes de Mauvezin."),
        asset("SOCIAL_LIFE", "Des tiers-lieux tenus par des habitants à Cologne et à Saint-Clar."),
        report="Diagnostic des bastides",
        channel="ONLINE",
        surveyed=204,
    )
    tell.holds_forum(
        "2026-02-26", "guichets", "ACCESS_TO_RIGHTS", (12, 5, 9),
        "Une permanence tournante dans les tiers-lieux.",
        place="Cologne, sous la halle", cells="TO PO UO", shared_after=8,
    )  # fmt: skip
    tell.holds_forum(
        "2026-04-21", "parents-ados", "PARENTING", (9, 4, 0),
        "Un groupe de parole est envisagé ; personne pour dire ce que les parents en attendent.",
        place="Mauvezin, médiathèque", cells="TO TD PO PD", shared_after=13,
    )  # fmt: skip
    (parents,) = tell.committee(
        "2026-05-19", 12,
        ("PRIORITY_CHOSEN", "Le comité souhaite retenir le soutien aux parents d’adolescents."),
        approved_after=None,
    )  # fmt: skip
    tell.chooses(
        parents, "parents", "PARENTING", "Épauler les parents d’adolescents",
        findings="f1", rank=1, refused=("priority-without-forum",),
    )  # fmt: skip
    tell.convenes_forum(
        "2026-06-02", "parents-ados-2", "2026-06-25", "PARENTING", "Saint-Clar, tiers-lieu, à 20 heures",
        invited="2026-06-03", coming=("2026-06-12", (5, 2, 0)),
    )  # fmt: skip
