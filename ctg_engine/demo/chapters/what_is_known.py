"""On what knowledge three territories act: what they asked of partners, once; what they found, and what shows it; the
diagnoses that share these findings."""

from __future__ import annotations

from ctg_engine.demo.chapter import Chapter
from ctg_engine.demo.knowing import figures, words
from ctg_engine.demo.references import CAF, CPAM, DEPARTMENT, HOLDER, MOBILITY_ASSOCIATION, MSA, UDCCAS, constraint


def valdegers(tell: Chapter) -> None:
    """The analysis of social needs of Masseube uses what the convention's diagnosis found, and the other way round."""
    tell.asks(
        "2024-10-07", "accueil", CAF, "EARLY_CHILDHOOD", (2021, 2023),
        "Places d’accueil du jeune enfant et départs à la retraite prévus, par commune", "2024-11-15",
    )  # fmt: skip
    tell.asks(
        "2024-10-07", "aidants", DEPARTMENT, "SENIORS_CARERS", (2022, 2023),
        "Plans d’aide qui comprennent du répit, et jours utilisés", "2024-11-29", "FIGURES",
    )  # fmt: skip
    tell.asks(
        "2024-10-08", "consultations", CPAM, "MOBILITY", (2023, 2023),
        "Trajets parcourus pour une consultation, par commune", "2024-12-02", "MAP",
    )  # fmt: skip
    tell.promises("2024-10-14", "accueil", CAF, "2024-11-08")
    tell.gives("2024-11-07", "accueil", CAF, "Accueil du jeune enfant 2021-2023, par commune", 26)
    tell.keeps_to_itself(
        "2024-11-21", "consultations", CPAM,
        "Aucun trajet n’est relevé par commune, et on reconnaîtrait les malades des plus petites.",
    )  # fmt: skip
    tell.gives("2025-01-09", "aidants", DEPARTMENT, "Répit des aidants 2022-2023", 38)
    tell.begins_diagnosis("2024-10-01", "convention", "Diagnostic partagé de la convention", HOLDER, CAF, DEPARTMENT)
    tell.finds(
        "2024-12-03", "f1",
        figures("Horaires des cars relevés à Masseube", 2024, MOBILITY_ASSOCIATION, "COUNT"),
        words("Réponses libres à l’enquête auprès des habitants", 2024, of=186, in_="Enquête 2024, réponses libres"),
        ages="ADULT_LIFE LATER_LIFE", communes=("Masseube", "Seissan", "Barran"),
    )  # fmt: skip
    tell.finds(
        "2024-12-04", "f2",
        figures("Agréments des assistantes maternelles, par âge", 2023, CAF, "ADMINISTRATIVE_DATA", of=26),
        ages="EARLY_CHILDHOOD",
    )  # fmt: skip
    tell.publishes("2024-12-17", "convention", "f1 f2")
    tell.finds(
        "2025-01-14", "f3",
        words("Entretiens avec des aidants", 2024, of=24, in_="Paroles d’aidants"),
        figures("Plans d’aide avec répit", 2023, DEPARTMENT, "ADMINISTRATIVE_DATA", of=38),
        figures("Enquête auprès des adhérents qui aident un proche", 2023, MSA, "SURVEY", of=64),
        ages="LATER_LIFE",
    )  # fmt: skip
    tell.finds("2025-01-21", "f4", figures("Recensement des foyers ruraux", 2024, HOLDER, "COUNT"), ages="ANY_AGE")
    tell.publishes("2025-02-11", "convention", "f1 f2 f3 f4")
    tell.begins_diagnosis(
        "2025-01-07", "besoins", "Analyse des besoins sociaux du CCAS de Masseube", "Masseube", HOLDER
    )
    tell.asks(
        "2025-02-25", "accueil-masseube", CAF, "EARLY_CHILDHOOD", (2022, 2023),
        "Places d’accueil du jeune enfant à Masseube", "2025-03-28", refused=("data-received-already",),
    )  # fmt: skip
    tell.uses_again(
        "2025-02-26", "accueil", "L’analyse des besoins sociaux de Masseube, au lieu d’une nouvelle demande."
    )
    tell.finds(
        "2025-03-04", "m1", figures("Registre des aides du CCAS", 2024, "Masseube", "COUNT", of=42),
        ages="ADULT_LIFE LATER_LIFE", communes=("Masseube",),
        new=constraint("DIGITAL_INCLUSION", "Quarante-deux foyers aidés par le CCAS n’ont pas d’adresse électronique."),
    )  # fmt: skip
    tell.publishes("2025-03-25", "besoins", "f1 f3 m1")
    tell.asks(
        "2026-04-20", "navette", MOBILITY_ASSOCIATION, "MOBILITY", (2026, 2026),
        "Trajets de la navette des soins, par mois et par arrêt", "2026-05-29",
    )  # fmt: skip
    tell.asks(
        "2026-05-18", "vehicules", MSA, "MOBILITY", (2024, 2025),
        "Adhérents de plus de 75 ans sans véhicule, par canton", "2026-06-30", "FIGURES",
    )  # fmt: skip
    tell.promises("2026-05-26", "vehicules", MSA, "2026-06-26")


