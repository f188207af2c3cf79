"""Every sentence that the source says to people, found by reading the source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOLE = "□"  # stands for what an f-string puts in


@dataclass(frozen=True)
class Said:
    """One sentence in both languages, and where it stands."""

    where: str
    fr: ast.expr
    en: ast.expr


@cache
def modules() -> dict[str, ast.Module]:
    """Return the source of wikibot, by its path."""
    return {
        path.relative_to(ROOT).as_posix(): ast.parse(path.read_text("utf-8"))
        for path in sorted((ROOT / "wikibot").rglob("*.py"))
    }


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Yield every call of the source: where it is, the last part of its name, itself."""
    for path, module in modules().items():
        for node in ast.walk(module):
            if isinstance(node, ast.Call):
                yield f"{path}:{node.lineno}", name_of(node.func), node


def name_of(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


@cache
def sentences() -> tuple[Said, ...]:
    """Return what stands in `Text(fr, en)`, and in calls of functions that take `fr` and `en`."""
    found = []
    takers = {path: dict(_takers(module)) for path, module in modules().items()}
    public = {name: at for each in takers.values() for name, at in each.items() if name[0] != "_"}
    for path, module in modules().items():
        imported = {
            alias.name
            for node in ast.walk(module)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        known = {"Text": 0, **{n: public[n] for n in imported & set(public)}, **takers[path]}
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and name_of(node.func) in known:
                pair = _pair(node, known[name_of(node.func)])
                if pair is not None:
                    found.append(Said(f"{path}:{node.lineno}", *pair))
    return tuple(found)


def _takers(module: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield the functions that take the two languages, and where the first of them stands."""
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef):
            names = [each.arg for each in node.args.args if each.arg != "self"]
            if "fr" in names and names[names.index("fr") + 1 :][:1] == ["en"]:
                yield node.name, names.index("fr")


def _pair(call: ast.Call, first: int) -> tuple[ast.expr, ast.expr] | None:
    if any(isinstance(each, ast.Starred) for each in call.args):
        return None
    named = {key.arg: key.value for key in call.keywords}
    fr, en = [*call.args[first : first + 2], named.get("fr"), named.get("en")][:2]
    if len(call.args) == first + 1:
        en = named.get("en")
    return (fr, en) if fr is not None and en is not None else None


def shown(node: ast.expr) -> list[str]:
    """Return the literal words of an expression, one entry a string, holes where values go."""
    found: list[str] = []
    inside: set[int] = set()
    for each in ast.walk(node):
        if isinstance(each, ast.JoinedStr):
            parts = []
            for value in each.values:
                inside.add(id(value))
                if isinstance(value, ast.Constant):
                    parts.append(str(value.value))
                elif isinstance(value, ast.FormattedValue):
                    parts.append(HOLE)
                    if value.format_spec is not None:
                        inside |= {id(spec) for spec in ast.walk(value.format_spec)}
            if id(each) not in inside:
                found.append("".join(parts))
        elif isinstance(each, ast.Constant) and id(each) not in inside:
            found += [each.value] if isinstance(each.value, str) else []
    return found
