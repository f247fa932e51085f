"""The mandates of all signatories: one day and one paper for all, or each its own; and who refused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from api.pages.acts.signing import RECORD_MANDATE, RECORD_MANDATE_REFUSAL
from api.pages.contexts import Choice, Phrase, Spelled, Status
from api.pages.fields import CheckboxesField, DateField, Field
from api.pages.forms.conventions import ConventionCase
from api.pages.forms.typed import Typed
from api.pages.lines.contexts import Consequence, LineGroup, LineShown
from api.pages.lines.mandate_fields import carried, decided, hidden, kinds_of, mandate_lacking_its_day
from api.pages.lines.reading import common_fields, draft_of, file_of, is_on, own, own_fields, prefix_of
from api.pages.lines.record import Asked, Body, Draft, Lines, Weighed
from api.pages.lines.signatories import whose_act
from api.pages.lines.verdicts import day_of, fault_of, said
from domain.convention.authorising import RecordMandate
from projections.which_facts_do_not_count import act_awaited
from projections.which_signatures_are_missing import SignatoryState
from workflows.answers import Answer

NO = "no"
"""The box of a line whose body refused."""
FILE = "evidence.0"
SELDOM = ("kind", "votes_for", "votes_against", "abstentions", "reference")

Mandates = Asked[ConventionCase]


def _awaited(asked: Mandates) -> tuple[SignatoryState, ...]:
    """Those whose signature waits for a decision of their own, or for its day."""
    return tuple(
        one
        for one in whose_act(asked, RECORD_MANDATE.name)
        if not one.will_not_sign and any(act_awaited(one, cover) == RecordMandate.NAME for cover in one.unsigned)
    )


def _shown(asked: Mandates) -> tuple[SignatoryState, ...]:
    """Those, and whoever is told of all the same, because their decision was told since the form was opened."""
    awaited = _awaited(asked)
    return tuple(
        one for one in whose_act(asked, RECORD_MANDATE.name) if one in awaited or _tells(asked, str(one.partner_id))
    )


def _lines(asked: Mandates) -> Iterable[str]:
    return (str(one.partner_id) for one in _awaited(asked))


def _proposed(asked: Mandates) -> Typed:
    """Today, about all that is to be signed, by the act by which each decides first."""
    said = {"occurred_on": (asked.ask.today.isoformat(),), "covers": tuple(map(str, asked.case.to_sign))}
    for one in _awaited(asked):
        prefix = prefix_of(str(one.partner_id))
        if len(one.mandate_kinds) > 1:
            said[f"{prefix}.kind"] = (one.mandate_kinds[0],)
        said |= {name: (value,) for name, value in carried(one, prefix)}
    return Typed(said)


def _tells(asked: Mandates, line: str) -> bool:
    """Whether a line says something: its box is ticked, or a day of its own is given."""
    mine = own(asked.typed, prefix_of(line))
    return is_on(asked.typed, line) or bool({"occurred_on", "executory_on", NO} & mine.keys())


def _read(asked: Mandates) -> list[Draft]:
    return [_draft(asked, one) for one in whose_act(asked, RECORD_MANDATE.name) if _tells(asked, str(one.partner_id))]


def _draft(asked: Mandates, one: SignatoryState) -> Draft:
    line = str(one.partner_id)
    prefix = prefix_of(line)
    fixed = decided(asked.typed, one, prefix, asked.typed.one(f"{prefix}.kind") or one.mandate_kinds[0])
    common = ["occurred_on", "covers", "evidence"]
    if asked.typed.one(f"{prefix}.{NO}"):
        return draft_of(asked, RECORD_MANDATE_REFUSAL, line, common=common, fixed=fixed)
    if one.acts_must_be_transmitted:
        common.append("executory_on")
    return draft_of(asked, RECORD_MANDATE, line, common=common, fixed=fixed)


# --- what is shown ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Line:
    one: SignatoryState
    refuses: bool
    outcome: Answer | None
    shown: LineShown


def _show(asked: Mandates, weighed: Sequence[Weighed]) -> Body:
    lines = [_line(asked, one, weighed) for one in _shown(asked)]
    common = common_fields(asked, RECORD_MANDATE)
    shown = tuple(one.shown for one in lines)
    groups = (LineGroup(Phrase("page.mandates.group", {}, len(lines)), "rows", shown),) if lines else ()
    lead = (Phrase("page.mandates.lead", {"number": Spelled(len(lines))}, len(lines)),)
    return Body(
        lead=lead,
        common=(
            common["occurred_on"],
            _short(common["executory_on"]),  # told beneath, in one line
            file_of(asked, FILE, Phrase("page.mandates.paper")),
        ),
        more=(common["covers"],),
        note=Phrase("page.mandates.executory"),
        groups=groups,
        consequences=_consequences(lines),
    )


def _short(field: Field) -> Field:
    return replace(field, help=None) if isinstance(field, DateField) else field


def _line(asked: Mandates, one: SignatoryState, weighed: Sequence[Weighed]) -> _Line:
    line = str(one.partner_id)
    prefix = prefix_of(line)
    outcome = next((each.outcome for each in weighed if each.draft.line == line), None)
    answer = outcome if isinstance(outcome, Answer) else None
    refuses = bool(asked.typed.one(f"{prefix}.{NO}"))
    known = mandate_lacking_its_day(one)
    days = ["occurred_on"] if known is None else []
    days += ["executory_on"] if one.acts_must_be_transmitted else []
    status, verdict = _verdict(asked, one, answer, refuses=refuses)
    seldom = [name for name in SELDOM if name != "kind" or len(one.mandate_kinds) > 1]
    folded: tuple[Field, ...] = ()
    if known is None:
        folded = (
            _refused(asked, prefix),
            *own_fields(asked, RECORD_MANDATE, prefix, seldom, kinds_of(asked.options, one)),
        )
    shown = LineShown(
        prefix,
        one.partner_name,
        _tells(asked, line),
        status,
        verdict,
        fields=own_fields(asked, RECORD_MANDATE, prefix, days),
        folded=(*folded, file_of(asked, f"{prefix}.{FILE}", Phrase("page.mandates.own-paper"))),
        fold=Phrase("page.mandates.fold"),
        error=fault_of(asked, outcome),
        hidden=hidden(asked.typed, prefix),
    )
    return _Line(one, refuses, answer, shown)


def _refused(asked: Mandates, prefix: str) -> CheckboxesField:
    name = f"{prefix}.{NO}"
    choice = Choice("1", Phrase("page.mandates.refused"), bool(asked.typed.one(name)))
    return CheckboxesField(name, Phrase("page.mandates.answer"), (choice,))


def _verdict(asked: Mandates, one: SignatoryState, answer: Answer | None, *, refuses: bool) -> tuple[Status, str]:
    """What the partner could do then, in words."""
    texts = asked.ask.texts
    if answer is None:
        known = mandate_lacking_its_day(one)
        if known is not None:
            return "watch", texts.t("page.ceremony.not-executory", on=day_of(asked, known.adopted_on))
        no = one.said_no[-1] if one.said_no else None
        if no is not None:
            return "watch", texts.t(f"page.mandate.{no.outcome}", on=day_of(asked, no.on))
        return "not-started", texts.t("page.mandates.awaited")
    if refuses:
        return "watch", texts.t("page.mandates.refuses")
    if answer.irregular:
        return "irregular", " ".join(said(asked, rule) for rule in answer.irregular)
    if _executory(asked, one):
        return "done", texts.t("page.mandates.may-sign")
    return "watch", texts.t("page.mandates.not-executory")


def _executory(asked: Mandates, one: SignatoryState) -> bool:
    prefix = prefix_of(str(one.partner_id))
    return not one.acts_must_be_transmitted or bool(
        asked.typed.one(f"{prefix}.executory_on") or asked.typed.one("executory_on")
    )


def _consequences(lines: Sequence[_Line]) -> tuple[Consequence, ...]:
    """How many could sign, whose decision is not executory yet, who refuses, who has not decided."""
    told = [one for one in lines if one.outcome is not None]
    may = [one for one in told if one.shown.status == "done"]
    waiting = [one for one in told if one.shown.status == "watch" and not one.refuses]
    refusing = [one for one in told if one.refuses]
    odd = [one for one in told if one.shown.status == "irregular"]
    found = [Consequence("done", Phrase("page.mandates.change.may-sign"), len(may))]
    for status, name, several in (
        ("watch", "not-executory", waiting),
        ("watch", "refuse", refusing),
        ("irregular", "irregular", odd),
    ):
        if several:
            names = tuple(one.one.partner_name for one in several)
            found.append(Consequence(status, Phrase(f"page.mandates.change.{name}"), len(several), names))  # type: ignore[arg-type]
    found.append(Consequence("not-started", Phrase("page.mandates.change.left"), len(lines) - len(told)))
    return tuple(found)


MANDATES = Lines(word="mandates", form=RECORD_MANDATE, propose=_proposed, read=_read, show=_show, ticks=_lines)
