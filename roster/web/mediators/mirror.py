"""The mirror: what each kind of viewer gets of her, from the view and the template that they get."""

from __future__ import annotations

from dataclasses import replace

from flask import request

from roster import clock
from roster.facts import load_mediators
from roster.permissions import Permission
from roster.queries.cards import card_of
from roster.queries.mirror import list_named, list_read_records
from roster.services.shared_cards import list_networks_that_see
from roster.services.shown_cards import list_reasons
from roster.visibility import Viewer
from roster.web.access import current_actor, needs, reading
from roster.web.answer_rows import ListedView, NearMissView, make_listed, make_near_miss
from roster.web.mediators import blueprint
from roster.web.mediators.herself import own_id, own_subject, read_page, render_hers
from roster.web.pages import current_wording
from roster.web.person_view import make_person_view
from roster.wording import N_

VIEWERS = {
    "envoy": N_("An envoy’s office"),
    "coordinator": N_("Your coordinator"),
    "other": N_("Other networks"),
    "administrator": N_("Who keeps the service"),
    "auditor": N_("Who checks the trail"),
    "public": N_("Everybody else"),
}
"""Kinds of viewers in the order of the page."""
BOTH = (Viewer.OWN_COORDINATOR, Viewer.SELF)
"""Whoever reads her coordinator's page here is herself: their notes on her stay theirs."""
ANY_CODE = "K7-Q2M"
"""Stands for the code of an answer, which is told to its envoy only."""


@blueprint.get("/me/card")
@needs(Permission.SEE_OWN_PROFILE, own_subject)
def show_card() -> str:
    """What one kind of viewer gets of her; an envoy's office unless she asks for another."""
    viewer = request.args.get("viewer", "")
    if viewer not in VIEWERS:
        viewer = "envoy"
    shown = {
        "envoy": _show_envoy,
        "coordinator": _show_coordinator,
        "other": _show_other_networks,
    }.get(viewer, dict)()
    wording = current_wording()
    return render_hers(
        "mediators/mirror.html",
        viewer=viewer,
        viewers=[(code, wording.gettext(label)) for code, label in VIEWERS.items()],
        **shown,
    )


def _show_envoy() -> dict[str, object]:
    """Her row of the newest answer as it reads today; without one, her card."""
    now = clock.now()
    facts = next(load_mediators(reading(), ids=[own_id()], now=now))
    reasons = list_reasons(facts, now)
    newest = list_named(reading(), actor=current_actor(), mediator_id=own_id(), offset=0, limit=1)
    listed: ListedView | None = None
    near: NearMissView | None = None
    for named in newest:
        wording, at = current_wording(), named.row.run.at
        if named.row.state == "listed":
            made = make_listed(
                wording, named.row, named.rank, is_shown=not reasons, at=at, names_places=False
            )
            listed = replace(made, handle=ANY_CODE)
        else:
            missed = make_near_miss(
                wording, named.row, is_shown=not reasons, at=at, names_places=False
            )
            near = replace(missed, handle=ANY_CODE)
    return {
        "reasons": reasons,
        "listed": listed,
        "near": near,
        "card": None if reasons or newest else card_of(facts, now=now),
    }


def _show_other_networks() -> dict[str, object]:
    """Her card as networks see it to which one of hers shows it; nothing where none does."""
    now, wording = clock.now(), current_wording()
    facts = next(load_mediators(reading(), ids=[own_id()], now=now))
    networks = list_networks_that_see(reading(), mediator_id=own_id(), woman=facts, now=now)
    return {
        "shared_with": [wording.term("network", code) for code in networks],
        "card": card_of(facts, now=now, viewer=Viewer.SHARED_COORDINATOR) if networks else None,
    }


def _show_coordinator() -> dict[str, object]:
    """Her profile in one of her networks; a page for each network."""
    now = clock.now()
    records = list_read_records(reading(), actor=current_actor(), mediator_id=own_id(), now=now)
    if not records:
        return {"view": None, "page": 1, "pages": 1}
    page = read_page(len(records))
    chosen = records[page - 1]
    view = make_person_view(current_wording(), chosen.person, chosen.own, now=now, viewers=BOTH)
    return {"view": view, "page": page, "pages": len(records)}
