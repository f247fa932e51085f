"""The vocabulary of means and results: the money of sheets, what partners pledge, indicators and what users say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from ctg_engine.demo.cast import demo_id
from ctg_engine.demo.plan_tables import planned, table
from ctg_engine.demo.planning import Planning
from ctg_engine.demo.references import codes, day
from domain.action_sheets.funding import EstimateBudget, PledgeFunding
from domain.action_sheets.paying import RecordPayment
from domain.claims.calendar import ClaimDate, StateClaimDates, claim_id_of, claims_stream
from domain.claims.sending import RecordClaimSent
from domain.indicators.defining import DefineIndicator
from domain.indicators.measuring import RecordMeasure
from domain.indicators.satisfaction import LEVELS, RecordSatisfaction
from domain.indicators.terms import Target
from domain.money import PledgedYear, YearAmount
from domain.pledges.keeping import RecordDelivery
from domain.pledges.pledging import PledgeResource
from domain.values import Code, LocalId, Prose, local_id

PEOPLE: Final = ("personnes", "apprentis")
"""What is counted where people are: few of them are told by nothing (R32)."""


class MeansAndResults(Planning):
    """What a plan costs, who brings it, and what came of it, as the table beside it tells."""

    def counts_its_means(self, on: str) -> None:
        """The money of its sheets and what partners pledge, on a day; then payments and deliveries as they come."""
        said, sheets = table(self.key), self._sheets()
        for number, (need, *lines) in said["money"].items():
            budget = tuple(YearAmount(int(year), int(euros) * 100) for year, euros in _pairs(need))
            self.write(on, on, EstimateBudget(stream_id=sheets[number], occurred_on=day(on), budget=budget))
            for line in lines:
                partner, year, euros, certainty = line.split()
                pledged = PledgeFunding(
                    stream_id=sheets[number],
                    occurred_on=day(on),
                    line_id=_line(partner, year),
                    partner_id=self.partner(partner),
                    year=int(year),
                    amount_cents=int(euros) * 100,
                    certainty=Code(certainty),
                )
                self.write(on, on, pledged)
        for one in said.get("payments", ()):
            number, paid_on, partner, year, euros = one.split()
            paid = RecordPayment(
                stream_id=sheets[number],
                occurred_on=day(paid_on),
                line_id=_line(partner, year),
                amount_cents=int(euros) * 100,
            )
            self.write(paid_on, None, paid, documents=("Avis de versement",))
        for place, row in enumerate(said["pledges"]):
            self._pledges(on, place, *row)
        for one in said.get("delivered", ()):
            partner, place, delivered_on, what = one.split(" ", 3)
            delivered = RecordDelivery(
                stream_id=demo_id("pledge", self.key, place),
                occurred_on=day(delivered_on),
                partner_id=self.partner(partner),
                quantity_hundredths=int(what) if what.isdigit() else None,
                what=None if what.isdigit() else Prose(what),
            )
            self.write(delivered_on, None, delivered, documents=("Relevé des moyens apportés",))
        for one in said.get("claims", ()):
            self._claims(*one.split())

    def _claims(self, on: str, funder: str, operator: str, year: str, claim: str, due: str, sent: str = "") -> None:
        """A date that a funder gives, on a day; what is sent for it."""
        stream_id, whose = claims_stream(self.convention_id), (self.partner(funder), self.partner(operator))
        stated = StateClaimDates(
            stream_id=stream_id,
            occurred_on=day(on),
            convention_id=self.convention_id,
            home_territory_id=self.territory_id,
            funder_id=whose[0],
            operator_id=whose[1],
            year=int(year),
            dates=(ClaimDate(Code(claim), day(due)),),
        )
        self.write(on, on, stated)
        if sent:
            named = claim_id_of(*whose, int(year), claim)
            told = RecordClaimSent(stream_id=stream_id, occurred_on=day(sent), claim_id=named)
            self.write(sent, None, told, documents=("Accusé de réception",))

    def _pledges(
        self, on: str, place: int, partner: str, co: str, kind: str, certainty: str, what: str, much: str, money: str
    ) -> None:
        hundredths, unit = much.split() if much else (None, None)
        command = PledgeResource(
            stream_id=demo_id("pledge", self.key, str(place)),
            occurred_on=day(on),
            convention_id=self.convention_id,
            home_territory_id=self.territory_id,
            partner_id=self.partner(partner),
            co_partner_id=self.partner(co) if co else None,
            kind=Code(kind),
            certainty=Code(certainty),
            what=Prose(what),
            quantity_hundredths=int(hundredths) if hundredths else None,
            unit=Code(unit) if unit else None,
            amounts=tuple(
                PledgedYear(int(year), *(int(euros) * 100 for euros in shares.split("/")))
                for year, shares in _pairs(money)
            ),
        )
        self.write(on, on, command)

    def follows_its_indicators(self, on: str) -> None:
        """What is measured of its sheets, defined on a day; then each measure, and what users answered."""
        said, sheets = table(self.key), self._sheets()
        for place, row in enumerate(said["indicators"]):
            self._defines(on, demo_id("indicator", self.key, str(place)), sheets, *row)
        if "heard" not in said:
            return
        asked_on, number, question, audience, channel, asked, *levels = said["heard"]
        heard = RecordSatisfaction(
            stream_id=demo_id("satisfaction", self.key, number),
            occurred_on=day(asked_on),
            convention_id=self.convention_id,
            home_territory_id=self.territory_id,
            question=Prose(question),
            audience=Prose(audience),
            channel=Code(channel),
            asked=asked,
            answers=sum(levels),
            sheet_ids=(sheets[number],),
            **dict(zip(LEVELS, levels, strict=True)),
        )
        self.write(asked_on, None, heard)

    def _defines(self, on: str, indicator_id: UUID, sheets: dict[str, UUID], title: str, *said: Any) -> None:
        numbers, counted, kind, direction, owner, baseline, targets, measures = said
        ((baseline_on, value),) = _pairs(baseline)
        command = DefineIndicator(
            stream_id=indicator_id,
            occurred_on=day(on),
            convention_id=self.convention_id,
            home_territory_id=self.territory_id,
            title=Prose(title),
            unit=Code("DAYS" if counted == "jours" else "NUMBER"),
            unit_label=Prose(counted),
            counts_persons=counted in PEOPLE,
            kind=Code(kind),
            direction=Code(direction),
            owner_id=self.partner(owner),
            frequency=Code("YEARLY"),
            baseline_value=Decimal(value),
            baseline_on=day(baseline_on),
            targets=tuple(Target(int(year), Decimal(wanted)) for year, wanted in _pairs(targets)),
            sheet_ids=tuple(sheets[number] for number in numbers.split()),
        )
        self.write(on, on, command)
        for measured_on, value in _pairs(measures):
            year = day(measured_on).year - (day(measured_on).month < 6)
            measure = RecordMeasure(
                stream_id=indicator_id,
                occurred_on=day(measured_on),
                measure_id=local_id(f"mesure-{year}"),
                value=Decimal(value),
                period_starts_on=date(year, 1, 1),
                period_ends_on=min(date(year, 12, 31), day(measured_on)),
                method=codes("COUNT")[0],
            )
            self.write(measured_on, None, measure)

    def _sheets(self) -> dict[str, UUID]:
        return {line.number: sheet for line, sheet in zip(planned(self.key), self.sheets, strict=True)}


def _line(partner: str, year: str) -> LocalId:
    return local_id(f"{partner}-{year}")


def _pairs(said: str) -> Iterator[tuple[str, str]]:
    words = iter(said.split())
    return zip(words, words, strict=True)
