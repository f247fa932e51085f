"""What `ctg doctor` says of the names that vouch for our letters, asked of a real name server."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from ipaddress import ip_address

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset
import pytest
from pydantic import ValidationError

from ctg_engine.mail_dns import look_at_mail_names
from ctg_engine.name_server import address_and_port
from ctg_engine.settings import Settings
from tests.cli.conftest import Program


class NameServer:
    """A name server on the loopback, that knows what it is told."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], list[str]] = {}
        self.failing = False
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def says(self, name: str, kind: str, *values: str) -> None:
        self.known[name, kind] = [f'"{one}"' if kind == "TXT" else one for one in values]

    def close(self) -> None:
        self._socket.sendto(b"", ("127.0.0.1", self.port))
        self._thread.join()
        self._socket.close()

    def _run(self) -> None:
        while True:
            asked, whence = self._socket.recvfrom(4096)
            if not asked:
                return
            query = dns.message.from_wire(asked)
            answer = dns.message.make_response(query)
            answer.flags |= dns.flags.RA
            (question,) = query.question
            name, kind = question.name.to_text(omit_final_dot=True), dns.rdatatype.to_text(question.rdtype)
            if self.failing:
                answer.set_rcode(dns.rcode.SERVFAIL)
            elif (name, kind) in self.known:
                answer.answer.append(dns.rrset.from_text(question.name, 60, "IN", kind, *self.known[name, kind]))
            elif name not in [one for one, _ in self.known]:
                answer.set_rcode(dns.rcode.NXDOMAIN)
            self._socket.sendto(answer.to_wire(), whence)


@pytest.fixture
def names() -> Iterator[NameServer]:
    server = NameServer()
    server.says("gers.example", "TXT", "v=spf1 mx include:relais.example -all", "something-else=1")
    server.says("s1._domainkey.gers.example", "TXT", "v=DKIM1; k=rsa; p=MIGfMA0GCSq")
    server.says("_dmarc.gers.example", "TXT", "v=DMARC1; p=quarantine; rua=mailto:dmarc@gers.example")
    server.says("relais.example", "A", "192.0.2.25")
    server.says("25.2.0.192.in-addr.arpa", "PTR", "relais.example.")
    yield server
    server.close()


def settings_of(names: NameServer) -> Settings:
    return Settings(
        smtp_host="relais.example",
        mail_sender="CTG <ctg@gers.example>",
        dns_check=True,
        dns_server=f"127.0.0.1:{names.port}",
        dkim_selector="s1",
    )


def found(names: NameServer) -> dict[str, str]:
    return {one.key: one.level for one in look_at_mail_names(settings_of(names))}


def test_a_domain_that_vouches_for_its_letters_is_well(names: NameServer) -> None:
    assert found(names) == dict.fromkeys(("spf", "dkim", "dmarc", "ptr"), "ok")
    below = settings_of(names).model_copy(update={"mail_sender": "ctg@envoi.gers.example"})
    told = {one.key: one.parameters for one in look_at_mail_names(below)}
    assert told["dmarc"]["name"] == "_dmarc.gers.example", "a domain is under that of its house"


@pytest.mark.parametrize(
    ("name", "kind", "values", "expected"),
    [
        ("gers.example", "TXT", ("nothing of the kind",), ("spf-none", "warning")),
        ("gers.example", "TXT", ("v=spf1 -all", "v=spf1 mx -all"), ("spf-several", "failed")),
        ("gers.example", "TXT", ("v=spf1 +all",), ("spf-anybody", "failed")),
        (
            "gers.example",
            "TXT",
            ("v=spf1 " + " ".join(f"include:n{n}.example" for n in range(11)) + " -all",),
            ("spf-too-long", "failed"),
        ),
        ("s1._domainkey.gers.example", "TXT", (), ("dkim-none", "failed")),
        ("s1._domainkey.gers.example", "TXT", ("v=DKIM1; p=",), ("dkim-revoked", "failed")),
        ("_dmarc.gers.example", "TXT", (), ("dmarc-none", "warning")),
        ("_dmarc.gers.example", "TXT", ("v=DMARC1; p=perhaps",), ("dmarc-broken", "failed")),
        ("_dmarc.gers.example", "TXT", ("v=DMARC1; p=none", "v=DMARC1; p=reject"), ("dmarc-several", "failed")),
        ("25.2.0.192.in-addr.arpa", "PTR", (), ("ptr-none", "warning")),
        ("25.2.0.192.in-addr.arpa", "PTR", ("autre.example.",), ("ptr-other", "warning")),
        ("relais.example", "A", (), ("server-unknown", "failed")),
    ],
)
def test_what_is_missing_is_said(
    names: NameServer, name: str, kind: str, values: tuple[str, ...], expected: tuple[str, str]
) -> None:
    names.says(name, kind, *values)
    if not values:
        del names.known[name, kind]
    key, level = expected
    assert found(names)[key] == level


def test_servers_that_fail_are_said_and_nothing_else_is(names: NameServer, ctg: Program) -> None:
    names.failing = True
    assert found(names) == {"silent": "warning"}
    settings = settings_of(names)
    shown = ctg(
        "doctor", smtp_host="127.0.0.1", smtp_port="1", mail_sender="ctg@gers.example", dns_check="true",
        dns_server=settings.dns_server,
    ).stdout  # fmt: skip
    assert "gers.example" in shown


def test_nobody_is_asked_unless_the_settings_say_so(names: NameServer) -> None:
    assert list(look_at_mail_names(settings_of(names).model_copy(update={"dns_check": False}))) == []


@pytest.mark.parametrize(
    ("server", "asked"),
    [
        ("192.0.2.1", ("192.0.2.1", 53)),
        ("192.0.2.1:5353", ("192.0.2.1", 5353)),
        ("2001:db8::1", ("2001:db8::1", 53)),
        ("[2001:db8::1]", ("2001:db8::1", 53)),
        ("[2001:db8::1]:5353", ("2001:db8::1", 5353)),
        ("2001:db8::1:zz", None),
        ("192.0.2.1:0", None),
        ("192.0.2.1:", None),
        ("[2001:db8::1", None),
        ("ns.gers.example", None),
    ],
)
def test_a_name_server_has_an_address_of_either_kind(server: str, asked: tuple[str, int] | None) -> None:
    if asked is None:
        with pytest.raises(ValidationError):
            Settings(dns_server=server)
    else:
        assert address_and_port(Settings(dns_server=server).dns_server) == asked


@pytest.mark.parametrize(
    ("odd", "key"),
    [
        ({"smtp_host": "192.0.2"}, "server-unknown"),
        ({"smtp_host": "relais..example"}, "server-unknown"),
        ({"smtp_host": f"{'r' * 64}.example"}, "server-unknown"),
        ({"smtp_host": "[2001:DB8::25]"}, "ptr"),
        ({"smtp_host": "fe80::1%eth0"}, "ptr-none"),
        ({"mail_sender": "ctg@gers..example"}, "spf-none"),
        ({"mail_sender": f"ctg@{'g' * 64}.example"}, "spf-none"),
        ({"mail_sender": "ctg@[192.0.2.25]"}, "spf-none"),
    ],
)
def test_what_can_be_no_name_is_a_finding_like_another(names: NameServer, odd: dict[str, str], key: str) -> None:
    reverse = ip_address("2001:db8::25").reverse_pointer
    names.says(reverse, "PTR", "relais.example.")
    names.says("relais.example", "AAAA", "2001:db8::25")
    told = {one.key for one in look_at_mail_names(settings_of(names).model_copy(update=odd))}
    assert key in told
    assert "silent" not in told, "the servers did answer"
