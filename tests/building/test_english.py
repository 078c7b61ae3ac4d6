"""English pages are English: what is left in Vietnamese is what people typed, nothing of ours."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from sqlalchemy import inspect
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from jobcenter.accounts.choices import Role
from jobcenter.accounts.models import User
from jobcenter.kernel.db import Base, declare_kind
from jobcenter.notices.templates import TEMPLATES
from tests.browser.test_pages import addresses, town
from tests.building.test_words import KEEPS_MARKS, VIETNAMESE
from tests.support.client import Client

pytestmark = pytest.mark.building
__all__ = ["town"]
SPOKEN = ("aria-label", "title", "placeholder", "alt")
# Lists have a name in both languages; their Vietnamese one must not show, save where an
# administrator keeps the lists. What a park is called besides, and communes, are proper names.
LISTS = {"code_value": (), "occupation": (), "occupation_synonym": (), "target_group_rule": (),
         "park": ("aliases",)}  # fmt: skip
KEPT = re.compile(r"/admin/(lists|occupations|parks|communes|target-groups|calendar|wages)\b")


def typed(session: Session, *, lists: bool) -> list[str]:
    """Return every text with Vietnamese letters that the database holds, the longest first."""
    found = set(texts([one.params for one in TEMPLATES.values()]))  # what samples are filled with
    for mapper in Base.registry.mappers:
        kind, names = mapper.class_, [one.key for one in inspect(mapper.class_).column_attrs]
        if mapper.local_table.name in LISTS and not lists:
            shown = ("name_en", *LISTS[mapper.local_table.name])
            names = [name for name in names if name in shown]
        columns = [getattr(kind, name) for name in names]
        for row in session.query(*columns).yield_per(500) if columns else ():
            for value in row:
                found.update(texts(value))
    marked = {one for one in found if VIETNAMESE.search(one)}
    return sorted(marked, key=len, reverse=True)


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from (line.strip() for line in [value, *value.splitlines()])
        if value[:1] in "[{":
            try:
                yield from texts(json.loads(value))
            except ValueError:
                return
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts(inner)


def said(page: BeautifulSoup) -> Iterator[str]:
    """Yield what a reader is told, outside of parts that say they are Vietnamese."""
    for part in page.select('[lang="vi"], script, style'):
        part.decompose()
    for tag in page.find_all(True):
        for name in SPOKEN:
            if tag.get(name):
                yield str(tag[name])
        if tag.name == "input" and tag.get("type") in ("submit", "button"):
            yield str(tag.get("value", ""))
    for text in page.find_all(string=True):
        if isinstance(text.parent, Tag) and text.parent.name not in ("script", "style"):
            yield str(text)


def left(text: str, data: list[str]) -> str:
    """Return `text` without what was typed and names that keep their marks."""
    plain = " ".join(text.split())
    if any(plain.rstrip("… .") in one for one in data):
        return ""  # a part of something longer
    for one in data:
        if not VIETNAMESE.search(plain):
            return ""
        plain = plain.replace(one, " ")
    plain = " ".join(KEEPS_MARKS.sub("", plain).split())
    return plain if VIETNAMESE.search(plain) else ""


def fetch(client: Client, path: str) -> TestResponse:
    """Fetch without the inspection of pages, which other crawls do."""
    client.session.commit()
    try:
        return client.browser.get(path)
    finally:
        declare_kind(writing=True)
        client.session.expire_all()


def test_nothing_of_ours_is_left_in_vietnamese(
    app: Flask, client: Client, session: Session, town: dict[str, Any]
) -> None:
    """Every page, opened once, by the first role that may."""
    seen: dict[str, bool] = {}
    suspect: list[tuple[str, str]] = []
    for role in Role:
        client.sign_in_as(session.query(User).filter_by(login=role.value).one())
        fetch(client, "/language/en")
        for path in addresses(app, role.value, town):
            if seen.get(path):
                continue
            answer = fetch(client, path)
            seen[path] = answer.status_code == 200
            if answer.mimetype == "text/html" and answer.status_code not in (301, 302, 303, 308):
                page = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
                assert page.html is not None
                assert page.html["lang"] == "en"
                suspect += [(path, text) for text in said(page) if VIETNAMESE.search(text)]
    assert sum(seen.values()) >= 30
    data = {lists: typed(session, lists=lists) for lists in (False, True)}
    leaks = {
        (path, rest[:120])
        for path, text in suspect
        if (rest := left(text, data[bool(KEPT.match(path))]))
    }
    assert not leaks, "\n".join(f"{path}: {text}" for path, text in sorted(leaks))


def test_the_crawl_would_notice() -> None:
    data = ["Nguyễn Thị Thu Hường"]
    assert left("Nguyễn Thị Thu Hường, Hải Phòng 9.000.000 đ", data) == ""
    assert left("Đang tìm việc: Nguyễn Thị Thu Hường", data) == "Đang tìm việc:"
    page = BeautifulSoup('<a title="Sửa" lang="en">Edit</a><b lang="vi">Tiếng</b>', "html.parser")
    assert list(said(page)) == ["Sửa", "Edit"]


def test_the_switch_itself_speaks_the_other_language(client: Client) -> None:
    page = client.get("/language/en", follow_redirects=True).text
    assert re.search(r'lang="vi"[^>]*>Tiếng Việt<', page)
