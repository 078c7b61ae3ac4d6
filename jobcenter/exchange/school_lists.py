"""The lists of the school: classes, and people in classes."""

from __future__ import annotations

from typing import Any

from jobcenter.courses.choices import STATE_LABELS as CLASS_STATES
from jobcenter.enrolments.choices import SOURCE_LABELS
from jobcenter.enrolments.choices import STATE_LABELS as ENROL_STATES
from jobcenter.exchange.lists import Column, Reading
from jobcenter.exchange.writer import Kind
from jobcenter.kernel import vietnamese
from jobcenter.kernel.words import N_
from jobcenter.people.choices import SEX_LABELS


def _born(row: Any, _r: Reading) -> str:
    day, year = row.person.birth_date, row.person.birth_year
    return f"{day:%d/%m/%Y}" if day else str(year or "")


def _phone(row: Any, _r: Reading) -> str:
    return vietnamese.show_phone(row.person.phone) if row.person.phone else ""


T, W, M, D = Kind.TEXT, Kind.WHOLE, Kind.MONEY, Kind.DAY
CLASSES: tuple[Column, ...] = (
    Column(N_("Mã lớp"), T, lambda c, r: c.code, 16),
    Column(N_("Tên lớp"), T, lambda c, r: c.name, 34),
    Column(N_("Loại chương trình"), T, lambda c, r: r.name("V", c.programme.type), 24),
    Column(N_("Trạng thái"), T, lambda c, r: r.say(CLASS_STATES[c.state]), 16),
    Column(N_("Khai giảng"), D, lambda c, r: c.starts_on, 12),
    Column(N_("Bế giảng"), D, lambda c, r: c.ends_on, 12),
    Column(N_("Số chỗ"), W, lambda c, r: c.places, 8),
    Column(N_("Đã giữ"), W, lambda c, r: c.taken, 8),
    Column(N_("Giáo viên"), T, lambda c, r: c.trainer.name if c.trainer else "", 24),
    Column(N_("Nơi học"), T, lambda c, r: c.room.name if c.room else c.place, 24),
    Column(N_("Nguồn kinh phí"), T, lambda c, r: r.name("W", c.funding), 22),
    Column(
        N_("Doanh nghiệp đặt lớp"), T, lambda c, r: c.enterprise.name if c.enterprise else "", 32
    ),
    Column(N_("Quyết định mở lớp"), T, lambda c, r: c.decision_number, 16),
)  # fmt: skip
LEARNERS: tuple[Column, ...] = (
    Column(N_("Số học viên"), T, lambda e, r: e.number, 15),
    Column(N_("Họ và tên"), T, lambda e, r: e.person.full_name, 26),
    Column(N_("Ngày sinh"), T, _born, 12),
    Column(
        N_("Giới tính"), T, lambda e, r: r.say(SEX_LABELS[e.person.sex]) if e.person.sex else "", 9
    ),
    Column(N_("Nơi ở hiện nay"), T, lambda e, r: r.commune(e.person.current_commune), 22),
    Column(N_("Điện thoại"), T, _phone, 14),
    Column(N_("Mã lớp"), T, lambda e, r: e.course.code, 16),
    Column(N_("Tên lớp"), T, lambda e, r: e.course.name, 30),
    Column(N_("Khai giảng"), D, lambda e, r: e.course.starts_on, 12),
    Column(N_("Trạng thái"), T, lambda e, r: r.say(ENROL_STATES[e.state]), 18),
    Column(N_("Nguồn kinh phí"), T, lambda e, r: r.name("W", e.funding), 22),
    Column(N_("Đơn nộp"), T, lambda e, r: r.say(SOURCE_LABELS[e.source]), 20),
    Column(N_("Doanh nghiệp"), T, lambda e, r: e.enterprise.name if e.enterprise else "", 28),
)  # fmt: skip
