"""Lists count every change at once, hold nobody who must not be there, and can be made again."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, Right
from jobcenter.config import Settings
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor, system
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Missing, NotAllowed, Refused
from jobcenter.kernel.paging import Slice
from jobcenter.matching import index as room_index
from jobcenter.matching import queries, rules
from jobcenter.matching.choices import Audience, Unsuitable
from jobcenter.matching.documents import profiles
from jobcenter.matching.index import IndexHolder
from jobcenter.matching.models import MatchDocument, Recommendation
from jobcenter.matching.queries import CandidateFilter
from jobcenter.people.choices import Purpose, Sex
from jobcenter.people.rules import withdraw_consent
from jobcenter.referrals import rules as referrals
from jobcenter.referrals.models import Referral
from jobcenter.seekers.choices import FileState
from jobcenter.seekers.models import Seeker, TargetGroup
from jobcenter.vacancies.models import Vacancy

BY = system("test", EVERYTHING)


@pytest.fixture(autouse=True)
def context(app: Flask) -> Any:
    with app.app_context():
        yield


def listed(
    session: Session, vacancy: Vacancy, *, audience: Audience = Audience.COUNSELLOR,
    actor: Actor = BY, size: int = 25, number: int = 1, **wanted: Any,
) -> queries.CandidateList:  # fmt: skip
    session.commit()
    return queries.candidates(
        session, vacancy=vacancy, actor=actor, audience=audience,
        wanted=CandidateFilter(**wanted), window=Slice(number, size),
    )  # fmt: skip


def ids(found: queries.CandidateList) -> list[int]:
    return [item.seeker.id for item in found.page.items]


def firm_user(vacancy: Vacancy) -> Actor:
    return Actor(1, "Lê Minh Đức", "enterprise-user", frozenset({Right.OWN_FIRM}),
                 enterprise_id=vacancy.enterprise_id)  # fmt: skip


def test_the_best_fit_comes_first_with_its_reasons(
    session: Session, make_seeker: Any, make_vacancy: Any
) -> None:
    cook = make_seeker(wish="Đầu bếp", skills="nấu ăn", shifts=("office",))
    tailor = make_seeker(job="May công nghiệp")
    found = listed(session, make_vacancy())
    assert ids(found) == [tailor.id, cook.id]
    best, last = found.page.items
    assert best.job_fit > last.job_fit
    assert [gate.state for gate in best.gates if gate.code == "shift"] == ["pass"]
    assert [gate.state for gate in last.gates if gate.code == "shift"] == ["fail"]
    assert any(point.kind == "has" for point in best.points)
    assert len(best.points) <= 4


def test_documents_hold_no_protected_value(session: Session, make_seeker: Any) -> None:
    seeker = make_seeker(person={
        "full_name": "Đặng Thị Quỳnh Trang", "ethnicity": "Tày", "email": "trang@example.vn",
        "current_detail": "số 8 ngõ 12 Lê Lợi", "birth_date": dt.date(1991, 4, 30),
        "birth_year": 1991,
    }, health="khuyết tật vận động")  # fmt: skip
    seeker.target_groups.append(TargetGroup(code="KT", proof_number="GXN-77"))
    session.flush()
    body = str(next(profiles(session, [seeker.id])).to_dict())
    for secret in ("Trang", "Đặng", "Tày", "1991", "ngõ 12", "khuyết tật", "KT", "GXN", "female",
                   seeker.person.phone[-6:], "trang@"):  # fmt: skip
        assert secret not in body, secret


def test_swapping_protected_fields_moves_no_bit(
    session: Session, make_seeker: Any, make_vacancy: Any
) -> None:
    people = [make_seeker(job="May", skills=f"may {i} kim") for i in range(6)]
    vacancy = make_vacancy()

    def scores() -> list[tuple[int, float, int, int]]:
        return [
            (i.seeker.id, i.match.score, i.match.job_fit.hundredths, i.match.wish_fit.hundredths)
            for i in listed(session, vacancy).page.items
        ]

    before = scores()
    for person in (p.person for p in people):
        person.full_name, person.sex = "Hoàng Văn Lực", Sex.MALE
        person.birth_date, person.birth_year = dt.date(1970, 1, 1), 1970
        person.ethnicity, person.current_detail = "Mường", "thôn 3"
    people[0].target_groups.append(TargetGroup(code="HN"))
    people[1].height_cm = "150"
    assert scores() == before
    assert len(before) == 6


@pytest.mark.parametrize("change", ["consent", "state", "merge", "delete", "young"])
def test_who_may_not_be_matched_is_gone_from_the_very_next_list(
    session: Session, make_seeker: Any, make_vacancy: Any, change: str
) -> None:
    gone, stays = make_seeker(job="May công nghiệp"), make_seeker()
    vacancy = make_vacancy()
    assert set(ids(listed(session, vacancy))) == {gone.id, stays.id}
    if change == "consent":
        withdraw_consent(session, person=gone.person, purpose=Purpose.REGISTER, by=BY)
    elif change == "state":
        gone.state = FileState.PAUSED
    elif change == "merge":
        gone.person.merged_into_id = stays.person_id
    elif change == "young":
        gone.person.birth_year = clock.today().year - 14
    else:
        session.delete(gone)
    assert ids(listed(session, vacancy)) == [stays.id]


def test_an_uncommitted_withdrawal_is_already_obeyed_by_its_own_transaction(
    session: Session, make_seeker: Any, make_vacancy: Any
) -> None:
    people = [make_seeker() for _ in range(4)]
    vacancy = make_vacancy()
    assert len(ids(listed(session, vacancy))) == 4
    withdraw_consent(session, person=people[0].person, purpose=Purpose.REGISTER, by=BY)
    found = queries.candidates(
        session, vacancy=vacancy, actor=BY, audience=Audience.COUNSELLOR,
        wanted=CandidateFilter(), window=Slice(1, 3),
    )  # fmt: skip
    assert ids(found) == [p.id for p in people[1:]], "the place is filled again"


def test_another_process_counts_the_change_too(
    app: Flask, session: Session, make_seeker: Any, make_vacancy: Any
) -> None:
    settings: Settings = app.config["SETTINGS"]
    seeker, vacancy = make_seeker(skills="nấu ăn"), make_vacancy()
    assert ids(listed(session, vacancy)) == [seeker.id]
    mine, theirs = room_index.holder(), IndexHolder(settings.index_directory)
    assert theirs.fresh(session).name == mine.fresh(session).name, "the saved one is opened"
    seeker.skills = "vắt sổ"
    added = make_seeker()
    session.commit()
    for held in (mine.fresh(session), theirs.fresh(session)):
        assert held.index.get(str(seeker.id)).skills == "vắt sổ"
        assert str(added.id) in held.index


def test_an_index_of_another_database_or_ahead_of_it_is_not_used(
    app: Flask, session: Session, make_seeker: Any, tmp_path: Path
) -> None:
    settings: Settings = app.config["SETTINGS"]
    seeker = make_seeker()
    session.commit()
    first = IndexHolder(settings.index_directory).fresh(session)
    folder = settings.index_directory / first.name
    kept = Path(shutil.copytree(folder, tmp_path / "kept"))
    told = json.loads((kept / "state.json").read_text())
    for wrong in (
        {"database": "0" * 32},
        {"seen": told["seen"] + 10**9},
        {"made_by": "ml-of-yesterday, prices on"},
    ):
        # a busy server may have made more than one index since, and then the first is gone
        shutil.copytree(kept, folder, dirs_exist_ok=True)
        (settings.index_directory / "CURRENT").write_text(first.name)
        (folder / "state.json").write_text(json.dumps(told | wrong))
        again = IndexHolder(settings.index_directory).fresh(session)
        assert again.name != first.name
        assert str(seeker.id) in again.index


def test_who_is_in_process_or_set_aside_is_not_offered_again(
    session: Session, make_seeker: Any, make_vacancy: Any
) -> None:
    asked, aside, stays = make_seeker(), make_seeker(), make_seeker()
    vacancy, other = make_vacancy(), make_vacancy()
    assert referrals.ask(session, vacancy=vacancy, seeker=asked, by=BY)
    assert not referrals.ask(session, vacancy=vacancy, seeker=asked, by=BY)
    rules.set_aside(session, vacancy=vacancy, seeker=aside, reason=Unsuitable.SHIFT, note="", by=BY)
    rules.set_aside(session, vacancy=vacancy, seeker=aside, reason=Unsuitable.PAY, note="", by=BY)
    assert ids(listed(session, vacancy)) == [stays.id]
    assert set(ids(listed(session, other))) == {asked.id, aside.id, stays.id}
    first = next(i for i in listed(session, other).page.items if i.seeker.id == asked.id)
    assert first.introduced == 1
    rules.take_back(session, vacancy=vacancy, seeker=aside, by=BY)
    referral = session.scalars(select(Referral)).one()
    referrals.decline(session, referral=referral, note="đã có việc", by=BY)
    assert set(ids(listed(session, vacancy))) == {asked.id, aside.id, stays.id}


def test_filters_and_pages(session: Session, make_seeker: Any, make_vacancy: Any) -> None:
    people = [make_seeker(job="May công nghiệp") for _ in range(5)]
    far = make_seeker(person={"current_commune": None}, skills="hàn hồ quang",
                      available_on=dt.date(2027, 3, 1), general_education="tieu-hoc")  # fmt: skip
    vacancy = make_vacancy()
    everybody = ids(listed(session, vacancy))
    assert len(everybody) == 6
    paged = [i for n in (1, 2, 3) for i in ids(listed(session, vacancy, size=2, number=n))]
    assert paged == everybody
    lines = [i.line for i in listed(session, vacancy, size=2, number=2).page.items]
    assert lines == [3, 4]
    assert ids(listed(session, vacancy, keyword="han ho quang")) == [far.id]
    rest = {p.id for p in people}
    assert set(ids(listed(session, vacancy, place=people[0].person.current_commune))) == rest
    assert set(ids(listed(session, vacancy, general_education="thcs"))) == rest
    assert set(ids(listed(session, vacancy, available_by=dt.date(2026, 12, 31)))) == rest
    assert ids(listed(session, vacancy, place="bus")) == []
    assert ids(listed(session, vacancy, general_education="khong-co", place="xx")) == []


def test_equal_people_share_a_rank(session: Session, make_seeker: Any, make_vacancy: Any) -> None:
    for _ in range(3):
        make_seeker()
    found = listed(session, make_vacancy()).page.items
    assert {item.rank for item in found} == {1}
    assert all(item.is_tied for item in found)


def test_a_firm_gets_only_its_own_vacancy_and_people_who_agreed(
    session: Session, make_seeker: Any, make_vacancy: Any
) -> None:
    shown = make_seeker()
    make_seeker(consents=(Purpose.REGISTER,))
    vacancy, other = make_vacancy(), make_vacancy()
    firm = firm_user(vacancy)
    assert ids(listed(session, vacancy, audience=Audience.ENTERPRISE, actor=firm)) == [shown.id]
    with pytest.raises(Missing):
        listed(session, other, audience=Audience.ENTERPRISE, actor=firm)
    with pytest.raises(NotAllowed):
        listed(session, vacancy, audience=Audience.COUNSELLOR, actor=firm)
    withdraw_consent(session, person=shown.person, purpose=Purpose.PUBLISH, by=BY)
    assert ids(listed(session, vacancy, audience=Audience.ENTERPRISE, actor=firm)) == []


def test_a_line_of_a_stored_list_leads_to_the_person_while_they_may_be_shown(
    session: Session, make_seeker: Any, make_vacancy: Any
) -> None:
    seeker, vacancy = make_seeker(), make_vacancy()
    firm, other = firm_user(vacancy), firm_user(make_vacancy())
    found = listed(session, vacancy, audience=Audience.ENTERPRISE, actor=firm)
    session.commit()
    key = rules.store(found, by=firm)
    row = session.scalars(select(Recommendation)).one()
    assert str(row.key) == key
    at = {"key": row.key, "rank": 1, "vacancy": vacancy}
    assert queries.shown_line(session, actor=firm, **at).id == seeker.id
    with pytest.raises(Missing):
        queries.shown_line(session, actor=firm, **at | {"rank": 2})
    with pytest.raises(Missing):
        queries.shown_line(session, actor=other, **at)
    withdraw_consent(session, person=seeker.person, purpose=Purpose.PUBLISH, by=BY)
    with pytest.raises(Missing):
        queries.shown_line(session, actor=firm, **at)


def test_a_stored_list_is_made_again_bit_for_bit_until_somebody_is_erased(
    session: Session, make_seeker: Any, make_vacancy: Any
) -> None:
    people = [make_seeker(job="May", skills=f"may {i} kim, vắt sổ") for i in range(8)]
    vacancy = make_vacancy()
    found = listed(session, vacancy)
    session.commit()
    rules.store(found, by=BY)
    people[0].skills = "đã sửa sau khi lưu"
    vacancy.title = "Thợ hàn"
    session.commit()
    rules.rebuild(session)
    row = session.scalars(select(Recommendation)).one()
    again = rules.reproduce(session, row)
    assert again == rules.stored(session, row)
    assert [(s.seeker_id, s.score) for s in again] == [
        (i.seeker.id, i.match.score) for i in found.page.items
    ]
    assert len({s.score for s in again}) > 1
    session.execute(delete(MatchDocument).where(MatchDocument.seeker_id == people[1].id))
    with pytest.raises(Refused):
        rules.reproduce(session, row)


def test_vacancies_for_a_person_give_the_same_fits_as_the_list_of_people(
    session: Session, make_seeker: Any, make_vacancy: Any
) -> None:
    seeker = make_seeker(job="May công nghiệp")
    make_seeker(job="Thợ hàn tàu", skills="chứng chỉ hàn 6G", shifts=("office",))
    sewing, welding = make_vacancy(), make_vacancy(title="Thợ hàn", description="hàn tàu",
                                                   requirement="chứng chỉ hàn")  # fmt: skip
    make_vacancy(deadline=clock.today() - dt.timedelta(days=1))
    one = listed(session, sewing).page.items[0]
    found = queries.vacancies_for(session, seeker=seeker, actor=BY, limit=10)
    assert [o.vacancy.id for o in found.offers] == [sewing.id, welding.id]
    assert found.offers[0].match.job_fit == one.match.job_fit
    assert found.offers[0].match.wish_fit == one.match.wish_fit
    session.commit()
    rules.store_offers(found, by=BY)
    row = session.scalars(select(Recommendation)).one()
    assert rules.reproduce(session, row) == rules.stored(session, row)
    own = Actor(9, "Hường", "seeker", frozenset({Right.OWN_FILE}), person_id=seeker.person_id)
    spoken = queries.vacancies_for(session, seeker=seeker, actor=own, limit=10)
    assert spoken.audience is Audience.SEEKER
    stranger = Actor(9, "Hường", "seeker", frozenset({Right.OWN_FILE}), person_id=0)
    with pytest.raises(Missing):
        queries.vacancies_for(session, seeker=seeker, actor=stranger, limit=10)


def test_the_lines_of_an_explanation_add_up_to_the_number_shown(
    session: Session, make_seeker: Any, make_vacancy: Any
) -> None:
    seekers = [make_seeker(job="May"), make_seeker(wish=None, skills=None, shifts=None,
                                                  pay_min=9_900_000)]  # fmt: skip
    vacancy = make_vacancy(years_experience=3, qualification="so-cap")
    found = listed(session, vacancy)
    for seeker in seekers:
        told = queries.explanation(session, vacancy=vacancy, seeker=seeker, actor=BY)
        line = next(i for i in found.page.items if i.seeker.id == seeker.id)
        assert told.job_fit == sum(part.points for part in told.job_lines) == line.job_fit
        assert told.wish_fit == sum(part.points for part in told.wish_lines) == line.wish_fit
        assert all(0 <= part.points <= part.of for part in (*told.job_lines, *told.wish_lines))


def test_what_to_ask_next_counts_people_and_gain(
    session: Session, make_seeker: Any, make_vacancy: Any
) -> None:
    for shifts in (None, None, ("three-shift-8h",)):
        make_seeker(shifts=shifts)
    found = listed(session, make_vacancy(shift="three-shift-8h"))
    questions = queries.ask_next(session, found)
    assert [(q.phrase.text, q.people, q.gain) for q in questions] == [
        ("Làm ca %(asked)s được không?", 2, 2)
    ]


def test_prices_can_be_switched_off(app: Flask, session: Session, make_seeker: Any,
                                    make_vacancy: Any, tmp_path: Any) -> None:  # fmt: skip
    for _ in range(3):
        make_seeker(), make_vacancy()
    session.commit()
    assert IndexHolder(tmp_path / "a", prices=False).fresh(session).index.log_prices is None
    assert IndexHolder(tmp_path / "b", prices=True).fresh(session).index.log_prices is not None


def test_rebuilding_tells_how_far_it_is(session: Session, make_seeker: Any) -> None:
    for _ in range(3):
        make_seeker()
    session.commit()
    told: list[tuple[int, int]] = []
    assert rules.rebuild(session, lambda done, total: told.append((done, total))) == 3
    assert told[0] == (0, 3)
    assert told[-1] == (3, 3)
    assert session.scalars(select(Seeker.id)).all()
    assert db.engine is not None
