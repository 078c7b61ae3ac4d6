"""Vietnamese text, names, phones, IDs and dates."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobcenter.kernel import vietnamese as vi
from jobcenter.kernel.errors import Refused


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đào Thị Ánh", "dao thi anh"),
        ("NGUYỄN  Văn\tHoà", "nguyen van hoa"),
        ("Nguyễn Văn Hòa", "nguyen van hoa"),
        ("đường Điện Biên Phủ", "duong dien bien phu"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert vi.fold(text) == folded
    assert vi.fold(unicodedata.normalize("NFD", text)) == folded


@given(st.text(max_size=60))
def test_cleaning_is_stable_and_safe(text: str) -> None:
    once = vi.clean_line(text)
    assert vi.clean_line(once) == once
    assert "\x00" not in once
    assert "\n" not in once
    assert unicodedata.is_normalized("NFC", once)
    assert vi.clean_prose(vi.clean_prose(text)) == vi.clean_prose(text)


def test_names_sort_by_given_name_then_vietnamese_alphabet() -> None:
    names = ["Đỗ Văn Ái", "Bùi Thị An", "Lê Văn Ân", "Trần Thị Ăn", "Hoàng Đan", "Cao Dân", "Lý Ả"]
    ordered = sorted(names, key=vi.sort_key)
    assert ordered == [
        "Lý Ả", "Đỗ Văn Ái", "Bùi Thị An", "Trần Thị Ăn", "Lê Văn Ân", "Cao Dân", "Hoàng Đan",
    ]  # fmt: skip
    assert sorted(["Lê Hoạ", "Lê Hoá", "Lê Hoà", "Lê Hoa"], key=vi.sort_key) == [
        "Lê Hoa", "Lê Hoà", "Lê Hoá", "Lê Hoạ",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("0912 345 678", "+84912345678"),
        ("+84 912.345.678", "+84912345678"),
        ("84912345678", "+84912345678"),
        ("0168 234 5678", "+84382345678"),
        ("0225 3842 111", "+842253842111"),
        ("０９１２３４５６７８", "+84912345678"),
    ],
)
def test_phones(typed: str, stored: str) -> None:
    assert vi.parse_phone(typed) == stored


@pytest.mark.parametrize(
    "typed", ["", "091234567", "0112345678", "abc", "0912345678901", "031 842 111"]
)
def test_phones_refused_say_why(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        vi.parse_phone(typed)
    assert str(refused.value)


def test_nine_digits_are_counted_for_the_person() -> None:
    with pytest.raises(Refused, match="Cần 10 số, đang có 9"):
        vi.parse_phone("091234567")


def test_masked_phone_hides_the_middle() -> None:
    assert vi.mask_phone("+84912345678") == "0912 *** 678"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("23/11/2026", dt.date(2026, 11, 23)),
        ("3-1-2026", dt.date(2026, 1, 3)),
        ("03.01.2026", dt.date(2026, 1, 3)),
        ("03012026", dt.date(2026, 1, 3)),
        ("29/02/2024", dt.date(2024, 2, 29)),
    ],
)
def test_dates(typed: str, day: dt.date) -> None:
    assert vi.parse_date(typed) == day


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("31/02/1990", "Tháng 2 không có ngày 31"),
        ("12/13/2026", "Không có tháng 13"),
        ("hôm qua", "23/11/2026"),
        ("01/01/0001", "không hợp lý"),
    ],
)
def test_dates_refused_say_why(typed: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        vi.parse_date(typed)


def test_a_birth_year_alone_is_enough() -> None:
    today = dt.date(2026, 11, 23)
    assert vi.parse_birth("1985", today=today) == vi.PartialDate(1985, None)
    assert vi.parse_birth("14/02/1995", today=today).day == dt.date(1995, 2, 14)
    for odd in ("1850", "24/11/2026", "2027"):
        with pytest.raises(Refused):
            vi.parse_birth(odd, today=today)


def test_odd_but_valid_ids_warn_and_never_refuse() -> None:
    number = vi.parse_id_number("031 098 001 234")
    assert number == "031098001234"
    assert vi.doubt_id_number(number, birth_year=1998, sex="male") == []
    assert len(vi.doubt_id_number(number, birth_year=1989, sex="female")) == 2
    for wrong in ("12345", "1" * 12, "03109800123x"):
        with pytest.raises(Refused):
            vi.parse_id_number(wrong)
