"""Every answer that named her by code: when, why, and what its envoy read of her."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from roster import clock
from roster.facts import load_mediators
from roster.local_days import local_day
from roster.permissions import Permission
from roster.queries.mirror import NamedRow, count_named, list_named
from roster.services.shown_cards import list_reasons
from roster.web.access import current_actor, needs, reading
from roster.web.answer_rows import ListedView, NearMissView, make_listed, make_near_miss
from roster.web.mediators import blueprint
from roster.web.mediators.herself import herself, own_id, own_subject, read_page, render_hers
from roster.web.pages import current_wording

PAGE_SIZE = 5
"""With their evidence; a page stays light."""


@dataclass(frozen=True)
class ShortlistView:
    """One answer, told by its day. One of ``listed`` and ``near`` is there."""

    day: date
    listed: ListedView | None = None
    near: NearMissView | None = None


@blueprint.get("/me/shortlists")
@needs(Permission.SEE_OWN_PROFILE, own_subject)
def show_shortlists() -> str:
    """Answers that named her, the newest first, with the evidence as it was frozen.

    Whose request it is and what it is about stays untold until she is named to its envoy.
    """
    actor, now = current_actor(), clock.now()
    count = count_named(reading(), actor=actor, mediator_id=own_id())
    pages = max(1, -(-count // PAGE_SIZE))
    page = read_page(pages)
    rows = list_named(
        reading(),
        actor=actor,
        mediator_id=own_id(),
        offset=(page - 1) * PAGE_SIZE,
        limit=PAGE_SIZE,
    )
    facts = next(load_mediators(reading(), ids=[own_id()], now=now))
    zone = herself().time_zone
    return render_hers(
        "mediators/shortlists.html",
        rows=[_make_view(row, zone) for row in rows],
        count=count,
        is_shown_now=not list_reasons(facts, now),
        page=page,
        pages=pages,
    )


def _make_view(named: NamedRow, zone: str) -> ShortlistView:
    wording, row = current_wording(), named.row
    day = local_day(row.run.at, zone)
    if row.state == "listed":
        listed = make_listed(
            wording, row, named.rank, is_shown=True, at=row.run.at, names_places=False
        )
        return ShortlistView(day, listed=listed)
    near = make_near_miss(wording, row, is_shown=True, at=row.run.at, names_places=False)
    return ShortlistView(day, near=near)
