"""Every failure becomes a page that says what to do, in the reader's language."""

from __future__ import annotations

from flask import Flask, make_response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, NotAllowed, Refused, Stale
from jobcenter.kernel.words import N_

PAGES = {
    400: (N_("Không đọc được yêu cầu"), N_("Kiểm tra lại địa chỉ hoặc thông tin đã gửi.")),
    403: (N_("Không có quyền xem trang này"), N_("Nếu cần quyền này, hỏi người quản trị.")),
    404: (
        N_("Không tìm thấy trang"),
        N_("Địa chỉ có thể đã đổi, hoặc trang không thuộc quyền xem."),
    ),
    405: (N_("Không mở trang theo cách này được"), N_("Quay lại và dùng nút trên trang.")),
    409: (N_("Có người vừa sửa trước"), N_("Mở lại trang để thấy bản mới, rồi sửa tiếp.")),
    413: (N_("Nội dung gửi quá lớn"), N_("Chia nhỏ nội dung rồi gửi lại.")),
    422: (N_("Chưa làm được"), N_("Quay lại trang trước và sửa theo lời nhắc.")),
    429: (N_("Thử quá nhiều lần"), N_("Đợi một phút rồi thử lại.")),
    500: (N_("Có lỗi ở máy chủ"), N_("Lỗi đã được ghi lại. Thử lại sau ít phút.")),
    503: (N_("Máy chủ đang bận"), N_("Chưa ghi gì cả. Đợi vài giây rồi thử lại.")),
}


def page(status: int, why: str = "") -> ResponseReturnValue:
    """Return the page for `status`; `why` says more where there is more to say."""
    title, hint = PAGES.get(status, PAGES[500])
    body = render_template("errors/error.html", title=_(title), hint=why or _(hint), status=status)
    response = make_response(body, status)
    if status in (429, 503):
        response.headers["Retry-After"] = "5"
    return response


def _fail(status: int, why: str = "") -> ResponseReturnValue:
    db.session.rollback()
    return page(status, why)


def words(refused: Refused) -> str:
    """Return a refusal in the reader's language."""
    return str(_(refused.message, **refused.params) if refused.params else _(refused.message))


def attach(app: Flask) -> None:
    """Map exceptions to pages; the order is from the particular to the general."""

    def refused(error: Refused) -> ResponseReturnValue:
        statuses = {Missing: 404, NotAllowed: 403, Stale: 409}
        return _fail(statuses.get(type(error), 422), words(error))

    app.register_error_handler(Refused, refused)
    app.register_error_handler(HTTPException, lambda error: _fail(error.code or 500))
    app.register_error_handler(StaleDataError, lambda _error: _fail(409))
    app.register_error_handler(IntegrityError, lambda _error: _fail(409))
    app.register_error_handler(DataError, lambda _error: _fail(400))
    app.register_error_handler(OverflowError, lambda _error: _fail(400))
    app.register_error_handler(OperationalError, lambda _error: _fail(503))
    app.register_error_handler(PoolTimeout, lambda _error: _fail(503))
    app.register_error_handler(500, lambda _error: _fail(500))
