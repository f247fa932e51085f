"""Which signatures are missing or do not count."""

from datetime import date
from uuid import UUID

from domain.convention.counting import WITHDRAWN
from domain.convention.saying_no import RecordMandateWithdrawal
from domain.convention.state import CONVENTION, PLAN
from domain.values import Prose
from projections.which_signatures_are_missing import SignatoryState, SignatureSheet, signatures
from tests.projections.story import OTHER_TEXT, TEXT, Story


def _sheet(story: Story) -> SignatureSheet:
    return signatures(story.dossier)


def _of(story: Story, partner_id: UUID) -> SignatoryState:
    return next(one for one in _sheet(story).signatories if one.partner_id == partner_id)


def _planned(story: Story) -> None:
    story.prioritised()
    story.plan(date(2024, 9, 10))


def test_every_signatory_is_told_with_what_it_needs(story: Story) -> None:
    _planned(story)
    sheet = _sheet(story)
    assert [(one.partner_name, one.required, tuple(map(str, one.mandate_kinds))) for one in sheet.signatories] == [
        ("Caf du Gers", True, ("BOARD", "BOARD_DELEGATION")),
        ("CC de la Gascogne Toulousaine", True, ("COMMUNITY_COUNCIL",)),
        ("CPAM du Gers", False, ("DIRECTOR", "BOARD", "BOARD_DELEGATION")),
    ]
    assert [one.acts_must_be_transmitted for one in sheet.signatories] == [False, True, False]
    assert sheet.missing == {CONVENTION: (story.caf, story.epci), PLAN: (story.caf, story.epci)}
    assert {one.covers: one.text_sha256 for one in sheet.texts} == {CONVENTION: TEXT, PLAN: TEXT}


def test_a_signature_without_mandate_counts_once_the_mandate_is_known(story: Story) -> None:
    _planned(story)
    story.sign(story.caf, date(2024, 11, 18))
    (signature,) = _of(story, story.caf).signatures
    assert (signature.counts, signature.why_not) == (False, ("mandate-missing",))
    assert [mark.rule for mark in signature.irregularities] == ["R13"]
    assert [document.sha256 for document in signature.evidence] == ["c" * 64]
    story.mandate(story.caf, date(2024, 10, 1))
    (signature,) = _of(story, story.caf).signatures
    assert (signature.counts, signature.why_not) == (True, ())
    assert [mark.rule for mark in signature.irregularities] == ["R13"]  # what was recorded stays
    assert _of(story, story.caf).signed_on == {CONVENTION: date(2024, 11, 18), PLAN: date(2024, 11, 18)}
    assert _sheet(story).missing[PLAN] == (story.epci,)


def test_why_a_signature_does_not_count(story: Story) -> None:
    _planned(story)
    story.mandate(story.epci, date(2024, 10, 2), date(2024, 12, 1))
    story.sign(story.epci, date(2024, 11, 20), OTHER_TEXT)
    (signature,) = _of(story, story.epci).signatures
    assert signature.why_not == ("text-mismatch",)  # its mandate, executory since, is no obstacle any more
    assert _of(story, story.epci).mandates[0].executory_on == date(2024, 12, 1)


def test_a_signature_counts_from_the_day_its_mandate_is_executory(story: Story) -> None:
    _planned(story)
    story.mandate(story.epci, date(2024, 10, 2))
    story.sign(story.epci, date(2024, 11, 20))
    (signature,) = _of(story, story.epci).signatures
    assert (signature.counts, signature.why_not) == (False, ("mandate-not-executory",))
    story.mandate(story.epci, date(2024, 10, 2), date(2024, 12, 1))
    (signature,) = _of(story, story.epci).signatures
    assert signature.counts
    assert signature.counts_on == {CONVENTION: date(2024, 12, 1), PLAN: date(2024, 12, 1)}
    assert [mark.code for mark in signature.irregularities] == ["mandate-not-executory"]  # what was recorded stays


def test_nothing_required_is_missing_in_the_end(story: Story) -> None:
    story.until_signed()
    assert _sheet(story).missing == {CONVENTION: (), PLAN: ()}
    assert _of(story, story.cpam).signed_on == {CONVENTION: None, PLAN: None}


def test_a_mandate_withdrawn_after_the_signature_asks_nothing_of_who_signed(story: Story) -> None:
    """It undoes no contract that was signed before; whoever had not signed is waited for."""
    _planned(story)
    for partner_id in (story.caf, story.epci):
        story.mandate(partner_id, date(2024, 10, 1), date(2024, 10, 9))
    story.sign(story.caf, date(2024, 11, 18))
    for partner_id in (story.caf, story.epci):
        command = RecordMandateWithdrawal(
            stream_id=story.convention, partner_id=partner_id, motive=Prose("Budget"), occurred_on=date(2024, 12, 2)
        )
        story.tell(command)
    caf, epci = _of(story, story.caf), _of(story, story.epci)
    assert [one.answers[PLAN].outcome for one in (caf, epci)] == [WITHDRAWN, WITHDRAWN]
    assert caf.signed_on == {CONVENTION: date(2024, 11, 18), PLAN: date(2024, 11, 18)}
    assert caf.no_to(PLAN) is None
    waited_for = epci.no_to(PLAN)
    assert waited_for is not None and waited_for.on == date(2024, 12, 2)
