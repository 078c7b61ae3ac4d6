"""`python -m tests.bench_import ROWS`: CPU of checking a file of people against a register.

Makes a demo town (JOBCENTER_PEOPLE, 20,000) in the instance given, a file of ROWS rows with mangled
numbers, old names of places and people who are in the register already; prints JSON, CPU seconds
of this process and of the one that opens the file. Beside it: reading the cells with openpyxl.
"""

from __future__ import annotations

import io
import json
import os
import random
import sys
import time
from collections.abc import Callable
from typing import Any

import openpyxl
import xlsxwriter
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING
from jobcenter.app import create_app
from jobcenter.exchange.check import check, heads
from jobcenter.exchange.kinds import KINDS
from jobcenter.exchange.marked import marked
from jobcenter.exchange.reading import read
from jobcenter.kernel.actor import system
from jobcenter.kernel.db import db
from jobcenter.people.models import Person
from tests.bench_pages import prepare

PEOPLE = KINDS["people"]
PLACES = (
    "Phường An Biên", "Xã An Lão", "Thị trấn Cát Bà, huyện Cát Hải, Hải Phòng", "Phường Hải An",
    "Số 12 Lê Lợi, Phường Máy Tơ, Quận Ngô Quyền, Hải Phòng", "Thuỷ Nguyên", "P. Kiến An",
)  # fmt: skip


def file_of(rows: int, known: list[tuple[str, Any]], draw: random.Random) -> bytes:
    """Return a workbook of people as offices have them."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "in_memory": True})
    sheet = book.add_worksheet("Dữ liệu")
    names = [one.name for one in PEOPLE.fields]
    sheet.write_row(0, 0, [one.label for one in PEOPLE.fields])
    family, middle = ("Nguyễn", "Trần", "Lê", "Phạm", "Vũ", "Đỗ"), ("Thị", "Văn", "Minh", "Thu")
    given = ("Hường", "Anh", "Quân", "Duyên", "Bông", "Chiến", "Hà", "Tâm", "Ánh")
    for at in range(1, rows + 1):
        name = (
            f"{draw.choice(family)} {draw.choice(middle)} {draw.choice(given)} {draw.choice(given)}"
        )
        born = f"{draw.randint(1, 28):02d}/{draw.randint(1, 12):02d}/{draw.randint(1960, 2008)}"
        if known and at % 50 == 0:
            name, day = known[draw.randrange(len(known))]
            born = f"{day:%d/%m/%Y}"
        sex = draw.choice(("Nam", "Nữ"))
        row: dict[str, Any] = {
            "full_name": name, "birth": born, "sex": sex, "current_commune": draw.choice(PLACES),
            "id_number": draw.randrange(31_060_000_000, 31_099_999_999),
            "phone": f"09{draw.randrange(10**8):08d}" if at % 3 else 912_000_000 + at,
            "current_detail": f"Số {at} đường làng", "general_education": "12/12",
            "qualification": "Sơ cấp", "study": "May", "wishes": "Công nhân may; Đóng gói",
            "skills": "may 1 kim, vắt sổ", "pay_min": 8_000_000, "shifts": "3 ca x 8 giờ",
            "needs_bus": "x", "consent_register": "Có", "consent_introduce": "Có",
            "consent_on": "02/11/2026", "consent_way": "Trên giấy",
            "consent_evidence": f"Phiếu {at}",
        }  # fmt: skip
        if at % 40 == 0:
            row["phone"] = "12345"
        for name_, value in row.items():
            sheet.write(at, names.index(name_), value)
    book.close()
    return out.getvalue()


def cpu(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the CPU seconds that a piece of work took, its children's too, and its result."""
    before = os.times()
    found = work()
    after = os.times()
    spent = sum(after[:4]) - sum(before[:4])
    return round(spent, 2), found


def plainly(data: bytes) -> int:
    """Read the cells as the obvious library does."""
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    return sum(len(row) for row in book.worksheets[0].iter_rows(values_only=True))


def main(rows: int) -> None:
    app = create_app()
    prepare(app, int(os.environ.get("JOBCENTER_PEOPLE", "20000")))
    with app.app_context(), Session(db.engine) as session:
        born = select(Person.full_name, Person.birth_date).where(Person.birth_date.is_not(None))
        known = [(name, day) for name, day in session.execute(born.limit(2_000))]
        data = file_of(rows, known, random.Random(1))
        by = system("bench", EVERYTHING)
        plain_s, cells = cpu(lambda: plainly(data))
        read_s, table = cpu(lambda: read(data))
        check_s, found = cpu(lambda: check(session, kind=PEOPLE, table=table, by=by))
        back_s, _body = cpu(lambda: marked(table.rows, heads(PEOPLE, table), found.rows, str, str))
        again_s, _cells = cpu(lambda: plainly(data))
    states = {state: found.count(state) for state in ("good", "bad", "doubtful", "known")}
    print(json.dumps({
        "rows": rows, "cells": cells, "file_bytes": len(data), **states,
        "read_cpu_s": read_s, "check_cpu_s": check_s, "whole_cpu_s": round(read_s + check_s, 2),
        "marked_file_cpu_s": back_s, "openpyxl_reading_alone_cpu_s": [plain_s, again_s],
        "load": round(os.getloadavg()[0], 2), "seconds": round(time.process_time()),
    }))  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
