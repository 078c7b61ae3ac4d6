"""The desk for personal data: take, decide, copy, erase; and the person's own page."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Role
from jobcenter.audit.models import LedgerEntry, Sight
from jobcenter.people.models import Person
from jobcenter.people.queries import agreed
from jobcenter.privacy.choices import RequestState
from jobcenter.privacy.models import DataRequest, Erasure
from tests.support.client import Client

NEW = "/privacy/data-requests/new"


def only(session: Session) -> DataRequest:
    session.expire_all()
    return session.scalars(select(DataRequest)).one()


@pytest.fixture
def manager(client: Client, make_user: Any) -> Client:
    return client.sign_in_as(make_user(Role.MANAGER))


def take(desk: Client, **values: str) -> None:
    answer = desk.submit(NEW, {"asked": "copy", "came": "letter", "name": "Lê Thị A"} | values)
    assert answer.status_code in (302, 303), desk.page


def test_a_letter_becomes_a_request_with_its_last_day_and_is_decided(
    session: Session, manager: Client, make_seeker: Any
) -> None:
    seeker = make_seeker()
    refused = manager.submit(NEW, {"number": "HS-2000-00001", "asked": "view", "said": "cho xem"})
    assert refused.status_code == 422
    assert "Không có hồ sơ số này" in manager.page.get_text()
    assert "cho xem" in str(manager.page)
    take(manager, number=seeker.number, asked="withdraw", proof="Xem CCCD")
    row = only(session)
    where = f"/privacy/data-requests/{row.key}"
    assert manager.get("/privacy/data-requests").status_code == 200
    assert row.number in manager.page.get_text()
    assert manager.get(where).status_code == 200
    empty = manager.post(where, {"verb": "finish", "outcome": ""})
    assert empty.status_code == 422
    assert manager.post(where, {"verb": "reply"}).status_code == 303
    assert manager.post(where, {"verb": "extend", "why": "hỏi thêm"}).status_code == 303
    said = {"verb": "finish", "outcome": "Đã ngừng", "purposes": "publish"}
    assert manager.post(where, said).status_code == 303
    assert only(session).state is RequestState.DONE
    assert "publish" not in agreed(session, seeker.person_id)
    assert manager.get(where).status_code == 200
    assert session.scalar(select(Sight).where(Sight.person_id == seeker.person_id)) is not None
    assert manager.post(where, {"verb": "nonsense"}).status_code == 422


def test_a_counsellor_takes_requests_but_does_not_decide(
    session: Session, client: Client, make_user: Any, make_seeker: Any
) -> None:
    desk = client.sign_in_as(make_user(Role.COUNSELLOR))
    take(desk)
    row, seeker = only(session), make_seeker()
    where = f"/privacy/data-requests/{row.key}"
    nobody = desk.post(where, {"verb": "recognise", "number": seeker.number})
    assert nobody.status_code == 422
    known = {"verb": "recognise", "number": seeker.number, "proof": "Gọi lại số trong hồ sơ"}
    assert desk.post(where, known).status_code == 303
    assert only(session).person_id == seeker.person_id
    for verb in ("finish", "refuse", "extend"):
        assert desk.post(where, {"verb": verb, "outcome": "x", "why": "x"}).status_code == 403
    assert desk.post(f"{where}/copy").status_code == 403
    assert desk.get(f"{where}/erase").status_code == 403
    assert desk.post(where, {"verb": "take-back"}).status_code == 303


def test_everything_held_is_in_the_copy_and_no_secret(
    session: Session, manager: Client, make_seeker: Any, make_user: Any, make_visit: Any
) -> None:
    seeker = make_seeker(job="Thợ hàn", person={"id_number": "031098001234", "ethnicity": "Tày"})
    make_user(Role.SEEKER, person=seeker.person, password_hash="bí-mật-của-tài-khoản")
    make_visit(person=seeker.person, about="Hỏi lớp hàn")
    take(manager, number=seeker.number)
    row = only(session)
    answer = manager.post(f"/privacy/data-requests/{row.key}/copy")
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.get_data())) as archive:
        told = json.loads(archive.read("du-lieu.json"))
        pages = PdfReader(io.BytesIO(archive.read("tom-tat.pdf"))).pages
    tables = told["tables"]
    assert tables["person"][0]["id_number"] == "031098001234"
    assert tables["person"][0]["ethnicity"] == "Tày"
    assert tables["experience"][0]["position"] == "Thợ hàn"
    assert tables["visit"][0]["about"] == "Hỏi lớp hàn"
    assert {"consent", "wish", "seeker", "user", "data_request"} <= set(tables)
    assert "bí-mật" not in json.dumps(told, ensure_ascii=False)
    assert "id_number_blind" not in tables["person"][0]
    text = " ".join(page.extract_text() for page in pages)
    assert "Thợ hàn" in text
    entry = session.scalars(select(LedgerEntry).where(LedgerEntry.action == "copy-data")).one()
    assert entry.subject_id == seeker.person_id
    assert session.scalar(select(Sight.look).where(Sight.look == "sensitive")) == "sensitive"


def test_a_request_to_erase_shows_what_goes_and_is_met_by_erasing(
    session: Session, manager: Client, make_seeker: Any, make_visit: Any
) -> None:
    seeker = make_seeker(person={"full_name": "Trần Thị Sẽ Xoá"})
    make_visit(person=seeker.person, state="done", ended_at=seeker.created_at)
    take(manager, asked="erase", name="Trần Thị Sẽ Xoá")
    row = only(session)
    where = f"/privacy/data-requests/{row.key}"
    assert manager.get(f"{where}/erase").status_code == 303  # whose data is not known yet
    manager.post(where, {"verb": "recognise", "number": seeker.number, "proof": "CCCD"})
    assert manager.get(f"{where}/erase").status_code == 200
    assert "Việc mong muốn" in manager.page.get_text()
    assert manager.send(f"{where}/erase", {}).status_code == 303
    assert manager.get(where).status_code == 200
    found = only(session)
    assert (found.state, found.name) == (RequestState.DONE, "")
    assert "Trần Thị Sẽ Xoá" not in str(manager.page)
    assert session.scalars(select(Erasure)).one().request_id == found.id
    assert session.get_one(Person, seeker.person_id).erased_at is not None
    assert manager.get(f"{where}/erase").status_code == 404
    assert manager.post(f"{where}/copy").status_code == 404


def test_a_person_sees_own_requests_asks_takes_back_and_gets_a_copy_after_the_password(
    app: Flask, session: Session, client: Client, make_user: Any, make_seeker: Any
) -> None:
    seeker, other = make_seeker(), make_seeker()
    me = client.sign_in_as(make_user(Role.SEEKER, person=seeker.person))
    assert me.get("/me/file").status_code == 200
    assert me.submit("/me/data", {"asked": "erase", "said": "xoá hết"}).status_code == 302
    row = only(session)
    assert (row.person_id, row.came) == (seeker.person_id, "online")
    assert me.get("/me/data").status_code == 200
    assert row.number in me.page.get_text()
    copy = me.post("/me/data/copy")
    assert copy.status_code == 200
    assert copy.mimetype == "application/zip"
    theirs = DataRequest(
        number="QL-2026-99999", person_id=other.person_id, asked="copy", came="letter",
        received_on=row.received_on, reply_by=row.reply_by, due_on=row.due_on, state="open",
    )  # fmt: skip
    session.add(theirs)
    session.commit()
    assert me.post(f"/me/data/{theirs.key}/take-back").status_code == 404
    assert me.post(f"/me/data/{row.key}/take-back").status_code == 303
    session.expire_all()
    assert session.get_one(DataRequest, row.id).state is RequestState.WITHDRAWN
    for _ in range(5):
        me.submit("/me/data", {"asked": "view"})
    assert me.submit("/me/data", {"asked": "view"}).status_code == 422
