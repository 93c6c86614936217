"""tantivy in memory: marks as terms, facts as fast fields, points as constant scores.

Women are written in the order in which they were last proposed, as one segment, so that a tie goes
to the one longest not proposed and a document's number leads to her id without opening it.
"""

from __future__ import annotations

import numpy as np
import tantivy
from tantivy import Document, FieldType, Occur, Query

from tests.benchmarks.contenders.asked import BEST, Act, Asked, Found, Ground
from tests.benchmarks.machine import find_version
from tests.benchmarks.questions import Case, Clause, Mark, Question, Rule, Test, make_mask
from tests.benchmarks.statements import Wide, list_bearers

MEMORY = 2_000_000_000
"""Bytes for writing: enough for one segment."""
VALUES = range(256)
"""Of a fact that is tested by its bits."""


class InTantivy:
    name = "tantivy"
    version = find_version("tantivy")

    def __init__(self, ground: Ground) -> None:
        self._wide = Wide.lay_out(ground.roster, [one.question for one in ground.asked])
        self._order = np.argsort(self._wide.facts["last_proposed_at"])
        self._ids = self._wide.facts["id"][self._order].tolist()
        builder = tantivy.SchemaBuilder()
        for name in self._wide.facts:
            builder.add_integer_field(name, indexed=True, fast=True)
        self._schema = builder.add_unsigned_field("marks", indexed=True).build()
        self._index = tantivy.Index(self._schema)
        self._load()
        self._searcher = self._index.searcher()
        if self._searcher.num_segments != 1:
            raise ValueError("the order of documents is that of one segment only")

    def _load(self) -> None:
        women, marks = list_bearers(self._wide)
        ends = np.searchsorted(women, np.arange(len(self._ids)), side="right").tolist()
        numbers, order = marks.tolist(), self._order.tolist()
        facts = {name: values.tolist() for name, values in self._wide.facts.items()}
        writer = self._index.writer(MEMORY, 1)
        for woman in order:
            document = Document()
            for name, values in facts.items():
                document.add_integer(name, values[woman])
            for number in numbers[ends[woman - 1] if woman else 0 : ends[woman]]:
                document.add_unsigned("marks", number)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def prepare(self, asked: Asked) -> dict[str, Act]:
        question = asked.question
        parts = [(Occur.Must, Query.const_score_query(Query.all_query(), 0.0))]
        parts += [self._ask_clause(clause) for clause in question.clauses]
        for rule in question.rules:
            cases = [
                Query.const_score_query(self._ask_case(case), float(case.points))
                for case in rule.cases
            ]
            if cases:
                parts.append((Occur.Should, Query.disjunction_max_query(cases)))
        query = Query.boolean_query(parts)
        return {"": lambda: self._search(query, question)}

    def _ask_case(self, case: Case) -> Query:
        return Query.boolean_query([self._ask_clause(clause) for clause in case.clauses])

    def _ask_clause(self, clause: Clause) -> tuple[Occur, Query]:
        ways = [[self._ask_atom(atom) for atom in atoms] for atoms in clause]
        if len(ways) == 1 and len(ways[0]) == 1:
            occur, query = ways[0][0]
            return occur, Query.const_score_query(query, 0.0)
        queries = [Query.boolean_query(way) for way in ways]
        either = Query.boolean_query([(Occur.Should, one) for one in queries])
        return Occur.Must, Query.const_score_query(either, 0.0)

    def _ask_atom(self, atom: Test | Mark) -> tuple[Occur, Query]:
        if isinstance(atom, Mark):
            query = Query.term_set_query(self._schema, "marks", self._wide.list_numbers(atom))
            return (Occur.MustNot if atom.is_absent else Occur.Must), query
        if atom.sign in ("=", "<>"):
            query = Query.term_query(self._schema, atom.name, atom.value)
            return (Occur.Must if atom.sign == "=" else Occur.MustNot), query
        if atom.sign == "&":
            values = [value for value in VALUES if value & atom.value]
            return Occur.Must, Query.term_set_query(self._schema, atom.name, values)
        return Occur.Must, self._ask_range(atom)

    def _ask_range(self, test: Test) -> Query:
        has_end = test.sign.endswith("=")
        bounds = (
            {"lower_bound": test.value, "include_lower": has_end}
            if test.sign.startswith(">")
            else {"upper_bound": test.value, "include_upper": has_end}
        )
        return Query.range_query(self._schema, test.name, FieldType.Integer, **bounds)

    def _search(self, query: Query, question: Question) -> Found:
        hits = self._searcher.search(query, limit=len(self._ids), count=False).hits
        documents = [address.doc for _, address in hits]
        best = tuple(
            (self._ids[document], self._earn(question, int(self._order[document])))
            for document in documents[:BEST]
        )
        return Found([self._ids[document] for document in documents], best)

    def _earn(self, question: Question, woman: int) -> tuple[int, ...]:
        """Return the points of one of the best, which a search gives as a sum only."""
        return tuple(self._earn_by(rule, woman) for rule in question.rules)

    def _earn_by(self, rule: Rule, woman: int) -> int:
        for case in rule.cases:
            if all(self._holds(clause, woman) for clause in case.clauses):
                return case.points
        return 0

    def _holds(self, clause: Clause, woman: int) -> bool:
        return any(all(self._is_true(atom, woman) for atom in atoms) for atoms in clause)

    def _is_true(self, atom: Test | Mark, woman: int) -> bool:
        if isinstance(atom, Test):
            return bool(atom.judge(self._wide.facts[atom.name][woman]))
        bits = int(self._wide.bits[self._wide.families.index(atom.family)][woman])
        return bool(bits & make_mask(self._wide.roster, atom)) is not atom.is_absent

    def close(self) -> None:
        del self._searcher, self._index
