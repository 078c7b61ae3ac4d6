"""A firm's answers on the list that it was given, sent back as Excel."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Right
from jobcenter.catalogue.queries import Lists
from jobcenter.exchange import parsers
from jobcenter.exchange.fields import Field, Kind, Look, Made, Problem, Row, Source, Values
from jobcenter.exchange.reading import Cell
from jobcenter.exchange.template import template
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.referrals import lists as referrals
from jobcenter.referrals import sight, steps, together
from jobcenter.referrals.choices import REASONS, WITH_FIRM, Verb, reasons_for
from jobcenter.referrals.codes import code_of, read_code
from jobcenter.referrals.guards import Said
from jobcenter.referrals.models import Referral
from jobcenter.referrals.queries import hands_of, visible_to
from jobcenter.vacancies.models import Vacancy

# What the drop-down of the list offers, and in which state somebody is who was answered so.
WORDS: dict[str, Verb] = {
    "Mời phỏng vấn": Verb.INVITE,
    "Đã phỏng vấn": Verb.INTERVIEW,
    "Nhận": Verb.HIRE,
    "Từ chối": Verb.REJECT,
    "Không đến": Verb.NO_SHOW,
}
_HOUR = dt.time(7, 30)
# Excel writes the seconds too.
_HOUR_TEXT = re.compile(r"([01]?\d|2[0-3])(?::([0-5]\d))?(?::00)?", re.ASCII)
_REASONS: dict[str, str] = {label: code for code, label in reasons_for(Verb.REJECT)}
NO_SUCH_CODE = N_("Mã này không có trong danh sách đã gửi. So lại với tờ danh sách.")


def _code(cell: Cell, look: Look) -> int | None:
    text = parsers.plain(cell)
    if not text:
        return None
    found = read_code(text)
    if found is None:
        raise Refused(NO_SUCH_CODE)
    return found


def _one_of(known: dict[str, Any]) -> Callable[[Cell, Look], Any]:
    folded = {vietnamese.fold(word): value for word, value in known.items()}

    def read(cell: Cell, look: Look) -> Any:
        text = vietnamese.fold(parsers.plain(cell))
        if not text:
            return None
        if text not in folded:
            raise Refused(N_("Chọn một giá trị trong danh sách."))
        return folded[text]

    return read


def _hour(cell: Cell, look: Look) -> str | None:
    """Read an hour as people type it; Excel may have made a part of a day of it."""
    if isinstance(cell, dt.datetime):
        return f"{cell:%H:%M}"
    if isinstance(cell, float) and 0 <= cell < 1:
        minutes = round(cell * 24 * 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    text = parsers.plain(cell).lower().replace("h", ":").replace("g", ":").rstrip(":")
    if not text:
        return None
    found = _HOUR_TEXT.fullmatch(text)
    if found is None:
        raise Refused(N_("Giờ ghi như 08:30."))
    return f"{int(found[1]):02d}:{int(found[2] or 0):02d}"


FIELDS: tuple[Field, ...] = (
    Field("code", N_("Mã trả lời"), _code, "22K7M", needed=True, aliases=("ma",), width=12),
    Field("who", N_("Ứng viên"), parsers.line(200), "Nguyễn Thị Hường", width=26,
          hint=N_("Chỉ để nhận ra người, không đọc lại")),
    Field("answer", N_("Trả lời"), _one_of(WORDS), "Mời phỏng vấn", offers=tuple(WORDS),
          aliases=("ket qua", "cau tra loi"), width=18,
          hint=N_("Để trống nếu chưa trả lời")),
    Field("reason", N_("Lý do từ chối"), _one_of(_REASONS), "", offers=tuple(_REASONS),
          aliases=("ly do tu choi ung vien",), width=28),
    Field("day", N_("Ngày phỏng vấn"), parsers.day, "01/12/2026", width=14),
    Field("time", N_("Giờ phỏng vấn"), _hour, "08:30", width=12),
    Field("place", N_("Nơi phỏng vấn"), parsers.line(200), "Cổng 2", width=20),
    Field("started_on", N_("Ngày bắt đầu làm"), parsers.day, "", width=14),
)  # fmt: skip


def _whole(look: Look, values: Values) -> None:
    """Say what an answer lacks, at its cell; the rules say the same when it is done."""
    verb = values.get("answer")
    if verb is Verb.REJECT and values.get("reason") not in REASONS:
        raise Refused(N_("Chọn lý do."), field="reason")
    if verb is Verb.INVITE and values.get("day") is None:
        raise Refused(N_("Ghi ngày, giờ phỏng vấn."), field="day")
    if verb is Verb.HIRE and values.get("started_on") is None:
        raise Refused(N_("Ghi ngày bắt đầu làm."), field="started_on")


def _found(look: Look, ids: set[int]) -> dict[int, Referral]:
    """Return those of these referrals that the actor may see and that the firm was sent."""
    wanted = visible_to(look.by).where(Referral.id.in_(ids), Referral.sent_at.is_not(None))
    return {row.id: row for row in look.session.scalars(wanted)}


def _judge(look: Look, rows: Sequence[Row]) -> None:
    there = _found(look, {row.values["code"] for row in rows})
    seen: dict[int, int] = {}
    for row in rows:
        _judge_row(look, row, there.get(row.values["code"]), seen)


def _judge_row(look: Look, row: Row, found: Referral | None, seen: dict[int, int]) -> None:
    verb = row.values.get("answer")
    if found is None:
        row.problems.append(Problem("code", NO_SUCH_CODE, {}))
    elif (before := seen.setdefault(found.id, row.number)) != row.number:
        row.problems.append(Problem("code", N_("Trùng mã với dòng %(row)s."), {"row": before}))
    elif verb is None:
        row.state = "known"
        row.problems.append(Problem("answer", N_("Chưa trả lời."), {}, is_warning=True))
    elif _is_done(found, row.values):
        row.state = "known"
        row.problems.append(Problem("answer", N_("Đã ghi câu trả lời này."), {}, is_warning=True))
    elif steps.step_for(verb, found.state, hands_of(look.session, found, look.by)) is None:
        told = N_("Người này không còn chờ câu trả lời như vậy.")
        row.problems.append(Problem("answer", told, {}))


def _is_done(row: Referral, values: Values) -> bool:
    """Say whether the referral stands already where the answer leads."""
    ends = {step.end for step in steps.TABLE if step.verb is values["answer"]}
    if row.state not in ends:
        return False
    return values["answer"] is not Verb.INVITE or row.interview_at == _at(values)


def _at(values: Values) -> dt.datetime | None:
    if values.get("day") is None:
        return None
    hour = dt.time.fromisoformat(values["time"]) if values.get("time") else _HOUR
    return dt.datetime.combine(values["day"], hour, clock.LOCAL)


def _write(look: Look, values: Values, source: Source) -> Made:
    found = _found(look, {values["code"]}).get(values["code"])
    if found is None:
        raise Refused(NO_SUCH_CODE, field="code")
    look.session.execute(select(Vacancy.id).where(Vacancy.id == found.vacancy_id).with_for_update())
    verb = values["answer"]
    is_invited = verb is Verb.INVITE
    said = Said(
        reason=values.get("reason") if verb is Verb.REJECT else None,
        interview_at=_at(values) if is_invited else None,
        interview_place=(values.get("place") or "") if is_invited else "",
        started_on=values.get("started_on") if verb is Verb.HIRE else None,
    )
    together.do(look.session, found, together.Answer(verb, said), look.by)
    return Made(found.id, found.state.value, code_of(found.id))


def _undo(
    session: Session, by: Actor, subject_id: int, stamp: str, before: dict[str, Any] | None
) -> bool:
    """Leave an answer as it is: people were told of it; who changes it, does so on its page."""
    return False


ANSWERS = Kind(
    code="answers",
    label=N_("Trả lời của doanh nghiệp"),
    about=N_("Mỗi dòng là câu trả lời cho một người đã giới thiệu, theo mã trên danh sách đã gửi."),
    right=Right.VACANCIES_WRITE,
    own_right=Right.OWN_FIRM,
    fields=FIELDS,
    whole=_whole,
    judge=_judge,
    write=_write,
    undo=_undo,
    subject="referral",
    notes=(N_("Câu trả lời đã ghi thì báo ngay cho người lao động nên không hoàn tác từ tệp."),),
)


def answer_list(
    session: Session, *, vacancy: Vacancy, by: Actor, lists: Lists
) -> tuple[bytes, list[Referral]]:
    """Return the firm's list of a vacancy as Excel with drop-downs, and who stands in it.

    It names whom the firm may see by name now; print it, or have it filled in and sent back.
    """
    rows = [row for row in referrals.of_vacancy(session, vacancy, by) if row.state in WITH_FIRM]
    if not rows:
        raise Refused(N_("Chưa có ai ở doanh nghiệp chờ câu trả lời."))
    opened = sight.opened(session, rows, clock.today())
    filled = [
        {"code": code_of(row.id), "who": row.seeker.person.full_name if row.id in opened else ""}
        for row in rows
    ]
    return template(ANSWERS, lists, filled), rows
