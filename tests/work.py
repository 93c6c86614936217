"""How much work something is, told so that the rest of the machine hardly matters."""

import gc
import sys
from collections.abc import Callable
from time import thread_time
from types import FrameType
from typing import Any, TypeVar

Result = TypeVar("Result")
ATTEMPTS = 3


def count_calls(work: Callable[[], Result]) -> tuple[int, Result]:
    """How many functions, ours and built in, `work` called in this thread, and its result.

    The same on every machine and every day. Blind to a single long call, such as a pattern that
    tries every way: for that there is :func:`least_seconds`.
    """
    calls = 0

    def count(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        result = work()
    finally:
        sys.setprofile(before)
    return calls, result


def least_seconds(work: Callable[[], object]) -> float:
    """Seconds of processor that `work` takes in this thread at its best.

    Without the collection of garbage, whose price is that of all else the suite holds.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        return min(_seconds(work) for _ in range(ATTEMPTS))
    finally:
        if collecting:
            gc.enable()


def _seconds(work: Callable[[], object]) -> float:
    began = thread_time()
    work()
    return thread_time() - began
