"""What changed since a search, as a refusal that names what to accept."""

from __future__ import annotations

from dataclasses import asdict

from roster.api.errors import CallRefused
from roster.models import Run
from roster.services.stale_runs import ChangesToAccept, digest_changes


def refuse_changes(run: Run, error: ChangesToAccept) -> CallRefused:
    """409 with the changes, and the digest to be sent once they were read."""
    more = {
        "changes": [asdict(one) for one in error.changes],
        "accept": digest_changes(run, error.changes),
    }
    errors = {"accepted": [error.code]}
    return CallRefused(409, error.code, errors=errors, more=more)
