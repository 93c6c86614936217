"""Explains a few women: the same functions as for all, and the facts of what decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from matching import outcomes as o
from matching.columns import Columns
from matching.criteria import Asking, Finding
from matching.evidence import Evidence, Verdict
from matching.facts import Mediator
from matching.outcomes import CATALOGUE
from matching.run import CENT, Share, Step
from matching.tables import Ints


def explain_gates(
    columns: Columns,
    rows: Ints,
    mediators: Sequence[Mediator],
    asking: Asking,
    steps: Iterable[Step],
) -> list[list[Evidence]]:
    """Return for each row the evidence of every step, in order, without what was not judged."""
    found: list[list[Evidence]] = [[] for _ in mediators]
    for step in steps:
        judged = step.judge(columns, rows, asking)
        for place, mediator in enumerate(mediators):
            outcome = int(judged.outcomes[place])
            if outcome == o.MOOT:
                continue
            entry = -1 if judged.entries is None else int(judged.entries[place])
            value = _read(columns, step.criterion.table, entry)
            facts = step.criterion.explain(
                Finding(mediator, value, outcome, step.wish, asking, columns, int(rows[place]))
            )
            what = CATALOGUE[outcome]
            name, number, can_cure = step.criterion.name, step.number, what.is_curable
            found[place].append(
                Evidence(name, what.verdict, what.code, number, facts=facts, is_curable=can_cure)
            )
    return found


def explain_preferences(
    columns: Columns,
    rows: Ints,
    mediators: Sequence[Mediator],
    asking: Asking,
    shares: Iterable[Share],
) -> list[list[Evidence]]:
    """Return for each row the evidence of every preference asked, with its points."""
    found: list[list[Evidence]] = [[] for _ in mediators]
    for share in shares:
        points, scored = share.score(columns, rows, asking)
        for place, mediator in enumerate(mediators):
            entry = -1 if scored.entries is None else int(scored.entries[place])
            value = _read(columns, share.preference.table, entry)
            facts = share.preference.explain(
                Finding(mediator, value, o.PASS, share.wish, asking, columns, int(rows[place]))
            )
            found[place].append(
                Evidence(
                    share.preference.name,
                    Verdict.PASS if points[place] else Verdict.FAIL,
                    wish=share.number,
                    is_hard=False,
                    points=int(points[place]) / CENT,
                    out_of=share.out_of / CENT,
                    facts=facts,
                )
            )
    return found


def find_end(evidence: Iterable[Evidence]) -> datetime | None:
    """Return the earliest instant at which one of the passing gates stops being passed."""
    ends = [
        end
        for one in evidence
        if one.is_hard
        and one.verdict >= Verdict.PASS
        and isinstance(end := one.facts.get("valid_until"), datetime)
    ]
    return min(ends, default=None)


def _read(columns: Columns, table: str | None, entry: int) -> Any:
    return None if table is None or entry < 0 else columns.tables[table].read(entry)
