"""Routes that write about a shortlist document, each with its right form."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.models import Document, MatchRequest
from tests.document_factories import add_document
from tests.walls.forms import Form, MakeForm, just
from tests.walls.village import Village
from tests.walls.writings import Writing

TOKEN = "a-copy-that-somebody-was-given"


def issue(session: Session, village: Village) -> None:
    """The envoy's document, with a copy behind a link."""
    code = village.requests["envoy answered"][0]
    request = session.scalars(select(MatchRequest).where(MatchRequest.code == code)).one()
    document = add_document(session, request, [TOKEN])
    village.documents["envoy"] = (document.code, document.copies[-1].watermark)
    village.tokens["document"] = TOKEN


def _documents(village: Village) -> str:
    return f"/requests/{village.requests['envoy answered'][0]}/documents"


def _document(tail: str) -> Callable[[Village], str]:
    def make(village: Village) -> str:
        code, watermark = village.documents["envoy"]
        return f"/documents/{code}{tail.format(watermark=watermark)}"

    return make


def _issue_form(session: Session, village: Village) -> Form:
    code = village.requests["envoy answered"][0]
    version = session.scalars(select(MatchRequest.version).where(MatchRequest.code == code)).one()
    return {
        "version": version, "chosen": ["1"], "reserves": [], "language": "en",
        "classification": "restricted", "is_ranked": "yes", "accepted": "",
    }  # fmt: skip


def _version(**values: str) -> MakeForm:
    def make(session: Session, village: Village) -> Form:
        wanted = Document.code == village.documents["envoy"][0]
        return {"version": session.scalars(select(Document.version).where(wanted)).one(), **values}

    return make


DOCUMENT_WRITINGS = (
    Writing(
        "POST /requests/<code>/documents", "envoy", _documents, _issue_form,
        "document+ document_copy+",
    ),
    Writing(
        "POST /documents/<document_code>/copies", "envoy", _document("/copies"),
        _version(recipient="A second office"), "document_copy+", prepare=issue,
    ),
    Writing(
        "POST /documents/<document_code>/copies/<watermark>/revoke", "envoy",
        _document("/copies/{watermark}/revoke"), _version(), "document_copy.revoked_at",
        prepare=issue,
    ),
    Writing(
        "POST /documents/<document_code>/revoke", "envoy", _document("/revoke"), _version(),
        "document.revoked_at", prepare=issue,
    ),
    Writing(
        "POST /documents/<document_code>/matrix", "envoy", _document("/matrix"),
        just(rows="1", reason="To brief the team"), "export+", prepare=issue,
    ),
    Writing(
        "POST /d/<token>", "public", lambda village: f"/d/{village.tokens['document']}",
        just(answer="page"), "document_copy.views document_copy.viewed_at", prepare=issue,
    ),
)  # fmt: skip
