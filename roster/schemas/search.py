"""What a coordinator says when she keeps a search, renames it, or has seen what changed."""

from __future__ import annotations

from marshmallow import fields, validate

from roster.schemas.application import VersionForm
from roster.schemas.export import WishesForm

LONGEST_TITLE = 100


def _title() -> fields.Str:
    return fields.Str(required=True, validate=validate.Length(min=1, max=LONGEST_TITLE))


class SaveSearchForm(WishesForm):
    """The wishes that narrow the list, and what she calls them."""

    title = _title()


class RenameSearchForm(VersionForm):
    """Another title."""

    title = _title()


class SeenSearchForm(VersionForm):
    """What she was shown, as a digest: what came after it she has not seen."""

    shown = fields.Str(required=True, validate=validate.Length(max=64))
