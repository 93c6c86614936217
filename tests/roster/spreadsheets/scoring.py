"""How well a reading agrees with a truth file: values, errors, verdicts, by the samples' README."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

LISTS_OF_CODES = ("themes", "roles", "tracks", "nationalities", "worked_in", "networks")


@dataclass
class Score:
    """Counts for one file. `wrong` names each wrong value as (row, field, expected, found)."""

    file: str
    values: int = 0
    right: int = 0
    wrong: list[tuple[Any, str, Any, Any]] = field(default_factory=list)
    errors: int = 0
    errors_missed: list[tuple[Any, str]] = field(default_factory=list)
    errors_false: list[tuple[Any, str]] = field(default_factory=list)
    other_problems_missed: list[tuple[Any, str]] = field(default_factory=list)
    other_problems_false: list[tuple[Any, str]] = field(default_factory=list)
    rows: int = 0
    verdicts_wrong: list[tuple[Any, str, str]] = field(default_factory=list)

    @property
    def share_right(self) -> float:
        """Share of expected values that were read, 0..1."""
        return self.right / self.values if self.values else 1.0

    def as_line(self) -> str:
        """One line of a table for people."""
        return (
            f"{self.file:<18} {self.right:>5}/{self.values:<5} {self.share_right:7.2%}  "
            f"errors {self.errors - len(self.errors_missed)}/{self.errors} "
            f"false {len(self.errors_false)}  "
            f"other problems missed {len(self.other_problems_missed)} "
            f"false {len(self.other_problems_false)}  "
            f"verdicts {self.rows - len(self.verdicts_wrong)}/{self.rows}"
        )


def score_file(file: str, truth: Mapping[str, Any], read: Mapping[str, Any]) -> Score:
    """Compare `read` (the JSON form of a reading) with `truth` (the whole truth file)."""
    score = Score(file)
    found = {_key(row): row for row in read["rows"]}
    same = _list_equivalents(truth.get("equivalent_language_codes", {}))
    expected = truth["files"][file]["rows"]
    for row in expected:
        _score_row(score, row, found.pop(_key(row), None), same, truth["problem_codes"])
    for row in found.values():
        score.verdicts_wrong.append((row["row"], "no row", row["import"]))
        score.errors_false += [(row["row"], p["code"]) for p in row["problems"]]
    score.rows = len(expected) + len(found)
    return score


def _key(row: Mapping[str, Any]) -> tuple[Any, Any]:
    return (row["row"], row.get("table", 1) if isinstance(row.get("table", 1), int) else 1)


def _list_equivalents(given: Mapping[str, list[str]]) -> dict[str, str]:
    return {other: code for code, others in given.items() for other in others}


def _score_row(
    score: Score,
    expected: Mapping[str, Any],
    found: Mapping[str, Any] | None,
    same: Mapping[str, str],
    codes: Mapping[str, Any],
) -> None:
    place = expected["row"]
    if found is None:
        found = {"import": "absent", "values": None, "problems": []}
    if found["import"] != expected["import"]:
        score.verdicts_wrong.append((place, expected["import"], found["import"]))
    _score_values(score, place, expected["expected"], found["values"] or {}, same)
    wanted = {problem["code"] for problem in expected["problems"]}
    told = {problem["code"] for problem in found["problems"]}
    errors = {code for code in wanted if codes[code]["severity"] == "error"}
    is_error = {problem["code"]: problem["severity"] == "error" for problem in found["problems"]}
    score.errors += len(errors)
    score.errors_missed += [(place, code) for code in errors - told]
    score.errors_false += [(place, code) for code in told - wanted if is_error[code]]
    score.other_problems_missed += [(place, code) for code in wanted - errors - told]
    score.other_problems_false += [(place, code) for code in told - wanted if not is_error[code]]


def _score_values(
    score: Score,
    place: Any,
    expected: Mapping[str, Any] | None,
    found: Mapping[str, Any],
    same: Mapping[str, str],
) -> None:
    wanted = dict(list_leaves(expected or {}, same))
    told = dict(list_leaves(found, same))
    for name, value in wanted.items():
        score.values += 1
        if _is_same(value, told.get(name)):
            score.right += 1
        else:
            score.wrong.append((place, name, value, told.get(name)))


def list_leaves(values: Mapping[str, Any], same: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    """Yield (name, value) of each single value; a list of codes is one value, as a set."""
    for name, value in values.items():
        if name == "languages":
            yield "languages", {same.get(one["code"], one["code"]) for one in value}
            for one in value:
                code = same.get(one["code"], one["code"])
                yield f"languages.{code}", (one["level"], _fold(one.get("word")))
        elif name in LISTS_OF_CODES:
            yield name, set(value)
        elif isinstance(value, Mapping):
            for inner, one in value.items():
                yield f"{name}.{inner}", {_fold(x) for x in one} if isinstance(one, list) else one
        else:
            yield name, _fold(value) if name in ("name", "name_original") else value


def _fold(value: Any) -> Any:
    return " ".join(value.split()).casefold() if isinstance(value, str) else value


def _is_same(expected: Any, found: Any) -> bool:
    if not expected and not found and not isinstance(expected, int | float):
        return True  # an empty list, "" and null all say that there is nothing
    return bool(expected == found)
