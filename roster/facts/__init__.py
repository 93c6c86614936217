"""The one bridge from rows to what the engine knows of a woman and reads of a request."""

from roster.facts.levels import LEVELS, floor_of
from roster.facts.load import band_of_year, load_mediators
from roster.facts.outlook import load_outlook
from roster.facts.requests import ACCREDITATION_FLOORS, make_request, post_code
from roster.facts.team import make_team_rules

__all__ = [
    "ACCREDITATION_FLOORS",
    "LEVELS",
    "band_of_year",
    "floor_of",
    "load_mediators",
    "load_outlook",
    "make_request",
    "make_team_rules",
    "post_code",
]
