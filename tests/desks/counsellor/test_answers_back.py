"""Answers that come back on paper and in Excel: codes, wrong codes, what is done, done once."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import openpyxl
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, RIGHTS, Role
from jobcenter.exchange import rules as imports
from jobcenter.exchange.reading import read
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor, system
from jobcenter.people.choices import Way
from jobcenter.referrals import rules
from jobcenter.referrals.choices import Verb
from jobcenter.referrals.codes import LETTERS, code_of, read_code
from jobcenter.referrals.guards import Said
from jobcenter.referrals.models import Referral
from tests.support.client import Client

Make = Callable[..., Any]
BY = system("tests", EVERYTHING)
TODAY = clock.today()


def send(session: Session, vacancy: Any, seeker: Any) -> Referral:
    row = rules.draft(session, vacancy=vacancy, seeker=seeker, by=BY)
    rules.act(session, referral=row, verb=Verb.CONSENT, by=BY, said=Said(way=Way.COUNTER))
    rules.act(session, referral=row, verb=Verb.SEND, by=BY)
    return row


def text(client: Client) -> str:
    assert client.page is not None
    return " ".join(client.page.get_text().split())


def test_one_wrong_letter_or_two_swapped_never_give_another_code() -> None:
    for number in (1, 30, 31, 961, 12_345, 923_520, 923_521, 2**31):
        code = code_of(number)
        assert read_code(code) == number
        assert read_code(f" {code[:2].lower()}-{code[2:]} ") == number
        for at, letter in enumerate(code):
            for other in LETTERS.replace(letter, ""):
                assert read_code(code[:at] + other + code[at + 1 :]) is None
        for at in range(len(code) - 1):
            swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
            assert swapped == code or read_code(swapped) is None
    assert [read_code(one) for one in ("", "22", "O0IL1", "2" * 40, "đđđđđ")] == [None] * 5


def test_typed_codes_are_reviewed_and_done_and_a_wrong_line_loses_nothing(
    client: Client, session: Session, make_user: Make, make_vacancy: Make, make_seeker: Make
) -> None:
    vacancy = make_vacancy(headcount=5)
    rows = [send(session, vacancy, make_seeker()) for _n in range(5)]
    drafted = rules.draft(session, vacancy=vacancy, seeker=make_seeker(), by=BY)
    session.commit()
    client.sign_in_as(make_user(Role.COUNSELLOR))
    codes = [code_of(row.id) for row in rows]
    typed = {
        "lines": f"{codes[0]} N\n{codes[1].lower()}, t3\n{codes[2]} M\n{codes[3]} X\n"
        f"QQQQQ N\n{codes[0]} T1\n{code_of(drafted.id)} N\n{codes[4]} T",
        "day": f"{TODAY + dt.timedelta(days=3):%d/%m/%Y}", "time": "8h30", "place": "Cổng 2",
        "started_on": f"{TODAY:%d/%m/%Y}",
    }  # fmt: skip
    assert client.submit("/counsellor/answers", typed, action="/review").status_code == 422
    page = text(client)
    for said in ("Ghi chữ M, P, N, T hoặc K", "Mã này không có", "đã ghi ở dòng trên",
                 "Sau T ghi số lý do"):  # fmt: skip
        assert said in page, said
    assert [row.state for row in rows] == ["sent"] * 5  # a review changes nothing
    form = {**typed, "form_key": "one"}
    assert client.post("/counsellor/answers", form).status_code == 422
    page = text(client)
    assert "Đã ghi 3 câu trả lời" in page or "Đã ghi 4 câu trả lời" in page
    session.expire_all()
    assert [row.state for row in rows] == ["hired", "rejected", "invited", "sent", "sent"]
    assert rows[1].reason == "interview"
    assert client.page is not None
    area = client.page.select_one("textarea[name=lines]")
    assert area is not None
    assert "QQQQQ N" in area.get_text()  # what was wrong is still there, and nothing else
    assert codes[1] not in area.get_text().upper()
    for name in ("day", "time", "place", "started_on"):  # and what the mended lines will need
        field = client.page.select_one(f"input[name={name}]")
        assert field is not None
        assert field["value"] == typed[name]
    versions = [row.version for row in rows]
    client.post("/counsellor/answers", form)  # the same form again does nothing
    session.expire_all()
    assert [row.version for row in rows] == versions


def test_more_lines_than_one_act_takes_are_refused_and_stay(
    client: Client, make_user: Make
) -> None:
    client.sign_in_as(make_user(Role.COUNSELLOR))
    long = "Z" * 200
    for path in ("/counsellor/answers/review", "/counsellor/answers"):
        sent = {"lines": "\n".join(["QQQQQ N"] * 200 + [long]), "form_key": "many"}
        assert client.post(path, sent).status_code == 422
        assert "Một lần nhiều nhất 200 dòng." in text(client)
        assert client.page is not None
        area = client.page.select_one("textarea[name=lines]")
        assert area is not None
        assert area.get_text().count("QQQQQ N") == 200
        assert long in area.get_text()


def test_the_firms_excel_is_filled_in_read_back_and_safe_to_repeat(
    client: Client, session: Session, make_user: Make, make_vacancy: Make, make_seeker: Make
) -> None:
    vacancy, other = make_vacancy(headcount=5), make_vacancy()
    rows = [
        send(session, vacancy, make_seeker(person={"full_name": f"Lê Thị {name}"}))
        for name in ("An", "Bình", "Chi", "Dung")
    ]
    foreign = send(session, other, make_seeker())
    session.commit()
    client.sign_in_as(make_user(Role.COUNSELLOR))
    path = f"/counsellor/vacancies/{vacancy.key}/answer-list.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(client.get(path, look=False).data))
    sheet = book["Dữ liệu"]
    assert [sheet.cell(line, 2).value for line in range(3, 7)] == [code_of(r.id) for r in rows]
    assert sheet.cell(3, 3).value == "Lê Thị An"
    assert sheet.data_validations.dataValidation
    day = f"{TODAY + dt.timedelta(days=4):%d/%m/%Y}"
    sheet.cell(3, 4).value, sheet.cell(3, 9).value = "Nhận", f"{TODAY:%d/%m/%Y}"
    sheet.cell(4, 4).value, sheet.cell(4, 5).value = "từ chối", "Thiếu kinh nghiệm"
    sheet.cell(5, 4).value, sheet.cell(5, 6).value, sheet.cell(5, 7).value = (
        "Mời phỏng vấn", day, dt.time(9, 15),
    )  # fmt: skip
    sheet.cell(7, 2).value, sheet.cell(7, 4).value = "22222", "Nhận"
    sheet.cell(8, 2).value, sheet.cell(8, 4).value = code_of(foreign.id), "Từ chối"
    out = io.BytesIO()
    book.save(out)
    user = make_user(Role.ENTERPRISE_USER, enterprise=vacancy.enterprise)
    firm = Actor(
        user_id=user.id, name="x", role="enterprise-user", enterprise_id=vacancy.enterprise_id,
        rights=frozenset(RIGHTS[Role.ENTERPRISE_USER]),
    )  # fmt: skip

    def bring() -> list[str]:
        table = read(out.getvalue())
        batch = imports.take(session, kind="answers", file_name="a.xlsx", table=table, by=firm)
        session.commit()
        imports.judge(session, batch=batch, by=firm)
        session.commit()
        checked = imports.whole(session, batch)
        states = [row[1] for row in (checked.findings or {})["rows"]]
        if batch.good:
            imports.begin(session, batch=batch, verb="write", by=firm)
            assert imports.write(session, batch=batch, by=firm) is not None
            session.commit()
        return states

    assert bring() == ["good", "good", "good", "known", "bad", "bad"]
    session.expire_all()
    assert [row.state for row in rows] == ["hired", "rejected", "invited", "sent"]
    assert foreign.state == "sent"  # another firm's code is as one that never was
    assert rows[2].interview_at is not None
    assert f"{clock.local(rows[2].interview_at):%H:%M}" == "09:15"
    again = bring()
    assert "good" not in again
    assert again[3:] == ["known", "bad", "bad"]
