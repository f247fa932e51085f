"""Who plays in the demonstration: invented people of real institutions, and the accounts that visitors may use.

Every name is made up (a first name given to anyone, a tree or a bird for a family name) and every address ends in
`.invalid`, which no mail ever reaches.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from uuid import UUID

from domain.kernel import Actor, RoleHeld
from domain.roles import FRAMEWORK_PILOT
from domain.values import Code, deterministic_id

DEMO_PASSWORD = "demonstration-2026"
"""The one password of every demonstration account, printed on purpose."""


def demo_id(*parts: str) -> UUID:
    """The same on every machine and at every telling."""
    return deterministic_id("demo", *parts)


@dataclass(frozen=True)
class Person:
    """Someone invented, known by a key that is also the local part of their address."""

    key: str
    name: str

    @property
    def person_id(self) -> UUID:
        """The id that the log holds."""
        return demo_id("person", self.key)

    @property
    def email(self) -> str:
        """An address that cannot exist (RFC 2606)."""
        return f"{self.key}@exemple.invalid"

    def acting_as(self, role: Code, territory_id: UUID | None = None, partner_id: UUID | None = None) -> Actor:
        """This person, in one of their roles."""
        return Actor(self.person_id, (RoleHeld(role, territory_id, partner_id),))

    def steering(self, framework_id: UUID, territory_id: UUID) -> Actor:
        """This person as pilot of a framework, on one of the territories that it follows."""
        return Actor(
            self.person_id,
            (RoleHeld(FRAMEWORK_PILOT, framework_id=framework_id, follows=frozenset({territory_id})),),
        )


def person_named(name: str) -> Person:
    """Someone whose key is made of their name: `Noa Cormier` gives `noa.cormier`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return Person(plain.replace(" ", "."), name)


ADMINISTRATOR_OF_INSTANCE = Person("administrateur", "Alix Exemple")
FRAMEWORK_PILOT_PERSON = Person("pilote.departement", "Maxime Exemple")
FRAMEWORK_CO_PILOT_PERSON = Person("copilote.caf", "Sacha Merisier")
CAF_REPRESENTATIVE = Person("caf", "Ariel Exemple")
CAF_EXECUTIVE = Person("direction.caf", "Lou Charme")
MSA_REPRESENTATIVE = Person("msa", "Eden Genévrier")
DEPARTMENT_REPRESENTATIVE = Person("departement", "Jo Mésange")
CPAM_REPRESENTATIVE = Person("cpam", "Noor Fauvette")
UDCCAS_REPRESENTATIVE = Person("udccas", "Yvonne Cornouille")
AUDITOR_PERSON = Person("auditeur", "Swann Exemple")
COMMITTEE_MEMBER_OF_VAL_DE_GERS = Person("comite.valdegers", "Morgan Exemple")

CAF_ADVISERS = (person_named("Charlie Cornouiller"), person_named("Andrea Pinson"), person_named("Louison Érable"))
"""Three Caf advisers share the département."""

SOCIAL_CENTRE_HEADS = (person_named("Gwen Loriot"), person_named("Yaël Fusain"), person_named("Maé Bouvreuil"))
"""Heads of the Département's social centres, co-pilots of the territories around them."""


@dataclass(frozen=True)
class LocalCast:
    """The people of one territory: who steers, who records, who chairs, who is elected for it, who helps."""

    pilot: Person
    officer: Person
    chair: Person
    referent: Person
    co_pilot: Person
    adviser: Person


def _local(sector: int, pilot: str | Person, officer: str, chair: str, referent: str) -> LocalCast:
    return LocalCast(
        pilot if isinstance(pilot, Person) else person_named(pilot),
        person_named(officer),
        person_named(chair),
        person_named(referent),
        SOCIAL_CENTRE_HEADS[sector],
        CAF_ADVISERS[sector],
    )


WEST, CENTRE, EAST = range(3)

