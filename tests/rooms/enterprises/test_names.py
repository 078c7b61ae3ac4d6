from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from jobcenter.catalogue.models import Park
from jobcenter.catalogue.parks import known_as, parks_called, read_park
from jobcenter.enterprises.names import (
    bare_name,
    clean_tax_number,
    is_near,
    near_numbers,
    tax_number_doubt,
)
from jobcenter.kernel.errors import Refused


@pytest.mark.parametrize(
    "name",
    [
        "Công ty TNHH Dệt may Sao Biển", "CÔNG TY CỔ PHẦN DỆT MAY SAO BIỂN",
        "Cty CP Dệt may Sao Biển",
        "Công ty TNHH MTV Dệt May Sao Biển", "Det may Sao Bien Co., Ltd.", "Dệt may Sao Biển JSC",
        "Công ty Trách nhiệm hữu hạn một thành viên dệt may Sao Biển",
        "Chi nhánh Dệt-may “Sao Biển”",
    ],
)  # fmt: skip
def test_the_legal_form_says_nothing_about_who_a_firm_is(name: str) -> None:
    assert bare_name(name) == "det may sao bien"


def test_a_name_of_nothing_but_form_is_kept() -> None:
    assert bare_name("Công ty TNHH") == "cong ty tnhh"
    assert bare_name("???") == ""
    # words inside other words are no legal form
    assert bare_name("Công ty TNHH Cophaco") == "cophaco"
    assert bare_name("CP Việt Nam") == "cp viet nam"


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("Sao Biển", "Dệt may Sao Biển", True),
        ("Dệt may Sao Biển", "Sao Biển dệt may", True),
        ("SaoBien", "Công ty Sao Biển", True),
        ("Dệt may Sao Biển", "Dệt may Sao Biễn", True),
        ("Hanyoung Electronics Việt Nam", "Hanyoung Electronic Vina", True),
        ("Điện tử Cát Bi Việt Nam", "Giày da Cát Hải Việt Nam", False),
        ("Dệt may Sao Biển", "Dệt may Sao Mai", False),
        ("", "Sao Biển", False),
    ],
)
def test_near_names(one: str, other: str, near: bool) -> None:
    assert is_near(bare_name(one), bare_name(other)) is near
    assert is_near(bare_name(other), bare_name(one)) is near


def test_tax_numbers_are_cleaned_and_doubted_never_refused() -> None:
    assert clean_tax_number(" 0100 109 106 ") == "0100109106"
    assert clean_tax_number("0100109106001") == "0100109106-001"
    assert clean_tax_number("0100109106–001") == "0100109106-001"
    for wrong in ("", "123", "0100109106-1", "٠١٠٠١٠٩١٠٦", "0100109106-0011"):
        assert clean_tax_number(wrong) is None
    # numbers on public papers obey the check digit; one digit changed does not
    for right in ("0100109106", "0100684378", "0100109106-001", None):
        assert tax_number_doubt(right) is None
    assert tax_number_doubt("0100109107")
    assert near_numbers("0100109106", "0100109116")
    assert near_numbers("0100109106", "0100190106")
    assert not near_numbers("0100109106", "0100684378")
    assert not near_numbers("0100109106", "0100109106-001")


@pytest.mark.parametrize(
    "typed",
    ["Nomura", "nomura hải phòng", "KCN Nhật Bản - Hải Phòng", "nhat ban hai phong", "NHIZ",
     "Khu công nghiệp Nomura", "Japan - Hai Phong Industrial Zone", "nomura"],
)  # fmt: skip
def test_a_park_is_known_by_each_of_its_names(session: Session, typed: str) -> None:
    assert read_park(session, typed, field="park") == "nomura"


def test_a_park_of_no_or_several_names_is_refused_in_words(session: Session) -> None:
    assert read_park(session, " ", field="park") is None
    assert read_park(session, "Tràng Duệ 3", field="park") == "trang-due-3"
    with pytest.raises(Refused, match="Vô Danh"):
        read_park(session, "Vô Danh", field="park")
    with pytest.raises(Refused, match=r"DEEP C Hải Phòng 1.*DEEP C Hải Phòng 2A"):
        read_park(session, "DEEP C Hải", field="park")
    assert parks_called(session, "nomura") == ["nomura"]
    assert known_as(session.get_one(Park, "nomura")) == "Nomura"
    assert known_as(session.get_one(Park, "nam-sach")) == ""
