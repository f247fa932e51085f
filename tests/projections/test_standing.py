"""Where each convention stands."""

from datetime import date, timedelta

from domain.convention.state import CONVENTION
from projections.where_conventions_stand import (
    Standing,
    convention,
    departments,
    standing,
)
from projections.which_partners_and_places_are_known import territories
from tests.projections.story import OTHER_SIREN, SIREN, Story


def _standing(story: Story, today: date = date(2024, 12, 1)) -> Standing:
    return convention(story.dossier, today).standing


def test_the_phase_follows_the_milestones(story: Story) -> None:
    story.set_up()
    story.open(date(2024, 1, 5))
    told = [(_standing(story).phase, _standing(story).since)]
    for act, day in (
        (story.engage, date(2024, 1, 15)),
        (story.diagnose, date(2024, 5, 14)),
        (lambda day: story.forum("fo1", day, 9, 4, 0), date(2024, 6, 4)),
        (lambda day: story.forum("fo2", day, 0, 0, 5), date(2024, 6, 11)),
        (lambda day: story.choose("p1", day), date(2024, 7, 2)),
        (story.plan, date(2024, 9, 10)),
    ):
        act(day)
        told.append((_standing(story).phase, _standing(story).since))
    assert told == [
        ("PREPARATION", date(2024, 1, 5)),
        ("DIAGNOSIS", date(2024, 1, 15)),
        ("FORUMS", date(2024, 5, 14)),
        ("FORUMS", date(2024, 5, 14)),  # no user came: nothing is crossed
        ("PRIORITISATION", date(2024, 6, 11)),
        ("PLANNING", date(2024, 7, 2)),
        ("SIGNING", date(2024, 9, 10)),
    ]


def test_in_force_then_expired(story: Story) -> None:
    story.until_signed()
    assert _standing(story).phase == "SIGNING"
    story.activate(date(2025, 1, 1))
    assert (_standing(story).phase, _standing(story).since) == ("IN_FORCE", date(2025, 1, 1))
    last = date(2029, 12, 31)
    assert _standing(story, last).phase == "IN_FORCE"
    over = _standing(story, last + timedelta(days=1))
    assert (over.phase, over.since) == ("EXPIRED", date(2030, 1, 1))


def test_a_convention_signed_before_its_plan_lacks_its_plan(story: Story) -> None:
    story.set_up()
    story.open()
    story.mandate(story.caf, date(2024, 10, 1))
    story.mandate(story.epci, date(2024, 10, 2), date(2024, 10, 9))
    story.sign(story.caf, date(2024, 11, 18), covers=(CONVENTION,))
    assert _standing(story).flags == ()
    story.sign(story.epci, date(2024, 11, 20), covers=(CONVENTION,))
    assert _standing(story).flags == ("PLAN_MISSING",)


def test_a_territory_without_convention_is_not_covered(story: Story) -> None:
    story.until_signed()
    other = story.register(OTHER_SIREN, "CC Aygues-Vives", "32013")
    story.attach(other)
    everything = departments(territories(story.known), [_standing(story)], date(2024, 12, 1))
    own = departments(territories(story.known, [story.territory]), [_standing(story)], date(2024, 12, 1))
    assert [(one.siren, one.phase, one.convention_id) for one in everything] == [
        (OTHER_SIREN, "NOT_COVERED", None),
        (SIREN, "SIGNING", story.convention),
    ]
    assert story.known.followed_by[other] == (story.framework,)
    assert [one.territory_id for one in own] == [story.territory]


def test_the_convention_tells_its_milestones_with_evidence(story: Story) -> None:
    story.until_signed()
    found = convention(story.dossier, date(2024, 12, 1))
    assert found.standing == standing(story.dossier, date(2024, 12, 1))
    assert found.territory_id == story.territory
    assert found.standing.holder_names == ("CC de la Gascogne Toulousaine",)
    kinds = [str(one.kind) for one in found.milestones]
    assert kinds[:3] == ["convention-opened", "engagement-confirmed", "diagnosis-shared"]
    assert kinds.count("action-plan-signed") == 1
    signature = next(one for one in found.milestones if one.kind == "signature-recorded")
    assert [document.sha256 for document in signature.evidence] == ["c" * 64]
    assert signature.facts["partner_id"] == str(story.caf)
    assert signature.actor_id == story.pilot.actor_id
    assert signature.actor_role == "PILOT"
    assert [one.since for one in found.phases if one.phase in ("IN_FORCE", "EXPIRED", "CLOSED")] == [None] * 3
