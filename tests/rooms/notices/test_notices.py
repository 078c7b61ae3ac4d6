"""The outbox: told once, one effect inside, never at night, dead ones replayed by hand."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import random
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter.jobs import delivery, senders
from jobcenter.jobs.senders import FileSender, Outgoing
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.notices import queries, rules
from jobcenter.notices.choices import BACK_OFF, MOST_A_DAY, CallState, Channel, NoticeState
from jobcenter.notices.models import Call, InboxLine, Notice, Reply
from jobcenter.notices.rules import To
from jobcenter.notices.templates import TEMPLATES
from jobcenter.seekers.models import Seeker
from tests.support.client import Client
from tests.support.together import together

NOON = dt.datetime(2026, 11, 24, 5, 0, tzinfo=dt.UTC)  # 12:00 in Hải Phòng
NIGHT = dt.datetime(2026, 11, 24, 15, 0, tzinfo=dt.UTC)  # 22:00
SEED = os.environ.get("JOBCENTER_SEED", "1")
BY = Actor(user_id=None, name="test", role="system")


class Kept:
    """A sender that keeps what it was given, and fails when told to."""

    def __init__(self) -> None:
        self.sent: list[Outgoing] = []
        self.fails = 0

    def __call__(self, message: Outgoing) -> None:
        if self.fails:
            self.fails -= 1
            raise ConnectionError("mail server away")
        self.sent.append(message)


@pytest.fixture
def kept() -> Kept:
    return Kept()


def ways(kept: Kept) -> dict[Channel, Any]:
    return dict.fromkeys((Channel.EMAIL, Channel.SMS, Channel.ZALO), kept)


def ask(session: Session, key: str, to: To, question: str = "Đi được ca đêm?") -> bool:
    values = {"question": question, "phone": "0225 3842 111"}
    told = rules.tell(
        session, key=key, template="question", to=to, params=values, href="night-shift"
    )
    session.commit()
    return told


def notice(session: Session) -> Notice:
    session.expire_all()
    return session.scalars(select(Notice)).one()


def test_a_key_tells_once_and_rolls_back_with_its_cause(
    app: Flask, session: Session, make_person: Any
) -> None:
    person = make_person(email="thu.huong@example.vn")
    to = To(person_id=person.id)
    assert ask(session, "a", to)
    assert not ask(session, "a", to)
    rules.tell(session, key="b", template="question", to=to, params={"question": "", "phone": ""})
    session.rollback()
    assert session.scalar(select(func.count(Notice.id))) == 1
    session.commit()
    with app.app_context():
        engine = db.engine
    values = {"question": "?", "phone": "1"}
    acts = [
        lambda own: rules.tell(own, key="c", template="question", to=to, params=values)
        for _ in range(8)
    ]
    answers = together(engine, acts)
    assert sorted(answers) == [False] * 7 + [True]


def test_values_must_fit_the_template(session: Session, make_person: Any) -> None:
    to = To(person_id=make_person().id)
    with pytest.raises(ValueError, match="phone"):
        rules.tell(session, key="a", template="question", to=to, params={"question": ""})


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=lambda t: t.code)
def test_every_template_reads_in_both_languages(template: Any) -> None:
    for locale in ("vi", "en"):
        text = queries.written(template, locale, template.params)
        whole = text.subject + text.body + text.short
        assert "%(" not in whole
        assert all(value in whole for value in template.params.values())
        assert text.short.isascii() or any(not v.isascii() for v in template.params.values())


def test_mail_leaves_once_and_people_without_address_are_to_be_called(
    session: Session, make_person: Any, kept: Kept
) -> None:
    reached, alone = make_person(email="a@example.vn"), make_person(phone="+842253842111")
    with clock.frozen(NOON):
        ask(session, "a", To(person_id=reached.id))
        ask(session, "b", To(person_id=alone.id))
        assert delivery.deliver(session, ways(kept), worker="w") == 2
        assert delivery.deliver(session, ways(kept), worker="w") == 0
    assert [one.to for one in kept.sent] == ["a@example.vn"]
    assert "Đi được ca đêm?" in kept.sent[0].body
    call = session.scalars(select(Call)).one()
    assert call.person_id == alone.id
    rules.close_call(session, call=call, state=CallState.DONE, note="đã trả lời", by=BY)
    with pytest.raises(Refused):
        rules.close_call(session, call=call, state=CallState.GIVEN_UP, note="", by=BY)


def test_failures_back_off_then_die_and_come_back_by_hand(
    session: Session, make_person: Any, kept: Kept
) -> None:
    person, now = make_person(email="a@example.vn"), NOON
    kept.fails = len(BACK_OFF) + 1
    with clock.frozen(now):
        ask(session, "a", To(person_id=person.id))
    for minutes in (0, *BACK_OFF):
        now += dt.timedelta(minutes=minutes)
        with clock.frozen(queries.next_daytime(now)):
            assert delivery.deliver(session, ways(kept), worker="w") == 1
            assert delivery.deliver(session, ways(kept), worker="w") == 0
    row = notice(session)
    assert (row.state, row.attempts) == (NoticeState.DEAD, len(BACK_OFF) + 1)
    assert "mail server away" in row.error
    with clock.frozen(queries.next_daytime(now + dt.timedelta(days=1))):
        rules.replay(session, notice=row, by=BY)
        session.commit()
        assert delivery.deliver(session, ways(kept), worker="w") == 1
    assert notice(session).state is NoticeState.SENT
    with pytest.raises(Refused):
        rules.replay(session, notice=row, by=BY)
    with pytest.raises(Refused):
        rules.cancel(session, notice=row, by=BY)


def test_nobody_is_woken_and_nobody_is_told_too_much(
    session: Session, make_person: Any, kept: Kept
) -> None:
    person = make_person(email="a@example.vn")
    with clock.frozen(NIGHT):
        ask(session, "night", To(person_id=person.id))
        delivery.deliver(session, ways(kept), worker="w")
    assert kept.sent == []
    row = notice(session)
    assert clock.local(row.not_before).strftime("%d %H:%M") == "25 07:00"
    assert row.attempts == 0
    with clock.frozen(NIGHT + dt.timedelta(hours=10)):
        for n in range(MOST_A_DAY + 2):
            ask(session, f"n{n}", To(person_id=person.id))
        delivery.deliver(session, ways(kept), worker="w")
    assert len(kept.sent) == MOST_A_DAY
    with clock.frozen(NIGHT + dt.timedelta(hours=36)):
        delivery.deliver(session, ways(kept), worker="w")
    assert len(kept.sent) == MOST_A_DAY + 3


def test_urgent_mail_goes_at_night(session: Session, kept: Kept) -> None:
    values = dict(TEMPLATES["invitation"].params)
    with clock.frozen(NIGHT):
        rules.tell(
            session, key="i", template="invitation", to=To(address="b@example.vn"), params=values
        )
        session.commit()
        delivery.deliver(session, ways(kept), worker="w")
    assert [one.to for one in kept.sent] == ["b@example.vn"]


def test_a_digest_is_one_mail_and_every_line_stands_inside(
    session: Session, make_user: Any, kept: Kept
) -> None:
    user = make_user("counsellor", email="tuvan@example.vn")
    with clock.frozen(NOON):
        for n in range(3):
            values = {"firm": f"Công ty {n}", "file": "HS", "vacancy": "YC"}
            rules.tell(
                session, key=f"d{n}", template="introduction-asked", to=To(user_id=user.id),
                params=values,
            )  # fmt: skip
        session.commit()
        assert delivery.deliver(session, ways(kept), worker="w") == 0
    with clock.frozen(NOON + dt.timedelta(hours=20)):
        while delivery.deliver(session, ways(kept), worker="w"):
            pass
    assert len(kept.sent) == 1
    assert all(f"Công ty {n}" in kept.sent[0].body for n in range(3))
    assert session.scalar(select(func.count(InboxLine.notice_id))) == 3
    states = session.scalars(select(Notice.state).order_by(Notice.id)).all()
    assert list(states) == [NoticeState.SENT, NoticeState.BUNDLED, NoticeState.BUNDLED]


def tell_six(session: Session, make_user: Any) -> list[Any]:
    users = [make_user("counsellor", email=f"u{n}@example.vn") for n in range(6)]
    values = dict(TEMPLATES["firm-granted"].params)
    for n, user in enumerate(users):
        to = To(user_id=user.id)
        rules.tell(session, key=f"k{n}", template="firm-granted", to=to, params=values)
    session.commit()
    return users


class Killed(BaseException):
    """Stands for a kill -9: nothing after it runs."""


def test_kills_lose_nothing_and_have_one_effect(
    session: Session, make_user: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The worker dies at random steps; inside each line stands once, outside one Message-ID."""
    draw = random.Random(SEED)
    users = tell_six(session, make_user)
    kills: list[str] = []

    def die(name: str) -> None:
        if draw.random() < 0.25:
            kills.append(name)
            raise Killed(name)

    def dying(name: str, act: Any) -> Any:
        def wrapped(*args: Any, **kw: Any) -> Any:
            die(name)
            found = act(*args, **kw)
            die(name)
            return found

        return wrapped

    for name in ("show_inside", "sent", "hold"):
        monkeypatch.setattr(rules, name, dying(name, getattr(rules, name)))
    dying_ways = {Channel.EMAIL: dying("send", FileSender(tmp_path))}
    waits = select(Notice.id).where(Notice.state != NoticeState.SENT).limit(1)
    now = NOON + dt.timedelta(days=10)
    for n in range(300):
        now += rules.LEASE + dt.timedelta(seconds=1)
        with clock.frozen(queries.next_daytime(now)), contextlib.suppress(Killed):
            delivery.deliver(session, dying_ways, worker=f"w{n}")
        session.rollback()
        if session.scalar(waits) is None:
            break
    assert session.scalar(waits) is None
    assert len(kills) > 3
    assert session.scalar(select(func.count(InboxLine.notice_id))) == len(users)
    files = sorted(tmp_path.iterdir())
    assert len(files) == len(users)
    ids = {json.loads(path.read_text())["message_id"] for path in files}
    assert len(ids) == len(users)


