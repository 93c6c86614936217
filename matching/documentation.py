"""The public page "how matching works", made from the criteria themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from matching.criteria import GATES, Scope
from matching.evidence import Verdict
from matching.look_alikes import judge_look_alikes
from matching.outcomes import CATALOGUE, X2
from matching.preferences import PREFERENCES
from matching.weights import PUBLISHED, Weights

Say = Callable[[str], str]
"""Gives a text of this page in the reader's language."""

SOURCE = "This page is made from the criteria in `matching/`; change the criterion, not the page."
INTRODUCTION = (
    "Order of decision: who may be part of the run; then **gates**, each passed, failed or unknown,"
    " and unknown is not passed; then **conflict of interest** per party; then **preferences**,"
    " scored on published weights. No score buys back a failed gate. Who does not pass exactly one"
    " criterion, and could cure it, is a *near miss*. Ties go to the woman longest not proposed,"
    " never proposed first, then by a lot drawn from the request's code; never by name.",
    "Never asked and never scored: refusals, silence, degrees, family, faith, ethnicity, health,"
    " disability, needs. Track III counts as any other track.",
)
VERDICTS = {
    Verdict.FAIL: "fails:",
    Verdict.UNKNOWN: "unknown:",
    Verdict.PASS: "passes:",
    Verdict.FLAG: "passes, with a flag:",
}
CURABLE = "(can be a near miss)"
HEADINGS = {
    Scope.VISIBILITY: "Who is part of a run",
    Scope.REQUEST: "Gates of the request",
    Scope.POST: "Gates of the post, and conflicts of interest",
}
PREFERENCES_HEADING = "Preferences, weights"
PREFERENCES_NOTE = "A preference that is not asked counts for nobody. Out of 100 points:"
COLUMNS = ("preference", "points", "what earns them")


def describe_criteria(
    weights: Weights = PUBLISHED, *, say: Say = str, name: Say = str, source: str = SOURCE
) -> str:
    """Return the page in Markdown: every gate, every outcome, every preference with its weight.

    ``say`` gives a text of the page in another language, ``name`` the words for a criterion's
    registered name. ``source`` is for whoever changes the page, and left out where it is "".
    """
    parts = [f"# {say('How matching works')}\n", *([f"{source}\n"] if source else [])]
    parts += [f"{say(one)}\n" for one in INTRODUCTION]
    for scope, heading in HEADINGS.items():
        parts.append(f"## {say(heading)}\n")
        parts += [
            _describe(name(one.name), one.documentation, one.outcomes, say)
            for one in GATES.criteria
            if one.scope == scope
        ]
    parts.append(_describe(name("look_alike"), judge_look_alikes.__doc__ or "", (X2,), say))
    return "\n".join([*parts, *_describe_preferences(weights, say, name), ""])


def list_texts() -> tuple[str, ...]:
    """Every text that ``say`` is asked for, each once."""
    texts: dict[str, None] = {}

    def keep(text: str) -> str:
        texts[text] = None
        return text

    describe_criteria(say=keep)
    return tuple(texts)


def list_names() -> tuple[str, ...]:
    """Every name that ``name`` is asked for: gates and preferences in their order."""
    gates = [one.name for one in GATES.criteria]
    return (*gates, "look_alike", *(one.name for one in PREFERENCES.preferences))


def _describe_preferences(weights: Weights, say: Say, name: Say) -> Iterable[str]:
    yield f"## {say(PREFERENCES_HEADING)} {weights.version}\n"
    yield f"{say(PREFERENCES_NOTE)}\n"
    yield f"| {' | '.join(say(one) for one in COLUMNS)} |\n|---|---|---|"
    points = weights.by_preference()
    for one in PREFERENCES.preferences:
        earns = say(_join(one.documentation))
        yield f"| {name(one.name)} | {points[one.name]:g} | {earns} |"


def _describe(name: str, documentation: str, outcomes: Iterable[int], say: Say) -> str:
    said = [CATALOGUE[number] for number in outcomes if CATALOGUE[number].code]
    lines = [
        f"- **{one.code}** {say(VERDICTS[one.verdict])} {say(one.meaning)}"
        + (f" {say(CURABLE)}" if one.is_curable else "")
        for one in said
    ]
    return "\n".join([f"### {name}\n", say(_join(documentation)), "", *lines, ""])


def _join(documentation: str) -> str:
    """Return a docstring as one paragraph, its code marked as Markdown does."""
    return " ".join(documentation.split()).replace("``", "`")
