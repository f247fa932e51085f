"""The mistake that a form is about: found, told, and what was said put back into the fields of its act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final
from uuid import UUID

from api import mistakes
from api.pages.asking import Asking
from api.pages.contested import contestation_shown
from api.pages.contexts import Choice, ContestationShown, MistakeShown, Phrase, ProposalShown
from api.pages.forms.options import Options
from api.pages.forms.places import RECORD
from api.pages.forms.record import Form
from api.pages.forms.refilled import is_id, typed_of
from api.pages.forms.typed import NUMBERED, Typed
from api.pages.mistakes import proposal_shown
from api.pages.rendering import PageWords
from domain.contested import RecordContested
from domain.kernel import Aggregate, Command, Context, Correcting, CorrectionProposed, Event, Refused
from domain.replaying import command_of, turns_of
from domain.values import InvalidValue, Prose
from projections.engine import Entry, History, stream_of
from projections.which_facts_are_contested import on_stream
from projections.which_mistakes_are_mended import proposals
from workflows.application import UnknownStream
from workflows.instants import PARIS

CORRECTS, CASCADE, STREAM = "corrects", "cascade", "stream_id"
TARGET, PROPOSAL, CONTESTATION = "target_id", "proposal_id", "contestation_id"
UNSAID = Prose("…")
"""The motive with which a form asks what would fall, before any was typed."""


@dataclass
class Mistake:
    """A record that somebody calls mistaken. `corrected`: by saying its act again; else annulled, or a proposal."""

    ask: Asking
    stream: Aggregate
    event: Event
    corrected: bool

    @property
    def event_id(self) -> UUID:
        """Which event it is."""
        return self.event.envelope.event_id

    @property
    def stream_id(self) -> UUID:
        """Where it was recorded."""
        return self.event.originator_id

    @cached_property
    def around(self) -> Sequence[Event]:
        """Everything that may rest on it."""
        return mistakes.around(self.ask.services, self.stream_id)

    @cached_property
    def telling(self) -> mistakes.Telling:
        """What it and others say, in words."""
        return mistakes.Telling(self.ask.texts, self.ask.name, self.ask.said, self.around)

    @cached_property
    def said(self) -> Command | None:
        """The command that it tells of, None for what no command can say again."""
        history = [one for one in self.around if one.originator_id == self.stream_id]
        beside = next((one.with_it for one in turns_of(history) if one.event.envelope.event_id == self.event_id), ())
        return command_of(self.event, beside)

    def context(self, cascade: Iterable[UUID]) -> Correcting:
        """What the command that says it again corrects."""
        return Correcting(self.event_id, tuple(cascade))

    def sentences(self, event_ids: Iterable[UUID]) -> tuple[str, ...]:
        """Other facts, in words and in their order."""
        wanted = set(event_ids)
        found = [one for one in self.around if one.envelope.event_id in wanted]
        self.ask.open(self.telling.texts(found))
        return tuple(
            self.ask.texts.t("mistake.line", on=one.occurred_on, sentence=self.telling.sentence(one)) for one in found
        )


def mistake_of(ask: Asking, form: Form[Any], place_id: UUID | None, given: Typed) -> Mistake | None:
    """The mistake that a form is about, by what its link or what was sent names; None for an act like any other.

    Raises `UnknownStream` for a record that is not there, or that the visitor may not see.
    """
    if form.place is RECORD:
        name = _names(form)
        found = _found(ask, str(place_id), given.one(name), corrected=False)
        if not isinstance(found.event, _SAYS.get(name, Event)):
            raise UnknownStream(given.one(name))
        return found
    if given.one(CORRECTS):
        return _found(ask, given.one(STREAM), given.one(CORRECTS), corrected=True)
    return None


_SAYS: Final[Mapping[str, type[Event]]] = {PROPOSAL: CorrectionProposed, CONTESTATION: RecordContested}
"""What a form about something said of a record names."""


def _names(form: Form[Any]) -> str:
    """By which of its fields a form names what it is about."""
    return next(one for one in (TARGET, PROPOSAL, CONTESTATION) if one in form.carried)


def _found(ask: Asking, stream_id: str, event_id: str, *, corrected: bool) -> Mistake:
    if not is_id(stream_id) or not is_id(event_id):
        raise UnknownStream(stream_id)
    steering = ask.services.steering
    stream = steering.load(UUID(stream_id))
    if stream is None:
        raise UnknownStream(stream_id)
    ask.visitor.look_at(stream.territory_id, stream.whole_framework_id)
    event = next((one for one in steering.events_of(stream.id) if one.envelope.event_id == UUID(event_id)), None)
    if event is None:
        raise UnknownStream(event_id)
    ask.open([event])
    return Mistake(ask, stream, event, corrected)


def cascade_of(given: Typed) -> tuple[UUID, ...]:
    """The events that the person agreed to see fall: one box holds them all."""
    return tuple(UUID(one) for value in given.many(CASCADE) for one in value.split() if is_id(one))


def spread(given: Typed) -> Typed:
    """What was sent, with the events of the one box each by itself."""
    if CASCADE not in given.values:
        return given
    return Typed({**given.values, CASCADE: tuple(map(str, cascade_of(given)))})


# --- the act said again -----------------------------------------------------------------------------------------------


def options_for(mistake: Mistake, form: Form[Any], options: Options) -> Options:
    """The choices of a form that says its act again: on the same thing, under the same ids, all it said offered."""
    kept = {path: one for path, one in options.choices.items() if path not in (STREAM, *form.creates)}
    said = _typed(mistake, replace(options, choices=kept))
    for path, choices in kept.items():
        known = {choice.value for choice in (*choices, *options.others.get(path, ()))}
        missing = [value for value in _values(said, path) if value and value not in known]
        kept[path] = (*choices, *(Choice(value, _named(mistake.ask, value)) for value in dict.fromkeys(missing)))
    return replace(options, choices=kept, needs={})


def prefilled(mistake: Mistake, form: Form[Any], options: Options) -> Typed:
    """The form as it would have been sent to record what was recorded."""
    return _typed(mistake, options)


def _typed(mistake: Mistake, options: Options) -> Typed:
    said = mistake.said
    if said is None:
        raise UnknownStream(str(mistake.event_id))
    mistake.ask.open([said, mistake.event])
    return typed_of(said, mistake.event.envelope.evidence, options, mistake.ask.said)


def _values(typed: Typed, path: str) -> Iterable[str]:
    """What was typed under a path, whatever its rows."""
    for name, values in typed.values.items():
        if ".".join(part for part in name.split(".") if not part.isdigit()) == path:
            yield from values


def _named(ask: Asking, value: str) -> Phrase:
    name = ask.name(UUID(value)) if is_id(value) else value
    return Phrase("page.literal", {"text": name}) if name != value else Phrase("mistake.as-recorded")


# --- what the form carries and shows ----------------------------------------------------------------------------------


def carried(mistake: Mistake, form: Form[Any], typed: Typed | None) -> tuple[tuple[str, str], ...]:
    """What a form about a mistake carries without showing it: which mistake, and the ids of what its rows created."""
    if not mistake.corrected:
        return ((_names(form), str(mistake.event_id)),)
    rows = typed.values.items() if typed is not None else ()
    ids = [(name, values[-1]) for name, values in rows if name.rpartition(".")[2] in NUMBERED]
    return ((CORRECTS, str(mistake.event_id)), (STREAM, str(mistake.stream_id)), *ids)


def shown(mistake: Mistake, form: Form[Any], typed: Typed | None, refused: Refused | None) -> MistakeShown:
    """The record as the form tells it, and what would fall with it."""
    ask, event = mistake.ask, mistake.event
    falling = mistakes.dependents(refused.broken) if refused is not None else ()
    agreed = not falling and typed is not None and bool(typed.many(CASCADE))
    if agreed and typed is not None:
        falling = cascade_of(typed)
    target = event
    if isinstance(event, CorrectionProposed | RecordContested):
        target = next((one for one in mistake.around if one.envelope.event_id == event.target_id), event)
        ask.open([target])
    envelope = target.envelope
    return MistakeShown(
        sentence=PageWords.capital(mistake.telling.sentence(target)),
        occurred_on=target.occurred_on,
        recorded_at=target.recorded_at.astimezone(PARIS).date(),
        actor=ask.person(envelope.actor_id),
        corrected=mistake.corrected,
        dependents=mistake.sentences(falling),
        cascade=" ".join(map(str, falling)),
        agreed=agreed,
        proposal=_proposal(mistake),
        contestation=_contestation(mistake),
        judged=CASCADE in form.carried or mistake.corrected,
    )


def _proposal(mistake: Mistake) -> ProposalShown | None:
    """What is proposed about the record, as the convention's page tells it."""
    if not isinstance(mistake.event, CorrectionProposed):
        return None
    own = [one for one in mistake.around if one.originator_id == mistake.stream_id]
    stream = stream_of(Entry(place, one) for place, one in enumerate(own))
    assert stream is not None, "something was recorded there"
    made = proposals(History({mistake.stream_id: stream}, mistake.ask.register), mistake.ask.today)
    found = next(one for one in made if one.proposal_id == mistake.event_id)
    events = {one.envelope.event_id: one for one in mistake.around}
    return proposal_shown(mistake.ask, found, mistake.telling, events)


def _contestation(mistake: Mistake) -> ContestationShown | None:
    """What is contested of the record, and what was answered, for a form that says something of that."""
    if not isinstance(mistake.event, RecordContested):
        return None
    own = [one for one in mistake.around if one.originator_id == mistake.stream_id]
    found = next(one for one in on_stream(own) if one.contestation_id == mistake.event_id)
    return contestation_shown(mistake.ask, found)


def foreseen(mistake: Mistake, form: Form[Any], context: Context) -> Refused | None:
    """What would refuse what is said of a record, asked before anything is typed; None when nothing would, or where
    what is typed decides."""
    if form.choices:
        return None
    about: dict[str, Any] = {name: UUID(one) for name, one in carried(mistake, form, None)}
    command = form.command(stream_id=mistake.stream_id, **about)
    try:
        weighed = mistake.ask.services.steering.weigh(command, replace(context, reason=UNSAID))
    except InvalidValue:
        return None
    return Refused(*weighed.refused) if weighed.refused else None
