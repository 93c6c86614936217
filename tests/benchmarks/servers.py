"""PostgreSQL for a comparison: the throw-away server of the tests, set for data that fit into memory."""

from __future__ import annotations

from collections.abc import Mapping
from unittest.mock import patch

from tests.postgresql import SETTINGS, Server

IN_MEMORY = {
    "shared_buffers": "2GB",
    "effective_cache_size": "8GB",
    "work_mem": "256MB",
    "maintenance_work_mem": "1GB",
    "jit": "off",
    "random_page_cost": "1.1",
    "parallel_setup_cost": "100",
    "max_wal_size": "8GB",
    "max_connections": "50",
}
"""As one would set it for a small machine that does little else; ``jit`` costs more than it saves."""


def start_postgresql(settings: Mapping[str, str] = IN_MEMORY) -> Server:
    """Return a server with these settings above those of the tests; its ``stop`` removes it."""
    with patch.dict(SETTINGS, settings):
        return Server()
