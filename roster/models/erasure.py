"""Erasures asked for: what is to be erased by when, and what was. Rows outlive the woman."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from roster.models.base import Base


class Erasure(Base):
    """A mediator who leaves the service, or (with ``network_code``) one network.

    ``mediator_key`` is the random key of her row, so that a restored backup in which an id stands
    for somebody else erases nobody else.
    """

    __tablename__ = "erasure"

    id: Mapped[int] = mapped_column(primary_key=True)
    mediator_key: Mapped[str] = mapped_column(String(32), index=True)
    network_code: Mapped[str | None] = mapped_column(ForeignKey("network.code"))
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
