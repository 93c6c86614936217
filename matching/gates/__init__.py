"""The gates, in the order of decision."""

from matching import conflicts
from matching.criteria import GATES
from matching.gates import (
    accreditation,
    availability,
    evidence_of_work,
    languages,
    origin,
    qualification,
    terms_of_work,
    visibility,
)

ORDER_OF_DECISION = (
    "consent",
    "safety_class",
    "pool",
    "suspension",
    "integrity",
    "pause",
    "freshness",
    "window",
    "notice",
    "days_per_month",
    "modality",
    "place",
    "rhythm",
    "accreditation",
    "role",
    "track",
    "phase",
    "region",
    "theme",
    "language",
    "seniority",
    "training",
    "origin",
    "community",
    "declaration",
    "nationality",
    "residence",
    "office",
    "held_interest",
    "refused",
    "public_statement",
)
"""Gates first, conflicts of interest after them; who fails two is counted at the earlier one."""

GATES.arrange(ORDER_OF_DECISION)

__all__ = [
    "ORDER_OF_DECISION",
    "accreditation",
    "availability",
    "conflicts",
    "evidence_of_work",
    "languages",
    "origin",
    "qualification",
    "terms_of_work",
    "visibility",
]
