"""The Armagnac and the Ténarèze: conventions in force, each by its own road, and a plan being written."""

from __future__ import annotations

from ctg_engine.demo.chapter import Chapter
from ctg_engine.demo.references import CAF, CPAM, DEPARTMENT, HOLDER, MSA, UDCCAS, asset, constraint


def tenareze(tell: Chapter) -> None:
    """The oldest: in force since 2024, two reviews in time."""
    tell.opens("2023-02-06", "2024-01-01", optional=(DEPARTMENT, MSA, CPAM))
    tell.engages("2023-02-21", "Lettre d’engagement de la Ténarèze", partners=(CAF, HOLDER, MSA, CPAM))
    tell.shares_diagnosis(
        "2023-06-29",
        constraint(
            "SENIORS_CARERS",
            "Quatre habitants sur dix ont plus de soixante ans ; la moitié vit seule dans une grande maison.",
        ),
        constraint("HEALTH", "Les dépistages sont deux fois moins suivis que dans le reste du département."),
        asset("SENIORS_CARERS", "Les clubs d’aînés de Condom et de Montréal connaissent presque tout le monde."),
        report="Analyse des besoins sociaux de la Ténarèze",
        recipients=(CAF, HOLDER, DEPARTMENT, MSA, CPAM),
        interviewed=52,
    )
    tell.holds_forum(
        "2023-09-14", "vieillir", "SENIORS_CARERS", (13, 8, 25),
        "Aller voir chez elles les personnes qu’on ne voit plus.",
        place="Condom, salle Saint-Michel",
    )  # fmt: skip
    tell.holds_forum(
        "2023-10-05", "prevention", "HEALTH", (15, 4, 12),
        "Proposer le dépistage à la sortie des lotos et des marchés.",
        place="Valence-sur-Baïse, halle",
    )  # fmt: skip
    ageing, health = tell.committee(
        "2023-11-16", 16,
        ("PRIORITY_CHOSEN", "Vieillir chez soi sans être seul."),
        ("PRIORITY_CHOSEN", "Aller vers les habitants pour la prévention."),
    )  # fmt: skip
    tell.chooses(
        ageing, "vieillir", "SENIORS_CARERS", "Vieillir chez soi sans être seul",
        findings="f1 f3", rank=1, ends="TERRITORIALISE_OFFER",
    )  # fmt: skip
    tell.chooses(
        health, "prevention", "HEALTH", "Porter la prévention sur les places et dans les fêtes", findings="f2", rank=2
    )
    tell.plans_its_table()
    tell.follows_its_indicators("2024-01-16")
    tell.counts_its_means("2024-01-23")
    (plan,) = tell.committee("2024-02-08", 15, ("PLAN_VALIDATED", "Le plan est validé sans réserve."))
    tell.validates_plan(plan)
    tell.mandate(MSA, "BOARD", "2024-02-20")
    tell.mandate(CPAM, "DIRECTOR", "2024-02-26")
    tell.mandate(HOLDER, "COMMUNITY_COUNCIL", "2024-02-27", "2024-03-05", reference="Délibération 2024-12")
    tell.mandate(CAF, "BOARD", "2024-03-05")
    tell.mandate(DEPARTMENT, "STANDING_COMMITTEE", "2024-03-08", "2024-03-15")
    tell.signs("2024-03-28", CAF, HOLDER, DEPARTMENT, MSA, CPAM)
    (first,) = tell.committee("2025-03-13", 17, ("REVIEW_VALIDATED", "Le bilan 2024 est adopté."))
    tell.reviews(
        2024, first, None, 22,
        "Quarante-trois visiteurs formés ; le bus a fait douze marchés.", published="2025-03-20",
    )  # fmt: skip
    (second,) = tell.committee(
        "2026-03-12", 18, ("REVIEW_VALIDATED", "Le bilan 2025 est adopté ; le bus de dépistage sera prolongé.")
    )
    tell.reviews(
        2025, second, None, 29,
        "Soixante et onze logements adaptés ; les dépistages rejoignent la moyenne du département.",
        published="2026-03-18",
    )  # fmt: skip


