"""Sex, purposes of consent, ways of giving it, why two records may be one person."""

from __future__ import annotations

from enum import IntEnum, StrEnum

from jobcenter.kernel.words import N_
from jobcenter.papers.choices import Field, PaperKind, Unit


class Sex(StrEnum):
    """As the registration form asks; never read by the matcher."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


SEX_LABELS = {Sex.FEMALE: N_("Nữ"), Sex.MALE: N_("Nam"), Sex.OTHER: N_("Khác")}


class Purpose(StrEnum):
    """What a consent is for: one row per purpose, never one yes for all."""

    REGISTER = "register"
    INTRODUCE = "introduce"
    PUBLISH = "publish"
    STATISTICS = "statistics"
    SENSITIVE = "sensitive"
    KEEP = "keep"


PURPOSE_LABELS = {
    Purpose.REGISTER: N_("Lưu hồ sơ tìm việc tại trung tâm"),
    Purpose.INTRODUCE: N_("Giới thiệu với doanh nghiệp, hỏi lại từng nơi"),
    Purpose.PUBLISH: N_("Cho doanh nghiệp xem hồ sơ che tên"),
    Purpose.STATISTICS: N_("Dùng số liệu không tên để thống kê"),
    Purpose.SENSITIVE: N_("Ghi thông tin nhạy cảm (dân tộc, sức khoẻ, diện ưu tiên)"),
    Purpose.KEEP: N_("Giữ hồ sơ sau khi không trúng tuyển"),
}
CONSENT_TEXT_VERSION = "2026-01"  # the words that come with the software; see `texts`


class Way(StrEnum):
    """How a consent was given; the evidence names the paper or the call."""

    COUNTER = "counter"
    PAPER = "paper"
    PHONE = "phone"
    ONLINE = "online"


WAY_LABELS = {
    Way.COUNTER: N_("Tại quầy"),
    Way.PAPER: N_("Trên giấy"),
    Way.PHONE: N_("Qua điện thoại"),
    Way.ONLINE: N_("Trên trang này"),
}
CONSENT_SHEET = PaperKind(
    code="consent-sheet",
    label=N_("Phiếu đồng ý xử lý dữ liệu cá nhân"),
    prefix="PDY",
    unit=Unit.CENTRE,
    subject="person",
    fields=(
        Field("ho_ten", N_("Họ và tên"), "Nguyễn Thị Thu Hường"),
        Field("ngay_sinh", N_("Ngày sinh"), "14/03/1998"),
        Field("so_cccd", N_("Số CCCD (chỉ hiện 4 số cuối)"), "********1234"),
        Field("dien_thoai", N_("Điện thoại"), "0912 345 678"),
        Field("so_ho_so", N_("Số hồ sơ"), "HS-2026-00017"),
        Field("ban_van_ban", N_("Phiên bản lời văn"), "2026-01"),
        Field(
            "muc_dich", N_("Từng mục đích: ten, loi_van, ban, tra_loi, ngay, cach"),
            "Giới thiệu với doanh nghiệp", is_list=True,
        ),
    ),
)  # fmt: skip


class Reason(StrEnum):
    """Why two records may be of one person, the strongest first; then what explains a difference.

    "Name" here is its folded words in any order.
    """

    SAME_ID = "same-id"
    SAME_OLD_ID = "same-old-id"
    NAME_AND_TAIL = "name-and-tail"
    NAME_AND_BIRTH_DATE = "name-and-birth-date"
    NAME_AND_PHONE = "name-and-phone"
    NAME_AND_NEAR_DATE = "name-and-near-date"
    NEAR_NAME_AND_BIRTH_DATE = "near-name-and-birth-date"
    NEAR_NAME_AND_PHONE = "near-name-and-phone"
    NAME_AND_BIRTH_YEAR = "name-and-birth-year"
    NEAR_NAME_AND_BIRTH_YEAR = "near-name-and-birth-year"
    NAME_ALONE = "name-alone"
    SAME_PHONE = "same-phone"
    NEAR_ID = "near-id"
    SWAPPED_ORDER = "swapped-order"
    UNACCENTED = "unaccented"
    OTHER_MARKS = "other-marks"
    SHORT_NAME = "short-name"
    OLD_PREFIX = "old-prefix"
    OTHER_ID = "other-id"


REASON_LABELS = {
    Reason.SAME_ID: N_("Cùng số CCCD"),
    Reason.SAME_OLD_ID: N_("Cùng số CMND cũ"),
    Reason.NAME_AND_TAIL: N_("Cùng họ tên và 4 số cuối CCCD"),
    Reason.NAME_AND_BIRTH_DATE: N_("Cùng họ tên và ngày sinh"),
    Reason.NAME_AND_PHONE: N_("Cùng họ tên và số điện thoại"),
    Reason.NAME_AND_NEAR_DATE: N_("Cùng họ tên, ngày sinh lệch một chữ số hoặc đảo ngày tháng"),
    Reason.NEAR_NAME_AND_BIRTH_DATE: N_("Họ tên gần giống, cùng ngày sinh"),
    Reason.NEAR_NAME_AND_PHONE: N_("Họ tên gần giống, cùng số điện thoại"),
    Reason.NAME_AND_BIRTH_YEAR: N_("Cùng họ tên và năm sinh"),
    Reason.NEAR_NAME_AND_BIRTH_YEAR: N_("Họ tên gần giống, cùng năm sinh"),
    Reason.NAME_ALONE: N_("Cùng họ tên, một bên chưa ghi năm sinh"),
    Reason.SAME_PHONE: N_("Cùng số điện thoại: có thể người nhà"),
    Reason.NEAR_ID: N_("Số CCCD chỉ lệch một, hai chữ số"),
    Reason.SWAPPED_ORDER: N_("Họ và tên viết đảo thứ tự"),
    Reason.UNACCENTED: N_("Một bên viết không dấu"),
    Reason.OTHER_MARKS: N_("Tên chỉ khác dấu"),
    Reason.SHORT_NAME: N_("Một bên thiếu một chữ trong tên"),
    Reason.OLD_PREFIX: N_("Đầu số cũ đã đổi năm 2018"),
    Reason.OTHER_ID: N_("Số CCCD khác nhau"),
}


class Strength(IntEnum):
    """How much a likeness says. A certain one can never be passed over."""

    WEAK = 1
    LIKELY = 2
    STRONG = 3
    CERTAIN = 4


STRENGTH_LABELS = {
    Strength.CERTAIN: N_("Chắc chắn trùng"),
    Strength.STRONG: N_("Rất có thể trùng"),
    Strength.LIKELY: N_("Có thể trùng"),
    Strength.WEAK: N_("Ít có khả năng"),
}
