"""A roster at size for the whole service, and those who will use it: accounts, keys and links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.models import (
    Account,
    Availability,
    Base,
    Consent,
    Declaration,
    Entry,
    Identity,
    Mediator,
    Membership,
    Record,
)
from roster.schemas.request import load_criteria
from roster.services.links import add_link
from roster.services.passwords import hash_password
from tests.approach_factories import put_approach
from tests.benchmarks.list_page import make_woman
from tests.benchmarks.names import make_people
from tests.factories import PASSWORD, add_account, add_request
from tests.program_factories import add_key, name_key

NETWORKS = ("femwise", "nwm", "mwmn", "wmc", "awmn", "seawpm", "awpr", "refemac", "sadc", "awln")
"""Each keeps a tenth of the women."""
TABLES = (Mediator, Membership, Record, Identity, Entry, Consent, Availability, Declaration)
AT_ONCE = 2_000
LINKS, LINKS_AT_FIRST = 4, 30
"""Renewal links for each user who comes by one: a minute of the run, and before it."""

Rows = Iterator[tuple[type[Base], dict[str, Any]]]


@dataclass(frozen=True)
class Users:
    """Who uses the service, by what they come with."""

    coordinators: tuple[str, ...]
    envoys: tuple[str, ...]
    mediators: tuple[str, ...]
    """Addresses; the password of all is that of the tests."""
    programs: tuple[str, ...]
    """Keys."""
    link_holders: tuple[tuple[str, ...], ...]
    """Tokens of renewal links: a woman holds one, so a user of this kind is many women in turn."""


def fill(database: Database, women: int) -> None:
    """Put the women into an empty migrated database, the same at every call but for the clock."""
    random, now = Random(20261122), clock.now()
    with database.writing() as session:
        rows: dict[type[Base], list[dict[str, Any]]] = {}
        for number, names in make_people(women):
            for model, row in _make_rows(random, number + 1, names, now):
                rows.setdefault(model, []).append(row)
            if (number + 1) % AT_ONCE == 0 or number == women - 1:
                _put(session, rows)
        _move_sequences(session)
        session.commit()
    with database.engine.connect() as connection:
        connection.execute(text("ANALYZE"))
        connection.commit()


def _put(session: Session, rows: dict[type[Base], list[dict[str, Any]]]) -> None:
    for model in TABLES:
        if rows.get(model):
            session.execute(insert(model), rows[model])
    rows.clear()


def _move_sequences(session: Session) -> None:
    """PostgreSQL counts on from the numbers that were given."""
    if session.get_bind().dialect.name == "postgresql":
        for table in ("mediator", "record"):
            last = f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"
            session.execute(text(last))


def _make_rows(random: Random, number: int, names: tuple[str, ...], now: datetime) -> Rows:
    """A woman as the benchmark of the list makes her, complete enough to be found by an envoy."""
    today, network = now.date(), NETWORKS[number % len(NETWORKS)]
    more: dict[type[Base], dict[str, Any]] = {
        Membership: {
            "network_code": network,
            "since": "2020",
            "accredited_on": today - timedelta(days=365),
            "lapses_on": today + timedelta(days=730),
        },
        Entry: {"grade": 2, "confirmed_on": today},
        Availability: {
            "window_from": today,
            "window_to": today + timedelta(days=730),
            "notice_days": 7,
            "days_per_month": 20,
            "longest_stay_days": 90,
            "modalities": ["in_person", "remote", "hybrid"],
        },
    }
    for model, row in make_woman(random, number, names, now):
        if model is Record and row["network_code"] is not None:
            row["network_code"] = network
        yield model, {**row, **more.get(model, {})}
    about_her = {"mediator_id": number, "declared_on": today, "covers": [], "interests": []}
    yield Declaration, about_her


def add_users(database: Database, count: int, *, minutes: float) -> Users:
    """Three in ten are coordinators, three mediators, a fourth envoys; some come by link or program."""
    with database.writing() as session:
        shared = hash_password(PASSWORD)  # a hash of its own for each would only cost time
        at_work = _list_at_work(session)
        made = Users(
            coordinators=tuple(
                _add(session, "coordinator", shared, network=NETWORKS[number % len(NETWORKS)])
                for number in range(_share(count, 0.30))
            ),
            envoys=tuple(_add(session, "envoy", shared) for _ in range(_share(count, 0.25))),
            mediators=tuple(
                _add(session, "mediator", shared, mediator=session.get_one(Mediator, next(at_work)))
                for _ in range(_share(count, 0.30))
            ),
            programs=tuple(_add_program(session) for _ in range(_share(count, 0.05))),
            link_holders=tuple(
                tuple(
                    add_link(session, "renewal", one)[1]
                    for one in islice(at_work, LINKS_AT_FIRST + round(LINKS * minutes))
                )
                for _ in range(_share(count, 0.10))
            ),
        )
        _ask_mediators(session)
        session.commit()
    return made


def _share(count: int, part: float) -> int:
    return max(1, round(count * part))


def _list_at_work(session: Session) -> Iterator[int]:
    """Women who have said when they could work and whose answer still counts."""
    stands = (Availability.confirmed_by == "self", Availability.valid_until > clock.now())
    found = select(Availability.mediator_id).where(*stands).order_by(Availability.mediator_id)
    return iter(session.scalars(found).all())


def _add(session: Session, role: str, password_hash: str, **options: Any) -> str:
    return add_account(session, role, password_hash=password_hash, **options).email


def _add_program(session: Session) -> str:
    account = add_account(session, "envoy")
    add_key(session, account)
    return name_key(account.id)


def _ask_mediators(session: Session) -> None:
    """One question waits for every woman with an account."""
    day = clock.now().date() + timedelta(days=30)
    criteria = load_criteria({"start": str(day), "end": str(day), "posts": [{}]})
    request = add_request(session, add_account(session, "envoy"), criteria=criteria)
    hers = Membership.mediator_id == Mediator.id
    women = select(Mediator.id, Membership.network_code).join(Membership, hers)
    with_account = women.join(Account, Account.mediator_id == Mediator.id)
    for place, (number, network) in enumerate(session.execute(with_account).all()):
        put_approach(session, request, number, handle=f"H{place}", network_code=network)
