"""The names in capitals that a method may use where the topic of an event does not say enough.

One registry: a name leads to the function that says which occurrences of such a deadline started and what met them. A
computed deadline is one function with its name, in the module of its family.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from domain.method import DeadlineRule
from projections.engine import Dossier
from projections.what_is_due.starting import Start

Computed: TypeAlias = Callable[[Dossier, DeadlineRule], list[Start]]

TRIGGERS: Final[dict[str, Computed]] = {}
"""Named triggers: what starts a deadline, and what then meets it."""
CONDITIONS: Final[dict[str, Computed]] = {}
"""Named conditions: what meets a deadline, whatever starts it."""


def named(*, trigger: str | None = None, conditions: tuple[str, ...] = ()) -> Callable[[Computed], Computed]:
    """Give a function its names: of the trigger that it follows, of the conditions by which it is met."""

    def register(function: Computed) -> Computed:
        for names, registry in (((trigger,) if trigger else (), TRIGGERS), (conditions, CONDITIONS)):
            for name in names:
                assert name not in registry, f"two functions are called {name}"
                registry[name] = function
        return function

    return register


def computed(rule: DeadlineRule) -> Computed | None:
    """The function that a deadline names: by its trigger, else by what meets it; None when events say it all."""
    if rule.trigger in TRIGGERS:
        return TRIGGERS[rule.trigger]
    return next((CONDITIONS[one] for one in rule.met_by if one in CONDITIONS), None)
