"""Approaches under many hands at once: one yes for her days, one woman for a post, no name too late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import Refused, StaleVersion
from roster.models import Account, Approach, MatchRequest, Mediator, Release
from roster.permissions import Actor
from roster.queries.accounts import get_actor
from roster.queries.releases import list_live_releases
from roster.services.approach_answers import answer_approach, withdraw
from roster.services.releases import release, select_woman
from tests.answer_factories import add_consents
from tests.approach_factories import add_french, add_office, get_handle, herself, put_approach
from tests.factories import add_account, add_request

MANY = 50
Act = Callable[[Session], object]


def press_at_once(database: Database, acts: Sequence[Act]) -> Counter[str]:
    """Each act in a thread and a transaction of its own, all begun together; what became of them."""
    barrier = Barrier(len(acts))

    def press(act: Act) -> str:
        barrier.wait()
        try:
            with database.writing() as session:
                act(session)
                session.commit()
        except (Refused, StaleVersion) as refusal:
            return refusal.code
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return Counter(pool.map(press, acts))


def say_yes(approach_id: int, her: int) -> Act:
    return lambda session: answer_approach(
        session,
        actor=herself(her),
        approach_id=approach_id,
        expected_version=1,
        answer="yes",
    )


def choose(actor: Actor, approach_id: int) -> Act:
    return lambda session: select_woman(
        session, actor=actor, approach_id=approach_id, expected_version=1
    )


def test_of_fifty_overlapping_requests_she_accepts_exactly_one(database: Database) -> None:
    start = clock.now().date() + timedelta(days=30)
    with database.writing() as session:
        her = add_french(session)
        owner = add_account(session, "envoy")
        ids = []
        for number in range(MANY):
            criteria = {
                "start": (start + timedelta(days=number % 7)).isoformat(),
                "end": (start + timedelta(days=30 + number)).isoformat(),
                "posts": [{}],
            }
            request = add_request(session, owner, criteria=criteria, state="approaching")
            ids.append(put_approach(session, request, her.id, handle="AA-AAA").id)
        session.commit()
    became = press_at_once(database, [say_yes(one, her.id) for one in ids])
    assert became == {"done": 1, "days_taken": MANY - 1}
    with database.reading() as session:
        states = Counter(session.scalars(select(Approach.state)))
    assert states == {"yes": 1, "sent": MANY - 1}


def test_of_fifty_presses_of_her_yes_exactly_one_counts(database: Database) -> None:
    with database.writing() as session:
        her = add_french(session)
        office = add_office(session)
        approach = put_approach(session, office.request, her.id, handle="AA-AAA")
        session.commit()
    became = press_at_once(database, [say_yes(approach.id, her.id)] * MANY)
    assert became == {"done": 1, "stale_version": MANY - 1}


def test_a_post_is_filled_exactly_once_however_many_are_chosen_for_it_at_once(
    database: Database,
) -> None:
    with database.writing() as session:
        women = [add_french(session) for _ in range(MANY)]
        actor = get_actor(add_account(session, "envoy"))
        request = add_released_request(session, actor, [one.id for one in women])
        ids = list(session.scalars(select(Approach.id).where(Approach.state == "released")))
        session.commit()
    became = press_at_once(database, [choose(actor, one) for one in ids])
    assert became == {"done": 1, "post_filled": MANY - 1}
    with database.reading() as session:
        chosen = select(Approach.id).where(
            Approach.request_id == request.id, Approach.state == "selected"
        )
        assert len(session.scalars(chosen).all()) == 1


def add_released_request(
    session: Session, actor: Actor, mediator_ids: Sequence[int]
) -> MatchRequest:
    """A request to which all these women are released."""
    start = clock.now().date() + timedelta(days=30)
    criteria = {
        "start": start.isoformat(),
        "end": (start + timedelta(days=30)).isoformat(),
        "posts": [{}],
    }
    owner = session.get_one(Account, actor.account_id)
    request = add_request(session, owner, criteria=criteria, state="released")
    for number, her in enumerate(mediator_ids):
        add_consents(session, session.get_one(Mediator, her), ("naming",))
        approach = put_approach(
            session, request, her, handle=f"R{number}", state="released", network_word="agreed"
        )
        session.add(
            Release(
                approach_id=approach.id,
                fields=["display_name"],
                released_at=clock.now(),
                ends_at=clock.now() + timedelta(days=30),
            )
        )
    session.flush()
    return request


def test_no_name_is_shown_after_she_took_it_back_whichever_press_came_first(
    database: Database,
) -> None:
    with database.writing() as session:
        women = [add_french(session) for _ in range(MANY)]
        office = add_office(session)
        office.request.state = "ready"
        pairs: list[tuple[int, int]] = []
        for her in women:
            add_consents(session, her, ("naming",))
            approach = put_approach(
                session,
                office.request,
                her.id,
                handle=get_handle(session, office, her.id),
                state="yes",
                network_word="agreed",
                allows=["display_name"],
                held_until=clock.now() + timedelta(days=14),
            )
            pairs.append((approach.id, her.id))
        session.commit()

    def let_go(approach_id: int) -> Act:
        return lambda session: release(
            session, actor=office.actor, approach_id=approach_id, expected_version=1
        )

    def take_back(approach_id: int, her: int) -> Act:
        def press(session: Session) -> object:
            version = session.get_one(Approach, approach_id).version
            return withdraw(
                session, actor=herself(her), approach_id=approach_id, expected_version=version
            )

        return press

    acts = [act for one, her in pairs for act in (let_go(one), take_back(one, her))]
    became = press_at_once(database, acts)
    with database.reading() as session:
        assert list_live_releases(session, office.request.id, clock.now()) == {}
        assert Counter(session.scalars(select(Approach.state))) == {"withdrawn": MANY}
        released = len(session.scalars(select(Release.id)).all())
    assert became == {
        "done": MANY + released,
        **({"stale_version": MANY - released} if released < MANY else {}),
    }
