"""Telling conventions through `execute`, one commit for each command, as an instance lives."""

from __future__ import annotations

from uuid import uuid4

from benchmarks.ours.conventions import Telling
from benchmarks.ours.country import Country
from benchmarks.peers.asked import Ask, telling


def asks(country: Country) -> dict[str, Ask]:
    """What is asked of one writer."""
    steering = country.house.steering

    def prepare(conventions: int) -> list[Telling]:
        return [Telling(country, country.place()) for _ in range(conventions)]

    def tell(one: Telling) -> int:
        commands = 0
        for command in one.measured():
            steering.execute(command, country.context(one.place.pilot, key=str(uuid4())))
            commands += 1
        return commands

    return telling(prepare, tell)
