"""Sex, purposes of consent, ways of giving it."""

from __future__ import annotations

from enum import StrEnum

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
CONSENT_TEXT_VERSION = "2026-01"


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
            "muc_dich", N_("Từng mục đích: ten, tra_loi, ngay, cach"),
            "Giới thiệu với doanh nghiệp", is_list=True,
        ),
    ),
)  # fmt: skip
