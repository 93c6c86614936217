"""How proposals are judged against the truth."""

from __future__ import annotations

from tests.benchmarks.linkage_sets import Judged, PublicSet, find_ours, judge, judge_best

TRUTH = frozenset({("a", "b"), ("c", "d")})
SCORED = {("a", "b"): 0.9, ("c", "e"): 0.6, ("c", "d"): 0.4, ("f", "g"): 0.2}


def test_pairs_from_a_score_on_are_judged_and_what_is_not_found_counts_against_them() -> None:
    assert judge(SCORED, TRUTH, 0.5) == Judged(0.5, 0.5, 0.5, 0.5)
    assert judge({}, TRUTH, 0.5) == Judged(0.5, 0, 0, 0)


def test_the_best_threshold_is_the_one_with_the_highest_f1() -> None:
    assert judge_best(SCORED, TRUTH) == Judged(0.4, 0.8, 2 / 3, 1)


def test_pairs_of_two_lists_are_named_by_their_ids_in_order() -> None:
    names = ("given_name", "surname", "date_of_birth", "soc_sec_id", "street_number", "postcode")
    one = dict(zip(names, ("amina", "diallo", "19700102", "1234567", "7", "2600"), strict=True))
    other = dict(zip(names, ("mona", "haddad", "19880911", "7654321", None, "4000"), strict=True))
    lists = (
        ({"rec_id": "z", **one}, {"rec_id": "y", **other}),
        ({"rec_id": "b", **one}, {"rec_id": "a", **other, "postcode": "4001"}),
    )
    found = find_ours(PublicSet(4, lists, frozenset()))
    assert {pair for pair, score in found.items() if score >= 0.5} == {("b", "z"), ("a", "y")}
