"""States of a referral, what is done with it, by whose hand, and why it ended."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from jobcenter.kernel.words import N_
from jobcenter.papers.choices import Field, PaperKind, Unit
from jobcenter.settings.choices import Kind, Setting


class ReferralState(StrEnum):
    """Live states come first, in the order of a straight life; then the ends."""

    ASKED = "asked"
    DRAFTED = "drafted"
    PROPOSED = "proposed"
    CONSENTED = "consented"
    SENT = "sent"
    SEEN = "seen"
    INVITED = "invited"
    INTERVIEWED = "interviewed"
    HIRED = "hired"
    NO_SHOW = "no-show"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    NO_ANSWER = "no-answer"
    STOPPED = "stopped"
    SUPERSEDED = "superseded"
    HIRE_CANCELLED = "hire-cancelled"


REFERRAL_LABELS = {
    ReferralState.ASKED: N_("Doanh nghiệp xin giới thiệu"),
    ReferralState.DRAFTED: N_("Trung tâm chọn, chưa hỏi"),
    ReferralState.PROPOSED: N_("Đang hỏi người lao động"),
    ReferralState.CONSENTED: N_("Người lao động đồng ý"),
    ReferralState.SENT: N_("Đã giới thiệu"),
    ReferralState.SEEN: N_("Doanh nghiệp đã xem"),
    ReferralState.INVITED: N_("Hẹn phỏng vấn"),
    ReferralState.INTERVIEWED: N_("Đã phỏng vấn"),
    ReferralState.HIRED: N_("Trúng tuyển"),
    ReferralState.NO_SHOW: N_("Không đến dự tuyển"),
    ReferralState.REJECTED: N_("Không trúng tuyển"),
    ReferralState.WITHDRAWN: N_("Người lao động từ chối"),
    ReferralState.DECLINED: N_("Không giới thiệu"),
    ReferralState.NO_ANSWER: N_("Không có phản hồi"),
    ReferralState.STOPPED: N_("Vị trí ngừng nhận"),
    ReferralState.SUPERSEDED: N_("Đã nhận việc nơi khác"),
    ReferralState.HIRE_CANCELLED: N_("Huỷ nhận việc"),
}
LIVE = frozenset(
    {
        ReferralState.ASKED, ReferralState.DRAFTED, ReferralState.PROPOSED,
        ReferralState.CONSENTED, ReferralState.SENT, ReferralState.SEEN, ReferralState.INVITED,
        ReferralState.INTERVIEWED,
    }
)  # fmt: skip
# The centre asked the person or put them forward: these count towards the limit.
INTRODUCED = LIVE - {ReferralState.ASKED}
# Before the firm learns of what the centre does; of what it asked for itself it always knows.
INSIDE = frozenset({ReferralState.DRAFTED, ReferralState.PROPOSED, ReferralState.CONSENTED})
# With the firm: it owes an answer, or the centre the next step.
WITH_FIRM = frozenset(
    {
        ReferralState.SENT, ReferralState.SEEN, ReferralState.INVITED, ReferralState.INTERVIEWED,
    }
)  # fmt: skip
UNANSWERED = frozenset({ReferralState.SENT, ReferralState.SEEN})
# Name and contact are open to the firm; a hire keeps them open while the person is in the job.
OPEN = WITH_FIRM | {ReferralState.CONSENTED}
STATE_KINDS = {
    ReferralState.ASKED: "warn",
    ReferralState.DRAFTED: "quiet",
    ReferralState.PROPOSED: "warn",
    ReferralState.CONSENTED: "warn",
    ReferralState.SENT: "sea",
    ReferralState.SEEN: "sea",
    ReferralState.INVITED: "sea",
    ReferralState.INTERVIEWED: "sea",
    ReferralState.HIRED: "ok",
    ReferralState.NO_SHOW: "bad",
    ReferralState.REJECTED: "bad",
}


class Verb(StrEnum):
    """What is done with a referral; `steps.TABLE` says when and by whom."""

    PROPOSE = "propose"
    CONSENT = "consent"
    SEND = "send"
    SEE = "see"
    INVITE = "invite"
    INTERVIEW = "interview"
    HIRE = "hire"
    NO_SHOW = "no-show"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    DECLINE = "decline"
    EXPIRE = "expire"
    STOP = "stop"
    SUPERSEDE = "supersede"
    CANCEL_HIRE = "cancel-hire"


VERB_LABELS = {
    Verb.PROPOSE: N_("Hỏi người lao động"),
    Verb.CONSENT: N_("Ghi đồng ý"),
    Verb.SEND: N_("Gửi doanh nghiệp"),
    Verb.SEE: N_("Doanh nghiệp xem"),
    Verb.INVITE: N_("Mời phỏng vấn"),
    Verb.INTERVIEW: N_("Đã phỏng vấn"),
    Verb.HIRE: N_("Nhận"),
    Verb.NO_SHOW: N_("Không đến"),
    Verb.REJECT: N_("Từ chối"),
    Verb.WITHDRAW: N_("Người lao động thôi"),
    Verb.DECLINE: N_("Không giới thiệu"),
    Verb.EXPIRE: N_("Đóng vì không phản hồi"),
    Verb.STOP: N_("Dừng vì vị trí ngừng nhận"),
    Verb.SUPERSEDE: N_("Đóng vì đã nhận việc nơi khác"),
    Verb.CANCEL_HIRE: N_("Huỷ nhận việc"),
}
# What a firm may answer about somebody who was put forward.
ANSWERS = (Verb.INVITE, Verb.INTERVIEW, Verb.HIRE, Verb.NO_SHOW, Verb.REJECT)


class Hand(StrEnum):
    """Whose hand does it; the clock is the software itself, after a rule."""

    CENTRE = "centre"
    FIRM = "firm"
    SEEKER = "seeker"
    CLOCK = "clock"


HAND_LABELS = {
    Hand.CENTRE: N_("Trung tâm"),
    Hand.FIRM: N_("Doanh nghiệp"),
    Hand.SEEKER: N_("Người lao động"),
    Hand.CLOCK: N_("Phần mềm"),
}


class About(StrEnum):
    """What a reason tells of."""

    PERSON = "person"
    JOB = "job"
    PROCESS = "process"


ABOUT_LABELS = {
    About.PERSON: N_("Về người"),
    About.JOB: N_("Về việc làm"),
    About.PROCESS: N_("Về cách làm"),
}


@dataclass(frozen=True)
class Reason:
    """Why it ended; `verb` is where it is offered."""

    verb: Verb
    about: About
    label: str


REASONS = {
    "skill": Reason(Verb.REJECT, About.PERSON, N_("Chưa đủ tay nghề")),
    "experience": Reason(Verb.REJECT, About.PERSON, N_("Thiếu kinh nghiệm")),
    "interview": Reason(Verb.REJECT, About.PERSON, N_("Phỏng vấn, thi tay nghề chưa đạt")),
    "papers": Reason(Verb.REJECT, About.PERSON, N_("Thiếu giấy tờ bắt buộc")),
    "terms": Reason(Verb.REJECT, About.JOB, N_("Không thoả thuận được lương, ca")),
    "changed": Reason(Verb.REJECT, About.JOB, N_("Yêu cầu tuyển đã đổi")),
    "full": Reason(Verb.REJECT, About.PROCESS, N_("Đã đủ người")),
    "late": Reason(Verb.REJECT, About.PROCESS, N_("Giới thiệu muộn")),
    "other-firm": Reason(Verb.REJECT, About.PROCESS, N_("Lý do khác của doanh nghiệp")),
    "pay": Reason(Verb.WITHDRAW, About.JOB, N_("Lương thấp hơn mong muốn")),
    "far": Reason(Verb.WITHDRAW, About.JOB, N_("Xa nhà, không có xe")),
    "shift": Reason(Verb.WITHDRAW, About.JOB, N_("Không làm được ca này")),
    "work": Reason(Verb.WITHDRAW, About.JOB, N_("Không hợp việc")),
    "family": Reason(Verb.WITHDRAW, About.PERSON, N_("Việc gia đình, sức khoẻ")),
    "elsewhere": Reason(Verb.WITHDRAW, About.PERSON, N_("Đã có việc khác")),
    "waited": Reason(Verb.WITHDRAW, About.PROCESS, N_("Chờ lâu quá")),
    "no-sight": Reason(Verb.WITHDRAW, About.PROCESS, N_("Không muốn công ty xem hồ sơ nữa")),
    "other-seeker": Reason(Verb.WITHDRAW, About.PROCESS, N_("Lý do khác của người lao động")),
}
REASON_LABELS = {code: reason.label for code, reason in REASONS.items()}
ACTION_LABELS = {
    "ask-introduction": N_("Doanh nghiệp xin giới thiệu"),
    "decline-introduction": N_("Không giới thiệu cho doanh nghiệp"),
    "draft-referral": N_("Chọn để giới thiệu"),
    "make-answer-link": N_("Gửi liên kết trả lời"),
    "revoke-answer-link": N_("Thu hồi liên kết trả lời"),
    "answer-by-link": N_("Trả lời bằng liên kết"),
    "promise-answers": N_("Doanh nghiệp hẹn ngày trả lời"),
} | {f"{verb.value}-referral": label for verb, label in VERB_LABELS.items() if verb != Verb.DECLINE}

_GROUP = N_("Giới thiệu việc làm")
MOST_LIVE = Setting(
    key="referral-most-live",
    kind=Kind.INTEGER,
    group=_GROUP,
    label=N_("Một người được giới thiệu cùng lúc nhiều nhất"),
    default=5,
    unit=N_("nơi"),
    least=1,
    most=50,
)
VALID_DAYS = Setting(
    key="referral-valid-days",
    kind=Kind.DAYS,
    group=_GROUP,
    label=N_("Phiếu giới thiệu có giá trị"),
    hint=N_("Hết hạn, doanh nghiệp không còn xem được tên và điện thoại"),
    default=30,
    least=1,
    most=180,
)
ANSWER_DAYS = Setting(
    key="referral-answer-days",
    kind=Kind.DAYS,
    group=_GROUP,
    label=N_("Doanh nghiệp trả lời trong"),
    default=7,
    least=1,
    most=60,
)


REMIND_BEFORE = Setting(
    key="referral-remind-before",
    kind=Kind.DAYS,
    group=_GROUP,
    label=N_("Nhắc doanh nghiệp trước hạn trả lời"),
    default=2,
    least=0,
    most=30,
)
CALL_AFTER = Setting(
    key="referral-call-after",
    kind=Kind.DAYS,
    group=_GROUP,
    label=N_("Gọi doanh nghiệp sau hạn trả lời"),
    hint=N_("Từ ngày này, doanh nghiệp có trong danh sách cần gọi"),
    default=1,
    least=0,
    most=60,
)

LINK_DAYS = Setting(
    key="referral-link-days",
    kind=Kind.DAYS,
    group=_GROUP,
    label=N_("Liên kết trả lời không cần tài khoản có hiệu lực"),
    hint=N_("Doanh nghiệp trả lời bằng liên kết được gửi thư hoặc in mã QR"),
    default=10,
    least=1,
    most=60,
)


class LinkState(StrEnum):
    """Where a link for answers stands."""

    OPEN = "open"
    ANSWERED = "answered"
    EXPIRED = "expired"
    REVOKED = "revoked"


LINK_LABELS = {
    LinkState.OPEN: N_("Đang dùng được"),
    LinkState.ANSWERED: N_("Đã trả lời xong"),
    LinkState.EXPIRED: N_("Hết hạn"),
    LinkState.REVOKED: N_("Đã thu hồi"),
}
LINK_KINDS = {
    LinkState.OPEN: "sea",
    LinkState.ANSWERED: "ok",
    LinkState.EXPIRED: "quiet",
    LinkState.REVOKED: "quiet",
}


def reasons_for(verb: Verb) -> list[tuple[str, str]]:
    """Return (code, label) of the reasons that `verb` is given with."""
    return [(code, one.label) for code, one in REASONS.items() if one.verb is verb]


class Show(StrEnum):
    """Which referrals a work list shows."""

    TODO = "todo"
    ASKED = "asked"
    PROPOSED = "proposed"
    WITH_FIRM = "with-firm"
    LATE = "late"
    INTERVIEWS = "interviews"
    ENDED = "ended"
    ALL = "all"


SHOW_LABELS = {
    Show.TODO: N_("Cần làm"),
    Show.ASKED: N_("Doanh nghiệp xin"),
    Show.PROPOSED: N_("Đang hỏi người"),
    Show.WITH_FIRM: N_("Ở doanh nghiệp"),
    Show.LATE: N_("Quá hạn trả lời"),
    Show.INTERVIEWS: N_("Lịch phỏng vấn"),
    Show.ENDED: N_("Đã xong"),
    Show.ALL: N_("Tất cả"),
}
_WHO = (
    Field("ho_ten", N_("Họ và tên"), "Nguyễn Thị Thu Hường"),
    Field("ngay_sinh", N_("Ngày sinh"), "14/03/1998"),
    Field("gioi_tinh", N_("Giới tính"), "Nữ"),
    Field("so_cccd", N_("Số CCCD (chỉ hiện 4 số cuối)"), "********1234"),
    Field("so_ho_so", N_("Số hồ sơ"), "HS-2026-00017"),
)
_JOB = (
    Field("doanh_nghiep", N_("Doanh nghiệp"), "Công ty TNHH Dệt may Sao Biển"),
    Field("dia_chi", N_("Địa chỉ doanh nghiệp"), "Lô CN3, KCN VSIP Hải Phòng"),
    Field("vi_tri", N_("Vị trí dự tuyển"), "Công nhân may công nghiệp"),
    Field("so_yeu_cau", N_("Số yêu cầu tuyển"), "YC-2026-0007"),
)
REFERRAL_LETTER = PaperKind(
    code="referral-letter",
    label=N_("Phiếu giới thiệu việc làm"),
    prefix="PGT",
    unit=Unit.CENTRE,
    subject="referral",
    fields=(
        *_JOB,
        *_WHO,
        Field("danh_xung", N_("Ông, Bà"), "Bà"),
        Field("lien_he", N_("Người liên hệ ở doanh nghiệp"), "Chị Lan, 0225 3842 111"),
        Field("dien_thoai", N_("Điện thoại"), "0912 345 678"),
        Field("email", N_("Email"), "huong@vidu.vn"),
        Field("noi_o", N_("Nơi ở hiện nay"), "Phường Thuỷ Nguyên"),
        Field("hoc_van", N_("Trình độ học vấn"), "Tốt nghiệp THPT"),
        Field("cmkt", N_("Trình độ chuyên môn"), "Sơ cấp, may công nghiệp"),
        Field("kinh_nghiem", N_("Việc gần nhất, kinh nghiệm"), "Công nhân may, 4 năm"),
        Field("phong_van", N_("Giờ, nơi phỏng vấn"), "08:30 01/12/2026, cổng 2"),
        Field("tra_loi_truoc", N_("Đề nghị trả lời trước ngày"), "08/12/2026"),
    ),
)
RESULT_NOTICE = PaperKind(
    code="result-notice",
    label=N_("Thông báo kết quả tuyển dụng lao động"),
    prefix="TBKQ",
    unit=Unit.CENTRE,
    subject="referral",
    fields=(
        *_JOB,
        *_WHO,
        Field("phieu", N_("Phiếu giới thiệu số"), "PGT-2026-00012"),
        Field("ket_qua", N_("Kết quả: trung-tuyen, khong, hoặc trống"), "trung-tuyen"),
        Field("nhan_viec", N_("Ngày nhận việc"), "01/12/2026"),
        Field("thu_viec", N_("Thời gian thử việc"), "30 ngày"),
        Field("ly_do", N_("Lý do không trúng tuyển"), "Chưa đủ tay nghề"),
    ),
)
PICK_UP_LIST = PaperKind(
    code="pick-up-list",
    label=N_("Danh sách đón người đi phỏng vấn"),
    prefix="DSD",
    unit=Unit.CENTRE,
    subject="pick-up",
    fields=(
        *_JOB,
        Field("gio_hen", N_("Giờ, nơi phỏng vấn"), "08:30 01/12/2026, cổng 2"),
        Field("tong_so", N_("Số người"), "12"),
        Field(
            "diem_don", N_("Từng điểm đón: ten, nguoi (stt, ho_ten, dien_thoai, phieu)"),
            "Chợ Thuỷ Sơn, tuyến 2, 06:10", is_list=True,
        ),
    ),
)  # fmt: skip
