"""With too few fits: what could be asked less, and how many more would then fit."""

from __future__ import annotations

from dataclasses import dataclass

from flask.typing import ResponseReturnValue

from roster.permissions import Permission
from roster.queries.requests import get_request, get_subject
from roster.services.asked_today import get_newest_run
from roster.services.relaxations import FEWEST, PostRelaxations, list_relaxations
from roster.web.access import current_actor, needs, reading
from roster.web.envoys import blueprint
from roster.web.envoys.changes import link_to_form
from roster.web.index import get_index
from roster.web.pages import current_wording, render
from roster.web.reason_rows import word_post_title
from roster.wording.answers import word_count
from roster.wording.explanations import word_change


@dataclass(frozen=True)
class SetView:
    """One smallest set of changes in words; ``href`` fills the form with it, "" where none can."""

    changes: list[str]
    freed: str
    href: str


@dataclass(frozen=True)
class PostView:
    """One post; ``left_off`` are sets that are not shown."""

    title: str
    is_enough: bool
    sets: list[SetView]
    left_off: int


@blueprint.get("/requests/<code>/relaxations")
@needs(Permission.READ_REQUEST, get_subject)
def show_relaxations(code: str) -> ResponseReturnValue:
    """All smallest sets for each post with too few fits. Nothing is changed by looking."""
    actor = current_actor()
    found = get_request(reading(), actor, code)
    said = list_relaxations(reading(), actor=actor, request_id=found.id, index=get_index())
    wording, criteria = current_wording(), get_newest_run(found).criteria

    def make(post: PostRelaxations) -> PostView:
        sets = [
            SetView(
                [word_change(wording, said.asked, change) for change in one.changes],
                word_count(wording, one.freed),
                link_to_form(said.asked, criteria, code, one.changes),
            )
            for one in post.sets
        ]
        title = word_post_title(wording, said.asked, post.post)
        return PostView(title, post.is_enough, sets, post.left_off)

    views = [make(post) for post in said.posts]
    return render("envoys/relaxations.html", found=found, posts=views, fewest=FEWEST)
