"""`ctg person`: who people are for this instance: seen, changed, forgotten, and forgotten again after a restoration."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Final
from uuid import UUID

import typer

from ctg_engine import forgotten_list
from ctg_engine.bootstrap import House
from ctg_engine.faults import BadInput, Failed
from ctg_engine.speaking import Voice, open_house, voice_of
from domain.collation import alphabetical
from workflows.forgetting import REASONS, SaidText, clear_traces, find_texts
from workflows.people import NAME_MAXIMUM, Person, UnknownPerson
from workflows.security import Act, tell
from workflows.texts import LANGUAGES

WORDS_SHOWN: Final = 60
"""Characters of a text that are shown of it, to recognise it by."""

Who = Annotated[str, typer.Argument(metavar="PERSON")]
Reason = Annotated[str, typer.Option(metavar="REASON")]
Sure = Annotated[bool, typer.Option("--yes")]


def register(program: typer.Typer) -> None:
    """Add the commands to the program."""
    person = typer.Typer(no_args_is_help=True)
    person.callback()(_anything)
    person.command("list")(list_people)
    person.command("change")(change)
    person.command("forget")(forget)
    person.command("forgotten")(forgotten)
    person.command("forget-again")(forget_again)
    program.add_typer(person, name="person")


def _anything() -> None:
    """People whom the instance knows."""


def list_people(context: typer.Context) -> None:
    """Everybody who is not forgotten, by name."""
    voice = voice_of(context)
    with open_house() as house:
        known = house.vault.everybody()
        logins: dict[UUID, list[str]] = {}
        for account in house.accounts.accounts():
            logins.setdefault(account.person_id, []).append(account.login)
    for one in sorted(known, key=lambda person: (alphabetical(person.name), person.person_id)):
        shown = (str(one.person_id), one.name, one.email, ", ".join(logins.get(one.person_id, ())))
        voice.line("\t".join(shown))


def change(
    context: typer.Context,
    person: Who,
    name: Annotated[str | None, typer.Option(metavar="NAME")] = None,
    email: Annotated[str | None, typer.Option(metavar="ADDRESS")] = None,
    language: Annotated[str | None, typer.Option(metavar="fr|en")] = None,
    phone: Annotated[str | None, typer.Option(metavar="NUMBER")] = None,
) -> None:
    """Correct who somebody is; what it was before is not kept."""
    voice = voice_of(context)
    if language is not None and language not in LANGUAGES:
        raise BadInput("error.not-a-choice", option="--language", value=language, allowed=", ".join(LANGUAGES))
    if name is None and email is None and language is None and phone is None:
        raise BadInput("error.nothing-to-change")
    with open_house() as house:
        person_id = _person_id(house, person)
        try:
            house.vault.change_person(person_id, name=name, email=email, language=language, phone=phone)
        except UnknownPerson:
            raise BadInput("error.unknown-person", value=person) from None
        except ValueError:
            raise BadInput("error.unusable-person", most=str(NAME_MAXIMUM)) from None
        left = clear_traces(house.engine, house.vault)
        has_account = bool(house.accounts.of_person(person_id))
        tell(Act.PERSON_CHANGED, person=person_id)
    voice.say("person.changed")
    if has_account and name is not None:
        voice.say("person.login-stays")
    tell_traces(voice, left)


def forget(
    context: typer.Context,
    person: Who,
    reason: Reason,
    with_texts: Annotated[bool, typer.Option("--with-texts")] = False,
    yes: Sure = False,
) -> None:
    """Forget somebody for ever: name, address, accounts, sessions; with `--with-texts`, texts that name them too."""
    voice = voice_of(context)
    require_reason(reason)
    with open_house() as house:
        person_id = _person_id(house, person)
        known = house.vault.person(person_id)
        naming = _texts_naming(house, known, person_id)
        voice.say("person.about-to-forget", name=known.name if known is not None else str(person_id))
        if naming:
            voice.count("person.named-in", len(naming))
        for said, text in naming:
            voice.line(shown(said, text))
        roles = sorted(
            {voice.texts.word("role", one.role) for one in house.roles_of(person_id, house.clock.today())},
            key=alphabetical,
        )
        require_sure(voice, yes=yes)
        today, now = house.clock.today(), house.clock.now()
        try:
            gone = house.forgetting.person(person_id, reason, today, now)
        except UnknownPerson:
            raise BadInput("error.unknown-person", value=person) from None
        tokens = [said.token for said, _ in naming]
        if with_texts and tokens:
            tell(Act.TEXTS_FORGOTTEN, reason=reason, texts=house.forgetting.texts(tokens, reason, today))
        left = settle(house)
        tell(Act.PERSON_FORGOTTEN, person=person_id, reason=reason)
        voice.say("person.forgotten", person=str(person_id), accounts=gone.accounts, letters=gone.letters)
        if gone.labels:
            voice.count("person.labels", gone.labels)
        if naming:
            voice.count("person.texts-forgotten" if with_texts else "person.texts-left", len(naming))
        if roles:
            voice.say("person.roles-left", held=", ".join(roles))
        tell_traces(voice, left)
        tell_list(voice, house)


def forgotten(
    context: typer.Context,
    export: Annotated[Path | None, typer.Option("--export", metavar="FILE")] = None,
) -> None:
    """What was forgotten: when, why, which person or text, without a name; with `--export`, as a file to keep."""
    voice = voice_of(context)
    with open_house(believed=False) as house:
        known = house.forgetting.listed()
    if export is not None:
        forgotten_list.write(export, known)
        voice.count("person.exported", len(known), file=str(export))
        return
    for one in known:
        kind, why = voice.texts.word("forgotten-kind", one.kind), voice.texts.word("forgotten-reason", one.reason)
        voice.line("\t".join((voice.texts.show(one.day), kind, why, str(one.subject_id), one.fingerprint[:16])))


def forget_again(context: typer.Context, file: Annotated[Path, typer.Argument(metavar="FILE")]) -> None:
    """Forget all that a list says, where something brought it back."""
    voice = voice_of(context)
    several = forgotten_list.read(file)
    with open_house() as house:
        gone = house.forgetting.again(several, house.clock.now())
        left = settle(house)
        tell(Act.FORGOTTEN_AGAIN, forgotten=gone)
        voice.count("person.forgotten-again", gone)
        tell_traces(voice, left)
        tell_list(voice, house)


# --- what forgetting a text needs too --------------------------------------------------------------------------------


def require_reason(reason: str) -> None:
    """Raise `BadInput` for a reason that is not of the list: in words it could say the name again."""
    if reason not in REASONS:
        raise BadInput("error.not-a-choice", option="--reason", value=reason, allowed=", ".join(REASONS))


def require_sure(voice: Voice, *, yes: bool) -> None:
    """Ask, unless it was said already. Raises `BadInput` where nobody can be asked, `Failed` for anything but yes."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise BadInput("error.not-sure")
    typed = typer.prompt(voice.texts.t("cli.person.sure"), err=True)
    if str(typed).strip().casefold() != voice.texts.t("cli.person.yes"):
        raise Failed("error.nothing-forgotten")


