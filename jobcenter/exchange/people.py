"""People and job seekers from a file: who somebody is, what work they want, what they agreed to.

Nobody is written down without the column of consent with its day and way. Sensitive data
(ethnicity, health, target groups) are not taken from files: they are asked in person.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Right
from jobcenter.exchange import parsers
from jobcenter.exchange.fields import Field, Kind, Look, Made, Problem, Row, Source, Values
from jobcenter.exchange.reading import Cell
from jobcenter.kernel import vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.people.choices import REASON_LABELS, WAY_LABELS, Purpose, Reason, Sex, Strength, Way
from jobcenter.people.likeness import Traits
from jobcenter.people.many import known_among
from jobcenter.people.rules import Identity
from jobcenter.seekers import removal
from jobcenter.seekers.choices import LEAST_AGE
from jobcenter.seekers.models import Seeker
from jobcenter.seekers.rules import FileData, QualificationData, WishData, register
from jobcenter.settings.queries import setting

_WAYS = {vietnamese.fold(label): way for way, label in WAY_LABELS.items()} | {
    "giay": Way.PAPER, "phieu": Way.PAPER, "ky giay": Way.PAPER, "quay": Way.COUNTER,
    "truc tiep": Way.COUNTER, "dien thoai": Way.PHONE, "goi dien": Way.PHONE,
    "truc tuyen": Way.ONLINE, "online": Way.ONLINE, "mang": Way.ONLINE,
    **{way.value: way for way in Way},
}  # fmt: skip
_PURPOSES = {
    "consent_introduce": Purpose.INTRODUCE,
    "consent_publish": Purpose.PUBLISH,
    "consent_statistics": Purpose.STATISTICS,
}


def _way(cell: Cell, look: Look) -> Way | None:
    text = vietnamese.fold(parsers.plain(cell))
    if not text:
        return None
    if text not in _WAYS:
        raise Refused(N_("Ghi một trong: tại quầy, trên giấy, qua điện thoại, trên trang này."))
    return _WAYS[text]


FIELDS: tuple[Field, ...] = (
    Field("full_name", N_("Họ và tên"), parsers.name, "Nguyễn Thị Thu Hường", needed=True,
          aliases=("ho ten", "ten", "ho va ten nguoi lao dong", "ho ten nguoi lao dong",
                   "full name", "name", "ho va ten hoc vien"), width=26),
    Field("birth", N_("Ngày sinh"), parsers.birth, "14/03/1998", needed=True,
          aliases=("ngay thang nam sinh", "nam sinh", "ngay sinh nam sinh", "date of birth",
                   "dob", "birth date", "ns"),
          hint=N_("Ngày/tháng/năm, hoặc chỉ năm sinh"), width=13),
    Field("sex", N_("Giới tính"), parsers.code("sex"), "Nữ", offers=("Nam", "Nữ", "Khác"),
          aliases=("gioi", "phai", "nam nu", "nam/nu", "sex", "gender"), width=10),
    Field("id_number", N_("Số CCCD"), parsers.id_number, "031198001234",
          aliases=("cccd", "can cuoc", "so can cuoc", "so can cuoc cong dan", "so dinh danh",
                   "cmnd", "cmt", "so cmnd", "cmnd/cccd", "cccd/cmnd", "so cmnd/cccd",
                   "so cccd/cmnd", "so dinh danh ca nhan", "id number"),
          hint=N_("12 số; số CMND 9 số cũ cũng được"), width=16),
    Field("phone", N_("Điện thoại"), parsers.phone, "0912 345 678",
          aliases=("so dien thoai", "sdt", "dt", "dien thoai lien he", "di dong", "mobile",
                   "phone", "so dt"), width=15),
    Field("email", N_("Email"), parsers.mail, "", aliases=("e-mail", "thu dien tu"), width=24),
    Field("current_commune", N_("Phường, xã đang ở"), parsers.place, "Phường An Biên",
          aliases=("noi o hien nay", "noi o", "phuong xa", "xa phuong", "xa/phuong", "phuong/xa",
                   "cho o hien nay", "dia chi", "noi cu tru", "phuong, xa"),
          hint=N_("Tên mới hoặc tên trước sáp nhập; cả địa chỉ cũng được"), width=28),
    Field("current_detail", N_("Địa chỉ đang ở"), parsers.line(200), "Số 5 Lạch Tray",
          aliases=("so nha duong", "so nha, duong", "dia chi chi tiet"), width=26),
    Field("permanent_commune", N_("Phường, xã thường trú"), parsers.place, "",
          aliases=("noi thuong tru", "thuong tru", "ho khau", "ho khau thuong tru", "que quan"),
          width=28),
    Field("social_insurance_number", N_("Mã số BHXH"), parsers.line(10), "",
          aliases=("so bhxh", "so so bhxh", "ma bhxh"), width=14),
    Field("general_education", N_("Học phổ thông"), parsers.code("A"), "Tốt nghiệp THPT", of="A",
          aliases=("hoc van", "trinh do hoc van", "trinh do van hoa", "van hoa",
                   "trinh do pho thong"), width=22),
    Field("qualification", N_("Trình độ nghề cao nhất"), parsers.code("B"), "Sơ cấp", of="B",
          aliases=("trinh do chuyen mon", "trinh do cmkt", "cmkt", "trinh do", "bang cap",
                   "trinh do chuyen mon ky thuat"), width=22),
    Field("study", N_("Chuyên ngành"), parsers.line(120), "May công nghiệp",
          aliases=("nganh", "nganh nghe dao tao", "nganh hoc", "chuyen nganh dao tao"), width=22),
    Field("employment_status", N_("Tình trạng việc làm"), parsers.code("E"), "", of="E",
          aliases=("tinh trang", "tinh trang lao dong"), width=24),
    Field("wishes", N_("Việc mong muốn"), parsers.line(400), "Công nhân may",
          aliases=("cong viec mong muon", "nguyen vong", "vi tri mong muon", "viec can tim",
                   "nghe mong muon"), hint=N_("Nhiều nhất ba việc, cách nhau dấu chấm phẩy"),
          width=28),
    Field("skills", N_("Việc làm được, máy đã dùng"), parsers.prose(), "May 1 kim, vắt sổ",
          aliases=("ky nang", "kinh nghiem", "tay nghe", "kinh nghiem lam viec"), width=30),
    Field("pay_min", N_("Lương thấp nhất"), parsers.pay, "8.000.000",
          aliases=("luong mong muon", "muc luong", "muc luong mong muon", "luong"), width=15),
    Field("shifts", N_("Ca làm nhận được"), parsers.codes("K"), "3 ca x 8 giờ", of="K",
          aliases=("ca lam", "ca", "ca lam viec"), width=20),
    Field("parks", N_("Khu công nghiệp mong muốn"), parsers.parks, "", of="park",
          aliases=("kcn", "khu cong nghiep", "noi lam viec mong muon"), width=24),
    Field("available_on", N_("Đi làm được từ"), parsers.day, "",
          aliases=("ngay di lam", "co the di lam tu"), width=14),
    Field("needs_dormitory", N_("Cần ký túc xá"), parsers.yes_no, "Không",
          offers=("Có", "Không"), aliases=("ky tuc xa", "ktx", "can o ky tuc xa"), width=12),
    Field("needs_bus", N_("Cần xe đưa đón"), parsers.yes_no, "Có", offers=("Có", "Không"),
          aliases=("xe dua don", "xe ca", "can xe"), width=12),
    Field("consent_register", N_("Đồng ý lưu hồ sơ"), parsers.yes_no, "Có", needed=True,
          offers=("Có", "Không"), width=14,
          aliases=("dong y luu ho so tim viec", "dong y", "dong y xu ly du lieu",
                   "dong y xu ly du lieu ca nhan")),
    Field("consent_introduce", N_("Đồng ý giới thiệu"), parsers.yes_no, "Có",
          offers=("Có", "Không"), aliases=("dong y gioi thieu voi doanh nghiep",), width=14),
    Field("consent_publish", N_("Đồng ý cho xem hồ sơ che tên"), parsers.yes_no, "Có",
          offers=("Có", "Không"), aliases=("dong y che ten",), width=16),
    Field("consent_statistics", N_("Đồng ý dùng thống kê"), parsers.yes_no, "Có",
          offers=("Có", "Không"), aliases=("dong y thong ke",), width=14),
    Field("consent_on", N_("Ngày đồng ý"), parsers.day, "02/11/2026", needed=True,
          aliases=("ngay ky phieu dong y", "ngay ky"), width=13),
    Field("consent_way", N_("Cách đồng ý"), _way, "Trên giấy", needed=True,
          offers=tuple(WAY_LABELS.values()), aliases=("hinh thuc dong y",), width=16),
    Field("consent_evidence", N_("Bằng chứng đồng ý"), parsers.line(120), "Phiếu số 12",
          aliases=("so phieu dong y", "phieu dong y", "bang chung"),
          hint=N_("Số phiếu, sổ ký, cuộc gọi"), width=22),
)  # fmt: skip


def _whole(look: Look, values: Values) -> None:
    """Look at one row together: consent first, then what the numbers say of each other."""
    _agreed(look, values)
    if not (values.get("phone") or values.get("id_number")):
        raise Refused(N_("Cần số điện thoại hoặc số CCCD."), field="phone")
    born = values["birth"]
    if "least-age" not in look.kept:
        look.kept["least-age"] = setting(look.session, LEAST_AGE)
    least = look.kept["least-age"]
    if _age(born, look) < least:
        raise Refused(N_("Chưa đủ %(least)s tuổi, chưa ghi hồ sơ tìm việc được."), field="birth",
                      least=least)  # fmt: skip
    number = values.get("id_number")
    if number and len(number) == 12:
        look.column = "id_number"
        for doubt in vietnamese.doubt_id_number(
            number, birth_year=born.year, sex=values.get("sex")
        ):
            look.warn(doubt)
        look.column = ""


def _agreed(look: Look, values: Values) -> None:
    """Refuse a row without a yes, its day, its way and, where nobody stood there, its proof."""
    if values.get("consent_register") is not True:
        raise Refused(N_("Người này chưa đồng ý lưu hồ sơ nên không được ghi vào sổ."),
                      field="consent_register")  # fmt: skip
    if values["consent_on"] > look.today:
        raise Refused(N_("Ngày đồng ý ở sau hôm nay."), field="consent_on")
    if values["consent_way"] in (Way.PAPER, Way.PHONE) and not values.get("consent_evidence"):
        raise Refused(N_("Ghi số phiếu hoặc cuộc gọi làm bằng chứng."), field="consent_evidence")


def _age(born: vietnamese.PartialDate, look: Look) -> int:
    age = look.today.year - born.year
    if born.day is not None:
        age -= (look.today.month, look.today.day) < (born.day.month, born.day.day)
    return age


def _traits(values: Values) -> Traits:
    number = values.get("id_number")
    is_old = number is not None and len(number) == 9
    sex = values.get("sex")
    return Traits(
        full_name=values["full_name"],
        birth_date=values["birth"].day,
        birth_year=values["birth"].year,
        sex=Sex(sex) if sex else None,
        phone=values.get("phone"),
        id_number=None if is_old else number,
        old_id_number=number if is_old else None,
        commune=values.get("current_commune"),
    )


def _judge(look: Look, rows: Sequence[Row]) -> None:
    """Look for the same people within the file, then in the register."""
    traits = [_traits(row.values) for row in rows]
    _within(rows, traits)
    found = known_among(look.session, traits)
    people = {one.person_id for each in found for one in each}
    files = _files(look.session, people)
    for row, alike in zip(rows, found, strict=True):
        strong = [one for one in alike if one.strength > Strength.WEAK]
        if not strong:
            if any(Reason.SAME_PHONE in one.reasons for one in alike):
                row.problems.append(Problem("phone", REASON_LABELS[Reason.SAME_PHONE], {},
                                            is_warning=True))  # fmt: skip
            continue
        first = strong[0]
        if first.strength is Strength.CERTAIN and first.person_id in files:
            row.state = "known"
            row.problems.append(
                Problem("id_number", N_("Đã có hồ sơ %(number)s."),
                        {"number": files[first.person_id]}, is_warning=True)
            )  # fmt: skip
        elif row.state == "good":
            row.state = "doubtful"
        row.twins = [
            ("person", one.person_id, tuple(str(reason) for reason in one.reasons))
            for one in strong[:3]
        ] + row.twins


def _files(session: Session, people: set[int]) -> dict[int, str]:
    ordered, found = sorted(people), {}
    for start in range(0, len(ordered), 500):
        part = ordered[start : start + 500]
        rows = session.execute(
            select(Seeker.person_id, Seeker.number).where(Seeker.person_id.in_(part))
        )
        found.update({row[0]: row[1] for row in rows})
    return found


def _within(rows: Sequence[Row], traits: Sequence[Traits]) -> None:
    """Say where two rows of the file are of one person, or may be."""
    seen: dict[str, dict[Any, int]] = defaultdict(dict)
    for row, one in zip(rows, traits, strict=True):
        number = one.id_number or one.old_id_number
        if number and (before := seen["id"].setdefault(number, row.number)) != row.number:
            row.problems.append(Problem("id_number", N_("Trùng số CCCD với dòng %(row)s."),
                                        {"row": before}))  # fmt: skip
            continue
        birth = (one.name_key, one.birth_date or one.birth_year)
        before = seen["birth"].setdefault(birth, row.number)
        if before != row.number:
            row.state = "doubtful"
            row.twins.append(("row", before, (Reason.NAME_AND_BIRTH_DATE.value,)))
        if one.phone and (before := seen["phone"].setdefault(one.phone, row.number)) != row.number:
            row.problems.append(
                Problem("phone", N_("Cùng số điện thoại với dòng %(row)s: có thể người nhà."),
                        {"row": before}, is_warning=True)
            )  # fmt: skip


def _identity(values: Values) -> Identity:
    sex, born = values.get("sex"), values["birth"]
    return Identity(
        full_name=values["full_name"],
        birth_date=born.day,
        birth_year=born.year,
        sex=Sex(sex) if sex else None,
        id_number=values.get("id_number"),
        phone=values.get("phone"),
        email=values.get("email"),
        current_commune=values.get("current_commune"),
        current_detail=values.get("current_detail"),
        permanent_commune=values.get("permanent_commune"),
        social_insurance_number=values.get("social_insurance_number"),
    )


_SAME = (
    "general_education", "qualification", "employment_status", "skills", "pay_min", "shifts",
    "parks", "available_on", "needs_dormitory", "needs_bus",
)  # fmt: skip


def _file(values: Values) -> FileData:
    wishes = [one.strip() for one in re.split(r"[;\n]", values.get("wishes") or "") if one.strip()]
    level, study = values.get("qualification"), values.get("study") or ""
    rows = (QualificationData(level=level, field=study),) if level and study else ()
    same: dict[str, Any] = {name: values.get(name) for name in _SAME}
    return FileData(
        wishes=tuple(WishData(title=title[:120]) for title in wishes),
        qualifications=rows,
        **same,
    )


def _write(look: Look, values: Values, source: Source) -> Made:
    wanted = {purpose for name, purpose in _PURPOSES.items() if values.get(name)}
    told = values.get("consent_evidence") or ""
    seeker = register(
        look.session,
        identity=_identity(values),
        file=_file(values),
        consents=wanted | {Purpose.REGISTER},
        way=values["consent_way"],
        evidence=f"{told} (tệp {source.batch}, dòng {source.row})".strip()[:200],
        given_on=values["consent_on"],
        others=source.apart,
        by=look.by,
    )
    look.session.refresh(seeker)
    return Made(seeker.id, removal.state_of(look.session, seeker), seeker.number)


def _undo(
    session: Session, by: Actor, subject_id: int, stamp: str, _before: dict[str, Any] | None
) -> bool:
    return removal.take_out(session, seeker_id=subject_id, state=stamp, by=by)


PEOPLE = Kind(
    code="people",
    label=N_("Người tìm việc"),
    about=N_("Mỗi dòng là một người và hồ sơ tìm việc của người đó."),
    right=Right.SEEKERS_WRITE,
    fields=FIELDS,
    whole=_whole,
    judge=_judge,
    write=_write,
    undo=_undo,
    subject="seeker",
    notes=(
        N_("Chỉ ghi người đã đồng ý: cột “Đồng ý lưu hồ sơ” là Có, kèm ngày và cách đồng ý."),
        N_("Dân tộc, sức khoẻ, diện ưu tiên không nhập bằng tệp: hỏi và ghi trực tiếp."),
    ),
)
