"""One document of the requester's: on the screen, as a file, and who has a copy of it."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from roster import clock
from roster.errors import Ended
from roster.models import Document
from roster.permissions import Permission
from roster.queries.documents import (
    find_own_copy,
    get_document,
    get_document_subject,
    get_run_of,
    is_over,
)
from roster.schemas.document import CopyForm
from roster.services.documents import add_copy, revoke_copy, revoke_document
from roster.web.access import current_actor, needs, reading, writing
from roster.web.document_pages import make_pdf, note_looks, read_document, render_document
from roster.web.envoys import blueprint
from roster.web.envoys.requests import read_version
from roster.web.forms import read_form
from roster.web.links import write_address
from roster.web.pages import flash_sentence, render, word_errors

LINK = "document"


@blueprint.get("/documents/<document_code>")
@needs(Permission.READ_REQUEST, get_document_subject)
def show_document_page(document_code: str) -> ResponseReturnValue:
    """The requester's own copy, as it may be seen now."""
    document = _get_live(document_code)
    shown = read_document(document, find_own_copy(document), on_screen=True)
    note_looks(shown)
    address = url_for("envoys.show_documents", code=shown.issue.request_code)
    return render_document(document, shown, is_own=True, address=address)


@blueprint.get("/documents/<document_code>.pdf")
@needs(Permission.READ_REQUEST, get_document_subject)
def send_document(document_code: str) -> ResponseReturnValue:
    """The same without whoever may be shown on the screen only."""
    document = _get_live(document_code)
    shown = read_document(document, find_own_copy(document), on_screen=False)
    answer = make_pdf(document, shown)
    note_looks(shown)
    return answer


@blueprint.get("/documents/<document_code>/copies")
@needs(Permission.READ_REQUEST, get_document_subject)
def show_copies(document_code: str) -> ResponseReturnValue:
    """Who has a copy, and how often each was opened."""
    return _show_copies(get_document(reading(), current_actor(), document_code))


@blueprint.post("/documents/<document_code>/copies")
@needs(Permission.EDIT_REQUEST, get_document_subject)
def give_copy(document_code: str) -> ResponseReturnValue:
    """A copy for one more reader; the address of its link is shown this once."""
    document = get_document(reading(), current_actor(), document_code)
    form = read_form(CopyForm())
    if not form.is_valid:
        return _show_copies(document, errors=form.errors, given=form.raw), 422
    session, actor = writing(), current_actor()
    copy, token = add_copy(
        session,
        actor=actor,
        document_id=document.id,
        expected_version=form.values["version"],
        recipient=form.values["recipient"],
    )
    kept = session.get_one(Document, document.id)
    return _show_copies(kept, address=write_address(LINK, token), watermark=copy.watermark)


@blueprint.post("/documents/<document_code>/copies/<watermark>/revoke")
@needs(Permission.EDIT_REQUEST, get_document_subject)
def call_copy_back(document_code: str, watermark: str) -> ResponseReturnValue:
    """End one reader's link."""
    document = get_document(reading(), current_actor(), document_code)
    revoke_copy(
        writing(),
        actor=current_actor(),
        document_id=document.id,
        expected_version=read_version(),
        watermark=watermark,
    )
    flash_sentence("copy_revoked")
    return redirect(url_for("envoys.show_copies", document_code=document_code), 303)


@blueprint.post("/documents/<document_code>/revoke")
@needs(Permission.EDIT_REQUEST, get_document_subject)
def call_back(document_code: str) -> ResponseReturnValue:
    """End every copy at once."""
    document = get_document(reading(), current_actor(), document_code)
    revoke_document(
        writing(),
        actor=current_actor(),
        document_id=document.id,
        expected_version=read_version(),
    )
    flash_sentence("document_revoked")
    return redirect(url_for("envoys.show_copies", document_code=document_code), 303)


def _get_live(document_code: str) -> Document:
    document = get_document(reading(), current_actor(), document_code)
    if is_over(document, clock.now()):
        raise Ended("document_ended")
    return document


def _show_copies(
    document: Document,
    *,
    errors: dict[str, list[str]] | None = None,
    given: dict[str, str] | None = None,
    address: str = "",
    watermark: str = "",
) -> str:
    request = get_run_of(reading(), document).match_request
    return render(
        "envoys/copies.html",
        document=document,
        request_code=request.code,
        is_over=is_over(document, clock.now()),
        given=given or {},
        address=address,
        watermark=watermark,
        errors=word_errors(errors or {}),
    )
