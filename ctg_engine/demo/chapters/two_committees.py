"""Val de Gers and Artagnan de Fezensac, whose committees are told whole: who sits there, each meeting from its plan to
its minutes, one that both hold together, one without its quorum, and what became of all that was decided."""

from __future__ import annotations

from typing import Final

from ctg_engine.demo.cast import (
    CAF_REPRESENTATIVE,
    COMMITTEE_MEMBER_OF_VAL_DE_GERS,
    DEPARTMENT_REPRESENTATIVE,
    MAYORS,
    MSA_REPRESENTATIVE,
)
from ctg_engine.demo.chapter import Chapter
from ctg_engine.demo.convening import Sits
from ctg_engine.demo.following import Weighed
from ctg_engine.demo.references import CAF, DEPARTMENT, HOLDER, MOBILITY_ASSOCIATION, MSA, asset, constraint
from domain.roles import COMMITTEE_CHAIR, COMMITTEE_MEMBER, PARTNER_REPRESENTATIVE

TOGETHER: Final = "2026-01-27"
"""The day on which both committees meet as one, in Barran."""
ALL_OF_VAL_DE_GERS: Final = "president secretaire caf departement msa masseube seissan usagers"
ALL_OF_ARTAGNAN: Final = "presidente secretaire caf departement msa vic-fezensac"


