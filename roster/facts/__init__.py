"""The one bridge from rows to what the engine knows of a woman."""

from roster.facts.levels import floor_of
from roster.facts.load import load_mediators

__all__ = ["floor_of", "load_mediators"]
