"""What every view passes: its permission, its sessions, and one commit at the end.

``needs`` stands directly under the route. It asks ``permissions.decide``, runs the view, and
commits the request's writing session once if the answer is below 400. A refusal looks like
absence; only somebody who is not signed in is shown the way to sign-in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, ParamSpec, cast

from flask import Flask, Response, make_response, redirect, request, url_for
from flask_login import current_user

from roster import permissions
from roster.edge.looks import meter_look_up_of, note_looks_of
from roster.edge.units_of_work import close_units_of_work as close_units_of_work
from roster.edge.units_of_work import database as database
from roster.edge.units_of_work import finish_writing
from roster.edge.units_of_work import own_unit_of_work as own_unit_of_work
from roster.edge.units_of_work import reading as reading
from roster.edge.units_of_work import writing as writing
from roster.errors import NotFound
from roster.permissions import NOTHING, Actor, Permission, Subject

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
            finish_writing(response)
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


def check_routes(app: Flask) -> None:
    """Stop the start if a route names no permission."""
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if not isinstance(getattr(view, "permission", None), Permission):
            raise UndeclaredRoute(f"{rule.rule} ({rule.endpoint}) declares no permission")


def current_actor() -> Actor:
    """Who makes this request."""
    return cast(Actor, current_user.actor)


def log_reading(mediator_id: int, what: str) -> None:
    """Note that this account looked at a woman; ``what`` is record, contact or card."""
    log_readings([mediator_id], what)


def log_readings(mediator_ids: Iterable[int], what: str, *, is_metered: bool = True) -> None:
    """Note several looks at once (see ``note_looks_of``)."""
    note_looks_of(current_actor(), mediator_ids, what, is_metered=is_metered)


def meter_look_up() -> None:
    """Count one look-up of a reason; ``TooMany`` after the last of the day."""
    meter_look_up_of(current_actor())
