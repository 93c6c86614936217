"""The encrypting column type and keyed digests. Keys live in a file outside the database's folder.

The file holds one Fernet key a line, newest first: new values use the first, old ones are read
with any. A digest (HMAC-SHA-256) stands beside an encrypted address so that it can be looked up.
"""

from __future__ import annotations

import hmac
import json
from functools import cached_property
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from sqlalchemy import Dialect, LargeBinary
from sqlalchemy.types import TypeDecorator


class Keyring:
    """The field keys of this process; set once at start by ``use_key_file``."""

    def __init__(self, keys: list[bytes]) -> None:
        self._keys = keys

    @cached_property
    def fernet(self) -> MultiFernet:
        return MultiFernet([Fernet(key) for key in self._keys])

    def digest(self, text: str) -> str:
        """Keyed digest of a look-up value, hexadecimal; the oldest key keeps it stable."""
        return self.seal(text.strip().casefold())

    def seal(self, text: str) -> str:
        """HMAC-SHA-256 of exactly this text, hexadecimal: links the audit chain."""
        return hmac.digest(self._keys[-1], text.encode(), "sha256").hex()


_keyring: Keyring | None = None


def use_key_file(path: Path) -> None:
    """Load the field keys; make the first one where there is no file yet."""
    global _keyring
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_bytes(Fernet.generate_key() + b"\n")
    _keyring = Keyring(path.read_bytes().split())


def keyring() -> Keyring:
    """The keyring in use; an error if the process was started without one."""
    if _keyring is None:
        raise RuntimeError("no field keys: call use_key_file at start")
    return _keyring


class Encrypted(TypeDecorator[Any]):
    """Any JSON value, encrypted at rest with a fresh nonce: equal values differ in the file."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        if value is None:
            return None
        return keyring().fernet.encrypt(json.dumps(value, ensure_ascii=False).encode())

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        return open_sealed(bytes(value))


def open_sealed(value: bytes) -> Any:
    """What a column of this type holds, from its sealed bytes."""
    return json.loads(keyring().fernet.decrypt(value))
