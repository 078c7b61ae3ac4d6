"""A person sees their own file alone, and their yes or no counts at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.audit.choices import Look
from jobcenter.audit.rules import Glance, log_sights
from jobcenter.kernel.actor import Actor
from jobcenter.people.choices import Purpose, Way
from jobcenter.people.models import Consent
from jobcenter.people.queries import agreed
from jobcenter.seekers.queries import shareable
from tests.support.client import Client

Make = Callable[..., Any]


def test_the_own_file_and_nobody_elses(client: Client, make_user: Make, make_seeker: Make) -> None:
    make_seeker(person={"full_name": "Bùi Văn Minh"})
    mine = make_seeker(person={"full_name": "Đào Thị Ánh", "id_number": "031198001234"})
    client.sign_in_as(make_user("seeker", person=mine.person))
    assert client.get("/me/file").status_code == 200
    page = str(client.page)
    assert "Đào Thị Ánh" in page
    assert "********1234" in page
    assert "Bùi Văn Minh" not in page
    assert "031198001234" not in page


def test_a_yes_and_its_end_count_at_once(
    client: Client, session: Session, make_user: Make, make_seeker: Make
) -> None:
    mine = make_seeker(consents=(Purpose.REGISTER,))
    client.sign_in_as(make_user("seeker", person=mine.person))
    client.get("/me/file")
    client.post("/me/consents", {"purpose": "publish", "act": "give"})
    assert agreed(session, mine.person_id) == {Purpose.REGISTER, Purpose.PUBLISH}
    newest = session.scalars(select(Consent).order_by(Consent.id.desc())).first()
    assert newest is not None
    assert newest.way is Way.ONLINE
    assert session.scalars(shareable()).all() == [mine.id]
    client.post("/me/consents", {"purpose": "register", "act": "withdraw"})
    assert session.scalars(shareable()).all() == []
    assert client.get("/me/file").status_code == 200


def test_an_unknown_purpose_is_refused(client: Client, make_user: Make, make_seeker: Make) -> None:
    client.sign_in_as(make_user("seeker", person=make_seeker().person))
    assert client.post("/me/consents", {"purpose": "all"}).status_code == 422


def test_an_account_without_a_file_finds_nothing(client: Client, make_user: Make) -> None:
    client.sign_in_as(make_user("seeker"))
    assert client.get("/me/file").status_code == 404


def test_the_own_page_says_who_saw_the_file_and_what_is_missing(
    app: Any, client: Client, session: Session, make_user: Make, make_seeker: Make,
    make_vacancy: Make, make_enterprise: Make,
) -> None:  # fmt: skip
    mine, other = make_seeker(shifts=None), make_seeker()
    make_vacancy(shift="night")
    firm = make_enterprise(name="Công ty Sao Biển")
    boss = make_user("enterprise-user", enterprise=firm, name="Vũ Kim Oanh")
    staff = make_user(name="Lê Minh Đức")
    client.sign_in_as(make_user("seeker", person=mine.person))
    with app.app_context():
        for user, person, look in (
            (boss, mine, Look.MASKED), (staff, mine, Look.FILE), (staff, other, Look.PAPER),
        ):  # fmt: skip
            by = Actor(user_id=user.id, name="", role="")
            log_sights([Glance(person.person_id, look)], by=by)
    client.get("/me/file")
    assert client.page is not None
    text = client.page.get_text(" ", strip=True).replace("\xa0", " ")
    for words in (
        "Bạn làm được ca nào? 1 vị trí đang chờ câu trả lời này", "Giấy khám sức khoẻ",
        "Công ty Sao Biển Dòng che tên", "Tư vấn viên Mở hồ sơ",
    ):  # fmt: skip
        assert words in text, words
    assert "In giấy tờ" not in text  # somebody else's
    assert "Vũ Kim Oanh" not in text  # the firm is told, not its clerk


def test_the_words_of_a_consent_can_be_read_and_newer_ones_are_not_agreed_to_unread(
    client: Client, session: Session, make_user: Make, make_seeker: Make
) -> None:
    mine = make_seeker(consents=(Purpose.REGISTER,))
    client.sign_in_as(make_user("seeker", person=mine.person))
    client.get("/me/file")
    assert "không có tên, tuổi, giới tính" in client.page.get_text()  # type: ignore[union-attr]
    stale = {"purpose": "publish", "act": "give", "text": "2020-01"}
    assert client.post("/me/consents", stale).status_code == 422
    assert agreed(session, mine.person_id) == {Purpose.REGISTER}
