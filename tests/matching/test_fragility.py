"""Would weights a tenth more or less have given other first places? Against a plain sweep."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import (
    PUBLISHED,
    Answer,
    Columns,
    Grade,
    LanguageWish,
    Mediator,
    Place,
    PlaceWish,
    Post,
    Request,
    Skill,
    ThemeWish,
    answer,
)
from matching.fragility import WeightFragility, find_fragility
from matching.run import draw_lots, list_shares
from tests.matching.builders import (
    NOW,
    TERMS,
    days,
    make_availability,
    make_language,
    make_mediator,
    make_request,
)
from tests.matching.strategies import Dice, requests, rosters, seeds

LITTLE = 1e-9
WISHES = Post(
    "post",
    themes=(ThemeWish(("ceasefire",)),),
    themes_nice=(ThemeWish(("borders",)), ThemeWish(("ceasefire",), 3), ThemeWish(("youth",))),
    languages_nice=(LanguageWish(("fra",)), LanguageWish(("arb",), level=6)),
    places_nice=(PlaceWish(("KEN",)), PlaceWish(("SDN",))),
    tracks=("I", "III"),
    roles=("co_mediator",),
    seniority="mid",
)


def make_rival(seed: int, mediator_id: int) -> Mediator:
    """One who fits ``WISHES`` and has some of what it would like."""
    dice = Dice(seed)
    themes = (
        Skill("ceasefire", Grade.CONFIRMED, dice.number(1, 3)),
        Skill("borders", dice.grade()),
    )
    spoken = [make_language("fra", level=dice.number(3, 6)), make_language("arb", level=6)]
    return make_mediator(
        mediator_id,
        themes=themes[: dice.number(1, 2)],
        languages=tuple(spoken[: dice.number(0, 2)]),
        places=tuple(Place(dice.pick("KEN", "SDN", "FRA")) for _ in range(dice.number(0, 2))),
        seniority=Skill(dice.pick("mid", "senior", "eminent")),
        roles_held=(
            Skill("co_mediator", dice.pick(Grade.CONFIRMED, Grade.RECORDED), 1, dice.year()),
        ),
        availability=make_availability(
            confirmed_at=NOW - days(dice.number(1, 80)), notice_days=dice.number(0, 14)
        ),
        last_proposed_at=dice.pick(None, NOW - days(dice.number(1, 3))),
    )


class Sweep:
    """The shares once, then the whole list anew for any weight moved by any part of itself."""

    def __init__(self, found: Answer) -> None:
        columns, plan, weights = (
            found.workings.columns,
            found.workings.plan,
            found.workings.weights,
        )
        asking = plan.for_post(found.request.posts[0])
        rows = columns.rows()
        listed = {one.mediator_id for one in found.listed}
        self.ids = [int(one) for one in columns.ids(rows)]
        self.listed = [one for one in self.ids if one in listed]
        self.shares = [
            (
                share.preference.name,
                [float(one) for one in share.score(columns, rows, asking)[1].shares],
            )
            for share in list_shares(asking, weights)
        ]
        lots = draw_lots(columns.ids(rows), found.request.code)
        last = [columns.mediator(one).last_proposed_at for one in self.ids]
        self.ties = {
            one: (asked.timestamp() if asked else float("-inf"), int(lot))
            for one, asked, lot in zip(self.ids, last, lots, strict=True)
        }

    def rank(self, moved: str = "", by: float = 0) -> tuple[int, ...]:
        weights = PUBLISHED.by_preference()
        points = dict.fromkeys(self.ids, 0)
        for name, shares in self.shares:
            wishes = sum(other == name for other, _ in self.shares)
            out_of = round(weights[name] * (1 + (by if name == moved else 0)) * 100 / wishes)
            for one, share in zip(self.ids, shares, strict=True):
                points[one] += round(share * out_of)
        return tuple(sorted(self.listed, key=lambda one: (-points[one], self.ties[one])))

    def find_first(self, name: str, first: int, sign: int) -> float | None:
        """The first of a hundred small steps, up to a tenth, at which the first places differ."""
        before = self.rank()[:first]
        steps = (sign * step / 1000 for step in range(1, 101))
        return next((by for by in steps if self.rank(name, by)[:first] != before), None)


@settings(max_examples=12, deadline=None)
@given(st.lists(seeds, min_size=2, max_size=5), st.integers(1, 3))
def test_the_smallest_change_is_that_of_a_plain_sweep(drawn: list[int], first: int) -> None:
    roster = [make_rival(seed, number) for number, seed in enumerate(drawn, 1)]
    found = answer(Columns.build(roster, TERMS), make_request(WISHES), NOW, limit=None)
    sweep, fragility = Sweep(found), find_fragility(found, "post", first)
    assert fragility.first == sweep.rank()[:first]
    for one in fragility.weights:
        for sign, shift in ((-1, one.down), (1, one.up)):
            swept = sweep.find_first(one.preference, first, sign)
            if shift is None:
                assert swept is None
                continue
            assert swept is None or abs(shift.by) <= abs(swept) + LITTLE
            just_before = sweep.rank(one.preference, shift.by - sign * LITTLE)
            just_after = sweep.rank(one.preference, shift.by + sign * LITTLE)
            assert (just_before[:first], just_after[:first]) == (fragility.first, shift.first)


@settings(max_examples=30, deadline=None)
@given(rosters, requests)
def test_first_places_are_those_of_the_answer_and_marks_name_who_moves(
    roster: list[Mediator], request: Request
) -> None:
    found = answer(Columns.build(roster, TERMS), request, NOW, limit=None)
    for post in request.posts:
        listed = tuple(one.mediator_id for one in found.listed if one.post == post.code)
        fragility = find_fragility(found, post.code, 3)
        assert fragility.first == listed[:3]
        assert fragility.moved <= set(listed[:3])
        assert fragility.entering <= set(listed[3:])
        assert bool(fragility.moved) == bool(fragility.fragile)


def test_equal_points_hang_on_both_weights_and_say_from_when() -> None:
    plain = {"availability": make_availability(notice_days=14), "themes": (), "languages": ()}
    theme = make_mediator(1, **{**plain, "themes": (Skill("borders"),)}, last_proposed_at=None)
    language = make_mediator(
        2, **{**plain, "languages": (make_language("fra", level=3),)}, last_proposed_at=NOW
    )
    post = Post(
        "post",
        themes_nice=(ThemeWish(("borders",)), ThemeWish(("youth",))),
        languages_nice=(LanguageWish(("fra",)),),
    )
    found = answer(Columns.build([theme, language], TERMS), make_request(post), NOW)
    assert len({one.points for one in found.listed}) == 1
    fragility = find_fragility(found, "post", 2)
    assert (fragility.first, fragility.moved, fragility.entering) == ((1, 2), {1, 2}, set())
    said = {one.preference: (one.down, one.up) for one in fragility.weights}
    less, more = said["themes_nice"][0], said["languages_nice"][1]
    assert less is not None
    assert more is not None
    assert (less.first, round(less.by, 9)) == ((2, 1), round(749.5 / 750 - 1, 9))
    assert (more.first, round(more.by, 9)) == ((2, 1), round(1501.5 / 1500 - 1, 9))
    assert fragility.fragile == ("themes_nice", "languages_nice")


def test_a_clear_lead_hangs_on_nothing() -> None:
    first = make_mediator(1, themes=(Skill("ceasefire", Grade.CONFIRMED, 3),))
    second = make_mediator(2, themes=())
    post = Post("post", themes_nice=(ThemeWish(("ceasefire",)),))
    found = answer(Columns.build([first, second], TERMS), make_request(post), NOW)
    fragility = find_fragility(found, "post")
    assert (fragility.first, fragility.fragile) == ((1, 2), ())
    assert all(one == WeightFragility(one.preference, None, None) for one in fragility.weights)


def test_at_least_one_place_of_a_post_that_exists() -> None:
    found = answer(Columns.build([make_mediator()], TERMS), make_request(), NOW)
    with pytest.raises(ValueError, match="one place"):
        find_fragility(found, "post", 0)
    with pytest.raises(ValueError, match="no post"):
        find_fragility(found, "other")
