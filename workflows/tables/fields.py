"""What a column of a table may become, with the words that stand at its head in the tables of real plans."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from workflows.tables.words import head_words


class Kind(Enum):
    """How the cells of a column are read."""

    TEXT = "text"
    NUMBER = "number"
    """The number of a sheet as people write it: "1.3" is never 1,3."""
    DAY = "day"
    SPAN = "span"
    """A start and an end in one cell, or one of them."""
    MONEY = "money"
    COUNT = "count"
    PARTNER = "partner"
    PARTNERS = "partners"
    PRIORITY = "priority"
    STATUS = "status"
    PERCENT = "percent"
    CERTAINTY = "certainty"


@dataclass(frozen=True)
class TableField:
    """A field: its code, how it is read, the pattern of its head once folded, whether several columns may be it."""

    code: str
    kind: Kind
    head: str
    several: bool = False


IDENTITY: Final = "identity"
NUMBER: Final = "number"
TITLE: Final = "title"
PRIORITY: Final = "priority"
OWNER: Final = "owner"
STARTS: Final = "starts_on"
ENDS: Final = "ends_on"
CALENDAR: Final = "calendar"
STATUS: Final = "status"
PROGRESS: Final = "progress_percent"
MOTIVE: Final = "motive"
PARTNERS: Final = "contributor_ids"
DESCRIPTION: Final = "description"
STRATEGIC: Final = "strategic_objective"
OBJECTIVE: Final = "operational_objective"
PUBLIC: Final = "public"
HUMAN_MEANS: Final = "human_means"
MATERIAL_MEANS: Final = "material_means"
BUDGET: Final = "budget"
BUDGET_YEAR: Final = "budget_year"
FUNDER: Final = "funder"
AMOUNT: Final = "amount"
FUNDING: Final = "funding"
"""No field of a table by itself: funders with their amounts."""

CERTAINTY: Final = "certainty"
BY_YEARS: Final = "budget_by_years"
"""No field of a table: whether the recorded need is told for several years."""

FIELDS: Final = (
    TableField(IDENTITY, Kind.TEXT, r"identifiant ctg"),
    TableField(NUMBER, Kind.NUMBER, r"(n|no|num|numero|code|ref|reference|number)( (de )?(l )?(action|fiche).*)?"),
    TableField(
        TITLE,
        Kind.TEXT,
        r"(titre|intitule|libelle|nom)( court)?( (de )?(la |l )?(action|fiche|projet).*)?|actions?|projet|title",
    ),
    TableField(
        PRIORITY,
        Kind.PRIORITY,
        r"(sous )*axes?( .*)?|priorites?|priority|orientation.*|thematique|enjeu.*|volet.*",
        several=True,
    ),
    TableField(
        OWNER,
        Kind.PARTNER,
        r"(structure|organisme|partenaire) (pilote|porteuse|porteur)|pilote( de l action)?|porteur.*|maitre d ouvrage"
        r"|maitrise d ouvrage|responsable.*|chef de file|owner",
    ),
    TableField(STARTS, Kind.DAY, r"(date )?(de |du )?(debut|demarrage|lancement|commencement).*|(.* )?start( date)?"),
    TableField(ENDS, Kind.DAY, r"(date )?(de |d )?(fin|echeance|achevement|cloture)( .*)?|(.* )?end( date)?"),
    TableField(CALENDAR, Kind.SPAN, r"calendrier|periodes?|planning|temporalite|dates?|duree"),
    TableField(STATUS, Kind.STATUS, r"(statut|etat|status|phase)( .*)?|avancement|realise(e)?|suivi"),
    TableField(
        PROGRESS, Kind.PERCENT, r"(avancement|progression|taux d avancement|progress)( en)? ?%|%( .*)?|progress"
    ),
    TableField(MOTIVE, Kind.TEXT, r"motifs?( .*)?|raisons?( .*)?|justification( .*)?|reason"),
    TableField(
        PARTNERS,
        Kind.PARTNERS,
        r"(autres )?partenaires?( .*)?|acteurs( .*)?|contributeurs?|(other )?partners|with whom",
    ),
    TableField(DESCRIPTION, Kind.TEXT, r"descripti(f|on)( .*)?|contenu( .*)?|detail( .*)?"),
    TableField(STRATEGIC, Kind.TEXT, r"objectifs? strategiques?|strategic (objective|aim)"),
    TableField(OBJECTIVE, Kind.TEXT, r"objectifs?( operationnels?)?|finalites?|(operational )?(objective|aim)"),
    TableField(PUBLIC, Kind.TEXT, r"publics?( .*)?|beneficiaires|cibles?|for whom"),
    TableField(HUMAN_MEANS, Kind.TEXT, r"moyens( humains?( .*)?)?|human means|people"),
    TableField(
        BUDGET,
        Kind.MONEY,
        r"(budget|cout)( (total|previsionnel|estime|global))*( (ht|ttc|en|eur|€|euros?))*|total cost",
    ),
    TableField(
        BUDGET_YEAR,
        Kind.COUNT,
        r"annee( (du|de) (budget|financement))?|exercice( budgetaire)?|year of the cost|annee du cout",
    ),
    TableField(FUNDER, Kind.PARTNER, r"(co ?)?financeurs?( [0-9]+)?|funder", several=True),
    TableField(AMOUNT, Kind.MONEY, r"montants?( .*)?|subventions?( .*)?|amount", several=True),
    TableField(CERTAINTY, Kind.CERTAINTY, r"certitude|etat (du|des) financements?|certainty"),
    TableField(MATERIAL_MEANS, Kind.TEXT, r"moyens (materiels?|techniques?)( .*)?|material means"),
)
"""The fields of a sheet that a table may fill."""

LEFT_OUT: Final = ""
"""What a column becomes that is not taken over."""

_BY_CODE: Mapping[str, TableField] = {one.code: one for one in FIELDS}
_HEADS: Final = tuple((re.compile(one.head), one) for one in FIELDS)


def field_of(code: str) -> TableField | None:
    """A field by its code, None for none of ours."""
    return _BY_CODE.get(code)


def by_head(head: str) -> TableField | None:
    """The field that the head of a column names; None when it names none."""
    said = head_words(head)
    return next((one for pattern, one in _HEADS if pattern.fullmatch(said)), None)