def shown(said: SaidText, text: str) -> str:
    """A text in a line: where it is, by what it is forgotten, how it begins."""
    begins = " ".join(text.split())
    short = begins if len(begins) <= WORDS_SHOWN else f"{begins[: WORDS_SHOWN - 1]}…"
    return "\t".join((str(said.event_id), said.field, short))


def settle(house: House) -> tuple[str, ...]:
    """What is done after every forgetting, before a word of it is said; where traces are left (`clear_traces`)."""
    if house.settings.forgotten_list:
        forgotten_list.write(Path(house.settings.forgotten_list), house.forgetting.listed())
    return clear_traces(house.engine, house.vault)


def tell_traces(voice: Voice, left: tuple[str, ...]) -> None:
    """What the database keeps for a while of what it destroyed."""
    if left == ("wal",):
        voice.say("person.wal-left")
    elif left:
        voice.say("person.tables-left", tables=", ".join(left))


def tell_list(voice: Voice, house: House) -> None:
    """Where the list to forget again is, or that it should be kept apart."""
    if house.settings.forgotten_list:
        voice.say("person.list-written", file=house.settings.forgotten_list)
    else:
        voice.say("person.list-here-only")


def _person_id(house: House, typed: str) -> UUID:
    """Somebody by their login or their id. Raises `BadInput`."""
    account = house.accounts.find(typed)
    if account is not None:
        return account.person_id
    try:
        return UUID(typed)
    except ValueError:
        raise BadInput("error.unknown-person", value=typed) from None


def _texts_naming(house: House, known: Person | None, person_id: UUID) -> list[tuple[SaidText, str]]:
    if known is None:
        return []
    logins = (one.login for one in house.accounts.of_person(person_id))
    return list(find_texts(house.engine, house.vault, (known.name, known.email, *logins)))
