"""The register of papers: numbers without gaps, a life by the table, what strangers learn."""

from __future__ import annotations

import datetime as dt
import os
import random
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.audit.queries import history
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import db
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.moves import MoveRefused
from jobcenter.papers import queries, rules
from jobcenter.papers.choices import (
    ACTION_LABELS,
    ISSUED,
    PAPER_MOVES,
    UNNUMBERED,
    Field,
    PaperKind,
    PaperState,
    Unit,
)
from jobcenter.papers.models import Paper
from tests.support.together import together

KIND = PaperKind(
    code="test-sheet", label="Giấy thử", prefix="GT", unit=Unit.CENTRE, subject="vacancy",
    fields=(Field("noi_dung", "Nội dung", "abc"),), valid_days=30,
)  # fmt: skip
DECISION = PaperKind(
    code="test-decision", label="Quyết định thử", prefix="QDT", unit=Unit.SCHOOL,
    subject="vacancy", fields=KIND.fields, is_simple=False,
)  # fmt: skip
NEW_YEAR = dt.date(2026, 1, 2)
SEED = os.environ.get("JOBCENTER_SEED", "1")


@pytest.fixture
def maker(make_user: Any) -> Actor:
    user = make_user("counsellor")
    return Actor(user_id=user.id, name=user.name, role="counsellor")


@pytest.fixture
def manager(make_user: Any) -> Actor:
    user = make_user("manager")
    return Actor(user_id=user.id, name=user.name, role="manager")


def issue(session: Session, by: Actor, on: dt.date = NEW_YEAR) -> Paper:
    return rules.issue(
        session, kind=KIND, subject_id=1, title="x", content={"noi_dung": "y"}, by=by, on=on
    )


def draft(session: Session, by: Actor, kind: PaperKind = DECISION) -> Paper:
    content = {"noi_dung": "y"}
    return rules.draft(session, kind=kind, subject_id=1, title="x", content=content, by=by)


def test_numbers_follow_each_other_within_a_year_and_begin_again(
    session: Session, maker: Actor
) -> None:
    shown = [issue(session, maker, on).shown for on in (dt.date(2025, 12, 31), NEW_YEAR, NEW_YEAR)]
    assert shown == ["GT-2025-00001", "GT-2026-00001", "GT-2026-00002"]
    assert queries.gaps(session) == []


def test_a_cancelled_paper_keeps_its_number_and_stays_listed(
    session: Session, maker: Actor
) -> None:
    first = issue(session, maker)
    rules.cancel(session, paper=first, reason="Ghi sai tên", by=maker)
    second = issue(session, maker)
    assert (first.number, second.number) == (1, 2)
    page = queries.listed(session, queries.PaperFilter(kinds=[KIND.code]), queries.Slice())
    assert [one.shown for one in page.items] == ["GT-2026-00002", "GT-2026-00001"]
    with pytest.raises(MoveRefused):
        rules.cancel(session, paper=first, reason="lại", by=maker)
    with pytest.raises(Refused, match="lý do"):
        rules.cancel(session, paper=second, reason="  ", by=maker)


def test_each_print_is_a_line_and_counts(session: Session, maker: Actor) -> None:
    paper = issue(session, maker)
    assert [rules.record_print(session, paper=paper, by=maker) for _ in range(3)] == [1, 2, 3]
    session.flush()
    lines = [one.action for one in history(session, kind="paper", subject_id=paper.id)]
    assert lines.count("print-paper") == 1
    assert lines.count("reprint-paper") == 2
    assert set(lines) <= set(ACTION_LABELS)


def test_approval_is_by_another_person_and_before_the_number(
    session: Session, maker: Actor, manager: Actor
) -> None:
    paper = draft(session, maker)
    with pytest.raises(MoveRefused):
        rules.number(session, papers=[paper], kind=DECISION, by=maker)
    rules.check(session, paper=paper, by=maker)
    with pytest.raises(Refused, match="không tự duyệt"):
        rules.approve(session, paper=paper, by=maker)
    rules.approve(session, paper=paper, by=manager)
    rules.send_back(session, paper=paper, reason="Thiếu căn cứ", by=manager)
    assert (paper.state, paper.approved_by_id, paper.number) == (PaperState.DRAFT, None, None)
    rules.revise(session, paper=paper, kind=DECISION, content={"noi_dung": "z"}, by=maker)
    rules.check(session, paper=paper, by=maker)
    rules.approve(session, paper=paper, by=manager)
    rules.number(session, papers=[paper], kind=DECISION, by=maker, on=NEW_YEAR)
    assert (paper.shown, paper.valid_to) == ("QDT-2026-00001", None)
    with pytest.raises(Refused, match="đã qua kiểm tra"):
        rules.revise(session, paper=paper, kind=DECISION, content={"noi_dung": "!"}, by=maker)
    with pytest.raises(Refused, match="duyệt trước khi cấp số"):
        rules.issue(
            session, kind=DECISION, subject_id=1, title="", content={"noi_dung": ""}, by=maker
        )


