"""Two partners that are one institution: once merged, the kept one answers for the other in all that was recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from domain.assignments import AssignTerritoryRole
from domain.convention.authorising import RecordMandate
from domain.convention.counting import missing_signatories
from domain.convention.opening import ExpectedSignatory, OpenConvention
from domain.convention.signatories import WILL_NOT_SIGN, ChangeSignatory
from domain.convention.signing import RecordSignature
from domain.convention.state import COVERS, TerritorialConvention
from domain.corrections import AnnulEvent
from domain.frameworks import SignFrameworkConvention
from domain.kernel import Actor, Refused, RoleHeld
from domain.mending import DependentEvents
from domain.partners import RegisterPartner, SirenTaken
from domain.steering import SIGNATORIES_CHANGED, Decision, DecisionReference, RecordMeeting
from domain.territories import Territory
from domain.twins import AlreadyMerged, MergePartners, NamedBeyond, SignatoryTwice, TwoKinds, TwoSirens
from domain.values import Code, LocalId, Prose, PublicName
from projections import which_partners_and_places_are_known, which_signatures_are_missing
from projections.who_holds_which_role import roles_of
from tests.projections.story import OTHER_SIREN, TEXT, Story
from workflows.answers import Answer
from workflows.application import Steering

SIGNED = "ctg.convention.convention-signed"
SIREN = Code("243200391")
DAY = date(2024, 11, 25)


@pytest.fixture
def twin(story: Story) -> UUID:
    """Registered beside the Caf of the story, which it is."""
    story.set_up()
    return register(story, "Caisse d’allocations familiales (Gers)", "CAF")


def register(story: Story, name: str, kind: str, siren: Code | None = None) -> UUID:
    partner_id = uuid4()
    command = RegisterPartner(stream_id=partner_id, kind=Code(kind), name=PublicName(name), siren=siren)
    story.tell(command, story.administrator)
    return partner_id


def merge(story: Story, twin: UUID, kept: UUID, actor: Actor | None = None) -> Answer:
    command = MergePartners(stream_id=twin, kept_id=kept)
    return story.tell(command, actor or story.administrator, reason=Prose("Inscrite deux fois"))


def apart(story: Story, twin: UUID, merged: Answer, *cascade: UUID) -> Answer:
    command = AnnulEvent(stream_id=twin, target_id=merged.events[0].event_id, cascade=cascade)
    return story.tell(command, story.administrator, reason=Prose("Ce sont deux institutions"))


def opened_with(story: Story, *signatories: UUID) -> None:
    """The convention, on which all of these are required."""
    story.tell(
        OpenConvention(
            stream_id=story.convention,
            home_territory_id=story.territory,
            holder_ids=(story.epci,),
            profile_name=Code("cnaf-2020"),
            profile_version=1,
            effective_from=date(2025, 1, 1),
            signatories=tuple(ExpectedSignatory(one, True) for one in signatories),
            occurred_on=date(2024, 1, 5),
        )
    )


def signs(story: Story, partner_id: UUID, day: date = DAY) -> Answer:
    """A mandate of the partner's board, and its signature of the convention."""
    kind = "COMMUNITY_COUNCIL" if partner_id == story.epci else "BOARD"
    mandate = RecordMandate(
        stream_id=story.convention,
        partner_id=partner_id,
        covers=COVERS[:1],
        kind=Code(kind),
        executory_on=date(2024, 11, 1),
        occurred_on=date(2024, 10, 14),
    )
    story.tell(mandate)
    return sign(story, partner_id, day)


def sign(story: Story, partner_id: UUID, day: date = DAY) -> Answer:
    return story.tell(
        RecordSignature(
            stream_id=story.convention, partner_id=partner_id, covers=COVERS[:1], text_sha256=TEXT, occurred_on=day
        )
    )


def missing(story: Story) -> list[str]:
    """Who is waited for, as the questions tell it and as the next decision would."""
    lines = which_signatures_are_missing.signatures(story.dossier)
    told = [one for one in lines.signatories if one.partner_id in missing_signatories(state(story), COVERS[0])]
    assert [one.partner_id for one in told] == list(missing_signatories(story.dossier.convention, COVERS[0]))
    return [one.partner_name for one in told]


def state(story: Story) -> TerritorialConvention:
    """The convention as another process folds it."""
    found = Steering(story.engine).load(story.convention)
    assert isinstance(found, TerritorialConvention)
    return found


def test_what_a_partner_did_under_its_second_registration_is_done_by_the_one_that_is_kept(
    story: Story, twin: UUID
) -> None:
    opened_with(story, twin, story.epci)
    signs(story, twin)
    before = [one for _, one in story.steering.read_events(0, 1000)]
    merge(story, twin, story.caf)
    assert list(state(story).signatories) == [story.caf, story.epci]
    assert missing(story) == ["CC de la Gascogne Toulousaine"]
    assert SIGNED in [one.topic for one in signs(story, story.epci).events]
    log = [one for _, one in story.steering.read_events(0, 1000)]
    assert log[: len(before)] == before, "nothing is rewritten"


