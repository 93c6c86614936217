"""Files made to hurt are refused in words before they are parsed: in 2 s and 200 MB at most."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.roster.spreadsheets.bombs import BOMBS

SECONDS = 2.0
MEGABYTES = 200
pytestmark = pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="the peak of memory is read from /proc"
)
#: Forks for each file, so that each peak of memory (of a fresh process image) is that file's own.
MEASURE = """
import json, os, re, sys, time
from datetime import date
from roster.spreadsheets import SpreadsheetRefused, read_spreadsheet

def measure(path):
    content = open(path, "rb").read()
    begun = time.process_time()
    try:
        read_spreadsheet(
            content, file_name="list.xlsx", network="nwm", reference_day=date(2026, 12, 1)
        )
        code = "read"
    except SpreadsheetRefused as refusal:
        code = refusal.code
    seconds = time.process_time() - begun
    peak = int(re.search(r"VmHWM:\\s+(\\d+) kB", open("/proc/self/status").read())[1]) / 1024
    print(json.dumps({"code": code, "seconds": seconds, "megabytes": peak}), flush=True)

for path in sys.argv[1:]:
    if (child := os.fork()) == 0:
        measure(path)
        os._exit(0)
    os.waitpid(child, 0)
"""


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("bombs")
    paths = []
    for number, (make, _) in enumerate(BOMBS.values()):
        paths.append(folder / f"{number}.xlsx")
        paths[-1].write_bytes(make())
    answer = subprocess.run(
        [sys.executable, "-c", MEASURE, *map(str, paths)],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
        cwd=Path(__file__).parents[3],
    )
    lines = [json.loads(line) for line in answer.stdout.splitlines()]
    return dict(zip(BOMBS, lines, strict=True))


@pytest.mark.parametrize("name", BOMBS)
def test_a_file_made_to_hurt_is_refused_quickly_and_in_little_memory(
    name: str, measured: dict[str, dict[str, Any]]
) -> None:
    found = measured[name]
    print(f"\n{name:<34} {found['seconds']:6.2f} s {found['megabytes']:6.0f} MB {found['code']}")
    assert found["code"] == BOMBS[name][1]
    assert found["seconds"] < SECONDS
    assert found["megabytes"] < MEGABYTES
