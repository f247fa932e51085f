"""A paper joined to a joint meeting is opened on each territory that meets, by whoever may read the meeting there."""

from __future__ import annotations

from domain import roles
from tests.api.forms import confirmed, open_form
from tests.api.scene import ELSEWHERE, NOBODY, Scene
from tests.api.test_files import is_file, page_of, part
from tests.unit.office_files import PDF, open_xml

NAME = "Ordre du jour.pdf"
MEETING, ALONE = "j1", "j2"
OTHER = open_xml()


def planned(scene: Scene, meeting_id: str, **more: object) -> None:
    """The framework's pilot plans a meeting of the committee of here."""
    said = {"meeting_id": meeting_id, "planned_on": "2026-06-25", "occurred_on": "2026-06-01", **more}
    answer = scene.tool(roles.FRAMEWORK_PILOT).post(
        f"/api/v1/steering-bodies/{scene.here.body}/plan-meeting", json=said, headers={"Idempotency-Key": meeting_id}
    )
    assert answer.status_code == 200, answer.text


def convened(scene: Scene, meeting_id: str, data: bytes) -> None:
    """It is convened by its form, with a paper."""
    client, address = (
        scene.browser(roles.FRAMEWORK_PILOT),
        f"/conventions/{scene.here.convention}/actes/convene-meeting",
    )
    form = open_form(client, f"{address}?stream_id={scene.here.body}&meeting_id={meeting_id}")
    said = form.filled(meeting_id=meeting_id, **{"agenda.0.text": "La navette"})
    answer = client.post(form.action, data=said, files=[part("evidence.0", data, NAME)])
    answer = confirmed(client, answer, address)
    assert answer.status_code == 303, answer.text


def test_a_paper_of_a_joint_meeting_is_opened_on_both_territories_and_nowhere_else(scene: Scene) -> None:
    planned(scene, MEETING, joint_with=[str(scene.there.body)])
    convened(scene, MEETING, PDF)
    planned(scene, ALONE)
    convened(scene, ALONE, OTHER)
    for reader in (roles.COMMITTEE_MEMBER, ELSEWHERE):
        is_file(scene.browser(reader).get(page_of(PDF)), PDF, NAME)
    assert page_of(PDF) in scene.browser(ELSEWHERE).get(f"{scene.page_of(scene.there, 'meetings')}/{MEETING}").text
    assert scene.browser(NOBODY).get(page_of(PDF)).status_code == 403, "a role nowhere"
    assert scene.browser(ELSEWHERE).get(page_of(OTHER)).status_code == 404, "that meeting is of one territory"
    assert scene.browser(roles.COMMITTEE_MEMBER).get(page_of(OTHER)).status_code == 200
