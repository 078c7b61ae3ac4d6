"""Enterprises and their workforce figures from a file, and finding the firm that a cell names."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Right
from jobcenter.enterprises import queries as enterprises
from jobcenter.enterprises import removal, workforce
from jobcenter.enterprises.models import Enterprise, WorkforceFigure
from jobcenter.enterprises.names import bare_name, clean_tax_number, root, tax_number_doubt
from jobcenter.enterprises.rules import EnterpriseData, add
from jobcenter.exchange import parsers
from jobcenter.exchange.fields import Field, Kind, Look, Made, Problem, Row, Source, Values
from jobcenter.exchange.reading import Cell
from jobcenter.kernel import vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Missing, Refused
from jobcenter.kernel.words import N_

Known = tuple[dict[str, int], dict[str, list[int]], dict[str, list[int]], dict[int, str]]


def known_firms(look: Look) -> Known:
    """Return the firms that the actor may see by tax number, name, bare name; and their names."""
    if "firms" not in look.kept:
        taxes: dict[str, int] = {}
        names: dict[str, list[int]] = defaultdict(list)
        bare: dict[str, list[int]] = defaultdict(list)
        shown: dict[int, str] = {}
        rows = enterprises.visible_to(look.by).with_only_columns(
            Enterprise.id, Enterprise.name, Enterprise.short_name, Enterprise.tax_number
        )
        for firm_id, name, short, tax in look.session.execute(rows.order_by(Enterprise.id)):
            shown[firm_id] = name
            if tax:
                taxes[tax] = firm_id
            for text in {enterprises.folded_name(name), vietnamese.fold(short)} - {""}:
                names[text].append(firm_id)
            bare[bare_name(name)].append(firm_id)
        look.kept["firms"] = (taxes, names, bare, shown)
    found: Known = look.kept["firms"]
    return found


def firm(cell: Cell, look: Look) -> int | None:
    """Read a firm by its tax number or name; refuses what fits none or several."""
    taxes, names, bare, _shown = known_firms(look)
    text = parsers.plain(cell).strip("'\u2019")
    if not text:
        return None
    number = clean_tax_number(text.zfill(10) if text.isdigit() and len(text) == 9 else text)
    if number in taxes:
        return taxes[number]
    found = names.get(enterprises.folded_name(text)) or bare.get(bare_name(text)) or []
    if len(found) != 1:
        raise Refused(
            N_("Không có đúng một doanh nghiệp tên như vậy. Ghi tên đầy đủ hoặc mã số thuế.")
        )
    return found[0]


ENTERPRISE_FIELDS: tuple[Field, ...] = (
    Field("name", N_("Tên doanh nghiệp"), parsers.line(200), "Công ty TNHH Dệt may Sao Biển",
          needed=True, aliases=("ten cong ty", "cong ty", "ten don vi", "doanh nghiep",
                                "ten nguoi su dung lao dong", "company"), width=36),
    Field("short_name", N_("Tên gọi tắt"), parsers.line(60), "Sao Biển",
          aliases=("ten tat", "ten viet tat"), width=16),
    Field("tax_number", N_("Mã số thuế"), parsers.tax_number, "0201234567", needed=True,
          aliases=("mst", "ma so doanh nghiep", "ma so dn", "so dkkd", "tax code"), width=16),
    Field("type", N_("Loại hình"), parsers.code("L"), "Ngoài nhà nước", of="L",
          aliases=("loai hinh doanh nghiep", "loai hinh don vi"), width=24),
    Field("capital_country", N_("Nước đầu tư"), parsers.code("country"), "Việt Nam",
          of="country", aliases=("quoc gia", "nuoc", "von cua nuoc"), width=16),
    Field("park_code", N_("Khu công nghiệp"), parsers.park, "KCN Tràng Duệ", of="park",
          aliases=("kcn", "khu kinh te", "kcn/kkt", "khu"), width=24),
    Field("commune_code", N_("Phường, xã"), parsers.place, "",
          aliases=("xa phuong", "phuong/xa", "xa/phuong"), width=22),
    Field("address", N_("Địa chỉ"), parsers.line(200), "Lô A1", width=30,
          aliases=("dia chi chi tiet", "tru so")),
    Field("phone", N_("Điện thoại"), parsers.phone, "0225 3842 111",
          aliases=("so dien thoai", "sdt", "dt"), width=15),
    Field("email", N_("Email"), parsers.mail, "", aliases=("e-mail",), width=24),
    Field("sector", N_("Ngành kinh doanh chính"), parsers.line(120), "May mặc",
          aliases=("nganh nghe", "linh vuc", "nganh", "nganh kinh doanh"), width=24),
    Field("product", N_("Sản phẩm chính"), parsers.line(200), "Áo sơ mi",
          aliases=("san pham",), width=24),
    Field("size_band", N_("Quy mô lao động"), parsers.code("size"), "101-300", of="size",
          aliases=("quy mo",), width=14),
    Field("note", N_("Ghi chú"), parsers.prose(), "", width=24),
)  # fmt: skip


def _whole(look: Look, values: Values) -> None:
    if values.get("type") == "foreign" and values.get("capital_country") == "vn":
        raise Refused(N_("Có vốn nước ngoài thì ghi nước đầu tư."), field="capital_country")
    domestic = values.get("capital_country") in (None, "vn")
    if values.get("type") in ("state", "private") and not domestic:
        raise Refused(N_("Vốn trong nước thì nước đầu tư là Việt Nam."), field="capital_country")
    look.column = "tax_number"
    if doubt := tax_number_doubt(values["tax_number"]):
        look.warn(doubt)
    look.column = ""


def _judge(look: Look, rows: Sequence[Row]) -> None:
    taxes, _names, bare, shown = known_firms(look)
    seen: dict[str, int] = {}
    for row in rows:
        number, name = row.values["tax_number"], bare_name(row.values["name"])
        if (before := seen.setdefault(number, row.number)) != row.number:
            row.problems.append(Problem("tax_number", N_("Trùng mã số thuế với dòng %(row)s."),
                                        {"row": before}))  # fmt: skip
            continue
        if number in taxes:
            row.state = "known"
            row.problems.append(
                Problem("tax_number", N_("Đã có hồ sơ của %(name)s."),
                        {"name": shown[taxes[number]]}, is_warning=True)
            )  # fmt: skip
            continue
        alike = [*bare.get(name, ())] if name else []
        alike += [firm_id for tax, firm_id in taxes.items() if root(tax) == root(number)]
        if alike:
            row.state = "doubtful"
            row.twins += [("enterprise", one, ()) for one in dict.fromkeys(alike)][:3]


def _write(look: Look, values: Values, source: Source) -> Made:
    given = {
        one.name: value for one in ENTERPRISE_FIELDS if (value := values.get(one.name)) is not None
    }
    made = add(look.session, data=EnterpriseData(**given), by=look.by)
    return Made(made.id, str(made.version), made.tax_number or made.name)


def _undo(
    session: Session, by: Actor, subject_id: int, stamp: str, _before: dict[str, Any] | None
) -> bool:
    return removal.take_out(session, enterprise_id=subject_id, version=int(stamp), by=by)


ENTERPRISES = Kind(
    code="enterprises",
    label=N_("Doanh nghiệp"),
    about=N_("Mỗi dòng là một doanh nghiệp hoặc chi nhánh; hồ sơ mới chờ duyệt hợp tác."),
    right=Right.ENTERPRISES_WRITE,
    fields=ENTERPRISE_FIELDS,
    whole=_whole,
    judge=_judge,
    write=_write,
    undo=_undo,
    subject="enterprise",
)

WORKFORCE_FIELDS: tuple[Field, ...] = (
    Field("firm", N_("Doanh nghiệp"), firm, "0201234567",
          aliases=("ten doanh nghiep", "ma so thue", "mst", "ten cong ty", "cong ty",
                   "ma so thue hoac ten doanh nghiep"),
          hint=N_("Mã số thuế hoặc tên; để trống là công ty của người nộp"), width=30),
    Field("as_of", N_("Tính đến ngày"), parsers.day, "31/10/2026", needed=True,
          aliases=("ngay", "ngay chot", "thoi diem", "den ngay"), width=14),
    Field("vietnamese", N_("Lao động Việt Nam"), parsers.whole(0, workforce.MOST), "1.200",
          needed=True, aliases=("viet nam", "so lao dong viet nam", "ld viet nam"), width=14),
    Field("foreign", N_("Lao động nước ngoài"), parsers.whole(0, workforce.MOST), "30",
          needed=True, aliases=("nuoc ngoai", "so lao dong nuoc ngoai", "ld nuoc ngoai"),
          width=14),
    Field("female", N_("Trong đó nữ"), parsers.whole(0, workforce.MOST), "900",
          aliases=("nu", "lao dong nu", "so lao dong nu"), width=12),
    Field("source", N_("Nguồn số liệu"), parsers.code("figure"), "", of="figure",
          aliases=("nguon",), width=28),
    Field("note", N_("Ghi chú"), parsers.line(300), "", width=24),
)  # fmt: skip


def _own_figure(look: Look, values: Values) -> None:
    if values.get("firm") is None:
        if look.by.enterprise_id is None:
            raise Refused(N_("Ghi mã số thuế hoặc tên doanh nghiệp."), field="firm")
        values["firm"] = look.by.enterprise_id
    if values["as_of"] > look.today or values["as_of"] < dt.date(1990, 1, 1):
        raise Refused(N_("Ngày chốt số liệu không sau hôm nay."), field="as_of")
    female = values.get("female")
    if female is not None and female > values["vietnamese"] + values["foreign"]:
        raise Refused(N_("Số nữ không nhiều hơn tổng số lao động."), field="female")
    if look.by.enterprise_id is not None and values.get("source") not in (None, "firm", "report"):
        raise Refused(N_("Doanh nghiệp chỉ ghi nguồn của mình."), field="source")


_SAME_FIGURE = N_("Đã có đúng số này.")
_OTHER_FIGURE = N_("Đã có số liệu khác của ngày này: %(total)s người, sẽ thay bằng số mới.")


def _judge_figures(look: Look, rows: Sequence[Row]) -> None:
    stand = _standing(look.session, {row.values["firm"] for row in rows})
    seen: dict[tuple[int, dt.date], int] = {}
    for row in rows:
        key = (row.values["firm"], row.values["as_of"])
        if (before := seen.setdefault(key, row.number)) != row.number:
            row.problems.append(Problem("as_of", N_("Trùng doanh nghiệp và ngày với dòng %(row)s."),
                                        {"row": before}))  # fmt: skip
        elif (there := stand.get(key)) is not None:
            same = all(
                row.values.get(n) == getattr(there, n) for n in ("vietnamese", "foreign", "female")
            )
            if same:
                row.state = "known"
            told = _SAME_FIGURE if same else _OTHER_FIGURE
            row.problems.append(Problem("as_of", told, {} if same else {"total": there.total},
                                        is_warning=True))  # fmt: skip


def _standing(session: Session, firms: set[int]) -> dict[tuple[int, dt.date], WorkforceFigure]:
    found, ordered = {}, sorted(firms)
    for start in range(0, len(ordered), 500):
        rows = session.scalars(
            select(WorkforceFigure).where(
                WorkforceFigure.enterprise_id.in_(ordered[start : start + 500]),
                WorkforceFigure.replaced_at.is_(None),
            )
        )
        found.update({(row.enterprise_id, row.as_of): row for row in rows})
    return found


def _figure_of(values: Values, by: Actor) -> workforce.FigureData:
    own = "firm" if by.enterprise_id is not None else "report"
    return workforce.FigureData(
        as_of=values["as_of"], vietnamese=values["vietnamese"], foreign=values["foreign"],
        female=values.get("female"), source=values.get("source") or own,
        note=values.get("note") or "",
    )  # fmt: skip


def _one(session: Session, by: Actor, firm_id: int) -> Enterprise:
    found = session.scalar(enterprises.visible_to(by).where(Enterprise.id == firm_id))
    if found is None:
        raise Missing
    return found


_COUNTED = ("vietnamese", "foreign", "female", "source", "note")


def _write_figure(look: Look, values: Values, source: Source) -> Made:
    enterprise = _one(look.session, look.by, values["firm"])
    there = _standing(look.session, {enterprise.id}).get((enterprise.id, values["as_of"]))
    before = {name: getattr(there, name) for name in _COUNTED} if there else None
    made = workforce.write_figure(
        look.session, enterprise=enterprise, data=_figure_of(values, look.by), by=look.by,
        why=N_("Thay bằng số nhập từ tệp"),
    )  # fmt: skip
    return Made(made.id, str(made.key), f"{values['as_of']:%d/%m/%Y}", before)


def _undo_figure(
    session: Session, by: Actor, subject_id: int, stamp: str, before: dict[str, Any] | None
) -> bool:
    figure = session.get(WorkforceFigure, subject_id)
    if figure is None or figure.replaced_at is not None or str(figure.key) != stamp:
        return False
    enterprise = _one(session, by, figure.enterprise_id)
    why = N_("Hoàn tác lần nhập từ tệp")
    workforce.withdraw_figure(session, enterprise=enterprise, key=figure.key, why=why, by=by)
    if before is not None:
        data = workforce.FigureData(as_of=figure.as_of, **before)
        workforce.write_figure(session, enterprise=enterprise, data=data, by=by)
    return True


WORKFORCE = Kind(
    code="workforce",
    label=N_("Số lao động"),
    about=N_("Mỗi dòng là số lao động của một doanh nghiệp vào một ngày."),
    right=Right.ENTERPRISES_WRITE,
    own_right=Right.OWN_FIRM,
    fields=WORKFORCE_FIELDS,
    whole=_own_figure,
    judge=_judge_figures,
    write=_write_figure,
    undo=_undo_figure,
    subject="enterprise",
    notes=(N_("Chỉ tính người làm tại nơi này; chi nhánh ghi dòng riêng."),),
)
