"""Reads a method profile from YAML, or says everything that is wrong with it: file, line, key, remedy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, Final, get_args

import yaml
from pydantic import BaseModel, ValidationError

from domain.method import MethodProfile
from workflows.methods import doable
from workflows.methods.basing import BASED_ON, FAST, KeyPath, base_of, merged
from workflows.methods.deadline_shape import ANNOUNCED, WATCHED
from workflows.methods.shape import ProfileShape
from workflows.texts import Texts

IDENTIFIED_BY: Final[Mapping[str, str]] = {
    "deadlines": "id",
    "milestones": "id",
    "roles": "role",
    "mandate_rules": "partner_kind",
    "default_signatories": "kind",
    "bonuses": "place_kind",
}
"""Lists whose items have a key of their own, which must not come twice."""

NO_KEYS: Final = ("[key]", WATCHED, ANNOUNCED)
"""What pydantic puts into the place of a fault that no line of the file says."""

STEP_LISTS: Final = ("reminders", "escalations")


@dataclass(frozen=True)
class Problem:
    """One thing to mend in the file. `code` names its text, `profile-problem.<code>`; `file` is empty for what was
    typed or sent."""

    file: str
    line: int
    key: str
    code: str
    parameters: Mapping[str, object]

    def describe(self, texts: Texts) -> str:
        """Where, what and how to mend it, in one sentence."""
        said = texts.t(f"profile-problem.{self.code}", **self.parameters)
        place = {"line": str(self.line), "key": self.key, "problem": said}
        if self.file:
            return texts.t("profile-problem.place", file=self.file, **place)
        return texts.t("profile-problem.place-in-text", **place)


class ProfileError(ValueError):
    """The file is not a method profile; `problems` are all of them, in the order of the file."""

    def __init__(self, problems: Collection[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.line, problem.key)))
        super().__init__("\n".join(self.describe(Texts("en"))))

    def describe(self, texts: Texts) -> list[str]:
        """One line per problem, in a language."""
        return [problem.describe(texts) for problem in self.problems]


def shipped(name: str, version: int) -> Path:
    """The file of a profile that comes with the engine."""
    return Path(__file__).parent / f"{name}.v{version}.yaml"


@cache
def shipped_profile(name: str, version: int) -> MethodProfile:
    """A profile that comes with the engine, read once."""
    return _read(shipped(name, version), FAST)


def read_profile(source: Path | str) -> MethodProfile:
    """Read a profile from a file (`Path`) or from its text (`str`). Raises `ProfileError`."""
    return _read(source, yaml.SafeLoader)


def _read(source: Path | str, loader: Any) -> MethodProfile:
    file, text = ("", source) if isinstance(source, str) else (str(source), _content(source))
    data, lines, problems = _parse(text, file, loader)
    problems += list(_repetitions(data, lines, file))
    base = base_of(data) if isinstance(data, dict) else None
    if base is not None:
        data, lines = merged(base, data, lines)
    try:
        shape = ProfileShape.model_validate(data)
    except ValidationError as error:
        problems += [_problem(detail, lines, file) for detail in error.errors(include_url=False)]
        raise ProfileError(problems) from error
    profile = shape.read()
    problems += list(_beyond_keys(profile, lines, file))
    if problems:
        raise ProfileError(problems)
    return profile


def _beyond_keys(profile: MethodProfile, lines: Mapping[KeyPath, int], file: str) -> Iterator[Problem]:
    """What is wrong with a method although each key of it is right."""
    for place, _ in doable.without_act(profile):
        at: KeyPath = ("deadlines", place, "met_by")
        yield Problem(file, _line_of(at, lines), key_of(at), "no-act", {"allowed": ", ".join(doable.what_meets())})
    for place, role in doable.endless_roles(profile):
        at = ("roles", place, "next_up")
        yield Problem(file, _line_of(at, lines), key_of(at), "endless", {"role": role})


def _content(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "UTF-8"
        raise ProfileError([Problem(str(path), 1, "-", "unreadable", {"reason": reason or str(error)})]) from error


# --- YAML, with the line of every key -------------------------------------------------------------------------------


def _parse(text: str, file: str, loader_of: Any) -> tuple[Any, dict[KeyPath, int], list[Problem]]:
    """The data, the line of every key path, and the keys given twice (YAML would keep the last in silence)."""
    try:
        loader = loader_of(text)
        node = loader.get_single_node()
        if node is not None and _has_aliases(node):
            raise ProfileError([Problem(file, 1, "-", "alias", {})])
        data = loader.construct_document(node) if node is not None else None
    except ProfileError:
        raise
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        detail = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
        problem = Problem(file, mark.line + 1 if mark else 1, "-", "not-yaml", {"detail": detail})
        raise ProfileError([problem]) from error
    lines: dict[KeyPath, int] = {(): 1}
    problems: list[Problem] = []
    if node is not None:
        for path, line, is_repeated in _walk(node, ()):
            lines[path] = line
            if is_repeated:
                problems.append(Problem(file, line, key_of(path), "repeated", {"value": str(path[-1])}))
    return data, lines, problems


def _has_aliases(node: yaml.Node) -> bool:
    """Whether a node comes twice: what a few lines of aliases unfold to may be endless."""
    seen: set[int] = set()
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            return True
        seen.add(id(one))
        if isinstance(one, yaml.MappingNode):
            waiting += [part for pair in one.value for part in pair]
        elif isinstance(one, yaml.SequenceNode):
            waiting += one.value
    return False


def _walk(node: yaml.Node, path: KeyPath) -> Iterator[tuple[KeyPath, int, bool]]:
    if isinstance(node, yaml.MappingNode):
        seen: Counter[str] = Counter()
        for key, value in node.value:
            name = str(key.value)
            seen[name] += 1
            yield (*path, name), key.start_mark.line + 1, seen[name] == 2
            yield from _walk(value, (*path, name))
    elif isinstance(node, yaml.SequenceNode):
        for place, item in enumerate(node.value):
            yield (*path, place), item.start_mark.line + 1, False
            yield from _walk(item, (*path, place))


def key_of(path: KeyPath) -> str:
    """`deadlines[0].reminders[1].at`, or `-` for the whole file."""
    shown = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return shown.removeprefix(".") or "-"


# --- what pydantic found --------------------------------------------------------------------------------------------


def _problem(detail: Mapping[str, Any], lines: Mapping[KeyPath, int], file: str) -> Problem:
    path: KeyPath = tuple(part for part in detail["loc"] if part not in NO_KEYS)
    code, parameters = _said(detail, path)
    return Problem(file, _line_of(path, lines), key_of(path), code, parameters)


def _line_of(path: KeyPath, lines: Mapping[KeyPath, int]) -> int:
    """The line of a key: of its block for one that is missing, of the base for a block that is taken over whole."""
    placed = path
    while placed not in lines:
        placed = placed[:-1]
    return lines[placed] if placed or not path else lines.get((BASED_ON,), lines[()])


def _said(detail: Mapping[str, Any], path: KeyPath) -> tuple[str, dict[str, object]]:
    kind, context = str(detail["type"]), dict(detail.get("ctx", {}))
    if kind in ("extra_forbidden", "invalid_key"):
        return _with_guess("unknown-key", str(path[-1]), _keys_beside(path))
    if kind == "not-allowed":
        return _with_guess("not-allowed", str(context["value"]), context["allowed"])
    if kind == "missing":
        return "missing-key", {"name": str(path[-1])}
    if kind == "too_short":
        return "empty", {}
    if kind in ("greater_than_equal", "less_than_equal"):
        return ("too-low", {"lowest": context["ge"]}) if "ge" in context else ("too-high", {"highest": context["le"]})
    expected = EXPECTED.get(kind)
    if expected is not None:
        return "wrong-type", {"expected": expected}
    return kind, context


EXPECTED: Final[Mapping[str, str]] = {
    "int_type": "INTEGER",
    "string_type": "TEXT",
    "bool_type": "BOOLEAN",
    "literal_error": "BOOLEAN",
    "list_type": "LIST",
    "dict_type": "BLOCK",
    "model_type": "BLOCK",
    "model_attributes_type": "BLOCK",
}
"""What a value of the wrong type should have been: a code of `yaml-kind` in the catalogues."""


def _with_guess(code: str, value: str, allowed: Collection[str]) -> tuple[str, dict[str, object]]:
    near = get_close_matches(value, allowed, n=1) or get_close_matches(value.upper(), allowed, n=1)
    parameters: dict[str, object] = {"value": value, "allowed": ", ".join(allowed)}
    return (f"{code}-near", {**parameters, "nearest": near[0]}) if near else (code, parameters)


def _keys_beside(path: KeyPath) -> tuple[str, ...]:
    """The keys that the block holding `path` may have."""
    block: type[BaseModel] = ProfileShape
    for part in path[:-1]:
        if isinstance(part, str):
            block = _block_in(block.model_fields[part].annotation) or block
    return tuple(block.model_fields)


def _block_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for argument in get_args(annotation) if (found := _block_in(argument))), None)


def _repetitions(data: object, lines: Mapping[KeyPath, int], file: str) -> Iterator[Problem]:
    """Two items of one list with the same key: two deadlines D01, two reminders on the same day."""
    if not isinstance(data, dict):
        return
    lists: list[tuple[KeyPath, object, str]] = [((name,), data.get(name), key) for name, key in IDENTIFIED_BY.items()]
    deadlines = data.get("deadlines")
    for place, deadline in enumerate(deadlines if isinstance(deadlines, list) else ()):
        if isinstance(deadline, dict):
            lists += [(("deadlines", place, name), deadline.get(name), "at") for name in STEP_LISTS]
    for path, items, key in lists:
        seen: set[str] = set()
        for place, item in enumerate(items if isinstance(items, list) else ()):
            if isinstance(item, dict) and key in item:
                value = str(item[key])
                if value in seen:
                    at = (*path, place, key)
                    yield Problem(file, lines[at], key_of(at), "repeated", {"value": value})
                seen.add(value)
