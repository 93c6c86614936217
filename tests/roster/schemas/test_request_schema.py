"""A request as JSON: codes or certain words in, plain values out, every error a code."""

from __future__ import annotations

from typing import Any

import pytest
from marshmallow import ValidationError

from matching.facts import (
    Exclusions,
    Grade,
    LanguageWish,
    Party,
    PlaceWish,
    Post,
    Request,
    Requester,
    ThemeWish,
)
from roster.facts import make_request
from roster.schemas.json_schema import make_json_schema
from roster.schemas.profile import ProfilesSchema
from roster.schemas.request import RequestSchema, load_criteria
from roster.schemas.shortlist import ShortlistSchema

DATES = {"start": "2027-01-12", "end": "2027-06-30"}


def test_everything_that_the_engine_can_be_asked_can_be_written() -> None:
    post = {
        "code": "deputy",
        "roles": ["co_mediator"],
        "role_grade": "recorded",
        "tracks": ["1.5", "voie 2"],
        "track_grade": "stated",
        "phases": ["ceasefire"],
        "phase_grade": "confirmed",
        "themes": [{"any_of": ["natural_resources"], "depth": 2, "grade": "confirmed"}],
        "themes_nice": ["cease-fire"],
        "languages": [
            {"any_of": ["apd", "shu"], "level": "UN-III", "accepts_family": False},
            {"any_of": "French", "skill": "writing", "level": "native", "grade": "stated"},
        ],
        "languages_nice": [["eng", "por"]],
        "places": [{"any_of": ["Middle Africa"], "since_year": 2020}],
        "places_nice": ["Tchad"],
        "seniority": "senior",
        "origin": "insider",
        "origin_is_hard": True,
        "community": "lake_people",
        "trainings": ["hostile_environment"],
        "exclusions": {"nationalities": [], "offices": ["gov"], "office_years": 3},
    }
    document = {
        **DATES,
        "title": "Corridors",
        "countries": ["TCD", "Sudan"],
        "parties": [{"country": "Chad"}, {"code": "gov", "country": "SDN", "stance": "sponsor"}],
        "place": "TCD",
        "modality": "hybrid",
        "days_per_month": 20,
        "notice_days": 14,
        "rhythm": ["friday_noon"],
        "networks": ["nwm"],
        "accreditation_floor": "interviewed",
        "exclusions": {
            "nationalities": ["TCD"],
            "former_within_years": 10,
            "second_passport_flag_only": True,
            "residences": ["SDN"],
        },
        "posts": [post],
    }
    asked = make_request(load_criteria(document), code="R-1", requester=Requester("NOR"))
    assert asked == Request(
        code="R-1",
        start=asked.start,
        end=asked.end,
        posts=(
            Post(
                code="deputy",
                roles=("co_mediator",),
                role_grade=Grade.RECORDED,
                tracks=("I.5", "II"),
                track_grade=Grade.STATED,
                phases=("ceasefire",),
                phase_grade=Grade.CONFIRMED,
                themes=(ThemeWish(("natural_resources",), 2, Grade.CONFIRMED),),
                themes_nice=(ThemeWish(("ceasefire",)),),
                languages=(
                    LanguageWish(("apd", "shu"), "speaking", 5, False),
                    LanguageWish(("fra",), "writing", 7, True, Grade.STATED),
                ),
                languages_nice=(LanguageWish(("eng", "por")),),
                places=(PlaceWish(("017",), 2020),),
                places_nice=(PlaceWish(("TCD",)),),
                seniority="senior",
                origin="insider",
                origin_is_hard=True,
                community="lake_people",
                trainings=("hostile_environment",),
                exclusions=Exclusions(offices=frozenset({"gov"}), office_years=3),
            ),
        ),
        countries=("TCD", "SDN"),
        parties=(Party("TCD", "TCD"), Party("gov", "SDN", "sponsor")),
        place="TCD",
        modality="hybrid",
        days_per_month=20,
        notice_days=14,
        rhythm=frozenset({"friday_noon"}),
        networks=frozenset({"nwm"}),
        accreditation_floor="interviewed",
        exclusions=Exclusions(frozenset({"TCD"}), 10, True, frozenset({"SDN"}), frozenset(), 5),
        requester=Requester("NOR"),
    )
    assert (str(asked.start), str(asked.end)) == ("2027-01-12", "2027-06-30")


def test_the_least_request_asks_what_the_engine_asks_by_default() -> None:
    asked = make_request(load_criteria({**DATES, "posts": [{}]}), code="R-1", requester=Requester())
    assert asked == Request("R-1", asked.start, asked.end, (Post("post-1"),))


def test_loading_what_was_loaded_changes_nothing() -> None:
    once = load_criteria(
        {**DATES, "posts": [{"themes": ["ceasefire"]}], "parties": [{"code": "gov"}]}
    )
    assert load_criteria(once) == once


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"start": None}, {"start": ["null"]}),
        ({"start": "soon"}, {"start": ["invalid"]}),
        ({"end": "2027-01-11"}, {"end": ["ends_before_start"]}),
        ({"posts": []}, {"posts": ["wrong_length"]}),
        ({"posts": [{}] * 13}, {"posts": ["wrong_length"]}),
        ({"posts": [{"code": "a"}, {"code": "a"}]}, {"posts": ["same_code_twice"]}),
        ({"role": "x"}, {"role": ["unknown_field"]}),
        ({"days_per_month": 32}, {"days_per_month": ["out_of_range"]}),
        ({"days_per_month": "20"}, {"days_per_month": ["invalid"]}),
        ({"modality": "by boat"}, {"modality": ["not_a_choice"]}),
        ({"countries": ["Congo"]}, {"countries": {0: ["ambiguous_code"]}}),
        ({"countries": ["Atlantis"]}, {"countries": {0: ["unknown_code"]}}),
        ({"parties": [{"stance": "party"}]}, {"parties": {0: {"code": ["required"]}}}),
        (
            {"posts": [{"languages": [{"any_of": ["fra"], "level": "fluent"}]}]},
            {"posts": {0: {"languages": {0: {"level": ["not_a_choice"]}}}}},
        ),
        (
            {"posts": [{"themes": [{"any_of": []}]}]},
            {"posts": {0: {"themes": {0: {"any_of": ["wrong_length"]}}}}},
        ),
    ],
)
def test_each_error_is_a_code_at_its_path(change: dict[str, Any], errors: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        load_criteria({**DATES, "posts": [{}], **change})
    assert caught.value.messages == errors


@pytest.mark.parametrize("schema", [ProfilesSchema, RequestSchema, ShortlistSchema])
def test_a_schema_prints_as_json_schema_whose_references_all_lead_somewhere(schema: Any) -> None:
    document = make_json_schema(schema)
    references: list[str] = []

    def collect(value: Any) -> None:
        if isinstance(value, dict):
            references.extend(v for k, v in value.items() if k == "$ref")
            for each in value.values():
                collect(each)
        if isinstance(value, list):
            for each in value:
                collect(each)

    collect(document)
    assert set(references) <= {f"#/$defs/{name}" for name in document["$defs"]}
    assert document["additionalProperties"] is False
    assert document["description"]
