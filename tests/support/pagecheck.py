"""Every page that a test fetches is inspected: this is where the house's promises are kept."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import html5lib
from lxml import html as lxml_html

LEAKS = re.compile(r"\bNone\b|Undefined|lazy_gettext|%\(\w+\)s|<built-in")
TOLERATED = {"unexpected-end-tag-implies-end-tag"}
TAGS = re.compile(r"<[^>]*>")
VALUES = re.compile(r"\"[^\"]*\"")
FIELDS = ("input", "select", "textarea")
# Shapes of pages (their tags without values) that a careful parser has read already.
_read: set[int] = set()


def inspect(html: str, path: str) -> None:
    """Fail with what is wrong with a page, or with a part that htmx puts into one."""
    is_whole = html.lstrip().lower().startswith("<!doctype")
    _valid(html, path, is_whole=is_whole)
    if not html.strip():
        return
    page = lxml_html.document_fromstring(html) if is_whole else lxml_html.fragment_fromstring(
        html, create_parent="div"
    )  # fmt: skip
    tags = [tag for tag in page.iter() if isinstance(tag.tag, str)]
    if is_whole:
        heads = [tag for tag in tags if tag.tag == "h1"]
        assert len(heads) == 1, f"{path}: {len(heads)} h1"
        assert (page.findtext(".//title") or "").strip(), f"{path}: no title, or an empty one"
    ids = Counter(tag.get("id") for tag in tags if tag.get("id") is not None)
    assert not [i for i, n in ids.items() if n > 1], f"{path}: ids twice: {ids.most_common(3)}"
    for tag in tags:
        assert "style" not in tag.attrib, f"{path}: inline style"
        assert tag.tag != "script" or tag.get("src"), f"{path}: inline script"
        handlers = [name for name in tag.attrib if name.startswith("on")]
        assert not handlers, f"{path}: inline handlers on {tag.tag}"
        if tag.tag == "form" and tag.get("method", "get").lower() == "post":
            has_token = tag.xpath(".//input[@name='csrf_token']")
            assert has_token, f"{path}: form without token"
    _labels(tags, path, set(ids))
    leak = LEAKS.search(" ".join(page.itertext()))
    assert not leak, f"{path}: leaks {leak.group() if leak else ''!r}"


def _valid(html: str, path: str, *, is_whole: bool) -> None:
    """Let a strict parser read it, once for each shape: it takes twenty times the rest."""
    shape = hash(tuple(VALUES.sub("", tag) for tag in TAGS.findall(html)))
    if shape in _read:
        return
    parser = html5lib.HTMLParser(strict=False)
    (parser.parse if is_whole else parser.parseFragment)(html)
    errors = [e for e in parser.errors if e[1] not in TOLERATED]
    assert not errors, f"{path}: not valid HTML: {errors[:3]}"
    _read.add(shape)


def _labels(tags: list[Any], path: str, ids: set[str | None]) -> None:
    labels = [tag for tag in tags if tag.tag == "label"]
    named = {label.get("for") for label in labels if label.get("for") is not None}
    empty = [label for label in labels if not "".join(label.itertext()).strip()]
    assert not empty, f"{path}: label without words: {empty[0].attrib}"
    for target in named:
        assert target in ids, f"{path}: label for missing #{target}"
    for field in tags:
        if field.tag not in FIELDS or field.get("type") in ("hidden", "submit"):
            continue
        has = field.get("id") in named or field.get("aria-label") or field.get("aria-labelledby")
        inside = has or next(field.iterancestors("label"), None) is not None
        assert inside, f"{path}: no label for {field.get('name')}"
