"""What runs by the clock and how often; `jobs` says what each of them does."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from jobcenter.kernel.words import N_


@dataclass(frozen=True)
class Schedule:
    """One piece of scheduled work; `most` is how long a run may hold it."""

    name: str
    label: str
    every: dt.timedelta
    most: dt.timedelta = dt.timedelta(minutes=30)


SCHEDULES: tuple[Schedule, ...] = (
    Schedule("deliver", N_("Gửi tin đang chờ"), dt.timedelta(seconds=20), dt.timedelta(minutes=5)),
    Schedule("seal-logs", N_("Niêm phong nhật ký"), dt.timedelta(minutes=10)),
    Schedule(
        "check-seals", N_("Kiểm tra dấu niêm phong"), dt.timedelta(hours=24), dt.timedelta(hours=2)
    ),
    Schedule(
        "check-promises",
        N_("Kiểm tra điều phải luôn đúng"),
        dt.timedelta(hours=24),
        dt.timedelta(hours=2),
    ),
    Schedule("find-suspects", N_("Tìm người có hai hồ sơ"), dt.timedelta(hours=24)),
    Schedule("clear-files", N_("Xoá tệp kết quả quá 7 ngày"), dt.timedelta(hours=6)),
    Schedule(
        "close-due", N_("Đóng vị trí quá hạn, nhắc vị trí sắp hết hạn"), dt.timedelta(hours=6)
    ),
    Schedule(
        "finish-erasures",
        N_("Xoá người đã xoá khỏi chỉ mục và tệp"),
        dt.timedelta(minutes=1),
        dt.timedelta(hours=2),
    ),
    Schedule("ask-placed", N_("Hỏi thăm người đã nhận việc"), dt.timedelta(hours=12)),
    Schedule("remind-appointments", N_("Nhắc người có hẹn ngày mai"), dt.timedelta(hours=3)),
    Schedule("find-due", N_("Tìm hồ sơ hết hạn lưu, xoá tên khách cũ"), dt.timedelta(hours=24)),
    Schedule(
        "class-offers", N_("Hết hạn giữ chỗ trong lớp, mời người kế tiếp"), dt.timedelta(minutes=10)
    ),
    Schedule("sweep-drafts", N_("Xoá bản nháp quá hạn giữ"), dt.timedelta(hours=6)),
)
