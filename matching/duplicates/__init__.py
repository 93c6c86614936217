"""The same person twice? Blocking, features, an explained score, the evidence against; never a merge."""

from matching.duplicates.comparing import is_slip
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
from matching.duplicates.people import PEOPLE, link_pairs, link_people

__all__ = [
    "EXPECTED",
    "LEVELS",
    "PEOPLE",
    "POSSIBLE",
    "PROBABLE",
    "Feature",
    "Field",
    "Kind",
    "Linkage",
    "Model",
    "Pair",
    "Verdict",
    "is_slip",
    "link",
    "link_pairs",
    "link_people",
]