def armagnac_adour(tell: Chapter) -> None:
    """In force since 2025. One forum reached the register eight weeks late; the committee waived one crossing."""
    tell.opens("2024-02-05", "2025-01-01")
    tell.engages("2024-02-20", "Délibération d’engagement d’Armagnac Adour")
    tell.shares_diagnosis(
        "2024-07-04",
        constraint("DIGITAL_INCLUSION", "Un ménage sur cinq renonce à une démarche parce qu’elle est en ligne."),
        constraint("EARLY_CHILDHOOD", "La micro-crèche de Riscle affiche complet jusqu’en 2026."),
        constraint("SOCIAL_SUPPORT", "Les saisonniers des vignes restent inconnus des services sociaux."),
        asset("SOCIAL_LIFE", "Une fête dans chaque village, et des comités qui prêtent leurs bras."),
        surveyed=97,
        interviewed=31,
    )
    tell.holds_forum(
        "2024-09-24", "tout-petits", "EARLY_CHILDHOOD", (10, 5, 15),
        "Deux assistantes maternelles prêtes à se regrouper à Aignan.",
        place="Riscle, salle de l’Adour",
    )  # fmt: skip
    tell.holds_forum(
        "2024-10-01", "saisonniers", "SOCIAL_SUPPORT", (9, 3, 12),
        "Une halte d’accueil pendant les vendanges, avec douche et interprète.",
        place="Viella, chai coopératif", form="PUBLIC_MEETING", recorded="2024-11-25", shared_after=58,
        why="Compte rendu retrouvé après l’absence prolongée du chargé de coopération.",
    )  # fmt: skip
    tell.holds_forum(
        "2024-10-17", "numerique", "DIGITAL_INCLUSION", (12, 6, 0),
        "Former un aidant numérique par mairie.",
        place="Aignan, mairie", cells="TO TD PO PD",
    )  # fmt: skip
    waiver, digital, childhood, seasonal = tell.committee(
        "2024-12-10", 14,
        ("WAIVER", "Le comité écarte le croisement sur le numérique : ces usagers-là ne viennent pas aux réunions."),
        ("PRIORITY_CHOSEN", "L’aide aux démarches en ligne est retenue."),
        ("PRIORITY_CHOSEN", "L’accueil des tout-petits est retenu."),
        ("PRIORITY_CHOSEN", "L’accueil des saisonniers est retenu."),
    )  # fmt: skip
    tell.waives(
        waiver, "R06", "DIGITAL_INCLUSION",
        "Les personnes éloignées du numérique ont été entendues chez elles, en entretien, une par une.",
        until="2025-06-30",
    )  # fmt: skip
    tell.chooses(
        digital, "numerique", "DIGITAL_INCLUSION", "Ne laisser personne seul devant un écran", findings="f1", rank=1
    )
    tell.chooses(childhood, "tout-petits", "EARLY_CHILDHOOD", "Ouvrir douze places d’accueil", findings="f2", rank=2)
    tell.chooses(
        seasonal, "saisonniers", "SOCIAL_SUPPORT", "Accueillir dignement les saisonniers", findings="f3 f4", rank=3
    )
    tell.plans_its_table()
    tell.counts_its_means("2025-02-18")
    (plan,) = tell.committee("2025-03-20", 13, ("PLAN_VALIDATED", "Le plan est validé."))
    tell.validates_plan(plan)
    tell.mandate(HOLDER, "COMMUNITY_COUNCIL", "2025-04-03", "2025-04-10", reference="Délibération 2025-19")
    tell.mandate(CAF, "BOARD", "2025-04-08")
    tell.mandate(MSA, "BOARD", "2025-04-17")
    tell.mandate(DEPARTMENT, "STANDING_COMMITTEE", "2025-04-25", "2025-05-02")
    tell.signs("2025-05-15", CAF, HOLDER, MSA, DEPARTMENT)
    (review,) = tell.committee("2026-03-26", 15, ("REVIEW_VALIDATED", "Le bilan 2025 est adopté."))
    tell.reviews(
        2025, review, None, 18,
        "Dix-neuf mairies sur vingt-quatre ont leur aidant ; la halte a reçu 210 saisonniers.",
    )  # fmt: skip


