"""Grand Auch: in force since 2024, with the largest plan."""

from __future__ import annotations

from ctg_engine.demo.chapter import Chapter
from ctg_engine.demo.references import CAF, DEPARTMENT, HOLDER, MSA, UDCCAS, asset, constraint


def grand_auch(tell: Chapter) -> None:
    """In force since 2024. The review of 2024 came late, that of 2025 in time; one signature was regularised."""
    tell.opens("2023-04-03", "2024-01-01", optional=(DEPARTMENT, MSA, UDCCAS))
    tell.engages("2023-04-18", "Délibération d’engagement de la communauté d’agglomération")
    tell.shares_diagnosis(
        "2023-10-05",
        constraint(
            "ACCESS_TO_RIGHTS",
            "À Auch, une personne sur trois reçue aux accueils ignorait une aide à laquelle elle a droit.",
        ),
        constraint(
            "PARENTING",
            "Les parents séparés du quartier du Garros ne trouvent pas de lieu neutre où rencontrer leurs enfants.",
        ),
        constraint("HOUSING", "Les jeunes en alternance attendent en moyenne quatre mois un premier logement."),
        asset("SOCIAL_LIFE", "Deux centres sociaux actifs et un réseau d’associations habitué à travailler ensemble."),
        constraint(
            "EARLY_CHILDHOOD", "Deux cents familles demandent une place d’accueil à plusieurs portes à la fois."
        ),
        constraint("YOUTH", "Le vendredi soir, rien n’est ouvert aux 14-18 ans hors du centre-ville."),
        report="Diagnostic partagé 2023, ville et villages",
        surveyed=412,
        interviewed=38,
    )
    tell.holds_forum(
        "2023-11-21", "droits", "ACCESS_TO_RIGHTS SOCIAL_LIFE", (21, 8, 17),
        "Tenir une permanence commune Caf, CPAM et Département le jour du marché.",
        "Écrire les courriers avec ceux qui les reçoivent.",
        place="Auch, salle des Cordeliers",
    )  # fmt: skip
    tell.holds_forum(
        "2023-12-07", "parents", "PARENTING EARLY_CHILDHOOD", (14, 5, 22),
        "Un lieu de rencontre ouvert le samedi, tenu à tour de rôle.",
        "Une seule demande de place pour tous les modes d’accueil.",
        place="Pavie, centre de loisirs", form="WORKSHOP",
    )  # fmt: skip
    tell.holds_forum(
        "2024-01-18", "logement", "HOUSING", (16, 9, 11),
        "Recenser les chambres chez l’habitant et garantir le bailleur.",
        place="Auch, foyer des jeunes travailleurs",
    )  # fmt: skip
    tell.holds_forum(
        "2024-01-23", "jeunes-et-aines", "YOUTH SENIORS_CARERS", (18, 7, 26),
        "Ouvrir le soir et le samedi : les jeunes comme les aînés sont seuls quand tout ferme.",
        "Grouper les trajets vers l’hôpital.",
        place="Preignan, salle des fêtes",
    )  # fmt: skip
    rights, parents, housing, children, ties, steering = tell.committee(
        "2024-02-13", 24,
        ("PRIORITY_CHOSEN", "L’accès aux droits est la première priorité de la convention."),
        ("PRIORITY_CHOSEN", "Le soutien aux parents séparés est retenu."),
        ("PRIORITY_CHOSEN", "Le logement des jeunes en formation est retenu."),
        ("PRIORITY_CHOSEN", "L’enfance et la jeunesse sont retenues ensemble."),
        ("PRIORITY_CHOSEN", "Le lien social et l’aide aux aidants sont retenus."),
        ("PRIORITY_CHOSEN", "La coopération entre partenaires est retenue."),
    )  # fmt: skip
    tell.chooses(
        rights, "droits", "ACCESS_TO_RIGHTS", "Que chacun connaisse ses droits et les obtienne",
        findings="f1 f4", rank=1, ends="COORDINATE_AUTHORITIES SENSE_AND_EFFICIENCY",
        instead_of=("Un guichet unique à l’hôtel d’agglomération, jugé trop loin des villages.",),
    )  # fmt: skip
    tell.chooses(parents, "parents", "PARENTING", "Soutenir les parents après une séparation", findings="f2", rank=2)
    tell.chooses(
        housing, "logement", "HOUSING", "Loger les jeunes en alternance près de leur formation",
        findings="f3", rank=3, ends="COMPLEMENTARITY",
    )  # fmt: skip
    tell.chooses(
        children, "enfance", "EARLY_CHILDHOOD YOUTH", "Une place pour chacun, de la crèche au lycée",
        findings="f5 f6", ends="TERRITORIALISE_OFFER",
    )  # fmt: skip
    tell.chooses(
        ties, "lien", "SOCIAL_LIFE SENIORS_CARERS", "Rompre l’isolement et soutenir les aidants", findings="f4"
    )
    tell.chooses(steering, "gouvernance", "GOVERNANCE", "Piloter ensemble et avec les habitants", findings="f4")
    tell.plans_its_table()
    tell.follows_its_indicators("2024-04-23")
    tell.counts_its_means("2024-05-14")
    (plan,) = tell.committee(
        "2024-05-23", 22, ("PLAN_VALIDATED", "Le plan de quarante-six actions est validé à l’unanimité.")
    )
    tell.validates_plan(plan)
    tell.mandate(CAF, "BOARD", "2024-06-04", reference="Conseil d’administration, point 7")
    tell.mandate(HOLDER, "COMMUNITY_COUNCIL", "2024-06-06", "2024-06-13", reference="Délibération 2024-61")
    tell.mandate(
        DEPARTMENT, "STANDING_COMMITTEE", "2024-06-14", "2024-06-20", reference="Commission permanente de juin"
    )
    tell.mandate(UDCCAS, "BOARD", "2024-06-11")
    tell.signs("2024-06-27", CAF, HOLDER, DEPARTMENT, UDCCAS, MSA)
    # The MSA had decided in time, but its decision reached the register after its signature.
    tell.mandate(
        MSA, "BOARD_DELEGATION", "2024-06-19", reference="Délégation du conseil", recorded="2024-07-18",
        why="Décision prise avant la signature, transmise un mois plus tard par la MSA.",
    )  # fmt: skip
    (late,) = tell.committee(
        "2025-05-22", 19,
        ("REVIEW_VALIDATED", "Le bilan 2024 est adopté avec retard, faute de réponses de deux porteurs d’action."),
    )  # fmt: skip
    tell.reviews(
        2024, late, None, 14,
        "La permanence du jeudi a reçu 640 personnes ; le lieu de rencontre a ouvert deux mois après la date prévue.",
        why="Deux porteurs d’action ont répondu en mai.",
    )  # fmt: skip
    tell.adjusts(
        late, "ACTION_CONTINUED", "1.5", "Poursuivre les appels, et en rendre compte à l’automne.", CAF, "2025-10-31"
    )
    tell.adjusts(
        late, "ACTION_STARTED", "2.6", "Organiser la journée des enseignants avant Noël.", DEPARTMENT, "2025-12-19"
    )
    (timely,) = tell.committee("2026-03-19", 23, ("REVIEW_VALIDATED", "Le bilan 2025 est adopté dans les délais."))
    tell.reviews(
        2025, timely, None, 31,
        "Les courriers relus sont mieux compris ; dix-sept apprentis logés, l’objectif était de quinze.",
        published="2026-03-27",
    )  # fmt: skip
    tell.adjusts(timely, "ACTION_CONTINUED", "4.5", "Finir avant l’été, sans liste d’attente.", HOLDER, "2026-07-01")
    tell.adjusts(
        timely, "TARGETS_REVISED", "3.1", "Viser quarante chambres : trente étaient déjà promises.", DEPARTMENT,
        "2026-10-30",
    )  # fmt: skip
