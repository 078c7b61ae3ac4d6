"""A person who is everywhere: rows in every table about people, each text of them a marker.

A marker is a word that nothing else holds. `places` looks for words in every table (what is sealed
is opened), in every file of the instance folder (archives unpacked) and in any bytes it is given.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import random
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Column, LargeBinary, String, select, update
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING, Role
from jobcenter.accounts.models import Invitation, LoginSession, RecoveryCode, SignIn
from jobcenter.advising.choices import (
    AppointmentState,
    ComplaintKind,
    ComplaintState,
    ComplaintWay,
    Doer,
)
from jobcenter.advising.models import ActionPlan, Appointment, Complaint, Consultation, PlanStep
from jobcenter.certificates.choices import Award
from jobcenter.certificates.models import SafetyRecord
from jobcenter.drafts.models import Draft
from jobcenter.enrolments.choices import Source
from jobcenter.enrolments.models import Application
from jobcenter.kernel import clock, crypto, erasing, vietnamese
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.db import Base, Codes, Line, Prose, Sealed
from jobcenter.kernel.privacy import How, declared, eraser_of
from jobcenter.matching.choices import Unsuitable
from jobcenter.matching.rules import set_aside
from jobcenter.notices import rules as notices
from jobcenter.notices.choices import Channel
from jobcenter.notices.models import Call, Notice
from jobcenter.people.models import Person, SuspectedPair
from jobcenter.people.rules import search_text
from jobcenter.privacy.choices import Asked, Came, DueState
from jobcenter.privacy.models import RetentionDue
from jobcenter.privacy.queries import subject_of
from jobcenter.privacy.rules import take_request
from jobcenter.referrals.models import Referral
from jobcenter.referrals.rules import ask, decline
from jobcenter.seekers.choices import Paper as DossierPaper
from jobcenter.seekers.choices import Side
from jobcenter.seekers.merging import merge, parts, stamp
from jobcenter.seekers.models import (
    DossierItem,
    LanguageSkill,
    Qualification,
    Seeker,
    SkillCertificate,
    TargetGroup,
)
from jobcenter.teaching.choices import Presence
from jobcenter.teaching.models import Attendance
from jobcenter.tuition.choices import FeeKind
from jobcenter.tuition.models import FeeLine

FRONT = "zq"
LETTERS = "bcdfghjklmnpqrstvwxz"
# Kept in step with a word by rules, a code of a list, or bound by a constraint.
CODED = frozenset(
    {"search", "name_key", "sort", "folded", "level", "language", "code", "locale", "template"}
)
BOUND = frozenset(
    {
        "notice.address",
        "referral.firm_note",
        "consultation.name",
        "consultation.phone",
        "complaint.name",
    }
)


class Words:
    """Makes words that stand nowhere else, the same ones for a seed."""

    def __init__(self, seed: str) -> None:
        self.draw = random.Random(seed)
        self.made: list[str] = []

    def word(self) -> str:
        made = FRONT + "".join(self.draw.choice(LETTERS) for _ in range(8))
        self.made.append(made)
        return made

    def number(self, front: str, length: int) -> str:
        made = front + "".join(self.draw.choice("0123456789") for _ in range(length - len(front)))
        self.made.append(made[-8:])
        return made


def live(session: Session, make: dict[str, Any], words: Words, by: Actor) -> Seeker:
    """Let a person and their merged twin go through everything that is written down of people."""
    phone, number = words.number("+849", 12), words.number("031", 12)
    named = {"full_name": f"Nguyễn {words.word()} {words.word()}", "phone": phone}
    seeker = make["seeker"](job=words.word(), person=named | {"id_number": number})
    twin = make["seeker"](job=words.word(), person={"full_name": f"Lê {words.word()}"})
    user = make["user"](Role.SEEKER, person=seeker.person)
    staff = make["user"](Role.COUNSELLOR)
    vacancy = make["vacancy"]()
    session.add_all(_hanging(seeker, user.id))
    make["visit"](person=seeker.person, name="x", about="x")
    ask(session, vacancy=vacancy, seeker=seeker, by=by)
    made = session.scalars(select(Referral).where(Referral.seeker_id == seeker.id)).one()
    decline(session, referral=made, note="x", by=by)
    session.add(
        Consultation(day=clock.today(), person_id=seeker.person_id, channel="counter", note="x")
    )
    learner = make["enrolment"](person=seeker.person, state="withdrawn")
    _counselled(session, seeker.person_id, staff.id, words)
    held = make["session"](learner.course)
    session.add(
        Attendance(session_id=held.id, enrolment_id=learner.id, state=Presence.EXCUSED, reason="x")
    )
    _at_school(session, learner)
    set_aside(
        session, vacancy=make["vacancy"](), seeker=seeker, reason=next(iter(Unsuitable)),
        note="x", by=by,
    )  # fmt: skip
    take_request(session, asked=Asked.COPY, came=Came.LETTER, person=seeker.person, by=by)
    _told(session, seeker, by)
    first, second = sorted((seeker.person_id, make["person"]().id))
    session.add(SuspectedPair(first_id=first, second_id=second, strength=2, reasons=("x",)))
    session.flush()
    picks = {part.name: Side.TAKE for part in parts(session, seeker, twin)}
    merge(session, survivor=seeker, loser=twin, picks=picks, seen=stamp(seeker, twin), by=by)
    session.flush()
    # what a merge would have put aside in favour of the twin's
    session.add_all(
        [
            Qualification(seeker_id=seeker.id, level="so-cap", field="x", school="x"),
            LanguageSkill(seeker_id=seeker.id, language="en", certificate="x"),
            SkillCertificate(seeker_id=seeker.id, name="x"),
            RecoveryCode(user_id=user.id, code_hash="x"),
        ]
    )
    session.flush()
    _mark(session, seeker.person_id, words)
    session.refresh(seeker)
    person = session.get_one(Person, seeker.person_id, populate_existing=True)
    _name(person, named["full_name"], phone, number)
    _name_elsewhere(session, person, seeker, staff.id)
    session.commit()
    return seeker


def _hanging(seeker: Seeker, user_id: int) -> list[Any]:
    now = clock.now()
    return [
        Qualification(seeker_id=seeker.id, level="so-cap", field="x", school="x"),
        LanguageSkill(seeker_id=seeker.id, language="en", certificate="x"),
        TargetGroup(seeker_id=seeker.id, code="HN", proof_number="x", issuer="x"),
        DossierItem(seeker_id=seeker.id, paper=next(iter(DossierPaper)), has=True, note="x"),
        LoginSession(
            token_hash=f"{seeker.id:064d}", user_id=user_id, epoch=1, browser="x", address="x",
            expires_at=now + dt.timedelta(hours=1),
        ),
        SignIn(user_id=user_id, outcome="ok", browser="x", address="x"),
        Invitation(
            token_hash=f"{seeker.id:064d}", role=Role.SEEKER, name="x", login_hint="x", email="x",
            invited_by="x", expires_at=now + dt.timedelta(days=1), accepted_at=now,
            accepted_user_id=user_id,
        ),
        Draft(user_id=user_id, kind="intake", title="x", payload={"a": "x"}),
    ]  # fmt: skip


def _counselled(session: Session, person_id: int, staff_id: int, words: Words) -> None:
    """Give the person a plan, an appointment, a complaint, and a day on which data fell due."""
    now, today = clock.now(), clock.today()
    plan = ActionPlan(person_id=person_id, goal="x", opened_on=today, closed_on=today,
                      is_reached=False)  # fmt: skip
    plan.steps.append(PlanStep(what="x", doer=Doer.PERSON, ended_on=today, is_done=False))
    session.add_all(
        [
            plan,
            Appointment(
                person_id=person_id, user_id=staff_id, starts_at=now, channel="counter", place="x",
                about="x", state=AppointmentState.CANCELLED, ended_at=now,
            ),
            Complaint(
                number=f"KN-{person_id}", received_on=today, kind=ComplaintKind.OTHER,
                way=ComplaintWay.LETTER, person_id=person_id, told={"x": words.word()},
                state=ComplaintState.SETTLED, due_on=today, closed_on=today,
                outcome={"x": words.word()},
            ),
            RetentionDue(
                person_id=person_id, last_contact=today, due_on=today, state=DueState.STAYS,
                told_at=now, why="x", ended_at=now,
            ),
        ]
    )  # fmt: skip


def _at_school(session: Session, learner: Any) -> None:
    """Give the learner a line of money, a safety record and an application."""
    today = clock.today()
    session.add_all(
        [
            FeeLine(
                enrolment_id=learner.id, kind=next(iter(FeeKind)), amount=1, day=today, reason="x"
            ),
            SafetyRecord(
                enrolment_id=learner.id, person_id=learner.person_id, safety_group=1,
                award=next(iter(Award)), hours=8, is_refresher=False, trained_on=today,
                card_number="x",
            ),
            Application(person_id=learner.person_id, source=next(iter(Source)), note="x"),
        ]
    )  # fmt: skip
    session.flush()


def _told(session: Session, seeker: Seeker, by: Actor) -> None:
    to = notices.To(person_id=seeker.person_id)
    params = {"question": "x", "phone": "x"}
    notices.tell(session, key=f"q/{seeker.id}", template="question", to=to, params=params)
    notice = session.scalars(select(Notice).where(Notice.person_id == seeker.person_id)).one()
    notices.ask_to_call(session, notice)
    session.scalars(select(Call).where(Call.notice_id == notice.id)).one().note = "x"
    notices.record_reply(
        session, notice=notice, question="x", answer="x", channel=Channel.SMS, by=by
    )


def _mark(session: Session, person_id: int, words: Words) -> None:
    """Put a word of its own into every text of the person's rows that an erasure must empty."""
    session.flush()
    rows = erasing.rows_of(session, subject_of(session, person_id))
    for table in Base.metadata.sorted_tables:
        how = eraser_of(table)
        if how is None or how.how is How.KEEP or table.name not in rows:
            continue
        key = next(iter(table.primary_key.columns))
        for one in rows[table.name]:
            values = {c.name: words.word() for c in table.columns if _is_free_text(c)}
            if values:
                session.execute(update(table).where(key == one).values(values))
    session.expire_all()


