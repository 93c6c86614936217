"""The same person twice? Blocking, features, an explained score, the evidence against; never a merge."""

from matching.duplicates.fields import EXPECTED, LEVELS, Field, Kind
from matching.duplicates.learning import Model
from matching.duplicates.linking import (
    POSSIBLE,
    PROBABLE,
    Feature,
    Linkage,
    Pair,
    Verdict,
    link,
)

__all__ = [
    "EXPECTED",
    "LEVELS",
    "POSSIBLE",
    "PROBABLE",
    "Feature",
    "Field",
    "Kind",
    "Linkage",
    "Model",
    "Pair",
    "Verdict",
    "link",
]
