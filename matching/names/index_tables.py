"""The arrays behind the look-up of names: words in order of letters and sounds, and where each stands."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.names.sounds import skeleton, spell
from matching.names.spellings import Numbers, Spellings, list_ranges

Counts = NDArray[np.int64]


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

    def find_all(self, numbers: NDArray[np.integer]) -> tuple[NDArray[np.int64], Counts]:
        """Where the values of several numbers stand, one after the other, and how many each has."""
        starts = self.starts.take(numbers)
        counts = self.starts.take(numbers + 1) - starts
        return list_ranges(starts, counts), counts


@dataclass(frozen=True)
class Words:
    """Every different word of the index once, in order of its letters, with what finds it."""

    texts: list[str]
    by_sound: Numbers
    """Places of the words in the order of their consonants."""
    sounds: list[str]
    """The consonants in that order."""
    lengths: NDArray[np.int16]
    are_latin: NDArray[np.bool_]
    by_spelling: Numbers
    """Places of the words in the order of their letters in Latin script."""
    spellings: Spellings
    """The words in that order."""

    @classmethod
    def build(cls, texts: list[str]) -> "Words":
        """From different words in the order of their letters."""
        sounds = [skeleton(text) for text in texts]
        spelt = [spell(text) for text in texts]
        by_sound = sorted(range(len(texts)), key=sounds.__getitem__)
        by_spelling = sorted(range(len(texts)), key=spelt.__getitem__)
        return cls(
            texts,
            np.array(by_sound, np.int32),
            [sounds[place] for place in by_sound],
            np.array([len(text) for text in texts], np.int16),
            np.array([text.isascii() for text in texts], np.bool_),
            np.array(by_spelling, np.int32),
            Spellings.build([spelt[place] for place in by_spelling]),
        )
