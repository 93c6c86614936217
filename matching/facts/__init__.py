"""What the engine knows: frozen values, made by the caller, never changed here.

Countries are ISO 3166-1 alpha-3, languages ISO 639-3, regions UN M49. Instants are aware UTC
datetimes, dates are the woman's own local dates. ``None`` always means *unknown*; an empty tuple
means *known to be none* (a stateless woman has ``nationalities == ()``).
"""

from matching.facts.asked import (
    Exclusions,
    LanguageWish,
    Party,
    PlaceWish,
    Post,
    Request,
    Requester,
    ThemeWish,
)
from matching.facts.team import MenteeSlot, TeamLanguage, TeamRules
from matching.facts.woman import (
    Accreditation,
    Availability,
    Consent,
    Declaration,
    Grade,
    Interest,
    Language,
    Mediator,
    Nationality,
    Place,
    Skill,
    Source,
    Training,
)

__all__ = [
    "Accreditation",
    "Availability",
    "Consent",
    "Declaration",
    "Exclusions",
    "Grade",
    "Interest",
    "Language",
    "LanguageWish",
    "Mediator",
    "MenteeSlot",
    "Nationality",
    "Party",
    "Place",
    "PlaceWish",
    "Post",
    "Request",
    "Requester",
    "Skill",
    "Source",
    "TeamLanguage",
    "TeamRules",
    "ThemeWish",
    "Training",
]
