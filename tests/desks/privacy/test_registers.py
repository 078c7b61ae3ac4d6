"""The breach register with its clock; the inventory and the impact file made from the models."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Role
from jobcenter.kernel import clock
from jobcenter.kernel.db import Base
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.privacy import columns
from jobcenter.privacy import breaches
from jobcenter.privacy.inventory import inventory
from jobcenter.privacy.labels import TABLES
from jobcenter.privacy.models import Breach
from tests.support.client import Client
from tests.support.planting import everything

BY = everything()


@pytest.fixture
def manager(client: Client, make_user: Any) -> Client:
    return client.sign_in_as(make_user(Role.MANAGER))


def test_the_clock_runs_from_the_moment_of_finding(session: Session) -> None:
    found_at = clock.now() - dt.timedelta(hours=70)
    told = breaches.Told(what="Gửi nhầm danh sách")
    row = breaches.report(session, found_at=found_at, told=told, by=BY)
    assert row.tell_by == found_at + dt.timedelta(hours=72)
    assert breaches.hours_left(row) == 1
    assert not breaches.is_late(row)
    with clock.frozen(clock.now() + dt.timedelta(hours=3)):
        assert breaches.is_late(row)
        assert breaches.hours_left(row) == 0
        breaches.step(session, breach=row, verb="tell-authority", text="Công văn 12", by=BY)
    assert breaches.is_late(row)  # told, but not in time
    later = clock.now() + dt.timedelta(hours=1)
    with pytest.raises(Refused, match="sau bây giờ"):
        breaches.report(session, found_at=later, told=told, by=BY)
    breaches.step(session, breach=row, verb="close-breach", text="Đã thu hồi", by=BY)
    with pytest.raises(Refused, match="xong"):
        breaches.step(session, breach=row, verb="note-breach", text="nữa", by=BY)


def test_a_breach_is_written_down_told_and_closed(session: Session, manager: Client) -> None:
    assert manager.get("/privacy/breaches").status_code == 200
    bad = manager.submit("/privacy/breaches/new", {"what": "x", "found_on": "31/12/2099"})
    assert bad.status_code == 422
    odd = manager.submit(
        "/privacy/breaches/new", {"what": "x", "found_on": "01/11/2026", "found_time": "25:99"}
    )
    assert odd.status_code == 422
    said = {"what": "Mất một máy tính xách tay", "kinds": "Họ tên, điện thoại", "people": "120"}
    assert manager.submit("/privacy/breaches/new", said).status_code == 302
    row = session.scalars(select(Breach)).one()
    where = f"/privacy/breaches/{row.key}"
    assert manager.get(where).status_code == 200
    assert "còn 71 giờ" in manager.page.get_text()
    edited = manager.submit(f"{where}/edit", {"harm": "Có thể bị gọi quấy rối"})
    assert edited.status_code == 302
    assert manager.post(where, {"verb": "tell-authority", "text": ""}).status_code == 422
    assert manager.post(where, {"verb": "nonsense", "text": "x"}).status_code == 422
    told = {"verb": "tell-authority", "text": "Gửi Công an thành phố, công văn 15"}
    assert manager.post(where, told).status_code == 303
    letter = manager.get(f"{where}/notice")
    text = " ".join(p.extract_text() for p in PdfReader(io.BytesIO(letter.get_data())).pages)
    assert "Mất một máy tính xách tay" in text
    assert row.number in text
    assert manager.post(where, {"verb": "close-breach", "text": "Đã khoá máy"}).status_code == 303
    assert manager.get(where).status_code == 200
    assert manager.get("/privacy/breaches").status_code == 200


def test_the_inventory_names_every_column_with_a_class(manager: Client) -> None:
    lines = {line.table: line for line in inventory()}
    known = {(t, field.name) for t, line in lines.items() for field in line.fields}
    assert {(c.table.name, c.name) for c in columns(Base.metadata, "basic", "sensitive")} == known
    ethnicity = next(f for f in lines["person"].fields if f.name == "ethnicity")
    assert (ethnicity.kind, ethnicity.is_sealed) == ("sensitive", True)
    assert Role.COUNSELLOR in lines["person"].readers
    assert Role.ENTERPRISE_USER not in lines["person"].readers
    assert lines["person"].how == "blank"
    assert manager.get("/privacy/inventory").status_code == 200
    text = manager.page.get_text()
    assert "Dân tộc" in text
    for one in ("person", "seeker", "consent", "visit", "placement"):
        assert one in TABLES
        assert one in text


def test_the_impact_file_is_filled_from_the_models(
    app: Flask, session: Session, manager: Client, make_seeker: Any, tmp_path: Path
) -> None:
    make_seeker()
    word = manager.get("/privacy/impact.docx")
    document = Document(io.BytesIO(word.get_data()))
    told = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert any("Dân tộc (mã hoá)" in text for text in told)
    assert any(p.text == "Người có hồ sơ: 1" for p in document.paragraphs)
    pages = PdfReader(io.BytesIO(manager.get("/privacy/impact.pdf").get_data())).pages
    assert "ĐÁNH GIÁ TÁC ĐỘNG" in " ".join(page.extract_text() for page in pages).upper()
    assert manager.get("/privacy/impact.exe").status_code == 404
    session.commit()
    runner = app.test_cli_runner()
    listed = runner.invoke(args=["privacy", "inventory"])
    assert "ethnicity (!)" in listed.output, listed.output
    file = tmp_path / "impact.docx"
    assert runner.invoke(args=["privacy", "inventory", "--docx", str(file)]).exit_code == 0
    assert Document(str(file)).tables
