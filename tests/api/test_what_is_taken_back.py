"""What was recorded and is taken back since: it stays on the page with its reason, and nothing is expected of it."""

from __future__ import annotations

import re
from datetime import date
from uuid import uuid4

import pytest

from api.pages.addresses import COMMITTEE
from domain.convention.forums import ConveneForum
from domain.steering import CONVENTION_GIVEN_UP, PRIORITY_WITHDRAWN, SIGNATORIES_CHANGED
from domain.values import LocalId
from tests.api.forms import decide, open_form
from tests.api.scene import ELSEWHERE, Scene
from tests.projections.story import PARENTING, Story


def section(html: str, name: str) -> str:
    """The text of a section of the convention's page."""
    start = re.search(rf'<section[^>]* aria-labelledby="{name}(-title)?">', html)
    assert start is not None
    return words(html[start.start() : html.index("</section>", start.start())])


def words(html: str) -> str:
    """The text of a piece of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_forum_is_cancelled_from_its_card_and_stays_there_with_its_reason(scene: Scene) -> None:
    story, client = scene.there, scene.browser(ELSEWHERE)
    story.tell(
        ConveneForum(
            stream_id=story.convention,
            forum_id=LocalId("f9"),
            themes=(PARENTING,),
            planned_on=date(2026, 5, 20),
            occurred_on=date(2026, 4, 20),
        )
    )
    address = f"/conventions/{story.convention}"
    html = scene.whole(client, story)
    assert "À surveiller convoqué pour le 20 mai 2026" in section(html, "forums"), "its day is past"
    link = f"{address}/actes/cancel-forum?forum_id=f9"
    assert f'href="{link}&amp;retour=' in html
    form = open_form(client, f"{address}/actes/cancel-forum")
    sent = form.filled(forum_id="f9", motive="La salle est inondée.")
    assert client.post(form.action, data=sent).status_code == 303
    html = scene.whole(client, story)
    told = section(html, "forums")
    assert "Annulé le 1er juin 2026 ; il était convoqué pour le 20 mai 2026 La salle est inondée." in told
    assert "À surveiller" not in told
    assert "cancel-forum?forum_id" not in html, "nothing is left to cancel"
    assert "f9" not in open_form(client, f"{address}/actes/record-forum").offered.get("forum_id", ())


def test_a_priority_withdrawn_stays_in_its_table_with_its_reason_and_its_sheets_leave_the_plan(scene: Scene) -> None:
    story, client = scene.there, scene.browser(ELSEWHERE)
    story.forum("f1", date(2026, 4, 2))
    story.choose("p1", date(2026, 4, 20))
    story.plan(date(2026, 5, 11))
    decided = decide(story, PRIORITY_WITHDRAWN, date(2026, 5, 18))
    address = f"/conventions/{story.convention}"
    form = open_form(client, f"{address}/actes/withdraw-priority")
    sent = form.filled(priority_id="p1", motive="Le collège ferme.", decided_in=decided)
    assert client.post(form.action, data=sent).status_code == 303
    html = scene.whole(client, story)
    assert "Soutenir les parents Retirée le 1er juin 2026 : Le collège ferme." in section(html, "priorities")
    assert "Navette des parents CC de la Gascogne Toulousaine priorité retirée" in section(html, "plan")
    assert not re.search(r"withdraw-priority(?!\?corrects)", html), "none is left to withdraw"
    assert "p1" not in open_form(client, f"{address}/actes/draft-action-sheet").offered.get("priority_id", ())
    assert "Étape Priorités" in words(html)


def planned(story: Story) -> str:
    """Up to the signatures; the address of the convention."""
    story.forum("f1", date(2026, 4, 2))
    story.choose("p1", date(2026, 4, 20))
    story.plan(date(2026, 5, 11))
    return f"/conventions/{story.convention}"


def test_a_council_that_refuses_is_told_with_its_votes_and_holds_the_signature_up(scene: Scene) -> None:
    story, client = scene.there, scene.browser(ELSEWHERE)
    address = planned(story)
    link = f"{address}/actes/record-mandate-refusal?partner_id={story.epci}"
    assert f'href="{link}&amp;retour=' in scene.whole(client, story)
    form = open_form(client, link.partition("?")[0])
    sent = form.filled(
        partner_id=str(story.epci), kind="COMMUNITY_COUNCIL", votes_for="8", votes_against="12", abstentions="2",
        occurred_on="2026-05-20",
    )  # fmt: skip
    assert client.post(form.action, data=sent).status_code == 303
    html = scene.whole(client, story)
    told = section(html, "signatures")
    assert "À surveiller Refusé le 20 mai, délibération du conseil communautaire" in told
    assert "8 voix pour, 12 voix contre, 2 abstentions" in told
    assert "a refusé de signer le 20 mai 2026 : un nouveau vote, ou une décision du comité" in words(html)
    assert "a refusé de signer" in words(client.get(scene.page_of(story, COMMITTEE)).text)


def test_a_mandate_withdrawn_before_the_signature_is_told_with_its_reason(scene: Scene) -> None:
    story, client = scene.there, scene.browser(ELSEWHERE)
    address = planned(story)
    story.mandate(story.epci, date(2026, 5, 18), date(2026, 5, 20))
    link = f"{address}/actes/record-mandate-withdrawal?partner_id={story.epci}"
    assert f'href="{link}&amp;retour=' in scene.whole(client, story)
    form = open_form(client, link.partition("?")[0])
    assert form.offered["partner_id"] == [str(story.epci)], "nobody else has a mandate"
    sent = form.filled(partner_id=str(story.epci), motive="Nouvelle majorité.", occurred_on="2026-05-25")
    assert client.post(form.action, data=sent).status_code == 303
    story.sign(story.epci, date(2026, 5, 28))
    html = scene.whole(client, story)
    told = section(html, "signatures")
    assert "Retiré le 25 mai : Nouvelle majorité." in told
    assert "Signée le 28 mai 2026, alors que le mandat a été retiré le 25 mai 2026" in words(html)
    assert "record-mandate?partner_id" in html, "it may decide anew"


def test_the_committee_ends_what_a_refusal_held_up_and_a_partner_that_will_not_sign_is_expected_no_more(
    scene: Scene,
) -> None:
    story, client = scene.there, scene.browser(ELSEWHERE)
    address = planned(story)
    story.mandate(story.caf, date(2026, 5, 13))
    story.sign(story.caf, date(2026, 5, 14))
    form = open_form(client, f"{address}/actes/record-mandate-refusal")
    client.post(form.action, data=form.filled(partner_id=str(story.epci), kind="COMMUNITY_COUNCIL"))
    decided = decide(story, SIGNATORIES_CHANGED, date(2026, 5, 25))
    link = f"{address}/actes/change-signatory?partner_id={story.epci}"
    assert f'href="{link}&amp;retour=' in scene.whole(client, story), "what comes next leads there"
    assert f'href="{link}&amp;retour=' in client.get(scene.page_of(story, COMMITTEE)).text
    form = open_form(client, link.partition("?")[0])
    sent = form.filled(
        partner_id=str(story.epci), expectation="WILL_NOT_SIGN", motive="Le conseil a refusé.", decided_in=decided
    )
    answer = client.post(form.action, data=sent)
    assert answer.status_code == 303
    done = client.get(answer.headers["location"]).text
    assert "Le plan d’actions est signé" in words(done), "nobody else was waited for"
    html = scene.whole(client, story)
    told = section(html, "signatures")
    assert "Intercommunalité · ne signera pas" in told
    assert f"record-mandate?partner_id={story.epci}" not in html
    assert "La signature requise compte." in words(done)


def test_a_convention_given_up_says_so_expects_nothing_and_leads_to_another_one(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    story, client = scene.there, scene.browser(ELSEWHERE)
    decided = decide(story, CONVENTION_GIVEN_UP, date(2026, 5, 25))
    address = f"/conventions/{story.convention}"
    form = open_form(client, f"{address}/actes/close-convention")
    answer = client.post(form.action, data=form.filled(motive="Autre projet.", decided_in=decided))
    assert answer.status_code == 303
    html = client.get(answer.headers["location"]).text + scene.whole(client, story)
    assert "La convention est close depuis le 1er juin 2026." in words(html)
    assert "Clôture" in section(html, "milestones")
    assert f'href="/territoires/{story.territory}/actes/open-convention?retour=' in html
    acts = r"/conventions/[^\"]*/actes/(?!(?:ensemble/)?record-|close)([a-z-/]+)(?![a-z-/]|\?corrects=)"
    assert not re.findall(acts, html), "nothing is left to decide"
    assert "En retard" not in section(html, "deadlines")
    monkeypatch.setattr(story, "convention", uuid4())
    story.open(date(2026, 6, 1), date(2027, 1, 1))  # its perimeter is free
    answer = client.get(f"/conventions/{story.convention}", follow_redirects=True)
    assert "Étape Préparation" in words(answer.text)
