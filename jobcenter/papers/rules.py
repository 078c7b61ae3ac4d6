"""The life of a paper. The caller's transaction holds record and number together."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from jobcenter.audit.rules import record
from jobcenter.catalogue.units import written
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.series import take
from jobcenter.kernel.words import N_
from jobcenter.papers.choices import PAPER_MOVES, PaperKind, PaperState
from jobcenter.papers.models import Paper
from jobcenter.papers.queries import CODE_LENGTH, LETTERS


def draft(
    session: Session,
    *,
    kind: PaperKind,
    subject_id: int,
    title: str,
    content: dict[str, Any],
    by: Actor,
    person_id: int | None = None,
) -> Paper:
    """Make a paper of `kind` without a number; `content` holds a value for each of its fields."""
    _check_content(kind, content)
    paper = Paper(
        unit=kind.unit,
        kind=kind.code,
        state=PaperState.DRAFT,
        subject_kind=kind.subject,
        subject_id=subject_id,
        person_id=person_id,
        title=title,
        content=content,
        made_by_id=by.user_id,
    )
    session.add(paper)
    session.flush()
    _note(session, paper, "draft-paper", by)
    return paper


def issue(
    session: Session,
    *,
    kind: PaperKind,
    subject_id: int,
    title: str,
    content: dict[str, Any],
    by: Actor,
    person_id: int | None = None,
    on: dt.date | None = None,
) -> Paper:
    """Make and number a paper that needs no approval (`kind.is_simple`)."""
    if not kind.is_simple:
        raise Refused(N_("Giấy này cần kiểm tra và duyệt trước khi cấp số."))
    paper = draft(
        session, kind=kind, subject_id=subject_id, title=title, content=content, by=by,
        person_id=person_id,
    )  # fmt: skip
    _give_number(session, [paper], kind, on or clock.today(), by)
    return paper


def revise(
    session: Session, *, paper: Paper, kind: PaperKind, content: dict[str, Any], by: Actor
) -> None:
    """Put a new content in a draft; refused from the check on."""
    _lock(session, paper)
    if paper.state is not PaperState.DRAFT:
        raise Refused(N_("Giấy đã qua kiểm tra, trả lại bản nháp rồi mới sửa được."))
    _check_content(kind, content)
    paper.content = content
    session.flush()
    _note(session, paper, "revise-paper", by)


def check(session: Session, *, paper: Paper, by: Actor) -> None:
    """Say that the content was compared with the record."""
    _move(session, paper, "check")
    paper.checked_by_id = by.user_id
    _done(session, paper, "check-paper", by)


def approve(session: Session, *, paper: Paper, by: Actor) -> None:
    """Approve; nobody approves a paper that they made themselves."""
    if by.user_id is not None and by.user_id == paper.made_by_id:
        raise Refused(N_("Người soạn không tự duyệt giấy của mình."))
    _move(session, paper, "approve")
    paper.approved_by_id = by.user_id
    _done(session, paper, "approve-paper", by)


def send_back(session: Session, *, paper: Paper, reason: str, by: Actor) -> None:
    """Lead a paper without a number back to its maker, with the reason."""
    _need_reason(reason)
    _move(session, paper, "send-back")
    paper.checked_by_id = paper.approved_by_id = None
    paper.reason = reason
    _done(session, paper, "send-back-paper", by)


def number(
    session: Session, *, papers: Sequence[Paper], kind: PaperKind, by: Actor,
    on: dt.date | None = None,
) -> None:  # fmt: skip
    """Give approved papers of one kind their numbers, in the order given."""
    for paper in papers:
        _lock(session, paper)
        PAPER_MOVES.after("number", paper.state)
    _give_number(session, papers, kind, on or clock.today(), by)


def record_print(session: Session, *, paper: Paper, by: Actor) -> int:
    """Count a print and return how many there are now; from the second on it is a reprint."""
    _move(session, paper, "print")
    paper.copies += 1
    _done(session, paper, "print-paper" if paper.copies == 1 else "reprint-paper", by)
    return paper.copies


def sign(session: Session, *, paper: Paper, by: Actor) -> None:
    """Mark the printed paper as signed and stamped."""
    _move(session, paper, "sign")
    _done(session, paper, "sign-paper", by)


def cancel(session: Session, *, paper: Paper, reason: str, by: Actor) -> None:
    """Cancel a paper; its number stays listed and is never given again."""
    _need_reason(reason)
    _move(session, paper, "cancel")
    paper.reason = reason
    _done(session, paper, "cancel-paper", by)


def _give_number(
    session: Session, papers: Sequence[Paper], kind: PaperKind, on: dt.date, by: Actor
) -> None:
    if not papers:
        return
    first = take(session, f"{kind.unit.value}/{kind.prefix}", on.year, len(papers))
    shown = [
        written(
            session, unit=kind.unit, paper=kind.code, number=first + offset, on=on,
            prefix=kind.prefix, width=kind.width,
        )
        for offset in range(len(papers))
    ]  # fmt: skip
    for offset, paper in enumerate(papers):
        paper.year, paper.number = on.year, first + offset
        paper.shown = shown[offset]
        paper.code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
        paper.issued_on = on
        if kind.valid_days is not None:
            paper.valid_to = on + dt.timedelta(days=kind.valid_days)
        paper.state = PaperState.NUMBERED
    session.flush()
    for paper in papers:
        _note(session, paper, "number-paper", by)


def _move(session: Session, paper: Paper, verb: str) -> None:
    _lock(session, paper)
    paper.state = PAPER_MOVES.after(verb, paper.state)


def _lock(session: Session, paper: Paper) -> None:
    session.refresh(paper, with_for_update={"of": Paper})


def _done(session: Session, paper: Paper, action: str, by: Actor) -> None:
    session.flush()
    _note(session, paper, action, by)


def _note(session: Session, paper: Paper, action: str, by: Actor) -> None:
    record(
        session, by=by, action=action, kind="paper", subject_id=paper.id,
        number=paper.shown or "", of=paper.kind,
    )  # fmt: skip


def _need_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused(N_("Cần ghi lý do."), field="reason")


def _check_content(kind: PaperKind, content: dict[str, Any]) -> None:
    names = {field.name for field in kind.fields}
    if set(content) != names:
        wrong = sorted(names.symmetric_difference(content))
        raise ValueError(f"content of {kind.code} does not fit its fields: {wrong}")
