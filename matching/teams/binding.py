"""Which rules stand in the way: a smallest set of rules without which it would work."""

from __future__ import annotations

from collections.abc import Sequence

from matching.teams.frame import Frame
from matching.teams.rules import RuleName, join_rows
from matching.teams.search import Task
from matching.teams.solver import Row


def find_binding(
    task: Task, demanded: Sequence[Row] = (), codes: frozenset[str] | None = None
) -> tuple[RuleName, ...] | None:
    """Return a smallest set of rules to drop so that a team exists that keeps the demanded rows.

    Every rule gets an unknown of its own, which lets it be broken; the fewest are chosen, among
    equal sets those named last in the order of the rules: the women's share and what is settled
    stay longest. Only rules of these codes may be dropped, if codes are given. None if no dropping
    helps, or none was found in the time left.
    """
    frame = Frame(task.pool)
    listed = task.list_rules(frame)
    rules = [one for one in listed if codes is None or one.name.code in codes]
    kept = [one for one in listed if one not in rules]
    rows = [*frame.rows, *join_rows(kept), *demanded]
    for number, rule in enumerate(rules):
        rows += [_loosen(row, frame.size + number) for row in rule.rows]
    many = len(rules) * len(rules) + 1
    costs = {frame.size + number: number - many for number in range(len(rules))}
    found = task.budget.maximise(costs, rows, range(frame.size + len(rules)))
    if found.chosen is None:
        return None
    return tuple(rule.name for at, rule in enumerate(rules) if frame.size + at in found.chosen)


def find_stopping(task: Task) -> tuple[RuleName, ...]:
    """Return a smallest set of rules without which more posts could be filled: all that anybody
    fits; none if that would not help."""
    frame = Frame(task.pool)
    sums = [frame.sum_post(code) for code in task.pool.posts]
    return find_binding(task, [Row(terms, least=1) for terms in sums if terms]) or ()


def _loosen(row: Row, escape: int) -> Row:
    slack = max(row.slack_needed, 0)
    if row.least > float("-inf"):
        return Row({**row.terms, escape: slack}, least=row.least)
    return Row({**row.terms, escape: -slack}, most=row.most)
