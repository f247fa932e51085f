"""Where one-time links lead."""

from __future__ import annotations

from typing import Final

ANSWER: Final = "/repondre"
"""The token follows."""
RECEIPT: Final = "recu"
"""After the token, once it was used."""
WHICH: Final = "reponse"
"""Which of the acts that answer is shown or sent."""
