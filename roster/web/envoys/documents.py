"""Documents of a request: those that were issued, and the form for the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from matching.facts import Requester
from roster import clock
from roster.documents import MOST_WOMEN
from roster.facts import make_request
from roster.models import Document, MatchRequest, Run, RunRow
from roster.permissions import Permission
from roster.queries.documents import is_over, list_documents
from roster.queries.requests import get_request, get_run, get_subject
from roster.queries.team_proposals import find_chosen
from roster.schemas.document import DocumentForm
from roster.services.documents import CLASSIFICATIONS, Choice, issue_document
from roster.services.shown_documents import list_on_screen
from roster.services.stale_runs import GONE, ChangesToAccept, RunChange, digest_changes
from roster.services.team_proposals import get_team
from roster.web.access import current_actor, needs, reading, writing
from roster.web.envoys import blueprint
from roster.web.forms import read_form
from roster.web.pages import current_wording, flash_sentence, render, word_errors
from roster.web.reason_rows import word_post_title
from roster.wording import LANGUAGES, N_
from roster.wording.reasons import word_reason

OFFERED = 20
"""Women of the answer who can be chosen on the page: the first, and all of a team that was chosen."""
CLASSIFICATION_WORDS = {
    "open": N_("Open to every reader"),
    "restricted": N_("Restricted: recipient only"),
    "confidential": N_("Confidential: for the named recipient only"),
}


@dataclass(frozen=True)
class IssuedView:
    """One document in the list; ``state``: live, ended or revoked."""

    code: str
    issued_at: Any
    ends_at: Any
    state: str
    readers: int
    views: int


@blueprint.get("/requests/<code>/documents")
@needs(Permission.READ_REQUEST, get_subject)
def show_documents(code: str) -> ResponseReturnValue:
    """The list, and the form filled with the team that was chosen."""
    found = get_request(reading(), current_actor(), code)
    return _show(found, _fill(found))


@blueprint.post("/requests/<code>/documents")
@needs(Permission.EDIT_REQUEST, get_subject)
def issue(code: str) -> ResponseReturnValue:
    """Issue one; where something changed since the search that is shown first, to be accepted."""
    found = get_request(reading(), current_actor(), code)
    form = read_form(DocumentForm())
    if not form.is_valid:
        return _show(found, form.raw, errors=form.errors), 422
    values = form.values
    choice = Choice(
        chosen=values["chosen"],
        reserves=values["reserves"],
        language=values["language"],
        classification=values["classification"],
        is_ranked=bool(values["is_ranked"]),
        accepted=values["accepted"],
    )
    try:
        issue_document(
            writing(),
            actor=current_actor(),
            request_id=found.id,
            expected_version=values["version"],
            choice=choice,
        )
    except ChangesToAccept as error:
        return _show(found, form.raw, changes=error.changes), 409
    flash_sentence("document_issued")
    return redirect(url_for("envoys.show_documents", code=code), 303)


def _show(
    found: MatchRequest,
    given: dict[str, Any],
    *,
    errors: dict[str, list[str]] | None = None,
    changes: Sequence[RunChange] = (),
) -> str:
    wording, actor = current_wording(), current_actor()
    run = get_run(reading(), actor, found.code, len(found.runs)) if found.runs else None
    return render(
        "envoys/documents.html",
        found=found,
        issued=[_make_view(one) for one in list_documents(reading(), found)],
        choices=_list_choices(run, given) if run else [],
        given={"language": wording.language, "classification": "restricted", **given},
        languages_offered=[(one.code, one.name) for one in LANGUAGES.values()],
        classifications=[
            (code, wording.gettext(CLASSIFICATION_WORDS[code])) for code in CLASSIFICATIONS
        ],
        most=MOST_WOMEN,
        changes=[_word_change(one) for one in changes],
        digest=digest_changes(run, changes) if run and changes else "",
        errors=word_errors(errors or {}),
    )


def _make_view(document: Document) -> IssuedView:
    over = is_over(document, clock.now())
    return IssuedView(
        code=document.code,
        issued_at=document.issued_at,
        ends_at=document.ends_at,
        state="revoked" if document.revoked_at else "ended" if over else "live",
        readers=sum(copy.revoked_at is None for copy in document.copies),
        views=sum(copy.views for copy in document.copies),
    )


def _fill(found: MatchRequest) -> dict[str, Any]:
    """The places of the team that was chosen last; nothing chosen where there is none."""
    if not found.runs:
        return {}
    run = get_run(reading(), current_actor(), found.code, len(found.runs))
    proposal = find_chosen(reading(), run.id)
    if proposal is None or proposal.chosen is None:
        return {}
    members = get_team(proposal, proposal.chosen)["members"]
    wanted = {(one["post"], one["handle"]) for one in members}
    places = [str(row.position) for row in run.rows if (row.post, row.handle) in wanted]
    return {"chosen": places}


def _list_choices(run: Run, given: dict[str, Any]) -> list[tuple[str, str]]:
    """Place and words of each woman who fits and may be shown; those given already among them."""
    listed = [row for row in run.rows if row.state == "listed"]
    showable = list_on_screen(reading(), run, listed, clock.now())
    asked = make_request(run.criteria, code="", requester=Requester())
    wording = current_wording()

    def word(row: RunRow) -> str:
        title = word_post_title(wording, asked, row.post)
        return wording.list_parts(one for one in (row.handle, title) if one)

    wanted = {*given.get("chosen", ()), *given.get("reserves", ())}
    present = [row for row in listed if row.mediator_id in showable]
    return [
        (str(row.position), word(row))
        for number, row in enumerate(present)
        if number < OFFERED or str(row.position) in wanted
    ]


def _word_change(change: RunChange) -> tuple[str, str]:
    wording = current_wording()
    if change.code == GONE:
        return change.handle, wording.gettext(N_("no longer available"))
    return change.handle, word_reason(wording, change.code)
