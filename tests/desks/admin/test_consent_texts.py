"""The administrator writes new words for a consent; what was agreed to stays as it was."""

from __future__ import annotations

import datetime as dt
from typing import Any

from jobcenter.kernel import clock
from tests.support.client import Client

LONG = "Tôi đồng ý theo lời văn mới, viết đủ dài để ai nghe cũng hiểu."


def test_new_words_wait_for_their_day(client: Client, make_user: Any) -> None:
    client.sign_in_as(make_user("administrator"))
    day = clock.today() + dt.timedelta(days=7)
    values = {"purpose": "keep", "text_vi": LONG, "text_en": LONG.upper()}
    bad = values | {"valid_from": clock.today().strftime("%d/%m/%Y")}
    assert client.submit("/admin/consent-texts", bad).status_code == 422
    assert "Chọn một ngày sau hôm nay." in client.page.get_text()  # type: ignore[union-attr]
    good = values | {"valid_from": day.strftime("%d/%m/%Y")}
    assert client.send("/admin/consent-texts", good).status_code == 302
    page = client.get("/admin/consent-texts").text
    assert LONG in page
    assert "Chưa đến ngày" in page
    assert "để lần sau không phải khai lại" in page


def test_managers_read_the_words_but_do_not_write(client: Client, make_user: Any) -> None:
    client.sign_in_as(make_user("manager"))
    assert client.get("/admin/consent-texts").status_code == 200
    assert client.page is not None
    assert not client.page.find(id="text_vi")
    assert client.post("/admin/consent-texts", {}).status_code == 403
