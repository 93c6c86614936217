"""The counts follow what they are said to follow, whatever else the criteria ask."""

from __future__ import annotations

from datetime import timedelta

from roster import clock
from roster.db import Database
from roster.queries.accounts import get_actor
from roster.roster_index import RosterIndex
from roster.schemas.request import load_criteria
from roster.services.live_counts import count_live
from roster.vocabulary import load_vocabulary
from tests.factories import add_account, add_mediator

EVERYTHING_ELSE = {
    "countries": ["TCD"],
    "parties": [{"country": "TCD"}],
    "exclusions": {"nationalities": ["TCD"], "residences": ["TCD"], "offices": ["TCD"]},
    "accreditation_floor": "none",
    "networks": ["awmn"],
    "place": "TCD",
    "modality": "remote",
    "notice_days": 1,
    "days_per_month": 31,
}
OF_THE_POST = {"seniority": "eminent", "places": ["TCD"], "phases": ["ceasefire"]}


def test_nothing_else_of_the_criteria_moves_a_count(database: Database) -> None:
    with database.writing() as session:
        for accreditation in ("accredited", "draft"):
            for _ in range(7):
                hers = [("nationality", "TCD"), ("residence", "TCD")]
                add_mediator(session, languages={"fra": "C1"}, accreditation=accreditation, entries=hers)  # fmt: skip
        actor = get_actor(add_account(session, country="NOR", office="Office"))
        session.commit()
    start = clock.now().date() + timedelta(days=30)
    days = {"start": str(start), "end": str(start + timedelta(days=9))}
    post = {"languages": ["fra"], "tracks": ["I"], "track_grade": "stated"}
    asked = [
        load_criteria({**days, "posts": [{"languages": ["fra"]}]}),
        load_criteria(
            {**days, **EVERYTHING_ELSE, "posts": [{"languages": ["fra"], **OF_THE_POST}]}
        ),
        load_criteria({**days, "posts": [post]}),
    ]
    index = RosterIndex(load_vocabulary())
    with database.reading() as session:
        counts = [count_live(session, actor=actor, criteria=one, index=index)[0] for one in asked]
    assert counts[0] == counts[1]
    assert (counts[0].fits, counts[2].fits) == (5, None)
