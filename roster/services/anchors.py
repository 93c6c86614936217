"""Checking the trail, and anchors that stand outside the database.

The chain shows every edit, but a chain cut short is still a chain: so its length and last digest
are noted in a file beside the keys, one sealed line a day, to be copied to another machine.
"""

from __future__ import annotations

import hmac
import json
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roster.encryption import keyring
from roster.models import AuditEvent
from roster.permissions import Actor, Permission
from roster.services.trail import chain_digest, require
from roster.settings import Settings


@dataclass(frozen=True)
class Anchor:
    """The trail as it stood: how many events, the last one's id and digest."""

    at: str
    events: int
    last_id: int
    digest: str
    seal: str = ""

    def sealed(self) -> Anchor:
        """The same with its seal, which nobody without the key can make."""
        content = [self.at, self.events, self.last_id, self.digest]
        return replace(self, seal=keyring().seal(json.dumps(content)))


@dataclass(frozen=True)
class TrailFault:
    """The first event that is not as it was written.

    ``code``: changed (edited, moved, or put in), missing (cut off), or anchor (the file itself).
    """

    code: str
    event_id: int | None
    at: str = ""


def anchor_path(settings: Settings) -> Path:
    """The anchors stand beside the field keys, which are not in the database's folder."""
    return settings.key_file.with_name("trail.anchors")


def add_anchor(session: Session, path: Path, *, actor: Actor, now: datetime) -> bool:
    """Note the trail's end; the day's line is replaced. False if the trail is empty or unchanged."""
    require(Permission.RUN_JOBS, actor)
    last = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc()).limit(1)).one_or_none()
    if last is None:
        return False
    events = session.scalar(select(func.count()).select_from(AuditEvent)) or 0
    anchors = read_anchors(path)
    if anchors and anchors[-1].digest == last.digest:
        return False
    new = Anchor(now.isoformat(), events, last.id, last.digest).sealed()
    kept = [anchor for anchor in anchors if anchor.at[:10] != new.at[:10]]
    _write(path, [*kept, new])
    return True


def read_anchors(path: Path) -> list[Anchor]:
    """The anchors in the order of their days; none if there is no file yet."""
    if not path.exists():
        return []
    return [Anchor(**json.loads(line)) for line in path.read_text().splitlines()]


def _write(path: Path, anchors: list[Anchor]) -> None:
    waiting = path.with_suffix(".new")
    waiting.touch(mode=0o600)
    waiting.write_text("".join(f"{json.dumps(asdict(anchor))}\n" for anchor in anchors))
    waiting.replace(path)  # a reader sees the old file or the new one


def find_trail_fault(session: Session, *, actor: Actor, anchors: list[Anchor]) -> TrailFault | None:
    """The first event that was changed, moved, put in or cut off; None if the trail is whole."""
    require(Permission.READ_TRAIL, actor)
    for anchor in anchors:
        if not hmac.compare_digest(anchor.seal, anchor.sealed().seal):
            return TrailFault("anchor", anchor.last_id, anchor.at)
    awaited = {anchor.last_id: anchor for anchor in anchors}
    before = ""
    in_order = select(AuditEvent).order_by(AuditEvent.id).execution_options(yield_per=1_000)
    with closing(session.scalars(in_order)) as events:
        for event in events:
            anchored = awaited.pop(event.id, None)
            is_chained = hmac.compare_digest(event.digest, chain_digest(before, event))
            if not is_chained or (anchored is not None and anchored.digest != event.digest):
                return TrailFault("changed", event.id, event.at.isoformat())
            before = event.digest
    for anchor in awaited.values():
        return TrailFault("missing", anchor.last_id, anchor.at)
    return None
