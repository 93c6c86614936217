"""The published table that sets floors on both scales of language levels.

A1 = 1 … C2 = 6 (CEFR), native = 7. UN Levels count as the floor of a CEFR level: I as A2, II as B2,
III as C1, IV as C2. Source of II–IV: the rule that the evidence prints ("UN III, taken as C1"); for
Level I (a beginner's certificate) no floor is published, A2 is our cautious reading.
"""

from collections.abc import Mapping

CEFR_LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")
NATIVE = "native"
#: UN Level -> the CEFR level as which it counts.
TAKEN_AS: Mapping[str, str] = {"UN-I": "A2", "UN-II": "B2", "UN-III": "C1", "UN-IV": "C2"}

_CEFR_FLOORS = {level: floor for floor, level in enumerate((*CEFR_LEVELS, NATIVE), start=1)}
#: Level as entered -> ordinal floor, 1..7. A free word has none: it stays unmapped.
LEVEL_FLOORS: Mapping[str, int] = _CEFR_FLOORS | {
    level: _CEFR_FLOORS[cefr] for level, cefr in TAKEN_AS.items()
}
