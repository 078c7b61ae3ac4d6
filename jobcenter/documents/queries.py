"""What a paper says, taken from the records; and the forms that the office put in place."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.catalogue.queries import lists, occupation_names
from jobcenter.documents import writing
from jobcenter.documents.choices import KINDS
from jobcenter.documents.models import OfficeForm
from jobcenter.documents.writing import Names, joined, said
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.errors import Missing
from jobcenter.matching.queries import Candidate, CandidateList, code_for_firm, job_for_firm
from jobcenter.matching.words import Phrase
from jobcenter.people.choices import PURPOSE_LABELS, WAY_LABELS, Purpose
from jobcenter.people.queries import consents
from jobcenter.people.texts import every_text, in_force
from jobcenter.seekers.models import Seeker
from jobcenter.vacancies.models import Vacancy
from jobcenter.vacancies.queries import openings_left

_OPEN_GATES = {"fail": "Chưa đạt", "ask": "Cần hỏi"}


def consent_sheet(session: Session, seeker: Seeker) -> dict[str, Any]:
    """Return the content of a person's consent sheet: each purpose with its standing answer."""
    person = seeker.person
    standing = {
        one.purpose: one for one in consents(session, person.id) if one.withdrawn_at is None
    }
    purposes = []
    texts = in_force(session, clock.today())
    agreed_to = {(one.purpose, one.version): one.text_vi for one in every_text(session)}
    for purpose in Purpose:
        given = standing.get(purpose)
        version = given.text_version if given else texts[purpose].version
        purposes.append(
            {
                "ten": PURPOSE_LABELS[purpose],
                "tra_loi": "Đồng ý" if given else "",
                "ngay": writing.day(clock.local(given.given_at).date()) if given else "",
                "cach": WAY_LABELS[given.way] if given else "",
                "loi_van": agreed_to[purpose, version],
                "ban": version,
            }
        )
    birth = writing.day(person.birth_date) if person.birth_date else str(person.birth_year or "")
    return {
        "ho_ten": person.full_name,
        "ngay_sinh": birth or writing.NOTHING,
        "so_cccd": vietnamese.mask_id_number(person.id_number or "") or writing.NOTHING,
        "dien_thoai": vietnamese.show_phone(person.phone) if person.phone else writing.NOTHING,
        "so_ho_so": seeker.number,
        "ban_van_ban": ", ".join(sorted({one["ban"] for one in purposes})),
        "muc_dich": purposes,
    }


def vacancy_sheet(session: Session, vacancy: Vacancy) -> dict[str, Any]:
    """Return the content of the employer's recruitment-need form, in the order of the form."""
    names = Names(lists(session))
    return {
        "so_yeu_cau": vacancy.number,
        "doanh_nghiep": _employer(vacancy, names),
        "nhu_cau": _need(session, vacancy, names),
        "mo_ta": vacancy.description,
        "yeu_cau": vacancy.requirement,
        "lien_he": said(
            [
                ("Họ tên", vacancy.contact_name),
                ("Điện thoại", vietnamese.show_phone(vacancy.contact_phone or "")),
                ("Email", vacancy.contact_email or ""),
                ("Hình thức tuyển dụng", names.all("apply", vacancy.apply_ways)),
                ("Thời hạn tuyển dụng", writing.day(vacancy.deadline)),
                ("Mong muốn với trung tâm", names.all("ask", vacancy.services)),
            ]
        ),
    }


def _employer(vacancy: Vacancy, names: Names) -> list[dict[str, str]]:
    firm = vacancy.enterprise
    if firm is None:
        return said([("Tên doanh nghiệp", vacancy.firm_as_written or writing.NOTHING)])
    return said(
        [
            ("Tên doanh nghiệp", firm.name),
            ("Mã số thuế", firm.tax_number or ""),
            ("Loại hình", names.one("L", firm.type)),
            ("Khu công nghiệp", names.one("park", firm.park_code)),
            ("Địa chỉ", joined(firm.address, names.one("commune", firm.commune_code))),
            ("Ngành kinh doanh chính", firm.sector),
            ("Sản phẩm chính", firm.product),
            ("Quy mô lao động", names.one("size", firm.size_band)),
        ]
    )  # fmt: skip


