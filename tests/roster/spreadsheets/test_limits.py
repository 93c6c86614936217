"""Files made to hurt are refused in words before they are parsed: in 2 s and 200 MB at most."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.roster.spreadsheets.bombs import BOMBS

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="the peak of memory is read from /proc"
)
SECONDS = 2.0
MEGABYTES = 200
#: Runs in a process of its own, so that its peak of memory is that of this one file.
MEASURE = """
import json, re, sys, time
from datetime import date
from roster.spreadsheets import SpreadsheetRefused, read_spreadsheet
content = open(sys.argv[1], "rb").read()
begun = time.process_time()
try:
    read_spreadsheet(content, file_name="list.xlsx", network="nwm", reference_day=date(2026, 12, 1))
    code = "read"
except SpreadsheetRefused as refusal:
    code = refusal.code
seconds = time.process_time() - begun
status = open("/proc/self/status").read()
peak = int(re.search(r"VmHWM:\\s+(\\d+) kB", status)[1]) / 1024
print(json.dumps({"code": code, "seconds": seconds, "megabytes": peak}))
"""


@pytest.mark.parametrize("name", BOMBS)
def test_a_file_made_to_hurt_is_refused_quickly_and_in_little_memory(
    name: str, tmp_path: Path
) -> None:
    make, code = BOMBS[name]
    file = tmp_path / "list.xlsx"
    file.write_bytes(make())
    answer = subprocess.run(
        [sys.executable, "-c", MEASURE, str(file)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        cwd=Path(__file__).parents[3],
    )
    measured = json.loads(answer.stdout)
    print(f"\n{name:<34} {measured['seconds']:6.2f} s {measured['megabytes']:6.0f} MB")
    assert measured["code"] == code
    assert measured["seconds"] < SECONDS
    assert measured["megabytes"] < MEGABYTES
