"""`ctg … --help`: every word of it comes from the catalogues, and nothing is cut in the middle of a phrase."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable
from typing import Any, Final

from workflows.texts import Texts

HELP_OPTIONS: Final = ("-h", "--help")

_WIDEST: Final = 100
"""Columns beyond which lines tire the eye."""
_LEFT_MOST: Final = 30
"""Columns that names may take before their words begin on a line of their own."""


def help_of(texts: Texts, command: Any, context: Any) -> str:
    """What a command does, and how it is called."""
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    options = [one for one in command.params if one.param_type_name == "option"]
    told = [*((_spelt(texts, one), _told(texts, one)) for one in options), _help(texts)]
    subcommands = getattr(command, "commands", {})
    usage = [context.command_path, texts.t("cli.usage.any-option"), *(_in_usage(texts, one) for one in arguments)]
    if subcommands:
        usage.append(texts.t("cli.usage.one-command"))
    parts = [
        texts.t("cli.usage", line=" ".join(usage)),
        textwrap.fill(command.help, width, initial_indent="  ", subsequent_indent="  "),
        _section(texts, "arguments", ((metavar_of(texts, one), one.help) for one in arguments), width),
        _section(texts, "options", told, width),
        _section(texts, "commands", ((name, _first_sentence(one.help)) for name, one in subcommands.items()), width),
    ]
    return "\n\n".join(part for part in parts if part)


def metavar_of(texts: Texts, parameter: Any) -> str:
    """What stands for the value of a parameter, in the language of the reader."""
    code = str(parameter.metavar or parameter.name)
    return texts.word("metavar", code) if texts.has(f"metavar.{code}") else code


def _in_usage(texts: Texts, argument: Any) -> str:
    shown = metavar_of(texts, argument) + ("…" if argument.nargs != 1 else "")
    return shown if argument.required else f"[{shown}]"


def _spelt(texts: Texts, option: Any) -> str:
    spelt = ", ".join(option.opts)
    return spelt if option.is_flag else f"{spelt} {metavar_of(texts, option)}"


def _told(texts: Texts, option: Any) -> str:
    default = option.default
    if option.required:
        return texts.t("cli.usage.required", help=option.help)
    if option.is_flag or default is None:
        return str(option.help)
    return texts.t("cli.usage.default", help=option.help, value=str(default))


def _help(texts: Texts) -> tuple[str, str]:
    return ", ".join(HELP_OPTIONS), texts.t("cli.usage.help")


def _first_sentence(text: str) -> str:
    first, stop, _ = text.partition(". ")
    return first + stop.strip()


def _section(texts: Texts, name: str, rows: Iterable[tuple[str, str]], width: int) -> str:
    shown = list(rows)
    if not shown:
        return ""
    column = min(max(len(left) for left, _ in shown), _LEFT_MOST) + 4
    lines = [texts.t(f"cli.usage.{name}")]
    for left, right in shown:
        head = f"  {left}".ljust(column)
        if len(head) > column:
            lines.append(head)
            head = " " * column
        lines.append(textwrap.fill(right, width, initial_indent=head, subsequent_indent=" " * column))
    return "\n".join(lines)
