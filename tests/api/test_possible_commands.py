"""What may be done next, and why not yet: told before anything is sent, never otherwise than the refusal tells it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from httpx2 import Response
from sqlalchemy import select
from starlette.testclient import TestClient

from domain import roles
from domain.convention.opening import ExpectedSignatory, OpenConvention
from domain.kernel import RULES
from domain.policy import CHANGE_METHOD
from domain.steering import PLAN_VALIDATED, PRIORITY_CHOSEN, WAIVER
from domain.values import Code
from projections.which_rules_are_in_the_way import GATED
from tests.api.forms import Form, decide, form_of, open_form
from tests.api.routes import API
from tests.api.scene import ELSEWHERE, Scene
from tests.projections.story import Story
from workflows.schema import refusals

TODAY, LATER = "2026-06-01", "2026-12-31"
TYPED = {"_on": TODAY, "sha256": "c" * 64, "count": "7", "attendance": "7", "answers": "24"}
TYPED |= {"year": "2026", "_cents": "1250,50", "places": "12"}
AT_LEAST_ONE = frozenset(
    {
        "themes",
        "findings",
        "sheets",
        "findings.0.theme",
        "findings.0.kind",
        "findings.0.statement",
        "attendance",
        "text_sha256",
        "budget.0.year",
        "budget.0.amount_cents",
        "dates.0.claim",
        "dates.0.due_on",
        "shown_by",
        "stages",
        "invited_by",
        "shared_with",
        "given_up_in",
        "alternatives.0.what",
        "alternatives.1.what",
        "chosen",
        "to_body_id",
        "about_method",
    }
)
"""What a browser cannot see to be needed: one box of several, one line of several."""
OWN = {
    *("record-mandate", "record-mandate-refusal", "record-mandate-withdrawal", "record-signature"),
    *("report-action-status", "complete-action"),
    "answer-measure",
    "pledge-resource",
    "record-delivery",
    "record-measure",
    "record-pledge-default",
    "revise-pledge",
    *("pledge-funding", "revise-funding", "record-payment", "record-supported-places"),
    *("state-claim-dates", "record-claim-sent"),
    "record-decision-done",
    "submit-proposal",
    *("issue-recommendation", "decide-recommendation", "follow-recommendation", "write-translation-note"),
}
"""What a partner's tool records for it."""
NOT_FOUND_BY_CHOOSING = {"unknown-reference", "decision-awaited"}
"""The codes of what a form has nothing to choose from for."""


def told(scene: Scene) -> Story:
    """At the forums: a diagnosis is shared, nobody has met about priorities."""
    return scene.there


def decided(scene: Scene) -> Story:
    """The committee took a decision of each kind; no theme is crossed."""
    story = told(scene)
    for day, kind in enumerate((PRIORITY_CHOSEN, PLAN_VALIDATED, WAIVER), 4):
        decide(story, kind, date(2026, 5, day), f"m{day}")
    return story


def crossed(scene: Scene) -> Story:
    """A theme is crossed."""
    story = decided(scene)
    story.forum("f1", date(2026, 4, 2))
    return story


def planned(scene: Scene) -> Story:
    """A priority is chosen and the plan validated."""
    story = crossed(scene)
    story.choose("p1", date(2026, 4, 20))
    story.plan(date(2026, 5, 11))
    return story


def in_force(scene: Scene) -> Story:
    """In force, one signature of its plan missing."""
    return scene.here


STAGES = (told, decided, crossed, planned, in_force)
TRIED = [pytest.param(stage, marks=() if stage in (told, planned) else pytest.mark.slow) for stage in STAGES]
"""At each change where most is closed and where most is open; all of them with the slow tests."""


def asked(scene: Scene, story: Story | UUID, role: str = roles.FRAMEWORK_PILOT, **headers: str) -> dict[str, Any]:
    """What may be done on a convention, by command."""
    convention = story.convention if isinstance(story, Story) else story
    answer = scene.tool(role, **headers).get(f"{API}/conventions/{convention}/possible-commands")
    assert answer.status_code == 200, answer.text
    return {one["command"]: one for one in answer.json()}


