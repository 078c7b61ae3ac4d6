"""Refusals: facts that end the sentence "refused because ...", in words a person can act on."""

from __future__ import annotations

import datetime as dt
import uuid

from jobcenter.kernel.words import N_


class Amount(int):
    """A figure of a message that is read in groups of three: 5.310.000, in English 5,310,000."""


def shown(value: object, *, english: bool = False) -> object:
    """Return a value of a message as people read it."""
    if isinstance(value, Amount):
        grouped = f"{int(value):,}"
        return grouped if english else grouped.replace(",", ".")
    return value.strftime("%d/%m/%Y") if isinstance(value, dt.date) else value


class Refused(Exception):
    """A rule says no.

    `message` is a Vietnamese msgid with %(name)s places for `params`; `field` names the form field
    that it belongs to, None for the whole form.
    """

    def __init__(self, message: str, *, field: str | None = None, **params: object) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.params = params

    def __str__(self) -> str:
        """Return the Vietnamese message with its values in place."""
        values = {name: shown(value) for name, value in self.params.items()}
        return self.message % values if values else self.message


class Missing(Refused):
    """Not there, or not for this person: the two look the same on purpose."""

    def __init__(self) -> None:
        super().__init__(N_("Không tìm thấy, hoặc không thuộc quyền xem."))


class Moved(Refused):
    """The record was merged into another: what was at `old` is now read at `new`."""

    def __init__(self, *, old: uuid.UUID, new: uuid.UUID, number: str) -> None:
        super().__init__(
            N_("Hồ sơ %(number)s đã gộp vào hồ sơ khác. Việc vừa làm chưa được ghi, xem lại ở đó."),
            number=number,
        )
        self.old, self.new = old, new


class NotAllowed(Refused):
    """The person who acts lacks the right."""

    def __init__(self) -> None:
        super().__init__(N_("Tài khoản này không có quyền làm việc đó."))


class NotImpartial(Refused):
    """The person of the centre who acts has an interest in the firm that it is about."""

    def __init__(self) -> None:
        super().__init__(
            N_("Đã khai có liên quan tới doanh nghiệp này. Nhờ đồng nghiệp khác làm việc này.")
        )


class Stale(Refused):
    """Somebody else saved the record after this form was opened."""

    def __init__(self) -> None:
        super().__init__(N_("Người khác vừa sửa bản ghi này. Xem hai bản rồi lưu lại."))


class TooLong(Refused):
    """A text is longer than its column."""

    def __init__(self, limit: int) -> None:
        super().__init__(N_("Dài quá %(limit)s ký tự, cần viết ngắn lại."), limit=limit)