LOCAL_CASTS: dict[str, LocalCast] = {
    "gascogne-toulousaine": _local(EAST, "Dany Alisier", "Robin Verdier", "Claude Frêne", "Ange Tarin"),
    "bastides-de-lomagne": _local(EAST, "Lilou Sorbier", "Alex Rouvre", "Dominique Grive", "Camille Buis"),
    "armagnac-adour": _local(WEST, "Sam Peuplier", "Élie Linotte", "Pascal Aubépine", "Stéphane Roitelet"),
    "astarac-arros": _local(WEST, "Kim Bouleau", "Jessy Sittelle", "Frédérique Orme", "Marion Viorne"),
    "arrats-gimone": _local(EAST, "Laurence Troène", "Mahé Bergeron", "Gaby Noyer", "Axelle Serin"),
    "grand-auch": _local(CENTRE, "Emmanuelle Tremble", "Nour Hirondelle", "Michel Cytise", "Noa Huppe"),
    "valdegers": _local(
        CENTRE, Person("pilote.valdegers", "Camille Exemple"), "Dominique Noisetier", "Claude Tilleul", "Andrée Sureau"
    ),
    "lomagne-gersoise": _local(CENTRE, "Valère Saule", "Inès Chardonneret", "Joël Marronnier", "Renée Prunier"),
    "bas-armagnac": _local(WEST, "Solène Houx", "Timéo Rossignol", "Danièle Cèdre", "Hilaire Moineau"),
    "tenareze": _local(WEST, "Aurèle Mélèze", "Paule Gobemouche", "Marcelle Platane", "Ulysse Bruant"),
    "coeur-d-astarac": _local(CENTRE, "Gaël Néflier", "Lise Torcol", "Josué Cognassier", "Olive Alouette"),
    "grand-armagnac": _local(WEST, "Maïa Arbousier", "Cyrille Rollier", "René Figuier", "Edmée Traquet"),
    "bastides-et-vallons": _local(WEST, "Perrine Jujubier", "Nils Accenteur", "Odile Chêne-Vert", "Ambre Pipit"),
    "saves": _local(EAST, "Romane Aulne", "Basile Étourneau", "Simone Hêtre", "Aimé Geai"),
    "artagnan": _local(CENTRE, "Victoire Tamaris", "Amel Épervier", "Lucien Micocoulier", "Rose Martinet"),
}
"""By the key that the story gives to each of the fifteen territories."""


@dataclass(frozen=True)
class DemoAccount:
    """An account of the demonstration: its login, whose it is, and what its visitor will see."""

    login: str
    person: Person
    explanation: str
    is_administrator: bool = False


ACCOUNTS: tuple[DemoAccount, ...] = (
    DemoAccount(
        FRAMEWORK_PILOT_PERSON.key,
        FRAMEWORK_PILOT_PERSON,
        "pilote de la convention-cadre, au Département : voit les quinze territoires",
    ),
    DemoAccount(
        "pilote.valdegers",
        LOCAL_CASTS["valdegers"].pilot,
        "pilote de la CTG Val de Gers : enregistre les jalons de son territoire",
    ),
    DemoAccount(
        COMMITTEE_MEMBER_OF_VAL_DE_GERS.key,
        COMMITTEE_MEMBER_OF_VAL_DE_GERS,
        "membre du comité de pilotage de Val de Gers : lit le tableau de bord et le journal",
    ),
    DemoAccount(
        CAF_REPRESENTATIVE.key,
        CAF_REPRESENTATIVE,
        "représente la Caf du Gers : enregistre les décisions et les signatures de la Caf",
    ),
    DemoAccount(AUDITOR_PERSON.key, AUDITOR_PERSON, "auditeur : lit tout, n’enregistre rien"),
    DemoAccount(
        ADMINISTRATOR_OF_INSTANCE.key,
        ADMINISTRATOR_OF_INSTANCE,
        "administre l’instance : territoires, méthode, comptes, table des droits",
        is_administrator=True,
    ),
)
"""What `ctg demo` prints, with `DEMO_PASSWORD`."""


def everyone() -> tuple[Person, ...]:
    """All the people of the story, each once."""
    local = (person for cast in LOCAL_CASTS.values() for person in vars(cast).values())
    shared = (
        ADMINISTRATOR_OF_INSTANCE,
        FRAMEWORK_PILOT_PERSON,
        FRAMEWORK_CO_PILOT_PERSON,
        CAF_REPRESENTATIVE,
        CAF_EXECUTIVE,
        MSA_REPRESENTATIVE,
        DEPARTMENT_REPRESENTATIVE,
        CPAM_REPRESENTATIVE,
        UDCCAS_REPRESENTATIVE,
        AUDITOR_PERSON,
        COMMITTEE_MEMBER_OF_VAL_DE_GERS,
        *MAYORS.values(),
    )
    return tuple(dict.fromkeys((*shared, *local)))


MAYORS: dict[str, Person] = {
    "Masseube": person_named("Thaïs Roncier"),
    "Seissan": person_named("Firmin Bécasseau"),
    "Nogaro": person_named("Honoré Pervenche"),
    "Vic-Fezensac": person_named("Zélie Courlis"),
    "Mauvezin": person_named("Bastien Lavandin"),
}
"""Who speaks for the communes that sign by themselves."""
