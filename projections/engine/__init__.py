"""The engine of the read models: what a projection is, how it is kept up to date, rebuilt and replayed."""

from projections.engine.batches import Batch
from projections.engine.columns import (
    Codes,
    EvidenceList,
    Facts,
    Ids,
    Instant,
    Irregularities,
    Method,
    Sealed,
    empty_convention,
    envelope_columns,
    envelope_values,
    facts_of,
    prose_tokens,
)
from projections.engine.past import as_of, replay
from projections.engine.projection import Projection
from projections.engine.rebuilding import NotRebuilt, RebuildUnderWay
from projections.engine.running import NotPrepared, Projections, ProjectionStatus, UnknownProjection

__all__ = [
    "Batch",
    "Codes",
    "EvidenceList",
    "Facts",
    "Ids",
    "Instant",
    "Irregularities",
    "Method",
    "NotPrepared",
    "NotRebuilt",
    "Projection",
    "ProjectionStatus",
    "Projections",
    "RebuildUnderWay",
    "Sealed",
    "UnknownProjection",
    "as_of",
    "empty_convention",
    "envelope_columns",
    "envelope_values",
    "facts_of",
    "prose_tokens",
    "replay",
]
