"""The missing items that would open most matches are worked out from requests that were really made."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from matching.facts import Grade
from roster import clock
from roster.db import Database
from roster.errors import NotFound
from roster.models import (
    Availability,
    Base,
    Consent,
    Declaration,
    Entry,
    Mediator,
    Membership,
    Record,
    Run,
)
from roster.permissions import Actor
from roster.queries.people import list_states
from roster.queries.records import visible_to
from roster.roster_index import RosterIndex
from roster.services.completeness import Completeness, Summed, find_missing, sum_missing
from roster.services.missing_items import CODES
from roster.services.runs import run_request
from roster.vocabulary import load_vocabulary
from roster.wording.completeness import ITEMS
from tests.factories import add_mediator
from tests.roster.services.test_runs import make_envoy, submit

DAY = timedelta(days=1)
NORDIC = Actor("account", coordinates=frozenset({"nwm"}))


@pytest.fixture
def session(database: Database) -> Any:
    with database.writing() as opened:
        yield opened
        opened.rollback()


def ask(session: Session, **changes: Any) -> int:
    """A request that was searched."""
    _, envoy = make_envoy(session)
    request = submit(session, envoy, **changes)
    run_request(session, actor=envoy, request_id=request.id, index=RosterIndex(load_vocabulary()))
    session.flush()
    return request.id


def post(**wishes: Any) -> dict[str, Any]:
    return {"languages": [{"any_of": ["fra"], "level": "B2"}], **wishes}


def complete(session: Session, her: Mediator, actor: Actor = NORDIC) -> Completeness:
    session.flush()
    number = session.scalars(
        select(Record.id).where(Record.mediator_id == her.id, Record.network_code.is_not(None))
    ).one()
    return find_missing(session, actor=actor, record_id=number, now=clock.now())


def said(found: Completeness) -> list[tuple[str, tuple[str, ...], int, int]]:
    return [(one.item.code, one.item.about, one.opens, one.helps) for one in found.items]


def sum_up(session: Session) -> Summed:
    session.flush()
    people = list_states(session, visible_to(session, NORDIC), clock.now())
    return sum_missing(session, networks=["nwm"], people=people, now=clock.now())


def let_end(session: Session, her: Mediator) -> None:
    session.execute(
        update(Availability)
        .where(Availability.mediator_id == her.id)
        .values(valid_until=clock.now() - DAY)
    )


def test_she_who_fits_everything_lacks_nothing(session: Session) -> None:
    her = add_mediator(session, languages={"fra": "C1"})
    ask(session)
    ask(session, networks=["awmn"])
    assert complete(session, her) == Completeness(1, 1, [])


def test_without_requests_nothing_is_said(session: Session) -> None:
    assert complete(session, add_mediator(session)) == Completeness(0, 0, [])
    assert sum_up(session) == Summed(0, 1, [])


def test_the_item_that_opens_most_comes_first_and_opens_the_way_for_the_next(
    session: Session,
) -> None:
    her = add_mediator(session, languages={"fra": "C1"})
    session.execute(delete(Entry).where(Entry.field == "theme"))
    let_end(session, her)
    for _ in range(2):
        ask(session)
    ask(session, posts=[post(themes=[{"any_of": ["ceasefire"]}])])
    assert said(complete(session, her)) == [("answer", (), 2, 1), ("no_theme", (), 1, 0)]


def test_what_she_has_answered_otherwise_is_no_gap(session: Session) -> None:
    her = add_mediator(session, languages={"fra": "A1"})
    later = clock.now().date() + 50 * DAY
    other = add_mediator(session, languages={"fra": "C1"})
    session.execute(
        update(Availability).where(Availability.mediator_id == other.id).values(window_from=later)
    )
    ask(session)
    assert complete(session, her) == complete(session, other) == Completeness(1, 0, [])


def test_a_suspended_or_hidden_woman_lacks_no_item(session: Session) -> None:
    suspended = add_mediator(session, languages={"fra": "C1"})
    hidden = add_mediator(session, languages={"fra": "C1"}, is_hidden=True)
    session.execute(
        update(Membership)
        .where(Membership.mediator_id == suspended.id)
        .values(accreditation="suspended")
    )
    let_end(session, suspended)
    ask(session)
    assert [complete(session, one).items for one in (suspended, hidden)] == [[], []]


@pytest.mark.parametrize(
    ("lack", "expected"),
    [
        ("consent", ("consent", ())),
        ("declaration", ("declaration", ())),
        ("accreditation", ("accreditation", ())),
        ("level", ("language", ("fra",))),
        ("nationality", ("nationality", ())),
    ],
)
def test_each_lack_is_named(
    session: Session, lack: str, expected: tuple[str, tuple[str, ...]]
) -> None:
    her = add_mediator(session, languages={"fra": "C1"}, entries=[("nationality", "SWE")])
    hers = {
        "consent": delete(Consent).where(Consent.purpose == "card"),
        "declaration": delete(Declaration).where(Declaration.mediator_id == her.id),
        "accreditation": update(Membership)
        .where(Membership.mediator_id == her.id)
        .values(lapses_on=clock.now().date() - 30 * DAY),
        "level": update(Entry).where(Entry.field == "language").values(grade=Grade.STATED),
        "nationality": delete(Entry).where(Entry.field == "nationality"),
    }
    session.execute(hers[lack])
    asked: dict[str, Any] = {"exclusions": {"nationalities": ["DEU"]}}
    if lack == "declaration":
        asked = {"parties": [{"country": "SDN"}]}
    ask(session, **asked)
    assert said(complete(session, her)) == [(*expected, 1, 0)]


def test_a_declaration_in_force_that_names_other_sides_is_no_gap(session: Session) -> None:
    her = add_mediator(session, languages={"fra": "C1"})
    ask(session, parties=[{"country": "SDN"}])
    assert complete(session, her) == Completeness(1, 1, [])


def test_a_request_of_last_spring_is_asked_as_if_it_were_made_today(session: Session) -> None:
    her = add_mediator(session, languages={"fra": "C1"})
    number = ask(session)
    past = clock.now() - 200 * DAY
    run = session.scalars(select(Run).where(Run.request_id == number)).one()
    start = past.date() + 30 * DAY
    days = {"start": start.isoformat(), "end": (start + 60 * DAY).isoformat()}
    run.at, run.criteria = past, {**run.criteria, **days}
    assert complete(session, her) == Completeness(1, 1, [])
    run.at = clock.now() - 366 * DAY
    assert complete(session, her) == Completeness(0, 0, [])


def test_another_coordinator_and_an_envoy_read_nothing(session: Session) -> None:
    her = add_mediator(session)
    for actor in (
        Actor("account", coordinates=frozenset({"awmn"})),
        Actor("account", roles=frozenset({"envoy"})),
    ):
        with pytest.raises(NotFound):
            complete(session, her, actor)


def test_the_sum_counts_own_women_whom_one_item_keeps_from_a_request(session: Session) -> None:
    for network in ("nwm", "nwm", "awmn"):
        her = add_mediator(session, languages={"fra": "C1"}, network=network)
        let_end(session, her)
    add_mediator(session, languages={"fra": "C1"})
    add_mediator(session, languages={"eng": "C1"})
    ask(session)
    ask(session, modality="remote")
    found = sum_up(session)
    assert (found.asked, found.looked_at) == (2, 4)
    assert [(one.item.code, one.women, one.matches) for one in found.items] == [("answer", 2, 4)]


def test_nothing_is_stored(session: Session) -> None:
    her = add_mediator(session, languages={"fra": "C1"})
    let_end(session, her)
    ask(session)
    session.flush()

    def count() -> list[int]:
        tables = Base.metadata.sorted_tables
        return [
            session.execute(select(func.count()).select_from(one)).scalar_one() for one in tables
        ]

    before = count()
    complete(session, her)
    sum_up(session)
    assert (count(), list(session.dirty)) == (before, [])


def test_every_item_has_words() -> None:
    assert set(ITEMS) == CODES
