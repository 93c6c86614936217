"""Insider or outsider to a process: computed per request, never a trait of a person."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from matching import outcomes as o
from matching.codecs import NO_NUMBER
from matching.columns import Columns
from matching.criteria import GATES, Asking, Facts, Finding, Judged, Scope, choose, pick_best
from matching.facts import Mediator
from matching.gates.terms_of_work import is_residence_unknown
from matching.tables import Ints, Table

INSIDER, OUTSIDER = "insider", "outsider"
YEARS_OF_RESIDENCE = 5


def _owns_one(table: Table, rows: Ints, entries: Ints) -> NDArray[np.bool_]:
    found = pick_best(rows, table.owner[entries], entries, o.PASS, o.I1)
    owns: NDArray[np.bool_] = found.outcomes == o.PASS
    return owns


def judge_insiders(
    columns: Columns, rows: Ints, asking: Asking
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return who is an insider, and of whom that is not known; the others are outsiders."""
    countries = asking.request.countries
    nationalities, communities = columns.tables["nationalities"], columns.tables["communities"]
    places = [place for code in countries if (place := columns.codes.find(code))]
    lives_there = np.isin(columns.scalars["residence"][rows], places)
    since = columns.scalars["residence_since"][rows].astype(np.int64)
    has_settled = (since != NO_NUMBER) & (asking.today.year - since >= YEARS_OF_RESIDENCE)
    is_insider = (
        _owns_one(nationalities, rows, nationalities.find("country", countries))
        | (lives_there & has_settled)
        | (communities.count(rows) > 0)
    )
    is_open = (
        ~columns.scalars["knows_nationalities"][rows]
        | is_residence_unknown(columns, rows)
        | (lives_there & (since == NO_NUMBER))
    )
    return is_insider, ~is_insider & is_open


def explain_origin(mediator: Mediator, asking: Asking) -> Facts:
    """Return whether she is an insider, and by what."""
    countries = asking.request.countries
    for nationality in mediator.nationalities or ():
        if nationality.country in countries:
            why = "nationality" if nationality.is_current else "former_nationality"
            return {"found": INSIDER, "why": why}
    since = mediator.residence_since
    lives_there = mediator.residence in countries
    if lives_there and since and asking.today.year - since >= YEARS_OF_RESIDENCE:
        return {"found": INSIDER, "why": "residence"}
    if mediator.communities:
        return {"found": INSIDER, "why": "community"}
    is_undisclosed = mediator.residence in (None, "undisclosed") or (lives_there and since is None)
    if mediator.nationalities is None or is_undisclosed:
        return {"found": None, "why": "unknown"}
    return {"found": OUTSIDER, "why": "none"}


def _ask_origin(asking: Asking) -> Sequence[Hashable]:
    post = asking.one_post
    return (post.origin,) if post.origin and post.origin_is_hard else ()


def _explain_origin(finding: Finding) -> Facts:
    return {"asked": (finding.wish,), **explain_origin(finding.mediator, finding.asking)}


@GATES.gate(
    "origin",
    Scope.POST,
    asks=_ask_origin,
    outcomes=(o.PASS, o.I1, o.I1_UNKNOWN),
    explain=_explain_origin,
    table="nationalities",
)
def judge_origin(columns: Columns, rows: Ints, wish: str, asking: Asking) -> Judged:
    """Is she the insider, or the outsider, that the post firmly asks for?

    Insider to a request is a current or former national of a country of the process, dual nationals
    included, who lives there for five years or more, or declared for this request a community of
    the process; any one of these is enough. Everybody else is outsider. I1 if the wish is not met,
    unknown (I1) if nationality or residence is not known and nothing else decides.
    """
    is_insider, is_unknown = judge_insiders(columns, rows, asking)
    meets = is_insider if wish == INSIDER else ~is_insider
    return Judged(choose({o.I1_UNKNOWN: is_unknown, o.PASS: meets}, rows, o.I1))


def _ask_community(asking: Asking) -> Sequence[Hashable]:
    post = asking.one_post
    return (post.community,) if post.community and post.origin_is_hard else ()


def _explain_community(finding: Finding) -> Facts:
    has_declared = finding.wish in finding.mediator.communities
    return {"asked": (finding.wish,), "found": finding.wish if has_declared else None}


@GATES.gate(
    "community",
    Scope.POST,
    asks=_ask_community,
    outcomes=(o.PASS, o.I2),
    explain=_explain_community,
    table="communities",
)
def judge_community(columns: Columns, rows: Ints, wish: str, asking: Asking) -> Judged:
    """Has she declared, for this one request, the community that the post firmly asks for?

    I2 if not. Nothing is ever inferred from name, language or place of birth.
    """
    table = columns.tables["communities"]
    entries = table.find("value", (wish,))
    return Judged(pick_best(rows, table.owner[entries], entries, o.PASS, o.I2).outcomes)
