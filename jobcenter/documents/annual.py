"""The report of a period in the Authority's wording: the two units, the zone around them, figures.

It is written from what was frozen, so that it says tomorrow what it said when it was submitted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from jobcenter.catalogue.choices import Unit
from jobcenter.catalogue.units import unit_at
from jobcenter.documents import reports, writing
from jobcenter.documents.reports import Section
from jobcenter.reports import periods
from jobcenter.reports.choices import ZONE_LABELS, ReportState, ZoneFigure
from jobcenter.reports.declaring import GROUP_LABELS, Group
from jobcenter.reports.freezing import published
from jobcenter.reports.indicators import ALL, ELEMENTARY, of_group
from jobcenter.reports.models import PublishedFigure, Report
from jobcenter.reports.periods import Period, PeriodKind


def pdf(session: Session, report: Report) -> bytes:
    """Return the report as PDF."""
    return reports.pdf(
        session, title=_title(report), lead=_lead(session, report),
        sections=sections(session, report),
    )  # fmt: skip


def docx(session: Session, report: Report) -> bytes:
    """Return the report as a Word file."""
    return reports.docx(
        title=_title(report), lead=_lead(session, report), sections=sections(session, report)
    )


def name_of(period: Period) -> str:
    """Return a period as papers say it: "năm 2020", "quý 4 năm 2020"."""
    told = {
        PeriodKind.MONTH: f"tháng {period.number} năm {period.year}",
        PeriodKind.QUARTER: f"quý {period.number} năm {period.year}",
        PeriodKind.HALF: f"6 tháng {'đầu' if period.number == 1 else 'cuối'} năm {period.year}",
        PeriodKind.YEAR: f"năm {period.year}",
    }
    return told[period.kind]


def _title(report: Report) -> str:
    period = name_of(periods.read(report.code)).upper()
    return f"BÁO CÁO KẾT QUẢ DỊCH VỤ VIỆC LÀM VÀ ĐÀO TẠO NGHỀ {period}"


def _lead(session: Session, report: Report) -> str:
    period = periods.read(report.code)
    school, centre = (unit_at(session, one, period.last) for one in (Unit.SCHOOL, Unit.CENTRE))
    state = {ReportState.SUBMITTED: "đã nộp", ReportState.CHECKED: "đã kiểm tra"}
    counted = writing.day(report.counted_at.date())
    return (
        f"Trong {name_of(period)}, hai đơn vị sự nghiệp trực thuộc {centre.superior_vi} là "
        f"{school.name_vi} và {centre.name_vi} đạt các kết quả sau. Số liệu đếm từ sổ của hai đơn "
        f"vị ngày {counted}, cách tính bản {report.definitions} "
        f"({state.get(report.state, 'bản thảo')}, lần {report.edition})."
    )


def sections(session: Session, report: Report) -> list[Section]:
    """Return the parts of the report in order."""
    period = periods.read(report.code)
    school, centre = (unit_at(session, one, period.last) for one in (Unit.SCHOOL, Unit.CENTRE))
    found = [
        Section(f"1. {school.name_vi}", text=_school(report, period)),
        Section(f"2. {centre.name_vi}", text=_centre(report, period)),
        Section("3. Khu kinh tế và các khu công nghiệp", text=_zone(report)),
    ]
    for title, head, rows in (
        ("Doanh nghiệp và lao động theo khu công nghiệp",
         ("Khu công nghiệp", "Doanh nghiệp", "Lao động Việt Nam", "Lao động nước ngoài"),
         [[name or "Ngoài khu công nghiệp", *map(_n, some)]
          for name, *some in report.context.get("parks", [])]),
        ("Doanh nghiệp theo nước đầu tư", ("Nước đầu tư", "Doanh nghiệp"),
         [[name or "Chưa ghi", _n(count)] for name, count in report.context.get("capital", [])]),
    ):  # fmt: skip
        if rows:
            widths = (3,) + (1,) * (len(head) - 1)
            found.append(Section(title, head=head, body=rows, widths=widths))
    found += [_table(report, group) for group in Group]
    beside = published(session, period)
    return [*found, _beside(report, beside)] if beside else found


def _value(report: Report, code: str) -> float:
    value = report.figures.get(code, [None])[0]
    return value or 0


def _n(value: float | None) -> str:
    return "–" if value is None else writing.number(value)


def _exact(value: float) -> str:
    """Return a published value with every decimal it was printed with."""
    text = f"{value:,.3f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def _two(value: float) -> str:
    """Return a small count as the Authority writes it: 01, 02, 10."""
    return f"{value:02.0f}" if value < 10 else writing.number(value)


def _school(report: Report, period: Period) -> str:
    """Return the school's paragraph, what is nothing left out."""
    classes: dict[str, int] = report.context.get("classes", {})
    elementary = sum(classes.get(one, 0) for one in ELEMENTARY)
    parts = []
    if _value(report, "safety_trainees"):
        firms, people = _value(report, "safety_enterprises"), _value(report, "safety_trainees")
        parts.append(
            f"huấn luyện an toàn vệ sinh lao động cho {_two(firms)} doanh nghiệp với {_n(people)} "
            "lượt người (không tính vào tuyển sinh)"
        )
    for count, people, words in (
        (classes.get("under-3-months", 0), _value(report, "intake_short"),
         "đào tạo {} lớp trình độ dưới 03 tháng với {} học viên"),
        (elementary, _value(report, "intake_elementary"),
         "tuyển sinh, đào tạo {} lớp trình độ sơ cấp với {} học viên"),
        (classes.get("trung-cap", 0), _value(report, "intake_intermediate"),
         "tuyển sinh {} lớp trình độ trung cấp với {} học viên"),
        (classes.get("partner", 0), _value(report, "intake_partner"),
         "phối hợp tuyển sinh {} lớp liên kết với {} sinh viên"),
    ):  # fmt: skip
        if people:
            parts.append(words.format(_two(count), _n(people)))
    begin = f"{name_of(period).capitalize()}, nhà trường đã "
    told = begin + "; ".join(parts) + "." if parts else ""
    intake, plan = _value(report, "intake"), report.figures.get("intake_plan", [None])[0]
    total = f" Tổng số đã tuyển sinh, đào tạo {_n(intake)} người"
    share = report.figures.get("intake_plan_percent", [None])[0]
    if plan:
        total += f", đạt {_n(share)}% chỉ tiêu cả năm ({_n(plan)} người)"
    return (told + total + ".").strip()


