"""All data about one woman, for herself: one function builds what her page and her file show."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from roster.errors import NotFound
from roster.permissions import Actor
from roster.queries.her_parts import PARTS
from roster.queries.her_rows import Her, Part, Row, Rows
from roster.queries.mediators import get_herself

FORMAT = "my-data/1"
"""Of the file: a new number whenever a name in it changes its meaning."""


def collect_her_data(session: Session, *, actor: Actor, mediator_id: int, now: datetime) -> Row:
    """Every part with its rows, by its name; NotFound for anybody but herself."""
    her = Her.find(session, get_herself(session, actor=actor, mediator_id=mediator_id))
    return {
        "format": FORMAT,
        "made_at": now.isoformat(),
        **{part.name: part.load(session, her) for part in PARTS},
    }


def collect_part(session: Session, *, actor: Actor, mediator_id: int, name: str) -> Rows:
    """One part of it; NotFound for a name that is none."""
    her = Her.find(session, get_herself(session, actor=actor, mediator_id=mediator_id))
    return get_part(name).load(session, her)


def get_part(name: str) -> Part:
    """The part of this name."""
    for part in PARTS:
        if part.name == name:
            return part
    raise NotFound
