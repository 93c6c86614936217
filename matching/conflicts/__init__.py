"""Conflict of interest per party: bar, held, flag, clear or not declared."""

from matching.conflicts import declaration, states, ties

__all__ = ["declaration", "states", "ties"]
