"""Addresses of cards lead to the communes of today, or say why not."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from jobcenter.catalogue.addresses import place, place_name

OLD, NEW = dt.date(2021, 5, 10), dt.date(2025, 9, 1)


@pytest.mark.parametrize(
    ("address", "written", "name", "is_sure"),
    [
        ("Số 5 Lạch Tray, Ngô Quyền, Hải Phòng", OLD, "Phường Ngô Quyền", False),
        ("Số 5, Lạch Tray, Ngô Quyền, Hải Phòng", OLD, "Phường Gia Viên", True),
        ("Số 5, P. Lạch Tray, Q. Ngô Quyền, TP. Hải Phòng", None, "Phường Gia Viên", True),
        ("So 5, Lach Tray, Ngo Quyen, Hai Phong", OLD, "Phường Gia Viên", True),
        ("Số 5, Ngô Quyền, Hải Phòng", NEW, "Phường Ngô Quyền", True),
        ("Thôn 3, Xã Hưng Đạo, Chí Linh, Hải Dương", OLD, "Phường Trần Hưng Đạo", True),
        ("Tổ 4, Thuỷ Đường, Thuỷ Nguyên, Hải Phòng", OLD, "Phường Thuỷ Nguyên", True),
        ("Tổ 4, Thủy Đường, Thủy Nguyên, Hải Phòng", OLD, "Phường Thuỷ Nguyên", True),
        ("Xã Cẩm Giang, Hải Phòng", NEW, "Xã Cẩm Giang", True),
        ("Xã Cẩm Giàng, Hải Phòng", NEW, "Xã Cẩm Giàng", True),
        ("Xóm 2, Đông Hưng, Thái Bình", OLD, "Xã Đông Hưng, Hưng Yên", True),
    ],
)
def test_an_address_names_a_commune(
    session: Session, address: str, written: dt.date | None, name: str, is_sure: bool
) -> None:
    found = place(session, address, written=written)
    assert (place_name(found), found.is_sure) == (name, is_sure)
    again = place(session, found.name, written=NEW)
    assert again.code == found.code


@pytest.mark.parametrize(
    ("address", "options"),
    [
        ("Thôn 3, Cộng Hoà, Chí Linh, Hải Dương", 2),
        ("cam giang, hai phong", 2),
        ("Hải Phòng", 0),
        ("Số 5 Lạch Tray", 0),
        ("Thôn 3, Xã Không Có, Hải Phòng", 0),
        ("", 0),
        (",,,", 0),
    ],
)
def test_what_may_be_several_places_is_not_guessed(
    session: Session, address: str, options: int
) -> None:
    found = place(session, address)
    assert (found.code, len(found.options)) == (None, options)
