"""What offices have decided about the headings and words of their files."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.errors import NotFound
from roster.models import ColumnChoice, WordChoice
from roster.permissions import Subject


def find_choice(session: Session, kind: str, choice_id: int) -> ColumnChoice | WordChoice:
    """One decision. ``kind``: column or word; NotFound where there is none."""
    held: ColumnChoice | WordChoice | None = None
    if kind == "column":
        held = session.get(ColumnChoice, choice_id)
    elif kind == "word":
        held = session.get(WordChoice, choice_id)
    if held is None:
        raise NotFound
    return held


def choice_subject(session: Session, kind: str, choice_id: int) -> Subject:
    """What the permission table needs of a decision."""
    return Subject(network_code=find_choice(session, kind, choice_id).network_code)


def list_column_choices(session: Session, network_codes: Sequence[str]) -> list[ColumnChoice]:
    """What the headings of these networks' files stand for, newest decision first."""
    return list(
        session.scalars(
            select(ColumnChoice)
            .where(ColumnChoice.network_code.in_(network_codes))
            .order_by(ColumnChoice.decided_at.desc(), ColumnChoice.id.desc())
        )
    )


def list_word_choices(session: Session, network_codes: Sequence[str]) -> list[WordChoice]:
    """What the words of these networks' files mean, newest decision first."""
    return list(
        session.scalars(
            select(WordChoice)
            .where(WordChoice.network_code.in_(network_codes))
            .order_by(WordChoice.decided_at.desc(), WordChoice.id.desc())
        )
    )
