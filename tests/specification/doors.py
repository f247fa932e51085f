"""The doors that the specification goes through: every step acts and asks here, and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Protocol
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from domain.kernel import Actor, BrokenRule, Command, Context, Event, Refused, RoleHeld
from domain.partners import Partner
from domain.values import Code, InvalidValue, Prose, deterministic_id
from workflows.application import Steering, UnknownStream
from workflows.texts import Texts
from workflows.texts.rules import explain

PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True)
class Sender:
    """Who acts: a role, where it is held, for which partner."""

    role: Code
    territory_id: UUID | None = None
    partner_id: UUID | None = None


@dataclass(frozen=True)
class Said:
    """A broken rule as the sender is told of it, in French."""

    rule: str
    text: str


@dataclass(frozen=True)
class Outcome:
    """What came back: facts when accepted, broken rules when refused, a fault when it could not be understood."""

    facts: tuple[str, ...] = ()
    """Topics of the events recorded, in order."""
    version: int = 0
    refused: tuple[Said, ...] = ()
    notices: tuple[Said, ...] = ()
    waived: tuple[Said, ...] = ()
    irregular: tuple[str, ...] = ()
    """Ids of the rules against which the fact was recorded."""
    fault: str = ""
    """`malformed` or `unknown`."""

    @property
    def accepted(self) -> bool:
        """Whether something was recorded."""
        return not self.refused and not self.fault


@dataclass(frozen=True, kw_only=True)
class Request:
    """One command as it is sent."""

    command: Command
    sender: Sender
    today: date
    reason: str | None = None
    expected_version: int | None = None
    key: str = field(default_factory=lambda: str(uuid4()))


class Door(Protocol):
    """A way in and out of the engine."""

    def send(self, request: Request) -> Outcome:
        """Send a command."""

    def facts(self) -> int:
        """How many facts the log holds."""


class ExecuteDoor:
    """The application itself: `execute`."""

    def __init__(self, steering: Steering) -> None:
        self._steering = steering
        self._texts = Texts("fr")

    def send(self, request: Request) -> Outcome:
        """See `Door`."""
        sender = request.sender
        context = Context(
            actor=Actor(
                deterministic_id("sender", *vars(sender).values()),
                (RoleHeld(sender.role, sender.territory_id, sender.partner_id),),
            ),
            today=request.today,
            now=datetime.combine(request.today, time(9), PARIS),
            reason=Prose(request.reason) if request.reason else None,
            expected_version=request.expected_version,
            idempotency_key=request.key,
        )
        try:
            answer = self._steering.execute(request.command, context)
        except Refused as refused:
            return Outcome(refused=self._said(refused.broken))
        except InvalidValue:
            return Outcome(fault="malformed")
        except UnknownStream:
            return Outcome(fault="unknown")
        return Outcome(
            facts=tuple(str(one.topic) for one in answer.events),
            version=answer.version,
            notices=self._said(answer.notices),
            waived=self._said(answer.waived),
            irregular=tuple(str(mark.rule) for mark in answer.irregularities),
        )

    def facts(self) -> int:
        """See `Door`."""
        return len(self._events())

    def _events(self) -> list[tuple[int, Event]]:
        return self._steering.read_events(0, 1_000)

    def _said(self, rules: tuple[BrokenRule, ...]) -> tuple[Said, ...]:
        return tuple(Said(rule.rule, explain(self._texts, rule, self._name_of).text) for rule in rules)

    def _name_of(self, stream_id: UUID) -> str:
        partner = self._steering.load(stream_id)
        return partner.name if isinstance(partner, Partner) else str(stream_id)
