"""What people of three territories brought, and what became of all of it: none of it is left without an outcome or
a reason."""

from __future__ import annotations

from ctg_engine.demo.cast import COMMITTEE_MEMBER_OF_VAL_DE_GERS, DEPARTMENT_REPRESENTATIVE
from ctg_engine.demo.chapter import Chapter
from ctg_engine.demo.references import DEPARTMENT, HOLDER
from domain.roles import COMMITTEE_MEMBER, PARTNER_REPRESENTATIVE

KNOWING, DECIDING, LOOKING_BACK = "DIAGNOSIS", "PLAN", "REVIEW"


def valdegers(tell: Chapter) -> None:
    """Three forums, a survey, two letters; since March 2026 anybody may propose something."""
    tell.hears(
        "2024-12-10", "v1", "USAGE", "INTERVIEW", KNOWING, "SENIORS_CARERS",
        "Le dimanche je ne sors plus : personne ne peut rester avec mon mari.",
    )  # fmt: skip
    tell.hears(
        "2024-12-05", "v2", "USAGE", "SURVEY", KNOWING, "MOBILITY",
        "Un seul car permet de rentrer d’une consultation le jour même.", 41,
    )  # fmt: skip
    tell.hears(
        "2025-01-14", "v3", "USAGE", "HELP_DESK", KNOWING, "EARLY_CHILDHOOD",
        "Trois assistantes maternelles m’ont répondu qu’elles n’ont rien avant septembre.",
    )  # fmt: skip
    for voice, finding in (("v1", "f3"), ("v2", "f1"), ("v3", "f2")):
        tell.keeps_voice("2025-03-04", voice, finding=finding)
    tell.tells_back("2025-03-20", "v1 v2 v3", "Les habitants, dans le bulletin de chaque commune", "LETTER")
    tell.hears(
        "2025-04-10", "v4", "USAGE", "deplacements", DECIDING, "MOBILITY",
        "Le car passe à sept heures, le cabinet ouvre à neuf : on attend dehors.", 12,
    )  # fmt: skip
    tell.hears(
        "2025-04-10", "v5", "TECHNICAL", "deplacements", DECIDING, "MOBILITY",
        "Nos aides à domicile font la même route à une heure d’écart.",
    )  # fmt: skip
    tell.hears(
        "2025-04-10", "v6", "POLITICAL", "deplacements", DECIDING, "MOBILITY",
        "Payer le permis à chaque jeune de vingt ans.",
    )  # fmt: skip
    tell.hears(
        "2025-05-15", "v7", "USAGE", "petite-enfance", DECIDING, "EARLY_CHILDHOOD",
        "Une maison à Seissan, pas deux micro-crèches : les enfants s’y connaîtraient.", 9,
    )  # fmt: skip
    tell.hears(
        "2025-06-12", "v8", "USAGE", "aidants", DECIDING, "SENIORS_CARERS", "Un samedi libre par mois changerait tout.",
    )  # fmt: skip
    tell.hears(
        "2025-06-12", "v9", "TECHNICAL", "aidants", DECIDING, "SOCIAL_LIFE",
        "Ouvrir les foyers ruraux la nuit, pour l’accueil d’urgence.",
    )  # fmt: skip
    tell.sets_aside(
        "2025-07-10", "v6", "Trop peu de jeunes pour la dépense : le comité a préféré le transport à la demande."
    )
    tell.sets_aside("2025-07-17", "v9", "Les foyers n’ont ni chambre ni veilleur ; le 115 d’Auch reçoit ces demandes.")
    tell.keeps_voice("2025-07-17", "v8", priority="repit")
    tell.keeps_voice("2025-07-10", "v4", finding="f1", priority="mobilite")
    tell.keeps_voice("2025-07-10", "v5", priority="mobilite")
    tell.keeps_voice("2025-07-17", "v7", priority="accueil")
    tell.tells_back("2025-09-02", "v4 v5 v6 v7 v8 v9", "Celles et ceux qui sont venus aux trois forums", "MEETING")
    tell.hears(
        "2026-05-19", "v10", "USAGE", "SOCIAL_CENTRE", LOOKING_BACK, "MOBILITY",
        "La navette passe, mais les horaires ne sont affichés qu’à la mairie.", space="aines",
    )  # fmt: skip
    tell.keeps_voice("2026-06-02", "v10", sheet="1.1")
    _spaces_of_valdegers(tell)
    _proposals_of_valdegers(tell)


