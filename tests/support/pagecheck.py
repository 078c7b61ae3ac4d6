"""Every page that a test fetches is inspected: this is where the house's promises are kept."""

from __future__ import annotations

import re
from collections import Counter

import html5lib
from bs4 import BeautifulSoup

LEAKS = re.compile(r"\bNone\b|Undefined|lazy_gettext|%\(\w+\)s|&lt;built-in")


def inspect(html: str, path: str) -> BeautifulSoup:
    """Fail with what is wrong with a page, or with a part that htmx puts into one."""
    is_whole = html.lstrip().lower().startswith("<!doctype")
    parser = html5lib.HTMLParser(strict=False)
    (parser.parse if is_whole else parser.parseFragment)(html)
    errors = [e for e in parser.errors if e[1] not in TOLERATED]
    assert not errors, f"{path}: not valid HTML: {errors[:3]}"
    page = BeautifulSoup(html, "html.parser")
    if is_whole:
        assert len(page.find_all("h1")) == 1, f"{path}: {len(page.find_all('h1'))} h1"
        assert page.title, f"{path}: no title"
        assert page.title.get_text(strip=True), f"{path}: empty title"
    ids = Counter(tag["id"] for tag in page.find_all(id=True))
    assert not [i for i, n in ids.items() if n > 1], f"{path}: ids twice: {ids.most_common(3)}"
    assert not page.find_all(style=True), f"{path}: inline style"
    assert not [s for s in page.find_all("script") if not s.get("src")], f"{path}: inline script"
    handlers = [t.name for t in page.find_all() if any(a.startswith("on") for a in t.attrs)]
    assert not handlers, f"{path}: inline handlers on {handlers}"
    for form in page.find_all("form"):
        if form.get("method", "get").lower() == "post":
            assert form.find("input", {"name": "csrf_token"}), f"{path}: form without token"
    _labels(page, path, set(ids))
    text = page.get_text(" ")
    leak = LEAKS.search(text)
    assert not leak, f"{path}: leaks {leak.group() if leak else ''!r}"
    return page


TOLERATED = {"unexpected-end-tag-implies-end-tag"}


def _labels(page: BeautifulSoup, path: str, ids: set[str]) -> None:
    named = {label["for"] for label in page.find_all("label", attrs={"for": True})}
    empty = [label for label in page.find_all("label") if not label.get_text(strip=True)]
    assert not empty, f"{path}: label without words: {empty[0]}"
    for target in named:
        assert target in ids, f"{path}: label for missing #{target}"
    for field in page.find_all(["input", "select", "textarea"]):
        if field.get("type") in ("hidden", "submit"):
            continue
        has = field.get("id") in named or field.get("aria-label") or field.get("aria-labelledby")
        assert has or field.find_parent("label"), f"{path}: no label for {field.get('name')}"
