"""The manager sees who did how much, who stayed, complaints and satisfaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING
from jobcenter.advising import complaints, consultations, plans
from jobcenter.advising.choices import ComplaintKind, ComplaintWay, Doer
from jobcenter.advising.consultations import Advised, Told
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor, system
from tests.support.client import Client

Make = Callable[..., Any]
BY = system("tests", EVERYTHING)


def cells(client: Client, name: str) -> list[str]:
    assert client.page is not None
    for row in client.page.select("tr"):
        head = row.find("th")
        if head is not None and head.get_text(strip=True) == name:
            return [cell.get_text(strip=True) for cell in row.select("td")]
    raise AssertionError(name)


def test_work_is_counted_by_counsellor_and_for_the_centre(
    client: Client, session: Session, make_user: Make, make_seeker: Make
) -> None:
    today = clock.today()
    first, second = make_user("counsellor", name="Lê Hà"), make_user("counsellor", name="Vũ An")
    person = make_seeker(responsible_id=first.id).person
    for user, times in ((first, 2), (second, 1)):
        by = Actor(user.id, user.name, user.role, EVERYTHING)
        for _n in range(times):
            consultations.write(
                session, told=Told(day=today, channel="phone"), people=[Advised(person=person)],
                by=by,
            )  # fmt: skip
    plan = plans.open_plan(session, person=person, goal="Làm may", by=BY)
    plans.add_step(session, plan=plan, what="Khám", due_on=today, doer=Doer.PERSON, by=BY)
    complaints.record_complaint(
        session, kind=ComplaintKind.FEE, way=ComplaintWay.PHONE, text="Đòi tiền", by=BY
    )
    client.sign_in_as(make_user("manager"))
    client.get("/manager/workload?period=year")
    # times, people, open files, stuck, open plans, due steps, due checks
    assert cells(client, "Lê Hà") == ["2", "1", "1", "0", "1", "1", "0"]
    assert cells(client, "Vũ An") == ["1", "1", "0", "0", "0", "0", "0"]
    assert cells(client, "Cả trung tâm")[:2] == ["3", "1"]
    assert cells(client, "Bị thu tiền trái luật") == ["1", "1", "0"]
    assert cells(client, "Lần đến trung tâm")[0] == "0"
    assert client.get("/manager/workload?period=nonsense").status_code == 200
    client.sign_in_as(make_user("counsellor"))
    assert client.get("/manager/workload").status_code == 403
