"""Letters of an instance: from the log to the outbox and, where there is a mail server, to the people."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from api.digests import WorkComposer
from api.letters import PageDoors
from ctg_engine.bootstrap import House
from ctg_engine.scheduled_backups import failing_slot
from ctg_engine.settings import Settings
from domain.kernel import RoleHeld
from domain.roles import ADMINISTRATOR
from workflows.answering import Answering
from workflows.delivery.about_accounts import PATHS, AccountLinks
from workflows.delivery.about_acts import ActsByLink
from workflows.delivery.about_backups import BackupLetters
from workflows.delivery.about_contestations import Contestations
from workflows.delivery.about_corrections import Corrections
from workflows.delivery.about_meetings import Invitations
from workflows.delivery.digests import Digests, day_of
from workflows.delivery.hours import SendingHours
from workflows.delivery.invitations import Organizer
from workflows.delivery.mail import Mailer, MailServer
from workflows.delivery.office import Office
from workflows.delivery.posting import deliver_due
from workflows.delivery.queueing import queue_letters
from workflows.delivery.reminders import Reminders
from workflows.delivery.writing import Letters
from workflows.links import Purpose


def mail_server_of(settings: Settings) -> MailServer | None:
    """The mail server of the settings, None when there is none: letters then wait in the outbox."""
    if not settings.smtp_host:
        return None
    return MailServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        tls=settings.smtp_tls,
        user=settings.smtp_user or None,
        password=settings.smtp_password.get_secret_value() or None,
    )


def office_of(house: House) -> Office:
    """Who weighs the letters of a house before they leave."""

    def roles_of(person_id: UUID) -> tuple[RoleHeld, ...]:
        roles = house.roles_of(person_id, house.clock.today())
        administers = person_id in house.accounts.administrators()
        return (*roles, RoleHeld(ADMINISTRATOR)) if administers else roles

    def address_of(account_id: UUID, purpose: Purpose) -> str:
        token = house.links.make(account_id, purpose, house.clock.now())
        return f"{house.settings.public_url}{PATHS[purpose]}/{token}"

    doors = PageDoors(
        house.settings.public_url,
        roles_of,
        steering=house.steering,
        reader=house.reader,
        vault=house.vault,
        links=house.act_links,
        clock=house.clock,
        files=house.files,
    )
    by_link = ActsByLink(
        links=house.act_links,
        answering=Answering(house.steering, house.reader, house.holidays),
        vault=house.vault,
        doors=doors,
        address_of=doors.asked,
    )
    reminders = Reminders(
        steering=house.steering, reader=house.reader, vault=house.vault, holidays=house.holidays, doors=doors
    )
    first, last = house.settings.sending_hours
    return Office(
        steering=house.steering,
        hours=SendingHours(first, last, house.holidays),
        families=(
            reminders,
            Corrections(steering=house.steering, doors=doors),
            Contestations(steering=house.steering, doors=doors),
            Invitations(
                steering=house.steering,
                reader=house.reader,
                vault=house.vault,
                doors=doors,
                organizer=Organizer(house.settings.mail_reply_to or house.settings.mail_sender),
            ),
            by_link,
            AccountLinks(accounts=house.accounts, address_of=address_of),
            BackupLetters(accounts=house.accounts, failing=lambda: failing_slot(house.engine)),
            digests_of(house),
        ),
        told_today=lambda person_id, now: house.digests.told_between(person_id, *day_of(now)),
    )


def digests_of(house: House) -> Digests:
    """Who makes the digests of a house."""
    return Digests(
        steering=house.steering,
        vault=house.vault,
        desk=house.digests,
        composer=WorkComposer(house.services()),
        clock=house.clock,
        base_url=house.settings.public_url,
    )


def posting(house: House, follows: Callable[[], bool] = lambda: True) -> Callable[[], None]:
    """What the jobs do with letters, again and again; only who `follows` the log looks for new ones."""
    server = mail_server_of(house.settings)
    office, letters = office_of(house), Letters(house.settings.mail_sender, house.settings.mail_reply_to)

    def post() -> None:
        if follows():
            queue_letters(house.steering, house.clock.now())
        # The people of a demonstration are invented: nobody is to be written to.
        if server is not None and not house.is_demonstration:
            deliver_due(house.engine, house.vault, Mailer(server), letters, house.clock.now(), office.weigh)

    return post


def digesting(house: House) -> Callable[[], object]:
    """What the jobs do about digests; nothing in a demonstration, whose people are invented."""
    digests = digests_of(house)
    return digests.prepare if not house.is_demonstration else lambda: None
