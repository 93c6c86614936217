"""Small wrong versions of a module: each differs from it at one place of one rule."""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

EXPLAINING = frozenset(
    {"cite", "name_grade", "find_party", "_list_undeclared", "_count_missing_days"}
)
"""Functions that say why and decide nothing, besides those named ``explain`` or ``_explain``."""
COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
}
NAMES = {
    "pick_best": "pick_worst",
    "pick_worst": "pick_best",
    "union1d": "intersect1d",
    "intersect1d": "union1d",
    "any": "all",
    "all": "any",
    "min": "max",
    "max": "min",
}


@dataclass(frozen=True)
class Mutant:
    """One wrong version. ``key`` names it the same whatever lines stand above it."""

    path: Path
    line: int
    where: str
    before: str
    after: str
    source: str
    number: int
    """Which of the same changes in this function it is, from 1, in the order of ``ast.walk``."""

    @property
    def key(self) -> str:
        """Return file, function and change."""
        change = f"{self.path} {self.where}: {self.before}  ->  {self.after}"
        return change if self.number == 1 else f"{change}  (the same, {self.number})"


def list_mutants(path: Path) -> Iterator[Mutant]:
    """Yield the wrong versions of a module, in the order of its text."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    owners = _name_owners(tree)
    seen: Counter[tuple[str, str, str]] = Counter()
    for number, node in enumerate(ast.walk(tree)):
        if number not in owners:
            continue
        for changed in _list_changes(node):
            change = owners[number], ast.unparse(node), ast.unparse(changed)
            seen[change] += 1
            wrong = copy.deepcopy(tree)
            _put(wrong, number, changed)
            source = ast.unparse(wrong)
            yield Mutant(path, getattr(node, "lineno", 0), *change, source, seen[change])


def _name_owners(tree: ast.Module) -> dict[int, str]:
    """Return the number of each node that decides something, with the name it stands under."""
    numbers = {id(node): number for number, node in enumerate(ast.walk(tree))}
    owners: dict[int, str] = {}
    for top in tree.body:
        for name, part in _list_parts(top):
            owners.update((numbers[id(node)], name) for node in ast.walk(part))
    return owners


def _list_parts(top: ast.stmt) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(top, ast.FunctionDef):
        is_telling = top.name.lstrip("_").startswith("explain") or top.name in EXPLAINING
        yield from () if is_telling else ((top.name, one) for one in top.body)
    elif isinstance(top, ast.Assign) and not isinstance(top.value, ast.Name):
        yield ast.unparse(top.targets[0]), top.value


def _list_changes(node: ast.AST) -> Iterator[ast.AST]:
    yield from _change_logic(copy.deepcopy(node))
    yield from _change_values(copy.deepcopy(node))


def _change_logic(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(ops=[one]):
            node.ops = [COMPARISONS[type(one)]()]
            yield node
        case ast.BinOp(op=operator) if type(operator) in OPERATORS:
            node.op = OPERATORS[type(operator)]()
            yield node
        case ast.BoolOp(op=joined):
            node.op = ast.Or() if isinstance(joined, ast.And) else ast.And()
            yield node
        case ast.UnaryOp(op=ast.Invert() | ast.Not(), operand=operand):
            yield operand
        case ast.IfExp(body=body, orelse=orelse):
            yield from (body, orelse)


def _change_values(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int() | float() as value):
            yield from (ast.Constant(value + 1), ast.Constant(value - 1))
        case ast.Attribute(value=ast.Name(id="o"), attr=outcome):
            yield _outcome("A1" if outcome in ("PASS", "MOOT") else "PASS")
        case ast.Name(id=name) | ast.Attribute(attr=name) if name in NAMES:
            setattr(node, "id" if isinstance(node, ast.Name) else "attr", NAMES[name])
            yield node
        case ast.Tuple(elts=parts, ctx=ast.Load()) | ast.Set(elts=parts) if len(parts) > 1:
            yield from _drop_each(node)


def _outcome(name: str) -> ast.Attribute:
    return ast.Attribute(ast.Name("o", ast.Load()), name, ast.Load())


def _drop_each(node: ast.Tuple | ast.Set) -> Iterator[ast.AST]:
    """Leave out one of several plain words."""
    for place, part in enumerate(node.elts):
        if isinstance(part, ast.Constant | ast.Starred):
            changed = copy.deepcopy(node)
            del changed.elts[place]
            yield changed


def _put(tree: ast.Module, number: int, changed: ast.AST) -> None:
    """Put a node in the place of the one of this number in the order of ``ast.walk``."""
    wanted = next(node for place, node in enumerate(ast.walk(tree)) if place == number)
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if value is wanted:
                setattr(parent, field, changed)
            elif isinstance(value, list) and any(one is wanted for one in value):
                setattr(parent, field, [changed if one is wanted else one for one in value])
