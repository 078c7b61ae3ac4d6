"""Names of the value lists, and what an administrator may do with each."""

from __future__ import annotations

from jobcenter.kernel.words import N_

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
}
# The program itself acts by these codes: they may be renamed and reordered, not added or ended.
FIXED_LISTS = frozenset({"M", "R"})
# `Right.CATALOGUE_WRITE`: accounts stands on this floor too, so its value is said here.
WRITE = "catalogue.write"
CODE_PATTERN = r"[A-Za-z0-9][A-Za-z0-9-]{0,39}"
