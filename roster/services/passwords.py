"""Passwords: the rules for a new one, and the one way in which they are stored and compared.

Argon2id with 19 MiB, two passes, one lane: the least that the OWASP password storage cheat sheet
recommends. Length is the only demand on a new password, beside not being a common one
(NIST SP 800-63B, 5.1.1.2). A password is kept exactly as it was typed.
"""

from __future__ import annotations

import secrets
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from roster.errors import Refused

SHORTEST = 12
LONGEST = 128
"""Characters. A longer one is refused before it costs a hash."""
AT_ONCE = 2
"""Hashes computed at the same time by one process: each takes 19 MiB."""

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_places = BoundedSemaphore(AT_ONCE)
_COMMON = Path(__file__).with_name("common_passwords.txt")


def check_new_password(password: str, *, email: str = "") -> None:
    """Refuse what is too short, too long, common, or the address itself; says which."""
    if len(password) < SHORTEST:
        raise Refused("password_too_short", shortest=SHORTEST)
    if len(password) > LONGEST:
        raise Refused("password_too_long", longest=LONGEST)
    if _is_easy(password, email):
        raise Refused("password_common")


def _is_easy(password: str, email: str) -> bool:
    folded = password.casefold().strip()
    few_characters = len(set(folded)) < 5  # aaaaaaaaaaaa, 121212121212
    return few_characters or folded in load_common() or folded == email.casefold()


@cache
def load_common() -> frozenset[str]:
    """Common passwords, of any length, in lower case."""
    lines = _COMMON.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def hash_password(password: str) -> str:
    """The stored form, with a salt of its own."""
    with _places:
        return _hasher.hash(password)


@cache
def _dummy_hash() -> str:
    return hash_password(secrets.token_urlsafe(16))


def verify_password(password: str, stored: str | None) -> bool:
    """Whether the password is the stored one. Without a stored one it takes as long, and is not."""
    if len(password) > LONGEST:
        return False
    compared = stored or _dummy_hash()
    with _places:
        try:
            _hasher.verify(compared, password)
        except VerificationError:
            return False
    return stored is not None


def needs_new_hash(stored: str) -> bool:
    """Whether it was made with other parameters than today's."""
    return _hasher.check_needs_rehash(stored)


def make_password() -> str:
    """A random password to hand over once: 120 bits."""
    return secrets.token_urlsafe(15)
