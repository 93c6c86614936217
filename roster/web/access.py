"""What every view passes: its permission, its sessions, and one commit at the end.

``needs`` stands directly under the route. It asks ``permissions.decide``, runs the view, and
commits the request's writing session once if the answer is below 400. A refusal looks like
absence; only somebody who is not signed in is shown the way to sign-in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import wraps
from typing import Any, ParamSpec, cast

from flask import Flask, Response, current_app, g, make_response, redirect, request, url_for
from flask_login import current_user
from sqlalchemy.orm import Session

from roster import clock, permissions
from roster.db import Database
from roster.errors import NotFound, TooMany
from roster.models import ReadEvent
from roster.permissions import NOTHING, Actor, Permission, Subject
from roster.queries.terms import follow_vocabulary
from roster.services.alarms import (
    LOOK_UPS_A_DAY,
    MOST_READINGS,
    READ_WITHIN,
    count_look_up,
    may_read,
)
from roster.vocabulary import use_vocabulary

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
Parameters = ParamSpec("Parameters")
View = Callable[Parameters, Any]
"""Returns what Flask makes a response of."""
FindSubject = Callable[..., Subject]
"""Called with the reading session and the view's arguments; raises NotFound."""


class UndeclaredRoute(RuntimeError):
    """A route without a permission: the application does not start."""


def needs(
    permission: Permission, subject: FindSubject | None = None, *, accepts_upload: bool = False
) -> Callable[[View[Parameters]], View[Parameters]]:
    """Declare what a view needs. ``accepts_upload`` lets its body be as large as a file may be."""

    def declare(view: View[Parameters]) -> View[Parameters]:
        @wraps(view)
        def guarded(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Response:
            refusal = _refuse(permission, subject)
            if refusal is not None:
                return refusal
            response = make_response(view(*args, **kwargs))
            _finish_writing(response)
            return response

        marked = cast(Any, guarded)
        marked.permission = permission
        marked.accepts_upload = accepts_upload
        return cast("View[Parameters]", guarded)

    return declare


def _refuse(permission: Permission, find: FindSubject | None) -> Response | None:
    actor = current_actor()
    if actor.kind == "anonymous" and not permissions.decide(permission, actor):
        # before the subject is looked for: a visitor must not learn what exists
        return cast(Response, redirect(_sign_in_url(), 303))
    found = NOTHING if find is None else find(reading(), **(request.view_args or {}))
    if not permissions.decide(permission, actor, found):
        raise NotFound
    return None


def _sign_in_url() -> str:
    if request.method != "GET" or request.endpoint == "pages.home":
        return url_for("accounts.show_sign_in")
    arguments = {f"with-{name}": value for name, value in (request.view_args or {}).items()}
    return url_for("accounts.show_sign_in", next=request.endpoint, **arguments)


def _finish_writing(response: Response) -> None:
    session: Session | None = g.get("writing_session")
    if session is None:
        return
    if response.status_code < 400:
        session.commit()
    else:
        session.rollback()


def check_routes(app: Flask) -> None:
    """Stop the start if a route names no permission."""
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if not isinstance(getattr(view, "permission", None), Permission):
            raise UndeclaredRoute(f"{rule.rule} ({rule.endpoint}) declares no permission")


def current_actor() -> Actor:
    """Who makes this request."""
    return cast(Actor, current_user.actor)


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


def log_reading(mediator_id: int, what: str) -> None:
    """Note that this account looked at a woman; ``what`` is record, contact or card."""
    log_readings([mediator_id], what)


def log_readings(mediator_ids: Iterable[int], what: str, *, is_metered: bool = True) -> None:
    """Note several looks at once. Her own are not noted.

    ``TooMany`` once this account has looked at too many women; what has a quota of its own, such as
    an export, is not ``is_metered``.
    """
    women = [each for each in mediator_ids if each != current_actor().mediator_id]
    if not women:
        return
    if "writing_session" in g:
        may_go_on = _log(g.writing_session, women, what, is_metered)
    else:
        with own_unit_of_work() as session:
            may_go_on = _log(session, women, what, is_metered)
    if not may_go_on:
        wait = int(READ_WITHIN.total_seconds())
        raise TooMany("too_many_readings", limit=MOST_READINGS, retry_after=wait)


def _log(session: Session, women: list[int], what: str, is_metered: bool) -> bool:
    """Write the looks down, unless there were too many: then nothing is shown."""
    actor, now = current_actor(), clock.now()
    if is_metered and not may_read(session, actor=actor, mediator_ids=women, now=now):
        return False
    session.add_all(
        ReadEvent(at=now, account_id=actor.account_id, mediator_id=each, what=what)
        for each in women
    )
    return True


def meter_look_up() -> None:
    """Count one look-up of a reason; ``TooMany`` after the last of the day."""
    with own_unit_of_work() as session:
        may_go_on = count_look_up(session, actor=current_actor())
    if not may_go_on:
        wait = 24 * 3600
        raise TooMany("too_many_look_ups", limit=LOOK_UPS_A_DAY, retry_after=wait)


def _open() -> ExitStack:
    if "units_of_work" not in g:
        g.units_of_work = ExitStack()
    return cast(ExitStack, g.units_of_work)


def close_units_of_work(_error: BaseException | None) -> None:
    """End the sessions of a request; what was not committed is gone."""
    use_vocabulary(None)
    stack: ExitStack | None = g.pop("units_of_work", None)
    if stack is not None:
        stack.close()
