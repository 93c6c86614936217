"""PostgreSQL, its data in memory: marks as arrays under GIN or as bits in a scan, in one or two phases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import psycopg

from tests.benchmarks.contenders.asked import Act, Asked, Found, Ground
from tests.benchmarks.questions import Clause, Question
from tests.benchmarks.servers import start_postgresql
from tests.benchmarks.statements import (
    Wide,
    is_borne,
    list_bearers,
    list_borne,
    write_condition,
    write_statement,
)

AT_ONCE = 5_000


class InPostgresql:
    name = "PostgreSQL"

    def __init__(self, ground: Ground) -> None:
        self._wide = Wide.lay_out(ground.roster, [one.question for one in ground.asked])
        self._server = start_postgresql()
        self._database = psycopg.connect(
            host=str(self._server.folder), user="roster", dbname="postgres", autocommit=True
        )
        self.version = ".".join(map(str, divmod(self._database.info.server_version, 10_000)))
        self._database.prepare_threshold = 0
        self._load()

    def _load(self) -> None:
        columns, run = self._wide.columns, self._database.execute
        typed = ", ".join(
            f"{name} {_choose_type(name, columns[name])} NOT NULL" for name in columns
        )
        run(f"CREATE UNLOGGED TABLE woman ({typed}, marks int[] NOT NULL)")
        with self._database.cursor().copy("COPY woman FROM STDIN") as copy:
            for lines in self._write_lines():
                copy.write(lines)
        run("ALTER TABLE woman ADD PRIMARY KEY (id)")
        run("CREATE INDEX woman_marks ON woman USING gin (marks) WITH (fastupdate = off)")
        run("ALTER TABLE woman ALTER marks SET STATISTICS 1000")
        run("VACUUM (ANALYZE, FREEZE) woman")

    def _write_lines(self) -> Iterator[str]:
        size = self._wide.roster.size
        women, marks = list_bearers(self._wide)
        ends = np.searchsorted(women, np.arange(1, size + 1))
        arrays = list(self._wide.columns.values())
        for begin in range(0, size, AT_ONCE):
            end = min(begin + AT_ONCE, size)
            first = ends[begin - 1] if begin else 0
            parts = np.split(marks[first : ends[end - 1]], ends[begin : end - 1] - first)
            sets = ["{" + ",".join(map(str, part.tolist())) + "}" for part in parts]
            rows = zip(*(array[begin:end].tolist() for array in arrays), sets, strict=True)
            yield "".join("\t".join(map(str, row)) + "\n" for row in rows)

    def prepare(self, asked: Asked) -> dict[str, Act]:
        question = asked.question
        bits = f"FROM woman WHERE {write_condition(question.clauses, self._wide.write_bits)}"
        ways = {"bits": bits, "arrays": self._write_arrays(question)}
        return {
            f"{way}, {phases}": self._make_act(
                write_statement(
                    question,
                    self._wide,
                    found=found,
                    gather="array_agg",
                    in_two_phases=phases == "two phases",
                )
            )
            for way, found in ways.items()
            if way == "bits" or found != bits
            for phases in ("one phase", "two phases")
        }

    def _write_arrays(self, question: Question) -> str:
        """Write every clause of marks as an overlap of arrays, which GIN answers."""
        rest = [clause for clause in question.clauses if not is_borne(clause)]
        overlaps = [self._write_overlap(one) for one in question.clauses if is_borne(one)]
        condition = write_condition(rest, self._wide.write_bits)
        return f"FROM woman WHERE {' AND '.join((*overlaps, condition))}"

    def _write_overlap(self, clause: Clause) -> str:
        numbers = ",".join(map(str, list_borne(self._wide, clause)))
        return f"marks && '{{{numbers}}}'::int[]"

    def _make_act(self, statement: str) -> Act:
        cursor = self._database.cursor(binary=True)
        return lambda: _read(cursor.execute(statement, prepare=True).fetchall())

    def close(self) -> None:
        self._database.close()
        self._server.stop()


def _choose_type(name: str, values: Any) -> str:
    is_small = bool(np.abs(values).max(initial=0) < 2**31)
    return "int" if is_small else "bigint"


def _read(rows: Sequence[tuple[Any, ...]]) -> Found:
    if not rows:
        return Found((), ())
    return Found(rows[0][0], tuple((row[1], tuple(row[2:])) for row in rows))
