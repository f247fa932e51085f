"""Before the territories' chapters: the method, the register of territories and partners, the framework."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from ctg_engine.demo.cast import (
    ADMINISTRATOR_OF_INSTANCE,
    AUDITOR_PERSON,
    FRAMEWORK_CO_PILOT_PERSON,
    FRAMEWORK_PILOT_PERSON,
    Person,
)
from ctg_engine.demo.diary import Diary, Moment
from ctg_engine.demo.references import (
    CAF,
    CPAM,
    DEPARTMENT,
    FRAMEWORK_ID,
    METHOD,
    MOBILITY_ASSOCIATION,
    MSA,
    UDCCAS,
    partner_of,
)
from ctg_engine.demo.territories import DemoTerritory
from domain.assignments import AssignFrameworkRole
from domain.frameworks import (
    AttachTerritory,
    Heading,
    OpenFrameworkConvention,
    SignFrameworkConvention,
)
from domain.kernel import Command
from domain.method import MethodProfile
from domain.partners import RegisterPartner
from domain.profiles import PublishMethodProfile, profile_stream
from domain.roles import (
    ADMINISTRATOR,
    AUDITOR,
    FRAMEWORK_CO_PILOT,
    FRAMEWORK_PILOT,
)
from domain.territories import Commune, RegisterTerritory, territory_stream
from domain.values import Code, Prose, PublicName

REGISTERED_ON = date(2023, 1, 9)
FRAMEWORK_OPENED_ON = date(2023, 1, 16)
FRAMEWORK_SIGNED_ON = date(2023, 1, 24)
ATTACHED_ON = date(2023, 1, 27)

INSTITUTIONS = (
    (CAF, "CAF", "Caf du Gers"),
    (DEPARTMENT, "DEPARTEMENT", "Département du Gers"),
    (MSA, "MSA", "MSA Midi-Pyrénées Sud"),
    (CPAM, "CPAM", "CPAM du Gers"),
    (UDCCAS, "UDCCAS", "UDCCAS du Gers"),
    (MOBILITY_ASSOCIATION, "ASSOCIATION", "Association Exemple Mobilités 32"),
)
"""Real institutions (their facts are invented), and one association that does not exist."""

FRAMEWORK_PARTNERS = (CAF, DEPARTMENT, MSA, CPAM, UDCCAS)

HEADINGS = {
    "WHY": "Parce que les besoins augmentent plus vite que les moyens, et qu’un habitant ne devrait pas avoir à "
    "connaître l’organigramme de cinq institutions pour être aidé.",
    "WHAT": "Un cadre commun aux quinze intercommunalités : la même méthode partout, des priorités propres à chacune.",
    "STAKES": "Répondre à une demande qui monte, retrouver la confiance, rapprocher les décisions du terrain, "
    "mettre en commun l’ingénierie et les données.",
    "WITH_WHOM": "La Caf, le Département, la MSA, la CPAM et l’UDCCAS, avec les intercommunalités, les communes, "
    "les associations et les habitants.",
    "ENDS": "Territorialiser l’offre, coordonner les collectivités, donner du sens, choisir des projets "
    "complémentaires, simplifier les contrats.",
    "HOW": "Un diagnostic partagé, des forums où techniciens, élus et usagers croisent leurs regards, des priorités "
    "choisies en comité, un plan signé, un bilan chaque année.",
    "MEANS": "Des postes cofinancés, des conseillers techniques, des données ouvertes aux partenaires, "
    "un référent dans chaque institution.",
    "FOLLOW_UP": "Un comité départemental deux fois par an regarde où en est chaque territoire, sans classement.",
}


def write_opening(diary: Diary, territories: Iterable[DemoTerritory], profile: MethodProfile) -> None:
    """Everything that the chapters rely on, in January 2023."""
    territories = tuple(territories)
    administrator = ADMINISTRATOR_OF_INSTANCE.acting_as(ADMINISTRATOR)

    def write(day: date, *commands: Command) -> None:
        for command in commands:
            diary.write(Moment(day, command, administrator))

    write(REGISTERED_ON, PublishMethodProfile(stream_id=profile_stream(*METHOD), profile=profile))
    write(REGISTERED_ON, *(_register(territory) for territory in territories))
    write(
        REGISTERED_ON,
        *(
            RegisterPartner(stream_id=partner_of(key), kind=Code(kind), name=PublicName(name))
            for key, kind, name in INSTITUTIONS
        ),
        *(
            RegisterPartner(
                stream_id=partner_of(territory.facts.siren),
                kind=Code("EPCI"),
                name=PublicName(territory.facts.name),
                siren=Code(territory.facts.siren),
                home_territory_id=territory_stream(territory.facts.siren),
            )
            for territory in territories
        ),
    )
    write(FRAMEWORK_OPENED_ON, _open_framework())
    write(
        FRAMEWORK_OPENED_ON,
        _framework_role(FRAMEWORK_PILOT, FRAMEWORK_PILOT_PERSON, partner_of(DEPARTMENT)),
        _framework_role(FRAMEWORK_CO_PILOT, FRAMEWORK_CO_PILOT_PERSON, partner_of(CAF)),
        _framework_role(AUDITOR, AUDITOR_PERSON, None),
    )
    write(
        FRAMEWORK_SIGNED_ON,
        *(SignFrameworkConvention(stream_id=FRAMEWORK_ID, partner_id=partner_of(key)) for key in FRAMEWORK_PARTNERS),
    )
    write(
        ATTACHED_ON,
        *(
            AttachTerritory(stream_id=FRAMEWORK_ID, attached_territory_id=territory_stream(one.facts.siren))
            for one in territories
        ),
    )


def _register(territory: DemoTerritory) -> RegisterTerritory:
    facts = territory.facts
    return RegisterTerritory(
        stream_id=territory_stream(facts.siren),
        siren=Code(facts.siren),
        name=PublicName(facts.name),
        legal_form=Code(facts.legal_form),
        department=Code(facts.department),
        communes=tuple(
            Commune(
                Code(commune.insee),
                Code(commune.siren) if commune.siren else None,
                PublicName(commune.name),
                commune.population_municipal or 0,  # the demonstration's file gives each
            )
            for commune in facts.communes
        ),
    )


def _open_framework() -> OpenFrameworkConvention:
    return OpenFrameworkConvention(
        stream_id=FRAMEWORK_ID,
        name=PublicName("Convention territoriale globale gersoise des solidarités"),
        department=Code("32"),
        headings=tuple(Heading(Code(heading), Prose(text)) for heading, text in HEADINGS.items()),
        signatories=tuple(partner_of(key) for key in FRAMEWORK_PARTNERS),
        profile_name=METHOD[0],
        profile_version=METHOD[1],
        effective_from=date(2023, 1, 1),
        effective_to=date(2027, 12, 31),
    )


def _framework_role(role: Code, person: Person, partner_id: UUID | None) -> AssignFrameworkRole:
    return AssignFrameworkRole(stream_id=FRAMEWORK_ID, role=role, person_id=person.person_id, partner_id=partner_id)
