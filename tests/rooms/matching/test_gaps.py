"""What to ask about one file is counted from the vacancies that wait for the answer."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, Role
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor, system
from jobcenter.kernel.errors import Missing
from jobcenter.matching.choices import Unsuitable
from jobcenter.matching.gaps import ASKED, waiting_for
from jobcenter.matching.rules import set_aside
from jobcenter.seekers.models import Experience
from jobcenter.vacancies.choices import VacancyState

Make = Callable[..., Any]
BY = system("test", EVERYTHING)
BLANK: dict[str, Any] = {
    "wish": None, "shifts": None, "pay_min": None, "general_education": None, "available_on": None,
}  # fmt: skip


def told(session: Session, seeker: Any, actor: Actor = BY) -> dict[str, tuple[int, int]]:
    session.flush()
    found = waiting_for(session, seeker=seeker, actor=actor)
    return {one.field: (one.vacancies, one.opens) for one in found}


def test_each_question_counts_the_open_vacancies_that_wait(
    session: Session, make_seeker: Make, make_vacancy: Make
) -> None:
    """Against a count by hand of what each vacancy states."""
    draw = random.Random(7)
    today = clock.today()
    firm = None
    stated = []
    for _n in range(24):
        row = {
            "shift": draw.choice([None, "night", "office", "flexible"]),
            "pay_min": draw.choice([None, 8_000_000]),
            "pay_max": None,
            "general_education": draw.choice([None, "thpt"]),
            "start_on": draw.choice([None, today + dt.timedelta(days=9)]),
            "occupation_code": draw.choice([None, "8153"]),
            "has_bus": draw.choice([None, True, False]),
            "has_dormitory": draw.choice([None, True]),
            "years_experience": draw.choice([None, 0, 2]),
            "state": draw.choice([VacancyState.OPEN, VacancyState.OPEN, VacancyState.ON_HOLD]),
            "deadline": today + dt.timedelta(days=draw.choice([-1, 5, 60])),
            "certificates": draw.choice([(), ("Thẻ an toàn điện",)]),
        }
        vacancy = make_vacancy(enterprise=firm, **row)
        firm = firm or vacancy.enterprise
        stated.append(row)
    open_now = [
        row for row in stated if row["state"] is VacancyState.OPEN and row["deadline"] >= today
    ]

    def count(name: str, *nothing: Any) -> int:
        return sum(row[name] not in (None, *nothing) for row in open_now)

    expected = {
        "shifts": count("shift", "flexible"),
        "certificates": count("certificates", ()),
        "pay_min": count("pay_min"),
        "general_education": count("general_education"),
        "available_on": count("start_on"),
        "wishes": count("occupation_code"),
        "needs_bus": count("has_bus"),
        "needs_dormitory": count("has_dormitory"),
        "experiences": count("years_experience", 0),
    }
    found = told(session, make_seeker(**BLANK))
    assert {field: vacancies for field, (vacancies, _opens) in found.items()} == expected
    opens = [opens for _vacancies, opens in found.values()]
    assert opens == sorted(opens, reverse=True)
    assert found["shifts"][1] == expected["shifts"]
    assert {"pay_min": found["pay_min"][1]} == {"pay_min": 0}


def test_an_answer_ends_the_question_and_a_half_answer_asks_for_the_rest(
    session: Session, make_seeker: Make, make_vacancy: Make
) -> None:
    make_vacancy(shift="night", occupation_code="8153", years_experience=2, certificates=("Hàn",))
    seeker = make_seeker(**BLANK | {"wish": "may", "shifts": ("office",)})
    seeker.experiences.append(Experience(position="Thợ may"))
    found = told(session, seeker)
    assert {"wish_codes", "experience_dates", "certificates"} <= set(found)
    assert not {"shifts", "wishes", "experiences"} & set(found)
    assert found["certificates"] == (1, 0)  # the shift fails: the paper alone opens nothing
    seeker.experiences[0].started_on = dt.date(2020, 1, 1)
    seeker.wishes[0].occupation_code = "8153"
    seeker.shifts = ("night",)
    found = told(session, seeker)
    assert found["certificates"] == (1, 1)
    assert not {"wish_codes", "experience_dates"} & set(found)


def test_an_answer_that_the_matcher_cannot_read_is_not_asked_again(
    session: Session, make_seeker: Make, make_vacancy: Make
) -> None:
    make_vacancy(general_education="thpt", qualification="trung-cap", field="May")
    assert "qualification" in told(session, make_seeker())
    assert "qualification" not in told(session, make_seeker(qualification="untrained"))


def test_vacancies_that_are_settled_for_the_person_do_not_count(
    session: Session, make_seeker: Make, make_vacancy: Make
) -> None:
    seeker, vacancy = make_seeker(shifts=None), make_vacancy(shift="night")
    assert told(session, seeker)["shifts"] == (1, 1)
    set_aside(session, vacancy=vacancy, seeker=seeker, reason=Unsuitable.SKILL, note="", by=BY)
    assert "shifts" not in told(session, seeker)


def test_a_person_asks_about_the_own_file_alone(
    session: Session, make_seeker: Make, make_vacancy: Make
) -> None:
    make_vacancy(shift="night")
    mine, other = make_seeker(shifts=None), make_seeker(shifts=None)
    me = Actor(user_id=1, name="", role=Role.SEEKER, person_id=mine.person_id)
    assert "shifts" in told(session, mine, me)
    with pytest.raises(Missing):
        told(session, other, me)


def test_every_question_has_both_wordings() -> None:
    assert all(staff and person for staff, person in ASKED.values())
