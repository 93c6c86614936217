"""The words of the service as programs read them."""

from __future__ import annotations

from roster.schemas.codes import CodedSchema
from roster.schemas.reply_fields import many, word, words


class TermSchema(CodedSchema):
    """A code, and its name in the language of the account."""

    code = word()
    name = word()


class TermListSchema(CodedSchema):
    """The codes of one kind that are offered."""

    kind = word()
    terms = many(TermSchema)


class KindListSchema(CodedSchema):
    """The kinds of terms."""

    kinds = words()
