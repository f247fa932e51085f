"""What became of all that people brought, was found and was asked in the demonstration, against a count made by hand
from the story: every contribution and every proposal ends in an outcome or a reason."""

from __future__ import annotations

from collections import Counter

import pytest

from ctg_engine.demo.chapters import CHAPTERS
from ctg_engine.demo.story import DEMO_TODAY
from domain.action_sheets.prototyping import PrototypePlanned, PrototypeTested
from domain.convention.expected_forums import ForumMoved
from domain.convention.forums import ForumCancelled, ForumHeld
from domain.counsel.following import RecommendationFollowed
from domain.counsel.recommending import RecommendationIssued
from domain.diagnosis.waving import DiagnosisWaveClosed, DiagnosisWavePlanned
from domain.lead_roles.disputing import LeadRoleContested, LeadRoleResolved
from domain.participation.contributing import ContributionRecorded
from domain.participation.participation import KEPT, NOT_KEPT
from domain.participation.proposing import MERGED, SPAM, ProposalSubmitted
from projections.what_became_of_contributions import contributions
from projections.what_became_of_findings import findings
from projections.what_became_of_proposals import proposals
from projections.what_came_of_spaces import spaces
from projections.what_diagnoses_hold import diagnoses
from projections.what_was_weighed import arbitrations
from projections.which_data_were_asked import data_asked
from tests.demo.telling import Telling

TOLD = [key for key, _, _ in CHAPTERS if key not in ("saves", "coeur-d-astarac")]
"""The territories that have a convention to look at."""
BY_HAND = {"valdegers": (8, 2, 9), "grand-auch": (6, 2, 8), "artagnan": (3, 1, 4)}
"""How many contributions are kept, how many not, and of how many people were told."""
PROPOSED = {"valdegers": {KEPT: 2, MERGED: 1, NOT_KEPT: 1, SPAM: 1}, "grand-auch": {KEPT: 1}, "artagnan": {}}
FATES = {
    "valdegers": {"ANSWERED": 4},
    "grand-auch": {"ANSWERED": 6},
    "artagnan": {"ANSWERED": 3},
}
ASKED = {
    "valdegers": {"LATE": 1, "PROMISED": 1, "REFUSED": 1, "RECEIVED": 2},
    "grand-auch": {"REFUSED": 1, "RECEIVED": 3},
    "artagnan": {"RECEIVED": 2},
}


@pytest.mark.parametrize("key", BY_HAND)
def test_every_contribution_ends_in_what_it_feeds_or_in_a_reason(telling: Telling, key: str) -> None:
    told = contributions(telling.dossier(key), DEMO_TODAY)
    kept = [one for one in told.contributions if one.outcome == KEPT]
    refused = [one for one in told.contributions if one.outcome == NOT_KEPT]
    assert (len(kept), len(refused), told.told) == BY_HAND[key]
    assert told.with_outcome == len(told.contributions)
    assert all(one.finding_id or one.priority_id or one.sheet_id for one in kept)
    assert all(one.motive for one in refused)


@pytest.mark.parametrize("key", PROPOSED)
def test_every_proposal_is_kept_merged_refused_for_a_reason_or_unwanted(telling: Telling, key: str) -> None:
    told = proposals(telling.dossier(key), DEMO_TODAY).proposals
    assert Counter(one.outcome for one in told) == PROPOSED[key]
    assert all(one.motive for one in told if one.outcome == NOT_KEPT)
    assert all(one.priority_id or one.sheet_id for one in told if one.outcome == KEPT)


def test_nothing_that_was_brought_anywhere_waits_for_an_answer(telling: Telling) -> None:
    dossiers = [telling.dossier(key) for key in TOLD]
    voices = [one for each in dossiers for one in contributions(each, DEMO_TODAY).contributions]
    offers = [one for each in dossiers for one in proposals(each, DEMO_TODAY).proposals]
    assert (len(voices), len(offers)) == (22, 6)
    assert (len(telling.events(ContributionRecorded)), len(telling.events(ProposalSubmitted))) == (22, 6)
    assert all(one.outcome for one in voices)
    assert all(one.outcome for one in offers)


@pytest.mark.parametrize("key", FATES)
def test_what_became_of_findings_is_what_one_counts_by_hand(telling: Telling, key: str) -> None:
    assert Counter(one.fate for one in findings(telling.dossier(key), DEMO_TODAY)) == FATES[key]


def test_what_became_of_all_findings_of_the_gers(telling: Telling) -> None:
    fates = Counter(one.fate for key in TOLD for one in findings(telling.dossier(key), DEMO_TODAY))
    assert fates == {"ANSWERED": 33, "DISCUSSED": 4, "KEPT": 3}


@pytest.mark.parametrize("key", ASKED)
def test_data_are_asked_once_and_answered_or_followed(telling: Telling, key: str) -> None:
    told = data_asked(telling.dossier(key), DEMO_TODAY)
    assert Counter(one.state for one in told) == ASKED[key]
    assert all(one.evidence for one in told if one.state == "RECEIVED")
    assert all(one.motive for one in told if one.state == "REFUSED")


def test_a_finding_serves_two_diagnoses_and_says_who_brought_it(telling: Telling) -> None:
    told = diagnoses(telling.dossier("valdegers"))
    assert {one.finding_id: len(one.serves) for one in told.findings} == {"f1": 2, "f2": 1, "f3": 2, "f4": 1, "m1": 1}
    needs, shared = told.diagnoses
    assert (len(needs.versions), len(shared.versions)) == (1, 2)
    assert (len(needs.owners), len(shared.owners)) == (2, 3)
    assert sum(one.brought for one in shared.versions[0].contributions) == 7


def test_a_space_goes_on_after_the_plan_and_one_closed_for_a_reason(telling: Telling) -> None:
    told = spaces(telling.dossier("valdegers"), DEMO_TODAY)
    assert [(len(one.meetings), one.closed_on is not None, one.motive is not None) for one in told] == [
        (3, False, False),
        (1, True, True),
    ]


def test_what_was_weighed_for_the_places_of_small_children_stays_in_view(telling: Telling) -> None:
    (told,) = arbitrations(telling.dossier("valdegers"))
    assert ([one.cost_cents for one in told.alternatives], told.chosen) == ([16_000_000, 34_000_000], 1)


def test_who_leads_is_shared_after_a_contestation_or_still_contested(telling: Telling) -> None:
    ended = {one.outcome for one in telling.events(LeadRoleResolved)}
    contested = telling.events(LeadRoleContested)
    assert (len(contested), ended) == (2, {"SHARED"})


def test_forums_of_several_formats_are_told_one_moved_and_one_called_off(telling: Telling) -> None:
    assert {str(one.format) for one in telling.events(ForumHeld)} >= {
        "FORUM",
        "WORKSHOP",
        "CO_DESIGN",
        "PLAYBACK",
        "SURVEY_EVENING",
    }
    assert (len(telling.events(ForumMoved)), len(telling.events(ForumCancelled))) == (1, 1)


def test_what_was_advised_tried_and_looked_at_in_waves_came_to_an_end(telling: Telling) -> None:
    assert len(telling.events(RecommendationIssued)) == len(telling.events(RecommendationFollowed)) == 1
    assert len(telling.events(PrototypePlanned)) == len(telling.events(PrototypeTested)) == 1
    assert len(telling.events(DiagnosisWavePlanned)) == len(telling.events(DiagnosisWaveClosed)) == 2
