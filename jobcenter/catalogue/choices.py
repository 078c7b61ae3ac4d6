"""Names of the value lists, and what an administrator may do with each."""

from __future__ import annotations

from enum import StrEnum

from jobcenter.kernel.words import N_


class DayKind(StrEnum):
    """What a day of the calendar is, against what its weekday says."""

    HOLIDAY = "holiday"
    OFF = "off"
    WORKING = "working"
    ORDINARY = "ordinary"


DAY_LABELS = {
    DayKind.HOLIDAY: N_("Nghỉ lễ"),
    DayKind.OFF: N_("Nghỉ bù, nghỉ hoán đổi"),
    DayKind.WORKING: N_("Làm bù"),
    DayKind.ORDINARY: N_("Ngày thường (bỏ dòng này)"),
}
DAY_KINDS = {
    DayKind.HOLIDAY: "bad",
    DayKind.OFF: "warn",
    DayKind.WORKING: "sea",
    DayKind.ORDINARY: "quiet",
}


class ParkState(StrEnum):
    """Where a park stands; a closed one is not offered to new records."""

    OPERATING = "operating"
    BUILDING = "building"
    PLANNED = "planned"
    CLOSED = "closed"


PARK_STATE_LABELS = {
    ParkState.OPERATING: N_("Đang vận hành"),
    ParkState.BUILDING: N_("Đang xây"),
    ParkState.PLANNED: N_("Quy hoạch"),
    ParkState.CLOSED: N_("Không còn"),
}


class OnForm(StrEnum):
    """How the registration form asks for a target group."""

    OWN = "own"
    WITH = "with"
    OTHER = "other"


ON_FORM_LABELS = {
    OnForm.OWN: N_("Ô riêng"),
    OnForm.WITH: N_("Chung ô nghèo, cận nghèo"),
    OnForm.OTHER: N_("Ghi ở mục khác"),
}


class InSurvey(StrEnum):
    """Whether the labour-supply survey counts a target group."""

    YES = "yes"
    RELATIVE = "relative"
    NO = "no"


IN_SURVEY_LABELS = {
    InSurvey.YES: N_("Có"),
    InSurvey.RELATIVE: N_("Có (thân nhân)"),
    InSurvey.NO: N_("Không"),
}
REGIONS = (1, 2, 3, 4)


class Award(StrEnum):
    """The paper that a learner of a programme type gets in the end."""

    CERTIFICATE = "certificate"
    SHORT_CERTIFICATE = "short-certificate"
    DIPLOMA = "diploma"
    SAFETY_CERTIFICATE = "safety-certificate"
    SAFETY_CARD = "safety-card"
    SAFETY_BOOK = "safety-book"
    NONE = "none"


AWARD_LABELS = {
    Award.CERTIFICATE: N_("Chứng chỉ sơ cấp"),
    Award.SHORT_CERTIFICATE: N_("Chứng chỉ đào tạo"),
    Award.DIPLOMA: N_("Bằng tốt nghiệp"),
    Award.SAFETY_CERTIFICATE: N_("Giấy chứng nhận huấn luyện"),
    Award.SAFETY_CARD: N_("Thẻ an toàn, do doanh nghiệp cấp"),
    Award.SAFETY_BOOK: N_("Ghi sổ theo dõi, không cấp giấy"),
    Award.NONE: N_("Trường không cấp bằng"),
}


class Unit(StrEnum):
    """The two houses under one roof; each issues papers in its own name."""

    CENTRE = "centre"
    SCHOOL = "school"


UNIT_LABELS = {Unit.CENTRE: N_("Trung tâm"), Unit.SCHOOL: N_("Trường")}
# Numbers given inside the house, beside those of papers: (unit, prefix, width, name).
FILE_NUMBERS = {
    "seeker-file": (Unit.CENTRE, "HS", 5, N_("Hồ sơ người tìm việc")),
    "vacancy": (Unit.CENTRE, "YC", 4, N_("Yêu cầu tuyển dụng")),
    "learner": (Unit.SCHOOL, "HV", 5, N_("Học viên")),
    "sheet": (Unit.CENTRE, "PN", 4, N_("Phiếu nhu cầu nhiều vị trí")),
}
# What each list of domain.md 2.3 is for; the order is that of the page.
LIST_NAMES = {
    "A": N_("Học vấn phổ thông"),
    "B": N_("Trình độ chuyên môn kỹ thuật"),
    "C": N_("Mức thành thạo ngoại ngữ, tin học"),
    "D": N_("Kỹ năng mềm"),
    "E": N_("Tình trạng việc làm"),
    "F": N_("Đối tượng ưu tiên"),
    "G": N_("Dịch vụ đăng ký"),
    "H": N_("Cách trả lương"),
    "H-band": N_("Mức lương in trên phiếu"),
    "I": N_("Hình thức làm việc"),
    "J": N_("Mục đích làm việc"),
    "K": N_("Ca làm"),
    "L": N_("Loại hình đơn vị"),
    "M": N_("Trạng thái hồ sơ"),
    "N": N_("Kinh nghiệm yêu cầu"),
    "O": N_("Loại hợp đồng"),
    "P": N_("Phúc lợi"),
    "Q": N_("Điều kiện làm việc"),
    "R": N_("Kết quả giới thiệu"),
    "S": N_("Cách tư vấn"),
    "T": N_("Loại phiên giao dịch việc làm"),
    "U": N_("Nhóm vị trí trên bản tin"),
    "V": N_("Loại chương trình đào tạo"),
    "W": N_("Nguồn kinh phí"),
    "rank": N_("Chức vụ"),
    "extra": N_("Yêu cầu thêm"),
    "apply": N_("Hình thức tuyển dụng"),
    "ask": N_("Mong muốn với trung tâm"),
    "size": N_("Quy mô lao động"),
    "language": N_("Ngoại ngữ"),
    "country": N_("Nước đầu tư"),
    "figure": N_("Nguồn số liệu lao động"),
}
# The program itself acts by these codes: they may be renamed and reordered, not added or ended.
FIXED_LISTS = frozenset({"M", "R"})
# `Right.CATALOGUE_WRITE`: accounts stands on this floor too, so its value is said here.
WRITE = "catalogue.write"
CODE_PATTERN = r"[A-Za-z0-9][A-Za-z0-9-]{0,39}"
