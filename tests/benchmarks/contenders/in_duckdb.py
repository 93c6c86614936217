"""DuckDB in memory: a scan of bits over its columns, on all processors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb

from tests.benchmarks.contenders.asked import Act, Asked, Found, Ground
from tests.benchmarks.statements import Wide, write_condition, write_statement


class InDuckdb:
    name = "DuckDB"
    version = duckdb.__version__

    def __init__(self, ground: Ground) -> None:
        self._wide = Wide.lay_out(ground.roster, [one.question for one in ground.asked])
        self._database = duckdb.connect(":memory:")
        self._prepared = 0
        columns = self._wide.columns
        self._database.register("arrays", columns)
        self._database.execute("CREATE TABLE woman AS SELECT * FROM arrays")
        self._database.unregister("arrays")
        self._database.execute("ANALYZE")

    def prepare(self, asked: Asked) -> dict[str, Act]:
        condition = write_condition(asked.question.clauses, self._wide.write_bits)
        return {
            phases: self._make_act(
                write_statement(
                    asked.question,
                    self._wide,
                    found=f"FROM woman WHERE {condition}",
                    gather="list",
                    in_two_phases=phases == "two phases",
                )
            )
            for phases in ("one phase", "two phases")
        }

    def _make_act(self, statement: str) -> Act:
        self._prepared += 1
        name = f"question_{self._prepared}"
        self._database.execute(f"PREPARE {name} AS {statement}")
        return lambda: _read(self._database.execute(f"EXECUTE {name}").fetchall())

    def close(self) -> None:
        self._database.close()


def _read(rows: Sequence[tuple[Any, ...]]) -> Found:
    if not rows:
        return Found((), ())
    return Found(rows[0][0], tuple((row[1], tuple(row[2:])) for row in rows))
