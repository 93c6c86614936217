"""The one place that asks what time it is. Instants are aware and in UTC."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

_shift = timedelta(0)


def now() -> datetime:
    """The present instant, to the second."""
    return (datetime.now(UTC) + _shift).replace(microsecond=0)


@contextmanager
def shifted(by: timedelta) -> Iterator[None]:
    """Move this process's clock, so that an expiry can be seen without waiting for it."""
    global _shift
    before = _shift
    _shift = before + by
    try:
        yield
    finally:
        _shift = before