VERBS: dict[str, Any] = {
    "check": lambda s, p, b: rules.check(s, paper=p, by=b),
    "approve": lambda s, p, b: rules.approve(s, paper=p, by=b),
    "send-back": lambda s, p, b: rules.send_back(s, paper=p, reason="r", by=b),
    "number": lambda s, p, b: rules.number(s, papers=[p], kind=DECISION, by=b),
    "print": lambda s, p, b: rules.record_print(s, paper=p, by=b),
    "sign": lambda s, p, b: rules.sign(s, paper=p, by=b),
    "cancel": lambda s, p, b: rules.cancel(s, paper=p, reason="r", by=b),
}
WAY = {
    PaperState.DRAFT: [],
    PaperState.CHECKED: ["check"],
    PaperState.APPROVED: ["check", "approve"],
    PaperState.NUMBERED: ["check", "approve", "number"],
    PaperState.PRINTED: ["check", "approve", "number", "print"],
    PaperState.SIGNED: ["check", "approve", "number", "print", "sign"],
    PaperState.CANCELLED: ["cancel"],
}


@pytest.mark.parametrize("state", list(PaperState))
def test_every_cell_of_the_state_table(
    session: Session, maker: Actor, manager: Actor, state: PaperState
) -> None:
    assert set(VERBS) == set(PAPER_MOVES.table)
    for verb, act in VERBS.items():
        paper = draft(session, maker)
        for step in WAY[state]:
            VERBS[step](session, paper, manager)
        assert paper.state is state
        if verb in PAPER_MOVES.verbs(state):
            act(session, paper, manager)
            assert paper.state is PAPER_MOVES.table[verb][1]
        else:
            with pytest.raises(MoveRefused):
                act(session, paper, manager)
        has_number = paper.state in ISSUED or (
            paper.state is PaperState.CANCELLED and state in ISSUED
        )
        assert (paper.number is not None) == has_number
        assert (paper.state in UNNUMBERED) == (not has_number and paper.state != "cancelled")
        session.flush()


def test_content_must_fit_the_fields(session: Session, maker: Actor) -> None:
    with pytest.raises(ValueError, match="noi_dung"):
        rules.draft(session, kind=KIND, subject_id=1, title="", content={}, by=maker)


def test_a_stranger_learns_number_date_and_validity_only(session: Session, maker: Actor) -> None:
    paper = issue(session, maker)
    assert paper.code is not None
    spaced = "-".join(paper.code[n : n + 4] for n in (0, 4, 8)).lower()
    found = queries.confirm(session, spaced, NEW_YEAR)
    assert found is not None
    assert set(vars(found)) == {
        "kind", "unit", "shown", "issued_on", "valid_to", "is_cancelled", "is_over",
    }  # fmt: skip
    assert (found.shown, found.valid_to) == (paper.shown, NEW_YEAR + dt.timedelta(days=30))
    late = queries.confirm(session, paper.code, NEW_YEAR + dt.timedelta(days=31))
    assert late is not None
    assert late.is_over
    rules.cancel(session, paper=paper, reason="r", by=maker)
    gone = queries.confirm(session, paper.code, NEW_YEAR)
    assert gone is not None
    assert gone.is_cancelled
    for odd in ("", "x" * 500, "ILO", "0" * 12, "\x00", "７Ｋ３Ｍ"):
        assert queries.confirm(session, odd, NEW_YEAR) is None


def test_letters_that_are_read_alike_are_one(session: Session) -> None:
    assert queries.read_code("iL0O-1234-5678") == "110012345678"


def test_many_issuers_with_rollbacks_leave_no_gap(
    app: Flask, session: Session, maker: Actor
) -> None:
    """32 issuers at once, a third of whom give up after taking a number."""
    session.commit()
    kept: list[str] = []

    def issuer(number: int) -> Callable[[Session], None]:
        draw = random.Random(f"{SEED}-{number}")

        def work(own: Session) -> None:
            for _ in range(4):
                paper = issue(own, maker)
                if draw.random() < 1 / 3:
                    own.rollback()
                else:
                    shown = str(paper.shown)
                    own.commit()
                    kept.append(shown)

        return work

    with app.app_context():
        engine = db.engine
    answers = together(engine, [issuer(n) for n in range(32)])
    assert answers == [None] * 32
    numbers = sorted(session.scalars(select(Paper.number).where(Paper.kind == KIND.code)))
    assert numbers == list(range(1, len(kept) + 1))
    assert 32 < len(kept) < 32 * 4
    assert len(set(kept)) == len(kept)
