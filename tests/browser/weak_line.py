"""A weak line, as a telephone in the country has it, and what went over it."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

LATENCY = 400
"""Milliseconds until an answer begins."""
BYTES_A_SECOND = 400_000 // 8
WEAK: dict[str, Any] = {
    "offline": False,
    "latency": LATENCY,
    "downloadThroughput": BYTES_A_SECOND,
    "uploadThroughput": BYTES_A_SECOND,
}


@dataclass
class Line:
    """What one tab has fetched: bytes as they came over the line, with heads, still compressed."""

    transferred: int = 0
    presses: int = 0
    began: float = field(default_factory=perf_counter)

    def note(self, finished: dict[str, Any]) -> None:
        self.transferred += int(finished["encodedDataLength"])

    def restart(self) -> None:
        """Count and measure from now on."""
        self.transferred, self.presses, self.began = 0, 0, perf_counter()

    @property
    def seconds(self) -> float:
        """Since it was restarted."""
        return perf_counter() - self.began


def weaken(context: BrowserContext, page: Page) -> Line:
    """Slow all that this tab fetches from now on, and count it."""
    line, tools = Line(), context.new_cdp_session(page)
    tools.on("Network.loadingFinished", line.note)
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", WEAK)
    return line
