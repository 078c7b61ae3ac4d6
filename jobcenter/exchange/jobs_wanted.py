"""Vacancies from a file: each row becomes a draft that staff look at before anybody sees it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Right
from jobcenter.catalogue.models import Occupation
from jobcenter.enterprises.models import Enterprise
from jobcenter.exchange import parsers
from jobcenter.exchange.fields import Field, Kind, Look, Made, Row, Source, Values
from jobcenter.exchange.firms import firm
from jobcenter.exchange.reading import Cell
from jobcenter.kernel import vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.vacancies.choices import CloseReason, VacancyState
from jobcenter.vacancies.data import Origin, VacancyData
from jobcenter.vacancies.models import Vacancy
from jobcenter.vacancies.rules import draft
from jobcenter.vacancies.steps import Asked, move


def _occupation(cell: Cell, look: Look) -> str | None:
    """Read an occupation by its code or its exact name."""
    text = parsers.plain(cell)
    if not text:
        return None
    if "occupations" not in look.kept:
        rows = look.session.execute(select(Occupation.code, Occupation.name_vi))
        look.kept["occupations"] = {
            word: code for code, name in rows for word in (code, vietnamese.fold(name))
        }
    bare = re.sub(r"^(\d{1,4})\s*[-–:].*$", r"\1", text)
    found: str | None = look.kept["occupations"].get(vietnamese.fold(bare))
    if found is None:
        raise Refused(N_("Có mã nghề không nằm trong danh mục nghề."))
    return found


FIELDS: tuple[Field, ...] = (
    Field("firm", N_("Doanh nghiệp"), firm, "0201234567", needed=True,
          aliases=("ten doanh nghiep", "ten cong ty", "cong ty", "ma so thue", "mst"),
          hint=N_("Mã số thuế hoặc tên đầy đủ; doanh nghiệp phải có trong sổ"), width=32),
    Field("title", N_("Tên công việc"), parsers.line(200), "Công nhân may", needed=True,
          aliases=("vi tri", "vi tri tuyen dung", "vi tri tuyen", "cong viec", "chuc danh"),
          width=28),
    Field("headcount", N_("Số lượng tuyển"), parsers.whole(1, 100_000), "40", needed=True,
          aliases=("so luong", "sl", "so luong can tuyen", "chi tieu"), width=12),
    Field("description", N_("Mô tả công việc"), parsers.prose(), "May các công đoạn áo sơ mi",
          aliases=("mo ta", "noi dung cong viec"), width=36),
    Field("requirement", N_("Yêu cầu"), parsers.prose(), "Biết may 1 kim",
          aliases=("yeu cau cong viec", "yeu cau khac"), width=30),
    Field("occupation_code", N_("Mã nghề"), _occupation, "8153",
          aliases=("ma nghe cap 4", "nghe theo danh muc", "nghe"), width=12),
    Field("position", N_("Chức vụ"), parsers.code("rank"), "Nhân viên", of="rank", width=14),
    Field("general_education", N_("Trình độ học vấn"), parsers.code("A"), "Tốt nghiệp THCS",
          of="A", aliases=("hoc van", "van hoa", "trinh do van hoa"), width=22),
    Field("qualification", N_("Trình độ chuyên môn"), parsers.code("B"), "Chưa qua đào tạo",
          of="B", aliases=("trinh do cmkt", "cmkt", "trinh do"), width=22),
    Field("field", N_("Chuyên ngành"), parsers.line(120), "", aliases=("nganh",), width=18),
    Field("experience", N_("Kinh nghiệm"), parsers.code("N"), "Không yêu cầu", of="N", width=16),
    Field("park_code", N_("Khu công nghiệp"), parsers.park, "", of="park",
          aliases=("kcn", "khu"), width=22),
    Field("commune_code", N_("Phường, xã"), parsers.place, "", width=20),
    Field("place", N_("Nơi làm việc"), parsers.line(200), "",
          aliases=("dia diem", "dia diem lam viec", "noi lam viec du kien"), width=24),
    Field("contract", N_("Loại hợp đồng"), parsers.code("O"), "", of="O",
          aliases=("hop dong",), width=24),
    Field("mode", N_("Hình thức làm việc"), parsers.code("I"), "Toàn thời gian", of="I", width=16),
    Field("pay_min", N_("Lương từ"), parsers.pay, "8.500.000",
          aliases=("muc luong tu", "luong toi thieu", "luong", "muc luong"), width=14),
    Field("pay_max", N_("Lương đến"), parsers.pay, "11.000.000",
          aliases=("muc luong den", "luong toi da"), width=14),
    Field("shift", N_("Ca làm"), parsers.code("K"), "3 ca x 8 giờ", of="K",
          aliases=("ca", "ca lam viec"), width=18),
    Field("benefits", N_("Phúc lợi"), parsers.codes("P"), "", of="P",
          aliases=("che do", "che do phuc loi"), width=24),
    Field("has_dormitory", N_("Ký túc xá"), parsers.yes_no, "Không", offers=("Có", "Không"),
          aliases=("ktx",), width=10),
    Field("has_bus", N_("Xe đưa đón"), parsers.yes_no, "Có", offers=("Có", "Không"),
          aliases=("xe ca",), width=10),
    Field("deadline", N_("Hạn nhận hồ sơ"), parsers.day, "",
          aliases=("han nop ho so", "thoi han tuyen dung", "han tuyen", "han"), width=14),
    Field("contact_name", N_("Người liên hệ"), parsers.line(120), "Chị Lan",
          aliases=("lien he", "ho ten lien he"), width=20),
    Field("contact_phone", N_("Điện thoại"), parsers.phone, "0225 3842 111",
          aliases=("sdt", "so dien thoai", "dien thoai lien he", "sdt lien he"), width=15),
    Field("contact_email", N_("Email"), parsers.mail, "", aliases=("e-mail",), width=22),
)  # fmt: skip


def _whole(look: Look, values: Values) -> None:
    low, high, deadline = values.get("pay_min"), values.get("pay_max"), values.get("deadline")
    if low is not None and high is not None and high < low:
        raise Refused(N_("Lương đến phải từ mức thấp trở lên."), field="pay_max")
    if deadline is not None and deadline < look.today:
        raise Refused(N_("Hạn nhận hồ sơ phải từ hôm nay, %(day)s, trở đi."), field="deadline",
                      day=look.today)  # fmt: skip


def _judge(look: Look, rows: Sequence[Row]) -> None:
    """A firm that has an unfinished vacancy of that name may be meant to ask for it again."""
    live = select(Vacancy.id, Vacancy.enterprise_id, Vacancy.title).where(
        Vacancy.state.not_in((VacancyState.CLOSED, VacancyState.FILLED)),
        Vacancy.enterprise_id.is_not(None),
    )
    there = {
        (firm_id, vietnamese.fold(title)): one for one, firm_id, title in look.session.execute(live)
    }
    seen: dict[tuple[int, str], int] = {}
    for row in rows:
        key = (row.values["firm"], vietnamese.fold(row.values["title"]))
        if key in there:
            row.state = "doubtful"
            row.twins = [("vacancy", there[key], ())]
        elif (before := seen.setdefault(key, row.number)) != row.number:
            row.state = "doubtful"
            row.twins = [("row", before, ())]


_NAMES = tuple(one.name for one in FIELDS if one.name != "firm")


def _write(look: Look, values: Values, source: Source) -> Made:
    given = {name: value for name in _NAMES if (value := values.get(name)) is not None}
    enterprise = look.session.get(Enterprise, values["firm"])
    made = draft(
        look.session,
        data=VacancyData(**given),
        enterprise=enterprise,
        by=look.by,
        origin=Origin(source="excel", ref=f"excel:{source.batch}:{source.row}"),
    )
    return Made(made.id, str(made.version), made.number)


def _undo(
    session: Session, by: Actor, subject_id: int, stamp: str, _before: dict[str, Any] | None
) -> bool:
    """Close the draft as written by mistake: its number stays in the list."""
    vacancy = session.get(Vacancy, subject_id)
    if vacancy is None or str(vacancy.version) != stamp or vacancy.state is not VacancyState.DRAFT:
        return False
    move(session, vacancy=vacancy, verb="close", by=by, asked=Asked(reason=CloseReason.MISTAKE))
    return True


VACANCIES = Kind(
    code="vacancies",
    label=N_("Vị trí tuyển"),
    about=N_("Mỗi dòng là một vị trí tuyển; ghi thành bản nháp, xem lại rồi mới đăng."),
    right=Right.VACANCIES_WRITE,
    fields=FIELDS,
    whole=_whole,
    judge=_judge,
    write=_write,
    undo=_undo,
    subject="vacancy",
    notes=(N_("Không có cột giới tính, tuổi: luật không cho chọn người theo hai điều đó."),),
)
