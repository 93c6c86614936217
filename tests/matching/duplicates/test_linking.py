"""Records that may be one person: what is proposed, why, what speaks against it, and what is not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.duplicates import LEVELS, Field, Kind, Pair, Verdict, link, link_people
from matching.likeness import Identity
from tests.matching.duplicates.corrupted import FIELDS, make_records


def judge(found: set[tuple[int, int]], truth: set[tuple[int, int]]) -> float:
    return 2 * len(found & truth) / (len(found) + len(truth))


def places(pairs: tuple[Pair, ...]) -> set[tuple[int, int]]:
    return {(pair.first, pair.second) for pair in pairs}


@pytest.mark.parametrize("seed", [1, 2])
def test_corrupted_copies_are_found_without_labels(seed: int) -> None:
    records, truth = make_records(originals=400, copies=160, seed=seed)
    found = link(records, FIELDS)
    assert judge(places(found.pairs), truth) >= 0.97
    probable = places(tuple(p for p in found.pairs if p.verdict is Verdict.PROBABLE))
    assert len(probable & truth) >= 0.98 * len(probable)


def test_two_lists_are_compared_across_only() -> None:
    records, truth = make_records(originals=200, copies=100, seed=3)
    twice = [*records[:200], dict(records[0])]
    found = link(twice, FIELDS, records[200:])
    assert all(one < 201 <= other for one, other in places(found.pairs))
    shifted = {(one, other + 1) for one, other in truth} | {(200, 201)}
    assert judge(places(found.pairs), shifted) >= 0.97


def test_a_pair_says_what_speaks_for_it_and_against_it() -> None:
    records, _ = make_records(originals=300, copies=100, seed=4)
    one = {"given_name": "amelia", "surname": "quartermain", "date_of_birth": "19610405",
           "address": "7 lily court", "postcode": "2999"}  # fmt: skip
    other = {**one, "given_name": "quartermain", "surname": "amelia", "postcode": "2001",
             "address": None}  # fmt: skip
    found = link([*records, one, other], FIELDS)
    pair = next(pair for pair in found.pairs if pair.first == 400)
    said = [(f.field, f.level, f.has_changed_places, f.weight > 0) for f in pair.features]
    assert said == [
        ("given_name", "same", True, True),
        ("surname", "same", True, True),
        ("date_of_birth", "same", False, True),
        ("address", "missing", False, False),
        ("postcode", "other", False, False),
    ]
    assert [feature.field for feature in pair.against] == ["postcode"]


def test_a_rare_name_in_common_is_worth_more_than_a_common_one() -> None:
    fields = (Field("surname", Kind.NAME), Field("postcode", Kind.CODE))
    records = [{"surname": "smith", "postcode": f"{place}x"} for place in range(20)]
    records += [{"surname": f"quaint{place}ley", "postcode": f"{place}y"} for place in range(60)]
    records += [{"surname": "zbigniewicz", "postcode": "1z"}] * 2
    records += [{"surname": "smith", "postcode": "2z"}] * 2
    weights = {
        (pair.first, pair.second): pair.features[0].weight
        for pair in link(records, fields, least=0.0).pairs
    }
    assert weights[(80, 81)] > weights[(82, 83)] + 2


def test_the_answer_is_the_same_in_any_order_of_fields_and_records() -> None:
    records, _ = make_records(originals=120, copies=60, seed=5)
    straight = link(records, FIELDS)
    turned = link(records[::-1], FIELDS[::-1])
    last = len(records) - 1
    assert places(straight.pairs) == {
        (last - other, last - one) for one, other in places(turned.pairs)
    }


def test_a_block_that_too_many_share_is_passed_over_and_counted() -> None:
    records = [{"town": "springfield", "code": f"{place:07}"} for place in range(400)]
    found = link(records, (Field("town", Kind.TEXT), Field("code", Kind.CODE)), least=0.999)
    assert found.passed_over >= 1
    assert found.compared < 400 * 399 / 2


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["a", "b", "c"]), st.none() | st.integers() | st.text(max_size=12)
        ),
        max_size=8,
    ),
    st.sampled_from(list(Kind)),
)
@settings(deadline=None, max_examples=60)
def test_any_records_give_pairs_in_order_with_known_levels(
    records: list[dict[str, object]], kind: Kind
) -> None:
    fields = (Field("a", kind), Field("b", Kind.NAME), Field("c", Kind.PERSON, needed=True))
    for pair in link(records, fields, least=0.0).pairs:
        assert 0 <= pair.first < pair.second < len(records)
        assert 0.0 <= pair.score <= 1.0
        for feature, field in zip(pair.features, fields, strict=True):
            assert feature.level in (*LEVELS[field.kind], "missing")


def test_without_fields_there_is_nothing_to_compare() -> None:
    with pytest.raises(ValueError, match="no fields"):
        link([{}], ())


#: Enough other women that the chances can be learnt.
NOISE = [
    Identity((f"{given} {family}",), 1950 + place, (f"{given}{place}@example.org"), None, ("KEN",))
    for place, (given, family) in enumerate(
        (given, family)
        for given in ("Wanjiru", "Akinyi", "Nekesa", "Chebet", "Mumbua")
        for family in ("Otieno", "Kamau", "Barasa", "Kiptoo", "Mutua", "Njoroge", "Odhiambo")
    )
]


def propose(*women: Identity) -> dict[tuple[int, int], Verdict]:
    found = link_people([*women, *NOISE])
    return {(p.first, p.second): p.verdict for p in found.pairs if p.first < len(women)}


def test_a_name_and_a_year_make_a_pair_probable_and_a_name_alone_possible() -> None:
    one = Identity(("Astou Diouf-Ba",), 1960, nationalities=("SEN",))
    other = Identity(("DIOUF BA Astou",), 1960, nationalities=("SEN",))
    third = Identity(("Astou DIOUF BA",), None, nationalities=("SEN",))
    assert propose(one, other, third) == {
        (0, 1): Verdict.PROBABLE, (0, 2): Verdict.POSSIBLE, (1, 2): Verdict.POSSIBLE,
    }  # fmt: skip


def test_sisters_on_one_telephone_and_colleagues_on_one_address_are_not_proposed() -> None:
    women = (
        Identity(("Amina Nour",), 1974, phone="+00064193773", nationalities=("TCD",)),
        Identity(("Amira Nour",), 1974, phone="+00064193773", nationalities=("TCD",)),
        Identity(("Despo Kyriacou",), 1971, email="antenna@example.org"),
        Identity(("Hatice Erdal",), 1971, email="antenna@example.org"),
    )
    assert propose(*women) == {}


def test_a_woman_with_a_new_family_name_and_her_own_address_is_possible_and_no_more() -> None:
    one = Identity(("Clarisse Mbuyi",), 1971, "clarisse@example.org", None, ("COD",))
    other = Identity(("Clarisse Kalala",), 1971, "clarisse@example.org", None, ("COD",))
    assert propose(one, other) == {(0, 1): Verdict.POSSIBLE}


def test_a_mother_and_a_daughter_of_one_name_are_never_probable() -> None:
    one = Identity(("Rosa Neto",), 1955, phone="+000111222", nationalities=("AGO",))
    other = Identity(("Rosa Neto",), 1985, phone="+000111222", nationalities=("AGO",))
    assert set(propose(one, other).values()) <= {Verdict.POSSIBLE}
