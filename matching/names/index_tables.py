"""The arrays behind the look-up of names: words in order, where each stands, and their letter pairs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.names.sounds import skeleton, spell

Numbers = NDArray[np.int32]

#: Letters that a pair is made of: digits, a-z, the edges of a word, everything else.
_ALPHABET = 40
_CODES = np.full(256, 39, np.int32)
_CODES[np.frombuffer(b"abcdefghijklmnopqrstuvwxyz0123456789", np.uint8)] = np.arange(36)
_CODES[ord("^")], _CODES[ord("$")] = 36, 37


@dataclass(frozen=True)
class Postings:
    """For each number 0..n-1 a slice of `values`: compressed rows, two arrays in all."""

    starts: NDArray[np.int64]
    values: Numbers

    @classmethod
    def build(cls, keys: Numbers, values: Numbers, count: int) -> "Postings":
        """Group `values` by their key; within a key in the order given."""
        order = np.argsort(keys, kind="stable")
        starts = np.zeros(count + 1, np.int64)
        np.cumsum(np.bincount(keys, minlength=count), out=starts[1:])
        return cls(starts, values[order])

    def of(self, number: int) -> Numbers:
        """The values of one number."""
        return self.values[self.starts[number] : self.starts[number + 1]]

    def of_all(self, numbers: Numbers) -> tuple[Numbers, Numbers]:
        """The values of several numbers one after the other, and how many each has."""
        starts = self.starts[numbers]
        counts = self.starts[numbers + 1] - starts
        before = np.cumsum(counts) - counts
        at = np.arange(int(counts.sum())) + np.repeat(starts - before, counts)
        return self.values[at], counts.astype(np.int32)


def list_pairs(word: str) -> Numbers:
    """The pairs of letters of a word in Latin letters, each once; its beginning counts as a letter."""
    return np.unique(_pair_codes(f"^{word}$".encode("ascii", "replace"))[0][:-1])


def build_pair_postings(words: Sequence[str]) -> Postings:
    """From each pair of letters to the places of the words (Latin letters) that hold it."""
    text = "".join(f"^{word}$" for word in words).encode("ascii", "replace")
    pairs, letters = _pair_codes(text)
    owners = (np.cumsum(letters == 36) - 1).astype(np.int32)[:-1]
    inside = letters[:-1] != 37
    both = np.unique(pairs[inside].astype(np.int64) * len(words) + owners[inside])
    keys, values = np.divmod(both, max(len(words), 1))
    return Postings.build(keys.astype(np.int32), values.astype(np.int32), _ALPHABET * _ALPHABET)


def _pair_codes(text: bytes) -> tuple[Numbers, Numbers]:
    letters = _CODES[np.frombuffer(text, np.uint8)]
    return letters[:-1] * _ALPHABET + letters[1:], letters


@dataclass(frozen=True)
class Words:
    """Every different word of the index once, in order of its letters, with what finds it."""

    texts: list[str]
    by_sound: Numbers
    """Places of the words in the order of their consonants."""
    sounds: list[str]
    """The consonants in that order."""
    pairs: Postings
    spelt: list[str]
    """In Latin letters; a word that is written so is not kept twice."""
    lengths: NDArray[np.int16]
    """Letters of the words, and of the words as they are spelt."""
    spelt_lengths: NDArray[np.int16]
    are_latin: NDArray[np.bool_]

    @classmethod
    def build(cls, texts: list[str]) -> "Words":
        """From different words in the order of their letters."""
        sounds = [skeleton(text) for text in texts]
        spelt = [spell(text) for text in texts]
        by_sound = sorted(range(len(texts)), key=sounds.__getitem__)
        return cls(
            texts,
            np.array(by_sound, np.int32),
            [sounds[place] for place in by_sound],
            build_pair_postings(spelt),
            spelt,
            np.array([len(text) for text in texts], np.int16),
            np.array([len(text) for text in spelt], np.int16),
            np.array([text.isascii() for text in texts], np.bool_),
        )
