"""Which institutions a territory proposes to register: its holder, its communes, those of its département."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid4

from api.pages.asking import Asking
from api.pages.departments import OF
from domain.collation import alphabetical
from domain.partners import RegisterPartner
from domain.territories import Territory
from domain.values import Code, PublicName

_COMMUNE_OF: Final = re.compile("^(commune )?(de |du |des |d[’'])?(la |le |les |l[’'])?", re.IGNORECASE)

INSTITUTIONS: Final = (("CAF", "Caf"), ("MSA", "MSA"), ("DEPARTEMENT", "Département"), ("CPAM", "CPAM"))
"""The institutions of a département, by the words with which their names begin."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An institution that may be registered: ``value`` names it in the form."""

    value: str
    name: str
    kind: str
    chosen: bool


def command_of(one: Proposal, territory: Territory, said: str = "", stream_id: UUID | None = None) -> RegisterPartner:
    """The act that registers a proposal, under the name that was `said` where that may be told otherwise."""
    kind, _, code = one.value.partition(":")
    local = kind in ("EPCI", "COMMUNE")
    name = one.name if local else (said.strip() or one.name)
    siren = territory.siren if kind == "EPCI" else _siren_of(territory, code) if local else None
    return RegisterPartner(
        stream_id=stream_id or uuid4(),
        kind=Code(kind),
        name=PublicName(name),
        siren=siren,
        home_territory_id=territory.id if local else None,
    )


def _siren_of(territory: Territory, insee: str) -> Code | None:
    return next((one.siren for one in territory.communes if one.insee == insee), None)


def of_department(ask: Asking, territory: Territory) -> Iterator[Proposal]:
    """The institutions of its département that the register does not know."""
    code = territory.department
    known = {one.kind for one in ask.register.partners.values()}
    for kind, begins in INSTITUTIONS:
        if kind not in known:
            name = f"{begins} {OF.get(code, '')}".strip()
            yield Proposal(f"{kind}:{code}", name, kind, chosen=kind == "CAF")


def of_territory(ask: Asking, territory: Territory) -> Iterator[Proposal]:
    """Its holder and its communes that the register does not know."""
    known = {str(one.siren) for one in ask.register.partners.values() if one.siren is not None}
    named = {(one.kind, _bare(one.name)) for one in ask.register.partners.values()}
    if territory.siren not in known:
        yield Proposal(f"EPCI:{territory.siren}", territory.name, "EPCI", chosen=True)
    for one in territory.communes:
        if (one.siren is None or one.siren not in known) and ("COMMUNE", _bare(one.name)) not in named:
            yield Proposal(f"COMMUNE:{one.insee}", one.name, "COMMUNE", chosen=False)


def _bare(name: str) -> str:
    """The name of a commune without its article: registers write "Commune de l’Isle-Jourdain" too."""
    return alphabetical(_COMMUNE_OF.sub("", name))
