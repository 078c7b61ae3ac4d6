"""Papers on the screen: made of a record, printed, cancelled, confirmed by a stranger."""

from __future__ import annotations

import io
from typing import Any

from bs4 import BeautifulSoup
from docx import Document
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.papers.choices import PaperState
from jobcenter.papers.models import Paper
from tests.support.client import Client


def only(session: Session) -> Paper:
    paper = session.scalars(select(Paper)).one()
    session.refresh(paper)
    return paper


def words(page: BeautifulSoup | None) -> str:
    assert page is not None
    return " ".join(page.get_text(" ").split())


def test_a_vacancy_sheet_from_record_to_confirmation(
    client: Client, session: Session, make_user: Any, make_vacancy: Any
) -> None:
    vacancy = make_vacancy(title="Công nhân may")
    client.sign_in_as(make_user("counsellor"))
    client.get(f"/counsellor/vacancies/{vacancy.key}")
    made = client.send("", {}, action="/papers/sheet")
    assert made.status_code == 303
    paper = only(session)
    page = client.get(made.headers["Location"])
    assert page.status_code == 200
    assert str(paper.shown) in words(client.page)
    look = client.get(f"/counsellor/papers/{paper.key}/look")
    assert look.mimetype == "application/pdf"
    assert only(session).copies == 0
    printed = client.post(f"/counsellor/papers/{paper.key}/print", {"as": "pdf"})
    assert printed.headers["Cache-Control"] == "no-store"
    assert "Công nhân may" in PdfReader(io.BytesIO(printed.data)).pages[0].extract_text()
    assert (only(session).copies, only(session).state) == (1, PaperState.PRINTED)
    client.get(f"/counsellor/papers/{paper.key}")
    assert "In lại" in words(client.page)

    client.browser.post("/sign-out")
    stranger = Client(client.app, session)
    assert stranger.get(f"/giay/{paper.code}").status_code == 200
    seen = words(stranger.page)
    assert "còn giá trị" in seen
    assert str(paper.shown) in seen
    assert "Công nhân may" not in seen
    assert vacancy.enterprise.name not in seen


def test_the_register_keeps_what_was_cancelled_and_prints_several(
    client: Client, session: Session, make_user: Any, make_vacancy: Any
) -> None:
    client.sign_in_as(make_user("counsellor"))
    for _ in range(3):
        client.get(f"/counsellor/vacancies/{make_vacancy().key}")
        client.send("", {}, action="/papers/sheet")
    first, second, third = session.scalars(select(Paper).order_by(Paper.number)).all()
    client.get(f"/counsellor/papers/{first.key}")
    assert (
        client.post(f"/counsellor/papers/{first.key}/move", {"verb": "cancel"}).status_code == 422
    )
    client.post(f"/counsellor/papers/{first.key}/move", {"verb": "cancel", "reason": "Nhầm"})
    client.get("/counsellor/papers")
    assert "Đã huỷ" in words(client.page)
    keys = [str(third.key), str(second.key), "odd"]
    body = client.post("/counsellor/papers/print", {"paper": keys}).data
    text = [page.extract_text() for page in PdfReader(io.BytesIO(body)).pages]
    assert second.shown in text[0]
    assert third.shown in text[-1]
    client.get("/counsellor/papers?state=cancelled&year=abc")
    assert str(first.shown) in words(client.page)
    assert str(second.shown) not in words(client.page)
    assert client.post("/counsellor/papers/print", {}).status_code == 303


def test_who_may_not_read_the_record_does_not_see_its_paper(
    client: Client, session: Session, make_user: Any, make_seeker: Any
) -> None:
    seeker = make_seeker()
    client.sign_in_as(make_user("counsellor"))
    client.post(f"/counsellor/seekers/{seeker.key}/papers/consent")
    paper = only(session)
    school = Client(client.app, session).sign_in_as(make_user("school-staff"))
    for path in ("", "/look"):
        assert school.get(f"/counsellor/papers/{paper.key}{path}").status_code == 404
    school.get("/counsellor/papers")
    assert str(paper.shown) not in words(school.page)
    manager = Client(client.app, session).sign_in_as(make_user("manager"))
    assert manager.get(f"/counsellor/papers/{paper.key}").status_code == 200
    assert manager.post(f"/counsellor/papers/{paper.key}/print").status_code == 403


def test_the_office_puts_its_own_word_form_in_place(
    client: Client, session: Session, make_user: Any, make_vacancy: Any
) -> None:
    client.sign_in_as(make_user("administrator"))
    sample = client.get("/admin/forms/vacancy-sheet/sample")
    assert sample.status_code == 200
    bad = client.post("/admin/forms/vacancy-sheet", {"file": (io.BytesIO(b"x"), "x.docx")})
    assert bad.status_code == 422
    assert "không phải tệp Word" in words(client.page)
    good = {"file": (io.BytesIO(sample.data), "mẫu.docx")}
    assert client.post("/admin/forms/vacancy-sheet", good).status_code == 303
    client.get("/admin/forms")
    assert "mẫu.docx" in words(client.page)
    assert client.get("/admin/forms/none").status_code == 404

    staff = Client(client.app, session).sign_in_as(make_user("counsellor"))
    staff.get(f"/counsellor/vacancies/{make_vacancy(title='Thợ tiện').key}")
    staff.send("", {}, action="/papers/sheet")
    paper = only(session)
    body = staff.post(f"/counsellor/papers/{paper.key}/print", {"as": "word"}).data
    text = "\n".join(one.text for one in Document(io.BytesIO(body)).paragraphs)
    assert str(paper.shown) in text
    client.get("/admin/forms/vacancy-sheet")
    client.send("", {}, action="/drop")
    assert staff.post(f"/counsellor/papers/{paper.key}/print", {"as": "word"}).status_code == 422


def test_a_wrong_code_is_told_apart_from_nothing(client: Client) -> None:
    assert client.get("/giay").status_code == 200
    assert client.get("/giay/0000-0000-0000").status_code == 404
    assert "Không có giấy nào mang mã này" in words(client.page)
    assert client.get("/giay?code=%00%ff").status_code == 200
