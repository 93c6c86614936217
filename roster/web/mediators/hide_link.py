"""Her hide link: made on her own page and shown once; one press on it hides her."""

from __future__ import annotations

from flask import url_for

from roster.local_days import last_day, local_day
from roster.permissions import Permission
from roster.services.hide_links import PURPOSE, find_hide_link, hide_by_link, make_hide_link
from roster.web.access import current_actor, needs, reading, writing
from roster.web.links import proved_by_token, write_address
from roster.web.mediators import blueprint
from roster.web.mediators.herself import herself, own_id, own_subject, render_hers
from roster.web.mediators.links import open_link, render_link, render_live, speak_to


@blueprint.get("/me/hide-link")
@needs(Permission.SEE_OWN_PROFILE, own_subject)
def show_hide_link() -> str:
    """Whether she has one; its address was shown once."""
    link = find_hide_link(reading(), actor=current_actor(), mediator_id=own_id())
    zone = herself().time_zone
    return render_hers(
        "mediators/hide_link.html",
        address=None,
        path=None,
        made_on=local_day(link.created_at, zone) if link else None,
        ends_on=last_day(link.ends_at, zone) if link else None,
    )


@blueprint.post("/me/hide-link")
@needs(Permission.SEE_OWN_PROFILE, own_subject)
def make_my_hide_link() -> str:
    """Make one, or one in place of that which she has."""
    link, token = make_hide_link(writing(), actor=current_actor(), mediator_id=own_id())
    zone = herself().time_zone
    return render_hers(
        "mediators/hide_link.html",
        address=write_address(PURPOSE, token),
        path=url_for("mediators.show_hide", token=token),
        made_on=local_day(link.created_at, zone),
        ends_on=last_day(link.ends_at, zone),
    )


@blueprint.get("/h/<token>")
@needs(Permission.USE_LINK)
def show_hide(token: str) -> str:
    """One button. Whether she is hidden already is not said."""
    return render_live("mediators/hide.html", *open_link(token, PURPOSE))


@blueprint.post("/h/<token>")
@needs(Permission.USE_LINK)
@proved_by_token
def hide_at_once(token: str) -> str:
    """Hidden, and the same words however often it is pressed."""
    speak_to(hide_by_link(writing(), token=token))
    return render_link("mediators/hidden.html")
