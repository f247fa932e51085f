"""What does somebody look for? The words they typed, as they are compared with names and titles, and how well they fit.

Accents, capitals and punctuation are set aside, and so are the small words and elisions of French (« l’accès aux
droits » is « accès droits »). A word is found where it begins one. An abbreviation is what it stands for (« communauté
de communes », « CC »). Digits alone are a number: a SIREN, or a SIRET, which begins with it.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final

from domain.collation import alphabetical
from domain.institution_names import SMALL_WORDS, folded_name
from domain.values import PublicName

MOST_TYPED: Final = 100
"""Characters that are read of what was typed: no name is longer."""

_ELIDED: Final = frozenset(("c", "j", "m", "n", "qu", "s", "t", "un", "une"))
_SIREN: Final = 9
_SIRET: Final = 14
_LIKENESS: Final = 0.7
"""How much of two words must be alike for one to be a slip of the other."""


@dataclass(frozen=True)
class Sought:
    """What is sought. `ways`: the words of it, folded, in their order; a second way where it holds an abbreviation, or
    what one stands for."""

    typed: str
    ways: tuple[tuple[str, ...], ...]

    def __bool__(self) -> bool:
        """Whether anything is sought at all."""
        return bool(self.ways)

    @property
    def words(self) -> tuple[str, ...]:
        """The words as they were typed."""
        return self.ways[0] if self.ways else ()

    def fits(self, own: str, around: str = "") -> bool:
        """Whether each word begins one of what is spelled, some of them perhaps `around` it (its territory)."""
        for way in self.ways:
            here = [f" {word}" in own for word in way]
            if any(here) and all(one or f" {word}" in around for one, word in zip(here, way, strict=True)):
                return True
        return False

    def rank(self, name: str) -> int:
        """How well a spelled name fits, the best first: it is what is sought; it begins so; whole words; beginnings."""
        whole = f" {' '.join(self.words)} "
        if name == whole:
            return 0
        if name.startswith(whole.rstrip()):
            return 1
        return 2 if all(f" {word} " in name for word in self.words) else 3

    def instead(self, vocabulary: Mapping[str, str]) -> str | None:
        """What may have been meant, in words that are known (folded, with how they are written): each word that begins
        none of them is replaced by the nearest one. None where none is near enough, or nothing was to replace."""
        meant = []
        for word in self.words:
            is_known = any(known.startswith(word) for known in vocabulary)
            near = word if is_known else _nearest(word, vocabulary)
            if near is None:
                return None
            meant.append(near)
        return None if meant == list(self.words) else " ".join(vocabulary.get(word, word) for word in meant)


def sought(typed: str) -> Sought:
    """What was typed, as it is looked for."""
    typed = " ".join(typed[:MOST_TYPED].split())
    words = tuple(dict.fromkeys(spelled(typed).split()))
    if not words:
        return Sought(typed, ())
    digits = "".join(spelled(typed).split())
    if digits.isascii() and digits.isdigit() and len(digits) in (_SIREN, _SIRET):
        return Sought(typed, ((digits[:_SIREN],),))
    own = tuple(word for word in words if word not in SMALL_WORDS | _ELIDED) or words
    short = tuple(dict.fromkeys(folded_name(PublicName(typed)).split()))
    return Sought(typed, (own,) if not short or set(short) <= set(words) else (own, short))


def spelled(text: str) -> str:
    """A text as it is compared: its words folded, each with a space before and behind."""
    return f" {alphabetical(text).replace('_', ' ')} "


@lru_cache(maxsize=100_000)
def named(name: str) -> str:
    """The name of an institution, or a word of a vocabulary, as it is compared: as written, without small words, and
    abbreviated. Kept by the process, so never for what people wrote."""
    whole = spelled(name)
    bare = " ".join(word for word in whole.split() if word not in SMALL_WORDS)
    return " ".join(dict.fromkeys((whole.rstrip(), bare, folded_name(PublicName(name))))) + " "


def pieces(text: str, wanted: Sought) -> Iterator[tuple[str, bool]]:
    """A text in pieces, the words in which something was found marked."""
    words = {word for way in wanted.ways for word in way}
    plain = ""
    for is_word, letters in groupby(text, str.isalnum):
        piece = "".join(letters)
        if is_word and any(spelled(piece).startswith(f" {word}") for word in words):
            if plain:
                yield plain, False
            yield piece, True
            plain = ""
        else:
            plain += piece
    if plain:
        yield plain, False


def _nearest(word: str, vocabulary: Collection[str]) -> str | None:
    """The known word of which this may be a slip: as long but for two letters, beginning or ending with the same."""
    near = [
        known
        for known in vocabulary
        if abs(len(known) - len(word)) < 3 and (known[0] == word[0] or known[-1] == word[-1])
    ]
    return next(iter(difflib.get_close_matches(word, near, 1, _LIKENESS)), None)
