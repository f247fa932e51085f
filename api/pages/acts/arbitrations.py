"""What a meeting arbitrated: the question, what there was to choose from, what was chosen and why."""

from __future__ import annotations

from collections.abc import Mapping

from api.pages.acts.sittings import BODY, any_held, last_held
from api.pages.acts.steering import RECORD_MEETING
from api.pages.contexts import Choice, Phrase
from api.pages.forms.bodies import BodiesCase
from api.pages.forms.cases import Choices
from api.pages.forms.conventions import ConventionCase
from api.pages.forms.options import named, short, words
from api.pages.forms.places import BODIES
from api.pages.forms.record import Form, Narrowed
from api.pages.forms.typed import NEW
from domain.arbitrating import CHOSEN, MOST, OUTCOMES, Arbitrations, RecordArbitration
from domain.kernel import TOPIC_PREFIX
from domain.steering.followed import DecisionsFollowed
from domain.subjects import FactReference
from domain.values import LocalId
from projections.what_became_of_proposals import proposals
from projections.what_was_weighed import arbitrations
from projections.which_facts_are_contested import contestations

OF_PLAN = ("convention_id", "priority_id", "sheet_id", "pledge_id", "proposal_id")


def _decisions(case: BodiesCase, meeting_id: str) -> Choices:
    """A new decision, or one of that meeting of which nobody said yet what was weighed."""
    found = {
        decision_id: one.text
        for body in case.steering
        for decision_id, one in DecisionsFollowed.of(body).decisions.get(LocalId(meeting_id), {}).items()
        if not Arbitrations.of(body).holds(LocalId(meeting_id), decision_id)
    }
    case.ask.open(tuple(found.values()))
    told = named((one, short(case.ask.said(text), case.ask.texts)) for one, text in found.items())
    return (Choice(NEW, Phrase("page.form.new-decision")), *told)


def _earlier(case: BodiesCase) -> Choices:
    """The arbitrations that nobody opened again, the latest first."""
    found = tuple(one for one in arbitrations(case.place) if one.reopened_by is None)
    case.ask.open(found)
    ask = case.ask
    return named(
        (
            one.reference.word,
            ask.texts.t("page.form.decision", on=one.arbitrated_on, text=short(ask.said(one.question), ask.texts)),
        )
        for one in found
    )


def _contested(case: BodiesCase) -> Choices:
    """The facts that were contested there, those that still are first."""
    texts = case.ask.texts
    events = {one.event.envelope.event_id: one.event for one in case.place.entries}
    found = sorted(contestations(case.place), key=lambda one: not one.is_open)
    return named(
        (
            FactReference(one.stream_id, one.target_id).word,
            f"{texts.t('fact.' + fact.TOPIC.removeprefix(TOPIC_PREFIX))}, {texts.long_date(fact.occurred_on)}",
        )
        for one in found
        if (fact := events.get(one.target_id)) is not None
    )


def _proposed(case: BodiesCase) -> Choices | None:
    if not isinstance(case, ConventionCase):
        return None
    found = proposals(case.dossier, case.ask.today).proposals
    case.ask.open(found)
    return named((one.proposal_id, case.said(one.text)) for one in found) or None


def pledges_of(case: ConventionCase) -> Choices:
    """What partners pledged to the convention."""
    case.ask.open(case.dossier.pledges)
    return named(
        (str(one.id), f"{case.ask.name(one.partner_id)} : {case.said(one.terms.what)}") for one in case.dossier.pledges
    )


def of_plan(case: BodiesCase) -> Mapping[str, str | None]:
    """Which convention it is about; nothing of a plan where a whole framework is steered."""
    if isinstance(case, ConventionCase):
        return {"convention_id": str(case.standing.convention_id)}
    return dict.fromkeys(OF_PLAN)


RECORD_ARBITRATION = Form(
    command=RecordArbitration,
    place=BODIES,
    sections=("decisions",),
    rank=4,
    creates=("decision_id",),
    first=("meeting_id", "question", "alternatives", "outcome", "chosen", "motive", "decision_id"),
    later=("criteria", "kind", "priority_id", "sheet_id", "pledge_id", "proposal_id", "settled_fact", "reopens"),
    rows={"alternatives": 2},
    never_optional=("outcome",),
    short=("question", "what", "in_favour", "against"),
    own_motive=True,
    dated=False,
    fixed={
        "outcome": words("arbitration-outcome", OUTCOMES),
    },
    choices={
        "chosen": lambda case: words("alternative-number", map(str, range(1, MOST + 1))),
        "stream_id": BodiesCase.bodies,
        "kind": BodiesCase.kinds,
        "alternatives.defended_by": BodiesCase.all_partners,
        "priority_id": lambda case: case.priorities() if isinstance(case, ConventionCase) else None,
        "sheet_id": lambda case: case.sheets() if isinstance(case, ConventionCase) else None,
        "pledge_id": lambda case: pledges_of(case) if isinstance(case, ConventionCase) else None,
        "proposal_id": _proposed,
        "settled_fact": _contested,
        "reopens": _earlier,
    },
    narrowed={
        "meeting_id": Narrowed("stream_id", any_held),
        "decision_id": Narrowed("meeting_id", _decisions),
    },
    needs={**BODY, "meeting_id": RECORD_MEETING},
    proposes=lambda case: {**last_held(lambda body, one: True)(case), "decision_id": NEW, "outcome": CHOSEN},
    hidden=of_plan,
    example={
        "outcome": "CHOSEN",
        "chosen": 1,
        "question": "Où ouvrir la micro-crèche ?",
        "alternatives.what": "À Samatan, dans l’ancienne école",
        "motive": "Le bâtiment est libre dès septembre",
    },
    example_fills=("chosen",),
)

FORMS = (RECORD_ARBITRATION,)
