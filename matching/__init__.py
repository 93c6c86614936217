"""The matching engine: values in, explained values out; no clock, file, database or randomness."""

from matching.answers import Answer, Candidate, FunnelStep, StaleAnswerError, State
from matching.columns import Columns
from matching.documentation import describe_criteria
from matching.evidence import Evidence, Verdict, public_code
from matching.facts import (
    Accreditation,
    Availability,
    Consent,
    Declaration,
    Exclusions,
    Grade,
    Interest,
    Language,
    LanguageWish,
    Mediator,
    Nationality,
    Party,
    Place,
    PlaceWish,
    Post,
    Request,
    Requester,
    Skill,
    Source,
    ThemeWish,
    Training,
)
from matching.outlook import Span, look_ahead
from matching.shortlist import answer
from matching.terms import Term, TermMatch, Terms
from matching.weights import PUBLISHED, WeightError, Weights

__all__ = [
    "PUBLISHED",
    "Accreditation",
    "Answer",
    "Availability",
    "Candidate",
    "Columns",
    "Consent",
    "Declaration",
    "Evidence",
    "Exclusions",
    "FunnelStep",
    "Grade",
    "Interest",
    "Language",
    "LanguageWish",
    "Mediator",
    "Nationality",
    "Party",
    "Place",
    "PlaceWish",
    "Post",
    "Request",
    "Requester",
    "Skill",
    "Source",
    "Span",
    "StaleAnswerError",
    "State",
    "Term",
    "TermMatch",
    "Terms",
    "ThemeWish",
    "Training",
    "Verdict",
    "WeightError",
    "Weights",
    "answer",
    "describe_criteria",
    "look_ahead",
    "public_code",
]
