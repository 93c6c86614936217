"""Duplicates by splink: the recipes that its authors published for febrl3 and febrl4.

That for febrl3 is used for 1, 2 and 3; that for febrl4, the detailed model, links two lists.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.benchmarks.linkage_sets import LEAST, PublicSet, Scored, order_pair


def make_frames(public: PublicSet) -> list[Any]:
    """Return the lists as splink takes them; this is not counted as its work."""
    import pandas as pd

    return [pd.DataFrame([dict(row) for row in rows], dtype=object) for rows in public.lists]


def find_by_splink(frames: Sequence[Any]) -> Scored:
    """Return splink's proposals with their scores."""
    from splink import DuckDBAPI, Linker, SettingsCreator

    is_link = len(frames) > 1
    api = DuckDBAPI()
    tables = [api.register(frame) for frame in frames]
    settings = SettingsCreator(
        unique_id_column_name="rec_id",
        link_type="link_only" if is_link else "dedupe_only",
        blocking_rules_to_generate_predictions=_list_blocks(is_link),
        comparisons=_list_comparisons(is_link),
    )
    linker = Linker(tables if is_link else tables[0], settings)
    _train(linker, is_link)
    found = linker.inference.predict(threshold_match_probability=LEAST).as_pandas_dataframe()
    columns = (found[name] for name in ("match_probability", "rec_id_l", "rec_id_r"))
    return {
        order_pair(one, other): float(score) for score, one, other in zip(*columns, strict=True)
    }


def _list_blocks(is_link: bool) -> list[Any]:
    from splink import block_on

    if not is_link:
        names = ("soc_sec_id", "given_name", "surname", "date_of_birth", "postcode")
        return [block_on(name) for name in names]
    return [
        block_on("given_name", "surname"),
        "l.given_name = r.surname and l.surname = r.given_name",
        block_on("date_of_birth"),
        block_on("soc_sec_id"),
        block_on("state", "address_1"),
        block_on("street_number", "address_1"),
        block_on("postcode"),
    ]


def _list_comparisons(is_link: bool) -> list[Any]:
    import splink.comparison_library as compare

    names = [compare.NameComparison(name) for name in ("given_name", "surname")]
    birth = compare.DateOfBirthComparison(
        "date_of_birth",
        input_is_string=True,
        datetime_format="%Y%m%d",
        **({"invalid_dates_as_null": True} if is_link else {}),
    )
    street = compare.ExactMatch("street_number")
    if is_link:
        number = compare.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2])
        postcode = compare.DamerauLevenshteinAtThresholds("postcode", [1, 2])
        names = [one.configure(term_frequency_adjustments=True) for one in names]
    else:
        number = compare.DamerauLevenshteinAtThresholds("soc_sec_id", [2])
        postcode = compare.ExactMatch("postcode")
    rare = [one.configure(term_frequency_adjustments=True) for one in (street, postcode)]
    return [*names, birth, number, *rare]


def _train(linker: Any, is_link: bool) -> None:
    from splink import block_on

    sure: list[Any] = [block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")]
    if not is_link:
        sure.append(
            "l.given_name = r.surname and l.surname = r.given_name"
            " and l.date_of_birth = r.date_of_birth"
        )
    recall = 0.8 if is_link else 0.9
    linker.training.estimate_probability_two_random_records_match(sure, recall=recall)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    for name in ("date_of_birth", "postcode"):
        linker.training.estimate_parameters_using_expectation_maximisation(
            block_on(name), **({"estimate_without_term_frequencies": True} if is_link else {})
        )
