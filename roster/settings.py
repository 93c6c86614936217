"""Settings come from the environment; outside the demo a weak secret stops the start."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SMALLEST_SECRET = 32
"""Bytes: the least that HMAC-SHA-256 keys should have (RFC 2104, section 3)."""

KNOWN_DEFAULTS = frozenset({"changeme", "change-me", "secret", "dev", "development", "default"})


class WeakSecret(SystemExit):
    """Start-up refuses: the message says what to set."""


@dataclass(frozen=True)
class Settings:
    """``base_url`` is the only source of absolute links: the Host header is never trusted."""

    database_url: str
    secret_key: str
    key_file: Path
    base_url: str = "http://127.0.0.1:8000"
    is_demo: bool = False
    smtp_url: str = ""
    """``smtp://host:port`` or empty: messages stay in the outbox."""
    sender: str = "no-reply@localhost"

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")


def check_secret(secret: str) -> str:
    """Return ``secret``, or stop with what to do about it."""
    if not secret:
        raise WeakSecret("ROSTER_SECRET_KEY is not set. Set it to at least 32 random bytes.")
    repeated = len(set(secret)) < 8  # a real 32-byte secret has more
    if secret.lower().strip() in KNOWN_DEFAULTS or repeated:
        raise WeakSecret("ROSTER_SECRET_KEY is a default. Set it to at least 32 random bytes.")
    if len(secret.encode()) < SMALLEST_SECRET:
        raise WeakSecret(f"ROSTER_SECRET_KEY is shorter than {SMALLEST_SECRET} bytes.")
    return secret


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read ROSTER_* variables. In the demo, secrets are made once and kept beside the data."""
    environment = os.environ if environment is None else environment
    folder = Path(environment.get("ROSTER_FOLDER", "instance")).resolve()
    is_demo = environment.get("ROSTER_DEMO") == "1"
    if is_demo:
        secret = _demo_secret(folder / "keys" / "secret.key")
    else:
        secret = environment.get("ROSTER_SECRET_KEY", "")
    return Settings(
        database_url=environment.get(
            "ROSTER_DATABASE_URL", f"sqlite:///{folder / 'data' / 'roster.sqlite'}"
        ),
        secret_key=check_secret(secret),
        key_file=Path(environment.get("ROSTER_KEY_FILE", str(folder / "keys" / "field.key"))),
        base_url=environment.get("ROSTER_BASE_URL", "http://127.0.0.1:8000").rstrip("/"),
        is_demo=is_demo,
        smtp_url=environment.get("ROSTER_SMTP_URL", ""),
        sender=environment.get("ROSTER_SENDER", "no-reply@localhost"),
    )


def _demo_secret(path: Path) -> str:
    """A random secret per installation, readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()
