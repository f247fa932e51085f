"""What a form offers to choose from: what fits the act, what is meant most often first, and what to do when nothing."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from api.pages.addresses import JOURNAL
from domain import roles
from domain.assignments import AssignTerritoryRole
from domain.convention.opening import ExpectedSignatory, OpenConvention
from domain.partners import RegisterPartner
from domain.values import Code, PublicName, local_id
from tests.api.forms import act, decide, open_form
from tests.api.scene import ELSEWHERE, NOBODY, Scene, person_of


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        ("choose-priority", "PRIORITY_CHOSEN"),
        ("validate-action-plan", "PLAN_VALIDATED"),
        ("grant-waiver", "WAIVER"),
    ],
)
def test_only_decisions_of_the_fitting_kind_are_offered(scene: Scene, command: str, kind: str) -> None:
    kinds = ("PRIORITY_CHOSEN", "PLAN_VALIDATED", "WAIVER", "OTHER", "REVIEW_VALIDATED")
    told = {one: decide(scene.here, one, date(2026, 5, 4), local_id(one)) for one in kinds}
    offered = open_form(scene.browser(roles.PILOT), act(scene, command)).offered["decided_in"]
    assert told[kind] in offered
    assert not {told[one] for one in kinds if one != kind} & set(offered)


def test_decisions_not_yet_cited_come_first(scene: Scene) -> None:
    early = decide(scene.here, "PRIORITY_CHOSEN", date(2023, 12, 4))
    form = open_form(scene.browser(roles.PILOT), act(scene, "choose-priority"))
    listed = [one for one in form.offered["decided_in"] if one]
    assert listed[0] == early, "although others are later"
    assert form.labels[listed[-1]].endswith("(déjà citée)")
    assert not form.labels[listed[0]].endswith("(déjà citée)")


def test_without_a_fitting_decision_the_form_says_which_meeting_to_record(scene: Scene) -> None:
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
    scene.here.tell(
        AssignTerritoryRole(
            stream_id=scene.uncovered, role=roles.PILOT, person_id=person_of(NOBODY), occurred_on=date(2026, 1, 1)
        ),
        scene.here.administrator,
    )
    address = f"/conventions/{convention}/actes"
    html = scene.browser(NOBODY).get(f"{address}/grant-waiver").text
    assert "Enregistrez d’abord la réunion où la dérogation a été décidée" in html
    assert f'value="{address}/record-meeting?retour=' in html


def test_without_sheets_a_plan_says_what_to_draft(scene: Scene) -> None:
    address = f"/conventions/{scene.there.convention}/actes"
    html = scene.browser(ELSEWHERE).get(f"{address}/validate-action-plan").text
    assert "Aucune fiche action" in html
    assert f'value="{address}/draft-action-sheet?retour=' in html


def test_partners_of_the_convention_and_the_territory_come_first_and_the_others_are_folded(scene: Scene) -> None:
    partner = uuid4()
    scene.here.tell(
        RegisterPartner(
            stream_id=partner,
            kind=Code("CCAS"),
            name=PublicName("CCAS de L’Isle-Jourdain"),
            home_territory_id=scene.here.territory,
        ),
        scene.here.administrator,
    )
    html = scene.browser(roles.PILOT).get(act(scene, "record-meeting")).text
    fold = html.index("Autres partenaires du registre")
    for near in (scene.here.caf, scene.here.cpam, partner):
        assert html.index(f'name="partners_present" value="{near}"') < fold
    assert html.index(f'name="partners_present" value="{scene.msa}"') > fold


def test_a_review_is_proposed_for_the_period_it_is_awaited_for(scene: Scene) -> None:
    form = open_form(scene.browser(roles.PILOT), act(scene, "record-review"))
    assert (form.one("period_starts_on"), form.one("period_ends_on")) == ("2025-01-01", "2025-12-31")
    scene.here.review(2025, date(2026, 5, 4))
    form = open_form(scene.browser(roles.PILOT), act(scene, "record-review"))
    assert form.one("period_starts_on") == "2026-01-01", "the next one, although it is not over"


@pytest.mark.parametrize(("kind", "ends_on"), [("MID_TERM", "2027-07-02"), ("FINAL", "2029-12-31")])
def test_a_review_of_another_kind_is_proposed_for_its_own_period(scene: Scene, kind: str, ends_on: str) -> None:
    form = open_form(scene.browser(roles.PILOT), f"{act(scene, 'record-review')}?kind={kind}")
    assert (form.one("kind"), form.one("period_ends_on")) == (kind, ends_on)
    assert form.one("action_statuses.0.sheet_id")


def test_an_irregular_review_leaves_its_period_awaited(scene: Scene) -> None:
    scene.here.review(2026, date(2026, 5, 4))
    form = open_form(scene.browser(roles.PILOT), act(scene, "record-review"))
    assert form.one("period_starts_on") == "2025-01-01"


def test_a_form_names_its_fields_in_the_words_of_its_act_and_the_bar_says_where(scene: Scene) -> None:
    client = scene.browser(roles.PILOT)
    meeting, signature = (client.get(act(scene, name)).text for name in ("record-meeting", "record-signature"))
    assert "Tenue le" in meeting
    assert "Signé le" in signature
    assert "Date du fait" not in meeting + signature
    assert meeting.index('name="occurred_on"') < meeting.index('name="decisions.0.kind"')
    bar = signature[signature.index('class="bar-place"') : signature.index("<main")]
    assert f'href="{scene.page_of(scene.here)}"' in bar, "the bar says where one is"


# --- a meeting that says nothing --------------------------------------------------------------------------------------


def test_an_empty_meeting_is_asked_what_it_was_about(scene: Scene) -> None:
    client, before = scene.browser(roles.PILOT), scene.event_count()
    form = open_form(client, act(scene, "record-meeting"))
    answer = client.post(form.action, data=form.values)
    assert answer.status_code == 400
    assert "au moins une décision, le nombre de présents ou un document" in answer.text
    assert scene.event_count() == before


@pytest.mark.parametrize(
    "typed",
    [
        {"decisions__0__kind": "OTHER", "decisions__0__text": "Un groupe de travail"},
        {"attendance": "12"},
        {"evidence__0__title": "Compte rendu", "evidence__0__sha256": "a" * 64},
    ],
)
def test_a_decision_people_or_a_document_make_a_meeting(scene: Scene, typed: dict[str, str]) -> None:
    client = scene.browser(roles.PILOT)
    form = open_form(client, act(scene, "record-meeting"))
    assert client.post(form.action, data=form.filled(**typed)).status_code == 303


# --- what no field holds ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "name", "value", "said"),
    [
        ("record-meeting", "attendance", "99999999999", "au plus"),
        ("record-meeting", "attendance", "-3", "f-attendance-error"),
        ("record-meeting", "occurred_on", "2031-01-01", "f-occurred_on-error"),
        ("choose-priority", "rank", "9" * 30, "f-rank-error"),
    ],
)
def test_a_number_or_a_day_out_of_reach_is_told_at_its_field(
    scene: Scene, command: str, name: str, value: str, said: str
) -> None:
    client = scene.browser(roles.PILOT)
    form = open_form(client, act(scene, command))
    answer = client.post(form.action, data=form.filled(**{"attendance": "7", name: value}))
    assert answer.status_code in (400, 422)
    assert said in answer.text


# --- what an act rests on ---------------------------------------------------------------------------------------------


def test_a_priority_accepted_by_a_waiver_says_by_which(scene: Scene) -> None:
    waives = decide(scene.there, "WAIVER", date(2026, 4, 1), "w1")
    chooses = decide(scene.there, "PRIORITY_CHOSEN", date(2026, 4, 1), "p1")
    client = scene.browser(ELSEWHERE)
    place = f"/conventions/{scene.there.convention}/actes"
    waiver = open_form(client, f"{place}/grant-waiver")
    sent = waiver.filled(
        rule="R06", motive="Public éloigné", expires_on="2027-01-31", decided_in=waives,
        occurred_on="2026-04-02",
    )  # fmt: skip
    assert client.post(waiver.action, data=sent).status_code == 303
    form = open_form(client, f"{place}/choose-priority")
    sent = form.filled(title="Mobilité", themes=["MOBILITY"], findings=form.offered["findings"], decided_in=chooses)
    answer = client.post(form.action, data=sent)
    assert answer.status_code == 303, answer.text
    html = client.get(answer.headers["location"]).text
    assert "admis par la dérogation du 2 avril 2026" in html
    assert 'class="message message-done"' in html, "no problem: the committee allowed it"


# --- a forum that was not announced -----------------------------------------------------------------------------------


def test_a_forum_is_recorded_beside_those_announced(scene: Scene) -> None:
    client = scene.browser(ELSEWHERE)
    place = f"/conventions/{scene.there.convention}/actes"
    convene = open_form(client, f"{place}/convene-forum")
    assert (
        client.post(convene.action, data=convene.filled(themes=["YOUTH"], planned_on="2026-09-01")).status_code == 303
    )
    form = open_form(client, f"{place}/record-forum")
    counts = {f"attendance_by_expertise__count__{one}": "5" for one in ("TECHNICAL", "POLITICAL", "USAGE")}
    sent = form.filled(forum_id="+", themes=["YOUTH"], occurred_on="2026-05-12", **counts)
    first, again = (client.post(form.action, data=sent) for _ in range(2))
    assert first.status_code == again.status_code == 303
    held = scene.events()[-1]
    assert held.TOPIC == "ctg.convention.forum-held"
    assert held.forum_id not in form.offered["forum_id"], "another one than the announced"  # type: ignore[attr-defined]


# --- a review that does not count -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first_day", "last_day", "cause", "remedy"),
    [
        ("2026-01-01", "2026-12-31", "il a été tenu avant le 1er octobre 2026", "à partir du 1er octobre 2026"),
        ("2025-02-01", "2025-12-31", "ce n’est pas une période de cette convention", "les dates de la période"),
    ],
)
def test_a_review_that_does_not_count_says_its_true_reason_and_what_mends_it(
    scene: Scene, first_day: str, last_day: str, cause: str, remedy: str
) -> None:
    client = scene.browser(roles.PILOT)
    form = open_form(client, act(scene, "record-review"))
    meeting = next(one for one in form.offered["meeting_id"] if one)
    sent = form.filled(period_starts_on=first_day, period_ends_on=last_day, meeting_id=meeting)
    answer = client.post(form.action, data=sent)
    assert answer.status_code == 303
    for html in (
        client.get(answer.headers["location"]).text,
        client.get(scene.page_of(scene.here, JOURNAL)).text,
    ):
        assert cause in html
        assert remedy in html
        assert "ou la convention pas signée" not in html[: html.index(cause)]
