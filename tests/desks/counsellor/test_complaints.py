"""Complaints at the counter and on the person's own page; the question how it was."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING
from jobcenter.advising import appointments, plans
from jobcenter.advising.choices import ComplaintState, ComplaintWay, Doer
from jobcenter.advising.models import Complaint, FeedbackAnswer, Visit
from jobcenter.kernel import clock
from jobcenter.kernel.actor import system
from jobcenter.notices.models import Notice
from jobcenter.placements.models import PlacementCheck
from jobcenter.placements.rules import hire
from tests.support.client import Client

Make = Callable[..., Any]
BY = system("tests", EVERYTHING)
LIST = "/counsellor/complaints"


def words(client: Client) -> str:
    assert client.page is not None
    return client.page.get_text(" ", strip=True).replace("\xa0", " ")


def test_a_complaint_at_the_counter_is_followed_to_its_end(
    client: Client, session: Session, make_user: Make, make_seeker: Make, make_enterprise: Make
) -> None:
    client.sign_in_as(make_user("counsellor", name="Trần Thu Hà"))
    seeker, firm = make_seeker(), make_enterprise()
    new = f"{LIST}/new?seeker={seeker.key}"
    wrong = client.submit(new, {"text": "", "firm": firm.name})
    assert wrong.status_code == 422
    values = {"kind": "fee", "text": "Đòi 2 triệu", "firm": firm.tax_number}
    assert client.submit(new, values | {"firm": "Không có hãng"}).status_code == 422
    assert "Đòi 2 triệu" in str(client.page)
    assert client.submit(new, values).status_code == 302
    row = session.scalars(select(Complaint)).one()
    assert (row.person_id, row.enterprise_id) == (seeker.person_id, firm.id)
    client.get("/counsellor/day")
    assert f"Khiếu nại {row.number}" in words(client)
    path = f"{LIST}/{row.key}"
    client.submit(path, {"text": "Gọi công ty"}, action="/notes")
    session.refresh(row)
    assert row.state is ComplaintState.AT_WORK
    assert client.submit(path, {"verb": "settle"}, action="/move").status_code == 422
    done = {"verb": "settle", "outcome": "Đã trả tiền"}
    assert client.submit(path, done, action="/move").status_code == 303
    client.get(f"{LIST}?show=over")
    assert row.number in words(client)
    assert client.submit(path, {"verb": "dance"}, action="/move").status_code == 422
    client.sign_in_as(make_user("manager"))
    assert client.get(path).status_code == 200
    assert "Gọi công ty" in words(client)
    assert client.get(new).status_code == 403


def test_a_person_sees_what_to_do_complains_and_says_still_there(
    client: Client, session: Session, make_user: Make, make_seeker: Make, make_vacancy: Make
) -> None:
    mine, other = make_seeker(), make_seeker()
    client.sign_in_as(make_user("seeker", person=mine.person))
    start = clock.today() - dt.timedelta(days=31)
    vacancy = make_vacancy(headcount=9)
    own, theirs = (
        hire(session, vacancy=vacancy, seeker=one, started_on=start, by=BY) for one in (mine, other)
    )
    plan = plans.open_plan(session, person=mine.person, goal="Làm may ca ngày", by=BY)
    plans.add_step(session, plan=plan, what="Khám sức khoẻ", due_on=None, doer=Doer.PERSON, by=BY)
    counsellor = make_user("counsellor")
    at = {"day": clock.today() + dt.timedelta(days=1), "time": dt.time(9), "channel": "phone"}
    book = {"session": session, "user_id": counsellor.id, "by": BY}
    row = appointments.book(person=mine.person, **book, **at)
    foreign = appointments.book(person=other.person, **book, **at | {"time": dt.time(11)})
    client.get("/me/plan")
    for part in ("Làm may ca ngày", "Khám sức khoẻ", "Bạn còn làm ở", counsellor.name):
        assert part in words(client)
    assert client.get(f"/me/appointments/{row.key}/calendar").mimetype == "text/calendar"
    assert client.get(f"/me/appointments/{foreign.key}/calendar").status_code == 404
    assert client.post(f"/me/placements/{theirs.key}/still-there").status_code == 404
    assert client.post(f"/me/placements/{own.key}/still-there").status_code == 303
    assert [c.placement_id for c in session.scalars(select(PlacementCheck))] == [own.id]
    assert client.submit("/me/complaint", {"text": ""}).status_code == 422
    client.submit("/me/complaint", {"kind": "unlike-offer", "firm": "Hãng lạ", "text": "Khác ca"})
    told = session.scalars(select(Complaint)).one()
    assert (told.person_id, told.way) == (mine.person_id, ComplaintWay.OWN_PAGE)
    assert told.told == {"text": "Hãng lạ: Khác ca"}
    client.get("/me/plan")
    assert told.number in words(client)


def test_who_was_served_is_asked_once_by_a_link_that_works_once(
    app: Any, client: Client, session: Session, make_user: Make, make_seeker: Make
) -> None:
    client.sign_in_as(make_user("counsellor"))
    client.post("/counsellor/seat", {"desk": "2"})
    seeker = make_seeker()
    for _n in range(2):
        client.submit(f"/counsellor/visits/new?seeker={seeker.key}", {})
        client.post("/counsellor/visits/call")
        visit = session.scalars(select(Visit).order_by(Visit.id.desc())).first()
        assert visit is not None
        client.submit(f"/counsellor/visits/{visit.key}/finish", {"note": "Xong"})
    (notice,) = session.scalars(select(Notice).where(Notice.template == "feedback")).all()
    found = re.search(r"/feedback/\S+", notice.params["link"])
    assert found is not None
    stranger = Client(app, session)
    assert stranger.submit(found[0], {"score": "9"}).status_code == 422
    assert stranger.submit(found[0], {"score": "5", "words": "Tốt"}).status_code == 303
    assert stranger.get(found[0]).status_code == 404
    assert "đã trả lời rồi" in words(stranger)
    assert session.scalars(select(FeedbackAnswer.score)).all() == [5]
    counter = client.post("/counsellor/feedback")
    client.get(counter.location)
    assert client.page is not None
    assert client.page.select("main svg[role=img]")
    client.submit(counter.location, {"score": "3"})
    assert sorted(session.scalars(select(FeedbackAnswer.score))) == [3, 5]
