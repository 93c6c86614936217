"""The roster in memory, one for each process of the service."""

from __future__ import annotations

from flask import current_app

from roster.edge.index import get_index as get_index
from roster.queries.coverage_bits import NetworkBits


def get_bits(network_code: str | None) -> NetworkBits:
    """The women of one network (None: of all) as bits in this process."""
    bits: dict[str | None, NetworkBits] = current_app.extensions.setdefault("network_bits", {})
    return bits.setdefault(network_code, NetworkBits(network_code))
