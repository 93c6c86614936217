"""Documents as they would be issued: five invented women on three posts, with much to say of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from matching.evidence import Evidence, Value, Verdict
from roster.documents import FunnelStep, Issue, Miss, ShareSum, Woman

AT = datetime(2026, 11, 23, 6, 14, tzinfo=UTC)
HANDLES = ("K7-Q2M", "H9-R4T", "M2-X6L", "P3-V8D", "C5-W2N")
POSTS = ("lead", "security", "gender")
ASKED_POSTS: list[dict[str, Any]] = [
    {
        "code": "lead",
        "roles": ["co_mediator", "facilitator"],
        "tracks": ["I.5", "II"],
        "languages": [
            {"any_of": ["apd", "shu"], "level": "C1"},
            {"any_of": ["fra"], "level": "B2"},
        ],
        "themes": [{"any_of": ["natural_resources"], "depth": 2}],
        "themes_nice": [{"any_of": ["ceasefire"]}],
        "places_nice": [{"any_of": ["TCD", "SDN"], "since_year": 2020}],
    },
    {
        "code": "security",
        "roles": ["technical_expert"],
        "languages": [{"any_of": ["fra"], "level": "B2"}],
        "themes": [{"any_of": ["ceasefire", "ddr_ssr"], "depth": 2}],
        "themes_nice": [{"any_of": ["monitoring_verification"]}],
    },
    {
        "code": "gender",
        "roles": ["gender_adviser", "rapporteur"],
        "languages": [{"any_of": ["fra"], "level": "C1"}],
        "themes": [{"any_of": ["gender_inclusion"], "depth": 2}],
        "languages_nice": [{"any_of": ["sag"], "level": "B1"}],
    },
]
CRITERIA: dict[str, Any] = {
    "title": "Co-mediator and two advisers, talks on transhumance corridors",
    "start": "2027-01-12",
    "end": "2027-06-30",
    "countries": ["TCD", "SDN", "CAF"],
    "parties": [{"code": "TCD", "country": "TCD"}, {"code": "SDN", "country": "SDN"}],
    "posts": ASKED_POSTS,
    "place": "TCD",
    "days_per_month": 20,
    "notice_days": 14,
    "accreditation_floor": "accredited",
}


def make_issue(**changes: Any) -> Issue:
    """The document of five women on three posts, with everything that it may hold."""
    whole = Issue(
        request_code="R-26-K7Q2M",
        code="D-26-T3XW9",
        criteria=CRITERIA,
        classification="restricted",
        at=AT,
        issued_at=AT,
        ends_at=datetime(2026, 12, 11, tzinfo=UTC),
        recipient="Joint office, mediation support",
        watermark="W-7KQ2M",
        weights_version="2026-11",
        chosen=tuple(
            Woman(handle, POSTS[min(place, 2)], make_evidence(POSTS[min(place, 2)], place))
            for place, handle in enumerate(HANDLES)
        ),
        reserves=(Woman("T4-W9C", "lead"), Woman("B2-H6R", "security")),
        considered=210,
        fitting=None,
        funnel=tuple(
            FunnelStep(gate, fell)
            for gate, fell in (
                ("availability", 60), ("language", 70), ("role", 25), ("theme", 15),
                ("track", 10), ("accreditation", 5), ("conflict", None),
            )
        ),
        near_misses=(
            Miss("N8-D3X", Evidence("freshness", Verdict.UNKNOWN, "A1")),
            Miss("R7-B3H", Evidence("language", Verdict.FAIL, "L2")),
            Miss("X4-H7B", Evidence("accreditation", Verdict.UNKNOWN, "V2")),
        ),
        share=ShareSum(women=2, men=4, target=40),
    )  # fmt: skip
    return replace(whole, **changes)


def make_evidence(post: str, place: int) -> tuple[Evidence, ...]:
    """What a card says of one woman for one post; every second one has a flag and something unknown."""
    wishes = next(one for one in ASKED_POSTS if one["code"] == post)
    has_doubt = place % 2 == 1
    return (
        found("freshness", status="available", by="self", confirmed_at=AT.replace(day=1)),
        found("window", asked_from=date(2027, 1, 12), asked_to=date(2027, 6, 30)),
        found("notice", asked=14, found=7 + place),
        found("accreditation", state="accredited", on=date(2025, 1, 1)),
        found("declaration"),
        Evidence("office", Verdict.FLAG if has_doubt else Verdict.PASS, "C4" if has_doubt else ""),
        found("role", asked=tuple(wishes["roles"]), found=(wishes["roles"][0],),
              last_year="2021–2025", grade="recorded", **SOURCE),
        found("track", asked=("I.5", "II"), found=("II",), grade="confirmed", **SOURCE),
        *(
            found("theme", wish, asked=tuple(one["any_of"]), found=(one["any_of"][0],),
                  depth=2 + place % 2, depth_asked=2, grade="confirmed", **SOURCE)
            for wish, one in enumerate(wishes["themes"])
        ),
        *(
            found("language", wish, asked=tuple(one["any_of"]), found=(one["any_of"][0],),
                  skill="speaking", level_asked=4, level_found=5 + place % 3, grade="confirmed",
                  **SOURCE)
            for wish, one in enumerate(wishes["languages"])
        ),
        *(
            Evidence("themes_nice", Verdict.UNKNOWN if has_doubt else Verdict.FAIL, "T1", wish,
                     is_hard=False, out_of=2, facts={"asked": tuple(one["any_of"]), "found": ()})
            for wish, one in enumerate(wishes.get("themes_nice", ()))
        ),
    )  # fmt: skip


SOURCE: dict[str, Value] = {"by": "coordinator", "on": date(2026, 3, 1)}


def found(criterion: str, wish: int = 0, **facts: Value) -> Evidence:
    """A gate that is passed."""
    return Evidence(criterion, Verdict.PASS, wish=wish, facts=facts)