def bas_armagnac(tell: Chapter) -> None:
    """In force since May 2026. Nogaro, optional, signed before its deliberation could take effect."""
    tell.opens(
        "2025-01-06", "2026-01-01", optional=(DEPARTMENT, "Nogaro"),
        themes=("EARLY_CHILDHOOD", "YOUTH", "PARENTING", "HOUSING"),
    )  # fmt: skip
    tell.engages("2025-01-28", "Lettre d’engagement du Bas Armagnac")
    tell.shares_diagnosis(
        "2025-06-17",
        constraint(
            "HOUSING", "Des logements vacants au centre de Nogaro, et des familles monoparentales sans toit décent."
        ),
        constraint("YOUTH", "Les apprentis de la filière automobile ne trouvent rien à faire le soir."),
        asset("HOUSING", "Une foncière communale prête à racheter trois immeubles."),
        surveyed=121,
    )
    tell.holds_forum(
        "2025-09-04", "habiter", "HOUSING", (13, 7, 10),
        "Réhabiliter d’abord les étages au-dessus des commerces.",
        place="Nogaro, salle d’animation",
    )  # fmt: skip
    tell.holds_forum(
        "2025-10-14", "apprentis", "YOUTH", (8, 4, 23),
        "Un foyer ouvert jusqu’à 22 heures, avec une cuisine.",
        place="Nogaro, lycée professionnel", form="CO_DESIGN",
    )  # fmt: skip
    housing, youth = tell.committee(
        "2025-11-25", 15,
        ("PRIORITY_CHOSEN", "Remettre des familles dans les centres-bourgs."),
        ("PRIORITY_CHOSEN", "Une vie après l’atelier pour les apprentis."),
    )  # fmt: skip
    tell.chooses(
        housing, "habiter", "HOUSING", "Remettre des familles dans les centres-bourgs", findings="f1 f3", rank=1
    )
    tell.chooses(youth, "apprentis", "YOUTH", "Une vie sociale pour les apprentis", findings="f2", rank=2)
    tell.plans_action(
        "2026-01-13", "habiter", "Douze logements au-dessus des commerces", "Nogaro", "2026-09-01", "2029-06-30"
    )
    tell.plans_action("2026-01-13", "apprentis", "Foyer du soir des apprentis", HOLDER, "2026-10-05", "2030-07-31")
    (plan,) = tell.committee(
        "2026-03-03", 14, ("PLAN_VALIDATED", "Le plan est validé avant le renouvellement municipal.")
    )
    tell.validates_plan(plan)
    tell.mandate(CAF, "BOARD", "2026-03-10")
    tell.mandate(HOLDER, "COMMUNITY_COUNCIL", "2026-03-10", "2026-03-17", reference="Délibération 2026-08")
    tell.mandate(DEPARTMENT, "STANDING_COMMITTEE", "2026-03-27", "2026-04-03")
    tell.signs("2026-04-20", CAF, HOLDER, DEPARTMENT)
    # Adopted, but neither published nor transmitted yet on the day of the signature.
    tell.mandate("Nogaro", "MUNICIPAL_COUNCIL", "2026-04-28", reference="Délibération 2026-17")
    tell.signs(
        "2026-05-05", "Nogaro", why="Signée en mairie ; la délibération n’était pas encore transmise à la préfecture."
    )


def grand_armagnac(tell: Chapter) -> None:
    """Priorities chosen in March: the plan is to be validated by early July."""
    tell.opens("2025-03-10", "2026-01-01", optional=(DEPARTMENT, MSA, UDCCAS))
    tell.engages("2025-04-03", "Délibération d’engagement du Grand Armagnac")
    tell.shares_diagnosis(
        "2025-09-25",
        constraint(
            "INTEGRATION", "Les thermes de Cazaubon recrutent à la saison des personnes sans qualification ni suite."
        ),
        constraint("PARENTING", "Des parents isolés travaillent en horaires coupés, sans garde avant sept heures."),
        asset("INTEGRATION", "Trois employeurs d’Eauze se disent prêts à former ensemble."),
        report="Diagnostic partagé du Grand Armagnac",
        surveyed=158,
        interviewed=12,
    )
    tell.holds_forum(
        "2025-11-20", "travailler", "INTEGRATION", (14, 5, 11),
        "Enchaîner saison thermale et saison viticole dans un seul contrat.",
        place="Cazaubon, casino de Barbotan",
    )  # fmt: skip
    tell.holds_forum(
        "2026-01-13", "horaires", "PARENTING", (9, 6, 18),
        "Une garde à domicile le matin, partagée entre voisins.",
        place="Eauze, halle aux grains",
    )  # fmt: skip
    work, parents = tell.committee(
        "2026-03-03", 16,
        ("PRIORITY_CHOSEN", "Sécuriser les parcours des saisonniers."),
        ("PRIORITY_CHOSEN", "Garder les enfants aux heures où l’on travaille."),
    )  # fmt: skip
    tell.chooses(
        work, "travail", "INTEGRATION", "D’une saison à un emploi durable",
        findings="f1 f3", rank=1, ends="COMPLEMENTARITY SENSE_AND_EFFICIENCY",
    )  # fmt: skip
    tell.chooses(parents, "horaires", "PARENTING", "Concilier horaires coupés et vie de parent", findings="f2", rank=2)
    tell.plans_action(
        "2026-04-21", "travail", "Contrat commun thermes et vignes", DEPARTMENT, "2026-11-02", "2029-12-31"
    )
    tell.plans_action("2026-05-19", "horaires", "Garde partagée avant sept heures", CAF, "2027-01-04", "2030-12-31")
