"""What a shortlist document is made from: codes, evidence of cards and counts, no session behind it.

Whoever fills these in has asked the visibility table: what stands here may be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from matching.evidence import Evidence

MOST_WOMEN = 5
"""Rows of the table (product, section 10)."""


@dataclass(frozen=True)
class Woman:
    """One woman for one post, by her handle; without evidence she is no longer available."""

    handle: str
    post: str
    evidence: tuple[Evidence, ...] = ()
    is_gone: bool = False
    name: str = ""
    """Only after its release to the reader of this copy, and while that lasts."""
    network: str = ""
    """Code of the network that released it."""


@dataclass(frozen=True)
class Miss:
    """One woman a step away: the one thing that is missing."""

    handle: str
    missing: Evidence


@dataclass(frozen=True)
class FunnelStep:
    """How many fell at a group of gates; None is fewer than five."""

    gate: str
    fell: int | None


@dataclass(frozen=True)
class ShareSum:
    """The team before the posts are filled. ``target`` in percent of all; None for none."""

    women: int
    men: int
    target: int | None


@dataclass(frozen=True)
class Issue:
    """One document for one reader. ``is_ranked``: whether the order is a ranking."""

    request_code: str
    code: str
    criteria: Mapping[str, Any]
    classification: str
    at: datetime
    """When the search was answered, the state of everything in it."""
    issued_at: datetime
    ends_at: datetime
    recipient: str
    watermark: str
    weights_version: str
    chosen: tuple[Woman, ...]
    reserves: tuple[Woman, ...] = ()
    is_ranked: bool = False
    considered: int | None = None
    fitting: int | None = None
    """Women who meet every hard criterion, those shown or not; None is fewer than five."""
    funnel: tuple[FunnelStep, ...] = ()
    near_misses: tuple[Miss, ...] = field(default=())
    share: ShareSum | None = None
