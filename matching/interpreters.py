"""Who could interpret a language that a post asks for, and for whom."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from matching.bits import list_rows
from matching.changes import Change, make_interpreter_post
from matching.columns import Columns
from matching.criteria import Asking, Positions, Scope
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
    columns: Columns, rows: Ints, helpers: Ints, wish: LanguageWish, terms: Terms
) -> NDArray[np.bool_]:
    """Tell for each row whether she and one of the helpers work in a language other than asked."""
    table = columns.tables["languages"]
    asked = [columns.codes.find(code) or 0 for code in list_accepted(wish, terms)]
    works = (table["speaking"] >= WORKING_LEVEL) & (table["grade"] >= Grade.CONFIRMED)
    is_other = np.ones(columns.codes.size, np.bool_)
    is_other[asked] = False
    entries = table.where(works & is_other[table["code"]])
    of_helpers = Positions(helpers).locate(table.owner[entries]) >= 0
    is_known = np.zeros(columns.codes.size, np.bool_)
    is_known[table["code"][entries[of_helpers]]] = True
    shared = entries[is_known[table["code"][entries]]]
    shares = np.zeros(len(rows), np.bool_)
    places = Positions(rows).locate(table.owner[shared])
    shares[places[places >= 0]] = True
    return shares
