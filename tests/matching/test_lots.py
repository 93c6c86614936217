"""The lot of a request: fixed for ever, so that a stored run replays to the same list."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from matching.run import draw_lots

WORD = 2**64


def draw(number: int, code: str) -> int:
    """Return the lot once more, in plain whole numbers; source: SplitMix64, its last steps."""
    seed = int.from_bytes(hashlib.blake2b(code.encode(), digest_size=8).digest(), "big")
    mixed = (number + seed) % WORD
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9 % WORD
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB % WORD
    return mixed ^ (mixed >> 31)


@pytest.mark.parametrize("code", ["R-1", "R-2", "exchange 7", ""])
def test_a_lot_is_the_published_mix_of_number_and_code(code: str) -> None:
    numbers = [1, 2, 3, 1000, 2**40]
    found = draw_lots(np.array(numbers, np.int64), code)
    assert found.tolist() == [draw(number, code) for number in numbers]
    assert len(set(found.tolist())) == len(numbers)


def test_a_lot_drawn_once_is_drawn_again_in_years() -> None:
    assert draw_lots(np.array([1, 2]), "R-1").tolist() == [draw(1, "R-1"), draw(2, "R-1")]
    assert draw_lots(np.array([1]), "R-1").tolist() != draw_lots(np.array([1]), "R-2").tolist()
