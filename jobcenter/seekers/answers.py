"""Single answers to single questions, as they come back by phone or message."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from jobcenter.kernel import vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import hold
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.seekers.models import Seeker
from jobcenter.seekers.rules import note_change

NIGHT_SHIFT = "night"
# What can be asked in one message: field or "night-shift" -> the question as the person reads it.
QUESTIONS = {
    "night-shift": N_("Đi được ca đêm?"),
    "accepts_overtime": N_("Có nhận tăng ca không?"),
    "needs_bus": N_("Có cần xe đưa đón không?"),
    "needs_dormitory": N_("Có cần ký túc xá không?"),
    "pay_min": N_("Lương thấp nhất là bao nhiêu?"),
    "available_on": N_("Ngày nào đi làm được?"),
}
_YES = {"co", "duoc", "ok", "yes", "y", "dong y", "nhan"}
_NO = {"khong", "no", "n", "khong duoc", "ko", "k", "khong can", "khong nhan"}


def answer(session: Session, *, seeker: Seeker, question: str, said: str, by: Actor) -> None:
    """Fill the field that was asked for from what the person said; refuses what is unclear."""
    if question not in QUESTIONS:
        raise Refused(N_("Chọn một giá trị trong danh sách."), field="question")
    value = _READ.get(question, _yes_or_no)(vietnamese.clean_line(said))
    hold(session, seeker, None)
    name = question
    if question == "night-shift":
        name = "shifts"
        others = tuple(code for code in seeker.shifts or () if code != NIGHT_SHIFT)
        value = (*others, NIGHT_SHIFT) if value else others or seeker.shifts
    if getattr(seeker, name) != value:
        setattr(seeker, name, value)
        note_change(session, seeker, [name], by)


def open_questions(seeker: Seeker) -> list[str]:
    """Return the questions whose answers the file still lacks."""
    names = {"night-shift": "shifts"}
    return [code for code in QUESTIONS if getattr(seeker, names.get(code, code)) is None]


def _yes_or_no(said: str) -> bool:
    plain = vietnamese.fold(said)
    if plain in _YES:
        return True
    if plain in _NO:
        return False
    raise Refused(N_("Chưa rõ là có hay không. Ghi “có” hoặc “không”."), field="answer")


def _money(said: str) -> int:
    plain = said.replace(".", "").replace(",", "").replace(" ", "").removesuffix("đ")
    if not (plain.isascii() and plain.isdigit()) or len(plain) > 9:
        raise Refused(N_("Ghi bằng chữ số, ví dụ 8.500.000."), field="answer")
    return int(plain)


_READ: dict[str, Callable[[str], Any]] = {
    "pay_min": _money,
    "available_on": vietnamese.parse_date,
}
