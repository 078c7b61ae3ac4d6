"""The house's own rules, kept by tests: words, labels, sizes, docstrings."""

from __future__ import annotations

import ast
import enum
import importlib
import importlib.util
import pkgutil
import re
from pathlib import Path

import jinja2
import pytest
from flask import Flask

import jobcenter
from jobcenter.config import ROOT
from jobcenter.kernel.db import Base
from jobcenter.kernel.privacy import undeclared, unerased
from jobcenter.privacy.erasing import ROOMS

pytestmark = pytest.mark.building
SOURCES = sorted([*ROOT.glob("jobcenter/**/*.py"), *ROOT.glob("ml/**/*.py")])
TEMPLATES = sorted(ROOT.glob("templates/**/*.html"))
TAG = re.compile(r"<[^>]*>|{#.*?#}|&[a-z]+;", re.DOTALL)
# A capital or a letter with a mark: class names and codes have neither.
WORD = re.compile(r"\b(?:[A-ZÀ-ỴĐ][A-Za-zÀ-ỹĐđ]+|[a-z]*[À-ỹđ][A-Za-zÀ-ỹĐđ]*)\b")
# Names of keys and of the browser's own input format are the same in every language.
SAME_EVERYWHERE = {"Ctrl", "Enter", "Esc", "Excel"}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT)))
def test_templates_hold_no_words_outside_the_catalogue(app: Flask, path: Path) -> None:
    tokens = app.jinja_env.lex(path.read_text(encoding="utf-8"))
    text = " ".join(value if kind == "data" else "\x00" for _line, kind, value in tokens)
    # what stands inside a tag spans several pieces of data, so tags are cut from the joined text
    words = set(WORD.findall(TAG.sub(" ", text.replace("\x00", "")))) - SAME_EVERYWHERE
    assert not words, f"{path.name}: {sorted(words)[:8]}"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT)))
def test_templates_parse_and_bar_unsafe_output(app: Flask, path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    app.jinja_env.parse(source)
    assert "|safe" not in source.replace(" ", "")
    assert " style=" not in source
    assert isinstance(app.jinja_env, jinja2.Environment)


def rooms() -> list[str]:
    return [r.name for r in pkgutil.iter_modules(jobcenter.__path__) if r.ispkg]


@pytest.mark.parametrize("room", rooms())
def test_every_room_says_what_it_is_for(room: str) -> None:
    assert (importlib.import_module(f"jobcenter.{room}").__doc__ or "").strip()


def test_every_choice_has_a_label() -> None:
    for room in rooms():
        try:
            module = importlib.import_module(f"jobcenter.{room}.choices")
        except ModuleNotFoundError:
            continue
        labels = [v for k, v in vars(module).items() if k.endswith("_LABELS")]
        for kind in vars(module).values():
            if isinstance(kind, enum.EnumType) and kind.__module__ == module.__name__:
                if kind.__name__ in ("Right", "Audience"):
                    continue  # never shown
                found = [table for table in labels if set(table) == set(kind)]
                assert found, f"{kind.__name__} lacks labels"


def test_every_column_about_a_person_says_what_class_it_is() -> None:
    for room in rooms():
        if importlib.util.find_spec(f"jobcenter.{room}.models"):
            importlib.import_module(f"jobcenter.{room}.models")
    missing = undeclared(Base.metadata)
    assert not missing, (
        f"{missing}: add info=BASIC, info=SENSITIVE or info=PLAIN to mapped_column, or "
        '{"info": BASIC} to __table_args__ (jobcenter/kernel/privacy.py says which)'
    )


def test_every_table_about_people_says_what_an_erasure_does_with_it() -> None:
    for room in rooms():
        if importlib.util.find_spec(f"jobcenter.{room}.models"):
            importlib.import_module(f"jobcenter.{room}.models")
    missing = unerased(Base.metadata)
    assert not missing, (
        f"{missing}: say in __table_args__ what happens to a person's rows when they are erased: "
        '{"info": BASIC | DELETED} (they go, and what hangs on them too), {"info": BASIC | '
        "BLANKED} (they are counted: texts are emptied, days and codes stay; put info=COUNTED "
        "beside a text that must stay, blank_to(...) beside one that cannot be NULL or empty), or "
        '{"info": BASIC | kept(N_("which law or need"))}. Rows without a foreign key to the '
        "person, and lists or sealed texts that name people: an @eraser in the room's erasing.py "
        "(see docs/privacy.md)"
    )


def test_every_eraser_of_a_room_is_called() -> None:
    files = {path.parent.name for path in ROOT.glob("jobcenter/*/erasing.py")}
    known = {room.__name__.split(".")[1] for room in ROOMS}
    assert files - {"kernel", "privacy"} <= known, "name them in ROOMS of privacy/erasing.py"


def test_files_and_functions_stay_readable() -> None:
    long = [f"{p.name}: {n}" for p in SOURCES if (n := len(p.read_text().splitlines())) > 400]
    assert not long, long
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                lines = (node.end_lineno or 0) - node.lineno
                assert lines <= 60, f"{path.name}:{node.lineno} {node.name} has {lines} lines"


def test_nobody_reads_the_clock_but_the_clock() -> None:
    for path in SOURCES:
        if path.name != "clock.py" and "jobcenter" in path.parts:
            source = path.read_text()
            assert "datetime.now(" not in source, path
            assert "date.today(" not in source, path
            assert "utcnow" not in source, path


def test_only_column_types_seal_so_that_keys_rotate_everywhere() -> None:
    for path in SOURCES:
        if path.parent.name != "kernel":
            assert not re.search(r"\.(seal|seal_bytes|open_bytes)\(", path.read_text()), (
                f"{path}: use Sealed, SealedData or SealedBytes of kernel/db.py"
            )


def test_nobody_assigns_a_version_or_reaches_around_a_scoped_query() -> None:
    for path in ROOT.glob("jobcenter/desks/**/*.py"):
        source = path.read_text()
        assert ".version = " not in source, path
        assert "db.session.get(" not in source, path
        assert "db.session().get(" not in source, path
        assert "populate_obj" not in source, path
