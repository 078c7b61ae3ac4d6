"""The ledger speaks words, in both languages."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from jobcenter.audit.rules import record
from jobcenter.kernel.actor import NOBODY
from tests.support.client import Client


def test_the_ledger_tells_acts_records_and_details_in_words(
    client: Client, session: Session, make_user: Any
) -> None:
    for details in (
        {"action": "change-seeker", "kind": "seeker", "fields": ["pay_min", "shifts"]},
        {"action": "move-seeker", "kind": "seeker", "before": "new", "after": "looking"},
        {"action": "add-member", "kind": "enterprise", "administrator": True, "user": 7},
        {"action": "give-consent", "kind": "person", "purpose": "publish", "way": "phone"},
        {"action": "something-old", "kind": "none", "odd": None, "other": ["x", 2]},
    ):
        record(session, by=NOBODY, subject_id=1, **details)  # type: ignore[arg-type]
    client.sign_in_as(make_user("administrator"))
    client.get("/admin/ledger")
    assert client.page is not None
    text = client.page.get_text(" ", strip=True)
    for words in (
        "Các mục: Lương thấp nhất, Ca làm nhận được",
        "Trước là: Mới",
        "Nay là: Đang tìm việc",
        "Quản trị của công ty: Có",
        "Đồng ý việc gì: Cho doanh nghiệp xem hồ sơ che tên",
        "something-old",  # what an older version recorded still stands there
    ):
        assert words in text, words
    assert not {"change-seeker", "pay_min", "give-consent"} & set(text.split())
    client.get("/language/en?next=/")
    client.get("/admin/ledger")
    english = client.page.get_text(" ", strip=True)
    assert "Fields: Lowest pay, Shifts accepted" in english
