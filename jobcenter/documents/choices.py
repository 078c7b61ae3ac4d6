"""Every kind of paper in the building, by code, and the places that each of them has."""

from __future__ import annotations

from jobcenter.accounts.choices import Right
from jobcenter.advising.choices import VISITOR_SLIP
from jobcenter.certificates.choices import KINDS as CERTIFICATES
from jobcenter.enrolments.choices import OPENING_DECISION
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.words import N_
from jobcenter.matching.choices import CANDIDATE_SHEET
from jobcenter.papers.choices import Field, PaperKind
from jobcenter.people.choices import CONSENT_SHEET
from jobcenter.referrals.choices import PICK_UP_LIST, REFERRAL_LETTER, RESULT_NOTICE
from jobcenter.teaching.choices import RECOGNITION
from jobcenter.vacancies.choices import VACANCY_SHEET

KINDS: dict[str, PaperKind] = {
    kind.code: kind
    for kind in (
        VISITOR_SLIP, CONSENT_SHEET, VACANCY_SHEET, CANDIDATE_SHEET, REFERRAL_LETTER,
        RESULT_NOTICE, PICK_UP_LIST, OPENING_DECISION, RECOGNITION, *CERTIFICATES.values(),
    )
}  # fmt: skip
# The rights on the record that a paper tells of: (to see the paper, to make one).
RIGHTS_OF = {
    "visit": (Right.SEEKERS_WRITE, Right.SEEKERS_WRITE),  # as the counter itself
    "person": (Right.SEEKERS_READ, Right.SEEKERS_WRITE),
    "vacancy": (Right.VACANCIES_READ, Right.VACANCIES_WRITE),
    "referral": (Right.MATCHES_READ, Right.VACANCIES_WRITE),
    # a vacancy's list of people by name
    "pick-up": (Right.MATCHES_READ, Right.VACANCIES_WRITE),
    "enrolment": (Right.SCHOOL, Right.SCHOOL),
    "class": (Right.SCHOOL, Right.SCHOOL),
}
# What the engine fills in on every paper, beside the fields of its kind.
COMMON = (
    Field("so", N_("Số giấy"), "PTD-2026-00012"),
    Field("noi_ngay", N_("Nơi, ngày tháng năm"), "Hải Phòng, ngày 24 tháng 11 năm 2026"),
    Field("cap_tren", N_("Cơ quan cấp trên"), "BAN QUẢN LÝ KHU KINH TẾ HẢI PHÒNG"),
    Field("don_vi", N_("Tên đơn vị"), "TRUNG TÂM DỊCH VỤ VIỆC LÀM"),
    Field("chuc_vu_ky", N_("Chức vụ người ký"), "GIÁM ĐỐC"),
    Field("nguoi_ky", N_("Người ký"), "Phạm Thị Hồng Nhung"),
    Field("gia_tri_den", N_("Có giá trị đến"), "24/12/2026"),
    Field("ma_xac_nhan", N_("Mã xác nhận"), "7K3M-9QTX-2B4D"),
)


def seen_by(actor: Actor) -> list[str]:
    """Return the codes of the kinds whose records the actor may read."""
    return [code for code, kind in KINDS.items() if actor.may(RIGHTS_OF[kind.subject][0])]


def may_make(actor: Actor, kind: PaperKind) -> bool:
    """Say whether the actor may make, print and cancel papers of this kind."""
    return actor.may(RIGHTS_OF[kind.subject][1])
