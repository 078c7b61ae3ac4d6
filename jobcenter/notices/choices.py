"""States of a notice, channels, and how a person answered."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from jobcenter.kernel.words import N_


class NoticeState(StrEnum):
    """The life of a notice."""

    WAITING = "waiting"
    HELD = "held"
    SENT = "sent"
    BUNDLED = "bundled"
    DEAD = "dead"
    CANCELLED = "cancelled"


STATE_LABELS = {
    NoticeState.WAITING: N_("Đang chờ gửi"),
    NoticeState.HELD: N_("Đang gửi"),
    NoticeState.SENT: N_("Đã gửi"),
    NoticeState.BUNDLED: N_("Gộp trong thư tổng hợp"),
    NoticeState.DEAD: N_("Không gửi được"),
    NoticeState.CANCELLED: N_("Đã bỏ"),
}
STATE_KINDS = {
    NoticeState.WAITING: "quiet",
    NoticeState.HELD: "sea",
    NoticeState.SENT: "ok",
    NoticeState.BUNDLED: "ok",
    NoticeState.DEAD: "bad",
    NoticeState.CANCELLED: "quiet",
}


class Channel(StrEnum):
    """How a notice reached somebody."""

    INSIDE = "inside"
    EMAIL = "email"
    ZALO = "zalo"
    SMS = "sms"
    CALL = "call"


CHANNEL_LABELS = {
    Channel.INSIDE: N_("Trên trang này"),
    Channel.EMAIL: N_("Email"),
    Channel.ZALO: N_("Zalo"),
    Channel.SMS: N_("Tin nhắn SMS"),
    Channel.CALL: N_("Gọi điện"),
}


class CallState(StrEnum):
    """A call to make."""

    OPEN = "open"
    DONE = "done"
    GIVEN_UP = "given-up"


CALL_LABELS = {
    CallState.OPEN: N_("Cần gọi"),
    CallState.DONE: N_("Đã gọi được"),
    CallState.GIVEN_UP: N_("Gọi không được"),
}
ACTION_LABELS = {
    "replay-notice": N_("Gửi lại tin"),
    "cancel-notice": N_("Bỏ tin chưa gửi"),
    "close-call": N_("Ghi kết quả gọi"),
    "record-reply": N_("Ghi câu trả lời"),
}
# Minutes before another try; after the last the notice is dead, and can be replayed.
BACK_OFF = (1, 5, 30, 120, 480)
QUIET_FROM, QUIET_TO = dt.time(20, 0), dt.time(7, 0)
DIGEST_AT = dt.time(7, 30)
MOST_A_DAY = 3
