"""The signatures of a ceremony: one day, one text, one copy for all; whoever differs is looked at first, and what its
mandate lacks is mended in its line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.pages.acts.signing import RECORD_MANDATE, RECORD_SIGNATURE
from api.pages.contexts import Phrase, Spelled, Status
from api.pages.conventions import home_of
from api.pages.fields import Field, SelectField, TextField
from api.pages.forms.conventions import ConventionCase
from api.pages.forms.typed import Typed
from api.pages.lines.contexts import Consequence, LineGroup, LineShown
from api.pages.lines.mandate_fields import carried, decided, hidden, kinds_of, mandate_lacking_its_day
from api.pages.lines.reading import common_fields, draft_of, file_of, is_on, own, own_fields, prefix_of
from api.pages.lines.record import ON, Asked, Body, Draft, Lines, Weighed
from api.pages.lines.signatories import whose_act
from api.pages.lines.verdicts import day_of, fault_of, said
from api.pages.telling import Teller
from domain.convention.signing import CountsOnceExecutory
from domain.convention.state import CONVENTION, PLAN
from domain.values import Code
from projections.which_facts_do_not_count import fitting_mandates, why_not
from projections.which_signatures_are_missing import SignatoryState
from workflows.answers import Answer

COMMON = ("occurred_on", "covers", "text_sha256", "evidence")
MANDATE = "mandate"
"""The fields of a line that mend the mandate."""
ABSENT = "absent"
"""Why one that is not ticked did not sign."""
FILE = "evidence.0"

Ceremony = Asked[ConventionCase]


def _awaited(asked: Ceremony) -> tuple[SignatoryState, ...]:
    """Those of whom some signature does not count yet."""
    return tuple(
        one
        for one in whose_act(asked, RECORD_SIGNATURE.name)
        if not one.will_not_sign and None in one.signed_on.values()
    )


def _shown(asked: Ceremony) -> tuple[SignatoryState, ...]:
    """Those, and whoever is ticked all the same, because they signed since the form was opened."""
    awaited = _awaited(asked)
    return tuple(
        one
        for one in whose_act(asked, RECORD_SIGNATURE.name)
        if one in awaited or is_on(asked.typed, str(one.partner_id))
    )


def _covers(asked: Ceremony) -> tuple[Code, ...]:
    """What is signed: what has a text and is not signed by all; before any text, the convention alone."""
    sheet = asked.case.signatures
    adopted = {text.covers for text in sheet.texts} if sheet is not None else set()
    missing = sheet.missing if sheet is not None else {}
    left = tuple(cover for cover, partners in missing.items() if cover in adopted and partners)
    return left or ((PLAN,) if PLAN in adopted and CONVENTION not in adopted else (CONVENTION,))


def _proposed(asked: Ceremony) -> Typed:
    """Today, the adopted text, everyone present but who signed already."""
    texts = asked.options.choices.get("text_sha256", ())
    said = {"occurred_on": (asked.ask.today.isoformat(),), "covers": tuple(map(str, _covers(asked)))}
    if len(texts) == 1:
        said["text_sha256.choice"] = (texts[0].value,)
    for one in _awaited(asked):
        prefix = prefix_of(str(one.partner_id))
        if not one.signatures and not one.said_no:
            said[f"{prefix}.{ON}"] = ("1",)
        said |= {name: (value,) for name, value in carried(one, prefix)}
    return Typed(said)


def _read(asked: Ceremony) -> list[Draft]:
    """For each line what mends its mandate, then its signature."""
    reason = _absences(asked)
    drafts = []
    for one in whose_act(asked, RECORD_SIGNATURE.name):
        line = str(one.partner_id)
        under = f"{prefix_of(line)}.{MANDATE}"
        if mended := own(asked.typed, under):
            kind = mended.get("kind", one.mandate_kinds)[0]
            fixed = decided(asked.typed, one, prefix_of(line), kind)
            drafts.append(draft_of(asked, RECORD_MANDATE, line, under=under, fixed=fixed))
        if is_on(asked.typed, line):
            fixed = {"partner_id": line, **_text_to_come(asked)}
            drafts.append(draft_of(asked, RECORD_SIGNATURE, line, common=COMMON, fixed=fixed, reason=reason))
    return drafts


def _text_to_come(asked: Ceremony) -> dict[str, str]:
    """Where no text was adopted and none is given yet, the lines are weighed on one that is to come."""
    given = any(asked.typed.one(f"text_sha256{part}") for part in ("", ".sha256", ".choice"))
    return {} if asked.records or given else {"text_sha256": "0" * 64}


def _absences(asked: Ceremony) -> str:
    """Who did not sign and why: kept with the signatures of the day, as their motive."""
    texts = asked.ask.texts
    said = []
    for one in whose_act(asked, RECORD_SIGNATURE.name):
        line = str(one.partner_id)
        why = asked.typed.one(f"{prefix_of(line)}.{ABSENT}").strip()
        if why and not is_on(asked.typed, line):
            said.append(texts.t("page.ceremony.absent", partner=one.partner_name, why=why))
    return " ".join(said)


# --- what is shown ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Line:
    """A signatory with what would come of its line."""

    one: SignatoryState
    on: bool
    outcome: Answer | None
    fault: str | None
    shown: LineShown

    @property
    def counts(self) -> bool:
        """Whether its signature would count, be it later."""
        return self.outcome is not None and not self.outcome.irregular

    @property
    def is_plain(self) -> bool:
        """Whether nothing in it needs to be looked at."""
        return self.counts and self.fault is None and not self.shown.fields and self.shown.status == "done"


def _show(asked: Ceremony, weighed: Sequence[Weighed]) -> Body:
    lines = [_line(asked, one, weighed) for one in _shown(asked)]
    plain = [one for one in lines if one.is_plain]
    looked = sorted((one for one in lines if not one.is_plain), key=_urgency)
    groups = []
    if looked:
        title = Phrase("page.ceremony.look", {}, len(looked))
        shown = tuple(one.shown for one in looked)
        groups.append(LineGroup(title, "look", shown, Phrase("page.ceremony.look.note")))
    if plain:
        title = Phrase("page.ceremony.plain", {}, len(plain))
        shown = tuple(one.shown for one in plain)
        groups.append(LineGroup(title, "ticks", shown, Phrase("page.ceremony.plain.note")))
    common = common_fields(asked, RECORD_SIGNATURE)
    lead = [Phrase("page.ceremony.lead", {"total": Spelled(len(lines))}, len(plain))]
    lead.append(Phrase("page.ceremony.lead.look", {}, len(looked)))
    return Body(
        lead=tuple(lead) if lines else (Phrase("page.ceremony.nobody"),),
        common=(
            common["occurred_on"],
            _text(asked, common["text_sha256"]),
            file_of(asked, FILE, Phrase("page.ceremony.copy")),
        ),
        more=(common["covers"],),
        groups=tuple(groups),
        consequences=_consequences(asked, lines),
        after=_after(lines),
    )


def _urgency(line: _Line) -> tuple[bool, bool, bool]:
    return (line.fault is None, line.outcome is None, line.counts)


def _text(asked: Ceremony, field: Field) -> Field:
    """The text, in a list where the committee adopted one; else its file, or its fingerprint."""
    adopted = asked.options.choices.get("text_sha256", ())
    if not adopted:
        return field
    chosen = asked.typed.one("text_sha256.choice")
    sheet = asked.case.signatures
    assert sheet is not None, "texts are adopted by the plan of a convention that has signatories"
    choices = []
    for choice in adopted:
        texts = [one for one in sheet.texts if one.text_sha256 == choice.value]
        said = {"covers": tuple(one.covers for one in texts), "on": texts[-1].adopted_on}
        label = Phrase("page.ceremony.text" if len(adopted) == 1 else "page.ceremony.text-of", said)
        choices.append(type(choice)(choice.value, label, choice.value == chosen))
    return SelectField(
        "text_sha256.choice", field.label, tuple(choices), error=asked.errors.get("text_sha256"), required=True
    )


def _line(asked: Ceremony, one: SignatoryState, weighed: Sequence[Weighed]) -> _Line:
    line = str(one.partner_id)
    prefix, mine = prefix_of(line), [each for each in weighed if each.draft.line == line]
    faults = [fault for each in mine if (fault := fault_of(asked, each.outcome)) is not None]
    on = is_on(asked.typed, line)
    signed = mine[-1].outcome if on and mine else None
    answer = signed if isinstance(signed, Answer) else None
    own_day = own_fields(asked, RECORD_SIGNATURE, prefix, ("occurred_on",))
    is_other_day = bool(asked.typed.one(f"{prefix}.occurred_on"))
    mends = _mends(asked, one, answer)
    status, verdict, why = _verdict(asked, one, answer, on=on, other_day=is_other_day)
    absent = TextField(
        f"{prefix}.{ABSENT}", Phrase("page.ceremony.why-absent"), asked.typed.one(f"{prefix}.{ABSENT}"), max_length=300
    )
    shown = LineShown(
        prefix,
        one.partner_name,
        on,
        "late" if faults else status,
        verdict,
        why,
        fields=(*mends, *(own_day if is_other_day else ())),
        folded=() if is_other_day else own_day,
        fold=Phrase("page.ceremony.other-day"),
        absent=() if one.signatures else (absent,),
        hidden=hidden(asked.typed, prefix),
        error=" ".join(faults) or None,
    )
    return _Line(one, on, answer, shown.error, shown)


def _mends(asked: Ceremony, one: SignatoryState, answer: Answer | None) -> tuple[Field, ...]:
    """The fields that mend the mandate of a line: all of it, or the day it became executory."""
    under = f"{prefix_of(str(one.partner_id))}.{MANDATE}"
    known = mandate_lacking_its_day(one)
    if known is not None:
        return own_fields(asked, RECORD_MANDATE, under, ("executory_on",))
    lacks = not any(fitting_mandates(one, cover) for cover in one.unsigned)
    if not lacks and not own(asked.typed, under):
        return ()
    names = ["occurred_on", *(("executory_on",) if one.acts_must_be_transmitted else ())]
    names += ["kind"] if len(one.mandate_kinds) > 1 else []
    return own_fields(asked, RECORD_MANDATE, under, names, kinds_of(asked.options, one))


def _verdict(
    asked: Ceremony, one: SignatoryState, answer: Answer | None, *, on: bool, other_day: bool
) -> tuple[Status, str, str]:
    """In which state the signature would be, in words, and what that rests on."""
    texts = asked.ask.texts
    if not on:
        if one.signatures:
            last = one.signatures[-1]
            why = " ".join(rule.text for rule in _teller(asked).rules(why_not(one, last)))
            return "irregular", texts.t("page.ceremony.signed-before", on=last.signed_on), why
        return "not-started", texts.t("page.ceremony.awaited"), _mandate_told(asked, one)
    if answer is None:
        return "not-started", texts.t("page.ceremony.to-mend"), ""
    if answer.irregular:
        rule = answer.irregular[0]
        name = texts.t(f"refused.{rule.TEXT_KEY}")
        return (
            "irregular",
            texts.t("page.ceremony.irregular", what=name[:1].lower() + name[1:]),
            " ".join(said(asked, each) for each in answer.irregular),
        )
    later = next((rule for rule in answer.notices if isinstance(rule, CountsOnceExecutory)), None)
    if later is not None:
        return "watch", texts.t("page.ceremony.counts-on", on=later.executory_on), said(asked, later)
    told = _mandate_told(asked, one)
    return "done", texts.t("page.ceremony.counts") if other_day else told, told if other_day else ""


def _teller(asked: Ceremony) -> Teller:
    standing = asked.case.standing
    return Teller(asked.ask, asked.place_id, standing.territory_id, home_of(asked.ask, asked.place_id))


def _mandate_told(asked: Ceremony, one: SignatoryState) -> str:
    """Under which decision it signs, and since when that is executory."""
    texts = asked.ask.texts
    given = [each for cover in one.unsigned for each in fitting_mandates(one, cover)]
    if not given:
        return texts.t("page.ceremony.no-mandate")
    last = given[-1]
    if not one.acts_must_be_transmitted:
        return texts.t("page.ceremony.decided", on=day_of(asked, last.adopted_on))
    if last.executory_on is None:
        return texts.t("page.ceremony.not-executory", on=day_of(asked, last.adopted_on))
    return texts.t("page.ceremony.executory", on=day_of(asked, last.executory_on))


def _consequences(asked: Ceremony, lines: Sequence[_Line]) -> tuple[Consequence, ...]:
    """How many count, how many are kept without counting, how many are still awaited."""
    counted = [one for one in lines if one.counts]
    irregular = [one for one in lines if one.outcome is not None and not one.counts]
    left = [one for one in lines if not one.on and one.one.required]
    optional = [one for one in lines if not one.on and not one.one.required]

    def names(several: Sequence[_Line]) -> tuple[str, ...]:
        return tuple(one.one.partner_name for one in several)

    found = [Consequence("done", Phrase("page.ceremony.change.counts"), len(counted))]
    if irregular:
        note = Phrase("page.ceremony.change.irregular.note")
        label = Phrase("page.ceremony.change.irregular")
        found.append(Consequence("irregular", label, len(irregular), names(irregular), note))
    found.append(Consequence("not-started", Phrase("page.ceremony.change.left"), len(left), names(left)))
    if optional:
        label = Phrase("page.ceremony.change.optional")
        found.append(Consequence("not-started", label, len(optional), names(optional)))
    return tuple(found)


def _after(lines: Sequence[_Line]) -> tuple[Phrase, ...]:
    """What follows by itself, or what it still waits for."""
    topics = {event.topic for one in lines if one.outcome is not None for event in one.outcome.events}
    follows = [name for name in ("convention-signed", "action-plan-signed") if f"ctg.convention.{name}" in topics]
    if follows:
        return tuple(Phrase(f"page.ceremony.after.{name}") for name in follows)
    lacking = sum(one.one.required and not one.counts for one in lines)
    return (Phrase("page.ceremony.after.lacking", {}, lacking),) if lacking else ()


CEREMONY = Lines(word="ceremony", form=RECORD_SIGNATURE, propose=_proposed, read=_read, show=_show)
