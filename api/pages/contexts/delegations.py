"""What pages show of delegations: a line each, with what was decided under it folded beneath."""

from __future__ import annotations

from dataclasses import dataclass

from api.pages.contexts.pieces import Act, Phrase, Status


@dataclass(frozen=True, slots=True)
class DelegationLine:
    """Who delegates what to whom, until when; ``limits`` in words and in euros; ``why``: why it was taken back."""

    anchor: str
    who: str
    to: str
    matters: tuple[str, ...]
    limits: str | None
    spent: Phrase | None
    until: Phrase
    state: str
    status: Status
    why: str | None
    uses: tuple[Phrase, ...]
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class DelegationsShown:
    """The delegations of a page: those that hold or will, those that are over, and the act that grants one."""

    held: tuple[DelegationLine, ...]
    over: tuple[DelegationLine, ...] = ()
    acts: tuple[Act, ...] = ()

    @property
    def ending(self) -> int:
        """How many end soon."""
        return sum(one.status == "watch" for one in self.held)
