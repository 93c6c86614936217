"""One valid row for each table of what offices decide, compare and keep."""

from __future__ import annotations

import json
from typing import Any

AT = "2026-11-22 08:00:00"
SEALED = b"sealed"

OFFICE_ROWS: dict[str, dict[str, Any]] = {
    "entry_history": {
        "id": 1,
        "record_id": 1,
        "field": "theme",
        "code": "ceasefire",
        "detail": json.dumps({"depth": "specialist"}),
        "grade": 1,
        "source": "self",
        "entered_at": AT,
        "act": "changed",
        "ended_source": "coordinator",
        "ended_at": AT,
    },
    "accreditation_step": {
        "id": 1,
        "membership_id": 1,
        "from_state": "interviewed",
        "to_state": "accredited",
        "on_day": "2026-11-22",
        "taken_at": AT,
    },
    "recognition": {
        "id": 1,
        "network_code": "nwm",
        "recognised_code": "awmn",
        "since": "2026-11-22",
        "version": 1,
    },
    "column_choice": {
        "id": 1,
        "network_code": "nwm",
        "heading": "mother tongue",
        "field": "language",
        "decided_at": AT,
        "version": 1,
    },
    "word_choice": {
        "id": 1,
        "network_code": "nwm",
        "field": "language",
        "word": "courant",
        "meaning": json.dumps({"level": "C1"}),
        "decided_at": AT,
        "version": 1,
    },
    "sharing": {
        "id": 1,
        "network_code": "nwm",
        "with_code": "awmn",
        "safety_class": 1,
        "since": "2026-11-22",
        "version": 1,
    },
    "comparison_agreement": {
        "id": 1,
        "first_code": "awmn",
        "second_code": "nwm",
        "first_agreed_at": AT,
        "version": 1,
    },
    "merge": {
        "id": 1,
        "kept_mediator_id": 1,
        "merged_mediator_id": 1,
        "moved": SEALED,
        "merged_at": AT,
        "version": 1,
    },
    "saved_search": {
        "id": 1,
        "account_id": 1,
        "network_code": "nwm",
        "title": SEALED,
        "criteria": SEALED,
        "found": SEALED,
        "looked_at": AT,
        "created_at": AT,
        "version": 1,
    },
    "export": {
        "id": 1,
        "account_id": 1,
        "network_code": "nwm",
        "format": "csv",
        "reason": SEALED,
        "row_count": 3,
        "file_digest": "d",
        "exported_at": AT,
    },
    "snapshot": {
        "id": 1,
        "network_code": "nwm",
        "kind": "coverage",
        "taken_on": "2026-11-01",
        "counts": json.dumps({"theme": {"ceasefire": 3}}),
    },
    "term_change": {
        "id": 1,
        "scheme": "theme",
        "code": "borders",
        "is_retired": True,
        "labels": json.dumps({"en": "Boundaries"}),
        "synonyms": json.dumps({}),
        "changed_at": AT,
        "version": 1,
    },
}