def valdegers(tell: Chapter) -> None:
    """The plan is signed by four partners of six: two communes are waited for, one of which signed irregularly."""
    tell.opens(
        "2024-09-09", "2026-01-01", required=(CAF, HOLDER, "Masseube", "Seissan"),
        why="Masseube et Seissan gèrent encore leur école et leur cantine : elles signent en leur nom.",
    )  # fmt: skip
    tell.assign("2024-09-09", COMMITTEE_MEMBER, COMMITTEE_MEMBER_OF_VAL_DE_GERS)
    tell.seats(
        "2024-09-09",
        Sits("president", HOLDER, "CHAIR", "ELECTED", tell.cast.chair, tell.cast.referent),
        Sits("secretaire", HOLDER, "SECRETARY", "TECHNICAL", tell.cast.officer),
        Sits("caf", CAF, "MEMBER", "TECHNICAL", tell.cast.adviser, CAF_REPRESENTATIVE),
        Sits("departement", DEPARTMENT, "CO_CHAIR", "TECHNICAL", tell.cast.co_pilot, DEPARTMENT_REPRESENTATIVE),
        Sits("msa", MSA, "MEMBER", "TECHNICAL", MSA_REPRESENTATIVE),
        Sits("masseube", "Masseube", "MEMBER", "ELECTED", MAYORS["Masseube"]),
        Sits("seissan", "Seissan", "MEMBER", "ELECTED", MAYORS["Seissan"]),
        Sits("usagers", MOBILITY_ASSOCIATION, "MEMBER", "USERS", COMMITTEE_MEMBER_OF_VAL_DE_GERS),
    )
    tell.rules("2024-09-09", "HALF", 4)
    tell.engages("2024-09-24", "Lettre d’engagement cosignée", partners=(CAF, HOLDER, DEPARTMENT))
    tell.shares_diagnosis(
        "2025-02-18",
        constraint(
            "MOBILITY", "Sans voiture, un rendez-vous à Auch prend la journée ; deux cars par jour depuis Masseube."
        ),
        constraint("EARLY_CHILDHOOD", "Onze assistantes maternelles sur vingt-six partiront à la retraite avant 2030."),
        constraint(
            "SENIORS_CARERS", "Les aidants de conjoints malades ne prennent aucun répit, faute de relais le week-end."
        ),
        asset("SOCIAL_LIFE", "Trois foyers ruraux ouverts toute l’année et beaucoup de bénévoles."),
        report="Diagnostic social de Val de Gers",
        surveyed=186,
        interviewed=24,
    )
    tell.holds_forum(
        "2025-04-10", "deplacements", "MOBILITY", (11, 7, 19),
        "Caler le transport à la demande sur les heures de consultation.",
        "Partager les trajets des aides à domicile.",
        place="Masseube, salle des fêtes",
    )  # fmt: skip
    tell.holds_forum(
        "2025-05-15", "petite-enfance", "EARLY_CHILDHOOD", (12, 6, 14),
        "Une maison d’assistantes maternelles à Seissan plutôt que deux micro-crèches.",
        place="Seissan, école", form="WORKSHOP",
    )  # fmt: skip
    workshop = tell.forum_of("2025-05-15")
    tell.contests("2025-05-26", workshop, "Nous avons compté onze habitants dans la salle, pas quatorze.")
    tell.answers("2025-05-28", workshop, "La feuille d’émargement en porte quatorze ; trois sont partis à la pause.")
    tell.keeps("2025-06-03", workshop, "Quatorze signatures sur la feuille : le compte est celui des personnes venues.")
    tell.holds_forum(
        "2025-06-12", "aidants", "SENIORS_CARERS SOCIAL_LIFE", (9, 4, 16),
        "Un samedi de répit par mois dans chaque foyer rural.",
        place="Barran, foyer rural",
    )  # fmt: skip
    tell.adds_theme("2025-06-24", "cooperation", "Coopération entre les communes", transverse=True)
    tell.plans_meeting("2025-05-20", "2025-07-08", "Masseube, salle des fêtes")
    tell.convenes(
        "2025-06-12", "2025-07-08", "Ce que les forums ont entendu", "Choisir les priorités",
        papers=("Synthèse des trois forums",),
    )  # fmt: skip
    mobility, childhood, carers, neighbours = tell.committee(
        "2025-07-08", 17,
        ("PRIORITY_CHOSEN", "Se déplacer pour se soigner et travailler : première priorité."),
        ("PRIORITY_CHOSEN", "Préparer le remplacement des assistantes maternelles."),
        ("PRIORITY_CHOSEN", "Donner du répit aux aidants."),
        ("OTHER", "Associer les communes voisines à la navette des soins."),
        came="president secretaire caf departement masseube seissan usagers", excused="msa",
    )  # fmt: skip
    tell.entrusts(neighbours, HOLDER, "2025-12-19")
    tell.is_done(neighbours, "2025-11-25", "Quatre communes voisines ont écrit qu’elles prêteront leurs arrêts.")
    tell.chooses(
        mobility, "mobilite", "MOBILITY", "Se déplacer sans voiture pour se soigner et travailler",
        findings="f1", rank=1, ends="TERRITORIALISE_OFFER COMPLEMENTARITY",
        instead_of=("Subventionner le permis de conduire, écarté : trop peu de bénéficiaires.",),
    )  # fmt: skip
    tell.chooses(
        childhood, "accueil", "EARLY_CHILDHOOD", "Garder des places d’accueil du jeune enfant", findings="f2", rank=2
    )
    tell.arbitrates(
        childhood, "Une maison à Seissan, ou deux micro-crèches ?",
        (Weighed("Une maison d’assistantes maternelles à Seissan", 160_000, CAF, "Huit places de moins."),
         Weighed("Deux micro-crèches, à Seissan et à Masseube", 340_000, HOLDER, "Six postes à trouver.")),
        1, "Les professionnelles s’y remplacent et le coût est la moitié ; Masseube garde son relais.", "accueil",
    )  # fmt: skip
    tell.chooses(carers, "repit", "SENIORS_CARERS SOCIAL_LIFE", "Donner du répit aux aidants", findings="f3 f4", rank=3)
    tell.plans_its_table()
    tell.follows_its_indicators("2025-10-14")
    tell.counts_its_means("2025-10-16")
    tell.plans_meeting("2025-07-08", "2025-11-04", "Seissan, mairie")
    tell.convenes(
        "2025-10-09", "2025-11-04", "Valider le plan", "Publier le plan", papers=("Projet de plan d’actions",)
    )
    plan, published, desk = tell.committee(
        "2025-11-04", 16,
        ("PLAN_VALIDATED", "Le plan est validé ; chaque commune signataire délibérera avant de signer.", 7, 0, 1),
        ("OTHER", "Publier le plan sur le site de chaque commune."),
        ("OTHER", "Ouvrir une permanence à Seissan."),
        came="president secretaire caf departement msa seissan usagers", proxies=(("masseube", "president"),),
        approved_after=None,
    )  # fmt: skip
    tell.entrusts(published, HOLDER, "2026-02-27", "L’adresse de chaque page")
    tell.validates_plan(plan)
    tell.mandate(CAF, "BOARD", "2025-12-02", reference="Conseil d’administration, point 4")
    tell.mandate(HOLDER, "COMMUNITY_COUNCIL", "2025-12-16", "2025-12-22", reference="Délibération 2025-94")
    tell.mandate(MSA, "BOARD_DELEGATION", "2026-01-15")
    tell.mandate(
        DEPARTMENT, "STANDING_COMMITTEE", "2026-01-23", "2026-01-30", reference="Commission permanente de janvier"
    )
    tell.signs("2026-02-12", CAF, HOLDER, DEPARTMENT, MSA)
    # Signed at the same ceremony, before its council had decided anything: kept, not counted.
    tell.signs(
        "2026-02-12", "Seissan",
        why="Signée à la cérémonie commune ; le conseil municipal n’avait pas encore délibéré.",
    )  # fmt: skip
    tell.plans_meeting("2025-11-13", TOGETHER, "Barran, foyer rural", joint_with=("artagnan", "243200607"))
    tell.convenes(
        "2025-12-18", TOGETHER, "La navette des soins, Val de Gers et Artagnan ensemble",
        papers=("Trajets relevés",), joint_with="243200607",
    )  # fmt: skip
    (shuttle,) = tell.committee(
        TOGETHER, 22,
        ("OTHER", "Caler la navette des soins sur les cars d’Auch, avec Artagnan de Fezensac."),
        came=ALL_OF_VAL_DE_GERS,
    )  # fmt: skip
    tell.entrusts(shuttle, MOBILITY_ASSOCIATION, "2026-04-30", "Les horaires affichés")
    tell.is_done(shuttle, "2026-04-14", "Les horaires sont affichés dans les neuf mairies.")
    posted = tell.done_on("2026-04-14")
    tell.contests("2026-06-08", posted, "À Barran et à Orbessan, les horaires n’étaient pas affichés le 5 juin.")
    tell.answers("2026-06-11", posted, "Les deux mairies les ont reçus ce matin ; nous repassons lundi.")
    tell.plans_meeting(TOGETHER, "2026-03-12", "Masseube, salle des fêtes", first_for="2026-03-05")
    tell.moves_meeting("2026-02-10", "2026-03-12", "Masseube, salle des fêtes")
    tell.convenes(
        "2026-02-17", "2026-03-12", "Où en sont les signatures", "La permanence de Seissan",
        papers=("État des signatures",),
    )  # fmt: skip
    awaited, no_desk = tell.committee(
        "2026-03-12", 14,
        ("OTHER", "Deux communes restent attendues ; les conseils élus en mars délibéreront dès leur installation."),
        ("OTHER", "Renoncer à la permanence de Seissan.", 6, 1, 0),
        came="president secretaire caf departement masseube seissan usagers", excused="msa",
    )  # fmt: skip
    tell.entrusts(awaited, HOLDER, "2026-07-03", "Les deux signatures")
    tell.approves_minutes("2025-11-04", "2026-03-12", at_meeting=True)
    tell.corrects_minutes(
        "2025-11-04", "2026-03-12", "Lire « chaque conseil municipal » au lieu de « chaque commune » au point 1."
    )
    tell.gives_up(no_desk, desk, "La maison France services y reçoit déjà deux jours par semaine.")
    tell.mandate("Masseube", "MUNICIPAL_COUNCIL", "2026-06-02", "2026-06-08", reference="Délibération 2026-31")
    tell.mandate("Seissan", "MUNICIPAL_COUNCIL", "2026-06-04", "2026-06-10", reference="Délibération 2026-22")
    with tell.group("2025-09-02", "COTECH", "Comité technique de Val de Gers"):
        tell.plans_meeting("2026-04-14", "2026-05-28", "Seissan, mairie")
        tell.convenes("2026-05-05", "2026-05-28", "Les deux signatures attendues", "Préparer le comité de juillet")
        tell.committee("2026-05-28", 6, approved_after=None)
    tell.plans_meeting("2026-03-12", "2026-07-07", "Seissan, mairie", first_for="2026-06-09")
    tell.moves_meeting("2026-05-12", "2026-07-07", "Seissan, mairie")
    tell.convenes(
        "2026-06-08", "2026-07-07", "Les signatures de Masseube et de Seissan", "Publier le plan : où en est-on ?",
        "Préparer le premier bilan annuel",
    )  # fmt: skip
    tell.is_answered(
        "2026-06-11", "2026-07-07",
        (("president", "PRESENT"), ("secretaire", "PRESENT"), ("caf", "PRESENT"), ("msa", "EXCUSED")),
    )  # fmt: skip


