"""For every registered rule one woman who has less and one who has more of what it asks for.

A new rule without a row here fails.
"""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from matching import (
    Accreditation,
    Exclusions,
    Grade,
    Interest,
    LanguageWish,
    Mediator,
    Nationality,
    Place,
    PlaceWish,
    Post,
    Request,
    Skill,
    State,
    ThemeWish,
    Training,
)
from matching.gates import ORDER_OF_DECISION
from matching.preferences import PREFERENCES
from tests.matching.builders import (
    NOW,
    ask,
    days,
    make_availability,
    make_language,
    make_mediator,
    make_post,
    make_request,
)

GOOD = make_mediator()
Row = tuple[Request, Mediator, Mediator]


def free(**changes: Any) -> Mediator:
    return make_mediator(availability=make_availability(**changes))


def of_post(**changes: Any) -> Request:
    return make_request(make_post(**changes))


def excluding(**rules: Any) -> Request:
    return make_request(exclusions=Exclusions(**rules))


def tied(kind: str) -> Mediator:
    return make_mediator(interests=(Interest(kind, "SSD"),))


def holding(name: str, *skills: Skill) -> Mediator:
    changes: dict[str, Any] = {name: skills}
    return replace(GOOD, **changes)


ASKED = make_request()
FRENCH = make_mediator(languages=(make_language("fra"),))
SECURITY = Training("security", date(2028, 1, 1))
FRANCE = frozenset({"FRA"})

GATES: dict[str, Row] = {
    "consent": (ASKED, make_mediator(consents=GOOD.consents[:1]), GOOD),
    "safety_class": (ASKED, make_mediator(safety_class=3), GOOD),
    "pool": (ASKED, make_mediator(kept_by=frozenset({"nwm"})), GOOD),
    "suspension": (ASKED, make_mediator(is_suspended=True), GOOD),
    "integrity": (ASKED, make_mediator(has_integrity_hold=True), GOOD),
    "pause": (ASKED, make_mediator(paused_until=NOW + days(1)), GOOD),
    "freshness": (ASKED, free(valid_until=NOW), GOOD),
    "window": (ASKED, free(window_to=date(2027, 1, 30)), GOOD),
    "notice": (ASKED, free(notice_days=15), free(notice_days=14)),
    "days_per_month": (ASKED, free(days_per_month=9), free(days_per_month=10)),
    "modality": (ASKED, free(modalities=frozenset({"remote"})), GOOD),
    "place": (ASKED, free(refused=frozenset({"SSD"})), GOOD),
    "rhythm": (
        make_request(rhythm=frozenset({"ramadan"})),
        free(keeps_free=frozenset({"ramadan"})),
        GOOD,
    ),
    "accreditation": (
        ASKED,
        make_mediator(accreditations=(Accreditation("nwm", "interviewed"),)),
        GOOD,
    ),
    "role": (of_post(roles=("co_mediator",)), holding("roles_held"), GOOD),
    "track": (of_post(tracks=("III",)), holding("tracks", Skill("I")), GOOD),
    "phase": (of_post(phases=("pre_negotiation",)), holding("phases"), GOOD),
    "region": (of_post(places=(PlaceWish(("014",)),)), make_mediator(places=()), GOOD),
    "theme": (of_post(themes=(ThemeWish(("ceasefire",), 2),)), holding("themes"), GOOD),
    "language": (
        of_post(languages=(LanguageWish(("fra",), level=6),)),
        make_mediator(languages=(make_language("fra", level=5),)),
        FRENCH,
    ),
    "seniority": (of_post(seniority="senior"), make_mediator(seniority=Skill("mid")), GOOD),
    "training": (of_post(trainings=("security",)), GOOD, make_mediator(trainings=(SECURITY,))),
    "origin": (
        of_post(origin="insider", origin_is_hard=True),
        GOOD,
        make_mediator(nationalities=(Nationality("SSD"),)),
    ),
    "community": (
        of_post(community="nuer", origin_is_hard=True),
        GOOD,
        make_mediator(communities=frozenset({"nuer"})),
    ),
    "declaration": (ASKED, make_mediator(declaration=None), GOOD),
    "nationality": (
        excluding(nationalities=FRANCE),
        make_mediator(nationalities=(Nationality("FRA"),)),
        GOOD,
    ),
    "residence": (excluding(residences=FRANCE), make_mediator(residence="FRA"), GOOD),
    "office": (ASKED, tied("office"), GOOD),
    "held_interest": (ASKED, tied("kin"), GOOD),
    "refused": (ASKED, make_mediator(refused_by=frozenset({"gov"})), GOOD),
    "public_statement": (ASKED, tied("public_statement"), GOOD),
}
CO_MEDIATOR = of_post(roles=("co_mediator",))
HELD = GOOD.roles_held[0]
PREFERRED: dict[str, Row] = {
    "themes_nice": (of_post(themes_nice=(ThemeWish(("ceasefire",)),)), holding("themes"), GOOD),
    "theme_depth": (
        of_post(themes=(ThemeWish(("ceasefire",)),)),
        holding("themes", Skill("ceasefire", depth=1)),
        holding("themes", Skill("ceasefire", depth=2)),
    ),
    "languages_nice": (of_post(languages_nice=(LanguageWish(("fra",)),)), GOOD, FRENCH),
    "mediated_in": (
        of_post(languages=(LanguageWish(("eng",)),)),
        GOOD,
        make_mediator(languages=(make_language("eng", has_mediated=True),)),
    ),
    "places_nice": (
        of_post(places_nice=(PlaceWish(("KEN",)),)),
        make_mediator(places=()),
        GOOD,
    ),
    "region_experience": (
        ASKED,
        make_mediator(places=(Place("NOR"),)),
        make_mediator(places=(Place("SSD"),)),
    ),
    "role_evidence": (
        CO_MEDIATOR,
        GOOD,
        holding("roles_held", replace(HELD, grade=Grade.RECORDED)),
    ),
    "role_recency": (CO_MEDIATOR, holding("roles_held", replace(HELD, last_year=2010)), GOOD),
    "track_breadth": (
        of_post(tracks=("I", "III")),
        holding("tracks", Skill("III")),
        GOOD,
    ),
    "phase_breadth": (
        of_post(phases=("ceasefire", "pre_negotiation")),
        GOOD,
        holding("phases", Skill("ceasefire"), Skill("pre_negotiation")),
    ),
    "seniority_above": (
        of_post(seniority="mid"),
        make_mediator(seniority=Skill("mid")),
        GOOD,
    ),
    "notice_margin": (ASKED, free(notice_days=14), free(notice_days=7)),
    "freshness_margin": (ASKED, free(confirmed_at=NOW - days(40)), free(confirmed_at=NOW)),
    "origin_wish": (
        of_post(origin="insider"),
        GOOD,
        make_mediator(nationalities=(Nationality("SSD"),)),
    ),
}
FLAGS = {"rhythm": "A6", "public_statement": "C7"}
"""Gates that everybody passes, and that have something to say."""