def test_an_institution_that_was_signatory_twice_signs_once_and_is_waited_for_once(story: Story, twin: UUID) -> None:
    opened_with(story, story.caf, twin, story.epci)
    signs(story, story.caf)
    signs(story, story.epci)
    assert missing(story) == ["Caisse d’allocations familiales (Gers)"]
    merged = merge(story, twin, story.caf)
    assert merged.notices == (SignatoryTwice((story.territory,)),)
    assert SIGNED in [one.topic for one in merged.events]
    assert missing(story) == []
    assert [one.partner_id for one in state(story).signatories.values()] == [story.caf, story.epci]


def test_a_signature_by_each_registration_counts_once(story: Story, twin: UUID) -> None:
    opened_with(story, story.caf, twin, story.epci)
    for one in (story.caf, twin, story.epci):
        signs(story, one)
    assert state(story).version
    merge(story, twin, story.caf)
    lines = which_signatures_are_missing.signatures(story.dossier).signatories
    assert [one.partner_id for one in lines] == [story.caf, story.epci]
    assert missing(story) == []


def test_a_twin_that_was_said_not_to_sign_does_not_keep_the_other_from_signing(story: Story, twin: UUID) -> None:
    opened_with(story, story.caf, twin, story.epci)
    decided = Decision(LocalId("d9"), SIGNATORIES_CHANGED, Prose("Inscrite deux fois"))
    meeting = RecordMeeting(
        stream_id=story.body,
        meeting_id=LocalId("m9"),
        attendance=7,
        decisions=(decided,),
        occurred_on=date(2024, 2, 1),
    )
    story.tell(meeting)
    story.tell(
        ChangeSignatory(
            stream_id=story.convention,
            partner_id=twin,
            expectation=WILL_NOT_SIGN,
            motive=Prose("Inscrite deux fois"),
            decided_in=DecisionReference(story.body, LocalId("m9"), LocalId("d9")),
        )
    )
    merge(story, twin, story.caf)
    assert missing(story) == ["Caf du Gers", "CC de la Gascogne Toulousaine"]


def test_a_tool_that_still_uses_the_old_id_is_understood(story: Story, twin: UUID) -> None:
    opened_with(story, story.caf, story.epci)
    merge(story, twin, story.caf)
    signs(story, twin)
    assert missing(story) == ["CC de la Gascogne Toulousaine"]


def test_who_speaks_for_the_twin_speaks_for_the_one_that_is_kept(story: Story, twin: UUID) -> None:
    opened_with(story, story.caf, story.epci)
    voice = uuid4()
    for partner_id in (twin, story.caf):
        given = AssignTerritoryRole(
            stream_id=story.territory, role=Code("PARTNER_REPRESENTATIVE"), person_id=voice, partner_id=partner_id
        )
        story.tell(given, story.administrator)
    merge(story, twin, story.caf)
    (held,) = roles_of(story.known, voice, story.today)
    assert held.partner_id == story.caf
    place = Steering(story.engine).load(story.territory)
    assert isinstance(place, Territory)
    assert [one.partner_id for one in place.assignments] == [story.caf], "held once"
    mandate = RecordMandate(
        stream_id=story.convention, partner_id=twin, kind=Code("BOARD"), occurred_on=date(2024, 10, 14)
    )
    story.tell(mandate, Actor(voice, (held,)))


def test_a_framework_that_both_signed_was_signed_by_one(story: Story, twin: UUID) -> None:
    story.attach(story.territory)
    for partner_id in (story.caf,):
        story.tell(SignFrameworkConvention(stream_id=story.framework, partner_id=partner_id), story.administrator)
    other = register(story, "Caf 32", "CAF")
    merge(story, story.caf, other)
    (framework,) = which_partners_and_places_are_known.frameworks(story.known)
    assert framework.signatories == (other,)
    assert list(framework.signed_on) == [other]


def test_the_register_tells_a_merged_partner_no_more_and_its_siren_leads_to_the_other(story: Story) -> None:
    story.set_up()
    twin = register(story, "CAF 32", "CAF", SIREN)
    merge(story, twin, story.caf)
    known = which_partners_and_places_are_known.partners(story.known)
    assert twin not in [one.partner_id for one in known]
    assert [one.answers_for for one in known if one.partner_id == story.caf] == [(twin,)]
    with pytest.raises(Refused) as refused:
        register(story, "Caf du Gers, siège", "CAF", SIREN)
    assert [type(one) for one in refused.value.broken] == [SirenTaken]


