"""Keys for programs that ask for their owner: made by her, shown once, ended at a day or by her.

A key opens nothing that its account may not: a scope only narrows, and the permissions of the
account are asked at every call.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from roster import clock, permissions
from roster.errors import NotFound, Refused, StaleVersion, TooMany
from roster.local_days import end_of_day, local_day
from roster.models import Account, ProgramKey
from roster.permissions import Actor, Permission, Subject
from roster.queries.program_keys import digest_program_key, get_key_subject, list_keys
from roster.services.sign_in import WINDOW, raise_counter
from roster.services.trail import add_audit, require

SCOPES: Mapping[str, Permission] = {
    "requests:read": Permission.CREATE_REQUEST,
    "requests:write": Permission.CREATE_REQUEST,
    "approaches:read": Permission.CREATE_REQUEST,
    "approaches:write": Permission.CREATE_REQUEST,
    "documents:write": Permission.CREATE_REQUEST,
    "releases:read": Permission.CREATE_REQUEST,
    "releases:write": Permission.CREATE_REQUEST,
    "answers:read": Permission.ANSWER_APPROACH,
    "answers:write": Permission.ANSWER_APPROACH,
}
"""What a key may be good for, and the permission without which it would open nothing."""
PREFIX = "wmr_"
"""So that a key that went astray is known for one, by people and by programs that look for them."""
KEY_BYTES = 32
LONGEST_DAYS = 365
MOST_KEYS = 10
"""Live keys of one account: one for each program."""
CALLS_PER_WINDOW = 600
"""Of one key in a quarter of an hour: forty a minute without a pause."""


def list_scopes(actor: Actor) -> list[str]:
    """The scopes that would open something for this account."""
    own = Subject(mediator_id=actor.mediator_id)
    return [scope for scope, needed in SCOPES.items() if permissions.decide(needed, actor, own)]


def make_key(
    session: Session, *, actor: Actor, title: str, scopes: Collection[str], last_day: date
) -> tuple[ProgramKey, str]:
    """A key until the end of her ``last_day``, with its text, which stands nowhere after this.

    ``Refused`` for a scope that is not hers, a day that is over or more than a year away, or one
    key too many.
    """
    require(Permission.USE_ACCOUNT, actor)
    account = session.get(Account, actor.account_id)
    if account is None:
        raise NotFound
    if not scopes or not set(scopes) <= set(list_scopes(actor)):
        raise Refused("not_a_choice")
    now = clock.now()
    _check_day(last_day, local_day(now, account.time_zone))
    if sum(is_live(one, now) for one in list_keys(session, account.id)) >= MOST_KEYS:
        raise Refused("too_many_keys", most=MOST_KEYS)
    text = PREFIX + secrets.token_urlsafe(KEY_BYTES)
    key = ProgramKey(
        account_id=account.id,
        title=title,
        key_digest=digest_program_key(text),
        scopes=[one for one in SCOPES if one in scopes],
        created_at=now,
        ends_at=end_of_day(last_day, account.time_zone),
    )
    session.add(key)
    session.flush()
    _audit(session, actor, "program_key.made", key)
    return key, text


def _check_day(last_day: date, today: date) -> None:
    if last_day < today:
        raise Refused("end_in_the_past")
    if last_day > today + timedelta(days=LONGEST_DAYS):
        raise Refused("key_too_long")


def revoke_key(session: Session, *, actor: Actor, key_id: int, expected_version: int) -> ProgramKey:
    """The next call with this key is refused."""
    require(Permission.KEEP_PROGRAM_KEY, actor, get_key_subject(session, key_id))
    key = session.get_one(ProgramKey, key_id)
    if key.version != expected_version:
        raise StaleVersion({"scopes": key.scopes}, {"scopes": key.scopes})
    if key.revoked_at is not None:
        raise Refused("key_ended")
    key.revoked_at = clock.now()
    session.flush()
    _audit(session, actor, "program_key.revoked", key)
    return key


def is_live(key: ProgramKey, now: datetime) -> bool:
    """Whether a call with this key is answered."""
    return key.revoked_at is None and key.ends_at > now


def count_call(session: Session, *, key_id: int) -> None:
    """Note one call, and on which day the key was used last; ``TooMany`` beyond the limit."""
    key, now = session.get_one(ProgramKey, key_id), clock.now()
    if key.used_at is None or key.used_at.date() != now.date():
        key.used_at = now
    if raise_counter(session, f"program:{key_id}") > CALLS_PER_WINDOW:
        raise TooMany("too_many_calls", retry_after=int(WINDOW.total_seconds()))


def _audit(session: Session, actor: Actor, action: str, key: ProgramKey) -> None:
    add_audit(
        session,
        actor=actor,
        action=action,
        subject_kind="program_key",
        subject_id=key.id,
        detail={"scopes": list(key.scopes)},
    )
