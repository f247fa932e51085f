"""`ctg take-over`: a convention that already runs is taken over, or what is known of its past is completed later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final
from uuid import UUID, uuid4

import typer

from ctg_engine.bootstrap import House
from ctg_engine.commands.acting import acting_as, current_convention
from ctg_engine.faults import BadInput, cannot_read
from ctg_engine.speaking import Voice, civil_day, open_house, voice_of
from domain.collation import alphabetical
from domain.convention.earlier import FACTS, KNOWN_SINCE, REVIEW, RecordEarlierFact
from domain.convention.opening import ExpectedSignatory
from domain.convention.taking_over import KnownFact, TakeOverConvention
from domain.kernel import Command, Context
from domain.territories import territory_stream
from domain.values import Code, Evidence, Prose, Sha256, deterministic_id
from projections import which_partners_and_places_are_known
from projections.what_was_taken_over import EarlierFactKnown, taken_over
from projections.which_partners_and_places_are_known import PartnerKnown
from workflows.accepted_files import FileRefused
from workflows.file_folder import CannotKeep
from workflows.texts.rules import explain

NOBODY_KNOWS: Final = "?"
"""What stands in the place of a day that nobody knows."""


def register(program: typer.Typer) -> None:
    """Add the command to the program."""
    program.command("take-over")(take_over)


def take_over(
    context: typer.Context,
    territory: Annotated[str, typer.Argument(metavar="SIREN")],
    login: Annotated[str, typer.Option("--as", metavar="LOGIN")],
    starts: Annotated[str | None, typer.Option("--from", metavar="DATE")] = None,
    ends: Annotated[str | None, typer.Option("--to", metavar="DATE")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE")] = None,
    holder: Annotated[list[str] | None, typer.Option(metavar="PARTNER")] = None,
    signatory: Annotated[list[str] | None, typer.Option(metavar="PARTNER")] = None,
    optional: Annotated[list[str] | None, typer.Option(metavar="PARTNER")] = None,
    known: Annotated[list[str] | None, typer.Option(metavar="FACT=DATE")] = None,
    paper: Annotated[list[str] | None, typer.Option(metavar="FACT=FILE")] = None,
) -> None:
    """Take a convention over; without --from, date facts of before of the one that was taken over."""
    voice = voice_of(context)
    facts = [_fact(one) for one in known or []]
    with open_house() as house:
        acting = acting_as(house, login)
        papers = dict(_papers(house, territory, paper or []))
        without = next((one for one in papers if one not in {each.name for each in facts}), None)
        if without is not None:
            raise BadInput("take-over.paper-of-nothing", fact=without)
        if starts is None:
            _complete(voice, house, acting, territory, facts, papers)
            return
        partners = _Partners(house)
        command = TakeOverConvention(
            stream_id=uuid4(),
            home_territory_id=territory_stream(territory),
            holder_ids=tuple(map(partners.find, holder or [territory])),
            signatories=(
                *(ExpectedSignatory(partners.find(one), True) for one in signatory or []),
                *(ExpectedSignatory(partners.find(one), False) for one in optional or []),
            ),
            effective_from=civil_day(starts, "--from"),
            effective_to=civil_day(ends, "--to") if ends is not None else None,
            as_of=civil_day(as_of, "--as-of") if as_of is not None else house.clock.today(),
            known=tuple(replace(one.known, evidence=papers.get(one.name, ())) for one in facts),
            **_method(house, territory),
        )
        _execute(voice, house, command, acting)
        voice.say("take-over.done", day=command.as_of)
        _tell(voice, house, territory)


@dataclass(frozen=True)
class _Said:
    """A fact of the command line, under the name that it has there."""

    name: str
    known: KnownFact


def _fact(said: str) -> _Said:
    """`plan=2023-06-15`, `plan=2023-06-15:30`, `review-2024=2025-03-27`, `forums=?`."""
    name, equals, value = said.partition("=")
    fact, _, year = name.strip().upper().replace("-", "_").partition("REVIEW_")
    code, starts = (REVIEW, _year(year)) if year else (Code(fact), None)
    if not equals or code not in FACTS:
        names = ", ".join(one.lower().replace("_", "-") for one in FACTS if one != REVIEW)
        raise BadInput("take-over.no-fact", value=said, allowed=f"{names}, review-2024")
    day, _, count = value.strip().partition(":")
    on = None if day == NOBODY_KNOWS else civil_day(day, "--known")
    if count and not count.isdecimal():
        raise BadInput("take-over.no-fact", value=said, allowed="plan=2023-06-15:30")
    return _Said(
        name.strip().lower(),
        KnownFact(fact=code, period_starts_on=starts, on=on, count=int(count) if count else None),
    )


def _year(said: str) -> date:
    """The first day of the period of a review, by its year or whole."""
    return civil_day(said.replace("_", "-") if "_" in said else f"{said}-01-01", "--known")


def _papers(house: House, territory: str, said: Iterable[str]) -> Iterator[tuple[str, tuple[Evidence, ...]]]:
    for one in said:
        name, _, path = one.partition("=")
        file = Path(path)
        try:
            data = file.read_bytes()
        except OSError as error:
            raise cannot_read(file, error) from None
        try:
            kept = house.files.keep(data, file.name, territory_stream(territory), house.clock.now())
        except (FileRefused, CannotKeep):
            raise BadInput("take-over.paper-refused", file=file.name) from None
        sha256 = Sha256(kept.sha256)
        yield (
            name.strip().lower(),
            (Evidence(deterministic_id("document", sha256), sha256, Prose(file.name)),),
        )


class _Partners:
    """The partners of the register, as people name them: by their number, their SIREN, their name."""

    def __init__(self, house: House) -> None:
        self._known = which_partners_and_places_are_known.partners(house.reader.register())

    def find(self, said: str) -> UUID:
        """The only one that is named so. Raises `BadInput`."""
        found = [one for one in self._known if self._is(one, said.strip())]
        if len(found) != 1:
            raise BadInput("take-over.partner", value=said, count=len(found))
        return found[0].partner_id

    @staticmethod
    def _is(one: PartnerKnown, said: str) -> bool:
        return said in (str(one.partner_id), one.siren) or alphabetical(one.name) == alphabetical(said)


def _method(house: House, siren: str) -> Mapping[str, Any]:
    """The method and the framework of the territory, where one follows it; else the default method."""
    register = house.reader.register()
    known = which_partners_and_places_are_known
    following = [one for one in known.frameworks(register) if territory_stream(siren) in one.territories]
    if len(following) == 1:
        (one,) = following
        method = {"profile_name": one.profile_name, "profile_version": one.profile_version}
        return {**method, "framework_id": one.framework_id}
    profile = known.default_profile(register)
    if profile is None:
        raise BadInput("take-over.no-method")
    return {"profile_name": profile.name, "profile_version": profile.version}


def _complete(
    voice: Voice,
    house: House,
    acting: Context,
    siren: str,
    facts: Iterable[_Said],
    papers: Mapping[str, tuple[Evidence, ...]],
) -> None:
    """Date facts of before, or join their papers."""
    convention_id = current_convention(house, siren).convention_id
    for one in facts:
        said = one.known
        if said.on is None:
            continue
        command = RecordEarlierFact(
            stream_id=convention_id,
            fact=said.fact,
            period_starts_on=said.period_starts_on,
            count=said.count,
            occurred_on=said.on,
        )
        _execute(voice, house, command, replace(acting, evidence=papers.get(one.name, ())))
    _tell(voice, house, siren)


def _execute(voice: Voice, house: House, command: Command, acting: Context) -> None:
    answer = house.steering.execute(command, replace(acting, idempotency_key=str(uuid4())))
    for rule in answer.notices:
        voice.line(explain(voice.texts, rule, house.reader.register().name_of).text)


def _tell(voice: Voice, house: House, siren: str) -> None:
    """What is known of before, and what is not."""
    before = taken_over(current_convention(house, siren))
    for one in before.facts if before is not None else ():
        voice.line(_line(voice, one))


def _line(voice: Voice, one: EarlierFactKnown) -> str:
    texts = voice.texts
    what = texts.t(f"earlier-fact.{one.fact}")
    if one.review_period is not None:
        what = texts.t("page.earlier.review-of", period=one.review_period.code)
    if one.on is None:
        said = texts.t("page.earlier.unknown")
    elif one.fact in KNOWN_SINCE:
        said = texts.t("cli.take-over.since", day=one.on)
    else:
        said = texts.t("cli.take-over.proven" if one.evidence else "cli.take-over.unproven", day=one.on)
    return f"{what} : {said}"
