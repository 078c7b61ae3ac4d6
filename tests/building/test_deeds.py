"""Whatever the code writes into the ledger has a name for people, in one table."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from jobcenter.config import ROOT
from jobcenter.desks.deeds import ACTIONS, DETAILS, SUBJECTS

pytestmark = pytest.mark.building
ROOMS = [path for path in ROOT.glob("jobcenter/*/*.py") if path.parent.name != "audit"]
OWN = {"by", "action", "kind", "subject_id", None}


def parsed() -> Iterator[tuple[Path, ast.Module]]:
    for path in ROOMS:
        source = path.read_text(encoding="utf-8")
        if "record(" in source:
            yield path, ast.parse(source)


def records(tree: ast.AST) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record"
    ]


def forwarders(tree: ast.Module, name: str) -> dict[str, int]:
    """Return the functions that record a parameter `name` of theirs, and its place."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and records(node):
            places = [arg.arg for arg in (*node.args.posonlyargs, *node.args.args)]
            found |= {node.name: places.index(name)} if name in places else {}
    return found


def said(tree: ast.Module, name: str) -> Iterator[ast.expr]:
    """Yield every expression that becomes `name` of a ledger line in this module."""
    passing = forwarders(tree, name)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = getattr(node.func, "id", "")
            if called in passing and len(node.args) > passing[called]:
                yield node.args[passing[called]]
            if called == "record" or called in passing:
                yield from (one.value for one in node.keywords if one.arg == name)
        named = {getattr(one, "id", "") for one in getattr(node, "targets", [])}
        if isinstance(node, ast.Assign) and name == "action" and name in named:
            yield node.value


def constants(value: ast.expr) -> list[str]:
    """Return the texts that an expression may be; "*-vacancy" for what is put together."""
    if isinstance(value, ast.IfExp):
        return constants(value.body) + constants(value.orelse)
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return [value.value]
    if isinstance(value, ast.JoinedStr):
        parts = [one.value if isinstance(one, ast.Constant) else "*" for one in value.values]
        return ["".join(map(str, parts))]
    assert isinstance(value, ast.Name), f"cannot tell what this becomes: {ast.unparse(value)}"
    return []  # a parameter or a variable, whose values are looked at where they are given


def test_every_action_in_the_code_has_a_name() -> None:
    found = {text for _path, tree in parsed() for value in said(tree, "action")
             for text in constants(value)}  # fmt: skip
    assert len(found) > 60
    endings = {text[1:] for text in found if text.startswith("*")}
    whole = {text for text in found if not text.startswith("*")}
    assert whole <= set(ACTIONS), sorted(whole - set(ACTIONS))
    named = {ending for ending in endings for action in ACTIONS if action.endswith(ending)}
    assert endings == named, endings - named


def test_every_kind_of_record_has_a_name() -> None:
    kinds = {text for _path, tree in parsed() for value in said(tree, "kind")
             for text in constants(value)}  # fmt: skip
    assert kinds <= set(SUBJECTS), sorted(kinds - set(SUBJECTS))


def test_every_detail_has_a_name() -> None:
    keys = {}
    for path, tree in parsed():
        helpers = {
            node.name: {arg.arg for arg in (*node.args.args, *node.args.kwonlyargs)}
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef)
            and any(one.arg is None for call in records(node) for one in call.keywords)  # type: ignore[arg-type]
        }
        for node in ast.walk(tree):
            called = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            if isinstance(node, ast.Call) and (called == "record" or called in helpers):
                own = OWN | helpers.get(called, set())
                keys |= {one.arg: path.name for one in node.keywords if one.arg not in own}
    missing = {key: path for key, path in keys.items() if key not in DETAILS}
    assert not missing, missing
