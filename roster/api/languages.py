"""The language of a call: the one that it accepts, else that of the account."""

from __future__ import annotations

from flask import g, request

from roster.wording import DEFAULT, Wording, get_wording, negotiate

LEAST = "q=0.001"
"""The account's language comes after all that the call names."""


def current_wording() -> Wording:
    """``Accept-Language`` goes before the account: a program may ask for people of its own."""
    program = g.get("program")
    own = program.actor.language if program else DEFAULT
    return get_wording(negotiate(f"{own};{LEAST},{request.headers.get('Accept-Language', '')}"))
