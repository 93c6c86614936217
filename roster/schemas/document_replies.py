"""Issued documents and their copies as programs read them."""

from __future__ import annotations

from roster.schemas.codes import CodedSchema, choice
from roster.schemas.reply_fields import many, moment, truth, whole, word


class DocumentReplySchema(CodedSchema):
    """An issued document; ``state``: live, ended or revoked. Its ETag is its version."""

    code = word()
    language = word()
    classification = word()
    issued_at = moment()
    ends_at = moment()
    state = choice("live", "ended", "revoked", required=True)
    readers = whole()
    views = whole()
    version = whole()


class DocumentListSchema(CodedSchema):
    """The documents of a request, the newest first."""

    documents = many(DocumentReplySchema)


class CopyReplySchema(CodedSchema):
    """A copy for one reader. ``is_own``: the requester's, which ends with the document alone."""

    watermark = word()
    recipient = word()
    created_at = moment()
    is_own = truth()
    is_revoked = truth()
    views = whole()
    viewed_at = moment(allow_none=True)


class CopyListSchema(CodedSchema):
    """The copies of a document, the oldest first."""

    copies = many(CopyReplySchema)


class GivenCopySchema(CopyReplySchema):
    """A copy just given. ``address`` opens it and is told this once: the same call sent again has
    null."""

    address = word(allow_none=True)
