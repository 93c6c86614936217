"""What will be forgotten: a dry run, by count."""

from __future__ import annotations

from roster.permissions import Permission
from roster.services.retention import list_forgotten
from roster.web.access import current_actor, needs, reading
from roster.web.administrators import blueprint
from roster.web.pages import current_wording, render
from roster.wording.answers import word_count
from roster.wording.staff import FORGOTTEN


@blueprint.get("/retention")
@needs(Permission.READ_RETENTION)
def show_retention() -> str:
    """Every rule of forgetting with its count; nothing happens by looking."""
    wording = current_wording()
    lines = [
        (
            wording.gettext(FORGOTTEN[one.what]),
            wording.days(one.kept_days),
            word_count(wording, one.now),
            word_count(wording, one.soon),
        )
        for one in list_forgotten(reading(), actor=current_actor())
    ]
    return render("administrators/retention.html", lines=lines)
