"""The command line: `ctg`. Runs what was typed, and turns what went wrong into words and an exit code.

0: done. 1: could not be done. 2: what was typed, or a setting, is at fault. 130: interrupted from the keyboard.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from functools import cache, partial
from importlib.metadata import version
from typing import Annotated, Any, Final

import structlog
import typer
import typer.main
from pydantic import ValidationError
from typer.exceptions import TyperException

from ctg_engine.commands import (
    accounts,
    clock,
    files,
    keys,
    letters,
    people,
    profiles,
    reactions,
    rehearsing,
    roles,
    running,
    store,
    taking_over,
    territories,
    wording,
)
from ctg_engine.faults import BadInput, Failed
from ctg_engine.helping import HELP_OPTIONS, help_of, metavar_of
from ctg_engine.logs import place_of, write_logs
from ctg_engine.settings import ONE_LINE, PREFIX, UnknownSetting, read_settings
from ctg_engine.speaking import Voice, voice_of
from domain.kernel import Refused
from domain.values import InvalidValue
from workflows.clock_watch import ClockInDoubt
from workflows.database import DatabaseUnavailable, UnsafeDatabase
from workflows.migrating import NewerStore, NotMigrated, OlderStore
from workflows.security import circumstances
from workflows.texts import LANGUAGES, Texts
from workflows.texts.rules import explain, explain_invalid

DONE: Final = 0
FAILED: Final = 1
BAD_INPUT: Final = 2
INTERRUPTED: Final = 130

_STORE_FAULTS: Final[dict[type[Exception], str]] = {
    NotMigrated: "error.not-migrated",
    NewerStore: "error.newer-store",
    OlderStore: "error.older-store",
    UnsafeDatabase: "error.unsafe-database",
    DatabaseUnavailable: "error.database-unavailable",
}


def app() -> None:
    """Run the command of this process, then leave with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command and say how it ended."""
    write_logs()
    try:
        language, rest = _language(list(arguments))
        texts = Texts(language)
    except BadInput as bad:
        return _fault(Texts("fr"), bad, BAD_INPUT)
    try:
        with circumstances(operator=True):
            answer = _program(language)(args=rest, prog_name="ctg", standalone_mode=False, obj=Voice(texts))
    except (BadInput, InvalidValue, UnknownSetting, ValidationError, TyperException) as bad:
        return _fault(texts, bad, BAD_INPUT)
    except (Failed, Refused, ClockInDoubt) as failed:
        return _fault(texts, failed, FAILED)
    except (NotMigrated, NewerStore, OlderStore, UnsafeDatabase, DatabaseUnavailable) as failed:
        return _fault(texts, failed, FAILED)
    except (typer.Abort, KeyboardInterrupt):
        return _fault(texts, BadInput("error.interrupted"), INTERRUPTED)
    except BrokenPipeError:
        return FAILED  # nobody reads on: `ctg … | head`
    except Exception as error:  # noqa: BLE001 - told, on the screen and in the journal, and the exit code is 1
        # The message may repeat what people wrote, so the journal gets the place and the screen the kind.
        structlog.get_logger("ctg").exception("a command failed")
        return _fault(texts, Failed("error.unexpected", place=place_of(error)), FAILED)
    return answer if isinstance(answer, int) else DONE


def _language(arguments: list[str]) -> tuple[str, list[str]]:
    """The language, from `--lang` anywhere on the line or from the settings, and the line without it."""
    for place, one in enumerate(arguments):
        if one == "--":
            break
        if one == "--lang" or one.startswith("--lang="):
            name, equals, value = one.partition("=")
            after = place + 1 if equals else place + 2
            if not equals and after > len(arguments):
                raise BadInput("error.option-without-value", option=name, command="ctg")
            value = value if equals else arguments[place + 1]
            if value not in LANGUAGES:
                raise BadInput("error.not-a-choice", option=name, value=value, allowed=", ".join(LANGUAGES))
            return value, arguments[:place] + arguments[after:]
    try:
        return read_settings().language, arguments
    except (UnknownSetting, ValidationError):
        return "fr", arguments  # the command itself will say what is wrong, if it needs the settings


# --- the commands and their words -----------------------------------------------------------------------------------


@cache
def _program(language: str) -> Any:
    texts = Texts(language)
    program = typer.Typer(
        add_completion=False,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": list(HELP_OPTIONS)},
    )
    program.callback()(_anything)
    for subject in (
        running,
        store,
        clock,
        territories,
        taking_over,
        accounts,
        people,
        roles,
        wording,
        files,
        keys,
        letters,
        profiles,
        reactions,
        rehearsing,
    ):
        subject.register(program)
    command = typer.main.get_command(program)
    _put_words(command, "cli.help", texts)
    return command


def _tell_version(context: typer.Context, *, asked: bool) -> None:
    if asked:
        voice_of(context).line(version("ctg-engine"))
        raise typer.Exit


def _anything(
    lang: Annotated[str | None, typer.Option("--lang", metavar="fr|en")] = None,
    tell_version: Annotated[bool, typer.Option("--version", callback=_tell_version, is_eager=True)] = False,
) -> None:
    """Every command: nothing is done before it, and `--lang` was read by `_language` wherever it stands."""


def _put_words(command: Any, key: str, texts: Texts) -> None:
    """Give a command, its parameters and its subcommands the words of the catalogues."""
    command.help = texts.t(key)
    command.get_help = partial(help_of, texts, command)
    for parameter in command.params:
        parameter.help = texts.t(f"{key}.{parameter.name.replace('_', '-')}")
    for name, one in getattr(command, "commands", {}).items():
        _put_words(one, f"{key}.{name}", texts)


# --- what went wrong, in words --------------------------------------------------------------------------------------


def _fault(texts: Texts, error: Exception, code: int) -> int:
    for line in _sentences(texts, error):
        typer.echo(line, err=True)
    return code


def _sentences(texts: Texts, error: Exception) -> list[str]:
    match error:
        case BadInput() | Failed():
            return [texts.t(f"cli.{error.key}", **error.parameters), *_detail(texts, error.detail)]
        case InvalidValue():
            explained = explain_invalid(texts, error, _short_id)
            return [explained.text, explained.remedy]
        case Refused():
            told = [explain(texts, rule, _short_id) for rule in error.broken]
            return [line for one in told for line in (f"{one.text} ({one.rule}, {one.code})", one.remedy)]
        case ClockInDoubt():
            return [texts.t(f"cli.doctor.clock.{error.gap.direction}", **error.gap.told)]
        case UnknownSetting():
            near = f".{'near' if error.near else 'far'}"
            return [texts.t(f"cli.error.unknown-setting{near}", name=error.name, near=error.near or "")]
        case ValidationError():
            return [_bad_setting(texts, one) for one in error.errors(include_url=False)]
        case TyperException():
            return [_bad_usage(texts, error)]
        case _:
            # What the store needs is said whole by the sentence; what PostgreSQL said of itself is not.
            said = str(error.__cause__ or error) if isinstance(error, DatabaseUnavailable) else ""
            return [texts.t(f"cli.{_STORE_FAULTS[type(error)]}", **vars(error)), *_detail(texts, said)]


def _detail(texts: Texts, said: str) -> list[str]:
    """The words of another program, which are in English, on a line of their own."""
    return [texts.t("cli.error.detail", detail=" ".join(said.split()))] if said else []


def _short_id(one: object) -> str:
    return str(one)


def _bad_setting(texts: Texts, fault: Any) -> str:
    field = str(fault["loc"][0]) if fault["loc"] else ""
    kind = str(fault["type"])
    bounds = fault.get("ctx", {})
    if kind == "literal_error":
        expected = texts.t(
            "cli.expected.choice", allowed=str(bounds["expected"]).replace("'", "").replace(" or ", ", ")
        )
    elif kind.startswith("bool"):
        expected = texts.t("cli.expected.boolean")
    elif field.startswith("keep_") or field == "clock_jump_days":
        expected = texts.t("cli.expected.days")
    elif kind == "string_too_long" or field in ONE_LINE:
        expected = texts.t("cli.expected.line")
    elif field.endswith("port"):
        expected = texts.t("cli.expected.port")
    else:
        expected = texts.t(f"cli.expected.{field.replace('_', '-')}")
    shown = "…" if "password" in field or field == "database_url" else str(fault["input"])
    return texts.t("cli.error.bad-setting", name=PREFIX + field.upper(), value=shown, expected=expected)


def _bad_usage(texts: Texts, error: TyperException) -> str:
    """What the parser of the line refused. It says so in English only; what it knows is said again here."""
    context = getattr(error, "ctx", None)
    where = str(context.command_path) if context is not None else "ctg"
    option = getattr(error, "option_name", None)
    parameter = getattr(error, "param", None)
    commands = getattr(context.command, "commands", None) if context is not None else None
    if type(error).__name__ == "NoArgsIsHelpError":
        return error.format_message()
    if type(error).__name__ == "NoSuchOption":
        known = sorted(one for each in context.command.params for one in each.opts) if context is not None else []
        options = ", ".join(one for one in known if one.startswith("--"))
        return texts.t("cli.error.unknown-option", option=option, command=where, known=options or "--help")
    if option is not None:
        return texts.t("cli.error.option-without-value", option=option, command=where)
    if parameter is not None:
        name = parameter.opts[0] if parameter.param_type_name == "option" else metavar_of(texts, parameter)
        return texts.t("cli.error.missing-parameter", parameter=name, command=where)
    said = error.format_message()  # nothing else of the error says which word is meant
    if commands is not None:
        typed = re.search(r"'([^']*)'", said)
        known_commands = ", ".join(sorted(commands))
        return texts.t(
            "cli.error.unknown-command", command=where, typed=typed[1] if typed else "", known=known_commands
        )
    surplus = re.search(r"\(([^()]*)\)$", said)
    return texts.t("cli.error.too-many-arguments", command=where, typed=surplus[1] if surplus else "")
