"""Names as typed by PostgreSQL's pg_trgm: one table of names, each way of asking that it offers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import psycopg

from tests.benchmarks.names import Person
from tests.benchmarks.names_typed import FIRST
from tests.postgresql import Server

GIN = "CREATE INDEX by_gin ON name USING gin (name gin_trgm_ops)"
GIST = "CREATE INDEX by_gist ON name USING gist (name gist_trgm_ops (siglen = 64))"
SETTINGS = ("work_mem = '256MB'", "maintenance_work_mem = '512MB'")
NEAREST = "SELECT woman FROM name ORDER BY name <-> %s LIMIT {first}"
ALIKE = "SELECT woman FROM name WHERE name %% %s ORDER BY similarity(name, %s) DESC, woman LIMIT {first}"
EACH_WORD = (
    "SELECT woman FROM name WHERE {words} ORDER BY {sum} DESC, length(name), woman LIMIT {first}"
)


@dataclass(frozen=True)
class Way:
    """One way of asking: by which index, and from which similarity on (0..1) a name is looked at."""

    name: str
    index: str
    least: float = 0.0
    by_word: bool = False


WAYS = (
    Way("GIN, name % from 0.3", GIN, 0.3),
    Way("GIN, name % from 0.5", GIN, 0.5),
    Way("GIN, word by word from 0.5", GIN, 0.5, by_word=True),
    Way("GiST, name <-> nearest", GIST),
)


class Trigrams:
    """The names in a server of its own, with both indexes; they are built one beside the other."""

    def __init__(self, server: Server, people: Iterable[Person]) -> None:
        self._connection: psycopg.Connection[Any] = psycopg.connect(
            host=str(server.folder), user="roster", dbname="postgres", autocommit=True
        )
        self._way: Way | None = None
        for setting in SETTINGS:
            self._run(f"SET {setting}")
        self._run("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        self._run("DROP TABLE IF EXISTS name")
        self._run("CREATE UNLOGGED TABLE name (woman int NOT NULL, name text NOT NULL)")
        with self._connection.cursor().copy("COPY name FROM STDIN") as copy:
            for number, names in people:
                for name in names:
                    copy.write_row((number, name))
        self.build_seconds = {way.index: self._build(way.index) for way in (WAYS[0], WAYS[-1])}
        self._run("VACUUM ANALYZE name")
        self.version = self._read_version()

    def _build(self, index: str) -> float:
        began = perf_counter()
        self._run(index)
        return perf_counter() - began

    def _run(self, statement: str) -> None:
        self._connection.execute(statement)  # type: ignore[call-overload]

    def _read_version(self) -> str:
        """The server's and the extension's."""
        asked = "SELECT extversion FROM pg_extension WHERE extname = 'pg_trgm'"
        row = self._connection.execute(asked).fetchone()
        number = self._connection.info.server_version
        return f"{number // 10000}.{number % 10000}, pg_trgm {row[0] if row else '?'}"

    def find(self, way: Way, text: str) -> list[int]:
        """Return the women whom this way finds first."""
        self._settle(way)
        statement, values = write_statement(way, text)
        return [row[0] for row in self._connection.execute(statement, values, prepare=True)]

    def _settle(self, way: Way) -> None:
        """Set the threshold of a way; the index that it does not use is too dear to be chosen."""
        if way == self._way:
            return
        for name in ("similarity_threshold", "word_similarity_threshold"):
            self._run(f"SET pg_trgm.{name} = {way.least or 0.3}")
        self._run(f"SET enable_bitmapscan = {'on' if way.index == GIN else 'off'}")
        self._run(f"SET enable_indexscan = {'on' if way.index == GIST else 'off'}")
        self._way = way

    def close(self) -> None:
        self._connection.close()


def write_statement(way: Way, text: str) -> tuple[str, tuple[str, ...]]:
    """Return the statement of a way for what was typed, and its values."""
    if way.by_word:
        words = text.split()
        each = " AND ".join("%s <%% name" for _ in words)
        total = " + ".join("word_similarity(%s, name)" for _ in words)
        statement = EACH_WORD.format(words=each, sum=total, first=FIRST)
        return statement, (*words, *words)
    if way.index == GIST:
        return NEAREST.format(first=FIRST), (text,)
    return ALIKE.format(first=FIRST), (text, text)
