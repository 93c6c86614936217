"""Six requests, from one that few fit to one that a quarter of the roster passes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from matching import (
    Exclusions,
    Grade,
    LanguageWish,
    Party,
    PlaceWish,
    Post,
    Request,
    ThemeWish,
)
from tests.matching.builders import TODAY

SOUTH_SUDAN = (Party("SSD-gov", "SSD"), Party("SSD-opposition", "SSD"))
IN_PERSON = Request(
    code="B",
    start=TODAY + timedelta(days=40),
    end=TODAY + timedelta(days=60),
    posts=(),
    countries=("SSD",),
    place="SSD",
    notice_days=14,
    days_per_month=15,
)
REMOTE = replace(IN_PERSON, modality="remote", notice_days=30, days_per_month=10, place=None)

LEAD = Post(
    "lead",
    roles=("lead_mediator", "co_mediator"),
    tracks=("I", "I.5"),
    themes=(ThemeWish(("ceasefire", "process_design", "monitoring_verification"), 2),),
    languages=(LanguageWish(("eng",), level=5),),
    places=(PlaceWish(("002",)),),
    seniority="senior",
    themes_nice=(ThemeWish(("ddr_ssr", "civil_military")),),
    languages_nice=(LanguageWish(("fra",)), LanguageWish(("arb", "apd"))),
    exclusions=Exclusions(frozenset({"SDN", "UGA"}), residences=frozenset({"SDN", "UGA"})),
)
ADVISER = Post(
    "adviser",
    roles=("envoy_adviser", "technical_expert", "facilitator", "gender_adviser"),
    themes=(ThemeWish(("gender_inclusion", "transitional_justice", "national_dialogue")),),
    languages=(LanguageWish(("eng",)), LanguageWish(("fra", "arb", "swh", "spa"))),
    places_nice=(PlaceWish(("014", "017"), grade=Grade.CONFIRMED),),
    themes_nice=(ThemeWish(("power_sharing",), 2), ThemeWish(("constitution",), 2)),
)
FACILITATOR = Post(
    "facilitator",
    roles=("facilitator", "dialogue_convenor", "co_mediator"),
    tracks=("II", "III"),
    phases=("pre_negotiation", "implementation"),
    languages=(LanguageWish(("eng", "fra", "arb")),),
    themes_nice=(ThemeWish(("community_mediation",)), ThemeWish(("natural_resources",))),
    seniority="mid",
)
EXPERT = Post(
    "expert",
    themes=(ThemeWish(("ceasefire", "process_design", "reconciliation", "gender_inclusion")),),
    languages=(LanguageWish(("eng", "fra")),),
    languages_nice=(LanguageWish(("arb",)), LanguageWish(("swh",))),
    places_nice=(PlaceWish(("002",)),),
)
SPEAKER = Post(
    "speaker",
    languages=(LanguageWish(("eng", "fra", "arb", "spa", "por"), level=3),),
    themes_nice=(ThemeWish(("ceasefire",), 2), ThemeWish(("process_design",))),
    languages_nice=(LanguageWish(("fra",)),),
)
ANYBODY = Post(
    "anybody",
    themes_nice=(ThemeWish(("ceasefire",)), ThemeWish(("borders",))),
    languages_nice=(LanguageWish(("eng",)), LanguageWish(("arb",))),
    places_nice=(PlaceWish(("014",)),),
)
REQUESTS: dict[str, Request] = {
    "lead mediator": replace(IN_PERSON, posts=(LEAD,), parties=SOUTH_SUDAN),
    "adviser with parties": replace(IN_PERSON, posts=(ADVISER,), parties=SOUTH_SUDAN[:1]),
    "facilitator": replace(IN_PERSON, posts=(FACILITATOR,)),
    "remote expert": replace(REMOTE, posts=(EXPERT,)),
    "remote speaker": replace(REMOTE, posts=(SPEAKER,), notice_days=60),
    "anybody": replace(REMOTE, posts=(ANYBODY,), notice_days=None, days_per_month=5),
}
"""By what they are called in the tables. Each has one post, and a code of its own."""
REQUESTS = {name: replace(one, code=f"B-{name}") for name, one in REQUESTS.items()}
