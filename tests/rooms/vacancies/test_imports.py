from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING
from jobcenter.catalogue.occupations import one_occupation
from jobcenter.catalogue.registers import add_synonym, switch_synonym
from jobcenter.kernel.actor import system
from jobcenter.vacancies.choices import VacancyState
from jobcenter.vacancies.imports import ImportResult, import_postings
from jobcenter.vacancies.models import Vacancy

Make = Callable[..., Any]
BY = system("tests", EVERYTHING)
SAMPLE = Path(__file__).parents[3] / "jobcenter/vacancies/data/postings-sample.jsonl"
PRIVATE = os.environ.get("JOBCENTER_PRIVATE_POSTINGS")


def run(session: Session, lines: Iterable[bytes]) -> ImportResult:
    return import_postings(session, lines, source="postings", by=BY)


def posting(**fields: Any) -> bytes:
    return json.dumps({"title": "Thợ hàn TIG", "id": "A1"} | fields).encode()


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Vacancy)) or 0


def test_a_posting_becomes_a_draft_once(session: Session) -> None:
    lines = [posting(requirement=["Chỉ tuyển nam"], company="Công ty Hàm Rồng")]
    assert run(session, lines).added == 1
    vacancy = session.scalars(select(Vacancy)).one()
    assert vacancy.state is VacancyState.DRAFT
    assert vacancy.firm_as_written == "Công ty Hàm Rồng"
    assert vacancy.source_ref == "postings:A1"
    assert [flag.kind.value for flag in vacancy.flags] == ["sex"]
    again = run(session, lines)
    assert (again.added, again.unchanged) == (0, 1)
    assert count(session) == 1


def test_broken_lines_are_named_and_the_rest_comes_in(session: Session) -> None:
    broken = run(session, [b"{", posting(), b"[]", posting(id="A2", title=""), posting(id="A3")])
    assert broken.added == 2
    assert [line.number for line in broken.broken] == [1, 3, 4]
    assert all(str(line) for line in broken.broken)


def test_what_a_rule_refuses_is_a_broken_line(session: Session) -> None:
    result = run(session, [posting(description=["x" * 30_000]), posting(id="A2")])
    assert [line.number for line in result.broken] == [1]
    assert result.added == count(session) == 1


def test_a_firm_is_linked_only_when_exactly_one_has_the_name(
    session: Session, make_enterprise: Make
) -> None:
    firm = make_enterprise(name="Công ty TNHH Cơ khí Hàm Rồng")
    make_enterprise(name="Công ty Sao Biển")
    make_enterprise(name="CÔNG TY SAO BIỂN")
    names = {"A": "CÔNG TY TNHH CƠ KHÍ HÀM RỒNG", "B": "Công ty Sao Biển", "C": "Khác"}
    run(session, [posting(id=key, company=name) for key, name in names.items()])
    linked = {v.source_ref: v.enterprise_id for v in session.scalars(select(Vacancy))}
    assert linked == {"postings:A": firm.id, "postings:B": None, "postings:C": None}


def test_the_shipped_sample_comes_in_once(session: Session) -> None:
    lines = SAMPLE.read_bytes().splitlines(keepends=True)
    first = run(session, lines)
    assert first.added > 0
    assert first.added == count(session)
    second = run(session, lines)
    assert (second.added, second.unchanged) == (0, first.added)
    assert [line.number for line in second.broken] == [line.number for line in first.broken]


@pytest.mark.skipif(not PRIVATE, reason="the private file is not here")
def test_the_private_file_comes_in_whole(session: Session) -> None:
    lines = Path(PRIVATE or "").read_bytes().splitlines(keepends=True)
    first = run(session, lines)
    assert (first.added, first.without_firm, first.broken) == (415, 6, [])
    second = run(session, lines)
    assert (second.added, second.unchanged) == (0, 415)
    assert count(session) == 415


def test_a_phrase_of_the_administrator_is_read_at_once(session: Session) -> None:
    boss = system("lists", EVERYTHING)
    assert run(session, [posting(title="Lính phun bi")]).added == 1
    occupation = one_occupation(session, "8153")
    add_synonym(session, occupation=occupation, phrase="lính phun bi", by=boss)
    assert run(session, [posting(title="Lính phun bi", id="A2")]).added == 1
    switch_synonym(session, code="8153", phrase="lính phun bi", on=False, by=boss)
    assert run(session, [posting(title="Lính phun bi", id="A3")]).added == 1
    codes = session.scalars(select(Vacancy.occupation_code).order_by(Vacancy.source_ref)).all()
    assert codes == [None, "8153", None]
