"""Codes by which pages and documents speak of a row: never its number, never a name."""

from __future__ import annotations

import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.models import Approach, Document, MatchRequest, Process
from roster.services.handles import DIGITS, LETTERS

Coded = type[Approach] | type[Document] | type[MatchRequest] | type[Process]
INITIALS: dict[Coded, str] = {Approach: "A", Document: "D", Process: "P", MatchRequest: "R"}


def draw_signs() -> str:
    """Five random signs that are not taken for one another."""
    return "".join(secrets.choice(LETTERS + DIGITS) for _ in range(5))


def draw_code(session: Session, table: Coded) -> str:
    """``R-26-K7Q2M``: what it is, the year, then random signs, so that it counts nothing."""
    code = f"{INITIALS[table]}-{clock.now():%y}-{draw_signs()}"
    taken = session.scalar(select(table.id).where(table.code == code))
    return draw_code(session, table) if taken else code
