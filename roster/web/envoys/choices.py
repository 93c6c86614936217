"""The cards of an answer to choose from, by their places in it."""

from __future__ import annotations

from collections.abc import Collection

from matching.facts import Requester
from roster.facts import make_request
from roster.models import Run
from roster.web.reason_rows import word_post_title
from roster.wording import N_, Wording


def list_cards(wording: Wording, run: Run, showable: Collection[int]) -> list[tuple[str, str]]:
    """Place and words of every card that may be shown today: handle, post, one step away."""
    asked = make_request(run.criteria, code="", requester=Requester())
    cards = []
    for row in run.rows:
        if row.mediator_id not in showable:
            continue
        words = [row.handle, word_post_title(wording, asked, row.post)]
        if row.state == "near_miss":
            words.append(wording.gettext(N_("one step away")))
        cards.append((str(row.position), wording.list_parts(word for word in words if word)))
    return cards
