"""The counsel of a territory, or of a whole framework: one stream for what is recommended and for what explains."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from domain.frameworks import FrameworkConvention
from domain.kernel import Case, Composed, CreatedEvent, DoesNotFit, Places, aggregate, event
from domain.territories import Territory
from domain.values import Code, deterministic_id

NOT_ITS_COUNSEL: Final = Code("NOT_ITS_COUNSEL")
"""Why something is not recorded there: each territory, and each framework, has one stream of it."""


def counsel_stream(home_id: UUID) -> UUID:
    """The stream of what is recommended and explained on a territory, or on a whole framework."""
    return deterministic_id("counsel", home_id)


@aggregate("counsel", "counsels")
class Counsel(Composed):
    """What is recommended and explained on one place; each family keeps its own state."""

    home_territory_id: UUID | None
    home_framework_id: UUID | None

    def __init__(self) -> None:
        super().__init__()
        self.home_territory_id = None
        self.home_framework_id = None

    @property
    def territory_id(self) -> UUID | None:
        """The territory."""
        return self.home_territory_id

    @property
    def whole_framework_id(self) -> UUID | None:
        """The framework as a whole."""
        return self.home_framework_id

    def places(self) -> Places:
        """The territory, or the framework."""
        return Places(territory_id=self.home_territory_id, framework_id=self.home_framework_id)


@event("counsel.counsel-begun")
class CounselBegun(CreatedEvent):
    """Something is recommended or explained there for the first time."""

    home_territory_id: UUID | None
    home_framework_id: UUID | None

    def apply(self, counsel: Counsel) -> None:
        """Keep whose it is."""
        counsel.home_territory_id = self.home_territory_id
        counsel.home_framework_id = self.home_framework_id


def check_home(stream_id: UUID, home: Places, case: Case) -> None:
    """The stream is that of the place, which is known."""
    if home.territory_id is not None:
        case.find(Territory, home.territory_id, "home_territory_id")
    if home.framework_id is not None:
        case.find(FrameworkConvention, home.framework_id, "home_framework_id")
    strange = stream_id != counsel_stream(home.territory_id or home.framework_id or stream_id)
    case.breaks_if(strange, DoesNotFit("stream_id", str(stream_id), NOT_ITS_COUNSEL))


def begun(state: Counsel | None, stream_id: UUID, home: Places, case: Case) -> Any:
    """The stream, begun where this is its first act."""
    if state is not None:
        return state
    return Counsel.start(
        stream_id, CounselBegun, case, home_territory_id=home.territory_id, home_framework_id=home.framework_id
    )
