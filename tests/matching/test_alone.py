"""The engine is a library of its own: no web, no database, and the example in its docstring works."""

import doctest
import subprocess
import sys

import matching

BLOCKED = ("flask", "sqlalchemy", "marshmallow", "apscheduler", "roster", "jinja2", "werkzeug")
ALONE = f"""
import sys
class Wall:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {BLOCKED!r}:
            raise ImportError(name)
sys.meta_path.insert(0, Wall())
import pkgutil, matching
for one in pkgutil.walk_packages(matching.__path__, "matching."):
    __import__(one.name)
print(sorted(set({BLOCKED!r}) & set(sys.modules)))
"""


def test_every_module_is_imported_without_web_and_database() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ALONE], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "[]", "")


def test_the_example_in_the_docstring_works() -> None:
    result = doctest.testmod(matching)
    assert (result.failed, result.attempted) == (0, 10)
