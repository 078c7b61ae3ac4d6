"""flask report: what other programs read, and what a wrong period is told."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from jobcenter.advising.models import Consultation

CODES = {
    "consultations", "persons_advised", "files_received", "referrals", "persons_referred",
    "persons_attended_selection", "persons_placed", "employers_recruiting", "openings",
    "openings_left", "job_sessions", "intake", "intake_plan", "intake_plan_percent",
    "intake_short", "intake_elementary", "intake_partner", "completed", "placed_after_training",
    "safety_trainees", "safety_enterprises",
}  # fmt: skip


@pytest.mark.parametrize(
    ("words", "first", "last", "count"),
    [
        (("year", "2020"), "2020-01-01", "2020-12-31", (3, 3)),
        (("quarter", "2020-Q4"), "2020-10-01", "2020-12-31", (2, 3)),
        (("half", "2020-H1"), "2020-01-01", "2020-06-30", (1, 1)),
        (("month", "2020-12"), "2020-12-01", "2020-12-31", (1, 3)),
    ],
)
def test_a_period_is_told_as_json(
    app: Flask, session: Session, words: Any, first: str, last: str, count: Any
) -> None:
    days = ((2020, 1, 1), (2020, 11, 30), (2020, 12, 31), (2021, 1, 1), (2019, 12, 31))
    session.add_all(Consultation(day=dt.date(*day), channel="phone") for day in days)
    session.commit()
    result = app.test_cli_runner().invoke(args=["report", *words, "--json"])
    assert result.exit_code == 0, result.output
    told = json.loads(result.output)
    assert (told["from"], told["to"]) == (first, last)
    assert set(told["indicators"]) >= CODES
    found = told["indicators"]["consultations"]
    assert (found["period"], found["year_to_date"]) == count
    assert (found["plan"], found["unit"]) == (None, "lượt")
    assert told["indicators"]["intake_plan_percent"]["period"] is None  # no plan, no share
    plain = app.test_cli_runner().invoke(args=["report", *words])
    assert "consultations" in plain.output


@pytest.mark.parametrize("words", [("month", "2020-13"), ("year", "x"), ("quarter", "2020-Q5")])
def test_a_wrong_period_is_refused_in_words(app: Flask, words: Any) -> None:
    result = app.test_cli_runner().invoke(args=["report", *words, "--json"])
    assert result.exit_code == 1
    assert "2026-Q4" in result.output
