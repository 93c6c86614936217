"""SQLite in memory: a scan of bits, an index of marks led by the rarest, and words in FTS5."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import numpy as np

from tests.benchmarks.contenders.asked import Act, Asked, Found, Ground
from tests.benchmarks.invented import Array
from tests.benchmarks.questions import Question
from tests.benchmarks.statements import (
    CODES_EACH,
    Wide,
    is_borne,
    list_bearers,
    list_borne,
    write_condition,
    write_statement,
)


class InSqlite:
    name = "SQLite"
    version = sqlite3.sqlite_version

    def __init__(self, ground: Ground) -> None:
        self._wide = Wide.lay_out(ground.roster, [one.question for one in ground.asked])
        self._database = sqlite3.connect(":memory:")
        self._bearers = np.zeros(len(self._wide.families) * CODES_EACH, np.int64)
        self._load()

    def _load(self) -> None:
        columns = self._wide.columns
        others = ", ".join(f"{name} INTEGER NOT NULL" for name in columns if name != "id")
        run = self._database.execute
        run(f"CREATE TABLE woman (id INTEGER PRIMARY KEY, {others})")
        names, places = ", ".join(columns), ", ".join("?" * len(columns))
        rows = zip(*(values.tolist() for values in columns.values()), strict=True)
        self._database.executemany(f"INSERT INTO woman ({names}) VALUES ({places})", rows)
        run(
            "CREATE TABLE bears (mark INTEGER, woman INTEGER, PRIMARY KEY (mark, woman)) WITHOUT ROWID"
        )
        run("CREATE VIRTUAL TABLE words USING fts5 (marks, content='', detail=none, columnsize=0)")
        women, marks = list_bearers(self._wide)
        self._bearers += np.bincount(marks, minlength=len(self._bearers))
        ids = self._wide.facts["id"]
        pairs = zip(marks.tolist(), ids[women].tolist(), strict=True)
        self._database.executemany("INSERT INTO bears VALUES (?, ?)", pairs)
        texts = (
            (int(ids[woman]), text)
            for woman, text in enumerate(write_texts(women, marks, len(ids)))
        )
        self._database.executemany("INSERT INTO words (rowid, marks) VALUES (?, ?)", texts)
        run("INSERT INTO words (words) VALUES ('optimize')")
        run("ANALYZE")
        self._database.commit()

    def prepare(self, asked: Asked) -> dict[str, Act]:
        question = asked.question
        ways = {
            "scan": f"FROM woman WHERE {write_condition(question.clauses, self._wide.write_bits)}"
        }
        borne = [clause for clause in question.clauses if is_borne(clause)]
        if borne:
            ways["index"] = self._lead_by_rarest(
                question, [list_borne(self._wide, one) for one in borne]
            )
            ways["FTS5"] = self._match(question, [list_borne(self._wide, one) for one in borne])
        return {
            f"{way}, {phases}": self._make_act(
                write_statement(
                    question,
                    self._wide,
                    found=found,
                    gather="group_concat",
                    in_two_phases=phases == "two phases",
                )
            )
            for way, found in ways.items()
            for phases in ("one phase", "two phases")
        }

    def _lead_by_rarest(self, question: Question, borne: list[list[int]]) -> str:
        rarest = min(borne, key=lambda numbers: int(self._bearers[numbers].sum()))
        condition = write_condition(question.clauses, self._wide.write_bits)
        numbers = ", ".join(map(str, rarest))
        return (
            f"FROM (SELECT DISTINCT woman FROM bears WHERE mark IN ({numbers})) AS led"
            f" CROSS JOIN woman ON woman.id = led.woman WHERE {condition}"
        )

    def _match(self, question: Question, borne: list[list[int]]) -> str:
        words = " AND ".join("(" + " OR ".join(f"m{one}" for one in some) + ")" for some in borne)
        rest = [clause for clause in question.clauses if not is_borne(clause)]
        condition = write_condition(rest, self._wide.write_bits)
        return (
            f"FROM words CROSS JOIN woman ON woman.id = words.rowid"
            f" WHERE words MATCH '{words}' AND {condition}"
        )

    def _make_act(self, statement: str) -> Act:
        return lambda: _read(self._database.execute(statement).fetchall())

    def close(self) -> None:
        self._database.close()


def write_texts(women: Array, marks: Array, size: int) -> list[str]:
    """Return the marks of each woman as words, by her place."""
    ends = np.searchsorted(women, np.arange(1, size + 1)).tolist()
    words = [f"m{mark}" for mark in marks.tolist()]
    begins = [0, *ends[:-1]]
    return [" ".join(words[begin:end]) for begin, end in zip(begins, ends, strict=True)]


def _read(rows: Sequence[tuple[int, ...]]) -> Found:
    if not rows:
        return Found((), ())
    fits = np.array(str(rows[0][0]).split(","), np.int64)
    return Found(fits, tuple((row[1], tuple(row[2:])) for row in rows))
