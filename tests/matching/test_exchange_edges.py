"""Exchange: where each condition begins and ends, and words that the vocabulary does not know."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from matching import (
    Accreditation,
    Columns,
    Consent,
    Mediator,
    Place,
    Skill,
    Terms,
    propose_partners,
)
from matching.exchange import Partner, explain_partner, takes_part
from tests.matching.builders import NOW, TERMS, days, make_language, make_mediator

TICK = timedelta(microseconds=1)
AGREED = Consent("mentoring", NOW + days(100))
HER = make_mediator(1, consents=(AGREED,))


def make_partner(mediator_id: int = 2, **changes: Any) -> Mediator:
    base = make_mediator(mediator_id, consents=(AGREED,), networks=("mwmn",))
    return replace(base, **changes)


def list_partners(*women: Mediator, terms: Terms = TERMS, **asked: Any) -> tuple[Partner, ...]:
    return propose_partners(Columns.build(women, terms), 1, NOW, **asked).partners


def tell(partner: Partner) -> dict[str, Any]:
    return {one.criterion: one.facts["found"] for one in partner.evidence}


@pytest.mark.parametrize(
    ("changes", "may"),
    [
        ({}, True),
        ({"consents": ()}, False),
        ({"consents": (Consent("mentoring", NOW),)}, False),
        ({"consents": (Consent("mentoring", NOW + TICK),)}, True),
        ({"consents": (Consent("matching", NOW + days(1)),)}, False),
        ({"consents": (Consent("matching", NOW), AGREED, Consent("card", NOW))}, True),
        ({"is_hidden": True}, False),
        ({"is_suspended": True}, False),
        ({"accreditations": (Accreditation("mwmn", "suspended"),)}, False),
        ({"accreditations": (Accreditation("mwmn", "withdrawn"),)}, True),
        ({"accreditations": ()}, True),
        ({"has_integrity_hold": True}, False),
        ({"paused_until": NOW + TICK}, False),
        ({"paused_until": NOW}, True),
        ({"safety_class": 2}, True),
        ({"safety_class": 3}, False),
    ],
)
def test_one_rule_says_who_takes_part_of_her_alone_and_of_everybody(
    changes: dict[str, Any], may: bool
) -> None:
    her = replace(HER, **changes)
    columns = Columns.build((make_partner(2), her, make_partner(3)), TERMS)
    found = propose_partners(columns, 1, NOW)
    assert (takes_part(her, NOW), found.takes_part) == (may, may)
    assert sorted(one.mediator_id for one in found.partners) == ([2, 3] if may else [])
    partner = replace(make_partner(2), **changes)
    listed = [one.mediator_id for one in list_partners(HER, partner, make_partner(3))]
    assert sorted(listed) == ([2, 3] if may else [3])


@pytest.mark.parametrize("track", ["I", "I.5", "II", "III"])
def test_each_track_that_is_not_hers_is_one_to_learn_from(track: str) -> None:
    own = tuple(Skill(one) for one in ("I", "I.5", "II", "III") if one != track)
    her = replace(HER, tracks=own)
    same, other = (make_partner(n, networks=her.networks, tracks=own) for n in (2, 3))
    (found,) = list_partners(her, same, replace(other, tracks=(*own, Skill(track))))
    assert (found.mediator_id, tell(found)["other_track"]) == (3, (track,))
    assert not any(one.is_hard for one in found.evidence)


def test_who_is_in_no_network_brings_none_and_may_still_bring_a_track() -> None:
    (found,) = list_partners(HER, make_partner(networks=(), tracks=(Skill("II"),)))
    assert (tell(found)["other_network"], tell(found)["other_track"]) == ((), ("II",))
    (brings,) = list_partners(HER, make_partner())
    assert tell(brings)["other_network"] == ("other_network",)


@pytest.mark.parametrize(("own", "hers", "is_shared"), [(4, 4, True), (3, 4, False), (4, 3, False)])
def test_a_language_is_shared_from_b2_on_by_both(own: int, hers: int, is_shared: bool) -> None:
    her = replace(
        HER, languages=(make_language("eng", level=own), make_language("fra", level=None))
    )
    partner = make_partner(languages=(make_language("eng", level=hers), make_language("fra")))
    assert [tell(one)["shared_language"] for one in list_partners(her, partner)] == (
        [("eng",)] if is_shared else []
    )


def test_places_that_the_vocabulary_does_not_know_are_no_region_and_no_error() -> None:
    her, partner = (replace(one, places=(Place("XYZ"),)) for one in (HER, make_partner()))
    for terms in (TERMS, Terms([])):
        (found,) = list_partners(her, partner, terms=terms, learns=("XYZ", "150"))
        assert "shared_region" not in tell(found)
        assert tell(found)["wish_to_learn"] == ("XYZ",)


def test_a_pair_is_explained_alone_as_it_is_among_all() -> None:
    partners = [make_partner(2), make_partner(3, tracks=(Skill("II"),), themes=())]
    columns = Columns.build([HER, *partners], TERMS)
    for one in propose_partners(columns, 1, NOW, learns=("KEN",)).partners:
        assert explain_partner(columns, 1, one.mediator_id, learns=("KEN",)) == one
    with pytest.raises(KeyError):
        explain_partner(columns, 1, 9)
