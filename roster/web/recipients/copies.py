"""A copy behind a link: it opens after a press, and every press is counted.

The page before the press says nothing of what lies behind it, so a link scanner learns nothing and
counts for nothing. A link that is unknown, revoked or over leads to one and the same page.
"""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from roster.errors import Ended
from roster.permissions import Permission
from roster.services.documents import find_copy, open_copy
from roster.web.access import needs, reading, writing
from roster.web.document_pages import make_pdf, note_looks, read_document, render_document
from roster.web.links import chosen_language, list_tongues, proved_by_token
from roster.web.pages import render, use_language
from roster.web.recipients import blueprint


@blueprint.errorhandler(Ended)
def show_ended(_error: Ended) -> ResponseReturnValue:
    """The same page for a link that was revoked, has run out or never was; no cookie."""
    if chosen := chosen_language():
        use_language(chosen)
    return render("recipients/ended.html", tongues=list_tongues()), 410


@blueprint.get("/d/<token>")
@needs(Permission.USE_LINK)
def show_copy(token: str) -> str:
    """Two buttons: to read it here, or as a file. Nothing of the document is said."""
    document, _ = find_copy(reading(), token=token)
    use_language(chosen_language() or document.language)
    return render("recipients/copy.html", tongues=list_tongues(), ends_at=document.ends_at)


@blueprint.post("/d/<token>")
@needs(Permission.USE_LINK)
@proved_by_token
def read_copy(token: str) -> ResponseReturnValue:
    """The document, as it may be seen now; made before anything is written, for it takes long."""
    document, copy = find_copy(reading(), token=token)
    shown = read_document(document, copy, on_screen=False)
    is_file = request.form.get("answer") == "file"
    answer: ResponseReturnValue = (
        make_pdf(document, shown) if is_file else render_document(document, shown, is_own=False)
    )
    open_copy(writing(), token=token)
    note_looks(shown)
    return answer
