"""What an administrator says of a term: its names, a further word, the term as which it is read."""

from __future__ import annotations

from marshmallow import fields, validate

from roster.schemas.application import VersionForm
from roster.services.vocabulary import LONGEST_WORD
from roster.vocabulary.data_files import NAME_LANGUAGES

CODE_LENGTH = 64


class NamesForm(VersionForm):
    """A name in each language; an empty one stands for the name that was shipped."""

    en = fields.Str(validate=validate.Length(max=LONGEST_WORD))
    fr = fields.Str(validate=validate.Length(max=LONGEST_WORD))
    ar = fields.Str(validate=validate.Length(max=LONGEST_WORD))
    es = fields.Str(validate=validate.Length(max=LONGEST_WORD))
    pt = fields.Str(validate=validate.Length(max=LONGEST_WORD))
    sw = fields.Str(validate=validate.Length(max=LONGEST_WORD))


class WordForm(VersionForm):
    """A word that means the term, and the language it is of."""

    language = fields.Str(required=True, validate=validate.OneOf(NAME_LANGUAGES))
    word = fields.Str(required=True, validate=validate.Length(min=1, max=LONGEST_WORD))


class MergeForm(VersionForm):
    """The term as which another is to be read."""

    into = fields.Str(required=True, validate=validate.Length(min=1, max=CODE_LENGTH))
