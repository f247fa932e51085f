"""Whether a request comes from this very machine, and from which one it comes."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final
from urllib.parse import urlsplit

from fastapi import Request
from starlette.types import Scope

_OF_A_PROXY: Final = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
"""Headers that somebody between the browser and us has added: the browser may be anywhere."""


def is_loopback(host: str) -> bool:
    """Whether a name or an address is that of the machine itself, in the eyes of the machine itself."""
    try:
        address = ip_address(host.strip("[]"))
    except ValueError:
        return host.lower() == "localhost"
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped.is_loopback
    return address.is_loopback


def asked_from_here(request: Request) -> bool:
    """Whether the browser runs on this machine and asked for an address of it."""
    client = request.client.host if request.client is not None else ""
    proxied = any(name in request.headers for name in _OF_A_PROXY)
    return is_loopback(host_in(f"//{request.headers.get('host', '')}")) and is_loopback(client) and not proxied


def host_in(url: str) -> str:
    """The name or address of the machine that an address names; empty when it names none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # brackets that do not match
        return ""


def network_of(scope: Scope) -> str:
    """The network that a request came from, as far as one household has it: of IPv6 its first half. Empty where it is
    unknown: all of those are counted together."""
    address = address_of(scope)
    if address is None:
        return ""
    return str(ip_network(f"{address}/64", strict=False)) if ":" in address and "." not in address else address


def address_of(scope: Scope) -> str | None:
    """The address that a request came from; None for what is no address, for a proxy repeats what it was told."""
    client = scope.get("client")
    try:
        return str(ip_address(client[0])) if client else None
    except ValueError:
        return None
