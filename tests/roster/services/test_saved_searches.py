"""A kept search tells who entered, who left and why; looking moves no mark, and nothing leaks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import (
    AuditEvent,
    Availability,
    Entry,
    Erasure,
    Mediator,
    Membership,
    Record,
    SavedSearch,
)
from roster.permissions import Actor
from roster.queries.accounts import get_actor
from roster.queries.person_filter import PersonFilter
from roster.queries.saved_searches import Changes, find_changes, find_people, list_searches
from roster.services.erasing import erase_woman
from roster.services.saved_searches import (
    MOST_KEPT,
    delete_search,
    mark_seen,
    rename_search,
    save_search,
)
from tests.factories import add_account, add_mediator
from tests.office_factories import add_saved_search

NOBODY: tuple[list[Any], list[Any], int] = ([], [], 0)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as opened:
        yield opened
        opened.rollback()


@pytest.fixture
def keeper(session: Session) -> Actor:
    return get_actor(add_account(session, "coordinator", network="nwm"))


def keep(session: Session, keeper: Actor, **wishes: str) -> SavedSearch:
    session.flush()
    wanted = PersonFilter(network="nwm", **wishes)
    found = find_people(session, actor=keeper, wanted=wanted, now=clock.now())
    return save_search(session, actor=keeper, title="Mine", wanted=wanted, found=found)


def look(session: Session, keeper: Actor, search: SavedSearch) -> Changes:
    session.flush()
    return find_changes(session, actor=keeper, search=search, now=clock.now())


def tell(session: Session, keeper: Actor, search: SavedSearch) -> tuple[list[Any], list[Any], int]:
    """Who entered and by what, who left and why, how many are gone."""
    found = look(session, keeper, search)
    return (
        [(one.person.name, one.is_new, dict(one.values)) for one in found.entered],
        [(one.person.name, dict(one.reasons)) for one in found.left],
        found.gone,
    )


def record_of(session: Session, her: Mediator, network: str | None = "nwm") -> Record:
    return session.scalars(
        select(Record).where(Record.mediator_id == her.id, Record.network_code == network)
    ).one()


def take_away(session: Session, her: Mediator, field: str) -> None:
    records = select(Record.id).where(Record.mediator_id == her.id)
    session.execute(delete(Entry).where(Entry.field == field, Entry.record_id.in_(records)))


def test_who_enters_is_told_with_what_she_fits_by(session: Session, keeper: Actor) -> None:
    with clock.shifted(timedelta(minutes=-1)):
        old = add_mediator(session, name="Old", entries=[("track", "II")])
        learner = add_mediator(session, name="Learner")
    add_mediator(session, name="Elsewhere", network="awmn", entries=[("track", "I")])
    search = keep(session, keeper, track="I,II", state="fresh")
    assert tell(session, keeper, search) == NOBODY
    with clock.shifted(timedelta(minutes=1)):
        for name in ("New", "New and elsewhere"):
            add_mediator(session, name=name, entries=[("track", "I"), ("track", "III")],
                         network="nwm" if name == "New" else "awmn")  # fmt: skip
        for her in (old, learner):
            session.add(_make_entry(session, her, "track", "I"))
        assert tell(session, keeper, search) == (
            [
                ("Learner", False, {"track": ["I"], "state": ["fresh"]}),
                ("New", True, {"track": ["I"], "state": ["fresh"]}),
            ],
            [],
            0,
        )


def _make_entry(session: Session, her: Mediator, field: str, code: str) -> Entry:
    return Entry(
        record_id=record_of(session, her).id,
        field=field,
        code=code,
        detail={},
        source="coordinator",
        entered_at=clock.now(),
    )


def test_who_leaves_is_told_with_the_value_that_changed(session: Session, keeper: Actor) -> None:
    women = {
        name: add_mediator(
            session, name=name, languages={"fra": "C1"}, entries=[("theme", "youth")]
        )
        for name in ("Ended", "Forgot", "Lower", "Raised", "Stays", "Suspended")
    }
    search = keep(
        session, keeper, theme="youth", language="fra", level="B2", state="fresh",
        accreditation="accredited", safety="1",
    )  # fmt: skip
    past = clock.now() - timedelta(days=1)
    ended = Availability.mediator_id == women["Ended"].id
    session.execute(update(Availability).where(ended).values(valid_until=past))
    take_away(session, women["Forgot"], "theme")
    for record_id in session.scalars(
        select(Record.id).where(Record.mediator_id == women["Lower"].id)
    ):
        lower = (Entry.record_id == record_id, Entry.field == "language")
        session.execute(update(Entry).where(*lower).values(detail={"level": "A2"}))
    women["Raised"].safety_class = 3
    suspended = Membership.mediator_id == women["Suspended"].id
    session.execute(update(Membership).where(suspended).values(accreditation="suspended"))
    assert tell(session, keeper, search) == (
        [],
        [
            ("Ended", {"state": (["fresh"], ["expired"])}),
            ("Forgot", {"theme": (["youth"], [])}),
            ("Lower", {"level": (["C1"], ["A2"])}),
            ("Raised", {"safety": (["1"], ["3"])}),
            ("Suspended", {"accreditation": (["accredited"], ["suspended"])}),
        ],
        0,
    )


def test_who_may_not_be_seen_any_more_is_a_number(session: Session, keeper: Actor) -> None:
    now = clock.now()
    leaving, erased, stays = (add_mediator(session, name=name) for name in ("A", "B", "C"))
    search = keep(session, keeper, state="fresh")
    session.add(Erasure(mediator_key=leaving.key, asked_at=now, due_at=now + timedelta(days=30)))
    numbers = [record_of(session, one).id for one in (leaving, erased, stays)]
    erase_woman(session, erased.id)
    session.expire_all()
    assert tell(session, keeper, search) == ([], [], 2)
    kept = session.get_one(SavedSearch, search.id).found
    assert set(kept) == {str(numbers[0]), str(numbers[2]), "gone"}


def test_a_number_that_stands_for_another_record_is_another_woman(
    session: Session, keeper: Actor
) -> None:
    add_mediator(session, name="Another")
    search = keep(session, keeper, state="fresh")
    search.found = {number: ["2020-01-01", said[1]] for number, said in search.found.items()}
    entered, left, gone = tell(session, keeper, search)
    assert ([name for name, *_ in entered], left, gone) == (["Another"], [], 1)


def test_only_her_word_moves_the_mark(session: Session, keeper: Actor) -> None:
    add_mediator(session, name="First")
    search = keep(session, keeper, state="fresh")
    with clock.shifted(timedelta(hours=1)):
        add_mediator(session, name="Second")
        first, again = look(session, keeper, search), look(session, keeper, search)
        assert (first, len(first.entered)) == (again, 1)
        mark_seen(session, actor=keeper, search_id=search.id, expected_version=1, found=first.found)
        assert tell(session, keeper, search) == NOBODY
        assert search.looked_at - search.created_at >= timedelta(minutes=59)
        assert look(session, keeper, search).digest == first.digest


def test_a_stale_version_changes_nothing(session: Session, keeper: Actor) -> None:
    search = keep(session, keeper, track="I")
    rename_search(session, actor=keeper, search_id=search.id, expected_version=1, title="New")
    given: dict[str, Any] = {"actor": keeper, "search_id": search.id, "expected_version": 1}
    for act in (
        lambda: rename_search(session, **given, title="Newer"),
        lambda: mark_seen(session, **given, found={}),
        lambda: delete_search(session, **given),
    ):
        with pytest.raises(StaleVersion):
            act()
    assert [one.title for one in list_searches(session, keeper)] == ["New"]
    delete_search(session, actor=keeper, search_id=search.id, expected_version=2)
    events = select(AuditEvent.action).where(AuditEvent.subject_kind == "saved_search")
    assert list_searches(session, keeper) == []
    assert session.scalars(events).all() == ["search.saved", "search.renamed", "search.deleted"]


def test_a_search_is_its_keepers_alone_and_ends_with_her_network(session: Session) -> None:
    account = add_account(session, "coordinator", network="nwm")
    search = add_saved_search(session, account)
    colleague = get_actor(add_account(session, "coordinator", network="nwm"))
    dismissed = Actor("account", account_id=account.id, coordinates=frozenset({"awmn"}))
    for actor in (colleague, dismissed, Actor("operator")):
        assert list_searches(session, actor) == []
        with pytest.raises(NotFound):
            delete_search(session, actor=actor, search_id=search.id, expected_version=1)
    assert list_searches(session, get_actor(account)) == [search]


def test_nobody_keeps_searches_without_end(session: Session) -> None:
    account = add_account(session, "coordinator", network="nwm")
    keeper = get_actor(account)
    for _ in range(MOST_KEPT - 1):
        add_saved_search(session, account)
    keep(session, keeper, track="I")
    with pytest.raises(Refused, match="too_many_searches"):
        keep(session, keeper, track="I")


def test_another_networks_list_cannot_be_kept(session: Session, keeper: Actor) -> None:
    with pytest.raises(NotFound):
        save_search(session, actor=keeper, title="T", wanted=PersonFilter(network="awmn"), found={})
