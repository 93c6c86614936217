"""A program's own request by its code, and what every call about it looks up."""

from __future__ import annotations

from flask import request

from roster.api.calls import current_actor
from roster.edge.index import get_index
from roster.edge.units_of_work import reading
from roster.errors import Refused
from roster.models import MatchRequest, Run, RunRow
from roster.queries.requests import get_request, get_run


def get_own(code: str) -> MatchRequest:
    """The request of this code, for the account of this key."""
    return get_request(reading(), current_actor(), code)


def get_newest(found: MatchRequest) -> Run:
    """Its last answer with its rows; ``Refused`` before the first."""
    if not found.runs:
        raise Refused("request_not_searched")
    return get_run(reading(), current_actor(), found.code, len(found.runs))


def find_row(run: Run, place: dict[str, str]) -> RunRow | None:
    """The row of a woman on a post."""
    wanted = (place["handle"], place["post"])
    return next((row for row in run.rows if (row.handle, row.post) == wanted), None)


def warm_index() -> None:
    """Read changes before the writing session opens, so that no other writer waits for it."""
    get_index().current(reading())


def read_page(name: str) -> int:
    """The number of a page in the query, from 1; the first for what is none."""
    given = request.args.get(name, "1")
    return max(1, int(given)) if given.isascii() and given.isdecimal() and len(given) < 6 else 1
