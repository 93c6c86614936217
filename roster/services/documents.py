"""The shortlist document: issued once from a frozen answer, one copy for each reader, revocable.

What is frozen are handles; their evidence is that of the run. Everything else is resolved at each
viewing (see ``shown_documents``), so a woman who hides is gone from every copy at once.

Views are counted where a reader presses a button: a copy behind a link opens by a POST. The
requester's own look, a GET, stands in the read log like every look at a card.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from roster import clock
from roster.documents import MOST_WOMEN
from roster.encryption import keyring
from roster.errors import Ended, NotFound, Refused, StaleVersion
from roster.facts import load_mediators
from roster.models import Account, Document, DocumentCopy, MatchRequest, Run, RunRow
from roster.permissions import Actor
from roster.queries.documents import is_over
from roster.services.asked_today import get_newest_run
from roster.services.links import TOKEN_BYTES
from roster.services.opened_requests import open_request
from roster.services.public_codes import draw_code, draw_signs
from roster.services.shown_documents import list_on_screen
from roster.services.stale_runs import require_accepted
from roster.services.trail import add_audit

CLASSIFICATIONS = ("open", "restricted", "confidential")
LONGEST_LIFE = timedelta(days=30)
MOST_RESERVES = 5
MOST_COPIES = 20
"""Readers of one document: who sends it to more has published it."""


@dataclass(frozen=True)
class Choice:
    """What the requester puts into a document: places of rows in the answer, and how it is said."""

    chosen: Sequence[int]
    reserves: Sequence[int]
    language: str
    classification: str
    is_ranked: bool = False
    accepted: str = ""
    """Names the changes since the search that were read and accepted."""


def issue_document(
    session: Session, *, actor: Actor, request_id: int, expected_version: int, choice: Choice
) -> Document:
    """Freeze a choice from the newest answer, with the requester's own copy.

    ``ChangesToAccept`` where something changed since the search; Refused for a choice that no
    document can hold.
    """
    request = open_request(session, actor, request_id)
    if request.version != expected_version:
        raise StaleVersion(request.criteria, request.criteria)
    if not request.runs:
        raise Refused("request_not_searched")
    run, now = get_newest_run(request), clock.now()
    rows = _pick_rows(session, run, choice, now)
    handles = {row.handle for row in rows}
    changes = require_accepted(session, run, now, handles=handles, accepted=choice.accepted)
    document = Document(
        code=draw_code(session, Document),
        run_id=run.id,
        language=choice.language,
        classification=choice.classification,
        content={
            "chosen": _name(rows, choice.chosen),
            "reserves": _name(rows, choice.reserves),
            "is_ranked": choice.is_ranked,
            "accepted": [[one.handle, one.post, one.code] for one in changes],
        },
        issued_by=actor.account_id,
        issued_at=now,
        ends_at=_find_end(session, rows, now),
        copies=[_make_copy(_name_requester(session, request), None, now)],
    )
    session.add(document)
    session.flush()
    counts = {"chosen": len(choice.chosen), "changes": len(changes)}
    _audit(session, actor, "document.issued", document, counts)
    return document


def add_copy(
    session: Session, *, actor: Actor, document_id: int, expected_version: int, recipient: str
) -> tuple[DocumentCopy, str]:
    """A copy for one more reader, who has no account, and its token, which is shown once."""
    document = _get_document(session, actor, document_id, expected_version)
    if is_over(document, clock.now()):
        raise Refused("document_ended")
    if len(document.copies) > MOST_COPIES:
        raise Refused("too_many_copies", limit=MOST_COPIES)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    copy = _make_copy(recipient, keyring().seal(token), clock.now())
    document.copies.append(copy)
    session.flush()
    _audit(session, actor, "document.copied", document, {"copy": copy.id})
    return copy, token


def revoke_document(
    session: Session, *, actor: Actor, document_id: int, expected_version: int
) -> Document:
    """End every copy at once; what was printed or taken as a file cannot be called back."""
    document = _get_document(session, actor, document_id, expected_version)
    if document.revoked_at is not None:
        raise Refused("document_ended")
    document.revoked_at = clock.now()
    session.flush()
    _audit(session, actor, "document.revoked", document)
    return document


def revoke_copy(
    session: Session, *, actor: Actor, document_id: int, expected_version: int, watermark: str
) -> DocumentCopy:
    """End one reader's link; the requester's own copy ends with the document only."""
    document = _get_document(session, actor, document_id, expected_version)
    copy = next((one for one in document.copies if one.watermark == watermark), None)
    if copy is None or copy.token_digest is None:
        raise NotFound
    if copy.revoked_at is not None:
        raise Refused("document_ended")
    copy.revoked_at = clock.now()
    session.flush()
    _audit(session, actor, "document.copy_revoked", document, {"copy": copy.id})
    return copy


def find_copy(session: Session, *, token: str) -> tuple[Document, DocumentCopy]:
    """The copy behind a link, to be opened; Ended for one that is unknown, revoked or over."""
    copy = session.scalar(
        select(DocumentCopy).where(DocumentCopy.token_digest == keyring().seal(token))
    )
    document = session.get(Document, copy.document_id) if copy else None
    if copy is None or document is None or copy.revoked_at or is_over(document, clock.now()):
        raise Ended("link_ended")
    return document, copy


def open_copy(session: Session, *, token: str) -> tuple[Document, DocumentCopy]:
    """Open the copy behind a link and count it, as often as it is pressed; Ended as ``find_copy``."""
    document, copy = find_copy(session, token=token)
    session.execute(
        update(DocumentCopy)
        .where(DocumentCopy.id == copy.id)
        .values(views=DocumentCopy.views + 1, viewed_at=clock.now())
    )
    _audit(session, Actor("link"), "document.viewed", document, {"copy": copy.id})
    return document, copy


def _get_document(
    session: Session, actor: Actor, document_id: int, expected_version: int
) -> Document:
    document = session.get(Document, document_id)
    if document is None:
        raise NotFound
    run = session.get_one(Run, document.run_id)
    open_request(session, actor, run.request_id)
    if document.version != expected_version:
        raise StaleVersion({"code": document.code}, {"code": document.code})
    return document


def _pick_rows(session: Session, run: Run, choice: Choice, now: datetime) -> list[RunRow]:
    """The rows of a choice that a document can hold: women who fit and may be shown now."""
    places = [*choice.chosen, *choice.reserves]
    listed = {row.position: row for row in run.rows if row.state == "listed"}
    if not choice.chosen or len(set(places)) < len(places) or not listed.keys() >= set(places):
        raise Refused("document_choice_wrong")
    if len(choice.chosen) > MOST_WOMEN or len(choice.reserves) > MOST_RESERVES:
        raise Refused("document_too_long", limit=MOST_WOMEN)
    rows = [listed[place] for place in places]
    on_screen = list_on_screen(session, run, rows, now)
    if any(row.mediator_id not in on_screen for row in rows):
        raise Refused("document_choice_gone")
    return rows


def _name(rows: Sequence[RunRow], places: Sequence[int]) -> list[list[str]]:
    by_place = {row.position: [row.post, row.handle] for row in rows}
    return [by_place[place] for place in places]


def _find_end(session: Session, rows: Sequence[RunRow], now: datetime) -> datetime:
    """The earliest end of an answer of theirs, at most 30 days; Refused where one has ended."""
    ids = sorted({row.mediator_id for row in rows if row.mediator_id is not None})
    said = [woman.availability for woman in load_mediators(session, ids=ids, now=now)]
    ends = [one.valid_until if one else now for one in said]
    end = min([*ends, now + LONGEST_LIFE])
    if end <= now:
        raise Refused("document_rests_on_ended")
    return end


def _name_requester(session: Session, request: MatchRequest) -> str:
    account = session.get_one(Account, request.account_id)
    return account.requester_office or account.display_name


def _make_copy(recipient: str, token_digest: str | None, now: datetime) -> DocumentCopy:
    return DocumentCopy(
        recipient=recipient,
        watermark=f"W-{draw_signs()}",
        token_digest=token_digest,
        created_at=now,
    )


def _audit(
    session: Session,
    actor: Actor,
    action: str,
    document: Document,
    detail: dict[str, int] | None = None,
) -> None:
    add_audit(
        session,
        actor=actor,
        action=action,
        subject_kind="document",
        subject_id=document.id,
        detail=detail or {},
    )
