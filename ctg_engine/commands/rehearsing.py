"""`ctg rehearse`: the calendar to come of a convention, played in memory; its past under another method; the calendar
that a method would give."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from datetime import date
from typing import Annotated
from uuid import UUID

import typer

from api.pages.rehearsing.told import ForeseenLine, RehearsalTold
from ctg_engine.bootstrap import House
from ctg_engine.clock import SystemClock
from ctg_engine.commands.profiles import method_named
from ctg_engine.faults import BadInput
from ctg_engine.speaking import Voice, civil_day, known_id, open_house, voice_of
from domain.method import MethodProfile
from projections.engine import Dossier
from workflows.calendar import PublicHolidays
from workflows.rehearsing import Foreseen, NotBegun, Rehearsal, different, last_day, rehearse, replayed, was
from workflows.rehearsing_method import rehearse_method
from workflows.school_calendar import ZONE_OF, department_in
from workflows.territory_files.lines import DEPARTMENTS
from workflows.typical.setting import Setting


def register(program: typer.Typer) -> None:
    """Add the command to the program."""
    program.command("rehearse")(play)


def play(
    context: typer.Context,
    rehearsed: Annotated[str, typer.Argument(metavar="ID|NAME@VERSION|FILE")],
    method: Annotated[str | None, typer.Option("--with", metavar="FILE|NAME@VERSION")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DATE")] = None,
    since: Annotated[str | None, typer.Option("--from", metavar="DATE")] = None,
    done_on_time: Annotated[bool, typer.Option("--done-on-time")] = False,
    department: Annotated[str | None, typer.Option("--department", metavar="CODE")] = None,
    zone: Annotated[str | None, typer.Option("--zone", metavar="A|B|C")] = None,
) -> None:
    """Who would be told what and when, if nothing is done. With --with, what another method would have said until
    today. Of a method, the same of a typical convention."""
    voice = voice_of(context)
    last = civil_day(until, "--until") if until is not None else None
    of_method = {"--from": since, "--done-on-time": done_on_time or None, "--department": department, "--zone": zone}
    given = [option for option, value in of_method.items() if value is not None]
    if _is_id(rehearsed):
        if given:
            raise BadInput("error.rehearse-of-method", option=given[0])
        _play_convention(voice, known_id(rehearsed, "ID"), method, last)
        return
    if method is not None:
        raise BadInput("error.rehearse-of-convention", option="--with")
    where = _where(department, zone)
    first = civil_day(since, "--from") if since is not None else SystemClock().today()
    _play_method(voice, method_named(rehearsed, voice.texts), first, last, where, done_on_time)


def _play_convention(voice: Voice, convention_id: UUID, method: str | None, last: date | None) -> None:
    other = method_named(method, voice.texts) if method is not None else None
    with open_house(believed=False) as house:
        dossier = house.reader.dossier(convention_id)
        if dossier is None or dossier.convention.is_annulled:
            raise BadInput("error.unknown-convention", value=str(convention_id))
        today = house.clock.today()
        holidays = house.holidays.of(dossier.territory.department)
        people = house.steering.people
        if other is not None:
            try:
                played = replayed(dossier, other, last or today, holidays, people)
            except NotBegun as none:
                raise _ends_before(none.first) from none
            _tell_past(voice, house, dossier, other, played)
            return
        if last is not None and last < today:
            raise _ends_before(today)
        coming = rehearse(dossier, today, last or last_day(dossier), holidays, people)
        voice.say("rehearse.coming", territory=dossier.territory.name, first=coming.first, last=coming.last)
        _tell_coming(voice, _told(voice, house, dossier, dossier.method, coming.said), coming, by_role=False)


def _play_method(
    voice: Voice, method: MethodProfile, first: date, last: date | None, department: str, done_on_time: bool
) -> None:
    texts = voice.texts
    if last is not None and last < first:
        raise _ends_before(first)
    with closing(Setting(method, first, department, lambda kind: texts.word("partner-kind", kind))) as typical:
        found = rehearse_method(typical, first, last, PublicHolidays(department), done_on_time=done_on_time)
        dossier = typical.dossier()

    def name_of(person: UUID) -> str:
        role, partner_id = typical.holders[person]
        word = texts.word("role", role)
        if partner_id is None:
            return word
        return texts.t("cli.rehearse.speaks-for", as_what=word, name=dossier.register.partners[partner_id].name)

    how = "on-time" if done_on_time else "late"
    named = f"{method.name}@{method.version}"
    voice.say(f"rehearse.method-{how}", name=named, first=found.rehearsal.first, last=found.rehearsal.last)
    told = RehearsalTold(texts, dossier.register, method, department, name_of, by_role=True)
    _tell_coming(voice, told, found.rehearsal, by_role=True)
    for deadline in found.refused:
        voice.say("rehearse.refused", what=texts.t(f"deadline.{deadline}"))


def _where(department: str | None, zone: str | None) -> str:
    """The département whose days off count; none: those of the country, and no school holidays."""
    if department is not None and zone is not None:
        raise BadInput("error.rehearse-one-place")
    if zone is not None:
        zones = sorted(set(ZONE_OF.values()))
        if zone not in zones:
            raise BadInput("error.not-a-choice", option="--zone", value=zone, allowed=", ".join(zones))
        return department_in(zone)
    if department is not None and department not in DEPARTMENTS:
        raise BadInput("error.not-a-department", option="--department", value=department)
    return department or ""


def _ends_before(first: date) -> BadInput:
    return BadInput("error.rehearse-ends-before", option="--until", first=first)


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _tell_coming(voice: Voice, told: RehearsalTold, coming: Rehearsal, *, by_role: bool) -> None:
    lines = told.lines(coming.said)
    for line in lines:
        _line(voice, line)
    for one in told.mails(coming):
        who = {"name": one.name} if by_role else {"name": one.name, "as_what": one.roles}
        key = "rehearse.mails-of-role" if by_role else "rehearse.mails"
        voice.count(key, one.total, month=one.busiest, most=one.most, **who)
        voice.line("  " + " ; ".join(voice.texts.t("cli.rehearse.in-month", month=on, n=n) for on, n in one.months))
    for notice, days in Counter(notice for line in lines for notice in line.notices).items():
        voice.count("rehearse.clashing", days, what=notice)
    if coming.unheard:
        voice.count("rehearse.unheard", coming.unheard)
    voice.count("rehearse.counted", len(coming.messages))


def _tell_past(voice: Voice, house: House, dossier: Dossier, method: MethodProfile, played: Rehearsal) -> None:
    really = was(dossier)
    gained, lost = different(played.said, really)
    told = _told(voice, house, dossier, method, (*played.said, *really))
    for key, some in (("gained", gained), ("lost", lost)):
        voice.count(f"rehearse.{key}", len(some))
        for line in told.lines(some):
            _line(voice, line)
    voice.count("rehearse.same", len(played.said) - len(gained))


def _told(
    voice: Voice, house: House, dossier: Dossier, method: MethodProfile, said: tuple[Foreseen, ...]
) -> RehearsalTold:
    people = house.vault.people({person for one in said for person in one.recipients})

    def name_of(person: UUID) -> str | None:
        return people[person].name if person in people else None

    return RehearsalTold(voice.texts, dossier.register, method, dossier.territory.department, name_of)


def _line(voice: Voice, line: ForeseenLine) -> None:
    shown = (
        voice.texts.show(line.on),
        voice.texts.t(f"page.rehearsal.kind.{line.kind}"),
        voice.texts.t("page.rehearsal.due", what=line.what, due=line.due_on),
        line.to,
        " ; ".join(line.notices),
    )
    voice.line("\t".join(shown).rstrip())
