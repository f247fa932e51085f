"""The east of the département, towards Toulouse: a convention that does well, one on its way, one just opened."""

from __future__ import annotations

from ctg_engine.demo.chapter import Chapter
from ctg_engine.demo.references import (
    CAF,
    CPAM,
    DEPARTMENT,
    HOLDER,
    MSA,
    UDCCAS,
    asset,
    constraint,
)


def gascogne_toulousaine(tell: Chapter) -> None:
    """Everything in time since 2024: the model of the method."""
    tell.opens("2024-01-15", "2025-01-01", optional=(DEPARTMENT, MSA, CPAM))
    tell.engages("2024-02-01", "Lettre d’engagement du 1er février 2024", partners=(CAF, HOLDER, DEPARTMENT, MSA))
    tell.shares_diagnosis(
        "2024-05-30",
        constraint(
            "EARLY_CHILDHOOD",
            "Cent vingt familles en attente d’une place à L’Isle-Jourdain, pour quarante départs par an.",
        ),
        constraint("YOUTH", "Les 12-15 ans rentrent de Toulouse avant leurs parents et n’ont nulle part où aller."),
        constraint("MOBILITY", "Le train est plein à sept heures ; les zones d’activité ne sont pas desservies."),
        asset("PARENTING", "Un réseau de parents très présents dans les écoles."),
        report="Diagnostic partagé de la Gascogne toulousaine, mai 2024",
        surveyed=538,
        interviewed=27,
    )
    tell.holds_forum(
        "2024-06-27", "places", "EARLY_CHILDHOOD PARENTING", (19, 7, 34),
        "Dire aux familles où elles en sont dans l’attente.",
        "Ouvrir deux maisons d’assistantes maternelles hors de la ville-centre.",
        place="L’Isle-Jourdain, maison de la petite enfance",
    )  # fmt: skip
    tell.holds_forum(
        "2024-08-22", "apres-college", "YOUTH", (11, 6, 29),
        "Un accueil de 16 h à 19 h dans les gymnases.",
        place="Ségoufielle, city-stade", form="WORKSHOP",
    )  # fmt: skip
    tell.holds_forum(
        "2024-10-03", "trajets", "MOBILITY", (13, 9, 20),
        "Une ligne de covoiturage entre la gare et Pujaudran.",
        place="Pujaudran, salle polyvalente",
    )  # fmt: skip
    childhood, youth, mobility = tell.committee(
        "2024-11-07", 23,
        ("PRIORITY_CHOSEN", "L’accueil du jeune enfant vient en premier."),
        ("PRIORITY_CHOSEN", "Les adolescents de la fin d’après-midi."),
        ("PRIORITY_CHOSEN", "Les trajets du quotidien."),
    )  # fmt: skip
    tell.chooses(
        childhood, "accueil", "EARLY_CHILDHOOD", "Une réponse pour chaque famille qui attend une place",
        findings="f1 f4", rank=1, ends="TERRITORIALISE_OFFER COORDINATE_AUTHORITIES",
        instead_of=("Une seule grande crèche à L’Isle-Jourdain, écartée : trop loin pour les villages du sud.",),
    )  # fmt: skip
    tell.chooses(youth, "ados", "YOUTH", "Accueillir les collégiens en fin d’après-midi", findings="f2", rank=2)
    tell.chooses(
        mobility, "trajets", "MOBILITY", "Rejoindre la gare et les emplois sans seconde voiture", findings="f3", rank=3
    )
    tell.plans_its_table()
    tell.follows_its_indicators("2025-01-14")
    tell.counts_its_means("2025-01-21")
    (plan,) = tell.committee(
        "2025-02-06", 21, ("PLAN_VALIDATED", "Le plan de dix-huit actions est validé à l’unanimité.")
    )
    tell.validates_plan(plan)
    tell.mandate(HOLDER, "COMMUNITY_COUNCIL", "2025-02-18", "2025-02-25", reference="Délibération 2025-07")
    tell.mandate(CAF, "BOARD", "2025-03-04", reference="Conseil d’administration, point 3")
    tell.mandate(DEPARTMENT, "STANDING_COMMITTEE", "2025-03-07", "2025-03-13")
    tell.mandate(MSA, "BOARD_DELEGATION", "2025-03-11")
    tell.mandate(CPAM, "DIRECTOR", "2025-03-12")
    tell.signs("2025-03-27", CAF, HOLDER, DEPARTMENT, MSA, CPAM)
    (review,) = tell.committee(
        "2026-03-05", 22, ("REVIEW_VALIDATED", "Le bilan 2025 est adopté ; le guichet commun devient permanent.")
    )
    tell.reviews(
        2025, review, None, 41,
        "Toutes les familles ont une réponse sous un mois ; trois gymnases ouverts sur quatre prévus.",
        published="2026-03-16",
    )  # fmt: skip


def arrats_gimone(tell: Chapter) -> None:
    """A priority asked for before the diagnosis was refused. The forums are held, the committee meets in July."""
    tell.opens("2025-05-05", "2026-01-01", optional=(DEPARTMENT, UDCCAS))
    tell.engages("2025-05-22", "Délibération d’engagement d’Arrats Gimone")
    (early,) = tell.committee(
        "2025-09-16",
        11,
        ("PRIORITY_CHOSEN", "Le comité voudrait retenir sans attendre la mobilité, « besoin connu de tous »."),
    )
    tell.chooses(
        early, "mobilite", "MOBILITY", "Relier Gimont, Saramon et Simorre",
        by=tell.co_pilot, why="Besoin connu de tous.",
        refused=("priority-without-diagnosis", "priority-without-forum"),
    )  # fmt: skip
    tell.shares_diagnosis(
        "2025-11-06",
        constraint("MOBILITY", "Un jeune sur quatre a refusé un stage faute de pouvoir s’y rendre."),
        constraint(
            "DISABILITY",
            "Les enfants en situation de handicap ne sont accueillis que dans un centre de loisirs sur cinq.",
        ),
        asset("DISABILITY", "Des animatrices formées et volontaires à Gimont et à Aubiet."),
        report="Diagnostic des coteaux",
        recipients=(CAF, HOLDER, DEPARTMENT, UDCCAS),
        surveyed=133,
        interviewed=21,
    )
    tell.holds_forum(
        "2026-01-29", "bouger", "MOBILITY", (10, 6, 24),
        "Deux navettes les jours de marché, une le vendredi soir.",
        place="Gimont, salle du Foirail",
    )  # fmt: skip
    tell.holds_forum(
        "2026-03-26", "accueillir", "DISABILITY", (14, 3, 11),
        "Un accompagnant volant, partagé entre cinq centres.",
        place="Aubiet, accueil de loisirs", form="WORKSHOP",
    )  # fmt: skip
    tell.holds_forum(
        "2026-05-21", "synthese", "MOBILITY DISABILITY", (8, 9, 13),
        "Les deux thèmes se rejoignent : sans transport, pas d’accueil adapté.",
        place="Saramon, lac", form="PLAYBACK",
    )  # fmt: skip


def saves(tell: Chapter) -> None:
    """Just opened: the letter of engagement is being signed."""
    tell.opens(
        "2026-05-18", "2027-01-01", optional=(DEPARTMENT, MSA), why="Vœu du conseil communautaire installé en avril."
    )
