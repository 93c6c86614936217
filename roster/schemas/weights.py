"""A request's own weights: points for each preference, within the published bounds."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from matching import PUBLISHED
from matching.weights import HEAVIEST
from roster.schemas.codes import CodedSchema

_BOUNDS = validate.Range(0, HEAVIEST, error="out_of_range")

WeightsSchema: type[Schema] = CodedSchema.from_dict(
    {name: fields.Float(required=True, validate=_BOUNDS) for name in PUBLISHED.by_preference()},
    name="WeightsSchema",
)
"""One number for each preference; their sum is checked by the engine's own rule."""
