"""Copies of a document: listed, given to one more reader, called back one by one."""

from __future__ import annotations

from typing import Any

from roster.api import blueprint
from roster.api.bodies import read_body
from roster.api.calls import Call, Reply, current_actor, read_version, serves
from roster.edge.addresses import write_address
from roster.edge.units_of_work import reading, writing
from roster.models import DocumentCopy
from roster.permissions import Permission
from roster.queries.documents import get_document, get_document_subject
from roster.schemas.answer_calls import SentCopySchema
from roster.schemas.document_replies import CopyListSchema, CopyReplySchema, GivenCopySchema
from roster.services.documents import add_copy, revoke_copy

LINK = "document"


@blueprint.get("/documents/<document_code>/copies")
@serves(
    Call(
        "List the copies of a document",
        Permission.READ_REQUEST,
        CopyListSchema,
        "requests:read",
        subject=get_document_subject,
    )
)
def list_copies(document_code: str) -> Reply:
    """Who has one, and how often each was opened."""
    found = get_document(reading(), current_actor(), document_code)
    return Reply({"copies": [_describe(one) for one in found.copies]}, version=found.version)


@blueprint.post("/documents/<document_code>/copies")
@serves(
    Call(
        "Give somebody a copy",
        Permission.EDIT_REQUEST,
        GivenCopySchema,
        "documents:write",
        subject=get_document_subject,
        takes=SentCopySchema,
        status=201,
        names_version=True,
        is_once=True,
        shown_once="address",
    )
)
def give_copy(document_code: str) -> Reply:
    """One more reader, who needs no account; the address is told this once."""
    found = get_document(reading(), current_actor(), document_code)
    values = read_body(SentCopySchema())
    copy, token = add_copy(
        writing(),
        actor=current_actor(),
        document_id=found.id,
        expected_version=read_version(),
        recipient=values["recipient"],
    )
    return Reply({**_describe(copy), "address": write_address(LINK, token)})


@blueprint.post("/documents/<document_code>/copies/<watermark>/revocation")
@serves(
    Call(
        "Call one copy back",
        Permission.EDIT_REQUEST,
        CopyReplySchema,
        "documents:write",
        subject=get_document_subject,
        names_version=True,
        is_once=True,
    )
)
def call_copy_back(document_code: str, watermark: str) -> Reply:
    """Its link leads nowhere any more."""
    found = get_document(reading(), current_actor(), document_code)
    revoked = revoke_copy(
        writing(),
        actor=current_actor(),
        document_id=found.id,
        expected_version=read_version(),
        watermark=watermark,
    )
    return Reply(_describe(revoked))


def _describe(copy: DocumentCopy) -> dict[str, Any]:
    names = ("watermark", "recipient", "created_at", "views", "viewed_at")
    return {
        **{name: getattr(copy, name) for name in names},
        "is_own": copy.token_digest is None,
        "is_revoked": copy.revoked_at is not None,
    }
