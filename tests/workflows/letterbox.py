"""A territory's life with its people in the vault, their accounts, and what lands in their letterboxes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from email.message import EmailMessage
from typing import Any
from uuid import UUID

from argon2 import PasswordHasher
from sqlalchemy import Engine

from api.letters import PageDoors
from domain.kernel import RoleHeld
from projections.who_holds_which_role import roles_of
from tests.workflows.post_office import PostOffice, said_in
from tests.workflows.territory_life import Life
from workflows.accounts import Accounts
from workflows.act_links import ActLinks
from workflows.delivery.about_contestations import Contestations
from workflows.delivery.about_corrections import Corrections
from workflows.delivery.hours import SendingHours
from workflows.delivery.mail import Mailer, MailServer
from workflows.delivery.office import Office
from workflows.delivery.outbox import kept
from workflows.delivery.posting import Delivered, deliver_due
from workflows.delivery.queueing import queue_letters
from workflows.delivery.reminders import Reminders
from workflows.delivery.writing import Letters
from workflows.instants import PARIS
from workflows.known_people import KnownPeople
from workflows.people import Vault

BASE = "https://ctg.gers.example"
PASSWORD = "un mot de passe assez long"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass
class Letterboxes:
    """The letterboxes of the people of a life; nothing leaves before `empty`, as while no server was set."""

    life: Life
    engine: Engine
    vault: Vault
    accounts: Accounts
    post_office: PostOffice
    office: Office

    def sweep_on(self, day: date) -> None:
        """The sweep of that day, whose letters are queued; whoever came in office meanwhile gets a letterbox."""
        self.life.on(day).sweep()
        self.meet()
        queue_letters(self.life.steering, self.life.clock.now())

    def meet(self) -> None:
        """Everybody has a letterbox and an account."""
        for name, person_id in self.life.people.items():
            if self.vault.person(person_id) is None:
                self.vault.register_person(f"Camille {name}", f"{name}@gers.example", person_id=person_id)
                self.accounts.create(name, person_id, PASSWORD, self.life.clock.now())

    def close_account(self, name: str) -> None:
        """Close the account of somebody."""
        (account,) = self.accounts.of_person(self.life.people[name])
        self.accounts.disable(account.account_id, self.life.clock.now())

    def empty(self, day: date, hour: int = 10) -> Delivered:
        """The server is there: a round at that hour in Paris."""
        now = datetime.combine(day, time(hour), PARIS)
        self.life.on(day)
        queue_letters(self.life.steering, now)
        mailer = Mailer(MailServer(host="127.0.0.1", port=self.post_office.port, tls="none", timeout=60))
        return deliver_due(self.engine, self.vault, mailer, Letters("CTG <ctg@gers.example>"), now, self.office.weigh)

    def withdrawn(self) -> list[tuple[str, str | None]]:
        """To whom letters do not leave, and why."""
        names = {person_id: name for name, person_id in self.life.people.items()}
        return sorted((names[one.person_id], one.why) for one in kept(self.engine, "withdrawn"))

    def received(self) -> dict[str, list[EmailMessage]]:
        """The letters received, by the name of their reader."""
        found: dict[str, list[EmailMessage]] = {}
        for letter in self.post_office.received:
            name = letter["To"].addresses[0].username
            found.setdefault(name, []).append(letter)
        return found

    def said_to(self, name: str) -> str:
        """What the one letter to somebody says."""
        (letter,) = self.received()[name]
        return " ".join(f"{letter['Subject']} {said_in(letter)}".split())


@contextmanager
def letterboxes(life: Life) -> Iterator[Letterboxes]:
    """Those of a life, and a real server of mail."""
    engine = life.engine
    vault, accounts = Vault(engine), Accounts(engine, hasher=CHEAP)
    life.steering.people = KnownPeople(vault, accounts, sends_mail=True)

    def held(person_id: UUID) -> tuple[RoleHeld, ...]:
        return roles_of(life.reader.register(), person_id, life.clock.today())

    links = ActLinks(engine)
    doors = PageDoors(
        BASE, held, steering=life.steering, reader=life.reader, vault=vault, links=links, clock=life.clock
    )
    settings: dict[str, Any] = {"steering": life.steering, "doors": doors}
    reminders = Reminders(reader=life.reader, vault=vault, holidays=life.holidays, **settings)
    office = Office(
        steering=life.steering,
        hours=SendingHours(holidays=life.holidays),
        families=(reminders, Corrections(**settings), Contestations(**settings)),
    )
    post_office = PostOffice()
    post_office.start()
    try:
        made = Letterboxes(life, engine, vault, accounts, post_office, office)
        made.meet()
        yield made
    finally:
        post_office.stop()
