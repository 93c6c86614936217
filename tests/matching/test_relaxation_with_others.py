"""Relaxations that add a person or leave the dates and the way of working open."""

from dataclasses import replace
from datetime import timedelta

from matching import Exclusions, Grade, LanguageWish, PlaceWish, Post, Skill, State, ThemeWish
from matching.changes import Change, apply_changes
from matching.relaxation import Addition, Relaxation, relax
from tests.matching.builders import (
    NOW,
    TODAY,
    ask,
    days,
    make_availability,
    make_language,
    make_mediator,
    make_post,
    make_request,
)

FRENCH = LanguageWish(("fra",))
INTERPRETS = (Skill("interpreter_mediator", Grade.CONFIRMED),)
KEPT_OUT = Exclusions(residences=frozenset({"KEN"}))


def by(how: str, wish: int = 0) -> Change:
    return Change("language", wish, "post", (("met_by", how),))


def split(*second: tuple[str, int]) -> Change:
    return Change("split", post="post", second=second)


def test_an_interpreter_stands_in_for_a_spoken_language_and_is_named_as_a_post() -> None:
    post = make_post(languages=(FRENCH,), seniority="senior", exclusions=KEPT_OUT)
    request = make_request(post)
    junior = {"seniority": Skill("mid")}
    french, english = make_language("fra", level=4), make_language("eng", level=4)
    women = [
        make_mediator(1),
        make_mediator(2, languages=(make_language("apd", level=4),)),
        make_mediator(3, languages=(make_language("eng", level=3),)),
        make_mediator(4, roles_held=INTERPRETS, languages=(french, english), **junior),
        make_mediator(5, roles_held=INTERPRETS, languages=(french,), is_suspended=True),
        make_mediator(6, languages=(french, make_language("apd")), **junior),
        make_mediator(7, languages=(make_language("eng", grade=Grade.STATED),)),
    ]
    added = Post(
        "post-interpreter-1",
        roles=("interpreter_mediator",),
        role_grade=Grade.CONFIRMED,
        languages=(FRENCH,),
        exclusions=KEPT_OUT,
    )
    found = relax(ask(request, *women), "post", wanted=1)
    role = by("interpreter_mediator")
    assert [one for one in found if role in one.changes] == [
        Relaxation("post", (role,), 1, 1, (Addition(added, 1),))
    ]
    assert by("interpreter_level") not in {change for one in found for change in one.changes}
    assert (Change("language", 0, "post"),) in [one.changes for one in found]
    assert apply_changes(request, [role]).posts == (replace(post, languages=()), added)


def test_who_has_the_language_at_c2_may_interpret_without_the_role() -> None:
    request = make_request(make_post(languages=(LanguageWish(("fra",), level=5),)))
    able = make_mediator(
        2, seniority=None, languages=(make_language("fra", level=6), make_language("eng"))
    )
    less = replace(able, languages=(make_language("fra", level=5), make_language("eng")))
    asked = replace(request, posts=(replace(request.posts[0], seniority="mid"),))
    (found,) = [
        one
        for one in relax(ask(asked, make_mediator(), able), "post", wanted=1)
        if by("interpreter_level") in one.changes
    ]
    added = Post("post-interpreter-1", languages=(LanguageWish(("fra",), level=6),))
    assert (found.changes, found.added) == ((by("interpreter_level"),), (Addition(added, 1),))
    for one in relax(ask(asked, make_mediator(), less), "post", wanted=1):
        assert by("interpreter_level") not in one.changes


def test_the_language_to_be_interpreted_is_none_that_the_two_share() -> None:
    french = LanguageWish(("fra",), level=5)
    request = make_request(make_post(languages=(french,), seniority="mid"))
    some, able = make_language("fra", level=4), make_language("fra", level=6)
    women = [
        make_mediator(1, languages=(some,)),
        make_mediator(2, languages=(able,), roles_held=INTERPRETS, seniority=None),
    ]
    found = relax(ask(request, *women), "post", wanted=1)
    assert not [one for one in found if any(change.stand_in for change in one.changes)]


def test_nobody_interprets_what_is_to_be_read_or_for_an_interpreter() -> None:
    helper = make_mediator(2, roles_held=INTERPRETS, languages=(make_language("fra", reading=6),))
    for post in (
        make_post(languages=(replace(FRENCH, skill="reading"),)),
        make_post(languages=(FRENCH,), roles=("interpreter_mediator",)),
    ):
        found = relax(ask(make_request(post), make_mediator(), helper), "post", wanted=1)
        assert not [one for one in found if any(change.stand_in for change in one.changes)]


