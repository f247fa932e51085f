"""Who leads in the département, what those whom the framework gathers learn together, why the committee asks what it
asks."""

from __future__ import annotations

from datetime import time
from typing import Final

from ctg_engine.demo.cast import FRAMEWORK_PILOT_PERSON
from ctg_engine.demo.diary import Diary, Moment
from ctg_engine.demo.framework_delegations import COMMITTEE
from ctg_engine.demo.references import CAF, DEPARTMENT, FRAMEWORK_ID, UDCCAS, day, partner_of
from domain.counsel.counsel import counsel_stream
from domain.counsel.explaining import WriteTranslationNote
from domain.kernel import Actor, Command, RoleHeld
from domain.lead_roles.assigning import AssignLeadRole
from domain.lead_roles.leading import lead_roles_stream
from domain.roles import COOPERATION_OFFICER, FRAMEWORK_PILOT, PILOT
from domain.steering import DecisionReference
from domain.trainings import COLLOQUIUM, FORM_ACTION, PlanTraining, RecordTraining
from domain.values import Code, Prose, local_id

LEADS: Final = (("2023-04-06", DEPARTMENT, None), ("2023-09-12", CAF, "EARLY_CHILDHOOD"))
"""Since when, who leads, on which theme; on all of it where none is said."""

TRAININGS: Final = (
    (
        "action-2025", FORM_ACTION, "2025-01-14", "2025-02-11", UDCCAS, "Auch, maison des associations",
        "Préparer un forum que les habitants ont envie de suivre", (PILOT, COOPERATION_OFFICER),
        (14, 0, 0), "Dire d’abord ce que les habitants ont déjà demandé, et ce qui en est devenu.",
    ),
    (
        "colloque-2025", COLLOQUIUM, "2025-06-03", "2025-11-20", DEPARTMENT, "Auch, hôtel du Département",
        "Trois ans de conventions dans le Gers", (),
        (61, 22, 9), "Les territoires veulent comparer leurs façons de faire, pas leurs résultats.",
    ),
    (
        "colloque-2026", COLLOQUIUM, "2026-04-14", "2026-11-19", DEPARTMENT, "Mirande, salle André-Beaudran",
        "Ce que les habitants ont changé dans les plans", (), None, "",
    ),
)  # fmt: skip
"""Its key, its kind, when it was planned, its day, who organises it, where, its title, for whom; then who came
(professionals, elected people, residents) and what is kept of it, where it took place."""


def write_framework_network(diary: Diary) -> None:
    """Two leads, a form-action, a colloquium held and one to come, and the note on what the committee decided."""

    def write(on: str, command: Command) -> None:
        held = RoleHeld(FRAMEWORK_PILOT, framework_id=FRAMEWORK_ID, partner_id=partner_of(DEPARTMENT))
        diary.write(Moment(day(on), command, Actor(FRAMEWORK_PILOT_PERSON.person_id, (held,))))

    for on, partner, theme in LEADS:
        lead = AssignLeadRole(
            stream_id=lead_roles_stream(FRAMEWORK_ID),
            occurred_on=day(on),
            home_framework_id=FRAMEWORK_ID,
            lead_id=local_id("lead", theme or "all"),
            partner_id=partner_of(partner),
            theme=Code(theme) if theme else None,
        )
        write(on, lead)
    for key, kind, planned, on, partner, place, title, roles, came, kept in TRAININGS:
        training = PlanTraining(
            stream_id=FRAMEWORK_ID,
            occurred_on=day(planned),
            training_id=local_id(key),
            kind=kind,
            title=Prose(title),
            starts_on=day(on),
            starts_at=time(9, 30),
            place=Prose(place),
            partner_id=partner_of(partner),
            roles=roles,
        )
        write(planned, training)
        if came is not None:
            technical, political, usage = came
            held = RecordTraining(
                stream_id=FRAMEWORK_ID,
                occurred_on=day(on),
                training_id=local_id(key),
                technical=technical,
                political=political,
                usage=usage,
                kept=Prose(kept),
            )
            write(on, held)
    note = WriteTranslationNote(
        stream_id=counsel_stream(FRAMEWORK_ID),
        occurred_on=day("2025-04-03"),
        home_framework_id=FRAMEWORK_ID,
        note_id=local_id("donnees"),
        partner_id=partner_of(DEPARTMENT),
        source=Code("NATIONAL_CIRCULAR"),
        source_title=Prose("Déploiement des conventions territoriales globales"),
        source_reference=Prose("Cnaf, circulaire 2020-01"),
        source_on=day("2020-01-16"),
        asks=Prose("Un diagnostic partagé entre tous les partenaires."),
        became_here=Prose("Les cinq partenaires publient leurs données commune par commune."),
        adapted=Prose("Les données de santé restent au niveau de l’intercommunalité."),
        motive=Prose("Chacun observait à une échelle différente : rien ne se comparait."),
        decision=DecisionReference(COMMITTEE, local_id("comite-2025-03-20"), local_id("cadre-2025-03-20")),
    )
    write("2025-04-03", note)
