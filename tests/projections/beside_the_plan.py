"""What stands beside a plan, each told once with nothing special: a pledge, an indicator, what users said."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.claims.calendar import ClaimDate, StateClaimDates, claims_stream
from domain.counsel.counsel import counsel_stream
from domain.counsel.explaining import WriteTranslationNote
from domain.delegations.granting import GrantDelegation
from domain.diagnosis.asking import AskForData
from domain.diagnosis.content import diagnosis_stream
from domain.diagnosis.finding import RecordFinding
from domain.diagnosis.publishing import StartDiagnosis
from domain.diagnosis.waving import PlanDiagnosisWave
from domain.framework_pledges.pledging import PledgeToFramework
from domain.indicators.defining import DefineIndicator
from domain.indicators.satisfaction import RecordSatisfaction
from domain.kernel import Actor, RoleHeld
from domain.lead_roles.assigning import AssignLeadRole
from domain.lead_roles.disputing import ContestLeadRole
from domain.lead_roles.leading import lead_roles_stream
from domain.participation.contributing import RecordContribution
from domain.participation.gathering import OpenSpace
from domain.participation.participation import participation_stream
from domain.pledges.pledging import PledgeResource
from domain.roles import FRAMEWORK_PILOT
from domain.trainings import PlanTraining
from domain.values import Code, LocalId, Prose, deterministic_id, local_id
from tests.projections.story import Story

FRAMEWORK_PLEDGE = local_id("promesse au département")


def indicator_of(story: Story) -> UUID:
    """The indicator told of a territory."""
    return deterministic_id("indicator", story.territory)


def pledge_of(story: Story) -> UUID:
    """The pledge told of a territory."""
    return deterministic_id("pledge", story.territory)


def delegation_of(story: Story) -> UUID:
    """The delegation told of a territory."""
    return deterministic_id("delegation", story.territory)


def tell_delegation(story: Story, partner_id: UUID) -> None:
    """What a partner delegates to the network of a territory."""
    story.tell(
        GrantDelegation(
            stream_id=delegation_of(story),
            home_territory_id=story.territory,
            delegator_id=partner_id,
            given_to=Code("NETWORK"),
            matters=(Code("COMMON_ANSWER"),),
        )
    )


def tell_pledge(story: Story, partner_id: UUID) -> None:
    """A pledge of a partner to the convention."""
    story.tell(
        PledgeResource(
            stream_id=pledge_of(story),
            convention_id=story.convention,
            home_territory_id=story.territory,
            partner_id=partner_id,
            kind=Code("DATA"),
            certainty=Code("FIRM"),
            what=Prose("Les données de l’observatoire"),
        )
    )


def tell_framework_pledge(story: Story, partner_id: UUID) -> None:
    """A pledge of a partner to the framework, for all that it follows."""
    story.tell(
        PledgeToFramework(
            stream_id=story.framework,
            pledge_id=FRAMEWORK_PLEDGE,
            partner_id=partner_id,
            kind=Code("EXPERTISE"),
            certainty=Code("FIRM"),
            what=Prose("Une chargée d’études, un jour par mois"),
        ),
        Actor(UUID(int=3), (RoleHeld(FRAMEWORK_PILOT, framework_id=story.framework),)),
    )


TRAINING = local_id("formation au pilotage")


def tell_training(story: Story) -> None:
    """A training of the framework that is to come, for all that it follows."""
    story.tell(
        PlanTraining(
            stream_id=story.framework,
            training_id=TRAINING,
            kind=Code("TRAINING"),
            title=Prose("Piloter une CTG"),
            starts_on=story.today,
        ),
        Actor(UUID(int=3), (RoleHeld(FRAMEWORK_PILOT, framework_id=story.framework),)),
    )


def tell_claims(story: Story, partner_id: UUID) -> None:
    """Two dates of a funder for the operator that is a partner."""
    story.tell(
        StateClaimDates(
            stream_id=claims_stream(story.convention),
            convention_id=story.convention,
            home_territory_id=story.territory,
            funder_id=story.cpam,
            operator_id=partner_id,
            year=2026,
            dates=(
                ClaimDate(Code("FORECAST"), date(2026, 1, 31)),
                ClaimDate(Code("ACCOUNTS"), date(2027, 3, 31)),
            ),
        )
    )


DATA = LocalId("d1")


def tell_data(story: Story, partner_id: UUID) -> None:
    """What a partner was asked for, for the diagnosis of the territory."""
    story.tell(
        AskForData(
            stream_id=diagnosis_stream(story.territory),
            convention_id=story.convention,
            home_territory_id=story.territory,
            data_id=DATA,
            partner_id=partner_id,
            what=Prose("Places d’accueil par commune"),
            theme=Code("EARLY_CHILDHOOD"),
            first_year=2022,
            last_year=2024,
            data_form=Code("TABLE"),
            due_on=date(2026, 12, 31),
        )
    )


FINDING = LocalId("f91")
DIAGNOSIS = LocalId("g1")
WAVE = local_id("wave")


def tell_diagnosis(story: Story, partner_id: UUID) -> None:
    """A diagnosis that a partner owns, with a finding that it brought and a wave that runs."""
    stream = diagnosis_stream(story.territory)
    story.tell(
        StartDiagnosis(
            stream_id=stream,
            home_territory_id=story.territory,
            diagnosis_id=DIAGNOSIS,
            title=Prose("Besoins sociaux"),
            owners=(partner_id,),
        )
    )
    story.tell(
        RecordFinding(
            stream_id=stream,
            convention_id=story.convention,
            home_territory_id=story.territory,
            finding_id=FINDING,
            theme=Code("MOBILITY"),
            kind=Code("CONSTRAINT"),
            statement=Prose("Des trajets longs"),
            contributor_id=partner_id,
            nature=Code("QUANTITATIVE"),
            source=Prose("Enquête transports"),
            year=2025,
        )
    )
    story.tell(
        PlanDiagnosisWave(
            stream_id=stream,
            convention_id=story.convention,
            diagnosis_id=DIAGNOSIS,
            wave_id=WAVE,
            themes=(Code("MOBILITY"),),
            starts_on=date(2026, 5, 1),
            ends_on=date(2026, 12, 31),
        )
    )


def tell_indicator(story: Story, owner_id: UUID) -> None:
    """An indicator of the convention, whose data a partner owns."""
    story.tell(
        DefineIndicator(
            stream_id=indicator_of(story),
            convention_id=story.convention,
            home_territory_id=story.territory,
            title=Prose("Places d’accueil"),
            unit=Code("NUMBER"),
            counts_persons=False,
            kind=Code("RESULT"),
            direction=Code("UP"),
            owner_id=owner_id,
            frequency=Code("YEARLY"),
        )
    )


def tell_satisfaction(story: Story) -> None:
    """What a few users said, whose spread is not kept."""
    story.tell(
        RecordSatisfaction(
            stream_id=deterministic_id("satisfaction", story.territory),
            convention_id=story.convention,
            home_territory_id=story.territory,
            question=Prose("Ce service vous aide-t-il ?"),
            audience=Prose("Les familles accueillies"),
            channel=Code("PAPER"),
            answers=8,
        )
    )


CONTRIBUTION = local_id("contribution")
SPACE = local_id("space")


def tell_contribution(story: Story) -> None:
    """A permanent space of a territory, and what somebody said there."""
    story.tell(
        OpenSpace(
            stream_id=participation_stream(story.territory),
            home_territory_id=story.territory,
            convention_id=story.convention,
            space_id=SPACE,
            kind=Code("SOCIAL_CENTRE"),
            name=Prose("Les habitants du centre social"),
            stages=(Code("DIAGNOSIS"),),
        )
    )
    story.tell(
        RecordContribution(
            stream_id=participation_stream(story.territory),
            home_territory_id=story.territory,
            convention_id=story.convention,
            contribution_id=CONTRIBUTION,
            college=Code("USAGE"),
            channel=Code("HELP_DESK"),
            stage=Code("DIAGNOSIS"),
            theme=Code("PARENTING"),
            text=Prose("Le dernier bus part avant la fin des cours"),
        )
    )


LEAD, LEAD_CONTESTATION = local_id("chef de file"), local_id("contestation du chef de file")


def tell_lead(story: Story, partner_id: UUID) -> None:
    """A partner leads on a territory."""
    story.tell(
        AssignLeadRole(
            stream_id=lead_roles_stream(story.territory),
            home_territory_id=story.territory,
            convention_id=story.convention,
            lead_id=LEAD,
            partner_id=partner_id,
        )
    )


def contest_lead(story: Story, partner_id: UUID) -> None:
    """A partner leads on a territory, which another one contests."""
    tell_lead(story, partner_id)
    story.tell(
        ContestLeadRole(
            stream_id=lead_roles_stream(story.territory),
            contestation_id=LEAD_CONTESTATION,
            lead_id=LEAD,
            partner_id=story.cpam,
            wish=Code("SHARE"),
            motive=Prose("Les deux portent le projet"),
        )
    )


NOTE = local_id("note")


def tell_note(story: Story, partner_id: UUID) -> None:
    """Why the method is followed there."""
    story.tell(
        WriteTranslationNote(
            stream_id=counsel_stream(story.territory),
            home_territory_id=story.territory,
            note_id=NOTE,
            partner_id=partner_id,
            source=Code("NATIONAL_CIRCULAR"),
            source_title=Prose("Circulaire sur les conventions territoriales globales"),
            asks=Prose("Une convention par territoire"),
            became_here=Prose("Une convention pour deux intercommunalités"),
            motive=Prose("Les familles passent de l’une à l’autre"),
            about_method=True,
        )
    )
