"""The public page "how matching works", made from the criteria themselves."""

from __future__ import annotations

from collections.abc import Iterable

from matching.criteria import GATES, Criterion, Scope
from matching.evidence import Verdict
from matching.look_alikes import judge_look_alikes
from matching.outcomes import CATALOGUE, X2
from matching.preferences import PREFERENCES
from matching.weights import PUBLISHED, Weights

INTRODUCTION = """# How matching works

This page is made from the criteria in `matching/`; change the criterion, not the page.

Order of decision: who may be part of the run; then **gates**, each passed, failed or unknown, and
unknown is not passed; then **conflict of interest** per party; then **preferences**, scored on
published weights. No score buys back a failed gate. Who does not pass exactly one criterion, and
could cure it, is a *near miss*. Ties go to the woman longest not proposed, never proposed first,
then by a lot drawn from the request's code; never by name.

Never asked and never scored: refusals, silence, degrees, family, faith, ethnicity, health,
disability, needs. Track III counts as any other track.
"""
VERDICTS = {
    Verdict.FAIL: "fails",
    Verdict.UNKNOWN: "unknown",
    Verdict.PASS: "passes",
    Verdict.FLAG: "passes, with a flag",
}
HEADINGS = {
    Scope.VISIBILITY: "Who is part of a run",
    Scope.REQUEST: "Gates of the request",
    Scope.POST: "Gates of the post, and conflicts of interest",
}


def describe_criteria(weights: Weights = PUBLISHED) -> str:
    """Return the page in Markdown: every gate, every outcome, every preference with its weight."""
    parts = [INTRODUCTION]
    for scope, heading in HEADINGS.items():
        parts.append(f"## {heading}\n")
        parts += [_describe_gate(one) for one in GATES.criteria if one.scope == scope]
    parts.append(_describe("look_alike", judge_look_alikes.__doc__ or "", (X2,)))
    parts.append(f"## Preferences, weights {weights.version}\n")
    parts.append("A preference that is not asked counts for nobody. Out of 100 points:\n")
    parts.append("| preference | points | what earns them |\n|---|---|---|")
    points = weights.by_preference()
    rows = [
        f"| {one.name} | {points[one.name]:g} | {_join(one.documentation)} |"
        for one in PREFERENCES.preferences
    ]
    return "\n".join([*parts, *rows, ""])


def _describe_gate(criterion: Criterion) -> str:
    return _describe(criterion.name, criterion.documentation, criterion.outcomes)


def _describe(name: str, documentation: str, outcomes: Iterable[int]) -> str:
    said = [CATALOGUE[number] for number in outcomes if CATALOGUE[number].code]
    lines = [
        f"- **{one.code}** {VERDICTS[one.verdict]}: {one.meaning}"
        + (" (can be a near miss)" if one.is_curable else "")
        for one in said
    ]
    return "\n".join([f"### {name}\n", _join(documentation), "", *lines, ""])


def _join(documentation: str) -> str:
    """Return a docstring as one paragraph."""
    return " ".join(documentation.split())
