"""What the name servers say of the domain that letters come from: large mail houses refuse or hide what is not vouched
for there (SPF, DKIM, DMARC), or comes from a machine whose address has no name (PTR).

Looked at where the settings ask for it: an instance may have no way to the name servers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.utils import parseaddr
from ipaddress import ip_address
from typing import Final

import dns.exception
import dns.name
import dns.resolver
from dns.rdatatype import AAAA, PTR, TXT, A, RdataType

from ctg_engine.findings import Finding, failed, ok, warning
from ctg_engine.name_server import address_and_port
from ctg_engine.settings import Settings

_SECONDS: Final = 5.0
_MOST_LOOKUPS: Final = 10
"""Names that whoever receives a letter looks up for SPF, at most (RFC 7208, 4.6.4)."""

_LOOKUP: Final = re.compile(r"^[+?~-]?(?:include:|a$|a[:/]|mx$|mx[:/]|ptr$|ptr:|exists:)|^redirect=")


class _NoAnswer(Exception):
    """The name servers said nothing that can be used."""


class _Names:
    """Asks the name server of the settings, or those of the machine."""

    def __init__(self, settings: Settings) -> None:
        if settings.dns_server:
            address, port = address_and_port(settings.dns_server)
            self._resolver = dns.resolver.Resolver(configure=False)
            self._resolver.nameservers = [address]
            self._resolver.port = port
        else:
            self._resolver = dns.resolver.Resolver()

    def ask(self, name: str, kind: RdataType) -> list[str]:
        """What is said under a name; nothing where there is nothing, or can be nothing. Raises `_NoAnswer`."""
        try:
            asked = dns.name.from_text(name)
        except (dns.exception.DNSException, ValueError):  # an empty label, one too long: nothing has such a name
            return []
        try:
            said = self._resolver.resolve(asked, kind, lifetime=_SECONDS, search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except (dns.exception.DNSException, OSError, ValueError) as error:
            raise _NoAnswer(type(error).__name__) from None
        if kind == TXT:
            return [b"".join(one.strings).decode(errors="replace") for one in said]
        return [one.to_text() for one in said]


def look_at_mail_names(settings: Settings) -> Iterator[Finding]:
    """What is missing for letters to be believed, and what to have written in the names of the domain."""
    if not settings.dns_check or not settings.smtp_host:
        return
    domain = parseaddr(settings.mail_sender)[1].rpartition("@")[2]
    try:
        names = _Names(settings)
        yield from _spf(names, domain)
        yield from _dkim(names, domain, settings.dkim_selector)
        yield from _dmarc(names, domain)
        if settings.dns_server:
            yield from _ptr(names, settings.smtp_host)
    except (_NoAnswer, dns.resolver.NoResolverConfiguration) as silent:
        yield warning("mail-names", "silent", domain=domain, code=str(silent) or type(silent).__name__)


def _spf(names: _Names, domain: str) -> Iterator[Finding]:
    found = [one for one in names.ask(domain, TXT) if one.lower().split(" ")[0] == "v=spf1"]
    if not found:
        yield warning("mail-names", "spf-none", domain=domain)
    elif len(found) > 1:
        yield failed("mail-names", "spf-several", domain=domain, count=str(len(found)))
    else:
        terms = found[0].lower().split()[1:]
        if "+all" in terms or "all" in terms:
            yield failed("mail-names", "spf-anybody", domain=domain)
        elif sum(bool(_LOOKUP.match(one)) for one in terms) > _MOST_LOOKUPS:
            yield failed("mail-names", "spf-too-long", domain=domain)
        else:
            yield ok("mail-names", "spf", domain=domain)


def _dkim(names: _Names, domain: str, selector: str) -> Iterator[Finding]:
    if not selector:
        return
    where = f"{selector}._domainkey.{domain}"
    found = [_tags(one) for one in names.ask(where, TXT)]
    keys = [one["p"] for one in found if "p" in one]
    if not keys:
        yield failed("mail-names", "dkim-none", name=where)
    elif not keys[0]:
        yield failed("mail-names", "dkim-revoked", name=where)
    else:
        yield ok("mail-names", "dkim", name=where)


def _dmarc(names: _Names, domain: str) -> Iterator[Finding]:
    labels = domain.split(".")
    for start in range(max(1, len(labels) - 1)):  # a domain without one is under that of its house
        where = "_dmarc." + ".".join(labels[start:])
        found = [one for one in names.ask(where, TXT) if one.lower().startswith("v=dmarc1")]
        if len(found) > 1:
            yield failed("mail-names", "dmarc-several", name=where)
            return
        if found:
            policy = _tags(found[0]).get("p", "").lower()
            if policy not in ("none", "quarantine", "reject"):
                yield failed("mail-names", "dmarc-broken", name=where)
            else:
                yield ok("mail-names", "dmarc", name=where, policy=policy)
            return
    yield warning("mail-names", "dmarc-none", domain=domain)


def _ptr(names: _Names, host: str) -> Iterator[Finding]:
    own = _address(host)
    addresses = [own] if own is not None else [*names.ask(host, A), *names.ask(host, AAAA)]
    if not addresses:
        yield failed("mail-names", "server-unknown", host=host)
    for address in addresses:
        called = names.ask(ip_address(address).reverse_pointer, PTR)
        if not called:
            yield warning("mail-names", "ptr-none", host=host, address=address)
        elif not any(address in (*names.ask(one, A), *names.ask(one, AAAA)) for one in called):
            yield warning("mail-names", "ptr-other", host=host, address=address, name=called[0].rstrip("."))
        else:
            yield ok("mail-names", "ptr", address=address, name=called[0].rstrip("."))


def _address(host: str) -> str | None:
    """A mail server that the settings give by its address, as name servers write it; None where they give a name."""
    try:
        return str(ip_address(host.strip("[]").partition("%")[0]))
    except ValueError:
        return None


def _tags(text: str) -> dict[str, str]:
    """`v=DKIM1; p=…` as its parts."""
    pairs = (one.partition("=") for one in text.split(";"))
    return {name.strip().lower(): value.strip() for name, _, value in pairs if name.strip()}
