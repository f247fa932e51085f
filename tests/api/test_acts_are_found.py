"""Every act is found from a page: one that only the journal would show is an act that nobody does."""

from __future__ import annotations

import re
from datetime import date

from api.pages.acts import FORMS, forms_in
from domain import roles
from domain.diagnosis.answering import RecordDataReceived
from domain.diagnosis.content import diagnosis_stream
from domain.steering import WAIVER
from tests.api.forms import decide
from tests.api.routes import API
from tests.api.scene import ELSEWHERE, UNCOVERED_SIREN, Scene
from tests.projections.beside_the_plan import (
    DATA,
    contest_lead,
    tell_data,
    tell_delegation,
    tell_diagnosis,
    tell_framework_pledge,
    tell_lead,
    tell_training,
)

NOT_NOW = {"record-engagement", "validate-action-plan", "record-signature", "activate-convention"}
NOT_NOW |= {"record-mandate-withdrawal", "confirm-territory-role"}
NOT_NOW |= {"annul-event", "confirm-correction", "refuse-correction"}
NOT_NOW |= {"answer-contestation", "keep-contested-record", "withdraw-contestation"}
NOT_NOW |= {"withdraw-lead-contestation"}
NOT_NOW |= {"start-renewal"}
NOT_NOW |= {"decide-adjustment"}
"""Done on one convention and not possible yet on the other, or waiting for another act (a mandate, a role taken); a
mandate is taken back in the line of a partner that has one and has not signed all; the renewal is offered when the term
comes near; what a review adjusts is told beside it, and none was held. Whoever contests who leads takes that back.
Mistakes are mended in the journal, where nobody contests anything yet."""

ABOUT_RECORDS = {form.name for form in (*forms_in("mistakes"), *forms_in("proposals"))}
"""Offered on the line of each record in the journal, and beside what is proposed about one (`test_mistakes.py`)."""


def test_every_act_that_somebody_may_do_now_is_linked_on_a_page(scene: Scene) -> None:
    stories = (scene.here, scene.there)
    tell_framework_pledge(scene.here, scene.here.caf)
    tell_training(scene.here)
    tell_delegation(scene.here, scene.here.caf)
    tell_lead(scene.there, scene.here.caf)
    contest_lead(scene.here, scene.here.caf)
    for story in stories:
        tell_data(story, story.caf)
        tell_diagnosis(story, story.caf)
    scene.here.tell(RecordDataReceived(stream_id=diagnosis_stream(scene.here.territory), data_id=DATA))
    decide(scene.there, WAIVER, date(2026, 5, 4))  # a meeting whose minutes wait
    scene.house.reader.forget()
    conventions = [f"/conventions/{story.convention}" for story in stories]
    linked = set()
    for role in (roles.PILOT, ELSEWHERE, roles.FRAMEWORK_PILOT, roles.ADMINISTRATOR):
        client = scene.browser(role)
        pages = [page for story in stories for page in scene.pages_of(story)]
        network = f"/cadre/{scene.here.framework}"
        for address in ("/departement", network, f"{network}/reunions", f"/t/{UNCOVERED_SIREN}", *pages):
            linked |= set(re.findall(r'href="/[^"]*/actes/([a-z-]+)', client.get(address).text))
    tool = scene.tool(roles.FRAMEWORK_PILOT)
    asked = [one for address in conventions for one in tool.get(f"{API}{address}/possible-commands").json()]
    closed = {one["command"] for one in asked} - {one["command"] for one in asked if one["open"]}
    assert {form.name for form in FORMS} - linked <= NOT_NOW | ABOUT_RECORDS | closed
    assert linked & {"record-forum", "choose-priority", "open-convention", "attach-territory", "change-perimeter"}
