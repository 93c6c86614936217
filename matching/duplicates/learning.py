"""What agreement is worth, learnt from the records themselves, without labels (Fellegi and Sunter).

m: how often two records of one person agree at a level; u: how often two records of two people do.
m starts from what is usual (``fields.EXPECTED``) and moves with the data, by expectation and
maximisation; u is counted over pairs taken at even distances, less the share of expected matches.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.duplicates.comparing import MISSING, Levels, Places
from matching.duplicates.fields import EXPECTED, LEVELS, Field
from matching.duplicates.rules import is_like

Floats = NDArray[np.float64]

#: What is usual counts as much as so many pairs of the data.
USUAL_PAIRS = 50.0
#: Pairs over which chance agreement is counted, at most.
SAMPLED = 100_000
ROUNDS = 60
_LEAST = 1e-6


@dataclass(frozen=True)
class Model:
    """Learnt chances by field and level, and the share of all pairs that are one person."""

    m: tuple[Floats, ...]
    u: tuple[Floats, ...]
    share: float

    def describe(self) -> dict[str, Any]:
        """All of it as plain JSON values."""
        m, u = ([one.tolist() for one in chances] for chances in (self.m, self.u))
        return {"m": m, "u": u, "share": self.share}

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Model":
        """The model that ``describe`` has told of."""
        m, u = (tuple(np.array(one) for one in kept[name]) for name in ("m", "u"))
        return cls(m, u, kept["share"])


def sample_pairs(count: int, split_at: int | None) -> tuple[Places, Places]:
    """Pairs at even distances over the records, without chance; all of them where they are few."""
    left = count if split_at is None else split_at
    right = count if split_at is None else count - split_at
    total = left * right if split_at is not None else count * (count - 1) // 2
    codes = np.unique(np.linspace(0, max(total - 1, 0), min(total, SAMPLED)).astype(np.int64))
    if split_at is not None:
        return codes // max(right, 1), split_at + codes % max(right, 1)
    # the place of a pair in the upper triangle, row by row
    row = np.floor((2 * count - 1 - np.sqrt((2.0 * count - 1) ** 2 - 8.0 * codes)) / 2)
    first = row.astype(np.int64)
    second = codes - first * (2 * count - first - 1) // 2 + first + 1
    inside = (second < count) & (second > first)
    return first[inside], second[inside]


def learn(fields: Sequence[Field], levels: Levels, sample: Levels, total: int) -> Model:
    """Learn from compared pairs (`levels`), a sample of all pairs, and how many pairs there are.

    Pairs that are not alike in a needed field teach as two people: families are no matches.
    """
    usual = [np.array(EXPECTED[field.kind]) for field in fields]
    chance = [_count(sample[:, place], len(LEVELS[f.kind])) for place, f in enumerate(fields)]
    patterns, counts = _count_patterns(levels)
    open_patterns = is_like(fields, patterns)
    model = Model(tuple(usual), tuple(_smooth(one) for one in chance), _guess_share(total))
    for _ in range(ROUNDS):
        expected = score_patterns(model, patterns) * counts * open_patterns
        model = _maximise(model, usual, chance, patterns, expected, total)
    return model


def _count_patterns(levels: Levels) -> tuple[Levels, Floats]:
    """The different rows of levels in rising order, and how often each occurs."""
    base = int(levels.max(initial=MISSING)) - MISSING + 1
    places = base ** np.arange(levels.shape[1] - 1, -1, -1, dtype=np.int64)
    codes, counts = np.unique((levels - MISSING) @ places, return_counts=True)
    patterns: Levels = (codes[:, None] // places % base + MISSING).astype(np.int8)
    return patterns, counts.astype(np.float64)


def _guess_share(total: int) -> float:
    """Before learning: about one record in five has a second one."""
    records = np.sqrt(2.0 * total + 1)
    return float(min(max(0.2 * records / max(total, 1), 1e-9), 0.5))


def score_patterns(model: Model, patterns: Levels) -> Floats:
    """The chance of each pattern of levels to be one person, 0..1."""
    bits = np.full(len(patterns), np.log2(model.share / (1 - model.share)))
    for place, (m, u) in enumerate(zip(model.m, model.u, strict=True)):
        bits += weigh(m, u)[patterns[:, place]]
    chances: Floats = 1 / (1 + np.exp2(-np.clip(bits, -60, 60)))
    return chances


def weigh(m: Floats, u: Floats) -> Floats:
    """Weight in bits by level; the last number is of a missing value (level -1), and is 0."""
    return np.append(np.log2(m / u), 0.0)


def _maximise(
    model: Model,
    usual: Sequence[Floats],
    chance: Sequence[Floats],
    patterns: Levels,
    expected: Floats,
    total: int,
) -> Model:
    matches = float(expected.sum())
    ms, us = [], []
    for place, prior in enumerate(usual):
        agreed = np.array([expected[patterns[:, place] == at].sum() for at in range(len(prior))])
        m = (agreed + USUAL_PAIRS * prior) / (agreed.sum() + USUAL_PAIRS)
        ms.append(m)
        us.append(_smooth(_take_off(chance[place], agreed, total)))
    share = (matches + 1) / (total + 2)  # one pair more than was seen: no list is held to be clean
    return Model(tuple(ms), tuple(us), float(min(max(share, 1e-12), 0.5)))


def _take_off(counts: Floats, agreed: Floats, total: int) -> Floats:
    """The counts of the sample without those that are expected to be one person."""
    sampled = float(counts.sum())
    return np.maximum(counts - agreed * (sampled / max(total, 1)), 0.0)


def _count(levels: Levels, many: int) -> Floats:
    said = levels[levels != MISSING]
    return np.bincount(said, minlength=many).astype(np.float64)


def _smooth(counts: Floats) -> Floats:
    """Chances from counts: no level is impossible, and with little data most pairs differ."""
    little = np.full(len(counts), 0.3)
    little[-1] = 3.0
    smoothed: Floats = np.maximum((counts + little) / (counts + little).sum(), _LEAST)
    return smoothed
