"""What people asked about their data, and a breach that was handled."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.people.models import Person
from jobcenter.privacy import breaches, rules
from jobcenter.privacy.choices import Asked, Came, Ground

# (what, how it came, days ago, what was said, how it ended)
_REQUESTS = (
    (Asked.COPY, Came.COUNTER, 24, "Xin bản sao hồ sơ để nộp nơi khác.", "done"),
    (Asked.CORRECT, Came.LETTER, 34, "Sai ngày sinh, đúng là 12/05/1996.", ""),
    (Asked.WITHDRAW, Came.PHONE, 5, "Thôi không cho doanh nghiệp xem hồ sơ nữa.", "replied"),
    (Asked.OBJECT, Came.LETTER, 40, "Không muốn nhận tin nhắn.", "refused"),
    (Asked.ERASE, Came.ONLINE, 1, "Tôi đã chuyển vào Nam, nhờ xoá hồ sơ.", ""),
)


def write(session: Session, *, today: dt.date, by: Actor) -> None:
    """Write a few requests in every state, and one breach from its finding to its end."""
    people = session.scalars(
        select(Person).where(Person.merged_into_id.is_(None)).order_by(Person.id).limit(40)
    ).all()[::7]
    for person, (asked, came, ago, said, ended) in zip(people, _REQUESTS, strict=False):
        row = rules.take_request(
            session, person=person, asked=asked, came=came, said=said, by=by,
            received_on=today - dt.timedelta(days=ago), proof="Đối chiếu CCCD tại quầy",
        )  # fmt: skip
        if ended == "done":
            rules.finish(session, request=row, outcome="Đã giao bản sao tại quầy.", by=by)
        elif ended == "refused":
            rules.refuse(
                session, request=row, ground=Ground.NOT_HELD, by=by,
                outcome="Trung tâm không gửi tin nào tới số này.",
            )  # fmt: skip
        elif ended == "replied":
            rules.reply(session, request=row, by=by)
    told = breaches.Told(
        what="Gửi nhầm danh sách ứng viên che tên của một vị trí cho doanh nghiệp khác.",
        happened="Khi gửi thư chiều hôm trước", kinds="Nghề, xã đang ở; không có tên, điện thoại",
        people=14, harm="Thấp: không nhận ra được ai.",
        measures="Đã yêu cầu xoá thư và nhận xác nhận.",
    )  # fmt: skip
    found = breaches.report(
        session, found_at=clock.now() - dt.timedelta(hours=50), told=told, by=by
    )
    breaches.step(
        session, breach=found, verb="tell-authority", text="Gửi công văn cho Công an thành phố.",
        by=by,
    )  # fmt: skip
    session.flush()