def _is_free_text(column: Column[Any]) -> bool:
    if column.primary_key or column.foreign_keys or column.unique or "kept" in column.info:
        return False
    if f"{column.table.name}.{column.name}" in BOUND:
        return False
    if column.name in CODED or declared(column) not in ("basic", "sensitive"):
        return False
    if isinstance(column.type, Line | Prose):
        return getattr(column.type, "limit", 99) >= 12
    if isinstance(column.type, Sealed):
        return column.name != "overwritten"  # is read back as what a merge wrote
    plain = isinstance(column.type, String) and not isinstance(column.type, Codes)
    return plain and (column.type.length or 0) > 40 and not hasattr(column.type, "enums")


def _name(person: Person, full_name: str, phone: str, number: str) -> None:
    """Give the person back the name and numbers by which others' texts mention them."""
    ring = crypto.keyring()
    person.full_name, person.phone, person.id_number = full_name, phone, number
    person.search, person.sort = search_text(full_name), vietnamese.sort_key(full_name)
    person.name_key = vietnamese.name_key(full_name)
    person.id_number_blind = ring.blind(number, purpose="person.id_number")
    person.id_tail_blind = ring.blind(number[-4:], purpose="person.id_tail")


def _name_elsewhere(session: Session, person: Person, seeker: Seeker, staff_id: int) -> None:
    """Mention the person in a message to staff and in a form that somebody else began."""
    notices.tell(
        session, key=f"elsewhere/{seeker.id}", template="introduction-asked",
        to=notices.To(user_id=staff_id),
        params={"firm": "Sao Biển", "file": seeker.number, "vacancy": person.full_name},
    )  # fmt: skip
    session.add(
        Draft(user_id=staff_id, kind="intake", title=person.full_name,
              payload={"phone": vietnamese.show_phone(person.phone or "")})
    )  # fmt: skip


