"""Receiving blanks, taking the next one, spoiled and returned ones, counting the cupboard."""

from __future__ import annotations

import datetime as dt
import re

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter.audit.rules import record
from jobcenter.catalogue.choices import Award
from jobcenter.certificates.choices import MOST_BLANKS, ON_BLANKS, BlankState
from jobcenter.certificates.models import Blank, BlankCount
from jobcenter.certificates.queries import require_school, stock
from jobcenter.kernel import clock, vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_


def receive(
    session: Session, *, award: Award, first: str, count: int, on: dt.date, receipt: str,
    by: Actor,
) -> int:  # fmt: skip
    """Write blanks into the stock, from the first serial on."""
    require_school(by)
    if award not in ON_BLANKS:
        raise Refused(N_("Chọn một giá trị trong danh sách."), field="award")
    match = re.fullmatch(
        r"([A-Z0-9./ -]*?)(\d{1,9})", vietnamese.clean_line(first).upper(), re.ASCII
    )
    if match is None:
        raise Refused(N_("Số hiệu phôi kết thúc bằng số, như A 000123."), field="first")
    if not 1 <= count <= MOST_BLANKS:
        raise Refused(N_("Từ %(least)s đến %(most)s."), field="count", least=1, most=MOST_BLANKS)
    start, width = int(match[2]), len(match[2])
    try:
        with session.begin_nested():
            session.add_all(
                Blank(
                    award=award, serial=f"{match[1]}{start + n:0{width}d}"[:20],
                    received_on=on, receipt=receipt,
                )
                for n in range(count)
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(N_("Có số hiệu phôi đã nhập trước đây."), field="first") from error
    record(
        session, by=by, action="receive-blanks", kind="blank", subject_id=None,
        code=award.value, number=first, count=count,
    )  # fmt: skip
    return count


def take_next(session: Session, award: Award, on: dt.date) -> Blank:
    """Take the lowest blank of the stock for a certificate; refuse when there is none."""
    in_stock = (Blank.award == award, Blank.state == BlankState.IN_STOCK)
    while True:
        row = session.scalar(
            select(Blank).where(*in_stock).order_by(Blank.serial).limit(1).with_for_update()
        )
        if row is not None:
            row.state, row.ended_on = BlankState.USED, on
            session.flush()
            return row
        # on PostgreSQL the row that was waited for is gone; there may be others
        if session.scalar(select(Blank.id).where(*in_stock).limit(1)) is None:
            raise Refused(N_("Hết phôi. Nhập phôi trước rồi cấp tiếp."))


def end(
    session: Session, *, award: Award, serial: str, state: BlankState, reason: str, by: Actor
) -> None:
    """Take a blank out of the stock: spoiled, or returned to who delivered it."""
    require_school(by)
    if state not in (BlankState.SPOILED, BlankState.RETURNED):
        raise Refused(N_("Chọn một giá trị trong danh sách."), field="state")
    reason = vietnamese.clean_line(reason)[:200]
    if not reason:
        raise Refused(N_("Cần ghi lý do."), field="reason")
    done = session.execute(
        update(Blank)
        .where(
            Blank.award == award,
            Blank.serial == vietnamese.clean_line(serial).upper(),
            Blank.state == BlankState.IN_STOCK,
        )
        .values(state=state, ended_on=clock.today(), reason=reason)
        .returning(Blank.id)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    if done is None:
        raise Refused(N_("Trong kho không có phôi mang số này."), field="serial")
    record(
        session, by=by, action="end-blank", kind="blank", subject_id=done,
        number=serial, reason=reason,
    )  # fmt: skip


def count(session: Session, *, award: Award, counted: int, note: str, by: Actor) -> BlankCount:
    """Write how many blanks lie in the cupboard, beside what the books say."""
    require_school(by)
    if award not in ON_BLANKS:
        raise Refused(N_("Chọn một giá trị trong danh sách."), field="award")
    expected = stock(session)[award][BlankState.IN_STOCK]
    if counted != expected and not vietnamese.clean_line(note):
        raise Refused(N_("Lệch với sổ, ghi rõ vì sao."), field="note")
    row = BlankCount(
        award=award, counted_on=clock.today(), counted=counted, expected=expected, note=note,
        counted_by_id=by.user_id,
    )  # fmt: skip
    session.add(row)
    session.flush()
    record(
        session, by=by, action="count-blanks", kind="blank", subject_id=None, code=award.value,
        before=str(expected), after=str(counted),
    )  # fmt: skip
    return row
