"""The inventory of personal data and the impact file, made from the models as they stand today.

What a table holds, of which class, sealed or not, and what an erasure does with it are read from
the tables themselves; purposes and grounds from `labels`; who may see it from roles and rights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import RIGHTS, ROLE_LABELS, Right, Role
from jobcenter.catalogue.choices import Unit
from jobcenter.catalogue.units import unit_at
from jobcenter.documents.reports import Section
from jobcenter.kernel import clock
from jobcenter.kernel.db import Base, Sealed, SealedData
from jobcenter.kernel.privacy import How, columns, eraser_of
from jobcenter.people.choices import PURPOSE_LABELS
from jobcenter.people.models import Consent, Person
from jobcenter.privacy.choices import CLASS_LABELS, HOW_LABELS
from jobcenter.privacy.labels import TABLES, field_label, table_label
from jobcenter.privacy.models import DataRequest, Erasure
from jobcenter.seekers.models import Seeker

# Which right opens what a room holds; sensitive columns need one more.
READ_BY: dict[str, Right] = {
    "people": Right.SEEKERS_READ,
    "seekers": Right.SEEKERS_READ,
    "advising": Right.SEEKERS_READ,
    "referrals": Right.SEEKERS_READ,
    "placements": Right.SEEKERS_READ,
    "notices": Right.SEEKERS_READ,
    "matching": Right.MATCHES_READ,
    "papers": Right.SEEKERS_READ,
    "enterprises": Right.ENTERPRISES_READ,
    "vacancies": Right.VACANCIES_READ,
    "enrolments": Right.SCHOOL,
    "courses": Right.SCHOOL,
    "accounts": Right.USERS_MANAGE,
    "audit": Right.LEDGER_READ,
    "privacy": Right.DATA_REQUESTS,
}


@dataclass(frozen=True)
class Field:
    """One column: its name, what it is called, its class, whether it lies sealed."""

    name: str
    label: str
    kind: str
    is_sealed: bool


@dataclass(frozen=True)
class Line:
    """One table of the inventory."""

    table: str
    label: str
    purpose: str
    ground: str
    fields: Sequence[Field]
    readers: Sequence[Role]
    sensitive_readers: Sequence[Role]
    how: How | None
    kept_because: str
    is_named: bool

    @property
    def has_sensitive(self) -> bool:
        """Say whether a column of it is sensitive."""
        return any(field.kind == "sensitive" for field in self.fields)


def inventory() -> list[Line]:
    """Return every table that holds personal data, in the order of the building."""
    by_table: dict[str, list[Field]] = {}
    for column in columns(Base.metadata, "basic", "sensitive"):
        kind = column.info.get("privacy") or column.table.info.get("privacy", "")
        sealed = isinstance(column.type, Sealed | SealedData)
        made = Field(column.name, field_label(column.name), kind, sealed)
        by_table.setdefault(column.table.name, []).append(made)
    rooms = _rooms()
    return [_line(Base.metadata.tables[name], fields, rooms) for name, fields in by_table.items()]


def _rooms() -> dict[str, str]:
    """Return which room owns which table."""
    return {
        mapper.local_table.name: mapper.class_.__module__.split(".")[1]  # type: ignore[attr-defined]
        for mapper in Base.registry.mappers
    }


def _line(table: Table, fields: list[Field], rooms: dict[str, str]) -> Line:
    told, how = TABLES.get(table.name), eraser_of(table)
    right = READ_BY.get(rooms.get(table.name, ""))
    return Line(
        table=table.name,
        label=table_label(table.name),
        purpose=told.purpose if told else "",
        ground=told.ground if told else "",
        fields=fields,
        readers=_holders(right) if right else [],
        sensitive_readers=_holders(Right.SENSITIVE_READ),
        how=how.how if how else None,
        kept_because=how.ground if how else "",
        is_named=told is not None,
    )


def _holders(right: Right) -> list[Role]:
    return [role for role in Role if right in RIGHTS[role]]


def impact(session: Session) -> list[Section]:
    """Return the impact assessment in sections, filled with what the building knows of itself."""
    unit = unit_at(session, Unit.CENTRE, clock.today())
    lines = inventory()
    return [
        Section("1. Bên kiểm soát dữ liệu", rows=[
            ("Đơn vị", unit.name_vi), ("Cơ quan cấp trên", unit.superior_vi),
            ("Người phụ trách bảo vệ dữ liệu", "…………"), ("Liên hệ", "…………"),
        ]),
        Section("2. Mục đích và căn cứ", text="Mỗi bảng dữ liệu có một mục đích và một căn cứ.",
                head=("Bảng", "Mục đích", "Căn cứ"), widths=(3, 4, 5),
                body=[(one.label, one.purpose or "Chưa ghi", one.ground or "Chưa ghi")
                      for one in lines]),
        Section("3. Dữ liệu xử lý", head=("Bảng", "Dữ liệu cơ bản", "Dữ liệu nhạy cảm"),
                widths=(2, 5, 3),
                body=[(one.label, _of_kind(one, "basic"), _of_kind(one, "sensitive"))
                      for one in lines]),
        Section("4. Ai được xem", head=("Bảng", "Vai trò được xem", "Được xem phần nhạy cảm"),
                widths=(3, 4, 3),
                body=[(one.label, _roles(one.readers) or "Không ai, trừ chính người đó",
                       _roles(one.sensitive_readers) if one.has_sensitive else "–")
                      for one in lines]),
        Section("5. Bên nhận dữ liệu", text=RECEIVERS),
        Section("6. Lưu giữ và xoá", head=("Bảng", "Khi xoá một người", "Vì sao giữ"),
                widths=(3, 4, 5),
                body=[(one.label, HOW_LABELS[one.how] if one.how else "Chưa ghi",
                       one.kept_because or "–") for one in lines]),
        Section("7. Biện pháp bảo vệ", text="\n".join(MEASURES)),
        Section("8. Rủi ro và cách giảm", head=("Rủi ro", "Cách giảm", "Còn lại"),
                widths=(3, 5, 2), body=RISKS),
        Section("9. Số liệu đến ngày lập", rows=_figures(session)),
    ]  # fmt: skip


def _of_kind(line: Line, kind: str) -> str:
    names = [
        field.label + (" (mã hoá)" if field.is_sealed else "")
        for field in line.fields
        if field.kind == kind
    ]
    return ", ".join(dict.fromkeys(names)) or "–"


def _roles(roles: Sequence[Role]) -> str:
    return ", ".join(ROLE_LABELS[role] for role in roles)


def _figures(session: Session) -> list[tuple[str, str]]:
    def count(*where: object) -> str:
        return f"{session.scalar(select(func.count()).where(*where)) or 0}"  # type: ignore[arg-type]

    standing = [
        (f"Đang đồng ý: {label}", count(Consent.purpose == purpose, Consent.withdrawn_at.is_(None)))
        for purpose, label in PURPOSE_LABELS.items()
    ]
    return [
        ("Người có hồ sơ", count(Seeker.id > 0, Seeker.state != "anonymised")),
        ("Người trong sổ", count(Person.id > 0, Person.erased_at.is_(None))),
        *standing,
        ("Yêu cầu về dữ liệu đã nhận", count(DataRequest.id > 0)),
        ("Lần xoá dữ liệu", count(Erasure.id > 0)),
    ]


def classes() -> dict[str, str]:
    """Return what the classes are called."""
    return CLASS_LABELS


RECEIVERS = (
    "Doanh nghiệp chỉ thấy hồ sơ che tên khi người lao động đồng ý, và thấy tên, điện thoại sau "
    "khi người đó đồng ý với đúng vị trí ấy; quyền xem đóng ngay khi giới thiệu kết thúc. Cơ quan "
    "quản lý nhận số liệu không có tên. Không chuyển dữ liệu ra nước ngoài."
)
MEASURES = (
    "Mã hoá số CCCD, dân tộc, sức khoẻ và nội dung giấy tờ trong cơ sở dữ liệu; khoá nằm riêng.",
    "Mỗi vai trò chỉ mở được trang của mình; người khác thấy như không có.",
    "Mỗi lượt xem dữ liệu của một người được ghi trước khi trang được gửi đi, không ai sửa được.",
    "Mật khẩu băm argon2id, mã xác thực hai bước, phiên đăng nhập thu hồi được.",
    "Không lưu ảnh căn cước. Máy so khớp không đọc tên, giới tính, ngày sinh, dân tộc, sức khoẻ.",
    "Bản sao lưu kiểm tra được; người đã xoá bị xoá lại sau khi khôi phục.",
)
RISKS: Sequence[tuple[str, str, str]] = (
    ("Xem hồ sơ không vì công việc", "Ghi mọi lượt xem, phần nhạy cảm phải nêu mục đích", "Thấp"),
    ("Lộ bản sao lưu", "Cột nhạy cảm mã hoá, khoá giữ riêng", "Thấp"),
    ("Lộ mật khẩu cán bộ", "Mã xác thực hai bước, giới hạn số lần thử", "Thấp"),
    ("Doanh nghiệp giữ dữ liệu sau khi không tuyển", "Quyền xem đóng, ghi chú của họ bị xoá",
     "Vừa"),
    ("Nhầm hai người thành một", "So số CCCD, gộp hồ sơ gỡ lại được", "Thấp"),
)  # fmt: skip
