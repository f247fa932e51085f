"""A name server as a setting says it: `192.0.2.1`, `192.0.2.1:5353`, `2001:db8::1` or `[2001:db8::1]:5353`."""

from __future__ import annotations

from contextlib import suppress
from ipaddress import ip_address
from typing import Final

_PORT: Final = 53


def address_and_port(server: str) -> tuple[str, int]:
    """The two parts. Raises ValueError for what is not an address, or a port."""
    with suppress(ValueError):
        return _bare(server), _PORT
    address, _, port = server.rpartition(":")
    if ":" in address and not address.startswith("["):
        raise ValueError("the address is to stand between brackets")
    if not port.isdecimal() or not 1 <= int(port) <= 65535:
        raise ValueError("not a port")
    return _bare(address), int(port)


def _bare(address: str) -> str:
    within = address[1:-1] if address.startswith("[") and address.endswith("]") else address
    return str(ip_address(within))
