"""The roster in memory, one for each process of the service, for pages and programs alike."""

from __future__ import annotations

from flask import current_app

from roster.roster_index import RosterIndex
from roster.vocabulary import load_vocabulary


def get_index() -> RosterIndex:
    """The columns of this process, made at the first request that needs them."""
    extensions = current_app.extensions
    if "roster_index" not in extensions:
        extensions["roster_index"] = RosterIndex(load_vocabulary())
    index: RosterIndex = extensions["roster_index"]
    return index
