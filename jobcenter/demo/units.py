"""Where the invented town's centre and school are reached, and who signs for them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING
from jobcenter.catalogue.choices import Unit
from jobcenter.catalogue.units import ProfileData, add_signatory, set_profile, unit_at
from jobcenter.kernel.actor import system

BY = system("flask demo", EVERYTHING)
FROM = dt.date(2020, 1, 1)
# Addresses and people are invented; the numbers lie in the block of the town's invented firms.
REACHED = {
    Unit.CENTRE: ("Tầng 1, nhà A, số 15 đường Bến Mới, Phường Đông Hải, Hải Phòng",
                  "0225 399 0150", "vieclam@khukinhte.example"),
    Unit.SCHOOL: ("Số 27 đường Bến Mới, Phường Đông Hải, Hải Phòng",
                  "0225 399 0270", "truongnghe@khukinhte.example"),
}  # fmt: skip
SIGNERS = {
    Unit.CENTRE: (("Giám đốc", "Director", "Đoàn Quốc Việt"),
                  ("Phó Giám đốc", "Deputy director", "Ngô Thị Bích Hợp")),
    Unit.SCHOOL: (("Hiệu trưởng", "Principal", "Bùi Đăng Khoa"),
                  ("Phó Hiệu trưởng", "Vice principal", "Lưu Thị Minh Tâm")),
}  # fmt: skip


def write(session: Session) -> None:
    """Give both units an address and two people who sign, from 2020 on."""
    for unit, (address, phone, email) in REACHED.items():
        now = unit_at(session, unit, FROM)
        set_profile(
            session,
            unit=unit,
            data=ProfileData(
                valid_from=FROM,
                name_vi=now.name_vi,
                name_en=now.name_en,
                superior_vi=now.superior_vi,
                superior_en=now.superior_en,
                place=now.place,
                address=address,
                phone=phone,
                email=email,
                source="dữ liệu mẫu",
            ),
            by=BY,
        )
        for rank, (title_vi, title_en, name) in enumerate(SIGNERS[unit]):
            add_signatory(
                session, unit=unit, title_vi=title_vi, title_en=title_en, name=name,
                position=rank, valid_from=FROM, by=BY,
            )  # fmt: skip