def _spaces_of_valdegers(tell: Chapter) -> None:
    """One that goes on, where the committee listens; one that closed."""
    tell.opens_space(
        "2025-09-16", "aines", "SOCIAL_CENTRE", "Les mardis des aînés, à l’espace de vie sociale de Barran",
        f"{DECIDING} {LOOKING_BACK}",
        host=HOLDER, themes="MOBILITY SENIORS_CARERS", every=4,
    )  # fmt: skip
    tell.space_meets("2025-10-07", "aines", DECIDING, (17, 2, 1), "Ce que le plan change pour se soigner")
    tell.space_meets("2026-01-20", "aines", LOOKING_BACK, (14, 2, 0), "La navette, avant son départ")
    tell.space_meets("2026-05-19", "aines", LOOKING_BACK, (19, 3, 1), "La navette, quatre mois après")
    tell.opens_space(
        "2025-03-04", "parents", "PARENTS_COUNCIL", "Le conseil des parents de Seissan", DECIDING, host="Seissan",
        themes="EARLY_CHILDHOOD",
    )  # fmt: skip
    tell.space_meets("2025-03-25", "parents", DECIDING, (12, 1, 1), "Faire garder son enfant avant trois ans")
    tell.closes_space(
        "2025-11-18", "parents", "La maison d’assistantes maternelles aura son propre conseil de parents."
    )


def _proposals_of_valdegers(tell: Chapter) -> None:
    """The public form is open: kept, said twice, not ours, unwanted."""
    tell.opens_to_all("2026-03-16")
    tell.is_proposed("2026-03-24", "abri", "Un banc et un abri à l’arrêt du car de Seissan : on attend sous la pluie.")
    tell.is_proposed("2026-04-02", "abri-encore", "Mettre un abri où l’on prend le car à Seissan.")
    tell.is_proposed("2026-04-08", "tresorerie", "Rouvrir la trésorerie de Masseube.")
    tell.is_proposed("2026-04-09", "annonce", "Gagnez de l’argent depuis chez vous, écrivez-nous.")
    tell.is_proposed(
        "2026-05-12", "chauffeurs", "Réunir une fois par an les chauffeurs bénévoles, pour les remercier.",
        COMMITTEE_MEMBER_OF_VAL_DE_GERS.acting_as(COMMITTEE_MEMBER, tell.territory_id),
    )  # fmt: skip
    tell.refuses_proposal("2026-04-10", "annonce", None)
    tell.keeps_proposal("2026-04-14", "abri", priority="mobilite")
    tell.merges_proposal("2026-04-14", "abri-encore", "abri")
    tell.refuses_proposal(
        "2026-04-21", "tresorerie", "C’est à l’État d’en décider ; la maison France services aide à ces démarches."
    )
    tell.keeps_proposal("2026-05-21", "chauffeurs", sheet="1.4")


