"""Proposals of two entries that may be one person, as JSON: places, levels and weights, no names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from marshmallow import fields

from matching.duplicates import Feature, Linkage, Pair
from roster.schemas.codes import CodedSchema, choice

Where = Mapping[str, int]
"""Where an entry stands: ``file`` and ``row``, or ``record``."""


class WhereSchema(CodedSchema):
    """Where an entry stands."""

    file = fields.Integer()
    """Number of the file, in the order given, from 1."""
    row = fields.Integer()
    """Row of that file, the header being row 1."""
    record = fields.Integer()
    """Number of a record of the roster."""


class FeatureSchema(CodedSchema):
    """One field of the two entries."""

    field = fields.String(required=True)
    level = choice(
        "same", "similar", "near", "slip", "partly", "some", "other", "missing", required=True
    )
    weight = fields.Float(required=True)
    """In bits: above zero it speaks for one person, below zero against."""
    has_changed_places = fields.Boolean(required=True)
    """Given name and family name stood the other way round."""


class PairSchema(CodedSchema):
    """Two entries that may be one person. A person decides; nothing is merged."""

    first = fields.Nested(WhereSchema, required=True)
    second = fields.Nested(WhereSchema, required=True)
    score = fields.Float(required=True)
    """Chance that they are one person, 0 to 1."""
    verdict = choice("probable", "possible", required=True)
    features = fields.List(fields.Nested(FeatureSchema), required=True)
    against = fields.List(fields.String(), required=True)
    """Fields that speak against it, the strongest first."""


class DuplicatesSchema(CodedSchema):
    """All proposals, the likeliest first."""

    entries = fields.Integer(required=True)
    compared = fields.Integer(required=True)
    """How many pairs were compared."""
    passed_over = fields.Integer(required=True)
    """Keys that too many entries share; these entries may have met under another key."""
    pairs = fields.List(fields.Nested(PairSchema), required=True)


def dump_linkage(linkage: Linkage, places: Sequence[Where]) -> dict[str, Any]:
    """The proposals as plain JSON values; `places` says where each entry stands."""
    return {
        "entries": len(places),
        "compared": linkage.compared,
        "passed_over": linkage.passed_over,
        "pairs": [_dump_pair(pair, places) for pair in linkage.pairs],
    }


def _dump_pair(pair: Pair, places: Sequence[Where]) -> dict[str, Any]:
    return {
        "first": dict(places[pair.first]),
        "second": dict(places[pair.second]),
        "score": pair.score,
        "verdict": pair.verdict.value,
        "features": [_dump_feature(feature) for feature in pair.features],
        "against": [feature.field for feature in pair.against],
    }


def _dump_feature(feature: Feature) -> dict[str, Any]:
    return {
        "field": feature.field,
        "level": feature.level,
        "weight": feature.weight,
        "has_changed_places": feature.has_changed_places,
    }
