"""Which small wrong versions of the engine's rules no test of the engine notices.

``python -m tests.mutate_engine [--quick] [--at-once N] [PART …]`` changes one place of one rule at
a time (a comparison, a constant, an outcome, an *and*) and runs the tests of the engine in a copy
of this process until one fails. What stays green is printed and fails the run, unless
``tests/judged_mutants.toml`` says why it changes no answer. ``--quick`` leaves out the tests that
throw random rosters; PART is a piece of a path (``gates/languages``).
"""

from __future__ import annotations

import argparse
import importlib
import inspect
import os
import signal
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, ModuleType

import hypothesis
import pytest

from tests.mutants import Mutant, list_mutants

ROOT = Path(__file__).parents[1]
JUDGED = Path(__file__).with_name("judged_mutants.toml")
RULES = (
    "gates",
    "conflicts",
    "preferences",
    "look_alikes.py",
    "run.py",
    "exchange.py",
    "duplicates/rules.py",
    "teams/rules.py",
    "teams/share.py",
    "teams/certainty.py",
)
TABLES = (
    "test_gates",
    "test_gates_of_ability",
    "test_conflicts",
    "test_declarations",
    "test_gates_at_the_edge",
    "test_gates_of_open_dates",
    "test_which_entry",
    "test_rules",
    "test_each_rule",
    "test_preferences",
    "test_shortlist",
    "test_look_alikes",
    "test_lots",
)
OF_THE_WHOLE = ("test_rules", "test_each_rule", "test_shortlist")
PROPERTIES = ("test_signs", "test_promises")
OF_OTHER_PARTS = {
    "exchange": ("test_exchange", "test_exchange_edges"),
    "duplicates": ("duplicates/test_rules",),
    "teams": ("teams/test_rules", "teams/test_share", "teams/test_certainty"),
}
"""Parts that no list passes through: their own tests are the only ones that can notice."""
LIMIT_SECONDS = 300
"""A wrong version that never ends is noticed as well."""
OPTIONS = (
    *("-o", "addopts=", "--import-mode=importlib", "--assert=plain", "--noconftest"),
    *(f"-pno:{plugin}" for plugin in ("randomly", "cacheprovider", "xdist", "terminal")),
)


def list_all(parts: list[str]) -> Iterator[Mutant]:
    """Yield the wrong versions of all rules whose path holds one of the parts."""
    for name in RULES:
        place = Path("matching", name)
        for path in sorted(place.glob("*.py")) if place.is_dir() else [place]:
            if not parts or any(part in str(path) for part in parts):
                yield from list_mutants(path)


def put_in_place(mutant: Mutant) -> None:
    """Give the loaded module the wrong function, or every module the wrong constant."""
    parts = [part for part in mutant.path.with_suffix("").parts if part != "__init__"]
    module = importlib.import_module(".".join(parts))
    code = compile(mutant.source, str(mutant.path), "exec")
    present = getattr(module, mutant.where)
    function = inspect.unwrap(present)
    if inspect.isfunction(function):
        function.__code__ = next(
            one
            for one in code.co_consts
            if isinstance(one, CodeType) and one.co_name == function.__name__
        )
        return
    wrong = _work_out(module, mutant)
    for other in [one for name, one in sys.modules.items() if name.startswith("matching")]:
        for name, value in vars(other).items():
            if value is present:
                setattr(other, name, wrong)


def _work_out(module: ModuleType, mutant: Mutant) -> object:
    """Return what the constant's line makes of the names of its module."""
    line = next(one for one in mutant.source.splitlines() if one.startswith(f"{mutant.where} = "))
    names = dict(vars(module))
    exec(line, names)
    return names[mutant.where]


