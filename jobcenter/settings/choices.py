"""What a setting is, and the register of all that the rooms declare."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from jobcenter.kernel import vietnamese
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_

Value = TypeVar("Value", int, bool, str)
# `Right.SETTINGS_WRITE`: accounts stands above, so its value is said here.
WRITE = "settings.write"


class Kind(StrEnum):
    """How the value of a setting is typed and shown."""

    INTEGER = "integer"
    DAYS = "days"
    MINUTES = "minutes"
    MONEY = "money"
    YES_NO = "yes-no"
    TEXT = "text"


KIND_LABELS = {
    Kind.INTEGER: N_("Số"),
    Kind.DAYS: N_("ngày"),
    Kind.MINUTES: N_("phút"),
    Kind.MONEY: N_("đồng"),
    Kind.YES_NO: N_("Có hoặc không"),
    Kind.TEXT: N_("Chữ"),
}
REGISTER: dict[str, Setting[int] | Setting[bool] | Setting[str]] = {}
MOST_TEXT = 200


@dataclass(frozen=True, kw_only=True)
class Setting(Generic[Value]):
    """One setting; making it puts it in the register.

    `least` and `most` bound numbers; `group` is the heading it stands under.
    """

    key: str
    kind: Kind
    group: str
    label: str
    default: Value
    hint: str = ""
    unit: str = ""
    least: int = 0
    most: int = 1_000_000_000

    def __post_init__(self) -> None:
        """Enter the register; two settings under one key are a programming error."""
        if REGISTER.setdefault(self.key, self) != self:
            raise ValueError(f"two settings are called {self.key}")

    def read(self, text: str) -> Value:
        """Return the value that was typed or stored; refuse with what is wrong."""
        return self._read(vietnamese.clean_line(text))  # type: ignore[return-value]

    def _read(self, text: str) -> int | bool | str:
        if self.kind is Kind.YES_NO:
            if text not in ("yes", "no"):
                raise Refused(N_("Chọn một giá trị trong danh sách."), field="value")
            return text == "yes"
        if self.kind is Kind.TEXT:
            if len(text) > MOST_TEXT:
                raise Refused(
                    N_("Dài quá %(limit)s ký tự, cần viết ngắn lại."), field="value",
                    limit=MOST_TEXT,
                )  # fmt: skip
            return text
        plain = text.replace(".", "").replace(" ", "").replace(",", "").removesuffix("đ")
        if not (plain.isascii() and plain.isdigit() and len(plain) < 16):
            raise Refused(N_("Ghi bằng chữ số."), field="value")
        if not self.least <= int(plain) <= self.most:
            raise Refused(
                N_("Từ %(least)s đến %(most)s."), field="value", least=self.least, most=self.most
            )
        return int(plain)

    def stored(self, value: Value) -> str:
        """Return how the value lies in the database and in the form."""
        return ("yes" if value else "no") if self.kind is Kind.YES_NO else str(value)
