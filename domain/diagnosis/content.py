"""The content of the diagnosis of a territory, as it stands."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from domain.convention.closed import check_open
from domain.convention.deciding import pinned_profile
from domain.convention.state import TerritorialConvention
from domain.convention.themes import check_known
from domain.kernel import Case, Composed, CreatedEvent, DoesNotFit, Places, UnknownReference, aggregate, event
from domain.territories import Territory
from domain.values import Code, deterministic_id

NOT_ITS_DIAGNOSIS: Final = Code("NOT_ITS_DIAGNOSIS")
"""Why something is not recorded there: each territory has one content of its diagnosis."""


def diagnosis_stream(territory_id: UUID) -> UUID:
    """The one content of the diagnosis of a territory."""
    return deterministic_id("diagnosis", territory_id)


@aggregate("diagnosis", "diagnoses")
class DiagnosisContent(Composed):
    """What is known of a territory, and asked of its partners to know it."""

    home_territory_id: UUID

    def __init__(self) -> None:
        super().__init__()

    @property
    def territory_id(self) -> UUID:
        """Its territory."""
        return self.home_territory_id

    def places(self) -> Places:
        """Its territory, of no convention in particular."""
        return Places(territory_id=self.home_territory_id)


@event("diagnosis.content-opened")
class ContentOpened(CreatedEvent):
    """Something is known, or asked, of a territory for the first time."""

    home_territory_id: UUID

    def apply(self, content: DiagnosisContent) -> None:
        """Keep whose it is."""
        content.home_territory_id = self.home_territory_id


def check_its_content(case: Case, stream_id: UUID, territory_id: UUID) -> None:
    """The stream is the one of that territory, which is registered; what is wrong is told to the case."""
    case.find(Territory, territory_id, "home_territory_id")
    strange = stream_id != diagnosis_stream(territory_id)
    case.breaks_if(strange, DoesNotFit("stream_id", str(stream_id), NOT_ITS_DIAGNOSIS))


def check_convention(case: Case, convention_id: UUID, territory_id: UUID, theme: Code, *, is_fact: bool) -> None:
    """The convention is of that territory, open (of a closed one facts are still told), and knows the theme; what is
    wrong is told to the case."""
    convention = case.find(TerritorialConvention, convention_id, "convention_id")
    if convention is None:
        return
    elsewhere = convention.home_territory_id != territory_id
    case.breaks_if(elsewhere, UnknownReference("convention_id", str(convention_id)))
    check_known((theme,), "theme", convention, pinned_profile(case, *convention.profile_key), case)
    check_open(convention, case, is_fact=is_fact)


def opened(state: DiagnosisContent | None, stream_id: UUID, territory_id: UUID, case: Case) -> DiagnosisContent:
    """The content, begun where nothing was known before."""
    if state is not None:
        return state
    begun: DiagnosisContent = DiagnosisContent.start(stream_id, ContentOpened, case, home_territory_id=territory_id)
    return begun
