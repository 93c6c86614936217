"""Issuing a shortlist document, giving somebody a copy of it, and taking its matrix as a sheet."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from roster.documents import MOST_WOMEN
from roster.services.documents import CLASSIFICATIONS, MOST_RESERVES
from roster.wording import LANGUAGES

LONGEST_RECIPIENT = 80


def _version() -> fields.Int:
    return fields.Int(required=True, validate=validate.Range(min=1))


class DocumentForm(Schema):
    """Places of rows in the newest answer, and how the document is made."""

    version = _version()
    chosen = fields.List(
        fields.Int(), required=True, validate=validate.Length(min=1, max=MOST_WOMEN)
    )
    reserves = fields.List(
        fields.Int(), load_default=list, validate=validate.Length(max=MOST_RESERVES)
    )
    language = fields.Str(required=True, validate=validate.OneOf(list(LANGUAGES)))
    classification = fields.Str(required=True, validate=validate.OneOf(CLASSIFICATIONS))
    is_ranked = fields.Str(load_default="", validate=validate.OneOf(["yes"]))
    accepted = fields.Str(load_default="", validate=validate.Length(max=64))
    """Names the changes that were read."""


class CopyForm(Schema):
    """Who gets a copy: an office or a person, as it will stand across every page."""

    version = _version()
    recipient = fields.Str(required=True, validate=validate.Length(min=2, max=LONGEST_RECIPIENT))


class TeamSheetForm(Schema):
    """The rows that were shown, and why the sheet is taken."""

    rows = fields.Int(required=True, validate=validate.Range(min=1))
    reason = fields.Str(
        required=True, validate=validate.Length(min=3, max=400), metadata={"lines": True}
    )
