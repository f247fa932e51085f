"""What a password must be, and how it is read.

CNIL (deliberation 2022-100) asks 50 bits where wrong tries are slowed down, as `workflows.accounts` does; ANSSI
(authentication by passwords, 2021) asks for length rather than composition, no date of expiry, and the refusal of
passwords that are known or hold the login. Guesses are counted by zxcvbn, whose lists are in the package: nothing is
asked of anybody elsewhere.
"""

from __future__ import annotations

import base64
import re
import secrets
import unicodedata
from enum import StrEnum
from typing import Final

from argon2 import PasswordHasher
from zxcvbn import zxcvbn

PASSWORD_MINIMUM: Final = 12
"""Characters. Length is asked for, composition is not."""

PASSWORD_MAXIMUM: Final = 256
"""Characters; more would only give strangers work to send us."""

HARD_ENOUGH: Final = 3
"""Of zxcvbn's scores, 0 to 4: the first beyond the reach of somebody who guesses here (a hundred million tries)."""

_LOOKED_AT: Final = 48
"""Characters whose guesses are counted: what follows makes a password no easier, and counting takes long."""


class Weakness(StrEnum):
    """What is wrong with a password."""

    LENGTH = "length"
    COMMON = "common"
    """Known, repeated, a row of the keyboard, or made of the login."""


class WeakPassword(ValueError):
    """The password is too short, too long, or among the first that somebody would try."""

    def __init__(self, weakness: Weakness) -> None:
        super().__init__(weakness.value)
        self.weakness = weakness


def refuse_weak(password: str, login: str) -> None:
    """Raise `WeakPassword` for what is no password for this login."""
    read = normal(password)
    if not PASSWORD_MINIMUM <= len(read) <= PASSWORD_MAXIMUM:
        raise WeakPassword(Weakness.LENGTH)
    known = [login, *filter(None, re.split(r"\W+", login))]
    guessed = zxcvbn(read[:_LOOKED_AT], user_inputs=known, max_length=_LOOKED_AT)
    if guessed["score"] < HARD_ENOUGH:
        raise WeakPassword(Weakness.COMMON)


def normal(text: str) -> str:
    """The same accent may be typed as one character or two, depending on the keyboard."""
    return unicodedata.normalize("NFKC", text)


def typed(password: str) -> bytes:
    """What is hashed. Cut, not refused, so that an over-long guess takes as long as any other; a lone surrogate is only
    a wrong guess.
    """
    return normal(password)[: PASSWORD_MAXIMUM + 1].encode(errors="surrogatepass")


def hash_of_nothing(hasher: PasswordHasher) -> str:
    """As costly to verify as a real hash of this hasher, and the hash of no known password."""
    salt, digest = (
        base64.b64encode(secrets.token_bytes(length)).decode().rstrip("=")
        for length in (hasher.salt_len, hasher.hash_len)
    )
    cost = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2{hasher.type.name.lower()}$v=19${cost}${salt}${digest}"
