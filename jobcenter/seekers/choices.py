"""States of a job seeker's file (list M) and the lists it is written in."""

from __future__ import annotations

from enum import StrEnum

from jobcenter.kernel.moves import moves
from jobcenter.kernel.words import N_
from jobcenter.settings.choices import Kind, Setting


class FileState(StrEnum):
    """List M."""

    NEW = "new"
    LOOKING = "looking"
    REFERRED = "referred"
    PLACED = "placed"
    FOUND_ALONE = "found-alone"
    PAUSED = "paused"
    CLOSED = "closed"
    ANONYMISED = "anonymised"


STATE_LABELS = {
    FileState.NEW: N_("Mới"),
    FileState.LOOKING: N_("Đang tìm việc"),
    FileState.REFERRED: N_("Đã giới thiệu"),
    FileState.PLACED: N_("Đã có việc (do trung tâm)"),
    FileState.FOUND_ALONE: N_("Đã có việc (tự tìm)"),
    FileState.PAUSED: N_("Tạm ngừng"),
    FileState.CLOSED: N_("Đóng"),
    FileState.ANONYMISED: N_("Đã ẩn danh"),
}
STATE_KINDS = {
    FileState.NEW: "sea",
    FileState.LOOKING: "sea",
    FileState.REFERRED: "warn",
    FileState.PLACED: "ok",
    FileState.FOUND_ALONE: "ok",
}
# Who is offered to firms: whoever still wants work.
AVAILABLE = frozenset({FileState.NEW, FileState.LOOKING, FileState.REFERRED})

_OPEN = (FileState.NEW, FileState.LOOKING, FileState.REFERRED)
_ENDED = (FileState.PLACED, FileState.FOUND_ALONE, FileState.PAUSED, FileState.CLOSED)
FILE_MOVES = moves(
    [
        ("start-search", (FileState.NEW,), FileState.LOOKING),
        ("pause", _OPEN, FileState.PAUSED),
        ("found-work", (*_OPEN, FileState.PAUSED), FileState.FOUND_ALONE),
        ("close", (*_OPEN, FileState.PAUSED), FileState.CLOSED),
        ("reopen", _ENDED, FileState.LOOKING),
    ]
)
# Follow a placement by themselves; a file that is closed is left alone.
JOB_MOVES = moves(
    [
        ("place", (*_OPEN, FileState.PAUSED, FileState.FOUND_ALONE), FileState.PLACED),
        ("leave-job", (FileState.PLACED,), FileState.LOOKING),
    ]
)
VERB_LABELS = {
    "start-search": N_("Bắt đầu tìm việc"),
    "pause": N_("Tạm ngừng hồ sơ"),
    "found-work": N_("Ghi đã tự tìm được việc"),
    "close": N_("Đóng hồ sơ"),
    "reopen": N_("Mở lại hồ sơ"),
    "place": N_("Đã nhận việc"),
    "leave-job": N_("Đã nghỉ việc"),
}


class Side(StrEnum):
    """Which of two values stays when two files become one."""

    KEEP = "keep"
    TAKE = "take"
    BOTH = "both"


SIDE_LABELS = {
    Side.KEEP: N_("Của hồ sơ ở lại"),
    Side.TAKE: N_("Của hồ sơ gộp vào"),
    Side.BOTH: N_("Cả hai"),
}

