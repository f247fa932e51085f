"""The demonstration's story: fifteen real territories of the Gers from 2023 to mid-June 2026, every fact invented.

It is told only through commands, under a clock that lives each day in turn, so that the log reads as if people had
recorded it: some facts late, one signature too early, one priority refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final, Protocol

from ctg_engine.clock import SetClock
from ctg_engine.demo.cast import ACCOUNTS, DEMO_PASSWORD, DemoAccount, everyone
from ctg_engine.demo.chapter import Chapter
from ctg_engine.demo.chapters import ALONGSIDE, CHAPTERS
from ctg_engine.demo.diary import DEMO_TODAY, Diary, Sweep
from ctg_engine.demo.framework_delegations import write_framework_delegations
from ctg_engine.demo.framework_means import write_framework_means
from ctg_engine.demo.framework_network import write_framework_network
from ctg_engine.demo.opening import write_opening
from ctg_engine.demo.references import CAF, FRAMEWORK_ID, METHOD, partner_of
from ctg_engine.demo.territories import load_demo_territories
from domain.profiles import PublishMethodProfile, profile_stream
from domain.roles import PARTNER_REPRESENTATIVE
from workflows.accounts import Accounts
from workflows.api_keys import ApiKeys
from workflows.application import Steering
from workflows.files import Files
from workflows.instants import PARIS
from workflows.methods.reader import shipped_profile
from workflows.people import Vault

__all__ = ["ACCOUNTS", "DEMO_NOW", "DEMO_PASSWORD", "DEMO_TODAY", "DemoAccount", "Services", "Told", "tell"]

DEMO_NOW: Final = datetime.combine(DEMO_TODAY, time(9), PARIS).astimezone(UTC)
"""The instant at which the story stops: 15 June 2026, nine in the morning in Paris."""

KEY_LASTS: Final = timedelta(days=365)
"""The partner's key is good for a year of the demonstration's own time."""


class Services(Protocol):
    """The rooms of the house that the story walks through."""

    @property
    def steering(self) -> Steering:
        """Where every command goes."""

    @property
    def vault(self) -> Vault:
        """Where the invented people are kept."""

    @property
    def files(self) -> Files:
        """Where the papers that facts cite are kept."""

    @property
    def accounts(self) -> Accounts:
        """Where visitors' accounts are opened."""

    @property
    def api_keys(self) -> ApiKeys:
        """Where the partner's tool gets its key."""


@dataclass(frozen=True)
class Told:
    """What the visitor is given once the story is told."""

    accounts: tuple[DemoAccount, ...]
    password: str
    api_key: str
    """The token of the Caf's tool, shown once."""


def tell(services: Services, clock: SetClock, sweep: Sweep) -> Told:
    """Tell the story in an empty, migrated store; `clock` ends at `DEMO_NOW`.

    `sweep` is called with the instant at each Monday of the told time (each working day from March 2026 on), before
    what people record that day. Raises `StoryBroken` when the engine answers otherwise than the story says.
    """
    register_people(services)
    diary = write_everything()
    if services.steering.load(profile_stream(*METHOD)) is not None:
        # A prepared store already holds the methods that ship.
        diary.moments = [one for one in diary.moments if not isinstance(one.command, PublishMethodProfile)]
    diary.play(services.steering, clock, sweep)
    for one in diary.papers.values():
        services.files.keep(one.data, one.title, one.place_id, DEMO_NOW, one.sha256)
    clock.moment = DEMO_NOW
    for account in ACCOUNTS:
        services.accounts.create(
            account.login,
            account.person.person_id,
            DEMO_PASSWORD,
            DEMO_NOW,
            is_administrator=account.is_administrator,
        )
    issued = services.api_keys.issue(
        "Outil de suivi de la Caf du Gers (démonstration)",
        PARTNER_REPRESENTATIVE,
        DEMO_NOW + KEY_LASTS,
        DEMO_NOW,
        partner_id=partner_of(CAF),
        framework_id=FRAMEWORK_ID,
    )
    return Told(ACCOUNTS, DEMO_PASSWORD, issued.token)


def register_people(services: Services) -> None:
    """Put every invented person in the vault, in one transaction."""
    with services.steering.engine.begin() as connection:
        for person in everyone():
            services.vault.register_person(person.name, person.email, person_id=person.person_id, connection=connection)


def write_everything() -> Diary:
    """The whole diary, before anything of it is lived."""
    territories = {territory.facts.siren: territory for territory in load_demo_territories()}
    diary = Diary()
    write_opening(diary, territories.values(), shipped_profile(*METHOD))
    write_framework_means(diary)
    write_framework_delegations(diary)
    write_framework_network(diary)
    for key, siren, chapter in CHAPTERS:
        told = Chapter(diary, key, territories[siren])
        for one in (chapter, *ALONGSIDE.get(key, ())):
            one(told)
    return diary
