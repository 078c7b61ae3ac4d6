"""flask match: the same lists as the pages, for terminals and programs."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.matching.models import Recommendation


def run(app: Flask, session: Session, *args: str) -> Any:
    session.commit()
    return app.test_cli_runner().invoke(args=["match", *args])


def test_candidates_as_json(
    app: Flask, session: Session, make_seeker: Any, make_vacancy: Any
) -> None:
    best = make_seeker(job="May công nghiệp")
    make_seeker(wish="Đầu bếp", skills="nấu ăn", shifts=("office",))
    vacancy = make_vacancy()
    result = run(app, session, "vacancy", vacancy.number, "--limit", "1", "--json")
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    assert answer["vacancy"] == vacancy.number
    assert answer["total"] == 2
    (line,) = answer["items"]
    assert line["number"] == best.number
    assert 0 <= line["job_fit"] <= 100
    assert {gate["code"]: gate["state"] for gate in line["gates"]}["shift"] == "pass"
    assert session.scalars(select(Recommendation.key)).one() is not None


def test_vacancies_for_a_person_as_json_and_as_lines(
    app: Flask, session: Session, make_seeker: Any, make_vacancy: Any
) -> None:
    seeker, vacancy = make_seeker(), make_vacancy()
    answer = json.loads(run(app, session, "seeker", seeker.number, "--json").stdout)
    assert [item["number"] for item in answer["items"]] == [vacancy.number]
    assert vacancy.number in run(app, session, "seeker", seeker.number).stdout


@pytest.mark.parametrize("subject", ["vacancy", "seeker"])
def test_an_unknown_number_is_refused_in_words(app: Flask, session: Session, subject: str) -> None:
    result = run(app, session, subject, "XX-2026-9999")
    assert result.exit_code == 1
    assert "Không tìm thấy" in result.output


def test_rebuild_says_how_many(app: Flask, session: Session, make_seeker: Any) -> None:
    make_seeker(), make_seeker()
    result = run(app, session, "rebuild")
    assert result.exit_code == 0, result.output
    assert result.stdout.strip().endswith("2")