# Names of fields as people read them: in the history and where two versions stand side by side.
FIELD_LABELS = {
    "full_name": N_("Họ và tên"),
    "birth": N_("Ngày sinh"),
    "birth_date": N_("Ngày sinh"),
    "birth_year": N_("Năm sinh"),
    "sex": N_("Giới tính"),
    "id_number": N_("Số CCCD"),
    "state": N_("Trạng thái"),
    "responsible_id": N_("Người phụ trách"),
    "sensitive": N_("Thông tin nhạy cảm"),
    "old_id_number": N_("Số CMND cũ"),
    "id_issued_on": N_("Ngày cấp"),
    "id_issued_by": N_("Nơi cấp"),
    "ethnicity": N_("Dân tộc"),
    "phone": N_("Điện thoại"),
    "email": N_("Email"),
    "zalo": N_("Zalo"),
    "permanent_commune": N_("Phường, xã thường trú"),
    "permanent_detail": N_("Địa chỉ thường trú"),
    "current_commune": N_("Phường, xã đang ở"),
    "current_detail": N_("Địa chỉ đang ở"),
    "social_insurance_number": N_("Mã số BHXH"),
    "general_education": N_("Học phổ thông"),
    "qualification": N_("Trình độ nghề cao nhất"),
    "skill_grade": N_("Bậc thợ"),
    "office_it": N_("Tin học văn phòng"),
    "other_it": N_("Tin học khác"),
    "soft_skills": N_("Kỹ năng mềm"),
    "skills": N_("Việc làm được, máy đã dùng"),
    "employment_status": N_("Tình trạng việc làm"),
    "status_since": N_("Từ ngày"),
    "job_loss_reason": N_("Lý do mất việc"),
    "last_pay": N_("Lương trước đây"),
    "on_unemployment_benefit": N_("Đang hưởng trợ cấp thất nghiệp"),
    "services": N_("Đến vì"),
    "pay_wanted": N_("Lương mong muốn"),
    "pay_min": N_("Lương thấp nhất"),
    "mode": N_("Hình thức làm việc"),
    "purpose": N_("Mục đích làm việc"),
    "shifts": N_("Ca làm nhận được"),
    "accepts_overtime": N_("Nhận tăng ca"),
    "needs_dormitory": N_("Cần ký túc xá"),
    "needs_bus": N_("Cần xe đưa đón"),
    "employer_types": N_("Loại hình đơn vị mong muốn"),
    "parks": N_("Khu công nghiệp mong muốn"),
    "available_on": N_("Đi làm được từ"),
    "height_cm": N_("Chiều cao"),
    "weight_kg": N_("Cân nặng"),
    "health": N_("Sức khoẻ"),
    "note": N_("Ghi chú"),
    "wishes": N_("Việc mong muốn"),
    "qualifications": N_("Bằng nghề"),
    "certificates": N_("Chứng chỉ nghề"),
    "experiences": N_("Việc đã làm"),
    "languages": N_("Ngoại ngữ"),
    "target_groups": N_("Diện ưu tiên"),
}
ACTION_LABELS = {
    "register-seeker": N_("Mở hồ sơ"),
    "take-out-seeker": N_("Gỡ hồ sơ nhập nhầm từ tệp"),
    "change-seeker": N_("Sửa hồ sơ"),
    "move-seeker": N_("Chuyển trạng thái"),
    "change-dossier": N_("Ghi hồ sơ xin việc"),
    "hand-over-file": N_("Bàn giao hồ sơ"),
    "give-consent": N_("Ghi sự đồng ý"),
    "withdraw-consent": N_("Ghi rút đồng ý"),
    "merge-seeker": N_("Gộp hồ sơ"),
    "merge-person": N_("Gộp người"),
    "undo-merge": N_("Gỡ gộp"),
    "say-apart": N_("Ghi là hai người khác nhau"),
}

LEAST_AGE = Setting(
    key="legal-age",
    kind=Kind.INTEGER,
    group=N_("Pháp luật"),
    label=N_("Tuổi ít nhất để ghi hồ sơ tìm việc"),
    hint=N_("Luật Việc làm 74/2025: từ đủ 15 tuổi"),
    default=15,
    unit=N_("tuổi"),
    least=13,
    most=21,
)


class Paper(StrEnum):
    """What an application is made of; an ID is looked at and given back, never copied."""

    CV = "cv"
    APPLICATION = "application"
    HEALTH_CHECK = "health-check"
    ID_SEEN = "id-seen"
    DEGREES = "degrees"
    CERTIFICATES = "certificates-copied"
    PHOTOS = "photos"
    INSURANCE_BOOK = "insurance-book"
    OTHER = "other-papers"


PAPER_LABELS = {
    Paper.CV: N_("Sơ yếu lý lịch, CV"),
    Paper.APPLICATION: N_("Đơn xin việc"),
    Paper.HEALTH_CHECK: N_("Giấy khám sức khoẻ"),
    Paper.ID_SEEN: N_("CCCD đã xem bản gốc, không giữ bản chụp"),
    Paper.DEGREES: N_("Bằng tốt nghiệp, bằng nghề"),
    Paper.CERTIFICATES: N_("Chứng chỉ, thẻ nghề"),
    Paper.PHOTOS: N_("Ảnh thẻ"),
    Paper.INSURANCE_BOOK: N_("Sổ BHXH"),
    Paper.OTHER: N_("Giấy khác"),
}
# What every firm asks for before it takes anybody in.
ALWAYS_NEEDED = (Paper.CV, Paper.APPLICATION, Paper.HEALTH_CHECK, Paper.ID_SEEN, Paper.PHOTOS)


class PaperState(StrEnum):
    """Where one paper of the dossier stands; told by its row and the day."""

    HAVE = "have"
    LACKING = "lacking"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


PAPER_STATE_LABELS = {
    PaperState.HAVE: N_("Đã có"),
    PaperState.LACKING: N_("Còn thiếu"),
    PaperState.EXPIRED: N_("Hết hạn"),
    PaperState.UNKNOWN: N_("Chưa hỏi"),
}
PAPER_STATE_KINDS = {
    PaperState.HAVE: "ok",
    PaperState.LACKING: "warn",
    PaperState.EXPIRED: "bad",
    PaperState.UNKNOWN: "ask",
}
