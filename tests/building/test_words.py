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

from jobcenter.config import ROOT

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
            text = message.string if isinstance(message.string, str) else message.string[0]
            english[one] = "" if message.fuzzy else text
    found = {text for text, _path in messages()}
    missing = sorted(text for text in found if not english.get(text))
    assert not missing, f"{len(missing)} texts without English: {missing[:5]}"
    for text in found:
        assert set(PLACE.findall(text)) == set(PLACE.findall(english[text])), text
        left = VIETNAMESE.search(KEEPS_MARKS.sub("", english[text]))
        assert not left, f"Vietnamese in the English of {text!r}: {english[text]!r}"


def test_the_compiled_catalogue_is_the_written_one() -> None:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="en")
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    assert CATALOGUE.with_suffix(".mo").read_bytes() == compiled.getvalue()
