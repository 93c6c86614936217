"""Questions of a woman who is asked, and the answer to them: by handle, without an address."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from roster.permissions import Permission
from roster.queries.approaches import handle_subject
from roster.schemas.own_approach import QuestionForm
from roster.services.approach_questions import reply_to_question
from roster.web.access import current_actor, needs, writing
from roster.web.envoys import blueprint
from roster.web.envoys.approaches import get_approach, render_approach
from roster.web.forms import read_form
from roster.web.pages import flash_sentence


@blueprint.post("/requests/<code>/approaches/<handle>/reply")
@needs(Permission.EDIT_REQUEST, handle_subject)
def reply_to_woman(code: str, handle: str) -> ResponseReturnValue:
    """Answer what she asked; she is told that something waits for her."""
    form = read_form(QuestionForm())
    if not form.is_valid:
        return render_approach(code, handle, replied=form), 422
    reply_to_question(
        writing(),
        actor=current_actor(),
        approach_id=get_approach(code, handle).id,
        expected_version=form.values["version"],
        text=form.values["text"],
    )
    flash_sentence("reply_sent")
    return redirect(url_for("envoys.show_approach", code=code, handle=handle), 303)
