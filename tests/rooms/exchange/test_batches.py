"""The life of an import: judged, written once, undone where nobody touched it, dropped, cleared."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING
from jobcenter.enterprises.models import Enterprise, WorkforceFigure
from jobcenter.enterprises.rules import EnterpriseData
from jobcenter.enterprises.rules import change as change_firm
from jobcenter.exchange import queries, rules
from jobcenter.exchange.choices import BatchState
from jobcenter.exchange.kinds import KINDS
from jobcenter.exchange.models import ImportBatch, ImportedRow
from jobcenter.exchange.reading import read
from jobcenter.kernel import clock
from jobcenter.kernel.actor import system
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.moves import MoveRefused
from jobcenter.kernel.paging import Slice
from jobcenter.people.choices import Purpose, Way
from jobcenter.people.models import Consent, Person
from jobcenter.people.rules import withdraw_consent
from jobcenter.privacy import erasing
from jobcenter.privacy.choices import Cause
from jobcenter.seekers.models import Seeker, Wish
from jobcenter.vacancies.choices import VacancyState
from jobcenter.vacancies.models import Vacancy
from tests.support.sheets import FIGURE, FIRM, PERSON, VACANCY, filled

BY = system("tests", EVERYTHING)


def brought(session: Session, code: str, rows: list[dict[str, Any]]) -> ImportBatch:
    data = filled(session, KINDS[code], rows)
    made = rules.take(session, kind=code, file_name="ds.xlsx", table=read(data), by=BY)
    session.commit()
    rules.judge(session, batch=made, by=BY)
    session.commit()
    return rules.whole(session, made)


def write(session: Session, batch: ImportBatch) -> int:
    rules.begin(session, batch=batch, verb="write", by=BY)
    count = rules.write(session, batch=batch, by=BY)
    session.commit()
    return count


def undo(session: Session, batch: ImportBatch) -> int:
    rules.begin(session, batch=batch, verb="undo", by=BY)
    count = rules.undo(session, batch=batch, by=BY)
    session.commit()
    return count


def people(count: int) -> list[dict[str, Any]]:
    names = ["Đỗ Thị Quyên", "Phạm Văn Tá", "Lê Minh Khuê", "Vũ Thu Hoài", "Hoàng Bá Lợi"]
    return [
        PERSON | {"full_name": names[n], "id_number": f"0311980012{n:02d}", "sex": "",
                  "phone": f"091234567{n}", "birth": f"{n + 1:02d}/0{n + 1}/198{n}"}
        for n in range(count)
    ]  # fmt: skip


def counted(session: Session, table: Any) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_good_rows_are_written_with_their_consents_and_once_for_all(session: Session) -> None:
    rows = [*people(3), PERSON | {"full_name": "Không Đồng Ý", "consent_register": "Không"}]
    batch = brought(session, "people", rows)
    assert (batch.good, batch.bad, batch.state) == (3, 1, BatchState.CHECKED)
    assert counted(session, Seeker) == 0
    assert write(session, batch) == 3
    seeker = session.scalars(select(Seeker).order_by(Seeker.id)).first()
    assert seeker is not None
    assert seeker.person.full_name == "Đỗ Thị Quyên"
    assert [wish.title for wish in seeker.wishes] == ["Công nhân may"]
    consents = session.scalars(select(Consent).where(Consent.person_id == seeker.person_id)).all()
    assert {one.purpose for one in consents} == {Purpose.REGISTER, Purpose.INTRODUCE}
    assert all(one.way is Way.PAPER and "Phiếu số 12" in one.evidence for one in consents)
    assert all(clock.local(one.given_at).date() == dt.date(2026, 11, 2) for one in consents)
    with pytest.raises(MoveRefused):
        rules.begin(session, batch=batch, verb="write", by=BY)
    again = brought(session, "people", rows)
    assert (again.good, again.known, again.bad) == (0, 3, 1)
    assert write(session, again) == 0
    assert counted(session, Seeker) == 3


def test_an_interrupted_writing_goes_on_without_writing_twice(session: Session) -> None:
    batch = brought(session, "people", people(5))
    rules.begin(session, batch=batch, verb="write", by=BY)
    session.commit()
    chunk, rules.CHUNK = rules.CHUNK, 2

    def dies(done: int, _total: int) -> None:
        session.commit()
        if done == 4:
            raise RuntimeError

    try:
        with pytest.raises(RuntimeError):
            rules.write(session, batch=batch, by=BY, tell=dies)
    finally:
        rules.CHUNK = chunk
    session.rollback()
    assert counted(session, ImportedRow) == 4
    assert write(session, rules.whole(session, batch)) == 5
    assert (counted(session, Seeker), batch.good, batch.state) == (5, 5, BatchState.WRITTEN)


def test_undoing_takes_out_only_what_nobody_touched(session: Session, make_vacancy: Any) -> None:
    batch = brought(session, "people", people(4))
    write(session, batch)
    first, second, third, _fourth = session.scalars(select(Seeker).order_by(Seeker.id)).all()
    first.note = "Đã gọi"
    withdraw_consent(session, person=second.person, purpose=Purpose.INTRODUCE, by=BY)
    third.person.phone = "+84999999999"
    session.commit()
    assert undo(session, batch) == 1
    assert (batch.state, batch.undone, batch.written) == (BatchState.UNDONE, 1, 4)
    assert [counted(session, t) for t in (Seeker, Person, Wish)] == [3, 3, 3]
    again = brought(session, "people", people(4))
    assert (again.good, again.known) == (1, 3)
    assert write(session, again) == 1


def test_who_is_alike_waits_for_a_human_who_says_that_they_are_two(
    session: Session, make_person: Any
) -> None:
    make_person(full_name="Đỗ Thị Quyên", birth_date=dt.date(1980, 1, 1), birth_year=1980,
                phone="+84977777777")  # fmt: skip
    rows = people(2)
    rows[0] |= {"id_number": ""}
    batch = brought(session, "people", rows)
    assert (batch.good, batch.doubtful) == (1, 1)
    _heads, page = queries.preview(KINDS["people"], batch, state="doubtful", window=Slice())
    assert page.items[0].row.twins[0][0] == "person"
    assert "Đỗ Thị Quyên" in page.items[0].who
    rules.say_apart(session, batch=batch, rows=[3, 4, 999], by=BY)
    assert batch.apart == [3]
    assert write(session, batch) == 2
    assert counted(session, Person) == 3


def test_firms_vacancies_and_figures_are_written_and_undone_by_their_rooms(
    session: Session, make_enterprise: Any
) -> None:
    other = FIRM | {"name": "Hoa Phượng", "tax_number": "0205555555"}
    firms = brought(session, "enterprises", [FIRM, other])
    assert write(session, firms) == 2
    first, second = session.scalars(select(Enterprise).order_by(Enterprise.id)).all()
    wanted = [VACANCY | {"firm": first.tax_number}, VACANCY | {"firm": "x"}]
    jobs = brought(session, "vacancies", wanted)
    assert (jobs.good, jobs.bad) == (1, 1)
    assert write(session, jobs) == 1
    vacancy = session.scalars(select(Vacancy)).one()
    assert (vacancy.state, vacancy.pay_min, vacancy.enterprise_id) == (
        VacancyState.DRAFT, 8_500_000, first.id,
    )  # fmt: skip
    old = FIGURE | {"firm": second.tax_number, "vietnamese": 1000, "female": ""}
    write(session, brought(session, "workforce", [old]))
    new = brought(session, "workforce", [FIGURE | {"firm": second.name}])
    write(session, new)
    standing = select(WorkforceFigure).where(WorkforceFigure.replaced_at.is_(None))
    assert session.scalars(standing).one().total == 1230
    assert undo(session, new) == 1
    assert session.scalars(standing).one().total == 1030
    assert undo(session, jobs) == 1
    assert vacancy.state is VacancyState.CLOSED
    change_firm(
        session, enterprise=second, version=None, by=BY,
        data=EnterpriseData(name="Hoa Phượng Đỏ", tax_number="0205555555"),
    )  # fmt: skip
    session.commit()
    assert undo(session, firms) == 0  # one was changed, a vacancy hangs on the other


def test_dropped_and_old_files_are_kept_no_more(session: Session) -> None:
    batch = brought(session, "people", people(2))
    rules.drop(session, batch=batch, by=BY)
    session.commit()
    assert (batch.state, batch.cells, batch.findings) == (BatchState.DROPPED, None, None)
    other = brought(session, "people", people(2))
    assert rules.clear_old(session) == 0
    with clock.frozen(clock.now() + dt.timedelta(days=8)):
        assert rules.clear_old(session) == 1
    session.expire_all()
    with pytest.raises(Refused, match="không còn giữ"):
        write(session, rules.whole(session, other))


def test_an_erased_person_is_in_no_file_that_waits(session: Session) -> None:
    batch = brought(session, "people", people(2))
    write(session, batch)
    other = brought(session, "people", [*people(1), *people(3)[2:]])
    person = session.scalars(select(Person).order_by(Person.id)).first()
    assert person is not None
    erasing.erase_person(session, person_id=person.id, cause=Cause.REQUEST, by=BY)
    session.commit()
    session.expire_all()
    for one in (batch, other):
        assert rules.whole(session, one).cells is None
    assert counted(session, ImportedRow) == 1
