"""Who could interpret a language that a post asks for, and for whom."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from matching.bits import list_rows
from matching.changes import Change, make_interpreter_post
from matching.columns import Columns
from matching.criteria import Asking, Scope
from matching.facts import Grade, LanguageWish
from matching.gates.languages import list_accepted
from matching.run import list_steps
from matching.sieve import keep_passing
from matching.tables import Ints
from matching.terms import Terms

WORKING_LEVEL = 4
"""Both speak a third language to at least B2 on the published scale, confirmed."""


def find_interpreters(columns: Columns, asking: Asking, change: Change) -> Ints:
    """Return the rows of those who fit the post that a change adds; all else as it is asked."""
    post = make_interpreter_post(asking.one_post, change)
    common, added = replace(asking, post=None), replace(asking, post=post)
    asked = [(step, common) for step in list_steps(common, [Scope.VISIBILITY, Scope.REQUEST])]
    asked += [(step, added) for step in list_steps(added, [Scope.POST])]
    return list_rows(keep_passing(columns, asked, columns.bits()))


def shares_language(
    columns: Columns, helpers: Columns, wish: LanguageWish, terms: Terms
) -> NDArray[np.bool_]:
    """Tell for each woman whether she and one of the helpers work in a language other than asked."""
    asked = [columns.codes.find(code) or 0 for code in list_accepted(wish, terms)]
    is_known = np.zeros(columns.codes.size, np.bool_)
    is_known[_list_working(helpers)[1]] = True
    is_known[asked] = False
    owners, codes = _list_working(columns)
    shares = np.zeros(len(columns.rows()), np.bool_)
    shares[owners[is_known[codes]]] = True
    return shares


def _list_working(columns: Columns) -> tuple[NDArray[np.int32], NDArray[np.uint16]]:
    """Return who works in which language: rows and codes, side by side."""
    table = columns.tables["languages"]
    works = (table["speaking"] >= WORKING_LEVEL) & (table["grade"] >= Grade.CONFIRMED)
    return table.owner[works], table["code"][works]
