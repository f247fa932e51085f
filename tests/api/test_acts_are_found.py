"""Every act is found from a page: one that only the journal would show is an act that nobody does."""

from __future__ import annotations

import re

from api.pages.acts import FORMS
from domain import roles
from tests.api.scene import ELSEWHERE, Scene

NOT_NOW = {"record-engagement", "validate-action-plan", "record-signature", "activate-convention"}
"""Done on one convention and not possible yet on the other, or waiting for another act (a mandate)."""


def test_every_act_that_somebody_may_do_now_is_linked_on_a_page(scene: Scene) -> None:
    conventions = [f"/conventions/{story.convention}" for story in (scene.here, scene.there)]
    linked = set()
    for role in (roles.PILOT, ELSEWHERE, roles.FRAMEWORK_PILOT, roles.ADMINISTRATOR):
        client = scene.browser(role)
        for address in ("/departement", f"/territoires/{scene.uncovered}", *conventions):
            linked |= set(re.findall(r'href="/[^"]*/actes/([a-z-]+)', client.get(address).text))
    assert linked == {form.name for form in FORMS} - NOT_NOW
