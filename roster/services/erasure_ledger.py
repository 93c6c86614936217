"""The erasure ledger: a file beside the keys that remembers who asked to be erased.

A restored backup has forgotten it; the file has not. One sealed line is added, and forced to the
disk, for each erasure that is asked for or taken back. It names the random key of her row, the
network if it is one, and instants: nothing else of her. Nothing in it is ever changed.
"""

from __future__ import annotations

import hmac
import json
import logging
import os
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from roster.encryption import keyring
from roster.models import Erasure
from roster.settings import Settings

log = logging.getLogger("roster.erasures")

Asked = tuple[str, str | None, str]
"""What one erasure is known by: her key, the network or None, the instant it was asked."""


@dataclass(frozen=True)
class LedgerLine:
    """One erasure as it stood. Instants in ISO 8601, UTC; ``taken_back_at`` is empty until then."""

    mediator_key: str
    network_code: str | None
    asked_at: str
    due_at: str
    taken_back_at: str = ""
    seal: str = ""

    @property
    def asked(self) -> Asked:
        return (self.mediator_key, self.network_code, self.asked_at)

    def sealed(self) -> LedgerLine:
        """The same with its seal, which nobody without the key can make."""
        content = [*self.asked, self.due_at, self.taken_back_at]
        return replace(self, seal=keyring().seal(json.dumps(["erasure", *content])))


def ledger_path(settings: Settings) -> Path:
    """The ledger stands beside the field keys, so outside the database and its backups."""
    return settings.key_file.with_name("erasures.ledger")


def line_of(erasure: Erasure) -> LedgerLine:
    """The line that says how this erasure stands now."""
    taken_back = erasure.taken_back_at.isoformat() if erasure.taken_back_at else ""
    return LedgerLine(
        erasure.mediator_key,
        erasure.network_code,
        erasure.asked_at.isoformat(),
        erasure.due_at.isoformat(),
        taken_back,
    ).sealed()


def write_after_commit(session: Session, path: Path, erasure: Erasure) -> None:
    """Add its line once this transaction has committed, before anybody is told that it has.

    Not before the commit: a line without its row would erase a woman who was told that it failed.
    Should the process die between the two, ``catch_up`` adds the line from the row.
    """
    line, rolled_back = line_of(erasure), False

    def forget(_session: Session) -> None:
        nonlocal rolled_back
        rolled_back = True

    def write(_session: Session) -> None:
        if rolled_back:
            return
        try:
            append(path, [line])
        except OSError:
            log.exception("a line of the erasure ledger waits for the next turn of the job")

    event.listen(session, "after_commit", write, once=True)
    event.listen(session, "after_rollback", forget, once=True)


def append(path: Path, lines: Iterable[LedgerLine]) -> None:
    """Add lines by one write, and wait until they are on the disk."""
    text = "".join(f"{json.dumps(asdict(line))}\n" for line in lines)
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        if _is_torn(descriptor):
            text = f"\n{text}"
        os.write(descriptor, text.encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _is_torn(descriptor: int) -> bool:
    """Whether a writer died within the last line."""
    size = os.fstat(descriptor).st_size
    return size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"


def read_ledger(path: Path, report: Callable[[int], None] | None = None) -> dict[Asked, LedgerLine]:
    """How each erasure stood last, in the order in which they were asked.

    A line that is torn or was changed by somebody without the key counts for nothing; ``report``
    is told its number, from 1.
    """
    known: dict[Asked, LedgerLine] = {}
    content = path.read_text() if path.exists() else ""
    for number, text in enumerate(content.splitlines(), start=1):
        line = _read_line(text)
        if line is not None:
            known[line.asked] = line
        elif text:
            log.error("line %d of the erasure ledger is not as it was written", number)
            if report is not None:
                report(number)
    return known


def _read_line(text: str) -> LedgerLine | None:
    try:
        line = LedgerLine(**json.loads(text))
    except (ValueError, TypeError):
        return None
    return line if hmac.compare_digest(line.seal, line.sealed().seal) else None


def catch_up(session: Session, path: Path) -> int:
    """Add the lines that the database knows and the file does not; return how many."""
    known = read_ledger(path)
    rows = session.scalars(select(Erasure).order_by(Erasure.id))
    missing = [line for line in map(line_of, rows) if _is_news(line, known.get(line.asked))]
    if missing:
        append(path, missing)
    return len(missing)


def _is_news(line: LedgerLine, known: LedgerLine | None) -> bool:
    """What was taken back stays taken back, whatever an older database says."""
    return known is None or bool(line.taken_back_at and not known.taken_back_at)


def instant_of(text: str) -> datetime:
    """An instant of a line."""
    return datetime.fromisoformat(text)
