"""A shortlist document as a page and as a file: the same words, for whoever reads a copy of it."""

from __future__ import annotations

from flask import Response

from roster import clock
from roster.documents import Shortlist, write_pdf, write_words
from roster.models import Document, DocumentCopy
from roster.services.shown_documents import Shown, show_document
from roster.web.access import log_readings, reading
from roster.web.pages import render, use_language
from roster.wording import get_wording


def read_document(document: Document, copy: DocumentCopy, *, on_screen: bool) -> Shown:
    """What the reader of this copy may see now."""
    return show_document(
        reading(), document=document, copy=copy, now=clock.now(), on_screen=on_screen
    )


def note_looks(shown: Shown) -> None:
    """Every woman in it can read that she was looked at; after whatever takes long."""
    log_readings(sorted(set(shown.shown_ids) - set(shown.named_ids)), "card")
    log_readings(shown.named_ids, "record")


def render_document(document: Document, shown: Shown, **values: object) -> str:
    """The document in its own language, ready to be printed on two pages."""
    use_language(document.language)
    return render("documents/shortlist.html", words=_word(document, shown), shown=shown, **values)


def make_pdf(document: Document, shown: Shown) -> Response:
    """The same as a file; its name tells nothing but that it is a shortlist. Takes a second."""
    content = write_pdf(_word(document, shown), made_at=document.issued_at)
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = 'attachment; filename="shortlist.pdf"'
    return response


def _word(document: Document, shown: Shown) -> Shortlist:
    return write_words(get_wording(document.language), shown.issue)
