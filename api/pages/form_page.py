"""The page of a form, empty or as typed, with what refused the act and what mends it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from api.pages import contexts, fields, mending
from api.pages.acts import FORMS
from api.pages.acts import mending as act_mending
from api.pages.addresses import DEPARTMENT, JOURNAL
from api.pages.asking import Asking
from api.pages.coming_back import Way
from api.pages.contexts import Act, NavItem, Phrase, RuleText, TerritoryBar
from api.pages.conventions import home_of, home_of_territory
from api.pages.fields import FieldError, FormPage
from api.pages.forms import again, builder
from api.pages.forms.cases import of_record
from api.pages.forms.offering import given_ids, options_of
from api.pages.forms.options import Options
from api.pages.forms.places import CONVENTION, FRAMEWORK, RECORD, REGISTER, TERRITORY
from api.pages.forms.record import Form
from api.pages.forms.typed import NUMBERED, Typed, number_of
from api.pages.framework_addresses import framework_years
from api.pages.shell import ADMINISTRATION
from api.pages.territory_bar import bar_of
from api.pages.what_changes import what_changes
from domain.kernel import NotEntitled, Refused, VersionConflict
from domain.mending import NEVER_MENDED, DependentEvents
from workflows.texts.rules import explain

KEY = "idempotency_key"
VERSION = "expected_version"
KEPT = "_kept"
"""What was typed in a form that waits for this one (`laid_aside.py`)."""


def form_page(
    ask: Asking,
    form: Form[Any],
    place_id: UUID | None,
    typed: Typed | None,
    *,
    errors: Mapping[str, str] | None = None,
    refused: Refused | None = None,
    added: str = "",
    new_key: bool = False,
    asked: Mapping[str, str] | None = None,
    way: Way | None = None,
    kept: str = "",
) -> FormPage:
    """The form of an act, empty or as typed; `asked` is what the link to an empty form chose in its lists and days,
    `kept` what was typed in the one that waits for it."""
    options = options_of(ask, form, place_id, typed.ones if typed is not None else asked or {})
    chosen = {name: value for name, value in (asked or {}).items() if name in options.choices or form.is_day(name)}
    options = replace(options, first={**options.first, **chosen})
    errors, way = errors or {}, way or Way()
    foreseen = False
    mistake = mending.mistake_of(ask, form, place_id, typed or Typed.of((asked or {}).items()))
    if mistake is not None and mistake.corrected:
        typed = typed or mending.prefilled(mistake, form, mending.options_for(mistake, form, options))
        options = mending.options_for(mistake, form, options_of(ask, form, place_id, typed.ones))
    elif mistake is not None and typed is None:
        refused = mending.foreseen(mistake, form, ask.context)
        foreseen = True
    conflict = _conflict(ask, form, place_id, refused)
    broken = tuple(rule for rule in refused.broken if not isinstance(rule, VersionConflict)) if refused else ()
    if refused is not None:
        errors = {
            said.field: said.text for rule in broken if (said := explain(ask.texts, rule, ask.name)).field is not None
        }
    state = builder.FormState(typed, errors, ask.today, added, corrects=mistake is not None and mistake.corrected)
    calm = mistake is None and not errors and refused is None  # while something is wrong, nothing is promised
    calm = calm and not options.asks_first
    partner_id = (typed.ones if typed is not None else chosen).get("partner_id", "")
    kept = kept or (typed.one(KEPT) if typed is not None else "")
    key = typed.one(KEY) if typed is not None and not new_key else ""
    asks_first = bool(options.asks_first) and mistake is None
    return FormPage(
        title=_title(form, mistake),
        intro=Phrase("page.form.which" if asks_first else "mistake.intro" if state.corrects else f"intro.{form.name}"),
        action=_action(ask, form, place_id, mistake, way),
        cancel_href=way.back or form.home(ask, place_id),
        step=way.step,
        steps=way.steps,
        submit=Phrase(
            "page.form.continue" if asks_first else "mistake.correct" if state.corrects else f"command.{form.name}"
        ),
        sections=builder.sections(form, options, state, ask.texts),
        idempotency_key=key or str(uuid4()),
        crumbs=_crumbs(ask, form, place_id),
        expected_version=conflict.actual if conflict is not None else _version(ask, form, place_id, typed),
        multipart=True,
        undoes=options.undoes,
        errors=tuple(FieldError(text, path or None) for path, text in errors.items()) if refused is None else (),
        broken_rules=tuple(_broken(ask, form, place_id, rule) for rule in broken if not _told_below(rule, foreseen)),
        conflict=conflict,
        waits=bool(kept),
        changes=what_changes(ask, form, place_id, partner_id) if calm and form.foresees is None else (),
        may_be_mended=calm and form.foresees is None and _may_be_mended(form),
        hidden=(
            *(((KEPT, kept),) if kept else ()),
            *(pair for pair in given_ids(form, options, typed) if mistake is None or pair[0] != mending.STREAM),
            *(mending.carried(mistake, form, typed) if mistake is not None else _again(form, options, typed)),
            *(_numbered(options, typed) if mistake is None else ()),
        ),
        mistake=mending.shown(mistake, form, typed, refused) if mistake is not None else None,
        foreseen=form.foresees(form.place.case(ask, place_id), typed, options) if form.foresees else None,
        kinds=_kinds(ask, form, place_id, way) if mistake is None else (),
    )


def _numbered(options: Options, typed: Typed | None) -> tuple[tuple[str, str], ...]:
    """The ids of lines that the form was filled with: what each says was said elsewhere, under that name."""
    known = typed.ones if typed is not None else options.first
    return tuple((name, value) for name, value in known.items() if value and _of_line(name))


def _of_line(name: str) -> bool:
    """Whether a name is that of an id in a numbered line: `findings.0.finding_id`."""
    _, _, line = name.partition(".")
    number, _, last = line.partition(".")
    return number.isdigit() and last in NUMBERED


def _again(form: Form[Any], options: Options, typed: Typed | None) -> tuple[tuple[str, str], ...]:
    """What a form that says something again carries: what it was filled with, or that one only chooses."""
    if options.asks_first:
        return ((again.CHOOSE, "1"),)
    if not form.untouched:
        return ()
    return ((again.WAS, again.was(form, options.first) if typed is None else typed.one(again.WAS)),)


def _kinds(ask: Asking, form: Form[Any], place_id: UUID | None, way: Way) -> tuple[NavItem, ...]:
    """The acts between which one chooses first: those of the family that say the same of something new or running."""
    several = [one for one in FORMS if one.kind and one.place is form.place]
    if form not in several:
        return ()
    back = f"?{urlencode(way.carried)}" if way.carried else ""
    addresses = [f"{_address(ask, one, place_id)}{back}" for one in several]
    return tuple(
        NavItem(Phrase(one.kind), address, current=one is form) for one, address in zip(several, addresses, strict=True)
    )


def _may_be_mended(form: Form[Any]) -> bool:
    """Whether what the act records may be said again by its own form, filled."""
    recorded = form.command.RECORDS
    return recorded is not None and form.read is None and not recorded.TOPIC.startswith(NEVER_MENDED)


def _told_below(rule: Any, foreseen: bool) -> bool:
    """What would fall is listed where it is agreed to: it is no refusal before anything was sent."""
    return foreseen and isinstance(rule, DependentEvents)


def _title(form: Form[Any], mistake: mending.Mistake | None) -> Phrase:
    title = Phrase(f"command.{form.name}")
    return Phrase("mistake.title", {"what": title}) if mistake is not None and mistake.corrected else title


def _address(ask: Asking, form: Form[Any], place_id: UUID | None) -> str:
    return form.address(**{form.place.at(ask, place_id).key: place_id})


def _action(ask: Asking, form: Form[Any], place_id: UUID | None, mistake: mending.Mistake | None, way: Way) -> str:
    """Where the form is sent: with the way back, and one about a record names it, as the link to it did."""
    address = _address(ask, form, place_id)
    named = mending.carried(mistake, form, None) if mistake is not None and form.place is RECORD else ()
    query = (*named, *way.carried)
    return f"{address}?{urlencode(query)}" if query else address


def _version(ask: Asking, form: Form[Any], place_id: UUID | None, typed: Typed | None) -> int | None:
    if place_id is None or not form.carries_version:
        return None
    if typed is not None and (typed_in := number_of(typed.one(VERSION))) is not None:
        return typed_in
    return form.place.at(ask, place_id).version(ask, place_id)


def _conflict(
    ask: Asking, form: Form[Any], place_id: UUID | None, refused: Refused | None
) -> contexts.VersionConflictShown | None:
    for rule in refused.broken if refused is not None else ():
        if isinstance(rule, VersionConflict):
            review = DEPARTMENT
            if form.place.at(ask, place_id) is CONVENTION and place_id is not None:
                review = home_of(ask, place_id).page(JOURNAL)
            return contexts.VersionConflictShown(rule.expected, rule.actual, (), review)
    return None


def _broken(ask: Asking, form: Form[Any], place_id: UUID | None, rule: Any) -> fields.BrokenRule:
    """A broken rule with its remedy, and the act of the same place that mends it where there is one."""
    said = explain(ask.texts, rule, ask.name)
    mends = act_mending(rule)
    act = None
    if mends is not None and _together(ask, form, mends, place_id) and not isinstance(rule, NotEntitled):
        act = Act(Phrase(f"command.{mends.name}"), _address(ask, mends, place_id))
    return fields.BrokenRule(RuleText(said.rule, said.text), said.remedy or None, act)


def _together(ask: Asking, form: Form[Any], other: Form[Any], place_id: UUID | None) -> bool:
    """Whether another act is done where this one is."""
    return form.place.at(ask, place_id) is other.place.at(ask, place_id)


def _crumbs(ask: Asking, form: Form[Any], place_id: UUID | None) -> tuple[NavItem, ...]:
    """The way back from what is done on no territory; elsewhere the bar says where one is."""
    there = form.place.at(ask, place_id)
    if there not in (REGISTER, FRAMEWORK):
        return ()
    home = form.home(ask, place_id)
    above = Phrase("page.nav.accounts" if home == ADMINISTRATION else "page.nav.department")
    if there is FRAMEWORK and place_id is not None:
        above = Phrase("page.nav.framework", {"years": framework_years(ask.register, place_id)})
    here = NavItem(Phrase(f"command.{form.name}"), _address(ask, form, place_id), current=True)
    return (NavItem(above, home), here)


def bar_of_form(ask: Asking, form: Form[Any], place_id: UUID | None) -> TerritoryBar | None:
    """The bar of the territory on which the act is done, None for one that is done on none."""
    there = form.place.at(ask, place_id)
    territory_id = place_id if there is TERRITORY else None
    convention_id = place_id if there is CONVENTION else None
    if form.place is RECORD and place_id is not None:
        stream = of_record(ask, place_id).stream
        territory_id, convention_id = stream.territory_id, stream.places().convention_id
    if convention_id is not None and (dossier := ask.dossiers((convention_id,)).get(convention_id)) is not None:
        return bar_of(ask, dossier.territory_id, home_of(ask, convention_id), None, None)
    if territory_id is None or territory_id not in ask.register.territories:
        return None
    return bar_of(ask, territory_id, home_of_territory(ask, territory_id), None, None)