def artagnan(tell: Chapter) -> None:
    """In force since 2025. The review of 2025, due on 31 March 2026, was never recorded; the municipal elections of
    March 2026 left a place that nobody has filled yet."""
    tell.opens(
        "2024-03-04", "2025-01-01", optional=(DEPARTMENT, MSA, "Vic-Fezensac"),
        themes=("YOUTH", "PARENTING", "EARLY_CHILDHOOD", "CULTURE", "MOBILITY"),
    )  # fmt: skip
    tell.seats(
        "2024-03-04",
        Sits("presidente", HOLDER, "CHAIR", "ELECTED", tell.cast.chair, tell.cast.referent),
        Sits("secretaire", HOLDER, "SECRETARY", "TECHNICAL", tell.cast.officer),
        Sits("caf", CAF, "MEMBER", "TECHNICAL", tell.cast.adviser, CAF_REPRESENTATIVE),
        Sits("departement", DEPARTMENT, "MEMBER", "TECHNICAL", tell.cast.co_pilot),
        Sits("msa", MSA, "MEMBER", "TECHNICAL", MSA_REPRESENTATIVE),
        Sits("vic-fezensac", "Vic-Fezensac", "MEMBER", "ELECTED", MAYORS["Vic-Fezensac"]),
    )
    tell.rules("2024-03-04", "HALF", 3)
    tell.engages("2024-03-26", "Lettre d’engagement du 26 mars 2024")
    tell.shares_diagnosis(
        "2024-09-10",
        constraint(
            "YOUTH", "Passé le collège, les jeunes quittent le territoire la semaine et n’y ont plus d’attaches."
        ),
        constraint("CULTURE", "Les spectacles se concentrent sur juillet ; rien n’est proposé aux familles en hiver."),
        asset("YOUTH", "La Pentecôte mobilise chaque année deux cents jeunes bénévoles à Vic-Fezensac."),
        report="Portrait social d’Artagnan de Fezensac",
        surveyed=143,
    )
    tell.holds_forum(
        "2024-10-22", "jeunes", "YOUTH", (10, 6, 27),
        "Ouvrir le local le vendredi soir, géré par des 16-20 ans.",
        place="Vic-Fezensac, arènes", form="CO_DESIGN",
    )  # fmt: skip
    tell.holds_forum(
        "2024-11-26", "culture", "CULTURE", (8, 5, 9),
        "Faire tourner une saison d’hiver dans six salles des fêtes.",
        place="Lupiac, centre d’Artagnan",
    )  # fmt: skip
    tell.plans_meeting("2024-11-28", "2025-01-16", "Vic-Fezensac, mairie")
    tell.convenes("2024-12-17", "2025-01-16", "Choisir les priorités", papers=("Synthèse des deux forums",))
    youth, culture, _ = tell.committee(
        "2025-01-16", 15,
        ("PRIORITY_CHOSEN", "Donner aux jeunes une place qui les fasse revenir."),
        ("PRIORITY_CHOSEN", "Une culture des quatre saisons, pour les familles."),
        ("OTHER", "Demander aux festivals d’ouvrir leurs répétitions aux collégiens."),
        came=ALL_OF_ARTAGNAN,
    )  # fmt: skip
    tell.chooses(youth, "jeunesse", "YOUTH", "Donner aux 16-25 ans des raisons de rester", findings="f1 f3", rank=1)
    tell.chooses(culture, "culture", "CULTURE", "Des sorties en famille toute l’année", findings="f2", rank=2)
    tell.plans_its_table()
    tell.plans_meeting("2025-01-16", "2025-04-24", "Lupiac, centre d’Artagnan")
    tell.convenes("2025-03-27", "2025-04-24", "Valider le plan", papers=("Projet de plan d’actions",))
    plan, quarterly = tell.committee(
        "2025-04-24", 13,
        ("PLAN_VALIDATED", "Le plan est validé, deux abstentions.", 4, 0, 2),
        ("OTHER", "Réunir le comité chaque trimestre."),
        came="presidente secretaire caf departement vic-fezensac", proxies=(("msa", "caf"),),
    )  # fmt: skip
    tell.validates_plan(plan)
    tell.mandate(CAF, "BOARD", "2025-05-06")
    tell.mandate(HOLDER, "COMMUNITY_COUNCIL", "2025-05-20", "2025-05-27", reference="Délibération 2025-38")
    tell.mandate("Vic-Fezensac", "MUNICIPAL_COUNCIL", "2025-05-26", "2025-06-03", reference="Délibération 2025-45")
    tell.mandate(DEPARTMENT, "STANDING_COMMITTEE", "2025-05-23", "2025-05-30")
    tell.mandate(MSA, "BOARD_DELEGATION", "2025-05-15")
    tell.signs("2025-06-19", CAF, HOLDER, "Vic-Fezensac", DEPARTMENT, MSA)
    # Three seats of six: it decided all the same, and the next meeting decides again.
    tell.plans_meeting("2025-04-24", "2025-07-10", "Vic-Fezensac, arènes")
    tell.convenes("2025-06-17", "2025-07-10", "Le local des jeunes, l’été", papers=("Projet de convention de prêt",))
    (too_few,) = tell.committee(
        "2025-07-10", 5,
        ("OTHER", "Prêter le local des jeunes le samedi."),
        came="presidente secretaire caf", excused="departement msa",
    )  # fmt: skip
    # Convened two weeks before only.
    tell.plans_meeting("2025-07-10", "2025-10-09", "Vic-Fezensac, mairie")
    tell.convenes("2025-09-25", "2025-10-09", "Le rythme du comité", "Le local des jeunes")
    twice, premises = tell.committee(
        "2025-10-09", 11,
        ("OTHER", "Réunir le comité deux fois par an, et un bureau entre-temps."),
        ("OTHER", "Prêter le local des jeunes aux associations le samedi."),
        came="presidente secretaire caf msa vic-fezensac", excused="departement",
    )  # fmt: skip
    tell.rules("2025-10-09", "HALF", 6)
    tell.replaces(twice, quarterly)
    tell.replaces(premises, too_few)
    tell.entrusts(premises, "Vic-Fezensac", "2025-12-31", "La convention de prêt")
    tell.is_done(premises, "2025-12-12", "La convention de prêt est signée pour un an.")
    (car,) = tell.committee(
        TOGETHER, 22,
        ("OTHER", "Prêter le minibus du centre social à la navette des soins le mardi."),
        came="presidente secretaire caf departement vic-fezensac", excused="msa",
    )  # fmt: skip
    tell.entrusts(car, HOLDER, "2026-09-01", "La convention de prêt du minibus")
    tell.plans_meeting(TOGETHER, "2026-04-16", "Lupiac, centre d’Artagnan")
    tell.cancels_meeting("2026-03-24", "2026-04-16", "Les conseils élus le 22 mars ne seront pas tous installés.")
    tell.votes_anew("2026-03-22", HOLDER, "Vic-Fezensac")
    # The mayor is elected again; the intercommunalité has a new president; nobody is its referent yet.
    tell.assign("2026-04-07", PARTNER_REPRESENTATIVE, MAYORS["Vic-Fezensac"], "Vic-Fezensac")
    tell.is_done(twice, "2026-04-09", "Le bureau s’est réuni en janvier et en avril.")
    tell.assign("2026-04-27", PARTNER_REPRESENTATIVE, tell.cast.referent, HOLDER)
    tell.assign("2026-04-27", COMMITTEE_CHAIR, tell.cast.referent)
    tell.sits_now("2026-04-07", "vic-fezensac", MAYORS["Vic-Fezensac"])
    tell.sits_now("2026-04-27", "presidente", tell.cast.referent)
    tell.plans_meeting("2026-05-11", "2026-07-09", "Vic-Fezensac, mairie")
