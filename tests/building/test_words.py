"""The English catalogue is whole: every text of the screens, none of it left in Vietnamese."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask
from flask_babel import force_locale

from jobcenter.config import ROOT
from jobcenter.desks.counted import NOUNS
from jobcenter.desks.pages import unit

pytestmark = pytest.mark.building
CATALOGUE = ROOT / "jobcenter" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
PLACE = re.compile(r"%\(\w+\)[sd]")
VIETNAMESE = re.compile(
    r"[ăâđêôơưĂÂĐÊÔƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE
)
# Names and the language switch keep their own spelling.
KEEPS_MARKS = re.compile(r"Hải Phòng|Tiếng Việt|Đồng|QĐ-TTg|NĐ-CP|₫|đ\b")


def messages() -> Iterator[tuple[str, Path]]:
    for method, pattern in (("python", "jobcenter/**/*.py"), ("jinja2", "templates/**/*.html")):
        for path in ROOT.glob(pattern):
            with path.open("rb") as file:
                options = {"trim_blocks": "true", "lstrip_blocks": "true"}
                for _line, text, _comments, _context in extract(
                    method, file, KEYWORDS, (), options
                ):
                    for one in text if isinstance(text, tuple) else (text,):
                        if one:
                            yield one, path


def test_every_text_has_its_english() -> None:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="en")
    english = {}
    for message in catalogue:
        for one in message.id if isinstance(message.id, tuple) else (message.id,):
            texts = (message.string,) if isinstance(message.string, str) else message.string
            english[one] = "" if message.fuzzy or not all(texts) else " ".join(texts)
    found = {text for text, _path in messages()}
    missing = sorted(text for text in found if not english.get(text))
    assert not missing, f"{len(missing)} texts without English: {missing[:5]}"
    for text in found:
        assert set(PLACE.findall(text)) == set(PLACE.findall(english[text])), text
        left = VIETNAMESE.search(KEEPS_MARKS.sub("", english[text]))
        assert not left, f"Vietnamese in the English of {text!r}: {english[text]!r}"


def test_every_noun_that_is_counted_knows_one_and_many() -> None:
    given = re.compile(r"(?:pager\([^}]*?|\bunit\()_\('([^']+)'\)\)")
    nouns = {
        noun
        for path in ROOT.glob("templates/**/*.html")
        for noun in given.findall(path.read_text(encoding="utf-8"))
    }
    assert "người" in nouns
    assert not nouns - set(NOUNS), "counted nouns belong to desks/counted.py"


@pytest.mark.parametrize(
    ("locale", "value", "noun", "said"),
    [
        ("vi", 1, "người", "1 người"),
        ("vi", 1200, "người", "1.200 người"),
        ("en", 1, "people", "1 person"),
        ("en", 0, "people", "0 people"),
        ("en", 1200, "people", "1,200 people"),
        ("en", 1.5, "years", "1.5 years"),
        ("en", 1, "vacancies", "1 vacancy"),
        ("en", 1, "hours a month", "1 hour a month"),
        ("en", 1, "things nobody listed", "1 things nobody listed"),
        ("en", None, "people", "– people"),
    ],
)
def test_english_counts_one_and_many(
    app: Flask, locale: str, value: float | None, noun: str, said: str
) -> None:
    with app.test_request_context(), force_locale(locale):
        assert unit(value, noun) == said.replace(" ", "\u00a0", 1)


def test_the_compiled_catalogue_is_the_written_one() -> None:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="en")
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    assert CATALOGUE.with_suffix(".mo").read_bytes() == compiled.getvalue()