def test_a_partner_that_was_merged_in_its_turn_leads_to_the_last_one(story: Story, twin: UUID) -> None:
    opened_with(story, twin, story.epci)
    middle = register(story, "Caf de Gascogne", "CAF")
    merge(story, twin, middle)
    merge(story, middle, story.caf)
    assert list(state(story).signatories) == [story.caf, story.epci]
    signs(story, twin)
    assert missing(story) == ["CC de la Gascogne Toulousaine"]
    with pytest.raises(Refused) as refused:
        merge(story, twin, story.epci)
    assert AlreadyMerged(story.caf) in refused.value.broken


def test_partners_merged_by_mistake_are_told_apart_again_with_what_rested_on_it(story: Story, twin: UUID) -> None:
    opened_with(story, story.caf, twin, story.epci)
    signs(story, story.caf)
    signs(story, story.epci)
    merged = merge(story, twin, story.caf)
    story.activate(date(2025, 1, 2))
    with pytest.raises(Refused) as refused:
        apart(story, twin, merged)
    (dependent,) = [one for one in refused.value.broken if isinstance(one, DependentEvents)]
    apart(story, twin, merged, *dependent.events)
    now = state(story)
    assert list(now.signatories) == [story.caf, twin, story.epci]
    assert missing(story) == ["Caisse d’allocations familiales (Gers)"]
    assert story.dossier.convention.signatories == now.signatories, "read as decided on"
    signed = signs(story, twin, date(2025, 2, 3))
    assert SIGNED in [one.topic for one in signed.events]
    assert len(which_partners_and_places_are_known.partners(story.known)) == 4


def test_what_stands_without_the_merger_stays_when_they_are_told_apart(story: Story, twin: UUID) -> None:
    opened_with(story, story.caf, story.epci)
    merged = merge(story, twin, story.caf)
    for one in (story.caf, story.epci):
        signs(story, one)
    apart(story, twin, merged)
    assert missing(story) == []
    with pytest.raises(Refused):
        signs(story, twin)


def test_partners_with_two_sirens_or_of_two_kinds_are_not_one(story: Story, twin: UUID) -> None:
    one, other = register(story, "CPAM d’Auch", "CPAM", SIREN), register(story, "CPAM 32", "CPAM", Code("200066926"))
    for pair, broken in (((one, other), TwoSirens), ((twin, story.cpam), TwoKinds)):
        with pytest.raises(Refused) as refused:
            merge(story, *pair)
        assert [type(each) for each in refused.value.broken] == [broken]


def test_a_pilot_merges_no_partner_that_serves_beyond_the_framework(story: Story, twin: UUID) -> None:
    elsewhere = story.register(OTHER_SIREN, "CA Grand Auch", "32013")
    story.attach(story.territory)
    pilot = story.framework_pilot(story.territory)
    opened_with(story, twin, story.epci)
    given = AssignTerritoryRole(
        stream_id=elsewhere, role=Code("PARTNER_REPRESENTATIVE"), person_id=uuid4(), partner_id=twin
    )
    story.tell(given, story.administrator)
    with pytest.raises(Refused) as refused:
        merge(story, twin, story.caf, pilot)
    assert [type(each) for each in refused.value.broken] == [NamedBeyond]
    wider = replace(pilot, roles=(replace(pilot.roles[0], follows=frozenset({story.territory, elsewhere})),))
    merge(story, twin, story.caf, wider)
    with pytest.raises(Refused):
        merge(story, story.cpam, story.caf, Actor(uuid4(), (RoleHeld(Code("PILOT"), story.territory),)))


def test_partners_merged_and_told_apart_at_once_leave_everything_as_it_was(story: Story) -> None:
    story.until_signed()
    story.attach(story.territory)
    story.sign(story.cpam, DAY)
    voice = AssignTerritoryRole(
        stream_id=story.territory, role=Code("PARTNER_EXECUTIVE"), person_id=uuid4(), partner_id=story.caf
    )
    story.tell(voice, story.administrator)
    kept = register(story, "Caisse du Gers", "CAF")

    def states() -> dict[UUID, dict[str, object]]:
        steering = Steering(story.engine)
        streams = {one.originator_id for _, one in story.steering.read_events(0, 1000)}
        said = {one: dict(vars(steering.load(one))) for one in streams}
        for one in said.values():
            for name in ("_version", "_modified_on", "_last_event_id"):
                del one[name]
        return said

    before = states()
    merged = merge(story, story.caf, kept)
    between = states()
    changed = {one for one, state in between.items() if state != before[one]}
    assert {story.convention, story.territory, story.framework, story.caf} <= changed
    assert str(story.caf) not in repr([between[one] for one in changed - {story.caf}])
    apart(story, story.caf, merged)
    assert states() == before