def grand_auch(tell: Chapter) -> None:
    """Four forums, a social centre, a neighbourhood council, and a letter at the review."""
    tell.hears(
        "2023-09-12", "v1", "USAGE", "SOCIAL_CENTRE", KNOWING, "ACCESS_TO_RIGHTS",
        "Personne ne m’avait dit que j’avais droit à la prime d’activité.", 19,
    )  # fmt: skip
    tell.keeps_voice("2023-10-17", "v1", finding="f1")
    tell.tells_back("2023-11-30", "v1", "Les familles du centre social, un jeudi", "IN_PERSON")
    tell.hears(
        "2023-11-21", "v2", "USAGE", "droits", DECIDING, "ACCESS_TO_RIGHTS",
        "On ne comprend pas les lettres qu’on reçoit.", 14,
    )  # fmt: skip
    tell.hears(
        "2023-11-21", "v3", "TECHNICAL", "droits", DECIDING, "ACCESS_TO_RIGHTS",
        "À l’accueil, nous ne savons pas vers qui envoyer quelqu’un le jeudi.",
    )  # fmt: skip
    tell.hears(
        "2023-12-07", "v4", "USAGE", "parents", DECIDING, "PARENTING",
        "Voir mon fils ailleurs que dans un hall d’immeuble.", 7,
    )  # fmt: skip
    tell.hears(
        "2024-01-18", "v5", "POLITICAL", "logement", DECIDING, "HOUSING", "Construire trente studios neufs à Pavie.",
    )  # fmt: skip
    tell.hears(
        "2024-01-23", "v6", "USAGE", "jeunes-et-aines", DECIDING, "YOUTH",
        "Le vendredi soir, il ne nous reste que le parking.", 21,
    )  # fmt: skip
    tell.hears(
        "2024-02-06", "v7", "USAGE", "NEIGHBOURHOOD_COUNCIL", DECIDING, "SOCIAL_LIFE",
        "Éclairer le terrain de pétanque du Garros.",
    )  # fmt: skip
    tell.sets_aside("2024-02-27", "v5", "Trois cent quarante logements sont vides au centre : les rouvrir d’abord.")
    tell.sets_aside("2024-02-27", "v7", "L’éclairage relève de la ville d’Auch, qui l’a mis à son programme de 2025.")
    tell.keeps_voice("2024-02-20", "v3", priority="droits")
    tell.keeps_voice("2024-02-20", "v2", priority="droits")
    tell.keeps_voice("2024-02-27", "v4", priority="parents")
    tell.announces_forum(
        "2024-02-27", "restitution", "2024-03-28", "ACCESS_TO_RIGHTS PARENTING HOUSING",
        "Auch, salle des Cordeliers", "PLAYBACK",
    )  # fmt: skip
    tell.invites_to_forum("2024-03-05", "restitution", ("2024-03-25", (9, 5, 31)))
    tell.moves_forum("2024-03-12", "restitution", "2024-04-04", "La salle est prise par une collecte de sang.")
    tell.holds_forum(
        "2024-04-04", "restitution", "ACCESS_TO_RIGHTS PARENTING HOUSING", (12, 9, 44),
        "Ce qui est retenu, ce qui ne l’est pas, et pourquoi.",
        place="Auch, salle des Cordeliers", form="PLAYBACK",
    )  # fmt: skip
    tell.tells_back("2024-04-04", "v2 v3 v4 v5 v7", "Les participants des forums, réunis à Auch", "MEETING")
    tell.keeps_voice("2024-04-18", "v6", finding="f6", sheet="4.9")
    tell.tells_back("2024-05-30", "v6", "Les jeunes du vendredi, sur place", "IN_PERSON")
    tell.hears(
        "2026-02-10", "v8", "USAGE", "ONLINE", LOOKING_BACK, "EARLY_CHILDHOOD",
        "Le guichet unique répond bien, mais seulement le matin.", 16,
    )  # fmt: skip
    tell.keeps_voice("2026-03-03", "v8", sheet="4.1")
    tell.tells_back("2026-04-07", "v8", "Les familles inscrites, par le site du guichet", "ONLINE")
    department = DEPARTMENT_REPRESENTATIVE.acting_as(
        PARTNER_REPRESENTATIVE, tell.territory_id, tell.partner(DEPARTMENT)
    )
    tell.is_proposed(
        "2026-04-28", "soir", "Tenir le bus des droits un soir par mois, pour ceux qui travaillent.", department
    )
    tell.keeps_proposal("2026-05-12", "soir", sheet="1.3")


def artagnan(tell: Chapter) -> None:
    """A survey evening, two forums, and a third one that was called off."""
    tell.holds_forum(
        "2024-10-08", "soiree", "YOUTH", (5, 3, 31),
        "Trente et un questionnaires remplis autour d’un repas : le vendredi soir manque à tous.",
        place="Lupiac, centre d’Artagnan", form="SURVEY_EVENING",
    )  # fmt: skip
    tell.hears(
        "2024-10-22", "v1", "USAGE", "jeunes", DECIDING, "YOUTH",
        "Un local où l’on a la clé, le vendredi : on s’en occupera.", 18,
    )  # fmt: skip
    tell.hears(
        "2024-10-22", "v2", "POLITICAL", "jeunes", DECIDING, "YOUTH", "Fermer le local à vingt et une heures.",
    )  # fmt: skip
    tell.hears(
        "2024-11-26", "v3", "TECHNICAL", "culture", DECIDING, "CULTURE",
        "En février nos salles sont chauffées pour personne.",
    )  # fmt: skip
    tell.hears(
        "2024-11-26", "v4", "USAGE", "culture", DECIDING, "CULTURE",
        "Ma fille voudrait essayer un instrument sans l’acheter.", 5,
    )  # fmt: skip
    tell.announces_forum("2024-11-05", "collegiens", "2024-12-10", "YOUTH", "Vic-Fezensac, collège", "FORUM")
    tell.calls_off_forum(
        "2024-11-14", "collegiens", "Le conseil de classe est le même soir ; la soirée d’octobre suffit."
    )
    tell.sets_aside(
        "2025-01-21", "v2", "Les 16-20 ans le gèrent et ferment à vingt-trois heures, comme la salle des fêtes."
    )
    tell.keeps_voice("2025-01-28", "v3", priority="culture")
    tell.keeps_voice("2025-01-21", "v1", priority="jeunesse")
    tell.keeps_voice("2025-02-25", "v4", sheet="2.3")
    tell.tells_back("2025-03-11", "v1 v2 v3 v4", "Les jeunes et les familles venus aux deux forums", "IN_PERSON")
