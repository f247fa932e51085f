"""Which themes may this convention cite? Its own first, those of its method, those it kept of a method it left.

Some are transverse."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.convention.themes import OwnThemes, ThemeAdded, every_theme, is_transverse, named
from domain.steering import DecisionReference
from domain.values import Code, Theme
from projections.engine import Dossier


@dataclass(frozen=True)
class ThemeKnown:
    """A theme that may be cited. `transverse`: no forum crosses it.

    Of one that the committee added: `added_on`, by which event, `decided_in` where a decision was recorded.
    """

    theme: Theme
    transverse: bool
    event_id: UUID | None = None
    added_on: date | None = None
    decided_in: DecisionReference | None = None

    @property
    def is_own(self) -> bool:
        """Whether it is a theme of this convention only."""
        return self.event_id is not None


def themes(dossier: Dossier) -> tuple[ThemeKnown, ...]:
    """Every theme that the convention may cite."""
    convention, method = dossier.convention, dossier.method
    own = OwnThemes.of(convention).themes
    return (
        *(_own(event, dossier) for _, event in dossier.facts(ThemeAdded)),
        *(
            ThemeKnown(Theme(one), is_transverse(convention, one, method))
            for one in every_theme(convention, method)
            if one not in own
        ),
    )


def _own(event: ThemeAdded, dossier: Dossier) -> ThemeKnown:
    return ThemeKnown(
        named(dossier.convention, Code(event.theme_id)),
        event.transverse,
        event.envelope.event_id,
        event.occurred_on,
        event.decided_in,
    )
