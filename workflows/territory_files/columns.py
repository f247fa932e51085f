"""The tables that are understood, and the titles of their columns as each producer writes them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum


class FileKind(Enum):
    """The tables that are understood, in the order in which their figures prevail."""

    EPCI_LIST = "epci_list"
    """DGCL: one line per EPCI."""
    COMMUNE_TABLE = "commune_table"
    """DGCL: one line per commune, with the SIREN of its EPCI."""
    PERIMETER = "perimeter"
    """DGCL: one line per commune, with all that is known of its EPCI."""
    MEMBERS = "members"
    """BANATIC: one line per member, known by its SIREN only."""
    GROUPS = "groups"
    """Insee: one line per EPCI, with its legal form."""
    COMPOSITION = "composition"
    """Insee: one line per commune (`CODGEO`), with its EPCI."""
    POPULATIONS = "populations"
    """Insee: the populations of communes, which its other tables do not give."""


STATES_EPCI = frozenset({FileKind.EPCI_LIST, FileKind.PERIMETER, FileKind.MEMBERS, FileKind.COMPOSITION})
"""Kinds that describe an EPCI by themselves."""

LISTS_COMMUNES = frozenset({FileKind.COMMUNE_TABLE, FileKind.PERIMETER, FileKind.MEMBERS, FileKind.COMPOSITION})
"""Kinds that say which communes an EPCI has."""


@dataclass(frozen=True)
class Column:
    """A column: the engine's `field`, the pattern of its title once folded, and the title shown in errors."""

    field: str
    pattern: str
    title: str
    required: bool = True


_EPCI_COLUMNS = (
    Column("seat", "dept", "dept"),
    Column("epci_siren", "siren", "siren"),
    Column("epci_name", "raison_sociale", "raison_sociale"),
    Column("legal_form", "nature_juridique", "nature_juridique"),
    Column("member_count", "nb_membres", "nb_membres"),
    Column("epci_total", "total_pop_tot", "total_pop_tot"),
    Column("epci_municipal", "total_pop_mun", "total_pop_mun"),
)
_COMMUNE_FIGURES = (
    Column("insee", "insee", "insee"),
    Column("commune_total", r"ptot(_\d{4})?", "ptot_AAAA"),
    Column("commune_municipal", r"pmun(_\d{4})?", "pmun_AAAA"),
)
COLUMNS: Mapping[FileKind, tuple[Column, ...]] = {
    FileKind.EPCI_LIST: _EPCI_COLUMNS,
    FileKind.COMMUNE_TABLE: (
        Column("epci_siren", "siren_epci", "siren_epci"),
        *_COMMUNE_FIGURES,
        Column("commune_siren", "siren_commune", "siren_commune", required=False),
        Column("commune_name", "nom_commune", "nom_commune"),
    ),
    FileKind.PERIMETER: (
        *_EPCI_COLUMNS,
        *_COMMUNE_FIGURES,
        Column("commune_siren", "siren_membre", "siren_membre", required=False),
        Column("commune_name", "nom_membre", "nom_membre"),
    ),
    FileKind.MEMBERS: (
        Column("seat", "departement_siege", "Département siège"),
        Column("epci_siren", "n°_siren(_(du_)?groupement)?", "N° SIREN"),
        Column("epci_name", "nom_du_groupement", "Nom du groupement"),
        Column("legal_form", "nature_juridique(_du_groupement)?", "Nature juridique"),
        Column("commune_siren", "siren_(du_)?membre", "Siren membre"),
        Column("commune_name", "nom_(du_)?membre", "Nom membre"),
        Column("insee", r"(n°_|code_)insee(_(du_)?membre)?", "Code Insee", required=False),
    ),
    FileKind.GROUPS: (
        Column("epci_siren", "epci", "EPCI"),
        Column("epci_name", "libepci", "LIBEPCI"),
        Column("legal_form", "nature_epci", "NATURE_EPCI"),
        Column("member_count", "nb_com", "NB_COM"),
    ),
    FileKind.COMPOSITION: (
        Column("insee", "codgeo", "CODGEO"),
        Column("commune_name", "libgeo", "LIBGEO"),
        Column("epci_siren", "epci", "EPCI"),
        Column("epci_name", "libepci", "LIBEPCI"),
    ),
    FileKind.POPULATIONS: (
        Column("insee", "depcom|codgeo", "DEPCOM"),
        Column("commune_municipal", r"pmun(_?\d{2,4})?", "PMUN"),
        Column("commune_total", r"ptot(_?\d{2,4})?", "PTOT"),
    ),
}


def fold(title: str) -> str:
    """A title without case, accents, or the difference between spaces and underscores."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", title) if not unicodedata.combining(c))
    return re.sub(r"[\s_\-]+", "_", plain.strip().casefold())


def matches(column: Column, titles: Sequence[str]) -> list[int]:
    """The places of a column among folded titles."""
    return [place for place, title in enumerate(titles) if re.fullmatch(column.pattern, title)]


def known_titles(kind: FileKind, titles: Sequence[str]) -> int:
    """How many columns of a kind are there."""
    return sum(bool(matches(column, titles)) for column in COLUMNS[kind])


def titles_of(kind: FileKind) -> str:
    """The compulsory titles of a kind, for the messages."""
    return ", ".join(column.title for column in COLUMNS[kind] if column.required)
