"""The catalogue of what a criterion may answer: every reason code, its verdict, can it be cured."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.evidence import Verdict


@dataclass(frozen=True)
class Outcome:
    """One possible answer. ``number`` is its place in the catalogue, used inside columns."""

    number: int
    code: str
    verdict: Verdict
    is_curable: bool
    """She would fit if asked, confirmed or renewed: the only failure of a near miss."""
    meaning: str


CATALOGUE: list[Outcome] = []


def _add(code: str, verdict: Verdict, meaning: str, *, cure: bool = False) -> int:
    CATALOGUE.append(Outcome(len(CATALOGUE), code, verdict, cure, meaning))
    return len(CATALOGUE) - 1


_FAIL, _UNKNOWN, _FLAG = Verdict.FAIL, Verdict.UNKNOWN, Verdict.FLAG

PASS = _add("", Verdict.PASS, "passes")
MOOT = _add("", Verdict.PASS, "not judged: an earlier criterion holds its ground to be unknown")
PARTLY = _add("", _FLAG, "partly available: counts, and is said")
NEEDS_UPDATE = _add("", _FLAG, "accredited, and her network asks for an update")
A1 = _add("A1", _UNKNOWN, "availability unknown or expired", cure=True)
A2 = _add("A2", _FAIL, "window not covered", cure=True)
A2_UNKNOWN = _add("A2", _UNKNOWN, "not said for the dates asked", cure=True)
A3 = _add("A3", _FAIL, "notice too short for her", cure=True)
A3_UNKNOWN = _add("A3", _UNKNOWN, "her notice is not known", cure=True)
A4 = _add("A4", _FAIL, "days per month too few", cure=True)
A4_UNKNOWN = _add("A4", _UNKNOWN, "her days per month are not known", cure=True)
A5 = _add("A5", _FAIL, "modality or place refused", cure=True)
A5_UNKNOWN = _add("A5", _UNKNOWN, "modality not known", cure=True)
A6 = _add("A6", _FLAG, "weekly or seasonal clash")
L1 = _add("L1", _FAIL, "language absent")
L2 = _add("L2", _FAIL, "two or more levels below the floor")
L2_NEAR = _add("L2", _FAIL, "one level below the floor", cure=True)
L3 = _add("L3", _UNKNOWN, "level unconfirmed or unmapped", cure=True)
R1 = _add("R1", _FAIL, "no evidence of the role")
R1_GRADE = _add("R1", _UNKNOWN, "evidence of the role below the grade asked", cure=True)
R2 = _add("R2", _FAIL, "seniority below the floor")
R2_UNKNOWN = _add("R2", _UNKNOWN, "seniority not known")
T1 = _add("T1", _FAIL, "theme absent or less deep than asked")
T1_GRADE = _add("T1", _UNKNOWN, "evidence of the theme below the grade asked", cure=True)
K1 = _add("K1", _FAIL, "track, phase or region evidence absent")
K1_UNKNOWN = _add("K1", _UNKNOWN, "year of the experience not known")
K1_GRADE = _add("K1", _UNKNOWN, "evidence below the grade asked", cure=True)
V1 = _add("V1", _FAIL, "not accredited")
V1_UNDER_WAY = _add("V1", _FAIL, "accreditation under way", cure=True)
V2 = _add("V2", _FAIL, "accreditation lapsed more than 12 months ago")
V2_NEAR = _add("V2", _FAIL, "accreditation lapsed within the last 12 months", cure=True)
V3 = _add("V3", _FAIL, "suspended")
C1 = _add("C1", _FAIL, "nationality excluded")
C2 = _add("C2", _FLAG, "former or second nationality of an excluded state")
C3 = _add("C3", _FAIL, "residence excluded")
C4 = _add("C4", _FAIL, "office or employer within the look-back")
C4_FLAG = _add("C4", _FLAG, "office or employer before the look-back, or of a third side")
C5 = _add("C5", _FAIL, "kin, funding, business or future job with a party: held")
C5_FLAG = _add("C5", _FLAG, "such a tie with a third side, a past one, or one that was cleared")
C6 = _add("C6", _FAIL, "refused by a party before")
C7 = _add("C7", _FLAG, "public statement on a party")
N0 = _add("N0", _UNKNOWN, "not declared", cure=True)
I1 = _add("I1", _FAIL, "insider or outsider wish not met")
I1_UNKNOWN = _add("I1", _UNKNOWN, "insider or outsider: not known")
I2 = _add("I2", _FAIL, "community wish not met")
S1 = _add("S1", _FAIL, "required training absent or lapsed")
S1_FLAG = _add("S1", _FLAG, "required training lapses during the assignment")
P1 = _add("P1", _FAIL, "consent missing for this purpose")
P2 = _add("P2", _FAIL, "safety class forbids this requester")
P4 = _add("P4", _FAIL, "paused until a day")
P5 = _add("P5", _FAIL, "kept by her network for requests that ask it")
G1 = _add("G1", _FAIL, "upheld integrity finding: held")
X2 = _add("X2", _FAIL, "may be the same person as one already in the list")


def _goodness(outcome: Outcome) -> int:
    """Order outcomes from worst to best: FAIL < curable FAIL < UNKNOWN < curable < FLAG < PASS."""
    ranks = {Verdict.FAIL: 0, Verdict.UNKNOWN: 2, Verdict.FLAG: 4, Verdict.PASS: 5}
    return ranks[outcome.verdict] + outcome.is_curable


PASSES: NDArray[np.bool_] = np.array([one.verdict >= Verdict.PASS for one in CATALOGUE])
CURABLE: NDArray[np.bool_] = np.array([one.is_curable for one in CATALOGUE])
GOODNESS: NDArray[np.int64] = np.array([_goodness(one) for one in CATALOGUE])
