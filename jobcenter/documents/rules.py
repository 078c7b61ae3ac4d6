"""Making papers of records, rendering what the register kept, and the office's own forms."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from jobcenter.audit.rules import record
from jobcenter.documents import queries, typesetting, word
from jobcenter.documents.choices import COMMON, KINDS
from jobcenter.documents.letterhead import head
from jobcenter.documents.models import OfficeForm
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.matching.choices import CANDIDATE_SHEET
from jobcenter.matching.queries import CandidateList
from jobcenter.papers import rules as register
from jobcenter.papers.choices import PaperKind
from jobcenter.papers.models import Paper
from jobcenter.people.choices import CONSENT_SHEET
from jobcenter.seekers.models import Seeker
from jobcenter.vacancies.choices import VACANCY_SHEET
from jobcenter.vacancies.models import Vacancy


def consent_sheet(session: Session, *, seeker: Seeker, by: Actor) -> Paper:
    """Number a consent sheet for a person."""
    return register.issue(
        session,
        kind=CONSENT_SHEET,
        subject_id=seeker.person_id,
        person_id=seeker.person_id,
        title=seeker.number,
        content=queries.consent_sheet(session, seeker),
        by=by,
    )


def vacancy_sheet(session: Session, *, vacancy: Vacancy, by: Actor) -> Paper:
    """Number the recruitment-need form of a vacancy."""
    return register.issue(
        session,
        kind=VACANCY_SHEET,
        subject_id=vacancy.id,
        title=f"{vacancy.number} {vacancy.title}"[:200],
        content=queries.vacancy_sheet(session, vacancy),
        by=by,
    )


def candidate_sheet(session: Session, *, found: CandidateList, by: Actor) -> Paper:
    """Number the masked list of a vacancy's candidates as it stands now."""
    if not found.page.items:
        raise Refused(N_("Danh sách đang trống, chưa có gì để in."))
    return register.issue(
        session,
        kind=CANDIDATE_SHEET,
        subject_id=found.vacancy.id,
        title=f"{found.vacancy.number} {found.vacancy.title}"[:200],
        content=queries.candidate_sheet(session, found),
        by=by,
    )


def pdf(session: Session, papers: Sequence[Paper], *, address: str) -> bytes:
    """Return one PDF of these papers; `address` is where a code is confirmed."""
    return typesetting.pdf(
        [
            typesetting.Sheet(paper.kind, head(session, paper, address=address), paper.content)
            for paper in papers
        ]
    )


def docx(session: Session, paper: Paper, *, address: str) -> bytes:
    """Return the paper on the office's own Word form; refused where there is none."""
    form = queries.form_in_use(session, paper.kind)
    if form is None:
        raise Refused(N_("Chưa có mẫu Word riêng cho loại giấy này."))
    around = head(session, paper, address=address)
    values = {field.name: getattr(around, field.name) for field in COMMON}
    return word.fill(form.body, values | paper.content)


def docx_batch(session: Session, papers: Sequence[Paper], *, address: str) -> bytes:
    """Return a zip with one Word file for each paper."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for paper in papers:
            archive.writestr(
                f"{paper.shown or paper.id}.docx", docx(session, paper, address=address)
            )
    return out.getvalue()


def check_form(kind: PaperKind, data: bytes) -> word.Checked:
    """Say which names of a form are unknown and which of ours it leaves out."""
    return word.check(data, (*COMMON, *kind.fields))


def use_form(
    session: Session, *, kind: PaperKind, file_name: str, data: bytes, by: Actor
) -> word.Checked:
    """Put the office's own form in place of ours; refused while it asks for unknown names."""
    checked = check_form(kind, data)
    if checked.unknown:
        raise Refused(
            N_("Tệp hỏi những chỗ không có: %(names)s. Sửa tên cho đúng rồi tải lại."),
            field="file",
            names=", ".join(checked.unknown),
        )
    _end_form(session, kind.code)
    form = OfficeForm(
        kind=kind.code, file_name=file_name[:120], body=data, uploaded_by_id=by.user_id
    )
    session.add(form)
    session.flush()
    record(session, by=by, action="use-form", kind="office-form", subject_id=form.id, of=kind.code)
    return checked


def drop_form(session: Session, *, form: OfficeForm, by: Actor) -> None:
    """Go back to our own form; the office's stays kept."""
    session.refresh(form, with_for_update={"of": OfficeForm})
    if form.ended_at is None:
        _end_form(session, form.kind)
        record(
            session, by=by, action="drop-form", kind="office-form", subject_id=form.id, of=form.kind
        )


def example(kind: PaperKind) -> dict[str, Any]:
    """Return example values for every place of a form, for whoever edits one."""
    return {field.name: field.example for field in (*COMMON, *kind.fields)}


def _end_form(session: Session, kind: str) -> None:
    if kind not in KINDS:
        raise Refused(N_("Chọn một giá trị trong danh sách."), field="kind")
    now = queries.form_in_use(session, kind)
    if now is not None:
        now.ended_at = clock.now()
        session.flush()
