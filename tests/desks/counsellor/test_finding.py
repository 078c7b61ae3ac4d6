"""The search box: who is found and in which order; an ID number never stands in an address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, Role
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor, system
from jobcenter.kernel.paging import Slice
from jobcenter.placements import rules
from jobcenter.referrals import queries as referrals
from jobcenter.referrals.models import Referral
from jobcenter.seekers import queries
from jobcenter.seekers.queries import SeekerFilter
from tests.support.client import Client

Make = Callable[..., Any]
STAFF = Actor(user_id=None, name="", role="counsellor", rights=frozenset({"seekers.read"}))
BY = system("tests", EVERYTHING)
NUMBER = "031195001234"


@pytest.fixture
def desk(client: Client, make_user: Make) -> Client:
    return client.sign_in_as(make_user(Role.COUNSELLOR))


def names(session: Session, text: str, *, size: int = 20, page: int = 1) -> list[str]:
    found = queries.listed(session, STAFF, SeekerFilter(text=text), Slice(page, size))
    return [row.person.full_name for row in found.items]


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("01234", True), ("001234", True), ("95001234", True), ("195001234", True),
        ("1195001234", True), ("31195001234", True), ("５００１２３４", True), ("5 001 234", True),
        ("91234", False), ("31195001235", False), ("11195001234", False),
        ("Đào Thị Ánh 1995", True), ("1995 anh dao", True), ("Đào Thị Ánh 1996", False),
        ("0168 812 3456", True), ("01688123456", True), ("+84 168 812 3456", True),
        ("84388123456", True), ("0388 123 456", True), ("0169 812 3456", False),
        ("8123456", True), ("142856703", True), ("142856704", False), (NUMBER, True),
    ],
)  # fmt: skip
def test_a_person_is_found_by_any_end_of_a_number(
    session: Session, make_seeker: Make, text: str, is_found: bool
) -> None:
    make_seeker(person={"full_name": "Nguyễn Văn Bình", "id_number": "031195991234",
                        "phone": "+84911111111", "birth_year": 1990})  # fmt: skip
    make_seeker(
        person={
            "full_name": "Đào Thị Ánh", "id_number": NUMBER, "phone": "+84388123456",
            "old_id_number": "142856703", "birth_date": dt.date(1995, 2, 14), "birth_year": 1995,
        }
    )  # fmt: skip
    assert ("Đào Thị Ánh" in names(session, text)) is is_found


def test_a_name_that_too_many_have_is_counted_so_far_and_told_so(
    desk: Client, session: Session, make_seeker: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        make_seeker(person={"full_name": f"Nguyễn Thị {'Hương' if number % 2 else 'Hường'}"})
    whole = names(session, "Nguyễn Thị Hương")
    monkeypatch.setattr(queries, "FEW", 2)
    assert names(session, "Nguyễn Thị Hương") == whole
    monkeypatch.setattr(queries, "COUNTED", 3)
    desk.get("/counsellor/seekers?text=nguyen thi huong&page=1")
    assert desk.page is not None
    assert "1–5 trên hơn 3 người. Gõ thêm để thu hẹp." in shown(desk)
    desk.get("/counsellor/seekers")
    assert "1–5 trên 5 người" in shown(desk)
    found = queries.listed(
        session, STAFF, SeekerFilter(text="Nguyễn Thị Hương"), Slice(1, 2), most=3
    )
    assert (found.total, found.is_more) == (3, True)
    assert [one.person.full_name for one in found.items] == whole[:2]
    assert not queries.listed(
        session, STAFF, SeekerFilter(text="nguyen"), Slice(3, 2), most=3
    ).items


def shown(desk: Client) -> str:
    assert desk.page is not None
    foot = desk.page.select_one(".panel-foot")
    return " ".join(foot.get_text(" ").split()) if foot else ""


@pytest.mark.parametrize("few", [0, 1_000])
def test_names_with_the_very_accents_come_first_on_every_page(
    session: Session, make_seeker: Make, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "FEW", few)
    for name in ("Trần Văn Ân", "Trần Văn An", "Ân Văn Trần", "Trần Văn Ẩn", "Trần Vân An"):
        make_seeker(person={"full_name": name})
    assert names(session, "trần văn ân")[:2] == ["Ân Văn Trần", "Trần Văn Ân"]
    assert names(session, "Trần Văn An")[0] == "Trần Văn An"
    one_by_one = [names(session, "trần văn ân", size=1, page=n)[0] for n in range(1, 6)]
    assert one_by_one == names(session, "trần văn ân")
    assert len(set(one_by_one)) == 5
    two_by_two = [name for n in (1, 2, 3) for name in names(session, "Trần Văn An", size=2, page=n)]
    assert two_by_two == names(session, "Trần Văn An")
    assert len(names(session, "tran van an")) == 5


@pytest.mark.parametrize("path", ["/counsellor/day", "/counsellor/seekers"])
@pytest.mark.parametrize(
    "typed", [NUMBER, "031 195 001 234", "０３１１９５００１２３４", "142856703"]
)
def test_an_id_number_stands_in_no_address(
    desk: Client, make_seeker: Make, path: str, typed: str
) -> None:
    seeker = make_seeker(person={"id_number": NUMBER, "old_id_number": "142856703"})
    make_seeker()
    answer = desk.submit(path, {"text": typed}, action="/seekers/find")
    assert answer.status_code == 303
    target = answer.headers["Location"]
    assert not any(secret in target for secret in (NUMBER, "142856703", "1234", "6703", typed))
    page = desk.get(target).text
    assert str(seeker.key) in page
    assert page.count('<th scope="row">') == 1
    assert NUMBER not in page.replace(f'name="text" value="{NUMBER}"', "")
    # the other filters and the order keep it hidden
    again = desk.send(path, {"shift": "", "sort": "name"}, action="/seekers/find")
    assert "hidden=" in again.headers["Location"]
    assert desk.get(again.headers["Location"]).text.count('<th scope="row">') == 1


def test_what_is_no_number_goes_on_as_typed_and_old_addresses_are_led_on(
    desk: Client, make_seeker: Make
) -> None:
    seeker = make_seeker(person={"full_name": "Đào Thị Ánh", "id_number": NUMBER})
    answer = desk.submit(
        "/counsellor/seekers", {"text": "đào ánh", "sort": "name"}, action="/seekers/find"
    )
    target = answer.headers["Location"]
    assert "text=" in target
    assert "sort=name" in target
    assert str(seeker.key) in desk.get(target).text
    led = desk.get(f"/counsellor/seekers?text={NUMBER}&sort=name")
    assert led.status_code == 303
    assert NUMBER not in led.headers["Location"]
    assert "sort=name" in led.headers["Location"]
    for forged in ("x", "a" * 90, led.headers["Location"].partition("hidden=")[2][:-3] + "AAA"):
        assert desk.get(f"/counsellor/seekers?hidden={forged}").status_code == 200


def test_the_other_file_of_a_merge_is_found_by_a_number_too(
    desk: Client, make_seeker: Make
) -> None:
    one, other = make_seeker(), make_seeker(person={"id_number": NUMBER})
    path = f"/counsellor/seekers/{one.key}/merge"
    answer = desk.submit(path, {"text": NUMBER}, action="/merge/find")
    assert NUMBER not in answer.headers["Location"]
    assert str(other.key) in desk.get(answer.headers["Location"]).text
    assert desk.get(f"{path}?text={NUMBER}").status_code == 303


def test_who_was_hired_through_the_file_that_stands_waits_no_longer(
    session: Session, make_seeker: Make, make_vacancy: Make
) -> None:
    """Asked for by the merged file, hired by the other: one human, one place."""
    vacancy, stands, waits = make_vacancy(headcount=5), make_seeker(), make_seeker()
    gone = make_seeker(person={"merged_into_id": stands.person_id})
    for seeker in (gone, waits):
        session.add(Referral(vacancy_id=vacancy.id, seeker_id=seeker.id, state="asked"))
    session.flush()

    def waiting() -> list[int]:
        found = select(Referral.seeker_id).where(referrals.under_way()).order_by(Referral.id)
        return list(session.scalars(found))

    assert waiting() == [gone.id, waits.id]
    rules.hire(session, vacancy=vacancy, seeker=stands, started_on=clock.today(), by=BY)
    assert waiting() == [waits.id]
