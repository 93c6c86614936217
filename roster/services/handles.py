"""Handles: the codes by which a request speaks of women, another for each request."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.encryption import keyring
from roster.models import Handle

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
DIGITS = "23456789"
"""Without the signs that are taken for one another on the telephone: I and 1, O and 0."""
PATTERN = (LETTERS, DIGITS, LETTERS, DIGITS, LETTERS)
"""``K7-Q2M``: 884,736 codes."""


def read_handle(text: str) -> str:
    """A handle as somebody wrote it: small letters, spaces or another dash do no harm."""
    signs = [sign for sign in text.upper() if sign in LETTERS + DIGITS]
    return _join(signs) if len(signs) == len(PATTERN) else ""


def give_handles(
    session: Session, *, request_id: int, mediator_ids: Iterable[int]
) -> dict[int, str]:
    """The handle of each woman in this request: kept over its runs, random when new."""
    held = session.scalars(select(Handle).where(Handle.request_id == request_id)).all()
    codes = {handle.mediator_id: handle.code for handle in held}
    taken = set(codes.values())
    for mediator_id in sorted(set(mediator_ids) - codes.keys()):
        code = next(made for made in iter(_draw, None) if made not in taken)
        taken.add(code)
        codes[mediator_id] = code
        session.add(Handle(request_id=request_id, mediator_id=mediator_id, code=code))
    return codes


def _draw() -> str:
    return _join([secrets.choice(signs) for signs in PATTERN])


def derive_handles(request_code: str, mediator_ids: Iterable[int]) -> dict[int, str]:
    """Handles for an answer that is not stored: the same for the same request, with this key file."""
    codes: dict[int, str] = {}
    taken: set[str] = set()
    for mediator_id in sorted(set(mediator_ids)):
        attempt = 0
        while (code := _derive(request_code, mediator_id, attempt)) in taken:
            attempt += 1
        taken.add(code)
        codes[mediator_id] = code
    return codes


def _derive(request_code: str, mediator_id: int, attempt: int) -> str:
    number = int(keyring().seal(f"handle:{request_code}:{mediator_id}:{attempt}"), 16)
    signs = []
    for choices in PATTERN:
        number, place = divmod(number, len(choices))
        signs.append(choices[place])
    return _join(signs)


def _join(signs: list[str]) -> str:
    return f"{''.join(signs[:2])}-{''.join(signs[2:])}"