def test_mail_goes_by_smtp_with_a_stable_id(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []

    class Server:
        def __init__(self, host: str, port: int, timeout: int) -> None:
            seen.append((host, port))

        def __enter__(self) -> Any:
            return self

        def __exit__(self, *args: object) -> None:
            return None

        def login(self, user: str, password: str) -> None:
            seen.append((user, password))

        def send_message(self, mail: Any) -> None:
            seen.append(mail)

    monkeypatch.setattr(senders.smtplib, "SMTP", Server)
    send = senders.SmtpSender("smtp://u:p%40ss@mail.example:2525", "tt@example.vn")
    send(Outgoing("a@example.vn", "Chào", "Nội dung ạ", "", "<1@x>"))
    host, login, mail = seen
    assert host == ("mail.example", 2525)
    assert login == ("u", "p@ss")
    assert (mail["Message-ID"], mail["To"]) == ("<1@x>", "a@example.vn")
    assert mail.get_content().strip() == "Nội dung ạ"


def test_a_reply_fills_the_unknown_field(
    client: Client, session: Session, make_user: Any, make_seeker: Any, kept: Kept
) -> None:
    seeker = make_seeker(shifts=None, pay_min=None, person={"email": "a@example.vn"})
    client.sign_in_as(make_user("counsellor"))
    path = f"/counsellor/seekers/{seeker.key}/questions"
    for question in ("night-shift", "pay_min"):
        client.get(path)
        assert client.post(path, {"question": question}).status_code == 303
    assert client.post(path, {"question": "sex"}).status_code == 422
    rows = {row.href: row for row in session.scalars(select(Notice))}
    said = {"night-shift": "Có", "pay_min": "8.500.000"}
    unclear = client.post(
        f"{path}/{rows['night-shift'].key}", {"answer": "để xem", "channel": "sms"}
    )
    assert unclear.status_code == 422
    assert "để xem" in unclear.get_data(as_text=True)
    for question, answer in said.items():
        sent = client.post(f"{path}/{rows[question].key}", {"answer": answer, "channel": "sms"})
        assert sent.status_code == 303, sent.get_data(as_text=True)
    session.expire_all()
    found = session.get(Seeker, seeker.id)
    assert found is not None
    assert found.shifts is not None
    assert "night" in found.shifts
    assert found.pay_min == 8_500_000
    assert session.scalar(select(func.count(Reply.id))) == 2
    other = make_seeker()
    wrong = client.post(
        f"/counsellor/seekers/{other.key}/questions/{rows['pay_min'].key}",
        {"answer": "1", "channel": "sms"},
    )
    assert wrong.status_code == 404


def test_outbox_inbox_and_calls_on_the_screen(
    client: Client, session: Session, make_user: Any, make_person: Any, kept: Kept
) -> None:
    admin, user = make_user("administrator"), make_user("counsellor")
    values = dict(TEMPLATES["job-ended"].params)
    with clock.frozen(NOON):
        rules.tell(
            session, key="x", template="job-ended", to=To(user_id=user.id), params=values,
            href="/work/",
        )  # fmt: skip
        ask(session, "y", To(person_id=make_person(phone=None).id))
        delivery.deliver(session, ways(kept), worker="w")
    client.sign_in_as(admin)
    assert client.get("/admin/messages").status_code == 200
    assert "Đã gửi" in str(client.page)
    assert client.get("/admin/messages?state=odd&template=odd").status_code == 200
    assert client.get("/admin/messages/templates").status_code == 200
    key = notice_of(session, "x").key
    assert client.post(f"/admin/messages/{key}", {"act": "cancel"}).status_code == 422
    client.sign_in_as(user)
    client.get("/account/messages")
    assert "In 120 giấy: đã xong" in str(client.page)
    client.post("/account/messages")
    client.get("/account/messages")
    assert "Đánh dấu đã đọc cả" not in str(client.page)
    client.get("/counsellor/calls")
    assert client.send("", {"state": "done"}, action="/calls/").status_code == 303
    client.get("/counsellor/calls")
    assert "Không có ai phải gọi" in str(client.page)


def notice_of(session: Session, key: str) -> Notice:
    return session.scalars(select(Notice).where(Notice.effect_key == key)).one()
