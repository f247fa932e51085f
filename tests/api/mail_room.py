"""A told store beside a real mail server: days pass, letters and digests arrive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from email.message import EmailMessage
from uuid import UUID

from api.app import create_app
from ctg_engine.bootstrap import House
from ctg_engine.mailing import digests_of, office_of
from tests.api.scene import Scene, person_of
from tests.workflows.post_office import PostOffice, said_in
from workflows.deadlines import sweep
from workflows.delivery.mail import Mailer, MailServer
from workflows.delivery.posting import deliver_due
from workflows.delivery.queueing import queue_letters
from workflows.delivery.writing import Letters
from workflows.instants import PARIS

BASE = "https://ctg.gers.example"


@dataclass
class MailRoom:
    """The people of a scene with their letterboxes; `goes`: whether the server is there."""

    scene: Scene
    house: House
    server: PostOffice
    goes: bool = True

    def at(self, day: date, hour: int = 9, minute: int = 0, *, sweeps: bool = True) -> None:
        """An instant, in Paris: the sweep, the digests and the letters of then."""
        house = self.house
        self.moment(day, hour, minute)
        if sweeps:
            sweep(house.steering, house.summaries, house.clock, house.holidays)
        queue_letters(house.steering, house.clock.now())
        digests_of(house).prepare()
        if self.goes:
            mailer = Mailer(MailServer(host="127.0.0.1", port=self.server.port, tls="none", timeout=60))
            letters, weigh = Letters("CTG <ctg@gers.example>", "aide@gers.example"), office_of(house).weigh
            deliver_due(house.engine, house.vault, mailer, letters, house.clock.now(), weigh, batch=500)

    def moment(self, day: date, hour: int, minute: int = 0) -> None:
        """An instant, at which nothing is done."""
        self.scene.clock.moment = datetime.combine(day, time(hour, minute), PARIS)
        self.scene.here.today = self.scene.there.today = day

    def to(self, role: str) -> list[EmailMessage]:
        """The letters that somebody got."""
        person = self.house.vault.person(person_of(role))
        assert person is not None
        return [one for one in self.server.received if one["To"].addresses[0].addr_spec == person.email]

    def digests_to(self, role: str) -> list[EmailMessage]:
        """The digests that somebody got."""
        return [one for one in self.to(role) if one["List-Unsubscribe"] is not None]


def facts_in(letter: EmailMessage) -> list[UUID]:
    """The facts that a digest tells of, by their place in the journal."""
    return [UUID(one) for one in re.findall(r"journal\?vers=([0-9a-f-]+)#", said_in(letter))]


def stop_address(letter: EmailMessage) -> str:
    """The address that ends the digests, as a mail program finds it; without the name of the machine."""
    found = re.match(rf"<{BASE}(/[^>]+)>", letter["List-Unsubscribe"])
    assert found is not None
    return found[1]


@contextmanager
def the_server() -> Iterator[PostOffice]:
    """A mail server that got nothing yet."""
    server = PostOffice()
    server.start()
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def mail_room(scene: Scene) -> Iterator[MailRoom]:
    """That of a scene."""
    house = replace(scene.house, settings=scene.house.settings.model_copy(update={"base_url": BASE}))
    with the_server() as server:
        yield MailRoom(replace(scene, house=house, app=create_app(house.services())), house, server)
