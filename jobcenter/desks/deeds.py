"""What the ledger says, in words: one table of actions, kinds of records and details.

A room that has pages of its own for its acts keeps their names; the rest stand here. A test holds
that every action and detail that the code records has a name in this table.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Protocol

from flask import Flask
from flask_babel import gettext as _

from jobcenter.accounts.choices import ROLE_LABELS
from jobcenter.advising import choices as advising
from jobcenter.catalogue.choices import DAY_LABELS, FILE_NUMBERS, LIST_NAMES, UNIT_LABELS
from jobcenter.certificates import choices as certificates
from jobcenter.courses import choices as courses
from jobcenter.desks import pages
from jobcenter.documents.choices import KINDS
from jobcenter.enrolments import choices as enrolments
from jobcenter.enterprises import choices as enterprises
from jobcenter.exchange import choices as exchange
from jobcenter.exchange.kinds import KINDS as IMPORTS
from jobcenter.kernel.actor import NAMELESS
from jobcenter.kernel.words import N_
from jobcenter.matching.choices import UNSUITABLE_LABELS
from jobcenter.notices import choices as notices
from jobcenter.papers import choices as papers
from jobcenter.people.choices import PURPOSE_LABELS, WAY_LABELS
from jobcenter.placements import choices as placements
from jobcenter.privacy import choices as privacy
from jobcenter.referrals import choices as referrals
from jobcenter.reports import choices as reports
from jobcenter.seekers import choices as seekers
from jobcenter.settings.choices import REGISTER
from jobcenter.teaching import choices as teaching
from jobcenter.tuition import choices as tuition
from jobcenter.vacancies import choices as vacancies
from jobcenter.work import choices as work

ACTIONS: dict[str, str] = {
    **seekers.ACTION_LABELS,
    **enterprises.ACTION_LABELS,
    **vacancies.ACTION_LABELS,
    **placements.ACTION_LABELS,
    **papers.ACTION_LABELS,
    **courses.ACTION_LABELS,
    **exchange.ACTION_LABELS,
    **enrolments.ACTION_LABELS,
    **advising.ACTION_LABELS,
    **reports.ACTION_LABELS,
    **teaching.ACTION_LABELS,
    **certificates.ACTION_LABELS,
    **tuition.ACTION_LABELS,
    **work.ACTION_LABELS,
    **privacy.ACTION_LABELS,
    "add-consent-text": N_("Thêm lời văn đồng ý"),
    **notices.ACTION_LABELS,
    "fill-person": N_("Bổ sung điều còn thiếu của một người"),
    "set-aside": N_("Ghi chưa hợp với một vị trí"),
    "take-back": N_("Bỏ ghi chưa hợp"),
    **referrals.ACTION_LABELS,
    "take-ticket": N_("Lấy số chờ"),
    "sit-at-desk": N_("Ngồi vào quầy"),
    "call-visitor": N_("Mời khách vào quầy"),
    "recall-visit": N_("Mời lại khách"),
    "start-visit": N_("Bắt đầu tiếp khách"),
    "finish-visit": N_("Tiếp xong khách"),
    "leave-visit": N_("Ghi khách bỏ về"),
    "hand-over-visit": N_("Chuyển khách sang người khác"),
    "recognise-visitor": N_("Nhận ra khách là ai"),
    "close-visit": N_("Đóng lượt khách cuối ngày"),
    "sign-in": N_("Đăng nhập"),
    "sign-out": N_("Đăng xuất"),
    "end-session": N_("Kết thúc một nơi đăng nhập"),
    "end-sessions": N_("Kết thúc các nơi đăng nhập khác"),
    "add-user": N_("Thêm tài khoản"),
    "change-user": N_("Sửa tài khoản"),
    "block-user": N_("Khoá tài khoản"),
    "unblock-user": N_("Mở lại tài khoản"),
    "change-own-account": N_("Sửa tài khoản của mình"),
    "set-password": N_("Đổi mật khẩu"),
    "factor-on": N_("Bật mã xác thực"),
    "factor-off": N_("Tắt mã xác thực"),
    "recovery-code-used": N_("Dùng một mã dự phòng"),
    "recovery-codes-new": N_("Lấy bộ mã dự phòng mới"),
    "invite": N_("Gửi lời mời"),
    "resend": N_("Gửi lại lời mời"),
    "revoke": N_("Thu hồi lời mời"),
    "accept": N_("Nhận lời mời"),
    "use-form": N_("Dùng mẫu Word riêng"),
    "drop-form": N_("Bỏ mẫu Word riêng"),
    "add-value": N_("Thêm giá trị danh mục"),
    "change-value": N_("Sửa giá trị danh mục"),
    "end-value": N_("Ngừng dùng giá trị danh mục"),
    "reinstate-value": N_("Dùng lại giá trị danh mục"),
    "move-value": N_("Đổi thứ tự trong danh mục"),
    "rename-occupation": N_("Đổi tên nghề"),
    "add-synonym": N_("Thêm từ đồng nghĩa của nghề"),
    "switch-synonym": N_("Bật, tắt từ đồng nghĩa của nghề"),
    "change-commune": N_("Sửa phường, xã"),
    "set-region": N_("Xếp vùng lương của phường, xã"),
    "add-park": N_("Thêm khu công nghiệp"),
    "change-park": N_("Sửa khu công nghiệp"),
    "set-wages": N_("Ghi lương tối thiểu vùng"),
    "set-target-group": N_("Sửa diện ưu tiên"),
    "set-day": N_("Ghi ngày nghỉ, ngày làm bù"),
    "new-setup-code": N_("Lấy mã cài đặt"),
    "set-up": N_("Cài đặt lần đầu"),
    "set-unit": N_("Ghi tên đơn vị"),
    "add-signatory": N_("Thêm người ký"),
    "end-signatory": N_("Ghi người thôi ký"),
    "set-number-format": N_("Đổi cách ghi số"),
    "change-setting": N_("Đổi thiết lập"),
    "withdraw-setting": N_("Rút lại thiết lập chưa đến ngày"),
}
SUBJECTS: dict[str, str] = {
    "seeker": N_("Hồ sơ tìm việc"),
    "person": N_("Người"),
    "enterprise": N_("Doanh nghiệp"),
    "firm-request": N_("Yêu cầu mở tài khoản"),
    "vacancy": N_("Vị trí tuyển"),
    "sheet": N_("Phiếu nhu cầu"),
    "consent-text": N_("Lời văn đồng ý"),
    "breach": N_("Vi phạm dữ liệu"),
    "data-request": N_("Yêu cầu về dữ liệu"),
    "paper": N_("Giấy"),
    "notice": N_("Tin gửi đi"),
    "office-form": N_("Mẫu Word"),
    "visit": N_("Lượt khách"),
    "programme": N_("Chương trình đào tạo"),
    "programme-type": N_("Loại chương trình"),
    "plan-target": N_("Chỉ tiêu năm"),
    "trainer": N_("Giáo viên"),
    "training-room": N_("Phòng học"),
    "class": N_("Lớp"),
    "enrolment": N_("Học viên, đơn học nghề"),
    "blank": N_("Phôi chứng chỉ"),
    "training-order": N_("Đặt lớp huấn luyện"),
    "consultation": N_("Lượt tư vấn"),
    "complaint": N_("Khiếu nại"),
    "job-session": N_("Phiên việc làm"),
    "report": N_("Báo cáo"),
    "published-figure": N_("Số đã công bố"),
    "year-target": N_("Kế hoạch năm"),
    "job": N_("Việc chạy nền"),
    "import": N_("Lần nhập tệp"),
    "user": N_("Tài khoản"),
    "invitation": N_("Lời mời"),
    "code-list": N_("Danh mục"),
    "occupation": N_("Nghề"),
    "commune": N_("Phường, xã"),
    "park": N_("Khu công nghiệp"),
    "minimum-wage": N_("Lương tối thiểu"),
    "target-group": N_("Diện ưu tiên"),
    "calendar-day": N_("Ngày trong lịch"),
    "unit": N_("Đơn vị"),
    "setting": N_("Thiết lập"),
}
DETAILS: dict[str, str] = {
    "outcome": N_("Kết quả"),
    "question": N_("Câu hỏi"),
    "administrator": N_("Quản trị của công ty"),
    "after": N_("Nay là"),
    "before": N_("Trước là"),
    "because": N_("Vì"),
    "code": N_("Mã"),
    "count": N_("Số dòng"),
    "people": N_("Số người"),
    "until": N_("Đến ngày"),
    "note": N_("Ghi chú"),
    "day": N_("Ngày"),
    "day_kind": N_("Loại ngày"),
    "desk": N_("Quầy"),
    "enterprise": N_("Doanh nghiệp"),
    "field": N_("Mục"),
    "fields": N_("Các mục"),
    "key": N_("Thiết lập"),
    "handed_from": N_("Người phụ trách trước"),
    "handed_to": N_("Người phụ trách mới"),
    "last_day": N_("Ngày dùng cuối"),
    "left": N_("Giữ nguyên vì đã sửa sau khi gộp"),
    "list": N_("Danh mục"),
    "number": N_("Số"),
    "of": N_("Loại giấy"),
    "on": N_("Đang dùng"),
    "paper": N_("Loại giấy"),
    "other": N_("Hồ sơ kia"),
    "phrase": N_("Cách gọi"),
    "place": N_("Thứ tự"),
    "purpose": N_("Đồng ý việc gì"),
    "reason": N_("Lý do"),
    "region": N_("Vùng lương"),
    "role": N_("Vai trò"),
    "role_before": N_("Vai trò trước"),
    "signatory": N_("Người ký số"),
    "text": N_("Theo lời văn"),
    "stays": N_("Hồ sơ này ở lại"),
    "ticket": N_("Số chờ"),
    "to": N_("Chuyển cho"),
    "unit": N_("Đơn vị"),
    "user": N_("Tài khoản số"),
    "vacancy": N_("Vị trí tuyển"),
    "valid_from": N_("Áp dụng từ"),
    "value": N_("Giá trị"),
    "verb": N_("Việc"),
    "way": N_("Bằng cách nào"),
    "what": N_("Dữ liệu nhập"),
    "wording": N_("Loại câu"),
}
NAMELESS_LABELS = {role.value: label for role, label in ROLE_LABELS.items() if role in NAMELESS}
FIELDS: dict[str, str] = {
    **vacancies.FIELD_LABELS,
    **seekers.FIELD_LABELS,
    **{paper.value: label for paper, label in seekers.PAPER_LABELS.items()},
    "enterprise": N_("Doanh nghiệp"),
    "state": N_("Trạng thái"),
    "close_reason": N_("Lý do đóng"),
    "tax_number": N_("Mã số thuế"),
    "park_code": N_("Khu công nghiệp"),
    "commune_code": N_("Phường, xã"),
}
STATES: dict[str, Mapping[Any, str]] = {
    "seeker": seekers.STATE_LABELS,
    "vacancy": vacancies.STATE_LABELS,
    "paper": papers.STATE_LABELS,
    "enterprise": enterprises.STANDING_LABELS,
    "class": courses.STATE_LABELS,
    "enrolment": enrolments.STATE_LABELS,
    "training-order": certificates.ORDER_LABELS,
    "visit": advising.VISIT_LABELS,
    "complaint": advising.COMPLAINT_LABELS,
}
VALUES: dict[str, Mapping[Any, str]] = {
    "purpose": PURPOSE_LABELS,
    "outcome": notices.CALL_LABELS | placements.ANSWER_LABELS,
    "way": {**privacy.CAME_LABELS, **WAY_LABELS},
    "role": ROLE_LABELS,
    "role_before": ROLE_LABELS,
    "reason": UNSUITABLE_LABELS | placements.END_LABELS,
    "wording": vacancies.FLAG_LABELS,
    "what": {code: kind.label for code, kind in IMPORTS.items()},
    "verb": certificates.ENTRY_LABELS | seekers.VERB_LABELS,
    "day_kind": DAY_LABELS,
    "list": LIST_NAMES,
    "field": FIELDS,
    "fields": FIELDS,
    "left": FIELDS,
    "because": {"merge": N_("Gộp hồ sơ")} | privacy.CAUSE_LABELS,
    "of": {code: kind.label for code, kind in KINDS.items()},
    "paper": {code: kind.label for code, kind in KINDS.items()}
    | {code: label for code, (_u, _p, _w, label) in FILE_NUMBERS.items()},
    "unit": UNIT_LABELS,
    "key": {key: one.label for key, one in REGISTER.items()},
}


class Entry(Protocol):
    """A line of the ledger."""

    at: dt.datetime
    actor: str
    action: str
    subject_kind: str
    subject_id: int | None
    details: dict[str, Any]


def action(entry: Entry) -> str:
    """Return what was done, in words."""
    return pages.translate(ACTIONS.get(entry.action, entry.action))


def doer(entry: Entry) -> str:
    """Return who did it; a job seeker stands in the ledger by role alone."""
    return pages.translate(str(NAMELESS_LABELS.get(entry.actor, entry.actor)))


def subject(entry: Entry) -> str:
    """Return which record it was done to."""
    kind = pages.translate(SUBJECTS.get(entry.subject_kind, entry.subject_kind))
    return kind if entry.subject_id is None else f"{kind} {entry.subject_id}"


def details(entry: Entry) -> list[tuple[str, str]]:
    """Return the details as (label, words)."""
    return [
        (pages.translate(DETAILS.get(key, key)), _value(entry, key, value))
        for key, value in entry.details.items()
        if value not in (None, "", [])
    ]


def _value(entry: Entry, key: str, value: Any) -> str:
    if isinstance(value, bool):
        return str(_("Có") if value else _("Không"))
    if isinstance(value, list):
        return ", ".join(_value(entry, key, one) for one in value)
    is_state = key in ("before", "after")
    table = STATES.get(entry.subject_kind, {}) if is_state else VALUES.get(key, {})
    return pages.translate(str(table.get(value, value)))


def field_name(name: str) -> str:
    """Return the name of a field of a record, as people read it."""
    return pages.translate(FIELDS.get(name, name))


def attach(app: Flask) -> None:
    """Register the filters that templates tell the ledger with."""
    app.jinja_env.filters["field_name"] = field_name
    app.jinja_env.filters |= {
        "deed": action,
        "deed_by": doer,
        "deed_of": subject,
        "deed_details": details,
    }
