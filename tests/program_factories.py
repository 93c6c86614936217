"""A key of a program for an account, whatever its role: what it opens is for the permissions to say."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from roster import clock
from roster.models import Account, ProgramKey
from roster.queries.program_keys import digest_program_key
from roster.services.program_keys import SCOPES


def add_key(
    session: Session,
    account: Account,
    *,
    text: str = "",
    scopes: Collection[str] = tuple(SCOPES),
    **values: Any,
) -> ProgramKey:
    """A live key with every scope, used today; ``text`` is what the program sends."""
    now = clock.now()
    key = ProgramKey(
        account_id=account.id,
        key_digest=digest_program_key(text or name_key(account.id)),
        **{
            "title": "Office program",
            "scopes": list(scopes),
            "created_at": now,
            "ends_at": now + timedelta(days=200),
            "used_at": now,
            **values,
        },
    )
    session.add(key)
    session.flush()
    return key


def name_key(account_id: int) -> str:
    """The text of the key of an account in tests."""
    return f"wmr_invented-key-of-account-{account_id:06}"
