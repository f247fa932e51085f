"""What a column of a table may become, with the words that stand at its head in the tables of real plans."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from workflows.tables.heads import only_year
from workflows.tables.indicator_fields import INDICATOR_FIELDS, TARGET, target_field
from workflows.tables.kinds import Kind, TableField, year_of
from workflows.tables.words import head_words

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
LIFE_STAGES: Final = "life_stages"
COMMUNES: Final = "communes"
RISKS: Final = "risks"
BUDGET: Final = "budget"
BUDGET_YEAR: Final = "budget_year"
FUNDER: Final = "funder"
AMOUNT: Final = "amount"
FUNDING: Final = "funding"
"""No field of a table by itself: funders with their amounts."""

FUNDED_BY: Final = "funded_by"
"""What a funder brings that the head of the column names: "Caf 2025"."""

CERTAINTY: Final = "certainty"
LINKS: Final = "links"
TICKED: Final = "ticked"
"""A year that is ticked where the action runs: `ticked.2026`."""

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
    TableField(
        CALENDAR,
        Kind.SPAN,
        r"(calendrier|periodes?|planning|temporalite|echeanciers?)( (previsionnel(le)?s?"
        r"|de (realisation|mise en oeuvre)|d execution|indicati(f|ve)))*|dates?|duree",
    ),
    TableField(
        CERTAINTY,
        Kind.CERTAINTY,
        r"certitudes?( .*)?|(etat|statut|niveau|avancement) (d |du |des |de (la |l )?)(financements?|subventions?"
        r"|aides?|demande)( .*)?|(financements?|subventions?) (acquis|obtenu).*|certainty",
        several=True,
    ),
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
        r"annee( (du|de) (budget|financement|versement))?( [0-9])?|exercice( budgetaire)?( [0-9])?|year of the cost"
        r"|annee du cout",
        several=True,
    ),
    TableField(FUNDER, Kind.PARTNER, r"(co ?)?financeurs?( [0-9]+)?|funder", several=True),
    TableField(AMOUNT, Kind.MONEY, r"montants?( .*)?|subventions?( .*)?|amount", several=True),
    TableField(FUNDED_BY, Kind.MONEY, r"brought by the funder named above", several=True),
    TableField(
        LINKS,
        Kind.LINKS,
        r"liens?( (avec|aux?|vers|entre) .*)?|articulations?( .*)?|(autres )?(dispositifs?|contrats?|demarches?"
        r"|politiques?|schemas?)( (lie(e)?s?|associe(e)?s?|concerne(e)?s?|mobilise(e)?s?|territoria(l|ux|les?)|et .*))*"
        r"|coherence (avec|externe).*|(schemes? and )?(other )?contracts",
        several=True,
    ),
    TableField(MATERIAL_MEANS, Kind.TEXT, r"moyens (materiels?|techniques?)( .*)?|material means"),
    TableField(LIFE_STAGES, Kind.STAGES, r"ages? de la vie|tranches? d age|ages|parcours de vie|stages of life"),
    TableField(COMMUNES, Kind.COMMUNES, r"communes?( .*)?|territoires? (concernes?|d action)|lieux?|towns"),
    TableField(RISKS, Kind.LINES, r"risques?( .*)?|points? de vigilance|freins?( .*)?|risks"),
    *INDICATOR_FIELDS,
)
"""The fields of a sheet, of its money and of its indicators, that a table may fill."""

LEFT_OUT: Final = ""
"""What a column becomes that is not taken over."""

_BY_CODE: Mapping[str, TableField] = {one.code: one for one in FIELDS}
_HEADS: Final = tuple((re.compile(one.head), one) for one in (*INDICATOR_FIELDS, *FIELDS) if one.head)
_COSTS: Final = re.compile(
    r"(budgets?|couts?|depenses?)( (totale?s?|previsionnel(le)?s?|estime(e)?s?|globa(l|ux)|annuel(le)?s?|du projet"
    r"|de l action|annee|exercice|pour|en|k?€|m€|ht|ttc|k ?euros?|euros?|eur|milliers( d euros?)?|20[0-9]{2}))*"
)
"""What begins the head of a column of costs; its year, if it says one alone, is that of the column."""

SCHEMES: Final = re.compile(
    r"(lien |axe )?(avec |au |a la )?(le |la )?(pcaet|cls|clsm|pat|pel|pedt|plui?|plh|sdsf|cteac|crte|cprf|epage|cej"
    r"|caj|pdalhpd|contrat de ville|contrat local de sante|contrat enfance( et)? jeunesse|plan mercredi|france services"
    r"|projet educatif de territoire|projet alimentaire territorial|schema departemental .*)( .{0,20})?"
)
"""Contracts and schemes that a column, or a part of a cell, may name."""

_INDICATORS: Final = frozenset(one.code for one in INDICATOR_FIELDS)


def field_of(code: str) -> TableField | None:
    """A field by its code, None for none of ours."""
    for word, made in ((TARGET, target_field), (BUDGET, budget_field), (TICKED, ticked_field)):
        if (year := year_of(word, code)) is not None:
            return made(year)
    return _BY_CODE.get(code)


def budget_field(year: int) -> TableField:
    """What an action needs in a year."""
    return TableField(f"{BUDGET}.{year}", Kind.MONEY, "")


def year_of_budget(code: str) -> int | None:
    """The year of such a code, None for any other."""
    return year_of(BUDGET, code)


def ticked_field(year: int) -> TableField:
    """A year that is ticked."""
    return TableField(f"{TICKED}.{year}", Kind.TICK, "")


def is_of_indicators(field: TableField) -> bool:
    """Whether it says something of an indicator."""
    return field.code.partition(".")[0] in _INDICATORS


def by_head(head: str) -> TableField | None:
    """The field that the head of a column names; None when it names none."""
    said = head_words(head)
    found = next((one for pattern, one in _HEADS if pattern.fullmatch(said)), None)
    if found is not None and found.code == TARGET and (year := re.search(r"20[0-9]{2}", said)) is not None:
        return target_field(int(year[0]))
    if found is None and SCHEMES.fullmatch(said):
        return _BY_CODE[LINKS]
    if found is None and _COSTS.fullmatch(said):
        return budget_field(of) if (of := only_year(head)) is not None else _BY_CODE[BUDGET]
    return found
