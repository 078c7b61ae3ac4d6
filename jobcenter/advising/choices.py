"""States of a visit, the moves between them, and the counter's constants."""

from __future__ import annotations

from enum import StrEnum

from jobcenter.kernel.moves import moves
from jobcenter.kernel.words import N_
from jobcenter.papers.choices import Field, PaperKind, Unit
from jobcenter.settings.choices import Kind, Setting

TICKET_LETTER = "A"
DESKS = range(1, 13)
# From so many minutes on, a wait is shown in amber.
WAIT_AMBER = Setting(
    key="counter-wait-amber",
    kind=Kind.MINUTES,
    group=N_("Quầy"),
    label=N_("Chờ từ bao lâu thì báo"),
    hint=N_("Người chờ lâu hơn hiện màu vàng trên trang hôm nay"),
    default=10,
    least=1,
    most=480,
)
LAST_SHOWN = Setting(
    key="counter-last-shown",
    kind=Kind.INTEGER,
    group=N_("Quầy"),
    label=N_("Số lượt vừa xong hiện trên trang hôm nay"),
    default=8,
    least=1,
    most=50,
)


class VisitState(StrEnum):
    """Where a visitor is; the last two are over."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    DONE = "done"
    LEFT = "left"


VISIT_LABELS = {
    VisitState.WAITING: N_("Đang chờ"),
    VisitState.CALLED: N_("Đã mời vào"),
    VisitState.SERVING: N_("Đang tiếp"),
    VisitState.DONE: N_("Đã tiếp xong"),
    VisitState.LEFT: N_("Bỏ về"),
}
VISIT_KINDS = {
    VisitState.CALLED: "warn",
    VisitState.SERVING: "sea",
    VisitState.DONE: "ok",
}
AT_HAND = frozenset({VisitState.CALLED, VisitState.SERVING})
OPEN = AT_HAND | {VisitState.WAITING}
OVER = frozenset({VisitState.DONE, VisitState.LEFT})

VISIT_MOVES = moves(
    [
        ("call", (VisitState.WAITING,), VisitState.CALLED),
        ("recall", (VisitState.CALLED,), VisitState.CALLED),
        ("start", (VisitState.CALLED,), VisitState.SERVING),
        ("finish", AT_HAND, VisitState.DONE),
        ("hand-over", OPEN, VisitState.WAITING),
        ("leave", (VisitState.WAITING, VisitState.CALLED), VisitState.LEFT),
    ]
)


class Outcome(StrEnum):
    """What a consultation led to."""

    ADVISED = "advised"
    TO_REFERRAL = "to-referral"
    TO_CLASS = "to-class"
    LACKS_PAPERS = "lacks-papers"
    NOTHING_FITS = "nothing-fits"
    PASSED_ON = "passed-on"


OUTCOME_LABELS = {
    Outcome.ADVISED: N_("Đã giải đáp xong"),
    Outcome.TO_REFERRAL: N_("Sẽ giới thiệu việc"),
    Outcome.TO_CLASS: N_("Chuyển sang học nghề"),
    Outcome.LACKS_PAPERS: N_("Còn thiếu giấy tờ, thông tin"),
    Outcome.NOTHING_FITS: N_("Chưa có việc hợp"),
    Outcome.PASSED_ON: N_("Chuyển nơi khác giải quyết"),
}


class Doer(StrEnum):
    """Who does a step of a plan."""

    PERSON = "person"
    CENTRE = "centre"


DOER_LABELS = {Doer.PERSON: N_("Người tìm việc"), Doer.CENTRE: N_("Trung tâm")}


class AppointmentState(StrEnum):
    """What became of an appointment."""

    BOOKED = "booked"
    KEPT = "kept"
    MISSED = "missed"
    CANCELLED = "cancelled"


APPOINTMENT_LABELS = {
    AppointmentState.BOOKED: N_("Đã hẹn"),
    AppointmentState.KEPT: N_("Đã đến hẹn"),
    AppointmentState.MISSED: N_("Không đến hẹn"),
    AppointmentState.CANCELLED: N_("Đã huỷ hẹn"),
}
APPOINTMENT_KINDS = {
    AppointmentState.BOOKED: "sea",
    AppointmentState.KEPT: "ok",
    AppointmentState.MISSED: "warn",
}
APPOINTMENT_MOVES = moves(
    [
        ("keep", (AppointmentState.BOOKED,), AppointmentState.KEPT),
        ("miss", (AppointmentState.BOOKED,), AppointmentState.MISSED),
        ("cancel", (AppointmentState.BOOKED,), AppointmentState.CANCELLED),
    ]
)


class ComplaintKind(StrEnum):
    """What a complaint is about."""

    FEE = "fee"
    UNLIKE_OFFER = "unlike-offer"
    DISCRIMINATION = "discrimination"
    CENTRE = "centre"
    OTHER = "other"


COMPLAINT_KIND_LABELS = {
    ComplaintKind.FEE: N_("Bị thu tiền trái luật"),
    ComplaintKind.UNLIKE_OFFER: N_("Việc khác với lời giới thiệu"),
    ComplaintKind.DISCRIMINATION: N_("Bị phân biệt đối xử"),
    ComplaintKind.CENTRE: N_("Cách làm việc của trung tâm"),
    ComplaintKind.OTHER: N_("Việc khác"),
}


class ComplaintWay(StrEnum):
    """How a complaint came in."""

    COUNTER = "counter"
    PHONE = "phone"
    OWN_PAGE = "own-page"
    LETTER = "letter"


COMPLAINT_WAY_LABELS = {
    ComplaintWay.COUNTER: N_("Tại quầy"),
    ComplaintWay.PHONE: N_("Điện thoại"),
    ComplaintWay.OWN_PAGE: N_("Trang của người đó"),
    ComplaintWay.LETTER: N_("Đơn, thư"),
}


class ComplaintState(StrEnum):
    """Where a complaint stands; the last three are its ends."""

    NEW = "new"
    AT_WORK = "at-work"
    SETTLED = "settled"
    UNFOUNDED = "unfounded"
    PASSED_ON = "passed-on"


COMPLAINT_LABELS = {
    ComplaintState.NEW: N_("Mới nhận"),
    ComplaintState.AT_WORK: N_("Đang xem xét"),
    ComplaintState.SETTLED: N_("Đã giải quyết"),
    ComplaintState.UNFOUNDED: N_("Không có cơ sở"),
    ComplaintState.PASSED_ON: N_("Đã chuyển cơ quan khác"),
}
COMPLAINT_TAGS = {
    ComplaintState.NEW: "bad",
    ComplaintState.AT_WORK: "warn",
    ComplaintState.SETTLED: "ok",
}
_COMPLAINT_OPEN = (ComplaintState.NEW, ComplaintState.AT_WORK)
COMPLAINT_ENDS = (ComplaintState.SETTLED, ComplaintState.UNFOUNDED, ComplaintState.PASSED_ON)
COMPLAINT_MOVES = moves(
    [
        ("take", (ComplaintState.NEW,), ComplaintState.AT_WORK),
        ("settle", _COMPLAINT_OPEN, ComplaintState.SETTLED),
        ("dismiss", _COMPLAINT_OPEN, ComplaintState.UNFOUNDED),
        ("pass-on", _COMPLAINT_OPEN, ComplaintState.PASSED_ON),
        ("reopen", COMPLAINT_ENDS, ComplaintState.AT_WORK),
    ]
)
COMPLAINT_DAYS = Setting(
    key="complaint-days",
    kind=Kind.DAYS,
    group=N_("Khiếu nại và hài lòng"),
    label=N_("Trả lời khiếu nại trong bao nhiêu ngày làm việc"),
    default=10,
    least=1,
    most=90,
)


class FeedbackAbout(StrEnum):
    """After which step somebody says how it was."""

    VISIT = "visit"
    REFERRAL = "referral"
    PLACEMENT = "placement"
    CLASS = "class"


FEEDBACK_LABELS = {
    FeedbackAbout.VISIT: N_("Lần đến trung tâm"),
    FeedbackAbout.REFERRAL: N_("Lần được giới thiệu việc"),
    FeedbackAbout.PLACEMENT: N_("Việc đã nhận"),
    FeedbackAbout.CLASS: N_("Lớp đã học"),
}


class FeedbackWay(StrEnum):
    """Where the question was answered."""

    LINK = "link"
    COUNTER = "counter"


FEEDBACK_WAY_LABELS = {
    FeedbackWay.LINK: N_("Liên kết trong tin nhắn"),
    FeedbackWay.COUNTER: N_("Tại quầy"),
}
SCORES = range(1, 6)
FEEDBACK_ASKS = Setting(
    key="feedback-asks",
    kind=Kind.YES_NO,
    group=N_("Khiếu nại và hài lòng"),
    label=N_("Nhắn tin hỏi mức hài lòng sau mỗi bước"),
    hint=N_("Mỗi người nhiều nhất một lần một quý cho mỗi loại"),
    default=True,
)
FEEDBACK_SAMPLE = Setting(
    key="feedback-sample",
    kind=Kind.INTEGER,
    group=N_("Khiếu nại và hài lòng"),
    label=N_("Ít nhất bao nhiêu câu trả lời mới nêu điểm"),
    default=10,
    least=3,
    most=1_000,
)
FEEDBACK_DAYS = Setting(
    key="feedback-days",
    kind=Kind.DAYS,
    group=N_("Khiếu nại và hài lòng"),
    label=N_("Liên kết hỏi mức hài lòng có giá trị"),
    default=14,
    least=1,
    most=90,
)
MOST_STEPS = 30  # open steps of one plan
# From so many days without a word on, an open file is stuck.
NO_CONTACT = Setting(
    key="no-contact-days",
    kind=Kind.DAYS,
    group=N_("Tư vấn"),
    label=N_("Bao lâu không liên lạc thì hồ sơ là đang mắc"),
    hint=N_("Hồ sơ đang mở của mỗi tư vấn viên, hiện trên trang hôm nay"),
    default=21,
    least=1,
    most=365,
)
# Channels of list S that the program itself writes.
AT_COUNTER, BY_PHONE, MOBILE, AT_SESSION = "in-person", "phone", "mobile", "at-session"
MOST_PEOPLE = 200  # of one note or one batch
ACTION_LABELS = {
    "write-consultation": N_("Ghi lượt tư vấn"),
    "change-consultation": N_("Sửa lượt tư vấn"),
    "strike-consultation": N_("Gạch lượt tư vấn"),
    "join-consultation": N_("Gắn lượt tư vấn vào hồ sơ"),
    "open-plan": N_("Lập kế hoạch tìm việc"),
    "change-plan": N_("Sửa kế hoạch tìm việc"),
    "close-plan": N_("Kết thúc kế hoạch tìm việc"),
    "add-step": N_("Thêm bước vào kế hoạch"),
    "end-step": N_("Ghi kết quả một bước"),
    "book-appointment": N_("Hẹn gặp"),
    "keep-appointment": N_("Ghi đã đến hẹn"),
    "miss-appointment": N_("Ghi không đến hẹn"),
    "cancel-appointment": N_("Huỷ hẹn"),
    "record-complaint": N_("Ghi khiếu nại"),
    "note-complaint": N_("Ghi diễn biến khiếu nại"),
    "take-complaint": N_("Nhận xem xét khiếu nại"),
    "settle-complaint": N_("Giải quyết xong khiếu nại"),
    "dismiss-complaint": N_("Kết luận khiếu nại không có cơ sở"),
    "pass-on-complaint": N_("Chuyển khiếu nại cho cơ quan khác"),
    "reopen-complaint": N_("Mở lại khiếu nại"),
    "record-session": N_("Ghi phiên việc làm"),
    "change-session": N_("Sửa phiên việc làm"),
}

# What to bring next time, by the service asked for (list G); the first ones always.
BRING_ALWAYS = (N_("CCCD"), N_("Phiếu này"))
BRING = {
    "referral": (N_("Giấy khám sức khoẻ còn hạn"), N_("Bằng, chứng chỉ nghề"), N_("2 ảnh 4×6")),
    "job": (N_("Bằng, chứng chỉ nghề"),),
    "vocational": (N_("Bằng tốt nghiệp cao nhất"), N_("Giấy chứng nhận diện ưu tiên (nếu có)")),
    "unemployment-insurance": (N_("Sổ BHXH"), N_("Quyết định thôi việc")),
}


def ticket(number: int) -> str:
    """Return a ticket as people read and call it: ticket(17) gives "A-017"."""
    return f"{TICKET_LETTER}-{number:03d}"


VISITOR_SLIP = PaperKind(
    code="visitor-slip",
    label=N_("Phiếu lượt đến"),
    prefix="PLD",
    unit=Unit.CENTRE,
    subject="visit",
    fields=(
        Field("so_thu_tu", N_("Số thứ tự"), "A017"),
        Field("luc_den", N_("Lúc đến"), "08:15 24/11/2026"),
        Field("ho_ten", N_("Họ và tên"), "Nguyễn Thị Thu Hường"),
        Field("quay", N_("Quầy"), "2"),
        Field("viec", N_("Hôm nay đến vì"), "Giới thiệu việc làm"),
        Field("ma_luot", N_("Mã lượt đến"), "V7K3M9QTX2"),
        Field("mang_theo", N_("Lần sau mang theo"), "CCCD", is_list=True),
    ),
)
