"""For whom a list is made, and why someone was set aside."""

from __future__ import annotations

from enum import StrEnum

from jobcenter.kernel.words import N_
from jobcenter.papers.choices import Field, PaperKind, Unit
from jobcenter.settings.choices import Kind, Setting


class Audience(StrEnum):
    """Who sees a list: the firm's is masked and holds only people who agreed to be shown."""

    COUNSELLOR = "counsellor"
    ENTERPRISE = "enterprise"
    SEEKER = "seeker"


class Unsuitable(StrEnum):
    """Why a person is not suitable for a vacancy, as the counsellor sees it."""

    SKILL = "skill"
    PLACE = "place"
    SHIFT = "shift"
    PAY = "pay"
    UNREACHABLE = "unreachable"
    NOT_WANTED = "not-wanted"
    OTHER = "other"


UNSUITABLE_LABELS = {
    Unsuitable.SKILL: N_("Tay nghề chưa hợp"),
    Unsuitable.PLACE: N_("Đi lại không tiện"),
    Unsuitable.SHIFT: N_("Ca làm không hợp"),
    Unsuitable.PAY: N_("Lương không hợp"),
    Unsuitable.UNREACHABLE: N_("Chưa liên lạc được"),
    Unsuitable.NOT_WANTED: N_("Người lao động không muốn"),
    Unsuitable.OTHER: N_("Lý do khác"),
}
CANDIDATE_SHEET = PaperKind(
    code="candidate-sheet",
    label=N_("Danh sách ứng viên"),
    prefix="DSU",
    unit=Unit.CENTRE,
    subject="vacancy",
    fields=(
        Field("kinh_gui", N_("Kính gửi"), "Công ty TNHH Điện tử Bình Minh"),
        Field("vi_tri", N_("Vị trí tuyển"), "Công nhân lắp ráp điện tử"),
        Field("so_yeu_cau", N_("Số yêu cầu tuyển"), "YC-2026-0007"),
        Field("con_tuyen", N_("Còn tuyển"), "31 trên 40"),
        Field("tong_so", N_("Số người trong danh sách"), "20"),
        Field(
            "ung_vien",
            N_("Từng người: stt, ma, viec, noi_o, di_lam_tu, dieu_kien, hop_viec"),
            "UV-7K3M",
            is_list=True,
        ),
    ),
    valid_days=30,
)

SEEKER_VACANCIES = Setting(
    key="seeker-vacancies",
    kind=Kind.INTEGER,
    group=N_("Danh sách"),
    label=N_("Số vị trí gợi ý cho một người"),
    default=30,
    least=5,
    most=100,
)
