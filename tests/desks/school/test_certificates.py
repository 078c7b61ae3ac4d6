"""The school's pages of blanks, certificates and safety papers; the firm's page of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from jobcenter.certificates import queries
from jobcenter.certificates.choices import Entry
from jobcenter.courses.choices import Grade
from jobcenter.kernel import clock
from jobcenter.teaching.models import Result
from tests.support.client import Client

Make = Callable[..., Any]


def test_from_blanks_to_a_printed_register(
    client: Client, session: Session, make_user: Make, make_class: Make, make_enrolment: Make
) -> None:
    course = make_class()
    row = make_enrolment(course=course, state="completed")
    session.add(
        Result(enrolment_id=row.id, average=75, grade=Grade.FAIR, is_passed=True,
               decided_on=clock.today(), lines=[])
    )  # fmt: skip
    client.sign_in_as(make_user("school-staff"))
    path = f"/school/classes/{course.key}/certificates"
    client.get(path)
    assert client.send(path, {"learner": str(row.key)}, action="/certificates").status_code == 303
    assert queries.of_enrolments(session, [row.id]) == {}  # no blank yet
    client.get("/school/blanks")
    wrong = client.send("/school/blanks", {"first": "A", "count": "2"}, action="/receive")
    assert wrong.status_code == 422
    client.send("/school/blanks", {"first": "A0001", "count": "2"}, action="/receive")
    client.get(path)
    client.send(path, {"learner": str(row.key)}, action=f"/{course.key}/certificates")
    made = queries.of_enrolments(session, [row.id])[row.id]
    page = client.get("/school/certificates").get_data(as_text=True)
    assert made.paper.shown in page
    printed = client.post("/school/certificates/print", {"certificate": str(made.key)})
    assert printed.get_data().startswith(b"%PDF")
    own = f"/school/certificates/{made.key}"
    client.get(own)
    assert client.send(own, {"kind": "handed-over"}, action=own).status_code == 422
    client.send(own, {"kind": "handed-over", "receiver": "Trần An"}, action=own)
    session.expire_all()
    assert [one.kind for one in made.events] == [Entry.ISSUED, Entry.HANDED_OVER]
    shown = client.get(f"/giay/{made.paper.code}").get_data(as_text=True)
    assert made.paper.shown in shown
    assert row.person.full_name not in shown


def test_a_firm_orders_from_its_own_page(
    client: Client, session: Session, make_user: Make, make_enterprise: Make
) -> None:
    client.sign_in_as(make_user("enterprise-user", enterprise=make_enterprise()))
    assert client.submit("/enterprise/safety", {"headcount": "0"}).status_code == 422
    sent = {"type": "safety-4", "headcount": "40", "note": "Ca đêm"}
    assert client.submit("/enterprise/safety", sent).status_code == 303
    school = Client(client.app, session).sign_in_as(make_user("school-staff"))
    assert "Ca đêm" in school.get("/school/safety").get_data(as_text=True)
    school.send("/school/safety", {"answer": "Sang quý sau"}, action="/orders/")
    assert "Sang quý sau" in client.get("/enterprise/safety").get_data(as_text=True)
