"""Why a column, or a whole table, that knows a woman is not in her download."""

from __future__ import annotations

from collections.abc import Mapping

OURS = "a number by which our own rows find each other; it says nothing of you"
SECRET = "opens something, or lets a guess be tried out; it stays with us"  # noqa: S105 - a reason
OF_OTHERS = "says something of another person"
ANSWER_OF_ONE = "your own is told as accepts and answered_at; the other is another person's"
KIND_ONLY = "who it was is told by kind, as for all who look at you"
ON_REQUEST = "told by the person in charge on request: it may hold a network's own notes"
NO_NAMES = "belongs to the request of somebody else, who was not told your name"

LEFT_OUT_TABLES: Mapping[str, str] = {
    "suspicion": OF_OTHERS,
    "cross_suspicion": OF_OTHERS,
    "merge": "says which of your records were once apart; the records are in this download",
    "handle": NO_NAMES,
    "change": OURS,
    "match_request": "what you ask for yourself as a requester; it is shown with your requests",
    "run": "what you ask for yourself as a requester; it is shown with your requests",
    "spreadsheet_import": "a network's own file; its rows about you are in this download",
    **dict.fromkeys(
        (
            "open_call",
            "recognition",
            "column_choice",
            "word_choice",
            "sharing",
            "export",
            "saved_search",
            "term_change",
            "process",
            "process_phase",
            "request_step",
            "request_template",
            "requester_check",
            "program_key",
            "document",
        ),
        "what you do for a network or for all of them",
    ),
    "objection": "what a side said to those who lead a process; it may endanger whoever noted it",
    "clearance": ON_REQUEST,
    "sign_in_counter": "counts tries for a quarter of an hour, under a digest",
}
"""Tables that know her, or her account, and are not in the download, with the reason."""


def ours(*columns: str, **more: str) -> dict[str, str]:
    """Columns left out as numbers of our own, and ``more`` with their reasons."""
    return {**dict.fromkeys(columns, OURS), **more}