def grand_auch(tell: Chapter) -> None:
    """Town and villages: one diagnosis in two versions, and the analysis of social needs beside it."""
    tell.begins_diagnosis("2023-05-02", "convention", "Diagnostic partagé, ville et villages", HOLDER, CAF, DEPARTMENT)
    tell.begins_diagnosis("2023-05-02", "besoins", "Analyse des besoins sociaux du CCAS d’Auch", UDCCAS, HOLDER)
    tell.asks(
        "2023-05-09", "parents", CAF, "PARENTING", (2020, 2022),
        "Parents séparés allocataires, par quartier", "2023-06-30",
    )  # fmt: skip
    tell.asks(
        "2023-05-09", "accueils", UDCCAS, "ACCESS_TO_RIGHTS", (2022, 2022),
        "Personnes reçues aux accueils, et ce qu’elles ignoraient", "2023-06-30", "NOTE",
    )  # fmt: skip
    tell.asks(
        "2023-05-10", "logement", DEPARTMENT, "HOUSING", (2021, 2022),
        "Demandes de logement des moins de 25 ans", "2023-06-30", "FIGURES",
    )  # fmt: skip
    tell.asks(
        "2023-05-10", "soins", CPAM, "YOUTH", (2022, 2022),
        "Renoncements aux soins des 14-18 ans, par commune", "2023-06-30",
    )  # fmt: skip
    tell.promises("2023-05-16", "parents", CAF, "2023-06-16")
    tell.gives("2023-06-15", "parents", CAF, "Parents séparés 2020-2022, par quartier", 18)
    tell.keeps_to_itself("2023-06-20", "soins", CPAM, "Trop peu de jeunes par commune : on reconnaîtrait chacun d’eux.")
    tell.gives("2023-06-28", "logement", DEPARTMENT, "Demandes de logement des moins de 25 ans", 57)
    tell.gives("2023-07-25", "accueils", UDCCAS, "Ce que les accueils ont entendu en 2022", 212)
    tell.finds(
        "2023-07-06", "f2",
        figures("Parents séparés, par quartier", 2022, CAF, "ADMINISTRATIVE_DATA", of=318),
        words("Entretiens au centre social du Garros", 2023, of=14),
        ages="CHILDHOOD ADULT_LIFE", communes=("Auch",),
    )  # fmt: skip
    tell.finds(
        "2023-07-06",
        "f3",
        figures("Demandes de logement", 2022, DEPARTMENT, "ADMINISTRATIVE_DATA", of=57),
        ages="YOUTH",
    )
    tell.finds("2023-07-11", "f5", figures("Demandes reçues par les crèches", 2023, HOLDER, "COUNT", of=203),
               ages="EARLY_CHILDHOOD")  # fmt: skip
    tell.publishes("2023-07-20", "convention", "f2 f3 f5")
    tell.finds(
        "2023-08-29", "f1",
        figures("Personnes reçues aux accueils", 2022, UDCCAS, "SURVEY", of=212, in_="Enquête aux accueils sociaux"),
        words("Entretiens avec les agents d’accueil", 2023, of=24),
        ages="ANY_AGE",
    )  # fmt: skip
    tell.finds("2023-08-31", "f4", figures("Associations recensées", 2023, HOLDER, "COUNT"), ages="ANY_AGE")
    tell.finds(
        "2023-09-05", "f6",
        words("Soirée avec les 14-18 ans au skate-parc", 2023, of=31, in_="Ce que disent les 14-18 ans"),
        ages="YOUTH",
    )  # fmt: skip
    tell.publishes("2023-09-26", "convention", "f1 f2 f3 f4 f5 f6")
    tell.looks_in_wave(
        "convention", "familles", "PARENTING HOUSING EARLY_CHILDHOOD", "2023-06-01", "2023-07-18",
        "Les familles séparées et les jeunes en alternance attendent plus longtemps que les autres.",
    )  # fmt: skip
    tell.looks_in_wave(
        "convention", "droits", "ACCESS_TO_RIGHTS SOCIAL_LIFE YOUTH", "2023-08-21", "2023-09-15",
        "Le non-recours se dit aux accueils, pas dans les chiffres.",
    )  # fmt: skip
    tell.uses_again("2023-10-17", "parents", "L’analyse des besoins sociaux du CCAS d’Auch.")
    tell.publishes("2023-11-07", "besoins", "f1 f2 f6")
    tell.uses_again("2024-04-16", "logement", "La valeur de départ de l’indicateur des apprentis logés.")


def artagnan(tell: Chapter) -> None:
    """A smaller team: two requests, one refused; a finding brought by what people say alone."""
    tell.asks(
        "2024-04-02", "jeunes", CAF, "YOUTH", (2021, 2023), "Jeunes de 16 à 25 ans allocataires, par commune",
        "2024-05-31",
    )  # fmt: skip
    tell.asks(
        "2024-04-02", "salles", DEPARTMENT, "CULTURE", (2023, 2023), "Spectacles aidés, par mois et par commune",
        "2024-05-31", "FIGURES",
    )  # fmt: skip
    tell.gives("2024-05-28", "jeunes", CAF, "Jeunes de 16 à 25 ans 2021-2023", 47)
    tell.gives("2024-05-30", "salles", DEPARTMENT, "Spectacles aidés en 2023")
    tell.begins_diagnosis("2024-04-09", "convention", "Portrait social d’Artagnan de Fezensac", HOLDER, "Vic-Fezensac")
    tell.finds(
        "2024-06-18", "f1",
        figures("Lieux d’étude des 16-25 ans", 2023, CAF, "ADMINISTRATIVE_DATA", of=143),
        words("Rencontres à la sortie du car de Vic-Fezensac", 2024, of=19),
        ages="YOUTH", communes=("Vic-Fezensac",),
    )  # fmt: skip
    tell.finds("2024-06-20", "f2", figures("Spectacles aidés, par mois", 2023, DEPARTMENT, "COUNT"), ages="ANY_AGE")
    tell.finds("2024-06-25", "f3", words("Entretiens avec les comités des fêtes", 2024, of=12), ages="YOUTH")
    tell.publishes("2024-07-09", "convention", "f1 f2 f3")
    tell.uses_again("2025-02-20", "jeunes", "Les fiches sur la jeunesse, sans nouvelle demande à la Caf.")
