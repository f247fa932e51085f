"""The outbox and its letters: each one leaves, whatever the server, the network and the workers do.

What letters say, and whether they are still meant, is tried in `test_letters_weighed_again.py`.
"""

import asyncio
import ipaddress
import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from aiosmtpd.smtp import SMTP
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from sqlalchemy import Engine, select, update

from tests.workflows.post_office import ACCEPTED, PostOffice, said_in
from workflows.delivery.letters import FORGOTTEN, Item, Leaves, Letter, Verdict, Waits
from workflows.delivery.mail import Mailer, MailServer
from workflows.delivery.outbox import NotDead, dead_letters, enqueue, kept, retry_dead
from workflows.delivery.posting import BACK_OFF, CLAIM, MOST_PERHAPS, PERHAPS_DELIVERED, Delivered, deliver_due
from workflows.delivery.writing import Letters
from workflows.people import Person, Vault
from workflows.schema import outbox
from workflows.texts import Texts

SECOND = timedelta(seconds=1)
WORKER = """
import json, sys
from datetime import datetime
from workflows.database import create_database_engine
from workflows.delivery.letters import Item, Leaves
from workflows.delivery.mail import Mailer, MailServer
from workflows.delivery.posting import deliver_due
from workflows.delivery.writing import Letters
from workflows.people import Vault
url, port, now = sys.argv[1:]
engine = create_database_engine(url)
letters = Letters("ctg@gers.example")
mailer = Mailer(MailServer(host="127.0.0.1", port=int(port), tls="none"))
says = Leaves(lambda person, texts: Item("Rappel", ()))
deliver_due(engine, Vault(engine), mailer, letters, datetime.fromisoformat(now), lambda letter, now: says)
"""


def mailer_to(post_office: PostOffice, seconds: float) -> Mailer:
    """What hands letters over to a server, and waits so long for each of its answers."""
    return Mailer(MailServer(host="127.0.0.1", port=post_office.port, tls="none", timeout=seconds))


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    office = PostOffice()
    office.start()
    yield office
    office.stop()


@pytest.fixture
def mailer(post_office: PostOffice) -> Mailer:
    return mailer_to(post_office, 60)


@pytest.fixture
def letters() -> Letters:
    return Letters("CTG du Gers <ctg@gers.example>")


@pytest.fixture
def zoe(vault: Vault) -> UUID:
    return vault.register_person("Zoé d’Artagnan", "zoe@gers.example")


@pytest.fixture
def several(vault: Vault) -> Callable[[int], list[UUID]]:
    """Several people, each with a letterbox."""
    return lambda count: [vault.register_person(f"Ali {one}", f"ali{one}@gers.example") for one in range(count)]


def letter_to(person_id: UUID, kind: str = "reminder") -> Letter:
    """A letter about something of its own."""
    return Letter(
        message_id=uuid4(), person_id=person_id, kind=kind, about_id=uuid4(), within_id=uuid4(), territory_id=uuid4()
    )


def queue(engine: Engine, now: datetime, *people: UUID, kind: str = "reminder") -> list[UUID]:
    """Queue a letter to each of these people."""
    letters = [letter_to(one, kind) for one in people]
    with engine.begin() as connection:
        for letter in letters:
            enqueue(connection, letter, now)
    return [letter.message_id for letter in letters]


def always(letter: Letter, _now: datetime) -> Verdict:
    """Every letter is meant; one of the kind `unwritable` has no words."""

    def says(_person: Person, texts: Texts) -> Item:
        why = "reminder" if letter.kind == "account-reset" else letter.kind
        return Item(texts.t("mail.several.body"), (texts.t(f"mail.why.{why}"),))

    return Leaves(says)


def deliver(
    engine: Engine, vault: Vault, mailer: Mailer, letters: Letters, now: datetime, batch: int = 50
) -> Delivered:
    """A round."""
    return deliver_due(engine, vault, mailer, letters, now, always, batch)


def body_of(letter: EmailMessage) -> str:
    return " ".join(said_in(letter).split())


# --- queueing ---------------------------------------------------------------------------------------------------------


