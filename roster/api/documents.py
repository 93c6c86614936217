"""Shortlist documents: issued, listed, called back."""

from __future__ import annotations

from typing import Any

from flask import url_for

from roster import clock
from roster.api import blueprint
from roster.api.bodies import read_body
from roster.api.calls import Call, Reply, current_actor, read_version, serves
from roster.api.changes import refuse_changes
from roster.api.own import find_row, get_newest, get_own
from roster.edge.units_of_work import reading, writing
from roster.errors import Refused
from roster.models import Document, Run
from roster.permissions import Permission
from roster.queries.documents import (
    get_document,
    get_document_subject,
    is_over,
    list_documents,
)
from roster.queries.requests import get_subject
from roster.schemas.calls import SentDocumentSchema
from roster.schemas.document_replies import DocumentListSchema, DocumentReplySchema
from roster.services.documents import Choice, issue_document, revoke_document
from roster.services.stale_runs import ChangesToAccept


@blueprint.get("/requests/<code>/documents")
@serves(
    Call(
        "List the documents of a request",
        Permission.READ_REQUEST,
        DocumentListSchema,
        "requests:read",
        subject=get_subject,
    )
)
def list_issued(code: str) -> Reply:
    """The newest first, with how often each was read."""
    documents = list_documents(reading(), get_own(code))
    return Reply({"documents": [_describe(one) for one in documents]})


@blueprint.post("/requests/<code>/documents")
@serves(
    Call(
        "Issue a document",
        Permission.EDIT_REQUEST,
        DocumentReplySchema,
        "documents:write",
        subject=get_subject,
        takes=SentDocumentSchema,
        status=201,
        names_version=True,
        is_once=True,
    )
)
def issue(code: str) -> Reply:
    """Out of the newest answer; what changed since is answered first, to be accepted."""
    found, values = get_own(code), read_body(SentDocumentSchema())
    run = get_newest(found)
    choice = Choice(
        chosen=_find_places(run, values["chosen"]),
        reserves=_find_places(run, values["reserves"]),
        language=values["language"],
        classification=values["classification"],
        is_ranked=values["is_ranked"],
        accepted=values["accepted"],
    )
    try:
        made = issue_document(
            writing(),
            actor=current_actor(),
            request_id=found.id,
            expected_version=read_version(),
            choice=choice,
        )
    except ChangesToAccept as error:
        raise refuse_changes(run, error) from error
    return Reply(_describe(made), url_for("api.show_document", document_code=made.code))


@blueprint.get("/documents/<document_code>")
@serves(
    Call(
        "Read how a document stands",
        Permission.READ_REQUEST,
        DocumentReplySchema,
        "requests:read",
        subject=get_document_subject,
    )
)
def show_document(document_code: str) -> Reply:
    """Not its pages: those are read by people."""
    found = get_document(reading(), current_actor(), document_code)
    return Reply(_describe(found), version=found.version)


@blueprint.post("/documents/<document_code>/revocation")
@serves(
    Call(
        "Call a document back",
        Permission.EDIT_REQUEST,
        DocumentReplySchema,
        "documents:write",
        subject=get_document_subject,
        names_version=True,
        is_once=True,
    )
)
def call_back(document_code: str) -> Reply:
    """Every copy ends at once."""
    found = get_document(reading(), current_actor(), document_code)
    revoked = revoke_document(
        writing(), actor=current_actor(), document_id=found.id, expected_version=read_version()
    )
    return Reply(_describe(revoked), version=revoked.version)


def _find_places(run: Run, places: list[dict[str, str]]) -> list[int]:
    rows = [find_row(run, place) for place in places]
    found = [row.position for row in rows if row is not None]
    if len(found) < len(places):
        raise Refused("document_choice_wrong")
    return found


def _describe(document: Document) -> dict[str, Any]:
    over = is_over(document, clock.now())
    names = ("code", "language", "classification", "issued_at", "ends_at", "version")
    return {
        **{name: getattr(document, name) for name in names},
        "state": "revoked" if document.revoked_at else "ended" if over else "live",
        "readers": sum(copy.revoked_at is None for copy in document.copies),
        "views": sum(copy.views for copy in document.copies),
    }
