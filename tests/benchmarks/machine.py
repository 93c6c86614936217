"""On what was measured: processor, memory, system, versions; nothing that names a machine or place."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


def describe_machine() -> dict[str, str]:
    """Return what of this machine bears on the figures, as printed."""
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return {
        "Processor": f"{_find_processor()}, {len(os.sched_getaffinity(0))} cores used",
        "Memory": f"{gigabytes:.0f} GB",
        "System": f"{platform.system()} {platform.release().split('-')[0]}",
        "Python": platform.python_version(),
        "numpy": find_version("numpy"),
    }


def find_version(package: str) -> str:
    """Return the version of an installed package, *not installed* without."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _find_processor() -> str:
    facts = Path("/proc/cpuinfo")
    lines = facts.read_text().splitlines() if facts.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
