"""The texts to sign, as the committee adopted them with a plan (R14)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from domain.convention.state import TerritorialConvention
from domain.kernel import Part, part
from domain.values import Code, Sha256


@dataclass(frozen=True)
class AdoptedText:
    """The text to sign for one cover, as the committee adopted it with a plan (R14)."""

    text_sha256: Sha256
    plan_hash: Sha256
    adopted_on: date


@part(TerritorialConvention, "texts")
@dataclass
class TextsAdopted(Part):
    """For each cover, the text adopted last."""

    by_cover: dict[Code, AdoptedText] = field(default_factory=dict)