def test_two_women_hold_a_post_together_and_nobody_is_counted_twice() -> None:
    post = make_post(
        languages=(FRENCH,), themes=(ThemeWish(("borders",)),), places=(PlaceWish(("KEN",)),)
    )
    request = make_request(post)
    french, borders = (make_language("fra"),), (Skill("borders"),)
    women = [
        make_mediator(1, languages=french, themes=borders),
        make_mediator(2, themes=borders),
        make_mediator(3, themes=borders),
        make_mediator(4, languages=french, places=()),
        make_mediator(5, languages=french, places=(), is_suspended=True),
        make_mediator(6),
    ]
    found = relax(ask(request, *women), "post", wanted=2, most_changed=1)
    second = replace(post, code="post-second", themes=(), places=())
    shared = split(("language", 0))
    assert [one for one in found if shared in one.changes] == [
        Relaxation("post", (shared,), 2, 1, (Addition(second, 2),))
    ]
    assert apply_changes(request, [shared]).posts == (replace(post, languages=()), second)
    three = relax(ask(request, *women), "post", wanted=3, most_changed=1)
    assert not [one for one in three if shared in one.changes]


def test_every_way_to_part_a_post_that_is_enough_is_told() -> None:
    post = make_post(
        languages=(FRENCH,), themes=(ThemeWish(("borders",)),), places=(PlaceWish(("KEN",)),)
    )
    women = [
        make_mediator(1, languages=(make_language("fra"),)),
        make_mediator(2, themes=(Skill("borders"),)),
    ]
    found = relax(ask(make_request(post), *women), "post", wanted=1, most_changed=1)
    ways = [one.changes[0] for one in found if one.changes[0].second]
    assert ways == [split(("theme", 0)), split(("language", 0))]


def test_of_two_look_alikes_the_one_who_fits_alone_stays_before_a_fresher_half() -> None:
    post = make_post(languages=(FRENCH,), themes=(ThemeWish(("borders",)),))
    french, borders = (make_language("fra"),), (Skill("borders"),)
    fresh = make_availability(confirmed_at=NOW - days(1))
    women = [
        make_mediator(1, languages=french, themes=borders),
        make_mediator(2, languages=french, availability=fresh, look_alikes=frozenset({1})),
        make_mediator(3, themes=borders),
        make_mediator(4, languages=french),
    ]
    found = relax(ask(make_request(post), *women), "post", wanted=2, most_changed=1)
    shared = split(("language", 0))
    assert [(one.fits, one.freed) for one in found if shared in one.changes] == [(2, 1)]


def test_a_split_keeps_its_wishes_when_others_before_them_are_left_out() -> None:
    english = LanguageWish(("eng",))
    post = make_post(languages=(english, FRENCH), themes=(ThemeWish(("borders",)),))
    changes = [split(("language", 1)), Change("language", 0, "post")]
    first, second = apply_changes(make_request(post), changes).posts
    assert (first.languages, first.themes) == ((), post.themes)
    assert (second.languages, second.themes) == ((FRENCH,), ())


def test_other_dates_are_those_on_which_her_window_holds_as_many_days() -> None:
    request = make_request()
    length = (request.end - request.start).days + 1
    soon, late = TODAY + timedelta(days=1), request.end + timedelta(days=1)
    windows = {
        1: (soon, soon + timedelta(days=length - 1)),
        2: (soon, soon + timedelta(days=length - 2)),
        3: (late, None),
        4: (TODAY - timedelta(days=9), TODAY + timedelta(days=length - 2)),
    }
    women = [
        make_mediator(number, availability=make_availability(window_from=begin, window_to=end))
        for number, (begin, end) in windows.items()
    ]
    away = make_availability(status="on_assignment", window_to=request.start)
    expired = make_availability(valid_until=NOW, confirmed_at=NOW - days(90))
    women += [make_mediator(5, availability=away), make_mediator(6, availability=expired)]
    opened = Change("window", to=(("dates_are_open", True),))
    assert relax(ask(request, *women), "post", wanted=2) == (Relaxation("post", (opened,), 2, 2),)
    changed = ask(apply_changes(request, [opened]), *women)
    assert changed.list_ids(State.LISTED) == [1, 3]
    missing = {one.mediator_id: one.missing for one in changed.near_misses}
    assert [missing[number].facts["days"] for number in (2, 4)] == [1, 1]  # type: ignore[union-attr]


def test_any_way_of_working_asks_for_none_and_still_for_the_place() -> None:
    request = make_request()
    remote = make_availability(modalities=frozenset({"remote"}))
    women = [
        make_mediator(1, availability=remote),
        make_mediator(2, availability=make_availability(modalities=None)),
        make_mediator(3, availability=replace(remote, refused=frozenset({"SSD"}))),
    ]
    open_way = Change("modality")
    assert relax(ask(request, *women), "post", wanted=2) == (Relaxation("post", (open_way,), 2, 2),)
    changed = ask(apply_changes(request, [open_way]), *women)
    assert changed.list_ids(State.LISTED) == [1, 2]
