"""A password once more, before what cannot be taken back: a file leaves, a role changes, she goes.

The form that was sent is kept and sent again together with the password, so that nothing is typed
twice. An account without a password has just come by a link; nothing more can be asked of it.
Hiding never asks: it must work at once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, ParamSpec, cast

from flask import request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from roster import clock
from roster.errors import TooMany
from roster.queries.accounts import SignedIn
from roster.services.sign_in import WINDOW, check_password, count_attempt, prove_again
from roster.web.access import own_unit_of_work, reading
from roster.web.forms import PROOF_FIELD
from roster.web.pages import render, word_errors

GOOD_FOR = timedelta(minutes=10)
"""How long a password that was given opens what needs a fresh one (check S7)."""

Parameters = ParamSpec("Parameters")


def needs_fresh_password(
    view: Callable[Parameters, ResponseReturnValue],
) -> Callable[Parameters, ResponseReturnValue]:
    """Stands under ``needs``: the view runs once the password was given within ten minutes."""

    @wraps(view)
    def proved(*args: Parameters.args, **kwargs: Parameters.kwargs) -> ResponseReturnValue:
        if not _is_stale():
            return view(*args, **kwargs)
        if PROOF_FIELD not in request.form:
            return _ask(), 403
        if not _is_right(request.form[PROOF_FIELD]):
            return _ask({PROOF_FIELD: ["password_wrong"]}), 422
        with own_unit_of_work() as session:
            prove_again(session, signed_in=_account(), client=_client())
        return view(*args, **kwargs)

    return proved


def _is_stale() -> bool:
    account = _account()
    return account.has_password and clock.now() - account.proved_at >= GOOD_FOR


def _account() -> SignedIn:
    return cast(SignedIn, current_user.account)


def _is_right(password: str) -> bool:
    email = _account().email
    with own_unit_of_work() as counters:
        is_counted = count_attempt(counters, email=email, client=_client())
    if not is_counted:
        raise TooMany("too_many_tries", retry_after=int(WINDOW.total_seconds()))
    found = check_password(reading(), email=email, password=password, is_counted=True)
    return found == _account().actor.account_id


def _client() -> str:
    return request.remote_addr or ""


def _ask(errors: dict[str, list[str]] | None = None) -> str:
    """The page that asks, with the form as it was sent."""
    sent: list[tuple[str, Any]] = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in {"csrf_token", PROOF_FIELD}
    ]
    return render(
        "accounts/prove.html",
        action=request.full_path.rstrip("?"),
        sent=sent,
        errors=word_errors(errors or {}),
    )
