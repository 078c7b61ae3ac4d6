"""A scanned card is read however odd the scan; what cannot be read is told and kept."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobcenter.kernel import vietnamese
from jobcenter.kernel.errors import Refused
from jobcenter.people import card
from jobcenter.people.choices import Sex

TODAY = dt.date(2026, 11, 23)
SCAN = (
    "031098001234|012345678|Nguyễn Thị Thu Hường|14031998|Nữ|"
    "Số 5 Lạch Tray, Ngô Quyền, Hải Phòng|10052021"
)
NAMES = st.sampled_from(
    ["Nguyễn Thị Thu Hường", "Đỗ Văn Khải", "Hoàng Thuỷ", "Ưng Hoàng Phúc", "Ý Lan", "Lê Ánh"]
)
DAYS = st.dates(dt.date(1930, 1, 1), dt.date(2011, 12, 31))
ISSUED = st.dates(dt.date(2016, 1, 1), TODAY)
SEXES = st.sampled_from(
    [("Nam", Sex.MALE), ("Nữ", Sex.FEMALE), ("nu", Sex.FEMALE), ("NAM", "male")]
)
DATES = st.sampled_from(["%d%m%Y", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"])
SHAPES = st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"])
WIDE = str.maketrans("0123456789|", "０１２３４５６７８９｜")


def number(least: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=least, max_size=least).filter(lambda n: len(set(n)) > 1)


def test_the_example_is_read_whole() -> None:
    read = card.read(SCAN, today=TODAY)
    assert (read.id_number, read.old_id_number) == ("031098001234", "012345678")
    assert (read.full_name, read.birth, read.sex) == (
        "Nguyễn Thị Thu Hường",
        "14/03/1998",
        "female",
    )
    assert read.address == "Số 5 Lạch Tray, Ngô Quyền, Hải Phòng"
    assert read.issued == dt.date(2021, 5, 10)
    assert not read.faults


@given(
    number=number(12), old=st.one_of(st.just(""), number(9)), name=NAMES, born=DAYS,
    sex=SEXES, issued=st.one_of(st.none(), ISSUED), dates=DATES, shape=SHAPES, wide=st.booleans(),
    bar=st.booleans(), tail=st.sampled_from(["", "|", "||", "|ABC"]),
)  # fmt: skip
def test_any_way_of_scanning_a_card_gives_the_same(
    number: str, old: str, name: str, born: dt.date, sex: tuple[str, str],
    issued: dt.date | None, dates: str, shape: str, wide: bool, bar: bool, tail: str,
) -> None:  # fmt: skip
    address = "Tổ 4, Thuỷ Đường, Thuỷ Nguyên, Hải Phòng"
    when = issued.strftime(dates) if issued else ""
    pieces = [number, old, name, born.strftime(dates), sex[0], address, when]
    if not old and bar:
        del pieces[1]
    text = unicodedata.normalize(shape, "|".join(pieces) + (tail if issued else ""))
    read = card.read(text.translate(WIDE) if wide else text, today=TODAY)
    assert not read.faults
    assert (read.id_number, read.old_id_number, read.full_name) == (number, old, name)
    assert (read.birth, read.sex) == (f"{born:%d/%m/%Y}", sex[1])
    assert (read.address, read.issued) == (address, issued)
    assert read.rest == (("ABC",) if issued and tail == "|ABC" else ())


@given(st.lists(st.text(max_size=12), min_size=5, max_size=9))
def test_nothing_of_a_broken_scan_is_lost(pieces: list[str]) -> None:
    text = "|".join(pieces)
    read = card.read(text, today=TODAY)
    shown = vietnamese.fold(" ".join([*(getattr(read, name) for name in card.ORDER), *read.rest]))
    for name, refused in read.faults.items():
        assert getattr(read, name)
        assert str(refused)
    for piece in text.split("|"):
        for word in vietnamese.fold(vietnamese.clean_line(piece)).split():
            kept = vietnamese.digits(word) if word.isdigit() else word
            if word.isalpha() and word not in ("nam", "nu", "male", "female", "m", "f", "khac"):
                assert kept in shown


@pytest.mark.parametrize(
    ("scan", "field"),
    [
        ("03109800123|012345678|A|14031998|Nữ|x|10052021", "id_number"),
        ("031098001234|01234567|A|14031998|Nữ|x|10052021", "old_id_number"),
        ("031098001234||A|31021998|Nữ|x|10052021", "birth"),
        ("031098001234||A|14031998|N?|x|10052021", "sex"),
        ("031098001234||A|14031998|Nữ|x|10052099", "issued_on"),
    ],
)
def test_a_broken_piece_is_named_and_kept(scan: str, field: str) -> None:
    read = card.read(scan, today=TODAY)
    assert set(read.faults) == {field}
    assert getattr(read, field) in scan


def test_capitals_become_a_name_and_an_unknown_day_a_year() -> None:
    read = card.read("031098001234||NGUYỄN THỊ THU HƯỜNG|00001998|Nữ|x|", today=TODAY)
    assert (read.full_name, read.birth) == ("Nguyễn Thị Thu Hường", "1998")


@pytest.mark.parametrize("text", ["", "031098001234", "a|b|c", "https://x.example/?a|b", "|" * 700])
def test_what_is_no_card_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        card.read(text, today=TODAY)
