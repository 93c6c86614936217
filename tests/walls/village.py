"""The village behind the walls: women of two networks, everybody who looks, and a canary in
whatever can be said of anybody.

A canary stands between markup, a script, a template's braces and a format's per cent sign, and
begins like a script's address: who escapes one of them too little is found by the same walk.
Countries are canaries, too: each is said once, of one field of one record.
"""

from __future__ import annotations

from dataclasses import dataclass, field

NETWORKS = ("nwm", "awmn")


@dataclass
class Village:
    """Who looks, with the keys of their sessions, and what there is to be looked at."""

    keys: dict[str, str] = field(default_factory=dict)
    accounts: dict[str, int] = field(default_factory=dict)
    women: dict[str, int] = field(default_factory=dict)
    """Name in this test -> mediator."""
    records: dict[int, tuple[int, str | None]] = field(default_factory=dict)
    """Record -> mediator and network; None is her own record."""
    networks: dict[int, set[str]] = field(default_factory=dict)
    unshared: set[int] = field(default_factory=set)
    """Records that their woman keeps to herself."""
    imports: dict[str, tuple[int, int]] = field(default_factory=dict)
    """State and network -> import and number of its canaries."""
    choices: dict[str, int] = field(default_factory=dict)
    """What the offices have said that a word means, by network."""
    rows: dict[str, int] = field(default_factory=dict)
    """State and network -> the import's first row."""
    requests: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Envoy and state -> code of the request, number of its canaries."""
    spoken: dict[str, int] = field(default_factory=dict)
    """Network -> consent by voice that waits there for a second person."""
    recognitions: dict[str, int] = field(default_factory=dict)
    """Network -> its recognition of a third network."""
    sharing: dict[str, int] = field(default_factory=dict)
    """Network -> its decision to show the cards of class 1 to the other."""
    searches: dict[str, int] = field(default_factory=dict)
    """Network -> a search that its coordinator keeps."""
    processes: dict[str, str] = field(default_factory=dict)
    """Envoy -> code of her process."""
    objections: dict[str, int] = field(default_factory=dict)
    """Envoy -> the objection of a side of her process, to bea."""
    clearances: dict[str, int] = field(default_factory=dict)
    """Network -> its word about one of its women in the envoy's answered request."""
    focal_point: int = 0
    calls: dict[str, int] = field(default_factory=dict)
    applications: dict[str, int] = field(default_factory=dict)
    """State and network -> application."""
    approaches: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Woman -> code and handle of what the envoy asks her, once a test has let her ask."""
    documents: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Envoy -> code of her document and mark of its last copy, once a test has let her issue it."""
    programs: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Who looks -> id and text of the key of a program of hers."""
    tokens: dict[str, str] = field(default_factory=dict)
    marks: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Country -> the field and the record (or, of a refusal or a tie, the woman's first one)."""

    def record_of(self, woman: str, network: str | None) -> int:
        """The record that this network keeps of her, or her own."""
        wanted = (self.women[woman], network)
        return next(number for number, held in self.records.items() if held == wanted)