def test_a_letter_queued_twice_is_sent_once(
    engine: Engine, vault: Vault, mailer: Mailer, letters: Letters, post_office: PostOffice, zoe: UUID, now: datetime
) -> None:
    letter = letter_to(zoe)
    with engine.begin() as connection:
        assert enqueue(connection, letter, now)
        assert not enqueue(connection, letter, now)
    assert deliver(engine, vault, mailer, letters, now) == Delivered(sent=1, posted=1)
    with engine.begin() as connection:
        assert not enqueue(connection, letter, now)
    assert deliver(engine, vault, mailer, letters, now + CLAIM) == Delivered()
    assert len(post_office.received) == 1


def test_a_letter_is_queued_with_the_facts_or_not_at_all(
    engine: Engine, vault: Vault, mailer: Mailer, letters: Letters, zoe: UUID, now: datetime
) -> None:
    with engine.connect() as connection, connection.begin() as transaction:
        enqueue(connection, letter_to(zoe), now)
        transaction.rollback()
    assert deliver(engine, vault, mailer, letters, now) == Delivered()


# --- what is written --------------------------------------------------------------------------------------------------


def test_a_letter_has_a_stable_name_and_asks_for_no_answer(
    engine: Engine, vault: Vault, mailer: Mailer, letters: Letters, post_office: PostOffice, zoe: UUID, now: datetime
) -> None:
    (message_id,) = queue(engine, now, zoe)
    deliver(engine, vault, mailer, letters, now)
    (letter,) = post_office.received
    assert letter["To"] == "Zoé d’Artagnan <zoe@gers.example>"
    assert letter["From"] == "CTG du Gers <ctg@gers.example>"
    assert letter["Message-ID"] == f"<{message_id}@gers.example>"
    assert letter["Content-Language"] == "fr"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Date"].datetime == now
    body = body_of(letter)
    assert body.startswith("Bonjour Zoé d’Artagnan,")
    assert "Pourquoi ce message :" in body


def test_everyone_is_written_to_in_their_language(
    engine: Engine, vault: Vault, mailer: Mailer, letters: Letters, post_office: PostOffice, now: datetime
) -> None:
    queue(engine, now, vault.register_person("Ann", "ann@gers.example", "en"))
    deliver(engine, vault, mailer, letters, now)
    (letter,) = post_office.received
    assert letter["Content-Language"] == "en"
    assert "Why this message: this deadline belongs to your role" in body_of(letter)


def test_who_was_left_without_letters_for_days_is_not_flooded_on_the_first_good_one(
    engine: Engine, vault: Vault, mailer: Mailer, letters: Letters, post_office: PostOffice, zoe: UUID, now: datetime
) -> None:
    """Whatever waited for one person leaves as one letter, and again under the same name when it has to be repeated."""
    queued = queue(engine, now - SECOND, zoe, zoe, vault.register_person("Ali", "ali@gers.example"), zoe)
    post_office.at_data, accept = closing, post_office.at_data
    deliver(engine, vault, mailer, letters, now)
    deliver(engine, vault, mailer, letters, now)
    post_office.at_data = accept
    queue(engine, now, zoe)
    later = now + BACK_OFF[0]
    assert deliver(engine, vault, mailer, letters, later) == Delivered(sent=5, posted=3)
    to_zoe = [letter for letter in post_office.received if "zoe@" in letter["To"]]
    (several,) = [letter for letter in to_zoe if letter["Subject"] == "3 points vous attendent"]
    assert several["Message-ID"] in {f"<{one}@gers.example>" for one in queued}
    assert body_of(several).count("Pourquoi ce message :") == 3


def test_a_letter_that_cannot_be_written_does_not_hold_the_others_back(
    engine: Engine, vault: Vault, mailer: Mailer, letters: Letters, post_office: PostOffice, zoe: UUID, now: datetime
) -> None:
    queue(engine, now - SECOND, zoe, kind="unwritable")
    queue(engine, now, zoe)
    assert deliver(engine, vault, mailer, letters, now) == Delivered(sent=1, posted=1, delayed=1)
    assert len(post_office.received) == 1


# --- servers that misbehave -------------------------------------------------------------------------------------------


