"""States of a vacancy and the moves between them."""

from __future__ import annotations

from enum import StrEnum

from jobcenter.kernel.moves import moves
from jobcenter.kernel.words import N_
from jobcenter.papers.choices import Field, PaperKind, Unit


class VacancyState(StrEnum):
    """A draft is seen by its makers; only an open one takes candidates."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    OPEN = "open"
    ON_HOLD = "on-hold"
    FILLED = "filled"
    CLOSED = "closed"


STATE_LABELS = {
    VacancyState.DRAFT: N_("Bản nháp"),
    VacancyState.SUBMITTED: N_("Chờ duyệt"),
    VacancyState.OPEN: N_("Đang tuyển"),
    VacancyState.ON_HOLD: N_("Tạm dừng"),
    VacancyState.FILLED: N_("Đã đủ người"),
    VacancyState.CLOSED: N_("Đã đóng"),
}
STATE_KINDS = {
    VacancyState.DRAFT: "quiet",
    VacancyState.SUBMITTED: "warn",
    VacancyState.OPEN: "ok",
    VacancyState.ON_HOLD: "warn",
    VacancyState.FILLED: "sea",
    VacancyState.CLOSED: "quiet",
}
_LIVE = (VacancyState.OPEN, VacancyState.ON_HOLD)
VACANCY_MOVES = moves(
    [
        ("submit", (VacancyState.DRAFT,), VacancyState.SUBMITTED),
        ("send-back", (VacancyState.SUBMITTED,), VacancyState.DRAFT),
        ("publish", (VacancyState.DRAFT, VacancyState.SUBMITTED), VacancyState.OPEN),
        ("hold", (VacancyState.OPEN,), VacancyState.ON_HOLD),
        ("resume", (VacancyState.ON_HOLD,), VacancyState.OPEN),
        ("close", (*_LIVE, VacancyState.DRAFT, VacancyState.SUBMITTED), VacancyState.CLOSED),
        ("reopen", (VacancyState.FILLED, VacancyState.CLOSED), VacancyState.OPEN),
        ("fill", _LIVE, VacancyState.FILLED),
        ("free", (VacancyState.FILLED,), VacancyState.OPEN),
        ("free-late", (VacancyState.FILLED,), VacancyState.ON_HOLD),
    ]
)
# Happen by themselves when the places are counted; nobody asks for them.
AUTOMATIC = frozenset({"fill", "free", "free-late"})
# Change something of the vacancy and leave its state; they need a form, like those of ASKING.
ADJUSTMENTS = {"extend": frozenset(_LIVE), "cut": frozenset(_LIVE)}
ASKING = ("extend", "hold", "resume", "cut", "close", "reopen")
VERB_LABELS = {
    "submit": N_("Gửi duyệt"),
    "send-back": N_("Trả lại để sửa"),
    "publish": N_("Đăng tuyển"),
    "hold": N_("Tạm dừng nhận"),
    "resume": N_("Nhận tiếp"),
    "extend": N_("Gia hạn"),
    "cut": N_("Giảm số lượng"),
    "close": N_("Đóng vị trí"),
    "reopen": N_("Mở lại"),
    "fill": N_("Đã đủ người"),
    "free": N_("Có chỗ trống lại"),
    "free-late": N_("Có chỗ trống lại, hạn đã qua"),
}


class CloseReason(StrEnum):
    """Why a vacancy was closed."""

    EXPIRED = "expired"
    FILLED_ELSEWHERE = "filled-elsewhere"
    NOT_NEEDED = "not-needed"
    MISTAKE = "mistake"
    OTHER = "other"


CLOSE_LABELS = {
    CloseReason.EXPIRED: N_("Hết hạn nhận hồ sơ"),
    CloseReason.FILLED_ELSEWHERE: N_("Đã đủ người từ nguồn khác"),
    CloseReason.NOT_NEEDED: N_("Không còn nhu cầu"),
    CloseReason.MISTAKE: N_("Ghi nhầm, ghi trùng"),
    CloseReason.OTHER: N_("Lý do khác"),
}


class UnderWay(StrEnum):
    """What happens to the people already put forward when a vacancy is held, cut or closed."""

    STAY = "stay"
    RELEASE = "release"


UNDER_WAY_LABELS = {
    UnderWay.STAY: N_("Xét tiếp những người này"),
    UnderWay.RELEASE: N_("Dừng, trung tâm tìm nơi khác cho họ"),
}
# Reminded when so many days are left, counted from the nearest.
DUE_DAYS = (3, 7)
FAR_DAYS = 92
DOUBT_LABELS = {
    "no-field": N_("Từ sơ cấp trở lên cần ghi chuyên ngành."),
    "low-schooling": N_("Trung cấp thường cần ít nhất tốt nghiệp THCS."),
    "college-schooling": N_("Cao đẳng trở lên cần tốt nghiệp THPT."),
    "early-deadline": N_("Hạn nhận hồ sơ không sau ngày đăng ký."),
    "far-deadline": N_("Hạn nhận hồ sơ xa hơn 3 tháng. Hạn gần hơn được nhắc, và gia hạn được."),
}


class FlagKind(StrEnum):
    """Kinds of demand that Labour Code art. 3(8) calls discrimination, and the lawful age note."""

    SEX = "sex"
    AGE = "age"
    ORIGIN = "origin"
    LOOKS = "looks"
    MARITAL = "marital"
    MATERNITY = "maternity"
    DISABILITY = "disability"
    HEALTH = "health"
    RELIGION = "religion"
    UNION = "union"
    LEGAL_AGE = "legal-age"


FLAG_LABELS = {
    FlagKind.SEX: N_("Đòi hỏi giới tính"),
    FlagKind.AGE: N_("Đòi hỏi tuổi"),
    FlagKind.ORIGIN: N_("Phân biệt quê quán"),
    FlagKind.LOOKS: N_("Đòi hỏi ngoại hình"),
    FlagKind.MARITAL: N_("Hỏi hôn nhân, gia đình"),
    FlagKind.MATERNITY: N_("Hỏi mang thai, sinh con"),
    FlagKind.DISABILITY: N_("Loại người khuyết tật"),
    FlagKind.HEALTH: N_("Hỏi tình trạng bệnh"),
    FlagKind.RELIGION: N_("Hỏi tôn giáo"),
    FlagKind.UNION: N_("Hỏi công đoàn"),
    FlagKind.LEGAL_AGE: N_("Tuổi tối thiểu theo luật"),
}
# What the law says where a wording is marked; shown beside it, so that the firm can be told why.
FLAG_REASONS = {
    FlagKind.SEX: N_("Bộ luật Lao động, điều 3 khoản 8: không chọn người theo giới tính."),
    FlagKind.AGE: N_("Bộ luật Lao động, điều 3 khoản 8: không chọn người theo độ tuổi."),
    FlagKind.ORIGIN: N_(
        "Bộ luật Lao động, điều 3 khoản 8: không chọn người theo dân tộc, nguồn gốc, quê quán."
    ),
    FlagKind.LOOKS: N_(
        "Bộ luật Lao động, điều 3 khoản 8: chỉ hỏi điều mà tính chất công việc đòi hỏi."
    ),
    FlagKind.MARITAL: N_(
        "Bộ luật Lao động, điều 3 khoản 8: không chọn người theo hôn nhân, trách nhiệm gia đình."
    ),
    FlagKind.MATERNITY: N_("Bộ luật Lao động, điều 3 khoản 8: không chọn người theo thai sản."),
    FlagKind.DISABILITY: N_("Bộ luật Lao động, điều 3 khoản 8: không loại người khuyết tật."),
    FlagKind.HEALTH: N_(
        "Bộ luật Lao động, điều 3 khoản 8: không loại người nhiễm HIV; bệnh khác chỉ hỏi khi tính "
        "chất công việc đòi hỏi."
    ),
    FlagKind.RELIGION: N_("Bộ luật Lao động, điều 3 khoản 8: không chọn người theo tôn giáo."),
    FlagKind.UNION: N_(
        "Bộ luật Lao động, điều 3 khoản 8: không chọn người theo việc tham gia công đoàn."
    ),
    FlagKind.LEGAL_AGE: N_("Tuổi tối thiểu do luật định, ghi như vậy được."),
}
DISCRIMINATING = frozenset(FlagKind) - {FlagKind.LEGAL_AGE}
# What a firm may do with its own vacancy; only the centre puts one before job seekers.
FIRM_VERBS = frozenset({"submit", "extend", "hold", "resume", "cut", "close"})
FIRM_EDITABLE = frozenset({VacancyState.DRAFT})
# The code list of each coded field (domain.md 2.2).
LIST_OF = {
    "position": "rank",
    "general_education": "A",
    "qualification": "B",
    "office_it": "C",
    "experience": "N",
    "contract": "O",
    "mode": "I",
    "purpose": "J",
    "pay_kind": "H",
    "shift": "K",
}
LIST_OF_MANY = {
    "languages": "language",
    "soft_skills": "D",
    "extra_demands": "extra",
    "benefits": "P",
    "conditions": "Q",
    "priority_groups": "F",
    "apply_ways": "apply",
    "services": "ask",
}
FIELD_LABELS = {
    "title": N_("Tên công việc"),
    "headcount": N_("Số lượng tuyển"),
    "description": N_("Mô tả công việc"),
    "requirement": N_("Yêu cầu"),
    "occupation_code": N_("Nghề theo danh mục"),
    "position": N_("Chức vụ"),
    "general_education": N_("Trình độ học vấn"),
    "qualification": N_("Trình độ chuyên môn"),
    "field": N_("Chuyên ngành"),
    "skill_grade": N_("Bậc thợ"),
    "certificates": N_("Chứng chỉ bắt buộc"),
    "languages": N_("Ngoại ngữ"),
    "office_it": N_("Tin học"),
    "soft_skills": N_("Kỹ năng mềm"),
    "skills": N_("Kỹ năng nghề"),
    "experience": N_("Kinh nghiệm"),
    "years_experience": N_("Số năm kinh nghiệm"),
    "park_code": N_("Khu công nghiệp"),
    "commune_code": N_("Phường, xã"),
    "place": N_("Nơi làm việc"),
    "contract": N_("Loại hợp đồng"),
    "extra_demands": N_("Yêu cầu thêm"),
    "mode": N_("Hình thức làm việc"),
    "purpose": N_("Mục đích làm việc"),
    "pay_kind": N_("Cách trả lương"),
    "pay_min": N_("Lương từ"),
    "pay_max": N_("Lương đến"),
    "shift": N_("Ca làm"),
    "overtime_hours": N_("Tăng ca"),
    "benefits": N_("Phúc lợi"),
    "conditions": N_("Điều kiện làm việc"),
    "priority_groups": N_("Đối tượng ưu tiên"),
    "apply_ways": N_("Cách ứng tuyển"),
    "services": N_("Mong muốn với trung tâm"),
    "has_dormitory": N_("Ký túc xá"),
    "has_bus": N_("Xe đưa đón"),
    "probation_days": N_("Thử việc"),
    "safety_group": N_("Nhóm an toàn lao động"),
    "round_number": N_("Đợt tuyển"),
    "round_month": N_("Tháng của đợt"),
    "deadline": N_("Hạn nhận hồ sơ"),
    "start_on": N_("Ngày bắt đầu làm"),
    "contact_name": N_("Người liên hệ"),
    "contact_phone": N_("Điện thoại"),
    "contact_email": N_("Email"),
}
# Marked with a star on the official form; a vacancy may live without them, but staff are told.
OFFICIAL = (
    "occupation_code", "position", "general_education", "qualification", "experience", "mode",
    "pay_min", "benefits", "conditions", "apply_ways", "deadline", "contact_name",
    "contact_phone",
)  # fmt: skip
ACTION_LABELS = {
    "draft-vacancy": N_("Tạo bản nháp"),
    "change-vacancy": N_("Sửa nội dung"),
    "import-vacancy": N_("Nhập từ tệp"),
    "file-sheet": N_("Ghi phiếu nhiều vị trí"),
    "give-grounds": N_("Ghi lý do của yêu cầu đặc thù"),
    "approve-wording": N_("Duyệt yêu cầu đặc thù"),
    "remark-wording": N_("Ghi chỗ cần sửa"),
} | {f"{verb}-vacancy": label for verb, label in VERB_LABELS.items()}
VACANCY_SHEET = PaperKind(
    code="vacancy-sheet",
    label=N_("Phiếu thông tin nhu cầu tuyển dụng lao động"),
    prefix="PTD",
    unit=Unit.CENTRE,
    subject="vacancy",
    fields=(
        Field("so_yeu_cau", N_("Số yêu cầu tuyển"), "YC-2026-0007"),
        Field("doanh_nghiep", N_("Doanh nghiệp: tên và trị số từng dòng"), "…", is_list=True),
        Field("nhu_cau", N_("Nhu cầu tuyển: tên và trị số từng dòng"), "…", is_list=True),
        Field("mo_ta", N_("Mô tả công việc"), "Lắp ráp bảng mạch"),
        Field("yeu_cau", N_("Yêu cầu"), "Đọc được bản vẽ"),
        Field("lien_he", N_("Liên hệ: tên và trị số từng dòng"), "…", is_list=True),
    ),
)
