"""What pages behind a one-time link share, whosever they are: the token in the address is the proof.

A press on such a page comes without a session, so without a CSRF token: the token, which no other
site knows, stands in its place.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Flask, request

from roster.edge.addresses import write_address as write_address
from roster.web.pages import current_wording
from roster.wording import LANGUAGES, Language

View = TypeVar("View", bound=Callable[..., Any])


def proved_by_token(view: View) -> View:
    """Mark a view, under ``needs``, whose token takes the place of a CSRF token."""
    cast(Any, view).is_proved_by_token = True
    return view


def accept_tokens_as_proof(app: Flask) -> None:
    """Ask no CSRF token of the marked views; after all routes are there."""
    for view in app.view_functions.values():
        if getattr(view, "is_proved_by_token", False):
            app.extensions["csrf"].exempt(view)


def chosen_language() -> str | None:
    """The language chosen on the page itself; None where she chose none."""
    chosen = request.args.get("language", "")
    return chosen if chosen in LANGUAGES else None


def list_tongues() -> list[Language]:
    """The other languages, to switch to."""
    return [one for one in LANGUAGES.values() if one.code != current_wording().language]
