"""States of an enrolment, what each means for the count, and where it came from."""

from __future__ import annotations

from enum import StrEnum

from jobcenter.kernel.moves import moves
from jobcenter.kernel.words import N_
from jobcenter.papers.choices import Field, PaperKind, Unit
from jobcenter.settings.choices import Kind, Setting


class EnrolState(StrEnum):
    """The life of an enrolment."""

    APPLIED = "applied"
    WAITING = "waiting"
    OFFERED = "offered"
    ENROLLED = "enrolled"
    COMPLETED = "completed"
    FAILED = "failed"
    DROPPED = "dropped"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    EXPIRED = "expired"
    TRANSFERRED = "transferred"
    REFUSED = "refused"


STATE_LABELS = {
    EnrolState.APPLIED: N_("Đã nộp đơn"),
    EnrolState.WAITING: N_("Danh sách chờ"),
    EnrolState.OFFERED: N_("Được mời, đang giữ chỗ"),
    EnrolState.ENROLLED: N_("Học viên"),
    EnrolState.COMPLETED: N_("Đã hoàn thành"),
    EnrolState.FAILED: N_("Không đạt"),
    EnrolState.DROPPED: N_("Bỏ học"),
    EnrolState.WITHDRAWN: N_("Rút đơn"),
    EnrolState.DECLINED: N_("Từ chối lời mời"),
    EnrolState.EXPIRED: N_("Hết hạn giữ chỗ"),
    EnrolState.TRANSFERRED: N_("Đã chuyển lớp"),
    EnrolState.REFUSED: N_("Không nhận"),
}
STATE_KINDS = {
    EnrolState.APPLIED: "quiet",
    EnrolState.WAITING: "warn",
    EnrolState.OFFERED: "sea",
    EnrolState.ENROLLED: "ok",
    EnrolState.COMPLETED: "ok",
    EnrolState.FAILED: "bad",
    EnrolState.DROPPED: "bad",
    EnrolState.WITHDRAWN: "quiet",
    EnrolState.DECLINED: "quiet",
    EnrolState.EXPIRED: "quiet",
    EnrolState.TRANSFERRED: "quiet",
    EnrolState.REFUSED: "bad",
}
# Holds one of the places; the CHECK and the count of the class say the same.
SEATED = frozenset(
    {EnrolState.OFFERED, EnrolState.ENROLLED, EnrolState.COMPLETED, EnrolState.FAILED}
)
# Wants a place and has none yet.
QUEUED = frozenset({EnrolState.APPLIED, EnrolState.WAITING})
# At most one of these for a person in a class; after the others a person may come again.
STANDING = SEATED | QUEUED
# Sat in the class: what the plan of the year counts (taken in, whether or not they finished).
TAKEN_IN = frozenset(
    {EnrolState.ENROLLED, EnrolState.COMPLETED, EnrolState.FAILED, EnrolState.DROPPED}
)
# A learner in the sense of attendance and marks.
LEARNING = frozenset({EnrolState.ENROLLED, EnrolState.COMPLETED, EnrolState.FAILED})
ENROL_MOVES = moves(
    [
        ("queue", (EnrolState.APPLIED,), EnrolState.WAITING),
        ("offer", tuple(QUEUED), EnrolState.OFFERED),
        ("enrol", (*QUEUED, EnrolState.OFFERED), EnrolState.ENROLLED),
        ("decline", (EnrolState.OFFERED,), EnrolState.DECLINED),
        ("expire", (EnrolState.OFFERED,), EnrolState.EXPIRED),
        ("refuse", (*QUEUED, EnrolState.OFFERED), EnrolState.REFUSED),
        (
            "withdraw",
            (*QUEUED, EnrolState.OFFERED, EnrolState.ENROLLED),
            EnrolState.WITHDRAWN,
        ),
        ("drop", (EnrolState.ENROLLED,), EnrolState.DROPPED),
        ("transfer", (*QUEUED, EnrolState.OFFERED, EnrolState.ENROLLED), EnrolState.TRANSFERRED),
        ("complete", (EnrolState.ENROLLED, EnrolState.FAILED), EnrolState.COMPLETED),
        ("fail", (EnrolState.ENROLLED, EnrolState.COMPLETED), EnrolState.FAILED),
        ("return", (EnrolState.DROPPED,), EnrolState.ENROLLED),
    ]
)  # fmt: skip
VERB_LABELS = {
    "queue": N_("Xếp vào danh sách chờ"),
    "offer": N_("Mời vào lớp"),
    "enrol": N_("Ghi vào lớp"),
    "decline": N_("Từ chối lời mời"),
    "expire": N_("Hết hạn giữ chỗ"),
    "refuse": N_("Không nhận"),
    "withdraw": N_("Rút đơn"),
    "drop": N_("Ghi bỏ học"),
    "transfer": N_("Chuyển lớp"),
    "complete": N_("Ghi hoàn thành"),
    "fail": N_("Ghi không đạt"),
    "return": N_("Nhận học lại"),
}
# Verbs that want a reason.
REASONED = frozenset({"refuse", "withdraw", "drop"})


class Source(StrEnum):
    """How an application came."""

    COUNTER = "counter"
    PHONE = "phone"
    ONLINE = "online"
    ENTERPRISE = "enterprise"
    IMPORT = "import"


SOURCE_LABELS = {
    Source.COUNTER: N_("Tại quầy"),
    Source.PHONE: N_("Qua điện thoại"),
    Source.ONLINE: N_("Tự nộp trên trang này"),
    Source.ENTERPRISE: N_("Doanh nghiệp gửi danh sách"),
    Source.IMPORT: N_("Nhập từ sổ cũ"),
}
# Codes of list W that spend the public support a person gets once in a lifetime (46/2015).
PUBLIC_FUNDING = frozenset({"de-an-1956", "ctmtqg", "city-budget"})
# Decision 46/2015: again only after losing the job through no fault of one's own, by a decision
# of the city, three times at most.
MOST_SUPPORTS = 3
MOST_CHOICES = 3
SERIES = "HV"
OFFER_DAYS = Setting(
    key="class-offer-days",
    kind=Kind.DAYS,
    group=N_("Trường nghề"),
    label=N_("Giữ chỗ cho người được mời vào lớp"),
    default=2,
    least=1,
    most=14,
)
OPENING_DECISION = PaperKind(
    code="opening-decision",
    label=N_("Quyết định mở lớp"),
    prefix="QDML",
    unit=Unit.SCHOOL,
    subject="class",
    fields=(
        Field("lop", N_("Tên lớp"), "Điện công nghiệp K12"),
        Field("ma_lop", N_("Mã lớp"), "SC-DCN-K12"),
        Field("thong_tin", N_("Từng dòng về lớp: ten, tri"), "Khai giảng", is_list=True),
        Field(
            "hoc_vien", N_("Từng học viên: stt, ho_ten, ngay_sinh, gioi_tinh, noi_o, kinh_phi"),
            "Trần Hữu An", is_list=True,
        ),
    ),
)  # fmt: skip
ACTION_LABELS = {
    "apply": N_("Nộp đơn học nghề"),
    "set-funding": N_("Ghi nguồn kinh phí, đối tượng"),
    "import-enrolment": N_("Nhập học viên đã có"),
    **{f"{verb}-enrolment": label for verb, label in VERB_LABELS.items()},
}
