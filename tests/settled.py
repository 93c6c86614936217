"""Worlds that are built once in a run, and copied for every test that changes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import create_engine, update

from roster import clock
from roster.db import Database
from roster.models import WebSession

World = TypeVar("World")


def settle(url: str, build: Callable[[Database], World]) -> World:
    """Build a world at ``url``; from then on the database may be copied."""
    database = Database(url)
    world = build(database)
    database.dispose()
    gather(url)
    return world


def gather(url: str) -> None:
    """Bring all of a database into the one file that is copied; PostgreSQL copies by itself."""
    if url.startswith("sqlite"):
        with create_engine(url).connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode = DELETE")


def sign_in_anew(url: str) -> None:
    """However long ago the world was built: a password is fresh for ten minutes only."""
    now, database = clock.now(), Database(url)
    with database.engine.begin() as connection:
        connection.execute(update(WebSession).values(seen_at=now, proved_at=now))
    database.dispose()
