"""The demo's request: an invented need, its days counted from the day of the first start."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

COUNTRIES = ("TCD", "SDN", "CAF")
"""Chad, Sudan, Central African Republic: the countries of the invented talks."""


def demo_criteria(today: date) -> dict[str, Any]:
    """Talks on corridors for herders (invented); a co-mediator or facilitator for half a year."""
    return {
        "title": "Invented: talks on transhumance corridors",
        "code": "DEMO",
        "countries": list(COUNTRIES),
        "parties": [{"country": code} for code in COUNTRIES],
        "start": (today + timedelta(days=30)).isoformat(),
        "end": (today + timedelta(days=120)).isoformat(),
        "place": "TCD",
        "modality": "in_person",
        "notice_days": 30,
        "days_per_month": 12,
        "posts": [
            {
                "code": "co-mediator",
                "roles": ["co_mediator", "facilitator", "dialogue_convenor", "lead_mediator"],
                "role_grade": "confirmed",
                "tracks": ["I.5", "II", "III"],
                "languages": [{"any_of": ["fra"], "skill": "speaking", "level": "B2"}],
                "languages_nice": [{"any_of": ["ara"], "skill": "speaking", "level": "B2"}],
                "themes_nice": [
                    {"any_of": ["natural_resources", "community_mediation"]},
                    {"any_of": ["ceasefire"]},
                ],
                "places_nice": [{"any_of": ["017", "015"]}],
            }
        ],
        "exclusions": {"nationalities": list(COUNTRIES), "offices": list(COUNTRIES)},
        "present_team": {"women": 2, "men": 4},
        "target_share": 40,
    }
