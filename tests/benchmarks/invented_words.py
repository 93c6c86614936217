"""The codes that invented women bear: those of the real vocabulary, the frequent ones first.

No list is longer than 63, so that a peer can hold one as the bits of a whole number.
"""

from __future__ import annotations

from datetime import timedelta

from matching import Source
from tests.matching.builders import TODAY


def _split(codes: str) -> tuple[str, ...]:
    return tuple(codes.split())


LANGUAGES = _split(
    "eng fra arb spa por swh amh som hau yor ibo apd arz apc ary rus ukr tur kur pus prs urd hin "
    "ben ind zsm tgl mya khm vie lao tha fuv wol dyu bam lin kon run kin lug nya sna zul afr tir "
    "orm sag"
)
THEMES = _split(
    "ceasefire process_design community_mediation reconciliation gender_inclusion "
    "national_dialogue transitional_justice natural_resources displacement humanitarian_access "
    "power_sharing constitution elections ddr_ssr monitoring_verification crsv_protection "
    "detainees_missing climate_security economic_track armed_groups pve indigenous_minority "
    "religious_mediation youth human_rights_ihl digital_media civil_military borders "
    "implementation_mechanisms training_mediation"
)
ROLES = _split(
    "facilitator dialogue_convenor co_mediator envoy_adviser technical_expert insider_mediator "
    "trainer_coach gender_adviser lead_mediator process_designer observer ceasefire_monitor "
    "rapporteur liaison mentor deputy_envoy shuttle_mediator guarantor_rep interpreter_mediator"
)
TRACKS = ("I", "I.5", "II", "III")
PHASES = (
    "pre_negotiation",
    "prevention",
    "implementation",
    "ceasefire",
    "framework_partial",
    "framework_comprehensive",
    "renewal",
    "post_agreement_review",
)
COUNTRIES = _split(
    "SSD KEN NGA SDN COL FRA NOR LBY SOM ETH UGA MLI COD CAF PHL MMR SYR YEM IRQ LBN JOR TUN MAR "
    "EGY SEN GHA CIV BFA NER TCD CMR RWA BDI TZA MOZ ZWE ZAF UKR TUR CYP GEO AFG PAK NPL IDN THA "
    "HTI GTM SWE FIN ITA GBR"
)
REGIONS = ("002", "014", "015", "017", "011", "018", "145", "035", "150", "419")
REFUSABLE = (*COUNTRIES, *REGIONS)
RESIDENCES = (*COUNTRIES, None, "undisclosed")
NETWORKS = ("femwise", "nwm", "mwmn", "wmc", "awmn", "seawpm", "refemac", "sadc")
ACCREDITATION_STATES = (
    "accredited",
    "needs_update",
    "interviewed",
    "documents_checked",
    "suspended",
    "withdrawn",
)
REACHING = ("accredited", "needs_update")
"""States with which the floor *accredited* is reached until it lapses."""
SENIORITIES = ("emerging", "mid", "senior", "eminent")
STATUSES = ("available", "partly", "on_assignment", "unavailable", "unknown")
SPEAKERS = ("self", "coordinator", "import")
TIES = (
    "office",
    "government_employment",
    "funding",
    "kin",
    "party_post",
    "public_statement",
    "security_service",
    "business",
    "future_employment",
)
BINDING = tuple(kind for kind in TIES if kind != "public_statement")
"""Kinds of ties that bar a woman, or hold her for a vetter."""
PARTIES = ("SSD-gov", "SSD-opposition", "SDN-gov", "LBY-east", "LBY-west")
OBSERVANCES = ("friday_noon", "ramadan", "sunday")
COMMUNITIES = ("nuer", "dinka", "fur")
BIRTH_BANDS = (None, "<30", "30-39", "40-49", "50-59", "60+")
LEVELS = (None, "A1", "A1", "A2", "B1", "B2", "C1", "C2", "native")
"""By level + 1: as it was entered."""
SOURCES = tuple(
    Source(by, TODAY - timedelta(days=days), network)
    for by in ("self", "coordinator", "import")
    for days in range(5, 500, 25)
    for network in (None, "femwise", "nwm", "mwmn")
)
