"""The counsellor's own files: who is responsible, dossiers in every state, proof of consents."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from jobcenter.accounts.models import User
from jobcenter.demo.draw import Draw
from jobcenter.kernel import clock
from jobcenter.people.choices import Way
from jobcenter.people.models import Consent
from jobcenter.seekers.choices import AVAILABLE, Paper
from jobcenter.seekers.models import DossierItem, Seeker

OWN = 80  # files of the counsellor; every third has a dossier
STUCK_DAYS = 40  # every fifth file has waited so long
THERE = {Paper.HEALTH_CHECK: "Bệnh viện Kiến An", Paper.DEGREES: "bản sao có chứng thực"}
LACKS = {Paper.PHOTOS: "hẹn mang thứ Hai", Paper.APPLICATION: "đã đưa mẫu"}
EVIDENCE = {
    Way.COUNTER: "Đọc từng mục tại quầy",
    Way.PAPER: "Phiếu đồng ý số {n}",
    Way.PHONE: "Gọi lúc 9:{n:02d}",
}


def write(session: Session, *, seed: int, today: dt.date, counsellor: User | None) -> None:
    """Give the counsellor files, some of them with papers, all with proof of what was agreed."""
    if counsellor is None:
        return
    draw = Draw(f"{seed}-caseload")
    files = session.execute(
        select(Seeker.id, Seeker.person_id)
        .where(Seeker.state.in_(AVAILABLE))
        .order_by(Seeker.id)
        .limit(OWN)
    ).all()
    ids = [row.id for row in files]
    session.execute(
        update(Seeker)
        .where(Seeker.id.in_(ids))
        .values(responsible_id=counsellor.id, changed_at=Seeker.changed_at)
    )
    waited = clock.now() - dt.timedelta(days=STUCK_DAYS)
    session.execute(update(Seeker).where(Seeker.id.in_(ids[::5])).values(changed_at=waited))
    rows = [row for seeker_id in ids[::3] for row in _dossier(draw, seeker_id, today)]
    if rows:
        session.execute(insert(DossierItem), rows)
    for n, row in enumerate(files):
        for way, text in EVIDENCE.items():
            session.execute(
                update(Consent)
                .where(Consent.person_id == row.person_id, Consent.way == way)
                .values(evidence=text.format(n=n % 60), recorded_by_id=counsellor.id)
            )


def _dossier(draw: Draw, seeker_id: int, today: dt.date) -> list[dict[str, Any]]:
    rows = []
    for paper in Paper:
        if draw.chance(20):
            continue  # not asked
        has = draw.chance(70)
        dated = today - dt.timedelta(days=draw.between(5, 560)) if has else None
        is_check = has and paper is Paper.HEALTH_CHECK
        rows.append(
            {
                "seeker_id": seeker_id,
                "paper": paper,
                "has": has,
                "dated_on": dated,
                "valid_to": dated + dt.timedelta(days=365) if dated and is_check else None,
                "note": (THERE if has else LACKS).get(paper, "") if draw.chance(40) else "",
            }
        )
    return rows
