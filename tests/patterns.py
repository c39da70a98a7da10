"""Every regular expression of the project, found in its source: `re.compile(…)`, `re.search(…, text)` and the like."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent
PACKAGES = ("review_service", "training", "benchmarks", "fuzzing")
_CALLS = ("compile", "search", "match", "fullmatch", "findall", "finditer", "sub", "subn", "split")
_AT_ONE_PLACE = {"match", "fullmatch"}


class Found(NamedTuple):
    """A pattern and where it stands; None when it is put together at run time. `one_place`: it is never searched for."""

    place: str
    pattern: str | None
    flags: int
    one_place: bool

    @property
    def name(self) -> str:
        """What names the pattern through edits elsewhere: its file and how it begins."""
        return f"{self.place.rpartition(':')[0]} {(self.pattern or '')[:60]}"


def patterns() -> Iterator[Found]:
    """Yield the patterns of the project."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts and path.name != "__main__.py":
                yield from _of_module(path)


def _of_module(path: Path) -> Iterator[Found]:
    source = path.read_text(encoding="utf-8")
    module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    tree = ast.parse(source)
    names = {
        id(node.value): node.targets[0].id
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    for node in ast.walk(tree):
        call = _call(node)
        if call is None or not isinstance(node, ast.Call):
            continue
        uses = {call} if call != "compile" else set(re.findall(rf"\b{names.get(id(node), 'no name')}\.(\w+)\(", source))
        place = f"{path.relative_to(ROOT).as_posix()}:{node.lineno}"
        one_place = bool(uses) and uses <= _AT_ONE_PLACE
        yield Found(place, *_evaluated(node, call, vars(module)), one_place)


def _call(node: ast.AST) -> str | None:
    """Return the name of the function of `re` that is called."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _CALLS:
        of = node.func.value
        return node.func.attr if isinstance(of, ast.Name) and of.id == "re" else None
    return None


def _evaluated(node: ast.Call, call: str, names: dict[str, object]) -> tuple[str | None, int]:
    """Return the pattern with its flags, worked out as its module would."""
    flags = [word.value for word in node.keywords if word.arg == "flags"] + node.args[1:2] * (call == "compile")
    try:
        pattern, *chosen = (_value(part, names) for part in (node.args[0], *flags))
    except NameError:
        return None, 0
    return str(pattern), int(chosen[0]) if chosen else 0


def _value(expression: ast.expr, names: dict[str, object]) -> Any:
    return eval(compile(ast.Expression(expression), "pattern", "eval"), dict(names))