def _need(session: Session, vacancy: Vacancy, names: Names) -> list[dict[str, str]]:
    occupation = occupation_names(session, [vacancy.occupation_code or ""]).get(
        vacancy.occupation_code or ""
    )
    park, commune = vacancy.park_code, vacancy.commune_code
    where = names.one("park", park) or names.one("commune", commune)
    pay = writing.money(vacancy.pay_min, vacancy.pay_max)
    overtime = vacancy.overtime_hours
    probation = vacancy.probation_days
    return said(
        [
            ("Tên công việc", vacancy.title),
            ("Số lượng tuyển", writing.number(vacancy.headcount)),
            ("Mã nghề", f"{occupation.code} {occupation.name_vi}" if occupation else ""),
            ("Chức vụ", names.one("rank", vacancy.position)),
            ("Trình độ học vấn", names.one("A", vacancy.general_education)),
            ("Trình độ CMKT", joined(names.one("B", vacancy.qualification), vacancy.field)),
            ("Bậc kỹ năng nghề", str(vacancy.skill_grade or "")),
            ("Chứng chỉ bắt buộc", ", ".join(one.name for one in vacancy.certificates)),
            ("Ngoại ngữ", names.all("language", vacancy.languages)),
            ("Tin học", names.one("C", vacancy.office_it)),
            ("Kỹ năng mềm", names.all("D", vacancy.soft_skills)),
            ("Kinh nghiệm", names.one("N", vacancy.experience)),
            ("Nơi làm việc", joined(vacancy.place, where)),
            ("Loại hợp đồng", names.one("O", vacancy.contract)),
            ("Yêu cầu thêm", names.all("extra", vacancy.extra_demands)),
            ("Hình thức làm việc", names.one("I", vacancy.mode)),
            ("Mục đích làm việc", names.one("J", vacancy.purpose)),
            ("Mức lương", pay or names.one("H", vacancy.pay_kind)),
            ("Ca làm", names.one("K", vacancy.shift)),
            ("Tăng ca", f"{overtime} giờ mỗi tháng" if overtime else ""),
            ("Thử việc", f"{probation} ngày" if probation else ""),
            ("Chế độ phúc lợi", names.all("P", vacancy.benefits)),
            ("Điều kiện làm việc", names.all("Q", vacancy.conditions)),
            ("Đối tượng ưu tiên", names.all("F", vacancy.priority_groups)),
            ("Nhóm huấn luyện an toàn", str(vacancy.safety_group or "")),
        ]
    )  # fmt: skip


def candidate_sheet(session: Session, found: CandidateList) -> dict[str, Any]:
    """Return the content of a masked list of candidates: no name, phone, age or key."""
    vacancy, names = found.vacancy, Names(lists(session))
    firm, left = vacancy.enterprise, writing.number(openings_left(vacancy))
    return {
        "kinh_gui": firm.name if firm else vacancy.firm_as_written or writing.NOTHING,
        "vi_tri": vacancy.title,
        "so_yeu_cau": vacancy.number,
        "con_tuyen": f"{left} trên {writing.number(vacancy.headcount)}",
        "tong_so": writing.number(len(found.page.items)),
        "ung_vien": [
            _candidate(item, names, vacancy.enterprise_id or 0, found) for item in found.page.items
        ],
    }  # fmt: skip


def _candidate(item: Candidate, names: Names, firm_id: int, found: CandidateList) -> dict[str, str]:
    profile = item.profile
    done = [job_for_firm(item.seeker) or "Chưa ghi việc đã làm"]
    if profile.years_experience:
        done.append(f"{writing.number(profile.years_experience)} năm")
    done += [names.one("A", profile.general_education or ""), *(profile.certificates or ())]
    starts = profile.available_on
    when = writing.day(starts) if starts else "Chưa rõ"
    return {
        "stt": str(item.line),
        "ma": code_for_firm(item.seeker, firm_id),
        "viec": joined(*done),
        "noi_o": names.one("commune", profile.commune) or "Chưa rõ",
        "di_lam_tu": "Ngay" if starts and starts <= found.today else when,
        "dieu_kien": _gates(item, names),
        "hop_viec": "–" if item.job_fit is None else str(item.job_fit),
    }  # fmt: skip


def _gates(item: Candidate, names: Names) -> str:
    if not item.gates:
        return "Không có"
    still = [gate for gate in item.gates if gate.state in _OPEN_GATES]
    told = (f"{_OPEN_GATES[gate.state]}: {_phrase(gate.phrase, names)}" for gate in still)
    return "; ".join(told) or "Đủ"


def _phrase(phrase: Phrase, names: Names) -> str:
    values = {}
    for name, (kind, raw) in phrase.values.items():
        codes = raw if isinstance(raw, (tuple, list)) else (raw,)
        plain = kind in ("", "join", "number", "km", "money", "date")
        values[name] = ", ".join(
            (writing.day(one) if kind == "date" else str(one)) if plain else names.one(kind, one)
            for one in codes
        )
    return phrase.text % values if values else phrase.text


def form_in_use(session: Session, kind: str) -> OfficeForm | None:
    """Return the office's own form of a kind, None where ours is used."""
    return session.scalar(
        select(OfficeForm).where(OfficeForm.kind == kind, OfficeForm.ended_at.is_(None))
    )


def forms(session: Session) -> Sequence[OfficeForm]:
    """Return every form that was ever put in place, newest first."""
    return session.scalars(select(OfficeForm).order_by(OfficeForm.id.desc()).limit(200)).all()


def one_form(session: Session, key: uuid.UUID) -> OfficeForm:
    """Return a form by its key, or refuse."""
    found = session.scalar(select(OfficeForm).where(OfficeForm.key == key))
    if found is None:
        raise Missing
    return found


def labels(codes: Iterable[str]) -> dict[str, str]:
    """Return the names of kinds by code."""
    return {code: KINDS[code].label for code in codes if code in KINDS}