def _centre(report: Report, period: Period) -> str:
    advised, people = _value(report, "consultations"), _value(report, "persons_advised")
    sent, referred = _value(report, "referrals"), _value(report, "persons_referred")
    came, placed = (_value(report, one) for one in ("persons_attended_selection", "persons_placed"))
    return (
        f"{name_of(period).capitalize()}, trung tâm đã tư vấn cho {_n(advised)} lượt người đến tìm "
        f"hiểu về việc làm ({_n(people)} người có hồ sơ), giới thiệu {_n(sent)} hồ sơ của "
        f"{_n(referred)} người cho các doanh nghiệp trong các khu công nghiệp, khu kinh tế; "
        f"{_n(came)} người dự tuyển, {_n(placed)} người nhận việc. "
        f"{_n(_value(report, 'employers_recruiting'))} doanh nghiệp đăng ký tuyển "
        f"{_n(_value(report, 'openings'))} chỗ; tổ chức {_n(_value(report, 'job_sessions'))} phiên "
        "giao dịch việc làm."
    )


def _zone(report: Report) -> str:
    zone: dict[str, Any] = report.context.get("zone", {})
    if not zone:
        return "Chưa có số công bố về khu kinh tế cho kỳ này."
    told = []
    for one in ZoneFigure:
        if one.value in zone:
            figure = zone[one.value]
            on = writing.day(dt.date.fromisoformat(figure["on"]))
            told.append(
                f"{ZONE_LABELS[one]}: {_exact(figure['value'])} (đến {on}; {figure['source']})"
            )
    return ". ".join(told) + "."


def _table(report: Report, group: Group) -> Section:
    rows = []
    for one in of_group(group):
        figures: Sequence[float | None] = report.figures.get(one.code, [None] * 4)
        rows.append([one.label, one.unit.value, *map(_n, figures)])
    head = ("Chỉ tiêu", "Đơn vị", "Kỳ báo cáo", "Luỹ kế", "Kế hoạch", "Cùng kỳ năm trước")
    return Section(str(GROUP_LABELS[group]), head=head, body=rows, widths=(5, 2, 2, 2, 2, 2))


def _beside(report: Report, rows: Sequence[PublishedFigure]) -> Section:
    body = [
        [ALL[row.code].label, f"{'trên ' if row.is_floor else ''}{_n(float(row.value))}",
         _n(report.figures.get(row.code, [None])[0]), row.source]
        for row in rows
    ]  # fmt: skip
    return Section(
        "Số đã công bố đặt cạnh số đếm được",
        text="Số đã công bố giữ nguyên như đã in, không cộng và không thay số đếm được.",
        head=("Chỉ tiêu", "Đã công bố", "Đếm được", "Nguồn"), body=body, widths=(4, 2, 2, 4),
    )  # fmt: skip
