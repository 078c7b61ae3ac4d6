"""The manager's first page: counts of today, each leading to its rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bs4 import Tag

from jobcenter.seekers.choices import FileState
from tests.support.client import Client

Make = Callable[..., Any]


def test_counts_lead_down_to_their_rows(
    client: Client, make_user: Make, make_seeker: Make, make_vacancy: Make
) -> None:
    make_seeker()
    make_seeker(state=FileState.PLACED)
    make_vacancy(occupation_code="7212", headcount=10, filled=4)
    make_vacancy(occupation_code=None, headcount=3)
    client.sign_in_as(make_user("manager"))
    client.get("/manager/overview")
    assert client.page is not None
    figures = client.page.find("ul", class_="figures")
    assert isinstance(figures, Tag)
    shown = {
        item.find("a").get_text(): item.find("b").get_text() for item in figures.find_all("li")
    }
    assert shown == {
        "Đang tìm việc": "1", "Chỗ đang tuyển": "9", "Chờ giới thiệu": "0",
        "Có việc qua trung tâm": "1",
    }  # fmt: skip
    # what has no code is counted above, and named nowhere
    named = client.page.find_all("table")[1].get_text(" ", strip=True)
    assert "Thợ hàn và thợ cắt kim loại bằng nhiệt 6" in named
    for link in figures.find_all("a"):
        assert client.get(link["href"]).status_code == 200
