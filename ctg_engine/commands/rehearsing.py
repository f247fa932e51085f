"""`ctg rehearse`: the calendar to come of a convention, played in memory; its past under another method."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import typer

from api.pages.rehearsing.told import ForeseenLine, RehearsalTold
from ctg_engine.bootstrap import House
from ctg_engine.commands.profiles import method_named
from ctg_engine.faults import BadInput
from ctg_engine.speaking import Voice, civil_day, known_id, open_house, voice_of
from domain.method import MethodProfile
from projections.engine import Dossier
from workflows.rehearsing import Foreseen, Rehearsal, different, last_day, rehearse, replayed, was


def register(program: typer.Typer) -> None:
    """Add the command to the program."""
    program.command("rehearse")(play)


def play(
    context: typer.Context,
    convention: Annotated[str, typer.Argument(metavar="ID")],
    method: Annotated[str | None, typer.Option("--with", metavar="FILE|NAME@VERSION")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DATE")] = None,
) -> None:
    """Who would be told what and when, if nothing is done. With --with, what another method would have said until
    today."""
    voice = voice_of(context)
    last = civil_day(until, "--until") if until is not None else None
    other = method_named(method, voice.texts) if method is not None else None
    with open_house(believed=False) as house:
        dossier = house.reader.dossier(known_id(convention, "ID"))
        if dossier is None or dossier.convention.is_annulled:
            raise BadInput("error.unknown-convention", value=convention)
        today = house.clock.today()
        holidays = house.holidays.of(dossier.territory.department)
        people = house.steering.people
        if other is not None:
            played = replayed(dossier, other, last or today, holidays, people)
            _tell_past(voice, house, dossier, other, played)
            return
        coming = rehearse(dossier, today, last or last_day(dossier), holidays, people)
        _tell_coming(voice, house, dossier, coming)


def _tell_coming(voice: Voice, house: House, dossier: Dossier, coming: Rehearsal) -> None:
    told = _told(voice, house, dossier, dossier.method, coming.said)
    voice.say("rehearse.coming", territory=dossier.territory.name, first=coming.first, last=coming.last)
    for line in told.lines(coming.said):
        _line(voice, line)
    for one in told.mails(coming):
        voice.count("rehearse.mails", one.total, name=one.name, as_what=one.roles, month=one.busiest, most=one.most)
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