@dataclass
class Judge:
    """A plugin of pytest: collects once, then runs all tests in a fork for each wrong version."""

    mutants: list[Mutant]
    at_once: int
    survivors: list[Mutant] = field(default_factory=list)
    _running: dict[int, tuple[Mutant, int]] = field(default_factory=dict)
    _noticed_by: dict[Path, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Tests that noticed something in a file, the latest first: they are tried first."""

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Take the place of the usual run; a test that is red by itself would notice anything."""
        red = _run(session, list(range(len(session.items))))
        if red is not None:
            raise pytest.UsageError(f"red without any change: {session.items[red].nodeid}")
        for mutant in self.mutants:
            if len(self._running) >= self.at_once:
                self._wait()
            self._start(session, mutant)
        while self._running:
            self._wait()
        return True

    def _start(self, session: pytest.Session, mutant: Mutant) -> None:
        order = _order(session, mutant, self._noticed_by[mutant.path])
        read, write = os.pipe()
        child = os.fork()
        if child:
            os.close(write)
            self._running[child] = mutant, read
            return
        signal.alarm(LIMIT_SECONDS)
        status = 1
        try:
            put_in_place(mutant)
            noticed = _run(session, order)
            status = noticed is not None
            os.write(write, str(noticed).encode())
        finally:
            os._exit(status)

    def _wait(self) -> None:
        child, status = os.wait()
        mutant, read = self._running.pop(child)
        with os.fdopen(read) as pipe:
            said = pipe.read()
        if status == 0:
            self.survivors.append(mutant)
            print(f"stays green  line {mutant.line}  {mutant.key}", flush=True)
        elif said.isdigit():
            known = self._noticed_by[mutant.path]
            known[:] = [int(said), *(one for one in known if one != int(said))]


def _name_part(path: Path) -> str:
    """Return the folder of a rule, or the module where it stands in none."""
    return path.stem if path.parent.name == "matching" else path.parent.name


def _list_tests(path: Path) -> tuple[str, ...]:
    """Return the names of the tests that may notice a change of this module."""
    return OF_OTHER_PARTS.get(_name_part(path), (*TABLES, *PROPERTIES))


def _is_near(item: pytest.Item, mutant: Mutant) -> bool:
    """Tell whether a test is of the part that was changed, or of the answer as a whole."""
    return any(one in item.nodeid for one in (f"test_{_name_part(mutant.path)}", *OF_THE_WHOLE))


def _order(session: pytest.Session, mutant: Mutant, noticed_by: list[int]) -> list[int]:
    """Return the places of the tests: the likely ones first, then those of the same part."""
    tests = tuple(f"tests/matching/{name}.py" for name in _list_tests(mutant.path))
    rest = [
        place
        for place, item in enumerate(session.items)
        if item.nodeid.startswith(tests) and place not in set(noticed_by)
    ]
    rest.sort(key=lambda place: not _is_near(session.items[place], mutant))
    return [*noticed_by, *rest]


def _run(session: pytest.Session, order: list[int]) -> int | None:
    """Return the place of the first test that fails, None if all pass."""
    for place in order:
        item = session.items[place]
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
        if session.testsfailed:
            return place
    return None


def read_judged() -> dict[str, str]:
    """Return the keys of wrong versions that change no answer, each with the reason."""
    judged = tomllib.loads(JUDGED.read_text(encoding="utf-8"))["mutant"]
    return {one["key"]: one["why"] for one in judged}


def main() -> int:
    """Print who survived; 0 if nobody did but those judged."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--at-once", type=int, default=1)
    wanted = parser.parse_args()
    hypothesis.settings.register_profile(
        "mutants",
        derandomize=True,
        database=None,
        phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
    )
    hypothesis.settings.load_profile("mutants")
    os.chdir(ROOT)
    judged = read_judged()
    found = list(list_all(wanted.parts))
    judge = Judge([one for one in found if one.key not in judged], wanted.at_once)
    names = {name for one in judge.mutants for name in _list_tests(one.path)}
    files = [f"tests/matching/{name}.py" for name in sorted(names - {*wanted.quick * PROPERTIES})]
    if pytest.main([*OPTIONS, *files], plugins=[judge]) not in (0, 5):
        return 2
    harmless = len(found) - len(judge.mutants)
    print(f"{len(found)} wrong versions, {harmless} of them judged to change no answer;")
    print(f"noticed by no test: {len(judge.survivors)}")
    return 1 if judge.survivors else 0


if __name__ == "__main__":
    sys.exit(main())