def test_a_letter_put_off_is_tried_again_later_each_time_then_given_up(
    engine: Engine, vault: Vault, mailer: Mailer, letters: Letters, post_office: PostOffice, zoe: UUID, now: datetime
) -> None:
    post_office.at_recipient = lambda address: f"450 4.2.0 <{address}> greylisted"
    (message_id,) = queue(engine, now, zoe)
    for wait in BACK_OFF:
        assert deliver(engine, vault, mailer, letters, now) == Delivered(delayed=1)
        assert dead_letters(engine) == []
        assert deliver(engine, vault, mailer, letters, now + wait - SECOND) == Delivered()
        now += wait
    assert deliver(engine, vault, mailer, letters, now) == Delivered(dead=1)
    (dead,) = dead_letters(engine)
    assert (dead.message_id, dead.person_id, dead.kind) == (message_id, zoe, "reminder")
    assert (dead.attempts, dead.why, dead.since) == (len(BACK_OFF) + 1, "smtp-450", now)
    assert deliver(engine, vault, mailer, letters, now + timedelta(days=400)) == Delivered()


def test_a_letter_put_off_once_arrives(
    engine: Engine, vault: Vault, mailer: Mailer, letters: Letters, post_office: PostOffice, zoe: UUID, now: datetime
) -> None:
    async def busy(_server: SMTP) -> str:
        return "452 4.3.1 disk full"

    post_office.at_data, accept = busy, post_office.at_data
    queue(engine, now, zoe)
    assert deliver(engine, vault, mailer, letters, now) == Delivered(delayed=1)
    post_office.at_data = accept
    assert deliver(engine, vault, mailer, letters, now + BACK_OFF[0]) == Delivered(sent=1, posted=1)
    assert dead_letters(engine) == []


def test_what_is_said_later_does_not_arrive_before_what_was_put_off(
    engine: Engine, vault: Vault, mailer: Mailer, letters: Letters, post_office: PostOffice, zoe: UUID, now: datetime
) -> None:
    ali = vault.register_person("Ali", "ali@gers.example")
    post_office.at_recipient = lambda address: "450 4.2.0 greylisted" if "zoe" in address else ACCEPTED
    (first,) = queue(engine, now, zoe)
    assert deliver(engine, vault, mailer, letters, now) == Delivered(delayed=1)
    (second,) = queue(engine, now + SECOND, zoe)
    queue(engine, now + SECOND, ali)
    assert deliver(engine, vault, mailer, letters, now + SECOND) == Delivered(sent=1, posted=1), "nobody else waits"
    post_office.received.clear()
    queue(engine, now + 2 * SECOND, zoe, kind="account-reset")
    post_office.at_recipient = lambda address: ACCEPTED
    assert deliver(engine, vault, mailer, letters, now + 2 * SECOND) == Delivered(sent=1, posted=1), "a link does not"
    assert deliver(engine, vault, mailer, letters, now + BACK_OFF[0]) == Delivered(sent=2, posted=2)
    arrived = [str(one["Message-ID"]) for one in post_office.received]
    assert [str(first) in arrived[1], str(second) in arrived[2]] == [True, True]


def test_what_is_said_later_does_not_overtake_what_a_worker_whose_clock_is_ahead_has_in_hand(
    engine: Engine, vault: Vault, mailer: Mailer, letters: Letters, post_office: PostOffice, zoe: UUID, now: datetime
) -> None:
    queue(engine, now, zoe)
    others: list[Delivered] = []

    def meanwhile() -> None:
        queue(engine, now + SECOND, zoe)
        others.append(deliver(engine, vault, mailer, letters, now + 2 * SECOND))

    async def slow(_server: SMTP) -> str:
        post_office.at_data = accept
        await asyncio.get_running_loop().run_in_executor(None, meanwhile)
        return ACCEPTED

    post_office.at_data, accept = slow, post_office.at_data
    assert deliver(engine, vault, mailer, letters, now + timedelta(minutes=1)).sent == 2
    assert others == [Delivered()]