def everything() -> Actor:
    return Actor(None, "tests", "system", EVERYTHING)


# --- looking ---------------------------------------------------------------------------------


def places(session: Session, folder: Path, words: Iterable[str]) -> list[str]:
    """Return where any of these words stands: "table.column" or the path of a file."""
    wanted = [word.lower() for word in words]
    fronts = {FRONT, *(word for word in wanted if not word.startswith(FRONT))}
    found = [where for where, text in _told_by_tables(session) if _has(text, wanted, fronts)]
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name not in ("keys.json", "work.sqlite3"):
            found += [f"{path.name}/{name}" for name in inside(path.read_bytes(), wanted)]
    return found


def inside(body: bytes, words: Iterable[str]) -> list[str]:
    """Return the members of a file (itself, or of an archive) that hold any of the words."""
    wanted = [word.lower() for word in words]
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            members = [(name, archive.read(name)) for name in archive.namelist()]
        return [f"{name}/{one}" for name, data in members for one in inside(data, wanted)]
    lowered = body.lower()
    codings = ("utf-8", "utf-16-le", "utf-32-le")
    return ["."] if any(w.encode(c) in lowered for w in wanted for c in codings) else []


def _told_by_tables(session: Session) -> Iterator[tuple[str, str]]:
    for table in Base.metadata.sorted_tables:
        for row in session.execute(select(table)):
            for column, value in zip(table.columns, row, strict=True):
                where = f"{table.name}.{column.name}"
                if isinstance(column.type, LargeBinary) and isinstance(value, bytes):
                    yield where, _opened(value)
                else:
                    yield where, json.dumps(value, default=str, ensure_ascii=False)


def _opened(value: bytes) -> str:
    if value[:2] != b"PK":
        return value.decode("utf-8", "ignore")
    with zipfile.ZipFile(io.BytesIO(value)) as archive:
        parts = [archive.read(name) for name in archive.namelist()]
    return " ".join(p.decode(c, "ignore") for p in parts for c in ("utf-8", "utf-32-le"))


def _has(text: str, words: list[str], fronts: set[str]) -> bool:
    lowered = text.lower()
    return any(front in lowered for front in fronts) and any(word in lowered for word in words)


def with_free_text() -> set[str]:
    """Return the tables that an erasure empties and that hold words about people."""
    kept = (eraser_of(table) for table in Base.metadata.sorted_tables)
    return {
        table.name
        for table, how in zip(Base.metadata.sorted_tables, kept, strict=True)
        if how is not None and how.how is not How.KEEP
        and any(_is_free_text(column) for column in table.columns)
    }  # fmt: skip
