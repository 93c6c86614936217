"""Evidence as plain JSON, to be frozen with a run, and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from matching.evidence import Evidence, Value, Verdict


def write_evidence(evidence: Evidence) -> dict[str, Any]:
    """JSON values only; days and instants are marked, so that they come back as what they were."""
    return {
        "criterion": evidence.criterion,
        "verdict": evidence.verdict.name.lower(),
        "code": evidence.code,
        "wish": evidence.wish,
        "is_hard": evidence.is_hard,
        "points": evidence.points,
        "out_of": evidence.out_of,
        "facts": {key: _write(value) for key, value in evidence.facts.items()},
    }


def read_evidence(stored: Mapping[str, Any]) -> Evidence:
    """The evidence that ``write_evidence`` wrote."""
    return Evidence(
        criterion=stored["criterion"],
        verdict=Verdict[stored["verdict"].upper()],
        code=stored["code"],
        wish=stored["wish"],
        is_hard=stored["is_hard"],
        points=stored["points"],
        out_of=stored["out_of"],
        facts={key: _read(value) for key, value in stored["facts"].items()},
    )


def _write(value: Value) -> Any:
    if isinstance(value, datetime):
        return {"instant": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return list(value) if isinstance(value, tuple) else value


def _read(value: Any) -> Value:
    if isinstance(value, dict):
        if "instant" in value:
            return datetime.fromisoformat(value["instant"])
        return date.fromisoformat(value["day"])
    if isinstance(value, list):
        return tuple(value)
    plain: Value = value
    return plain
