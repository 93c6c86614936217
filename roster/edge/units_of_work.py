"""The sessions of a request: one that reads, one that writes and is committed once, at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import cast

from flask import Response, current_app, g, request
from sqlalchemy.orm import Session

from roster.db import Database
from roster.queries.terms import follow_vocabulary
from roster.vocabulary import use_vocabulary

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def database() -> Database:
    """The database of this application."""
    return cast(Database, current_app.extensions["database"])


def reading() -> Session:
    """The request's read-only session."""
    if "reading_session" not in g:
        g.reading_session = _open().enter_context(database().reading())
        follow_vocabulary(g.reading_session)
    return cast(Session, g.reading_session)


def writing() -> Session:
    """The request's writing session: holds the ledger head, so do slow work before."""
    if request.method in SAFE_METHODS:
        raise RuntimeError(f"{request.method} must not change anything")
    if "writing_session" not in g:
        g.writing_session = _open().enter_context(database().writing())
        if "reading_session" not in g:
            follow_vocabulary(g.writing_session)
    return cast(Session, g.writing_session)


@contextmanager
def own_unit_of_work() -> Iterator[Session]:
    """A small transaction that is committed whatever becomes of the request.

    Only for what must outlast a failed request: counters, read log, when a session was seen.
    """
    if "writing_session" in g:
        raise RuntimeError("the request's own writing session is open and would be waited for")
    with database().writing() as session:
        yield session
        session.commit()


def finish_writing(response: Response) -> None:
    """Commit what was written, once and last; an answer of 400 and above has changed nothing."""
    session: Session | None = g.get("writing_session")
    if session is None:
        return
    if response.status_code < 400:
        session.commit()
    else:
        session.rollback()


def close_units_of_work(_error: BaseException | None) -> None:
    """End the sessions of a request; what was not committed is gone."""
    use_vocabulary(None)
    stack: ExitStack | None = g.pop("units_of_work", None)
    if stack is not None:
        stack.close()


def _open() -> ExitStack:
    if "units_of_work" not in g:
        g.units_of_work = ExitStack()
    return cast(ExitStack, g.units_of_work)
