"""One line of the figures: what it is about, and its value for whoever reads it."""

from __future__ import annotations

from dataclasses import dataclass

from roster.services.measures import Measure, band


@dataclass(frozen=True)
class Figure:
    """One line: ``own`` as the network itself reads it, None where all networks are counted."""

    section: str
    code: str
    own: Measure | None
    passed_on: Measure
    detail: str = ""
    """A code that the line is about: the gate of a reason."""


def of_requests(section: str, code: str, own: Measure, detail: str = "") -> Figure:
    """A line that counts requests: passed on is the same, small numbers hidden."""
    return Figure(section, code, own, band(own), detail)
