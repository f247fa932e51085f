"""What happened: the audit trail."""

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime

from domain.kernel import RoleHeld
from domain.roles import PILOT
from domain.values import Code, Evidence, Prose, Sha256
from projections.engine import prose_tokens
from projections.what_happened import (
    Entry,
    Filter,
    count,
    entry,
    history,
    kinds_and_actors,
)
from tests.projections.story import OTHER_SIREN, Story


def _trail(story: Story, **wanted: object) -> list[Entry]:
    return list(history(story.dossier, Filter(**wanted), limit=500, newest_first=False).entries)  # type: ignore[arg-type]


def test_the_trail_holds_the_convention_its_sheets_its_committee_and_the_roles_of_its_territory(story: Story) -> None:
    story.until_signed()
    elsewhere = story.register(OTHER_SIREN, "CC Aygues-Vives", "32013")
    story.assign("CO_PILOT", uuid.uuid4(), date(2024, 1, 2))
    topics = [str(one.topic) for one in _trail(story)]
    assert list(dict.fromkeys(topics))[:5] == [
        "ctg.method-profile.method-profile-published",
        "ctg.territory.territory-registered",
        "ctg.partner.partner-registered",
        "ctg.steering-body.steering-body-constituted",
        "ctg.steering-body.steering-meeting-held",
    ]
    assert topics.count("ctg.partner.partner-registered") == 3
    assert topics.count("ctg.perimeter-register.perimeter-reserved") == 1
    assert "ctg.action-sheet.action-sheet-drafted" in topics
    assert "ctg.territory.territory-role-assigned" in topics
    assert topics.count("ctg.convention.action-plan-signed") == 1
    assert elsewhere not in {one.stream_id for one in _trail(story)}
    assert count(story.dossier) == len(topics)


def test_an_entry_says_who_when_why_and_on_what_evidence(story: Story) -> None:
    story.set_up()
    story.open()
    partner, document = story.caf, uuid.uuid4()
    story.pilot = replace(story.pilot, roles=(RoleHeld(PILOT, story.territory, partner),))
    story.diagnose(
        date(2024, 5, 14),
        reason=Prose("Présenté par Mme Exemple"),
        on_behalf_of=partner,
        evidence=(Evidence(document, Sha256("d" * 64), Prose("Rapport de Mme Exemple")),),
    )
    (told,) = _trail(story, topics=(Code("ctg.convention.diagnosis-shared"),))
    assert told.occurred_on == date(2024, 5, 14)
    assert told.recorded_at == datetime(2026, 6, 1, 9, tzinfo=UTC)
    assert (told.actor_id, told.actor_role, told.on_behalf_of) == (story.pilot.actor_id, "PILOT", partner)
    assert [(one.document_id, one.sha256) for one in told.evidence] == [(document, "d" * 64)]
    assert told.reason is not None
    assert told.reason.text is None  # sealed until it is shown
    opened = story.vault.open_texts(prose_tokens(told))
    assert opened[told.reason.token or ""] == "Présenté par Mme Exemple"
    assert opened[told.evidence[0].title.token or ""] == "Rapport de Mme Exemple"
    statement = told.facts["findings"][0]["statement"]
    assert opened[statement.token] == "Peu de lieux d'accueil"
    assert entry(story.dossier, told.event_id) == told
    assert entry(story.dossier, uuid.uuid4()) is None


def test_a_consequence_names_its_cause(story: Story) -> None:
    story.until_signed()
    signed = next(one for one in _trail(story) if one.topic == "ctg.convention.action-plan-signed")
    cause = next(one for one in _trail(story) if one.event_id == signed.causation_id)
    assert cause.topic == "ctg.convention.signature-recorded"
    together = _trail(story, correlation_id=signed.correlation_id)
    assert together[0] == cause


def test_filters(story: Story) -> None:
    story.until_signed()
    in_june = _trail(story, occurred_from=date(2024, 6, 1), occurred_to=date(2024, 6, 30))
    assert [str(one.topic) for one in in_june] == [
        "ctg.convention.forum-held",
        "ctg.convention.forum-record-shared",
    ]
    assert _trail(story, recorded_from=datetime(2026, 6, 2, tzinfo=UTC)) == []
    assert len(_trail(story, recorded_to=datetime(2026, 6, 2, tzinfo=UTC))) == len(_trail(story))
    by_administrator = _trail(story, actors=(story.administrator.actor_id,))
    assert [str(one.topic).split(".")[1] for one in by_administrator] == [
        "method-profile",
        "territory",
        "partner",
        "partner",
        "partner",
    ]
    assert _trail(story, irregular_only=True) == []
    story.sign(story.cpam, date(2025, 2, 20))
    (irregular,) = _trail(story, irregular_only=True)
    assert [mark.code for mark in irregular.irregularities] == ["mandate-missing"]
    topics, actors = kinds_and_actors(story.dossier)
    assert "ctg.convention.signature-recorded" in topics
    assert set(actors) == {story.pilot.actor_id, story.administrator.actor_id}


def test_pages_follow_each_other_without_hole_or_double(story: Story) -> None:
    story.until_signed()
    everything = [one.event_id for one in _trail(story)]
    for newest_first in (False, True):
        seen, after = [], None
        while True:
            page = history(story.dossier, after=after, limit=4, newest_first=newest_first)
            seen += [one.event_id for one in page.entries]
            after = page.after
            if after is None:
                break
        assert seen == (everything[::-1] if newest_first else everything)
