"""The envoy's way from a letter to a team: routes that write, or that only look as if they did."""

from __future__ import annotations

from tests.walls.forms import just
from tests.walls.writings import Writing, _at

NOTHING_STORED = "nothing is stored"
LETTER = just(letter="We need a mediator who speaks French.", received="2026-11-22")

BUILDER_WRITINGS = [
    Writing(
        "POST /requests/letter", "envoy", _at("/requests/letter"), LETTER, "", 0, NOTHING_STORED
    ),
    Writing(
        "POST /requests/letter/form", "envoy", _at("/requests/letter/form"), LETTER, "", 0,
        NOTHING_STORED,
    ),
]  # fmt: skip
