"""Caches of the engine emptied, so that a question asked before does not answer the next one."""

from __future__ import annotations

import sys


def forget() -> None:
    """Empty every cache of a function of ``matching``."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "matching":
            for value in vars(module).values():
                clear = getattr(value, "cache_clear", None)
                if clear is not None:
                    clear()
