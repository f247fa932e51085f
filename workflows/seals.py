"""How texts and people are sealed: AES-256-GCM, with the subject's id as associated data, so that a sealed text cannot
be moved under another subject.

A subject (a person, or the event that says some texts) has one key, a row of the vault. Each text is sealed under a key
of its own, made of the subject's key and of the text's nonce: one text of an event can be forgotten without the others,
by keeping of the subject's key only what opens these (`without`).
"""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
from collections.abc import Collection
from typing import Final, NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES: Final = 32
"""AES-256."""

NONCE_BYTES: Final = 12
"""The nonce length GCM is defined for; drawn at random for every seal."""

_ENTRY_BYTES: Final = NONCE_BYTES + KEY_BYTES
"""One text of a subject some of whose texts are forgotten: its nonce and its own key."""


class BrokenSeal(ValueError):
    """The sealed bytes are not what was sealed under this subject: altered, moved or cut."""


class Sealed(NamedTuple):
    """What a token says: whose key opens it, and the sealed bytes."""

    subject: UUID
    sealed: bytes

    @property
    def nonce(self) -> bytes:
        """What names a text among those of its subject."""
        return self.sealed[:NONCE_BYTES]


def new_key() -> bytes:
    """A fresh 256-bit key, for one subject only."""
    return secrets.token_bytes(KEY_BYTES)


def seal(plain: bytes, key: bytes, subject: UUID) -> bytes:
    """Seal bytes under a key: the nonce, then the ciphertext."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, subject.bytes)


def unseal(sealed: bytes, key: bytes, subject: UUID) -> bytes:
    """What was sealed. Raises BrokenSeal."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], subject.bytes)
    except (InvalidTag, ValueError) as error:
        raise BrokenSeal(str(subject)) from error


def seal_text(text: str, key: bytes, subject: UUID) -> str:
    """Seal a free text under the key of its subject (the id of the event that carries it).

    The token is self-contained ASCII, `<subject id, 32 hex digits>.<base64url of nonce and ciphertext>`. Sealing the
    same text twice gives two tokens.
    """
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = nonce + AESGCM(_own_key(key, nonce)).encrypt(nonce, text.encode(), subject.bytes)
    return f"{subject.hex}.{base64.urlsafe_b64encode(sealed).decode('ascii')}"


def open_text(token: Sealed, kept: bytes) -> str | None:
    """The text, by what the vault keeps of its subject; None when this text was forgotten. Raises BrokenSeal."""
    key = text_key(token, kept)
    return None if key is None else unseal(token.sealed, key, token.subject).decode()


def text_key(token: Sealed, kept: bytes) -> bytes | None:
    """The own key of a text, by what the vault keeps of its subject; None when it was forgotten."""
    if len(kept) == KEY_BYTES:
        return _own_key(kept, token.nonce)
    for start in range(0, len(kept), _ENTRY_BYTES):
        if kept[start : start + NONCE_BYTES] == token.nonce:
            return kept[start + NONCE_BYTES : start + _ENTRY_BYTES]
    return None


def without(kept: bytes, forgotten: Collection[bytes], others: Collection[Sealed]) -> bytes:
    """What is left to keep of a subject's key when some of its texts, by their nonces, are forgotten; b"" for nothing.

    `others`: every text that was sealed under the subject; what is not among them is forgotten too.
    """
    left = {one.nonce: text_key(one, kept) for one in others if one.nonce not in forgotten}
    return b"".join(nonce + key for nonce, key in sorted(left.items()) if key is not None)


def subject_of(token: str) -> UUID:
    """The subject whose key opens the token. Raises BrokenSeal when it is no token."""
    return parse(token).subject


def parse(token: str) -> Sealed:
    """What a token says. Raises BrokenSeal when it is no token."""
    subject, dot, sealed = token.partition(".")
    try:
        if not dot or len(subject) != 32:
            raise BrokenSeal("not a sealed text")
        return Sealed(UUID(hex=subject), base64.b64decode(sealed.encode("ascii"), altchars=b"-_", validate=True))
    except (binascii.Error, UnicodeEncodeError, ValueError) as error:
        raise BrokenSeal("not a sealed text") from error


def _own_key(key: bytes, nonce: bytes) -> bytes:
    return hmac.digest(key, nonce, "sha256")