def said(answer: Response) -> str:
    """What a page says is wrong."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text.partition('id="errors"')[2][:1500]).split())


def choices(form: Form) -> dict[str, list[str]]:
    """What may be chosen in each list."""
    found = {name: [one for one in offered if one] for name, offered in form.offered.items()}
    return {name: offered for name, offered in found.items() if offered}


def completed(form: Form, **chosen: str) -> dict[str, list[str]]:
    """What must be filled in, with the first choices but for those given, and something plain where one types."""
    sent = {name: list(values) for name, values in form.values.items()}
    for name, offered in choices(form).items():
        needed = name in form.required or name in AT_LEAST_ONE
        if name in chosen or (needed and not any(sent.get(name, ()))):
            sent[name] = [chosen.get(name, offered[0])]
    for name in (form.required | AT_LEAST_ONE) & sent.keys() - form.offered.keys():
        if not any(sent[name]) and f"{name}.choice" not in form.offered:
            ending = next((typed for end, typed in TYPED.items() if end in name), "Texte")
            sent[name] = [LATER if name in ("ends_on", "expires_on", "planned_on") else ending]
    return sent


def shown_whole(client: TestClient, form: Form) -> Form:
    """The form once the lists that depend on another answer are asked for, that one being the first choice."""
    for button, name in form.buttons:
        if button == "_add" and not any(one.startswith(name) for one in form.values):
            answer = client.post(form.action, data={**completed(form), button: name})
            return form_of(answer.text, form.action)
    return form


def completions(form: Form) -> Iterator[dict[str, list[str]]]:
    """The form filled in with each of its choices in turn."""
    yield completed(form)
    for name, offered in choices(form).items():
        for one in offered[1:]:
            yield completed(form, **{name: one})


def codes_refused(scene: Scene) -> set[str]:
    """The codes of the refusal kept last."""
    with scene.house.engine.connect() as connection:
        row = connection.execute(select(refusals).order_by(refusals.c.recorded_at.desc())).first()
    assert row is not None
    return {RULES[one["text_key"]].CODE for one in json.loads(row.rules)}


# --- never another answer than the refusal ----------------------------------------------------------------------------


NOT_BY_FIRST_CHOICES = {
    CHANGE_METHOD: "method-followed-already",  # one is published here
    "record-shared-forum-record": "forum-record-without-document",  # what is shared is joined
    "silence-deadline": "silence-without-decision",  # the committee has suspended nothing
    "validate-action-plan": "theme-not-covered",  # why is nobody's first choice
}


@pytest.mark.parametrize("stage", TRIED)
def test_what_is_told_is_what_happens(scene: Scene, stage: Callable[[Scene], Story], subtests: pytest.Subtests) -> None:
    """Closed, it is refused with the same codes however its form is filled in; open, it takes the first choices."""
    story = stage(scene)
    kept, found = scene.keep("stage"), asked(scene, story)
    for command in sorted(GATED):
        with subtests.test(command=command):
            it_happens(scene, story, command, found[command])
        scene.restore(kept)


def it_happens(scene: Scene, story: Story, command: str, told_of: dict[str, Any]) -> None:
    """What is told of a command is what sending it leads to."""
    assert told_of["open"] is (told_of["in_the_way"] == [])
    local = roles.PILOT if story is scene.here else ELSEWHERE
    client = scene.browser(roles.FRAMEWORK_PILOT if command == CHANGE_METHOD else local)
    form = shown_whole(client, open_form(client, f"/conventions/{story.convention}/actes/{command}"))
    if told_of["open"]:
        answer = client.post(form.action, data=completed(form))
        if command in NOT_BY_FIRST_CHOICES:
            assert codes_refused(scene) == {NOT_BY_FIRST_CHOICES[command]}
            return
        assert answer.status_code == 303, said(answer)
        assert client.get(answer.headers["location"]).status_code == 200, "the page that says what was done"
        return
    before = scene.event_count()
    empty = {one["field"] for one in told_of["in_the_way"] if one["code"] in NOT_FOUND_BY_CHOOSING and one["field"]}
    assert not empty & choices(form).keys(), "there is nothing to choose from"
    codes = {one["code"] for one in told_of["in_the_way"]} - NOT_FOUND_BY_CHOOSING
    tried = bool(empty) or not codes
    for sent in completions(form):
        answer = client.post(form.action, data=sent)
        if empty or (told_of["in_the_way"] and not codes):
            assert answer.status_code in (400, 422), said(answer)
        elif answer.status_code == 422:
            assert codes <= codes_refused(scene)
            tried = True
        else:  # choices that do not go together
            assert answer.status_code == 400, said(answer)
    assert tried
    assert scene.event_count() == before


# --- what it tells ----------------------------------------------------------------------------------------------------


def test_why_not_yet_is_told_in_the_words_of_the_refusal_with_who_can_mend_it(scene: Scene) -> None:
    priority = asked(scene, told(scene))["choose-priority"]
    assert (priority["allowed"], priority["open"], priority["opens_on"]) == (False, False, None)
    crossing = priority["in_the_way"][0]
    assert {one["code"] for one in priority["in_the_way"]} == {"priority-without-forum"}
    assert (crossing["rule"], crossing["field"], crossing["command"]) == ("R06", "themes", "record-forum")
    assert "n’a pas encore été croisé" in crossing["detail"]
    assert crossing["remedy"].startswith("Tenez un forum complémentaire")
    (pilots,) = crossing["expected"]
    assert {one["role"] for one in pilots["people"]} == {"PILOT"}


def test_what_there_is_nothing_to_cite_for_names_the_act_that_comes_first(scene: Scene) -> None:
    convention = uuid4()
    scene.here.tell(
        OpenConvention(
            stream_id=convention,
            home_territory_id=scene.uncovered,
            holder_ids=(scene.here.epci,),
            profile_name=Code("cnaf-2020"),
            profile_version=1,
            effective_from=date(2027, 1, 1),
            signatories=(ExpectedSignatory(scene.here.caf, True),),
        ),
        scene.here.framework_pilot(scene.uncovered),
    )
    found = asked(scene, convention)
    first = {name: {one["code"]: one["command"] for one in one["in_the_way"]} for name, one in found.items()}
    assert first["record-meeting"] == {"unknown-reference": "constitute-steering-body"}
    assert first["grant-waiver"] == {"decision-awaited": "record-meeting"}
    assert first["draft-action-sheet"] == {"unknown-reference": "choose-priority"}
    assert first["choose-priority"].keys() == {
        "priority-without-diagnosis",
        "priority-without-forum",
        "decision-awaited",
    }
    assert {name for name, one in found.items() if one["open"]} == {
        *("issue-recommendation", "write-translation-note"),
        "add-theme",
        "change-method",
        "silence-deadline",
        "convene-forum",
        "pledge-resource",
        "record-engagement",
        "record-forum",
        "record-mandate",
        "define-indicator",
        "record-satisfaction",
        "record-mandate-refusal",
        "record-shared-diagnosis",
        "record-signature",
        "open-proposals",
        "open-space",
        "submit-proposal",
        "record-contribution",
        "record-supported-places",
        "state-claim-dates",
    }


def test_a_missing_signature_is_expected_from_its_partner_and_a_day_opens_the_rest(scene: Scene) -> None:
    story = planned(scene)
    activation = asked(scene, story)["activate-convention"]
    (missing,) = activation["in_the_way"]
    assert missing["code"] == "required-signature-missing"
    assert {one["partner_id"] for one in missing["expected"]} == {str(story.caf), str(story.epci)}
    assert activation["opens_on"] is None


def test_what_a_day_alone_opens_says_which(scene: Scene) -> None:
    closing = asked(scene, scene.here)["close-convention"]
    ends_on = scene.house.reader.dossier(scene.here.convention).convention.period.effective_to  # type: ignore[union-attr]
    (term,) = [one for one in closing["in_the_way"] if one["opens_on"] is not None]
    assert date.fromisoformat(term["opens_on"]) == ends_on + timedelta(days=1)
    assert closing["opens_on"] == term["opens_on"]


def test_rights_are_those_of_the_key(scene: Scene) -> None:
    here = scene.here
    local = asked(scene, here, roles.PILOT)
    assert {name for name, one in local.items() if not one["allowed"]} == {CHANGE_METHOD}
    own = asked(scene, here, roles.PARTNER_REPRESENTATIVE)
    assert {name for name, one in own.items() if one["allowed"]} == OWN
    assert not any(one["allowed"] for one in asked(scene, here, roles.AUDITOR).values())
    address = f"{API}/conventions/{here.convention}/possible-commands"
    assert scene.tool(ELSEWHERE).get(address).status_code == 404


def test_it_is_told_in_the_language_asked_for(scene: Scene) -> None:
    (crossing, *_) = asked(scene, told(scene), **{"Accept-Language": "en"})["choose-priority"]["in_the_way"]
    assert "has not been crossed" in crossing["detail"]


def test_asking_records_nothing_and_keeps_no_refusal(scene: Scene) -> None:
    def kept() -> int:
        with scene.house.engine.connect() as connection:
            return len(connection.execute(select(refusals)).all())

    before = scene.event_count(), kept()
    for stage in STAGES[:1]:
        asked(scene, stage(scene))
    assert (scene.event_count(), kept()) == before


def test_the_page_tells_why_not_yet_to_whoever_may_do_it(scene: Scene) -> None:
    address = f"/conventions/{told(scene).convention}"
    html = scene.browser(ELSEWHERE).get(scene.page_of(scene.there)).text
    told_of = html[html.index("actes ne sont pas encore possibles") :]
    told_of = told_of[: told_of.index("</details>")]
    assert "Choisir une priorité" in told_of
    assert "n’a pas encore été croisé" in told_of
    assert f'href="{address}/actes/record-forum?retour=' in told_of
    assert "Signer" not in told_of
    elsewhere = scene.browser(roles.FRAMEWORK_PILOT).get(scene.page_of(scene.there)).text
    assert "<strong>Choisir une priorité</strong>" not in elsewhere
