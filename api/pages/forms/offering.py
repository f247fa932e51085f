"""What the form of an act offers, where and when it is opened, and the ids that it gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from api.access import Forbidden
from api.pages.asking import Asking
from api.pages.contexts import Act, Choice, Phrase
from api.pages.forms.again import for_one
from api.pages.forms.cases import of_record
from api.pages.forms.decisions import decisions
from api.pages.forms.labels import label_key
from api.pages.forms.options import Need, Options
from api.pages.forms.places import CONVENTION, FRAMEWORK, RECORD, TERRITORY
from api.pages.forms.record import Form
from api.pages.forms.typed import FORM_ID, Typed, created_id
from workflows.texts import Texts


def options_of(ask: Asking, form: Form[Any], place_id: UUID | None, given: Mapping[str, str]) -> Options:
    """The choices of a form, those that fit what is `given`: typed, or named by its link.

    Raises `UnknownStream`, or `Forbidden` before anything is typed in vain.
    """
    there = form.place.at(ask, place_id)
    territory_id = place_id if there is TERRITORY else None
    if there is CONVENTION and place_id is not None:
        territory_id = ask.territory_of(place_id)
    framework_id = place_id if there is FRAMEWORK else None
    if form.place is RECORD:
        record = of_record(ask, place_id).stream
        territory_id, framework_id = record.territory_id, record.whole_framework_id
    ask.visitor.look_at(territory_id, framework_id)
    if not ask.visitor.may_here(form.name, territory_id, framework_id):
        raise Forbidden(form.name)
    case = form.place.case(ask, place_id)
    listed = {path: choices(case) for path, choices in form.choices.items()}
    if form.cites is not None:
        listed["decided_in"] = decisions(case, form.cites)
    first = {**form.proposes(case), **form.refills(case, given)}
    answers = {path: given.get(one.by) or first.get(one.by, "") for path, one in form.narrowed.items()}
    listed |= {path: one.choices(case, answers[path]) for path, one in form.narrowed.items()}
    chosen: dict[str, tuple[Choice, ...]] = {path: found for path, found in listed.items() if found is not None}
    convention_id = place_id if there is CONVENTION else None
    ids = {CONVENTION.key: convention_id, TERRITORY.key: territory_id, FRAMEWORK.key: framework_id}
    made = Options(
        {**form.fixed, **chosen},
        first,
        form.hidden(case),
        {path: folded(case) for path, folded in form.folded.items()},
        {
            path: Need(_need(ask, form, path, first), _link(ask, first, territory_id, ids))
            for path, first in form.needs.items()
        },
        {path: bounds(case) for path, bounds in form.bounds.items()},
        {path: one.by for path, one in form.narrowed.items() if listed.get(one.by) and not answers[path]},
        form.undoes(case),
        {path: likely(case) for path, likely in form.ticked.items()},
        form.lines(case, {**first, **given}),
        form.spares(case),
    )
    return for_one(form, made, given)


def _need(ask: Asking, form: Form[Any], path: str, first: Form[Any]) -> Phrase:
    """Why there is nothing to choose, in the words of this form, else in those of the act that has to come first."""
    own = f"page.form.need.{form.name}.{path}"
    return Phrase(own if ask.texts.has(own) else f"page.form.need.{first.name}")


def _link(ask: Asking, form: Form[Any], territory_id: UUID | None, ids: dict[str, UUID | None]) -> Act | None:
    """The link to an act to do first, None for whoever may not do it."""
    if not ask.visitor.may_here(form.name, territory_id, ids[FRAMEWORK.key]):
        return None
    return Act(Phrase(f"command.{form.name}"), form.address(**ids))


def unfit(form: Form[Any], typed: Typed, options: Options, texts: Texts) -> dict[str, str]:
    """Of the lists that depend on another answer, those of which something was chosen that does not fit it; which of
    several things the act is about (a sheet, a committee), where that was not chosen."""
    errors = {}
    if "stream_id" in options.choices and not form.command.STARTS and not typed.one("stream_id"):
        label = texts.t(label_key(form.name, "stream_id", texts) or "page.form.body")
        errors["stream_id"] = texts.t("malformed.missing", field=label)
    for path, one in form.narrowed.items():
        chosen = typed.one(path)
        if chosen and chosen not in {choice.value for choice in options.choices.get(path, ())}:
            by = texts.t(label_key(form.name, one.by, texts) or f"field.{one.by}")
            errors[path] = texts.t("page.form.unfit", by=by)
    for number in range(len(options.lines)):
        if typed.one(f"known.{number}.unknown") and typed.one(f"known.{number}.on"):
            errors[f"known.{number}"] = texts.t("page.earlier.both")
    return errors


def given_ids(form: Form[Any], options: Options, typed: Typed | None) -> tuple[tuple[str, str], ...]:
    """The ids of what the form creates, carried hidden so that a form sent twice says the same thing."""
    form_id = (typed.one(FORM_ID) if typed is not None else "") or str(uuid4())
    ids = [(FORM_ID, form_id)]
    for name in form.creates:
        if name not in options.choices:
            kept = typed.one(name) if typed is not None else ""
            ids.append((name, kept or created_id(name, form_id)))
    if form.names_its_stream:
        kept = typed.one("stream_id") if typed is not None else ""
        ids.append(("stream_id", kept or str(uuid4())))
    return tuple(ids)
