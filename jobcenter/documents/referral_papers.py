"""Papers of a referral: the letter in two halves, the result notice, the list by bus stop."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.catalogue.queries import lists
from jobcenter.documents import writing
from jobcenter.documents.writing import Names, joined
from jobcenter.enterprises.models import BusStop
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.papers import rules as register
from jobcenter.papers.choices import ISSUED, PaperKind
from jobcenter.papers.models import Paper
from jobcenter.people.choices import SEX_LABELS, Sex
from jobcenter.referrals.choices import (
    OPEN,
    PICK_UP_LIST,
    REASON_LABELS,
    REFERRAL_LABELS,
    REFERRAL_LETTER,
    RESULT_NOTICE,
    ReferralState,
)
from jobcenter.referrals.models import Referral
from jobcenter.vacancies.models import Vacancy

_TITLES = {Sex.FEMALE: "Bà", Sex.MALE: "Ông"}
_FAILED = frozenset(
    {
        ReferralState.REJECTED, ReferralState.NO_SHOW, ReferralState.WITHDRAWN,
        ReferralState.HIRE_CANCELLED,
    }
)  # fmt: skip
_ALONE = "Tự đến"


def letter(session: Session, *, referral: Referral, by: Actor) -> Paper:
    """Number the letter of somebody who agreed; while it says what the record says, it stays one.

    A letter that says something else by now (another hour, a mended name) is cancelled and a new
    one takes its place.
    """
    if referral.state not in OPEN:
        raise Refused(N_("Người lao động đồng ý rồi mới lập được phiếu giới thiệu."))
    paper = _one(session, REFERRAL_LETTER, referral, _letter(session, referral), by)
    paper.valid_to = referral.valid_to
    session.flush()
    return paper


def letters(session: Session, *, referrals: Sequence[Referral], by: Actor) -> list[Paper]:
    """Number the letters of several people, in the order of their names."""
    ordered = sorted(referrals, key=lambda row: (row.seeker.person.sort, row.id))
    return [letter(session, referral=row, by=by) for row in ordered]


def result_notice(session: Session, *, referral: Referral, by: Actor) -> Paper:
    """Number the result notice: with the result where there is one, else to fill in by hand."""
    if referral.sent_at is None:
        raise Refused(N_("Chưa gửi doanh nghiệp nên chưa có kết quả để báo."))
    return _one(session, RESULT_NOTICE, referral, _notice(session, referral), by)


def pick_up_list(
    session: Session, *, vacancy: Vacancy, at: dt.datetime, referrals: Sequence[Referral], by: Actor
) -> Paper:
    """Number the list of who is fetched where for an interview."""
    if not referrals:
        raise Refused(N_("Chưa mời ai vào giờ này."))
    return register.issue(
        session,
        kind=PICK_UP_LIST,
        subject_id=vacancy.id,
        title=f"{vacancy.number} {clock.local(at):%H:%M %d/%m/%Y}"[:200],
        content=_pick_up(session, vacancy, at, referrals),
        by=by,
    )


def _one(
    session: Session, kind: PaperKind, referral: Referral, content: dict[str, Any], by: Actor
) -> Paper:
    """Return the paper that says this already, or number one in place of what says less."""
    session.refresh(referral, ["version"], with_for_update={"of": Referral})
    before = session.scalars(
        select(Paper)
        .where(
            Paper.kind == kind.code,
            Paper.subject_kind == kind.subject,
            Paper.subject_id == referral.id,
            Paper.state.in_(ISSUED),
        )
        .order_by(Paper.id.desc())
        .limit(1)
    ).first()
    if before is not None:
        if before.content == content:
            return before
        register.cancel(session, paper=before, reason="Thay bằng giấy mới", by=by)
    return register.issue(
        session,
        kind=kind,
        subject_id=referral.id,
        person_id=referral.seeker.person_id,
        title=f"{referral.seeker.number}, {referral.vacancy.number}"[:200],
        content=content,
        by=by,
    )


def _job(vacancy: Vacancy, names: Names) -> dict[str, str]:
    firm = vacancy.enterprise
    where = names.one("park", vacancy.park_code) or names.one("commune", vacancy.commune_code)
    return {
        "doanh_nghiep": firm.name if firm else vacancy.firm_as_written or writing.NOTHING,
        "dia_chi": joined(vacancy.place or (firm.address if firm else ""), where),
        "vi_tri": vacancy.title,
        "so_yeu_cau": vacancy.number,
    }


def _who(referral: Referral) -> dict[str, str]:
    person = referral.seeker.person
    born = writing.day(person.birth_date) if person.birth_date else str(person.birth_year or "")
    return {
        "ho_ten": person.full_name,
        "ngay_sinh": born or writing.NOTHING,
        "gioi_tinh": SEX_LABELS[person.sex] if person.sex else writing.NOTHING,
        "so_cccd": vietnamese.mask_id_number(person.id_number or "") or writing.NOTHING,
        "so_ho_so": referral.seeker.number,
    }


def _letter(session: Session, referral: Referral) -> dict[str, Any]:
    names, vacancy, seeker = Names(lists(session)), referral.vacancy, referral.seeker
    person = seeker.person
    contact = joined(vacancy.contact_name, vietnamese.show_phone(vacancy.contact_phone or ""))
    fields = joined(names.one("B", seeker.qualification), *(q.field for q in seeker.qualifications))
    jobs = joined(*(f"{job.position} {job.employer}".strip() for job in seeker.experiences[:2]))
    return {
        **_job(vacancy, names),
        **_who(referral),
        "danh_xung": _TITLES.get(person.sex, "Ông/Bà") if person.sex else "Ông/Bà",
        "lien_he": contact or writing.NOTHING,
        "dien_thoai": vietnamese.show_phone(person.phone) if person.phone else writing.NOTHING,
        "email": person.email or "",
        "noi_o": names.one("commune", person.current_commune) or writing.NOTHING,
        "hoc_van": names.one("A", seeker.general_education) or writing.NOTHING,
        "cmkt": fields or "Chưa qua đào tạo",
        "kinh_nghiem": jobs or "Chưa ghi",
        "phong_van": _slot(referral),
        "tra_loi_truoc": writing.day(referral.answer_by),
    }


def _slot(referral: Referral) -> str:
    if referral.interview_at is None:
        return ""
    return joined(f"{clock.local(referral.interview_at):%H:%M %d/%m/%Y}", referral.interview_place)


def _notice(session: Session, referral: Referral) -> dict[str, Any]:
    names, vacancy = Names(lists(session)), referral.vacancy
    number = session.scalar(
        select(Paper.shown)
        .where(
            Paper.kind == REFERRAL_LETTER.code,
            Paper.subject_kind == "referral",
            Paper.subject_id == referral.id,
            Paper.state.in_(ISSUED),
        )
        .order_by(Paper.id.desc())
        .limit(1)
    )
    hired, failed = referral.state is ReferralState.HIRED, referral.state in _FAILED
    start = referral.placement.started_on if hired and referral.placement else None
    reason = REASON_LABELS.get(referral.reason or "", REFERRAL_LABELS[referral.state])
    return {
        **_job(vacancy, names),
        **_who(referral),
        "phieu": number or "",
        "ket_qua": "trung-tuyen" if hired else "khong" if failed else "",
        "nhan_viec": writing.day(start),
        "thu_viec": (
            f"{vacancy.probation_days} ngày" if vacancy.probation_days else writing.NOTHING
        ),
        "ly_do": reason if failed else "",
    }


def _pick_up(
    session: Session, vacancy: Vacancy, at: dt.datetime, referrals: Sequence[Referral]
) -> dict[str, Any]:
    names = Names(lists(session))
    routes = vacancy.enterprise.bus_routes if vacancy.enterprise else []
    near: dict[str, tuple[str, BusStop]] = {}
    for route in routes:
        for stop in route.stops:
            if stop.commune_code:
                near.setdefault(stop.commune_code, (route.name, stop))
    groups: dict[str, list[Referral]] = {}
    for row in sorted(referrals, key=lambda one: (one.seeker.person.sort, one.id)):
        found = near.get(row.seeker.person.current_commune or "")
        name = joined(found[1].name, found[0], found[1].at) if found else _ALONE
        groups.setdefault(name, []).append(row)
    numbers = _letter_numbers(session, referrals)
    ordered = sorted(groups.items(), key=lambda group: (group[0] == _ALONE, group[0]))
    return {
        **_job(vacancy, names),
        "gio_hen": _slot(referrals[0]) or f"{clock.local(at):%H:%M %d/%m/%Y}",
        "tong_so": writing.number(len(referrals)),
        "diem_don": [
            {"ten": name, "nguoi": [_fetched(row, n, numbers) for n, row in enumerate(rows, 1)]}
            for name, rows in ordered
        ],
    }


def _fetched(row: Referral, line: int, numbers: dict[int, str]) -> dict[str, str]:
    person = row.seeker.person
    return {
        "stt": str(line),
        "ho_ten": person.full_name,
        "dien_thoai": vietnamese.show_phone(person.phone) if person.phone else "",
        "so_ho_so": row.seeker.number,
        "phieu": numbers.get(row.id, ""),
    }


def _letter_numbers(session: Session, referrals: Sequence[Referral]) -> dict[int, str]:
    found = session.execute(
        select(Paper.subject_id, Paper.shown).where(
            Paper.kind == REFERRAL_LETTER.code,
            Paper.subject_kind == "referral",
            Paper.subject_id.in_([row.id for row in referrals]),
            Paper.state.in_(ISSUED),
        )
    )
    return {row.subject_id: row.shown or "" for row in found}


def files_named(paper: Paper) -> list[str]:
    """Return the numbers of the files that a list names, for the log of sights."""
    if paper.kind != PICK_UP_LIST.code:
        return []
    return [one["so_ho_so"] for stop in paper.content["diem_don"] for one in stop["nguoi"]]
