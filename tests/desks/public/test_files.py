"""Files of the pages: they answer without a cookie, so that none overtakes a newer session."""

from __future__ import annotations

from typing import Any

from tests.support.client import Client


def test_files_leave_the_session_alone(client: Client, make_user: Any) -> None:
    client.sign_in_as(make_user("counsellor"))
    page = client.get("/help")
    assert "Set-Cookie" in page.headers
    file = client.open("/static/css/app.css", look=False)
    assert file.status_code == 200
    assert "Set-Cookie" not in file.headers
