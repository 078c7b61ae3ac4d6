"""A file's first page, its line of time, and who has seen it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING
from jobcenter.audit.choices import Look
from jobcenter.audit.rules import Glance, log_sights
from jobcenter.audit.seen import seen
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor, system
from jobcenter.people.choices import Purpose, Way
from jobcenter.people.rules import give_consent, withdraw_consent
from jobcenter.referrals.rules import ask
from jobcenter.seekers.choices import FileState
from tests.support.client import Client

Make = Callable[..., Any]
BY = system("Trần Thu Hà", EVERYTHING)


@pytest.fixture
def desk(client: Client, make_user: Make) -> Client:
    return client.sign_in_as(make_user("counsellor"))


def text(client: Client) -> str:
    assert client.page is not None
    return client.page.get_text(" ", strip=True)


def titles(client: Client) -> list[str]:
    assert client.page is not None
    return [one.get_text(strip=True) for one in client.page.select(".timeline li > b")]


def test_the_line_of_time_tells_every_room_in_words(
    desk: Client, session: Session, make_seeker: Make, make_vacancy: Make
) -> None:
    seeker, vacancy = make_seeker(consents=(Purpose.REGISTER,), job="May áo"), make_vacancy()
    path = f"/counsellor/seekers/{seeker.key}"
    desk.submit(f"{path}/edit", {"pay_min": "9.000.000"})
    give_consent(
        session, person=seeker.person, purpose=Purpose.PUBLISH, way=Way.PAPER, evidence="7", by=BY
    )
    withdraw_consent(session, person=seeker.person, purpose=Purpose.PUBLISH, by=BY)
    ask(session, vacancy=vacancy, seeker=seeker, by=BY)
    desk.get(f"{path}/vacancies")
    desk.post(f"{path}/papers/consent")
    desk.get(f"{path}/timeline")
    assert {
        "Sửa hồ sơ", "Ghi sự đồng ý", "Ghi rút đồng ý", "Doanh nghiệp xin giới thiệu",
        "Xem hồ sơ",
    } <= set(titles(desk))  # fmt: skip
    assert any(title.startswith("Lập danh sách việc hợp: ") for title in titles(desk))
    assert any(title.startswith("Lập giấy: Phiếu đồng ý") for title in titles(desk))
    assert "Các mục: Lương thấp nhất" in text(desk)
    assert "Cho doanh nghiệp xem hồ sơ che tên Trên giấy 7" in text(desk)
    assert titles(desk)[-1] == f"Mở hồ sơ {seeker.number}"
    desk.get(f"{path}/timeline?show=consents")
    assert titles(desk) == ["Ghi rút đồng ý", "Ghi sự đồng ý", "Ghi sự đồng ý"]
    desk.get(f"{path}/timeline?show=sights")
    assert set(titles(desk)) == {"Xem hồ sơ"}
    for odd in ("show=x", "page=99999999", "page=-1&show=%00"):
        assert desk.get(f"{path}/timeline?{odd}").status_code == 200


def test_a_file_without_a_ledger_is_told_from_its_own_rows(desk: Client, make_seeker: Make) -> None:
    """An imported file has consents and a day of registration, and no line in the ledger."""
    seeker = make_seeker(consents=(Purpose.REGISTER,))
    desk.get(f"/counsellor/seekers/{seeker.key}")
    assert {"Ghi sự đồng ý", f"Mở hồ sơ {seeker.number}"} <= set(titles(desk))


def test_the_line_is_cut_into_pages(desk: Client, session: Session, make_seeker: Make) -> None:
    seeker = make_seeker(state=FileState.LOOKING, consents=())
    path = f"/counsellor/seekers/{seeker.key}"
    for _n in range(30):
        give_consent(
            session, person=seeker.person, purpose=Purpose.KEEP, way=Way.COUNTER, evidence="", by=BY
        )
        withdraw_consent(session, person=seeker.person, purpose=Purpose.KEEP, by=BY)
    desk.get(f"{path}/timeline?show=consents")
    assert len(titles(desk)) == 50
    desk.get(f"{path}/timeline?show=consents&page=2")
    assert len(titles(desk)) == 10
    assert "Mới hơn" in text(desk)


def test_who_has_seen_is_told_by_day_person_and_purpose(
    app: Any, session: Session, make_seeker: Make, make_user: Make,
    make_enterprise: Make,
) -> None:  # fmt: skip
    person = make_seeker().person_id
    firm = make_enterprise(name="Công ty Sao Biển")
    staff, boss = make_user(name="Lê Minh Đức"), make_user("enterprise-user", enterprise=firm)
    session.commit()
    eve = dt.datetime(2026, 11, 3, 16, 59, tzinfo=dt.UTC)  # 23:59 in Hải Phòng
    fields = "ethnicity health"
    with app.app_context():
        for moment, user, glance in (
            (eve, staff, Glance(person, Look.FILE)),
            (eve, staff, Glance(person, Look.FILE)),
            (eve + dt.timedelta(minutes=2), staff, Glance(person, Look.FILE)),
            (eve, staff, Glance(person, Look.SENSITIVE, fields, "xét hỗ trợ")),
            (
                eve - dt.timedelta(hours=1),
                boss,
                Glance(person, Look.MASKED, purpose="YC-2026-0001"),
            ),
        ):
            with clock.frozen(moment):
                log_sights([glance], by=Actor(user_id=user.id, name="", role=""))
    groups = seen(session, [person])
    assert [(one.day.day, one.user_id, one.times) for one in groups] == [
        (4, staff.id, 1), (3, staff.id, 3), (3, boss.id, 1),
    ]  # fmt: skip
    closest = groups[1].looks[0]
    assert (closest.look, closest.purpose, closest.times) == (Look.SENSITIVE, "xét hỗ trợ", 1)


def test_the_page_of_looks_says_who_how_and_why(
    app: Any, desk: Client, session: Session, make_seeker: Make, make_user: Make,
    make_enterprise: Make,
) -> None:  # fmt: skip
    seeker = make_seeker()
    firm = make_enterprise(name="Công ty Sao Biển")
    boss = make_user("enterprise-user", enterprise=firm, name="Vũ Kim Oanh")
    session.commit()
    with app.app_context():
        for glance in (
            Glance(seeker.person_id, Look.SENSITIVE, "ethnicity health", "xét hỗ trợ"),
            Glance(seeker.person_id, Look.MASKED, purpose="YC-2026-0001"),
        ):
            log_sights([glance], by=Actor(user_id=boss.id, name="", role=""))
    desk.get(f"/counsellor/seekers/{seeker.key}/sights")
    for words in (
        "Vũ Kim Oanh", "Công ty Sao Biển", "Thông tin nhạy cảm (Dân tộc, Sức khoẻ): xét hỗ trợ",
        "Dòng che tên: YC-2026-0001",
    ):  # fmt: skip
        assert words in text(desk), words


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"consents": ()}, "Hỏi sự đồng ý"),
        ({"state": FileState.NEW}, "Bắt đầu tìm việc"),
        ({"shifts": None}, "Hỏi ca làm: là điều kiện bắt buộc ở 1 vị trí"),
        ({}, "Đủ để tìm việc"),
        ({"state": FileState.PAUSED}, None),
    ],
)
def test_the_first_page_says_what_to_do_next(
    desk: Client, make_seeker: Make, make_vacancy: Make, columns: dict[str, Any], words: str | None
) -> None:
    make_vacancy(shift="three-shift-8h")
    desk.get(f"/counsellor/seekers/{make_seeker(**columns).key}")
    assert desk.page is not None
    step = desk.page.select_one(".next-step")
    assert (words in step.get_text(" ")) if words and step else (step is None)
    assert len(desk.page.select(".btn-primary")) <= 1