def test_what_was_put_off_and_then_waits_for_the_morning_is_still_read_first(
    engine: Engine, vault: Vault, mailer: Mailer, letters: Letters, post_office: PostOffice, zoe: UUID, now: datetime
) -> None:
    post_office.at_recipient = lambda _: "451 4.7.1 later"
    (first,) = queue(engine, now, zoe)
    deliver(engine, vault, mailer, letters, now)
    post_office.at_recipient = lambda _: ACCEPTED
    morning = now + timedelta(hours=12)

    def not_at_night(letter: Letter, when: datetime) -> Verdict:
        return Waits(morning) if letter.message_id == first and when < morning else always(letter, when)

    night = now + timedelta(minutes=2)
    assert deliver_due(engine, vault, mailer, letters, night, not_at_night).waiting == 1
    assert [one.why for one in kept(engine, "waiting")] == ["smtp-451"], "and why it was put off is still told"
    queue(engine, night, zoe)
    assert deliver_due(engine, vault, mailer, letters, night, not_at_night).sent == 0
    assert deliver_due(engine, vault, mailer, letters, morning, not_at_night).sent == 2


def test_a_refused_address_is_given_up_at_once_and_holds_nobody_back(
    engine: Engine, vault: Vault, mailer: Mailer, letters: Letters, post_office: PostOffice, zoe: UUID, now: datetime
) -> None:
    post_office.at_recipient = lambda address: ACCEPTED if "zoe" in address else f"550 5.1.1 no <{address}> here"
    gone = vault.register_person("Ali", "ali@gers.example")
    queue(engine, now - SECOND, gone)
    queue(engine, now, zoe)
    assert deliver(engine, vault, mailer, letters, now) == Delivered(sent=1, posted=1, dead=1)
    assert [(dead.person_id, dead.why) for dead in dead_letters(engine)] == [(gone, "smtp-550")]
    assert post_office.connections == 1


def test_a_dead_letter_is_sent_again_when_somebody_asks(
    engine: Engine, vault: Vault, mailer: Mailer, letters: Letters, post_office: PostOffice, zoe: UUID, now: datetime
) -> None:
    post_office.at_recipient = lambda address: "550 5.1.1 no such user"
    (message_id,) = queue(engine, now, zoe)
    deliver(engine, vault, mailer, letters, now)
    post_office.at_recipient = lambda address: ACCEPTED
    later = now + timedelta(days=3)
    retry_dead(engine, message_id, later)
    assert dead_letters(engine) == []
    with pytest.raises(NotDead):
        retry_dead(engine, message_id, later)
    assert deliver(engine, vault, mailer, letters, later) == Delivered(sent=1, posted=1)


