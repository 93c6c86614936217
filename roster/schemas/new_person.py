"""What a coordinator says of a woman whom she adds by hand."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from roster.schemas.record import LONGEST_NAME
from roster.wording import LANGUAGES


class NewPersonForm(Schema):
    """A name to begin with; the rest of the record follows on its own page."""

    network = fields.Str(required=True)
    name = fields.Str(required=True, validate=validate.Length(min=1, max=LONGEST_NAME))
    original_name = fields.Str(validate=validate.Length(max=LONGEST_NAME))
    email = fields.Email(validate=validate.Length(max=254))
    language = fields.Str(required=True, validate=validate.OneOf(tuple(LANGUAGES)))
    is_another = fields.Bool()
    """Somebody on the list looks like her, and is another woman."""