def test_every_registered_rule_has_its_row() -> None:
    assert list(GATES) == list(ORDER_OF_DECISION)
    assert sorted(PREFERRED) == sorted(one.name for one in PREFERENCES.preferences)


@pytest.mark.parametrize("name", GATES)
def test_a_gate_keeps_out_who_has_less_and_lets_in_who_has_more(name: str) -> None:
    request, less, more = GATES[name]
    found = ask(request, less)
    passed = ask(request, more)
    assert (passed.state(1), [one.code for one in passed.listed[0].flags]) == (State.LISTED, [])
    if name in FLAGS:
        assert [(one.criterion, one.code) for one in found.listed[0].flags] == [(name, FLAGS[name])]
    else:
        assert found.state(1) < State.LISTED
        assert [one.criterion for one in found.reasons(1)] == [name]


@pytest.mark.parametrize("name", PREFERRED)
def test_a_preference_gives_more_points_to_who_has_more_and_ranks_her_first(name: str) -> None:
    request, less, more = PREFERRED[name]
    found = ask(request, replace(less, id=1), replace(more, id=2))
    points = {
        one.mediator_id: part.points
        for one in found.listed
        for part in one.evidence
        if part.criterion == name
    }
    assert points[2] > points[1]
    assert [one.mediator_id for one in found.listed] == [2, 1]


NEVER_COUNTED: dict[str, Mediator] = {
    "refusals and silence": make_mediator(2, refused_by=frozenset({"a party of another process"})),
    "Track III besides": make_mediator(2, tracks=(*GOOD.tracks, Skill("III", Grade.RECORDED))),
    "age": make_mediator(2, birth_band="60+"),
    "another nationality": make_mediator(2, nationalities=(Nationality("KEN"),)),
    "no residence said": make_mediator(2, residence=None),
    "the days she keeps free": replace(free(keeps_free=frozenset({"ramadan", "friday"})), id=2),
    "a community": make_mediator(2, communities=frozenset({"nuer"})),
    "the stricter safety class": make_mediator(2, safety_class=1),
    "a network more or less": make_mediator(2, networks=("nwm", "mwmn")),
}


@pytest.mark.parametrize("name", NEVER_COUNTED)
def test_what_must_never_count_changes_neither_points_nor_place(name: str) -> None:
    post = Post("post", roles=("co_mediator",), languages=(LanguageWish(("eng",)),))
    request = make_request(post)
    plain, other = make_mediator(2), NEVER_COUNTED[name]
    noise = [make_mediator(number, places=()) for number in (1, 3)]
    before, after = (ask(request, *noise, one).listed for one in (plain, other))
    assert [(one.mediator_id, one.points) for one in before] == [
        (one.mediator_id, one.points) for one in after
    ]
    assert before[0].mediator_id == 2


def test_experience_of_track_three_counts_as_much_as_of_any_other() -> None:
    tracks = ("I", "I.5", "II", "III")
    women = [
        make_mediator(number, tracks=(Skill(track, Grade.CONFIRMED),))
        for number, track in enumerate(tracks, 1)
    ]
    points = [
        ask(of_post(tracks=(track,)), woman).listed[0].points
        for track, woman in zip(tracks, women, strict=True)
    ]
    assert len(set(points)) == 1
    any_track = of_post(tracks=tracks)
    assert len({one.points for one in ask(any_track, *women).listed}) == 1
