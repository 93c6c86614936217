"""Values for the components: full ones with markup in them, and empty ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

from matching.facts import Grade
from roster.queries.cards import Card, CardItem
from roster.web.answer_rows import ListedView, NearMissView
from roster.web.person_view import PersonView
from roster.web.person_words import AvailabilityLine, Line
from roster.wording.evidence import Worded

EVIDENCE = Worded(
    label="French, speaking B2",
    value="French C1",
    sign="yes",
    note="said by herself, June 2026",
    is_hard=True,
    days_left=12,
    days_total=90,
)
ITEM = CardItem("borders", Grade.CONFIRMED, "coordinator", depth=2)
LANGUAGE = CardItem("fra", Grade.STATED, "self", level=5, as_entered="UN-III")
FULL_CARD = Card(
    tracks=(CardItem("II", Grade.RECORDED, "coordinator"),),
    themes=(ITEM,),
    languages=(LANGUAGE, CardItem("ara", Grade.STATED, "import")),
    seniority=CardItem("senior", Grade.STATED, "self"),
    regions=("014",),
    status="available",
    confirmed_month=date(2026, 11, 1),
    confirmed_by="self",
    notice_days=7,
    accredited_since=2025,
)
LISTED = ListedView("K7-Q2M", 1, "p1", kind="yes", state="<b>", items=[EVIDENCE])
PROFILE = PersonView(
    network="Nordic <b>",
    state="fresh",
    safety_class="Discreet",
    is_from_list=True,
    membership={
        "since": "2023",
        "antenna": "",
        "accreditation": "Accredited",
        "sign": "yes",
        "lapses": "2028",
    },
    identity=[("E-mail", "selwa@example.org", "ltr")],
    entries=[Line("Tracks", "<script>", "herself")],
    languages=[["French", "C1", "C1", "unknown", "unknown", "herself"]],
    own_entries=[],
    own_languages=[["French", "C1", "C1", "unknown", "unknown", "herself"]],
    availability=AvailabilityLine("yes", "Fresh", "Available", "herself", 18, 90, "until May"),
    consents=[("Matching", "yes", "Given")],
)
PICTURE = SimpleNamespace(
    bars=[SimpleNamespace(fill="f-now", start="0.00%", width="40.00%")],
    months=["2.47%"],
    first_month="November 2026",
    last_month="November 2027",
    key=[("f-now", "free"), ("url(#hatch)", "unknown")],
    lines=[("Until 20 February 2027", "yes", "<b>")],
)
LOOK_VALUES: dict[str, Any] = {
    "evidence_line": EVIDENCE,
    "card_item": ITEM,
    "full_card": FULL_CARD,
    "empty_card": Card(),
    "picture": PICTURE,
    "listed": LISTED,
    "gone": replace(LISTED, is_gone=True),
    "near": NearMissView("K7-Q2M", "p1", "4 of 9", EVIDENCE, "Would fit if she declares"),
    "near_gone": NearMissView("K7-Q2M", "p1"),
    "profile": PROFILE,
    "empty_profile": replace(PROFILE, entries=[], languages=[], own_languages=[]),
}
