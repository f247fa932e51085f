"""What is kept of a secret that was drawn by chance: its sha256, so that a copy of the database opens nothing."""

from __future__ import annotations

import hashlib
import hmac


def kept_of(secret: str) -> str:
    """What is kept of a secret, by which it is found or recognised."""
    # No salt and no slow hash: there is nothing to guess in it.
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()


def is_secret(kept: str, secret: str) -> bool:
    """Whether a secret is the one of which this is kept, found in constant time."""
    return hmac.compare_digest(kept, kept_of(secret))
