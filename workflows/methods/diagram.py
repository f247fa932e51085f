"""The picture of a method: its phases and milestones in order, and the deadlines that lead to each.

Drawn twice: as an SVG that needs no style sheet, and as Mermaid text for those who write it into a document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from textwrap import wrap
from typing import Final

from domain.method import DeadlineRule, MethodProfile
from domain.values import Code
from workflows.methods.saying import MethodWords
from workflows.texts import Texts

PHASE_OF: Final[Mapping[str, str]] = {
    "PANORAMA": "PREPARATION",
    "CATALOGUE": "PREPARATION",
    "ENGAGEMENT": "PREPARATION",
    "DIAGNOSIS": "DIAGNOSIS",
    "FORUMS": "FORUMS",
    "PRIORITIES": "PRIORITISATION",
    "PLAN": "PLANNING",
    "MANDATES": "SIGNING",
    "CONVENTION_SIGNED": "SIGNING",
    "PLAN_SIGNED": "SIGNING",
    "ACTIVATION": "IN_FORCE",
    "REVIEW": "IN_FORCE",
    "CLOSING": "CLOSED",
}
"""In which phase each milestone is reached."""

REACHED_BY: Final[Mapping[str, str]] = {
    "ctg.convention.engagement-confirmed": "ENGAGEMENT",
    "ctg.convention.diagnosis-shared": "DIAGNOSIS",
    "ctg.convention.forum-held": "FORUMS",
    "LATEST_COUNTED_FORUM": "FORUMS",
    "ctg.convention.priority-chosen": "PRIORITIES",
    "ctg.convention.action-plan-validated": "PLAN",
    "ctg.convention.mandate-recorded": "MANDATES",
    "ctg.convention.convention-signed": "CONVENTION_SIGNED",
    "ctg.convention.signature-recorded": "CONVENTION_SIGNED",
    "COUNTED_SIGNATURE": "PLAN_SIGNED",
    "ctg.convention.action-plan-signed": "PLAN_SIGNED",
    "ctg.convention.convention-activated": "ACTIVATION",
    "ctg.convention.review-done": "REVIEW",
    "REVIEW_PERIOD_ENDED": "REVIEW",
    "REVIEW_OF_PERIOD": "REVIEW",
    "ctg.convention.convention-closed": "CLOSING",
}
"""Which milestone a fact, a trigger or a condition belongs to; the others belong to none."""

WIDTH: Final = 420
_MARGIN: Final = 10
_BOX: Final = 30
_LINE: Final = 18
_GAP: Final = 14
_LETTERS: Final = 50
"""How many letters of a line fit the width."""


@dataclass(frozen=True)
class Drawn:
    """A milestone of the picture, with the deadlines that lead to it."""

    milestone: str
    phase: str
    active: bool
    deadlines: tuple[DeadlineRule, ...]


def _drawn(method: MethodProfile) -> Iterator[Drawn]:
    for one in method.milestones:
        led = tuple(rule for rule in method.active_deadlines if one.id in _milestones(rule.met_by))
        yield Drawn(one.id, PHASE_OF[one.id], one.active, led)


def _milestones(names: tuple[Code, ...]) -> list[str]:
    return [REACHED_BY[name] for name in names if name in REACHED_BY][:1]


def others(method: MethodProfile) -> tuple[DeadlineRule, ...]:
    """The deadlines that are watched and lead to no milestone."""
    return tuple(rule for rule in method.active_deadlines if not _milestones(rule.met_by))


def svg(method: MethodProfile, texts: Texts) -> str:
    """The picture as a document that stands alone, in the colour of the text around it."""
    words = MethodWords(texts, codes=False)
    shapes, y = [], _MARGIN
    phase = ""
    drawn = tuple(_drawn(method))
    for place, one in enumerate(drawn):
        if one.phase != phase:
            phase = one.phase
            y += _LINE
            shapes.append(
                _text(_MARGIN, y, texts.word("phase", phase).capitalize(), 'font-size="13" font-style="italic"')
            )
            y += 8
        dashed = "" if one.active else ' stroke-dasharray="5 4"'
        shapes.append(
            f'<rect x="{_MARGIN}" y="{y}" width="{WIDTH - 2 * _MARGIN}" height="{_BOX}" rx="6" fill="none"'
            f' stroke="currentColor" stroke-width="1.5"{dashed}/>'
        )
        shapes.append(_text(_MARGIN + 12, y + 20, _name(one, words, texts), 'font-size="15" font-weight="bold"'))
        y += _BOX
        for rule in one.deadlines:
            for number, line in enumerate(wrap(_deadline(rule, method, words, texts), _LETTERS)):
                y += _LINE
                shapes.append(_text(_MARGIN + 24, y, ("" if number else "→ ") + line, 'font-size="13"'))
        y += _GAP
        if place + 1 < len(drawn):
            shapes.append(
                f'<path d="M{_MARGIN + 6} {y - _GAP + 2}v{_GAP - 4}" stroke="currentColor" stroke-width="1.5"/>'
            )
    title, told = texts.t("method.diagram", method=texts.t(method.title_key)), texts.t("method.diagram.told")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" role="img" fill="currentColor"'
        f' font-family="sans-serif" aria-labelledby="method-title method-desc"><title id="method-title">{escape(title)}'
        f'</title><desc id="method-desc">{escape(told)}</desc>{"".join(shapes)}</svg>'
    )


def mermaid(method: MethodProfile, texts: Texts) -> str:
    """The picture as a Mermaid flow chart."""
    words = MethodWords(texts, codes=True)
    told = ["flowchart TD"]
    drawn = tuple(_drawn(method))
    for phase in dict.fromkeys(one.phase for one in drawn):
        told.append(f'  subgraph {phase}["{_quoted(texts.word("phase", phase).capitalize())}"]')
        told += [f'    m_{one.milestone}["{_quoted(_name(one, words, texts))}"]' for one in drawn if one.phase == phase]
        told.append("  end")
    told += [f"  m_{one.milestone} --> m_{after.milestone}" for one, after in pairwise(drawn)]
    there = {one.milestone for one in drawn}
    for one in drawn:
        for rule in one.deadlines:
            label = _quoted(f"{rule.id} · {words.offset(rule.offset)}")
            start = REACHED_BY.get(rule.trigger)
            if start in there and start != one.milestone:
                told.append(f'  m_{start} -. "{label}" .-> m_{one.milestone}')
            else:
                told.append(
                    f'  {rule.id}(["{_quoted(words.start(method, rule.id))}"]) -. "{label}" .-> m_{one.milestone}'
                )
    told += [f"  class m_{one.milestone} announced" for one in drawn if not one.active]
    told.append("  classDef announced stroke-dasharray: 5 4")
    return "\n".join(told) + "\n"


def _name(one: Drawn, words: MethodWords, texts: Texts) -> str:
    name = words.value("MILESTONES", (Code(one.milestone),))
    return name if one.active else texts.t("method.announced", what=name)


def _deadline(rule: DeadlineRule, method: MethodProfile, words: MethodWords, texts: Texts) -> str:
    return texts.t("method.line", label=texts.word("deadline", rule.id), value=words.start(method, rule.id))


def _text(x: int, y: float, text: str, more: str) -> str:
    return f'<text x="{x}" y="{y}" {more}>{escape(text)}</text>'


def _quoted(text: str) -> str:
    """As Mermaid wants it between quotes."""
    return text.replace('"', "#quot;")
