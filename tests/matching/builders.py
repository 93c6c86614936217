"""Invented women and requests: each fits the other until a test changes one thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from matching import (
    Accreditation,
    Answer,
    Availability,
    Columns,
    Consent,
    Declaration,
    Grade,
    Language,
    Mediator,
    Nationality,
    Party,
    Place,
    Post,
    Request,
    Skill,
    Source,
    State,
    Term,
    Terms,
    answer,
)

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
TODAY = NOW.date()
CONFIRMED = Source("coordinator", date(2026, 10, 2), "nwm")


def days(count: int) -> timedelta:
    return timedelta(days=count)


def _term(kind: str, code: str, *parents: str) -> Term:
    return Term(kind, code, {"en": code}, (), parents)


TERMS = Terms(
    [
        _term("region", "001"),
        _term("region", "002", "001"),
        _term("region", "014", "002"),
        _term("region", "150", "001"),
        *(_term("country", code, "014") for code in ("SSD", "SDN", "KEN")),
        *(_term("country", code, "150") for code in ("NOR", "FRA")),
        *(_term("language", code) for code in ("eng", "fra", "ara", "msa", "ful")),
        *(_term("language", code, "ara") for code in ("arb", "apd", "pga")),
        *(_term("language", code, "msa") for code in ("zsm", "ind", "mfa")),
        _term("language", "fuv", "ful"),
    ]
)


def make_availability(**changes: Any) -> Availability:
    """Open for three months from today, confirmed by herself ten days ago."""
    base = Availability(
        status="available",
        confirmed_at=NOW - days(10),
        valid_until=NOW + days(80),
        window_from=TODAY,
        window_to=TODAY + days(200),
        notice_days=7,
        days_per_month=20,
        modalities=frozenset({"in_person", "remote"}),
    )
    return replace(base, **changes)


def make_mediator(mediator_id: int = 1, **changes: Any) -> Mediator:
    """A Norwegian who fits ``make_request()``."""
    base = Mediator(
        id=mediator_id,
        consents=(Consent("matching", NOW + days(300)), Consent("card", NOW + days(300))),
        networks=("nwm",),
        accreditations=(Accreditation("nwm", "accredited", date(2026, 1, 5), date(2028, 1, 5)),),
        nationalities=(Nationality("NOR"),),
        residence="NOR",
        residence_since=1990,
        seniority=Skill("senior"),
        tracks=(Skill("I", Grade.RECORDED, source=CONFIRMED), Skill("III")),
        roles_held=(Skill("co_mediator", Grade.CONFIRMED, last_year=2024, source=CONFIRMED),),
        themes=(Skill("ceasefire", Grade.CONFIRMED, depth=2, source=CONFIRMED),),
        phases=(Skill("pre_negotiation"),),
        places=(Place("KEN", 2015, 2020),),
        languages=(make_language("eng"), make_language("arb", level=5)),
        availability=make_availability(),
        declaration=Declaration(TODAY - days(30), frozenset({"SSD", "gov", "opposition"})),
    )
    return replace(base, **changes)


def make_language(code: str, *, level: int | None = 6, **changes: Any) -> Language:
    base = Language(code, level, level, as_entered="C2", grade=Grade.CONFIRMED, source=CONFIRMED)
    return replace(base, **changes)


def make_post(**changes: Any) -> Post:
    return replace(Post("post"), **changes)


def make_request(*posts: Post, **changes: Any) -> Request:
    """Three weeks in South Sudan from the middle of January; two parties."""
    base = Request(
        code="R-1",
        start=date(2027, 1, 11),
        end=date(2027, 1, 31),
        posts=posts or (make_post(),),
        countries=("SSD",),
        parties=(Party("gov", "SSD"), Party("opposition", "SSD")),
        place="SSD",
        notice_days=14,
        days_per_month=10,
    )
    return replace(base, **changes)


def ask(
    request: Request, *mediators: Mediator, now: datetime = NOW, limit: int | None = None
) -> Answer:
    return answer(Columns.build(mediators, TERMS), request, now, limit=limit)


def judge(request: Request, mediator: Mediator, now: datetime = NOW) -> tuple[State, list[str]]:
    """State of one woman alone on the roster, and the codes of what she does not pass."""
    found = ask(request, mediator, now=now)
    return found.state(mediator.id), [one.code for one in found.reasons(mediator.id)]
