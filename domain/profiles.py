"""The published method profiles: each version is a stream of its own, whole and unchangeable."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from uuid import UUID

from domain.kernel import Aggregate, AlreadyExists, Case, Command, CreatedEvent, aggregate, command, event, start_from
from domain.method import MethodProfile
from domain.values import Code, deterministic_id

DEFAULT_METHOD: Final = Code("cnaf-2020")
"""The method that is proposed where nothing says another."""


@lru_cache
def profile_stream(name: str, version: int) -> UUID:
    """The stream of one version of one profile."""
    return deterministic_id("method-profile", name, version)


@aggregate("method-profile", "method-profiles")
class PublishedProfile(Aggregate):
    """One published version of a method."""

    CHANGES = False

    profile: MethodProfile


@event("method-profile.method-profile-published")
class MethodProfilePublished(CreatedEvent):
    """The method became available to conventions; carries the whole profile, so that the log needs no file."""

    profile: MethodProfile

    def apply(self, aggregate: PublishedProfile) -> None:
        """Keep the profile."""
        aggregate.profile = self.profile


@command(PublishedProfile, starts=True, records=MethodProfilePublished)
@dataclass(frozen=True, kw_only=True)
class PublishMethodProfile(Command):
    """Publish a version of a method, read from its file; `stream_id` is `profile_stream(name, version)`."""

    profile: MethodProfile

    def decide(self, state: PublishedProfile | None, case: Case) -> PublishedProfile:
        case.breaks_if(
            state is not None or self.stream_id != profile_stream(self.profile.name, self.profile.version),
            AlreadyExists(f"{self.profile.name} v{self.profile.version}"),
        )
        case.settle()
        started: PublishedProfile = start_from(self, case)
        return started
