"""What a projection is: the tables of one question, and what each event changes in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sqlalchemy import MetaData, Table

from domain.kernel import Event
from projections.engine.batches import Batch

Handler = Callable[[Batch, Any], None]
"""What an event of the registered classes changes: it adds rows to the batch."""

HandlerT = TypeVar("HandlerT", bound=Handler)


class Projection:
    """The read model of one question: its tables, and what each event changes in them.

    A change of tables or handlers needs a new `version`, which is part of the tables' names: the new model is built
    beside the old one.
    """

    def __init__(self, name: str, version: int) -> None:
        self.name = name
        self.version = version
        self.metadata = MetaData()
        self._handlers: dict[type[Event], list[Handler]] = {}
        self._resolved: dict[type[Event], tuple[Handler, ...]] = {}

    @property
    def key(self) -> str:
        """Its row in the table of positions, and the beginning of its tables' names."""
        return f"{self.name}_v{self.version}"

    def table(self, name: str, *parts: Any) -> Table:
        """Declare a table; questions read it under this object, rebuilds write copies of it."""
        return Table(f"{self.key}_{name}", self.metadata, *parts)

    def when(self, *event_classes: type[Event]) -> Callable[[HandlerT], HandlerT]:
        """Register what an event of these classes, or of their subclasses, changes."""

        def register(handler: HandlerT) -> HandlerT:
            for event_class in event_classes:
                self._handlers.setdefault(event_class, []).append(handler)
            return handler

        return register

    def apply(self, batch: Batch, events: Sequence[tuple[int, Event]]) -> None:
        """Collect the changes of these events, in order."""
        for position, event in events:
            handlers = self._resolved.get(type(event))
            if handlers is None:
                handlers = self._resolve(type(event))
            if handlers:
                batch.position, batch.event = position, event
                for handler in handlers:
                    handler(batch, event)

    def _resolve(self, event_class: type[Event]) -> tuple[Handler, ...]:
        found = tuple(one for kind in event_class.__mro__ for one in self._handlers.get(kind, ()))
        self._resolved[event_class] = found
        return found
