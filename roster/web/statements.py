"""What any form of her time says, whoever filled it in and wherever it was opened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from roster.services.availability import Statement


def read_statement(values: Mapping[str, Any]) -> Statement:
    """The statement of a checked form (``AvailabilityForm``); what was left empty is not said."""
    return Statement(
        status=values["status"],
        window_from=values.get("window_from"),
        window_to=values.get("window_to"),
        notice_days=values.get("notice_days"),
        longest_stay_days=values.get("longest_stay_days"),
        days_per_month=values.get("days_per_month"),
        modalities=tuple(values["modalities"]) if values.get("modalities") else None,
        refused=tuple(values.get("refused", ())),
    )
