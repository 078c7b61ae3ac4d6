"""Refusals: facts that end the sentence "refused because ...", in words a person can act on."""

from __future__ import annotations

from jobcenter.kernel.words import N_


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
        return self.message % self.params if self.params else self.message


class Missing(Refused):
    """Not there, or not for this person: the two look the same on purpose."""

    def __init__(self) -> None:
        super().__init__(N_("Không tìm thấy, hoặc không thuộc quyền xem."))


class NotAllowed(Refused):
    """The person who acts lacks the right."""

    def __init__(self) -> None:
        super().__init__(N_("Tài khoản này không có quyền làm việc đó."))


class Stale(Refused):
    """Somebody else saved the record after this form was opened."""

    def __init__(self) -> None:
        super().__init__(N_("Người khác vừa sửa bản ghi này. Xem hai bản rồi lưu lại."))


class TooLong(Refused):
    """A text is longer than its column."""

    def __init__(self, limit: int) -> None:
        super().__init__(N_("Dài quá %(limit)s ký tự, cần viết ngắn lại."), limit=limit)
