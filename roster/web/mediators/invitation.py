"""The page behind an invitation: the only link of her network that opens a session."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from roster.permissions import Permission
from roster.queries.accounts import describe_session
from roster.services.invitations import accept_invitation
from roster.services.sign_in import start_session
from roster.web import session
from roster.web.access import needs, writing
from roster.web.links import chosen_language, proved_by_token
from roster.web.mediators import blueprint
from roster.web.mediators.links import open_link, render_live


@blueprint.get("/i/<token>")
@needs(Permission.USE_LINK)
def show_invitation(token: str) -> str:
    """The invitation before it is accepted: no name, nothing changes."""
    return render_live("mediators/invitation.html", *open_link(token, "invitation"))


@blueprint.post("/i/<token>")
@needs(Permission.USE_LINK)
@proved_by_token
def accept(token: str) -> ResponseReturnValue:
    """Accept: her account, her session, and the first of the three pages."""
    accepted = accept_invitation(writing(), token=token, language=chosen_language())
    key, web_session = start_session(writing(), account=accepted.account)
    session.enter(describe_session(web_session, accepted.account), key)
    return redirect(url_for("mediators.start_record"), 303)