def test_what_a_server_answers_is_not_kept_with_the_address_in_it(
    engine: Engine,
    vault: Vault,
    mailer: Mailer,
    letters: Letters,
    post_office: PostOffice,
    zoe: UUID,
    now: datetime,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO", logger="workflows")
    post_office.at_recipient = lambda address: f"450 4.2.0 <{address}> greylisted"
    queue(engine, now, zoe)
    queue(engine, now, zoe, kind="unwritable")
    deliver(engine, vault, mailer, letters, now)
    with engine.connect() as connection:
        kept = repr(connection.execute(select(outbox)).all())
    assert "smtp-450" in kept
    assert "cannot be written" in caplog.text
    assert "zoe@" not in kept + caplog.text
    assert "Artagnan" not in kept + caplog.text


def drop(server: SMTP) -> str:
    server.transport.abort()  # type: ignore[union-attr]
    return "451 never said"


async def dropped(server: SMTP) -> str:
    return drop(server)


async def hanging(_server: SMTP) -> str:
    await asyncio.sleep(60)
    return ACCEPTED


def impatient(post_office: PostOffice) -> Mailer:
    """Long enough for a server that answers, short for one that does not."""
    return mailer_to(post_office, 1)


async def closing(_server: SMTP) -> str:
    return "421 4.3.2 shutting down"


@pytest.mark.parametrize(
    ("behaviour", "error"), [(dropped, PERHAPS_DELIVERED), (hanging, PERHAPS_DELIVERED), (closing, "smtp-421")]
)
def test_a_failing_server_ends_the_round_and_costs_the_other_letters_nothing(
    engine: Engine,
    vault: Vault,
    mailer: Mailer,
    letters: Letters,
    post_office: PostOffice,
    several: Callable[[int], list[UUID]],
    now: datetime,
    behaviour: object,
    error: str,
) -> None:
    first = impatient(post_office) if behaviour is hanging else mailer
    post_office.at_data, accept = behaviour, post_office.at_data  # type: ignore[assignment]
    queue(engine, now, *several(3))
    assert deliver(engine, vault, first, letters, now) == Delivered(delayed=1)
    with engine.connect() as connection:
        rows = connection.execute(select(outbox.c.attempts, outbox.c.last_error)).all()
    assert sorted(tuple(row) for row in rows if row[0]) == [(1, error)]
    post_office.at_data = accept
    assert deliver(engine, vault, mailer, letters, now) == Delivered(sent=2, posted=2)
    assert deliver(engine, vault, mailer, letters, now + BACK_OFF[0]) == Delivered(sent=1, posted=1)


@pytest.mark.parametrize("behaviour", [dropped, hanging])
def test_a_server_that_hangs_up_after_the_last_dot_may_give_a_letter_three_times_never_more(
    engine: Engine,
    vault: Vault,
    mailer: Mailer,
    letters: Letters,
    post_office: PostOffice,
    zoe: UUID,
    now: datetime,
    behaviour: Callable[[SMTP], Awaitable[str]],
) -> None:
    """It may have taken the letter: it is handed over again under its name, then somebody looks."""
    first = impatient(post_office) if behaviour is hanging else mailer
    taken: list[str] = []

    async def keeps_it(server: SMTP) -> str:
        assert server.envelope is not None
        said = (server.envelope.original_content or b"").decode()
        taken.extend(line for line in said.splitlines() if line.startswith("Message-ID"))
        return await behaviour(server)

    post_office.at_data, accept = keeps_it, post_office.at_data
    (message_id,) = queue(engine, now, zoe)
    for wait in BACK_OFF[: MOST_PERHAPS - 1]:
        assert deliver(engine, vault, first, letters, now) == Delivered(delayed=1)
        now += wait
    assert deliver(engine, vault, first, letters, now) == Delivered(dead=1)
    assert taken == [f"Message-ID: <{message_id}@gers.example>"] * MOST_PERHAPS
    assert [dead.why for dead in dead_letters(engine)] == [PERHAPS_DELIVERED]
    post_office.at_data = accept
    retry_dead(engine, message_id, now)
    assert deliver(engine, vault, mailer, letters, now) == Delivered(sent=1, posted=1)


def test_a_server_that_hangs_up_before_the_letter_was_whole_has_not_taken_it(
    engine: Engine, vault: Vault, letters: Letters, zoe: UUID, now: datetime
) -> None:
    """It is tried as often as any other: no copy can have arrived."""

    def converse(counter: socket.socket) -> None:
        for _ in range(MOST_PERHAPS):
            line, _ = counter.accept()
            with line, line.makefile("rwb", buffering=0) as said:
                said.write(b"220 poste.example\r\n")
                while not said.readline().lower().startswith(b"rcpt"):
                    said.write(b"250 OK\r\n")

    with socket.create_server(("127.0.0.1", 0)) as counter:
        threading.Thread(target=converse, args=(counter,), daemon=True).start()
        mailer = Mailer(MailServer(host="127.0.0.1", port=counter.getsockname()[1], tls="none"))
        queue(engine, now, zoe)
        for wait in BACK_OFF[:MOST_PERHAPS]:
            assert deliver(engine, vault, mailer, letters, now) == Delivered(delayed=1)
            now += wait
    assert [one.why for one in kept(engine, "waiting")] == ["disconnected"]


def test_a_server_that_does_not_like_our_name_refuses_no_letter(
    engine: Engine,
    vault: Vault,
    mailer: Mailer,
    letters: Letters,
    post_office: PostOffice,
    several: Callable[[int], list[UUID]],
    now: datetime,
) -> None:
    queue(engine, now, *several(2))
    post_office.at_greeting = lambda: "550 5.7.1 your name is not accepted here"
    assert deliver(engine, vault, mailer, letters, now) == Delivered(delayed=1)
    assert dead_letters(engine) == []
    post_office.at_greeting = lambda: None
    later = now + BACK_OFF[0]
    assert deliver(engine, vault, mailer, letters, later) == Delivered(sent=2, posted=2)


def test_nobody_answering_is_a_failing_server(
    engine: Engine, vault: Vault, letters: Letters, several: Callable[[int], list[UUID]], now: datetime
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    queue(engine, now, *several(2))
    mailer = Mailer(MailServer(host="127.0.0.1", port=port, tls="none"))
    assert deliver(engine, vault, mailer, letters, now) == Delivered(delayed=1)


def test_a_refused_sender_is_our_fault_not_the_letters(
    engine: Engine, vault: Vault, letters: Letters, several: Callable[[int], list[UUID]], now: datetime
) -> None:
    office = PostOffice(login=("ctg", "secret"))  # and we come without one
    office.start()
    try:
        mailer = Mailer(MailServer(host="127.0.0.1", port=office.port, tls="none"))
        queue(engine, now, *several(2))
        assert deliver(engine, vault, mailer, letters, now) == Delivered(delayed=1)
    finally:
        office.stop()


def test_with_nothing_due_the_server_is_left_alone(
    engine: Engine, vault: Vault, mailer: Mailer, letters: Letters, post_office: PostOffice, zoe: UUID, now: datetime
) -> None:
    queue(engine, now + SECOND, zoe)
    assert deliver(engine, vault, mailer, letters, now) == Delivered()
    assert post_office.connections == 0


def test_a_round_takes_no_more_than_its_batch_longest_due_first(
    engine: Engine,
    vault: Vault,
    mailer: Mailer,
    letters: Letters,
    post_office: PostOffice,
    several: Callable[[int], list[UUID]],
    now: datetime,
) -> None:
    late = queue(engine, now - SECOND, *several(2))
    queue(engine, now, *several(2))
    assert deliver(engine, vault, mailer, letters, now, batch=2) == Delivered(sent=2, posted=2)
    assert {letter["Message-ID"] for letter in post_office.received} == {f"<{each}@gers.example>" for each in late}


# --- TLS and login ----------------------------------------------------------------------------------------------------


def certificate(directory: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate for 127.0.0.1 that is its own authority, and a server's context with it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "poste.example")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, private = directory / "cert.pem", directory / "key.pem"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(public, private)
    return public, context


@pytest.mark.parametrize(
    ("password", "trusted", "delivered", "error"),
    [
        ("secret", True, Delivered(sent=1, posted=1), None),
        ("wrong", True, Delivered(delayed=1), "authentication"),
        ("secret", False, Delivered(delayed=1), "tls"),
    ],
)
def test_the_password_is_given_over_tls_to_a_server_one_trusts(
    engine: Engine,
    vault: Vault,
    letters: Letters,
    zoe: UUID,
    now: datetime,
    tmp_path: Path,
    password: str,
    trusted: bool,
    delivered: Delivered,
    error: str | None,
) -> None:
    authority, context = certificate(tmp_path)
    office = PostOffice(context, ("ctg", "secret"))
    office.start()
    try:
        server = MailServer(
            host="127.0.0.1",
            port=office.port,
            tls="starttls",
            user="ctg",
            password=password,
            ca_file=str(authority) if trusted else None,
        )
        queue(engine, now, zoe)
        assert deliver(engine, vault, Mailer(server), letters, now) == delivered
    finally:
        office.stop()
    with engine.connect() as connection:
        assert connection.execute(select(outbox.c.last_error)).scalar_one() == error
    assert len(office.received) == delivered.sent
    assert password not in repr(server)


def test_a_server_that_offers_no_tls_is_given_nothing(
    engine: Engine, vault: Vault, letters: Letters, post_office: PostOffice, zoe: UUID, now: datetime
) -> None:
    queue(engine, now, zoe)
    mailer = Mailer(MailServer(host="127.0.0.1", port=post_office.port, tls="starttls", user="ctg", password="secret"))
    assert deliver(engine, vault, mailer, letters, now) == Delivered(delayed=1)
    assert post_office.received == []


def test_no_password_is_sent_in_the_clear() -> None:
    with pytest.raises(ValueError, match="TLS"):
        MailServer(host="127.0.0.1", port=25, tls="none", user="ctg", password="secret")


# --- people who were forgotten ----------------------------------------------------------------------------------------


def test_a_letter_to_a_forgotten_person_is_withdrawn_and_nobody_is_bothered(
    engine: Engine, vault: Vault, mailer: Mailer, letters: Letters, post_office: PostOffice, zoe: UUID, now: datetime
) -> None:
    (message_id,) = queue(engine, now, zoe)
    vault.forget_person(zoe)
    assert deliver(engine, vault, mailer, letters, now) == Delivered(withdrawn=1)
    assert deliver(engine, vault, mailer, letters, now + timedelta(days=9)) == Delivered()
    assert post_office.connections == 0
    assert dead_letters(engine) == []
    assert [(one.why, one.since) for one in kept(engine, "withdrawn")] == [(FORGOTTEN, now)]
    with pytest.raises(NotDead):
        retry_dead(engine, message_id, now)


# --- several workers, and workers that die ----------------------------------------------------------------------------


def test_two_workers_at_once_send_each_letter_once(
    engine: Engine,
    vault: Vault,
    mailer: Mailer,
    letters: Letters,
    post_office: PostOffice,
    several: Callable[[int], list[UUID]],
    now: datetime,
) -> None:
    """However late one of them comes: the server takes no letter before both have handed one over."""
    ids = queue(engine, now, *several(40))
    start, both_came = threading.Barrier(2), asyncio.Event()
    done: list[Delivered] = []
    came: set[SMTP] = set()
    accept = post_office.at_data

    async def once_both_came(server: SMTP) -> str:
        came.add(server)
        if len(came) == 2:
            both_came.set()
        await both_came.wait()
        return await accept(server)

    post_office.at_data = once_both_came

    def work() -> None:
        start.wait()
        done.append(deliver(engine, vault, mailer, letters, now, batch=100))

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(str(letter["Message-ID"]) for letter in post_office.received) == sorted(
        f"<{message_id}@gers.example>" for message_id in ids
    )
    assert sum(each.sent for each in done) == 40
    assert all(each.sent for each in done)


def test_a_worker_killed_after_sending_sends_again_under_the_same_id(
    engine: Engine, vault: Vault, mailer: Mailer, letters: Letters, post_office: PostOffice, zoe: UUID, now: datetime
) -> None:
    (message_id,) = queue(engine, now, zoe)
    url = engine.url.render_as_string(hide_password=False)
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, url, str(post_office.port), now.isoformat()], cwd=Path(__file__).parents[2]
    )

    async def kill_the_worker(_server: SMTP) -> str:
        os.kill(worker.pid, signal.SIGKILL)
        return ACCEPTED

    post_office.at_data, accept = kill_the_worker, post_office.at_data
    assert worker.wait(240) == -signal.SIGKILL
    post_office.at_data = accept
    assert deliver(engine, vault, mailer, letters, now + CLAIM - SECOND) == Delivered()
    assert deliver(engine, vault, mailer, letters, now + CLAIM) == Delivered(sent=1, posted=1)
    assert [letter["Message-ID"] for letter in post_office.received] == [f"<{message_id}@gers.example>"] * 2


def test_a_letter_that_kills_every_worker_is_given_up(
    engine: Engine, vault: Vault, mailer: Mailer, letters: Letters, zoe: UUID, now: datetime
) -> None:
    queue(engine, now, zoe)
    with engine.begin() as connection:
        connection.execute(update(outbox).values(attempts=len(BACK_OFF) + 1))  # all of them claims that lapsed
    assert deliver(engine, vault, mailer, letters, now) == Delivered(dead=1)
    assert [dead.why for dead in dead_letters(engine)] == ["interrupted"]


def test_a_worker_that_comes_back_too_late_does_not_undo_what_another_recorded(
    engine: Engine, vault: Vault, mailer: Mailer, letters: Letters, post_office: PostOffice, zoe: UUID, now: datetime
) -> None:
    queue(engine, now, zoe)
    calls: list[Delivered] = []

    async def slow_then_refused(_server: SMTP) -> str:
        post_office.at_data = accept
        # Meanwhile the claim lapses and another worker delivers.
        calls.append(
            await asyncio.get_running_loop().run_in_executor(
                None, lambda: deliver(engine, vault, mailer, letters, now + CLAIM)
            )
        )
        return "554 5.7.1 refused"

    post_office.at_data, accept = slow_then_refused, post_office.at_data
    deliver(engine, vault, mailer, letters, now)
    assert calls == [Delivered(sent=1, posted=1)]
    assert dead_letters(engine) == []
    with engine.connect() as connection:
        row = connection.execute(select(outbox)).mappings().one()
    assert row["sent_at"] is not None
