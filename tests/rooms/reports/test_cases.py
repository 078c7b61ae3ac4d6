"""Real figures as rows: the funnel of 2017, and the demand rounds of June 2022 and May 2024."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from jobcenter.advising.models import Consultation
from jobcenter.demo.bulk import at, new_row, returning
from jobcenter.people.models import Person
from jobcenter.placements.models import Placement
from jobcenter.referrals.choices import ReferralState, Verb
from jobcenter.referrals.models import Referral, ReferralEvent
from jobcenter.reports import bulletin, counting, periods, rounding
from jobcenter.reports.bulletin import GENERAL, HIGH, MANAGER, MIDDLE
from jobcenter.seekers.models import Seeker
from tests.support.client import Client

Make = Callable[..., Any]
OCTOBER = dt.date(2017, 10, 31)
ADVISED, FILES, SENT, CAME, HIRED = 2_600, 620, 1_200, 750, 460


def day(number: int) -> dt.date:
    """Spread rows from 3 January to 31 October 2017."""
    return dt.date(2017, 1, 3) + dt.timedelta(days=number % 302)


def test_the_funnel_of_2017_is_counted_step_by_step(session: Session, make_vacancy: Make) -> None:
    people = returning(session, Person, [new_row() | {"full_name": f"Người {n}"}
                                         for n in range(FILES)])  # fmt: skip
    files = returning(session, Seeker, [
        new_row() | {"number": f"HS-2017-{n:05d}", "person_id": one, "registered_on": day(n),
                     "state": "closed"}
        for n, one in enumerate(people)
    ])  # fmt: skip
    session.execute(insert(Consultation), [
        new_row() | {"day": day(n), "person_id": people[n] if n < FILES else None,
                     "channel": "in-person", "name": "", "next_step": "", "note": "",
                     "struck_because": ""}
        for n in range(ADVISED)
    ])  # fmt: skip
    jobs = [make_vacancy(state="closed", headcount=600, registered_on=day(0)) for _n in range(2)]
    # everybody with a file is introduced to one job, most to the second too
    pairs = [(files[n % FILES], jobs[n // FILES].id) for n in range(SENT)]
    placements = returning(session, Placement, [
        new_row() | {"seeker_id": file, "vacancy_id": job, "started_on": day(n),
                     "enterprise_id": jobs[0].enterprise_id, "counts_to_headcount": True}
        for n, (file, job) in enumerate(pairs[:HIRED])
    ])  # fmt: skip
    rows, events = [], []
    for n, (file, job) in enumerate(pairs):
        state = "hired" if n < HIRED else "rejected" if n < CAME else "no-show"
        rows.append(new_row() | {
            "seeker_id": file, "vacancy_id": job, "state": ReferralState(state), "note": "",
            "ended_at": at(day(n), 16), "placement_id": placements[n] if n < HIRED else None,
        })  # fmt: skip
    for n, number in enumerate(returning(session, Referral, rows)):
        verbs = [Verb.SEND, *([Verb.INTERVIEW] if n < CAME else [Verb.NO_SHOW])]
        events += [
            {"referral_id": number, "at": at(day(n), 9 + place), "verb": verb.value,
             "after": rows[n]["state"], "hand": "centre", "actor": "x", "note": "",
             "slot_place": ""}
            for place, verb in enumerate(verbs)
        ]  # fmt: skip
    session.execute(insert(ReferralEvent), events)
    year = periods.read("2017")
    found = counting.count(session, year.window(OCTOBER))
    steps = ("consultations", "files_received", "referrals", "selections", "persons_placed")
    assert [found[code] for code in steps] == [ADVISED, FILES, SENT, CAME, HIRED]
    assert rounding.ratio(found["referrals"], found["files_received"]) == 1.9
    assert rounding.percent(found["selections"], found["referrals"]) == 62.5
    assert rounding.percent(found["persons_placed"], found["selections"]) == 61.3
    assert rounding.percent(found["persons_placed"], found["referrals"]) == 38.3


OTHERS = (None, "trung-cap")
ROUNDS = {
    # (firm, wanted, position, qualification) as printed; what was printed as "over" is a floor
    dt.date(2022, 6, 1): [
        ("Pegatron", 2_900, "staff", "untrained"), ("Pegatron", 100, "staff", "trung-cap"),
        ("Maple", 2_145, "staff", None), ("LG Innotek", 1_870, "staff", "so-cap"),
        ("LG Innotek", 240, "staff", None),
        ("Rorze", 1_237, "staff", None), ("Nhà máy khác", 159, "manager", "dai-hoc"),
        ("Nhà máy khác", 564, "staff", "cao-dang"), ("Nhà máy khác", 3_383, "staff", "untrained"),
    ],
    dt.date(2024, 5, 1): [
        ("Regina", 1_560, "staff", "untrained"), ("Regina", 51, "staff", "so-cap"),
        ("Kyocera", 191, "staff", "untrained"), ("Sumirubber", 123, "staff", "trung-cap"),
        ("HMT", 110, "staff", "untrained"),
        *((f"Doanh nghiệp {n}", 22 + (n < 9) - 4 * (n == 12), "staff", OTHERS[n < 5])
          for n in range(13)),
        ("Doanh nghiệp 0", 4, "manager", "dai-hoc"),
    ],
}  # fmt: skip


@pytest.fixture
def printed(session: Session, make_enterprise: Make, make_vacancy: Make) -> None:
    for month, lines in ROUNDS.items():
        firms = {name: make_enterprise(name=f"{name} {month.year}") for name, *_more in lines}
        for name, wanted, position, qualification in lines:
            make_vacancy(
                enterprise=firms[name], headcount=wanted, position=position,
                qualification=qualification, round_month=month, round_number=1,
            )  # fmt: skip
    make_vacancy(state="draft", headcount=900, round_month=dt.date(2024, 5, 1), round_number=1)


def test_rounds_of_demand_are_told_as_they_were_printed(session: Session, printed: None) -> None:
    assert bulletin.rounds(session) == [(dt.date(2024, 5, 1), 1), (dt.date(2022, 6, 1), 1)]
    june = bulletin.bulletin(session, (dt.date(2022, 6, 1), 1))
    assert june.wanted == 12_598
    classes = {line.code: line.wanted for line in june.classes}
    assert (classes[MANAGER], classes[HIGH], classes[MIDDLE]) == (159, 564, 1_970)
    assert [(one.name[:5], one.wanted) for one in june.by_firm[1:]] == [
        ("Pegat", 3_000), ("Maple", 2_145), ("LG In", 2_110), ("Rorze", 1_237),
    ]  # fmt: skip
    may = bulletin.bulletin(session, (dt.date(2024, 5, 1), 1))
    assert (may.firms, may.wanted) == (17, 2_330)
    named = [one.wanted for one in may.by_firm[:4]]
    assert named == [1_611, 191, 123, 110]
    assert sum(named) == 2_035
    assert all(one.wanted < 70 for one in may.by_firm[4:])
    assert (may.general, may.trained) == (2_037, 293)
    assert (may.general_percent, may.trained_percent) == (87.4, 12.6)
    classes = {line.code: line.wanted for line in may.classes}
    assert classes[GENERAL] + classes[MIDDLE] + classes[MANAGER] == 2_330


def test_the_bulletin_is_a_page_and_a_paper(
    client: Client, session: Session, make_user: Make, printed: None
) -> None:
    client.sign_in_as(make_user("manager"))
    page = client.get("/manager/reports/bulletin")
    assert "2.330" in page.text
    assert "87,4%" in page.text
    assert "12.598" in client.get("/manager/reports/bulletin?round=2022-06-1").text
    for odd in ("2022-13-1", "x", "0000-01-1", "2022-06-99"):
        assert client.get(f"/manager/reports/bulletin?round={odd}").status_code == 200
    for form in ("pdf", "docx"):
        answer = client.get(f"/manager/reports/bulletin/file.{form}?round=2024-05-1")
        assert answer.status_code == 200
        assert len(answer.get_data()) > 1_000
    assert client.get("/manager/reports/bulletin/file.exe").status_code == 404
