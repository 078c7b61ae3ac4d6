"""States of a blank, events of a register line, kinds of certificates, states of an order."""

from __future__ import annotations

from enum import StrEnum

from jobcenter.catalogue.choices import Award
from jobcenter.kernel.words import N_
from jobcenter.papers.choices import Field, PaperKind, Unit


class BlankState(StrEnum):
    """Where a blank is."""

    IN_STOCK = "in-stock"
    USED = "used"
    SPOILED = "spoiled"
    RETURNED = "returned"


BLANK_LABELS = {
    BlankState.IN_STOCK: N_("Còn trong kho"),
    BlankState.USED: N_("Đã dùng"),
    BlankState.SPOILED: N_("Hỏng"),
    BlankState.RETURNED: N_("Đã trả lại"),
}


class Entry(StrEnum):
    """What happened to a line of the register."""

    ISSUED = "issued"
    BLANK_REPLACED = "blank-replaced"
    REISSUED = "reissued"
    HANDED_OVER = "handed-over"
    REVOKED = "revoked"
    CANCELLED = "cancelled"


ENTRY_LABELS = {
    Entry.ISSUED: N_("Cấp lần đầu"),
    Entry.BLANK_REPLACED: N_("Đổi phôi vì in hỏng"),
    Entry.REISSUED: N_("Cấp lại"),
    Entry.HANDED_OVER: N_("Đã trao"),
    Entry.REVOKED: N_("Thu hồi"),
    Entry.CANCELLED: N_("Huỷ vì ghi sai"),
}
ENDS = frozenset({Entry.REVOKED, Entry.CANCELLED})
# What is done to a line after it was issued; these want a reason, the first two a blank.
NEW_BLANK = frozenset({Entry.BLANK_REPLACED, Entry.REISSUED})
REASONED = NEW_BLANK | ENDS


class OrderState(StrEnum):
    """An enterprise's order of a safety class."""

    ASKED = "asked"
    PLANNED = "planned"
    DECLINED = "declined"


ORDER_LABELS = {
    OrderState.ASKED: N_("Mới gửi"),
    OrderState.PLANNED: N_("Đã xếp lớp"),
    OrderState.DECLINED: N_("Chưa mở được"),
}
ORDER_KINDS = {
    OrderState.ASKED: "sea",
    OrderState.PLANNED: "ok",
    OrderState.DECLINED: "bad",
}
_FIELDS = (
    Field("ho_ten", N_("Họ và tên"), "Trần Hữu An"),
    Field("ngay_sinh", N_("Ngày sinh"), "14/03/1998"),
    Field("gioi_tinh", N_("Giới tính"), "Nam"),
    Field("nghe", N_("Nghề, chương trình"), "Điện công nghiệp"),
    Field("lop", N_("Lớp"), "SC-DCN-K12"),
    Field("tu_den", N_("Thời gian học"), "từ 05/10/2026 đến 22/01/2027"),
    Field("so_gio", N_("Số giờ"), "300"),
    Field("xep_loai", N_("Xếp loại"), "Khá"),
    Field("nhom", N_("Nhóm huấn luyện"), "1"),
    Field("don_vi_cong_tac", N_("Đơn vị công tác"), "Công ty TNHH Sao Biển"),
    Field("hieu_luc", N_("Có giá trị đến"), "22/01/2029"),
)


def _kind(award: Award, label: str, prefix: str) -> PaperKind:
    return PaperKind(
        code=award.value, label=label, prefix=prefix, unit=Unit.SCHOOL, subject="enrolment",
        fields=_FIELDS,
    )  # fmt: skip


# The certificates that the school itself issues, by award.
KINDS = {
    Award.CERTIFICATE: _kind(Award.CERTIFICATE, N_("Chứng chỉ sơ cấp"), "CCSC"),
    Award.SHORT_CERTIFICATE: _kind(Award.SHORT_CERTIFICATE, N_("Chứng chỉ đào tạo"), "CCDT"),
    Award.DIPLOMA: _kind(Award.DIPLOMA, N_("Bằng tốt nghiệp"), "BTN"),
    Award.SAFETY_CERTIFICATE: _kind(
        Award.SAFETY_CERTIFICATE, N_("Giấy chứng nhận huấn luyện an toàn"), "GCNHL"
    ),
}
# Printed on numbered blanks; a safety certificate is printed whole.
ON_BLANKS = (Award.CERTIFICATE, Award.SHORT_CERTIFICATE, Award.DIPLOMA)
SAFETY = frozenset({Award.SAFETY_CERTIFICATE, Award.SAFETY_CARD, Award.SAFETY_BOOK})
WINDOWS = (0, 30, 60)  # days before the last day of a safety paper
MOST_BLANKS = 2000  # received at once
ACTION_LABELS = {
    "receive-blanks": N_("Nhập phôi"),
    "end-blank": N_("Ghi phôi hỏng, trả lại"),
    "count-blanks": N_("Kiểm kê phôi"),
    "issue-certificate": N_("Cấp chứng chỉ"),
    "write-certificate": N_("Ghi tiếp vào sổ cấp chứng chỉ"),
    "enter-safety": N_("Ghi sổ huấn luyện an toàn"),
    "write-card": N_("Ghi thẻ an toàn do doanh nghiệp cấp"),
    "order-training": N_("Đặt lớp huấn luyện"),
    "answer-order": N_("Trả lời đặt lớp huấn luyện"),
}
