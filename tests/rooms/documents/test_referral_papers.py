"""The letter in two halves, the result notice and the list by bus stop, read out of their PDF."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING
from jobcenter.documents import referral_papers, rules
from jobcenter.enterprises.models import BusRoute, BusStop
from jobcenter.kernel import clock
from jobcenter.kernel.actor import system
from jobcenter.kernel.errors import Refused
from jobcenter.papers.choices import PaperState
from jobcenter.papers.models import Paper
from jobcenter.people.choices import Way
from jobcenter.referrals import hiring
from jobcenter.referrals import rules as referrals
from jobcenter.referrals.choices import Verb
from jobcenter.referrals.guards import Said
from jobcenter.referrals.models import Referral
from tests.rooms.documents.test_rendering import ADDRESS, read, text_of

Make = Callable[..., Any]
BY = system("test", EVERYTHING)
CODE = re.compile(r"\b[0-9A-Z]{4}(-[0-9A-Z]{4}){2}\b")  # the paper's, drawn at random
SLOT = dt.datetime.combine(clock.today() + dt.timedelta(days=3), dt.time(8, 30), clock.LOCAL)


def sent(session: Session, vacancy: Any, seeker: Any) -> Referral:
    row = referrals.draft(session, vacancy=vacancy, seeker=seeker, by=BY)
    referrals.act(session, referral=row, verb=Verb.CONSENT, by=BY, said=Said(way=Way.COUNTER))
    referrals.act(session, referral=row, verb=Verb.SEND, by=BY)
    return row


def printed(session: Session, *papers: Paper) -> str:
    body = rules.pdf(session, papers, address=ADDRESS)
    if folder := os.environ.get("JOBCENTER_PICTURES"):
        (Path(folder) / f"{papers[0].kind}.pdf").write_bytes(body)
    return text_of(read(body))


@pytest.fixture
def vacancy(make_vacancy: Make, make_enterprise: Make) -> Any:
    return make_vacancy(
        enterprise=make_enterprise(name="Công ty TNHH Dệt may Sao Biển"), probation_days=30,
        contact_name="Chị Lan", contact_phone="+842253842111", park_code="deep-c-3",
        place="Lô CN3",
    )  # fmt: skip


def test_the_letter_has_two_halves_with_its_number_validity_and_code(
    session: Session, vacancy: Any, make_seeker: Make
) -> None:
    seeker = make_seeker(
        job="Công nhân may", qualification="so-cap",
        person={"full_name": "Bùi Thị Hạnh", "id_number": "031198004321", "email": "a@vidu.vn"},
    )  # fmt: skip
    row = referrals.draft(session, vacancy=vacancy, seeker=seeker, by=BY)
    with pytest.raises(Refused, match="đồng ý rồi mới lập"):
        referral_papers.letter(session, referral=row, by=BY)
    referrals.act(session, referral=row, verb=Verb.CONSENT, by=BY, said=Said(way=Way.COUNTER))
    referrals.act(session, referral=row, verb=Verb.SEND, by=BY)
    paper = referral_papers.letter(session, referral=row, by=BY)
    body = read(rules.pdf(session, [paper], address=ADDRESS))
    text = printed(session, paper)
    assert len(body.pages) == 1
    assert paper.valid_to == row.valid_to
    for twice in (paper.shown, "Bùi Thị Hạnh", "********4321", vacancy.title, seeker.number):
        assert text.count(str(twice)) >= 2, twice
    for once in ("LƯU TẠI TRUNG TÂM", "Dệt may Sao Biển", "Chị Lan, 0225 384 2111", "Lô CN3",
                 f"{row.valid_to:%d/%m/%Y}", f"{row.answer_by:%d/%m/%Y}"):  # fmt: skip
        assert once in text
    assert "031198004321" not in text


def test_the_same_letter_stays_one_and_another_hour_makes_a_new_one(
    session: Session, vacancy: Any, make_seeker: Make
) -> None:
    row = sent(session, vacancy, make_seeker())
    first = referral_papers.letter(session, referral=row, by=BY)
    assert referral_papers.letter(session, referral=row, by=BY) is first
    referrals.act(
        session, referral=row, verb=Verb.INVITE, by=BY,
        said=Said(interview_at=SLOT, interview_place="Cổng 2"),
    )  # fmt: skip
    second = referral_papers.letter(session, referral=row, by=BY)
    assert (first.state, second.state) == (PaperState.CANCELLED, PaperState.NUMBERED)
    assert second.number == (first.number or 0) + 1
    assert f"{clock.local(SLOT):%H:%M %d/%m/%Y}, Cổng 2" in printed(session, second)
    everything = session.scalars(select(Paper).where(Paper.kind == "referral-letter")).all()
    assert len(everything) == 2  # a cancelled number stays listed


def test_the_result_notice_is_blank_or_says_the_result(
    session: Session, vacancy: Any, make_seeker: Make
) -> None:
    rows = [sent(session, vacancy, make_seeker()) for _n in range(3)]
    letter = referral_papers.letter(session, referral=rows[1], by=BY)
    hiring.hire(session, referral=rows[1], by=BY, said=Said(started_on=clock.today()))
    referrals.act(session, referral=rows[2], verb=Verb.REJECT, by=BY, said=Said(reason="skill"))
    papers = [referral_papers.result_notice(session, referral=row, by=BY) for row in rows]
    blank, won, lost = (printed(session, paper) for paper in papers)
    assert "X" not in CODE.sub("", blank).replace("XÃ", "").replace("CNXH", "")
    assert letter.shown in won
    assert f"{clock.today():%d/%m/%Y}" in won
    assert "30 ngày" in won
    assert "Chưa đủ tay nghề" in lost
    assert "Chưa đủ tay nghề" not in won


def test_the_list_groups_people_by_the_stop_in_their_commune(
    session: Session, vacancy: Any, make_seeker: Make
) -> None:
    stops = [BusStop(position=1, name="Chợ Thuỷ Sơn", commune_code="11560", at="06:10")]
    vacancy.enterprise.bus_routes.append(BusRoute(name="Tuyến 2", stops=stops))
    people = [("Bùi Thị Hạnh", "11560"), ("An Văn Ba", "11560"), ("Lê Thị Xa", "11581")]
    rows = [
        sent(session, vacancy, make_seeker(person={"full_name": name, "current_commune": commune}))
        for name, commune in people
    ]
    for row in rows:
        referrals.act(
            session, referral=row, verb=Verb.INVITE, by=BY,
            said=Said(interview_at=SLOT, interview_place="Cổng 2"),
        )  # fmt: skip
    letters = referral_papers.letters(session, referrals=rows, by=BY)
    assert [one.content["ho_ten"] for one in letters] == ["An Văn Ba", "Bùi Thị Hạnh", "Lê Thị Xa"]
    paper = referral_papers.pick_up_list(
        session, vacancy=vacancy, at=SLOT, referrals=rows, by=BY
    )  # fmt: skip
    text = printed(session, paper)
    assert "Chợ Thuỷ Sơn, Tuyến 2, 06:10 (2 người)" in text
    assert "Tự đến (1 người)" in text
    assert all(one.shown in text for one in letters)
    assert sorted(referral_papers.files_named(paper)) == sorted(row.seeker.number for row in rows)
