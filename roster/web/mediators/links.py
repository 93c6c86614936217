"""What her pages behind a link share. Opening one changes nothing and shows nothing personal.

They hold no name and no date of hers, set no cookie, and act on a press only (POST), so that a
link scanner cannot use them up. They open no session but that of an invitation or a sign-in link.
"""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from roster.errors import Ended
from roster.local_days import last_day
from roster.models import Link, Mediator
from roster.services.links import find_live_link, get_holder
from roster.web.access import reading
from roster.web.links import chosen_language, list_tongues
from roster.web.mediators import blueprint
from roster.web.pages import render, use_language


@blueprint.errorhandler(Ended)
def show_ended(_error: Ended) -> ResponseReturnValue:
    """The same page for a link that was used, replaced, has run out or never was; no cookie."""
    if chosen := chosen_language():
        use_language(chosen)
    return render("mediators/ended.html", tongues=list_tongues()), 410


def open_link(token: str, purpose: str) -> tuple[Link, Mediator]:
    """A live link and whose it is, to look at; the page speaks her language from here on."""
    link = find_live_link(reading(), token=token, purpose=purpose)
    mediator = get_holder(reading(), link)
    speak_to(mediator)
    return link, mediator


def speak_to(mediator: Mediator) -> None:
    """The language she chose on the page, else the one in which the service writes to her."""
    use_language(chosen_language() or mediator.language)


def render_link(template: str, **values: object) -> str:
    """A page behind a link, with the other languages to choose from."""
    return render(template, tongues=list_tongues(), **values)


def render_live(template: str, link: Link, mediator: Mediator, **values: object) -> str:
    """A page with something to press, and the last day on which it can be pressed."""
    ends_on = last_day(link.ends_at, mediator.time_zone)
    return render_link(template, ends_on=ends_on, **values)
