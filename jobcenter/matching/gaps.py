"""Which unanswered questions of one file open vacancies wait for."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import Right
from jobcenter.kernel import clock
from jobcenter.kernel.actor import Actor
from jobcenter.kernel.errors import Missing
from jobcenter.kernel.words import N_
from jobcenter.matching.documents import openings, profiles
from jobcenter.matching.models import SetAside
from jobcenter.referrals.queries import vacancies_of
from jobcenter.seekers.models import Seeker
from jobcenter.seekers.queries import files_of
from jobcenter.vacancies.models import Vacancy
from jobcenter.vacancies.queries import is_open
from ml.gaps import open_questions

# What is asked, by the field of the file; the form of it that staff read, then the person's own.
ASKED = {
    "shifts": (N_("Hỏi ca làm"), N_("Bạn làm được ca nào?")),
    "certificates": (N_("Hỏi chứng chỉ, thẻ nghề"), N_("Bạn có chứng chỉ, thẻ nghề nào?")),
    "wishes": (N_("Hỏi việc mong muốn"), N_("Bạn muốn làm việc gì?")),
    "wish_codes": (N_("Chọn mã nghề cho việc mong muốn"), N_("Việc bạn muốn thuộc nghề nào?")),
    "experiences": (N_("Hỏi việc đã làm"), N_("Bạn đã làm việc gì, mấy năm?")),
    "experience_dates": (N_("Hỏi thời gian của việc đã làm"), N_("Bạn làm mỗi việc từ khi nào?")),
    "pay_min": (N_("Hỏi lương thấp nhất"), N_("Lương thấp nhất bạn nhận là bao nhiêu?")),
    "general_education": (N_("Hỏi học hết lớp mấy"), N_("Bạn học hết lớp mấy?")),
    "qualification": (N_("Hỏi bằng nghề"), N_("Bạn có bằng nghề nào không?")),
    "languages": (N_("Hỏi ngoại ngữ"), N_("Bạn biết ngoại ngữ nào?")),
    "parks": (N_("Hỏi khu công nghiệp mong muốn"), N_("Bạn muốn làm ở khu nào?")),
    "current_commune": (N_("Hỏi nơi đang ở"), N_("Bạn đang ở phường, xã nào?")),
    "needs_bus": (N_("Hỏi cần xe đưa đón không"), N_("Bạn có cần xe đưa đón không?")),
    "needs_dormitory": (N_("Hỏi cần ký túc xá không"), N_("Bạn có cần ký túc xá không?")),
    "available_on": (N_("Hỏi ngày đi làm được"), N_("Ngày nào bạn đi làm được?")),
}  # fmt: skip
# Where the matcher's name of a field is not the file's.
_OF_FILE = {
    "occupations": "wishes",
    "years_experience": "experiences",
    "commune": "current_commune",
}
# A field that holds something the matcher cannot read yet: what to ask for instead.
_UNREAD = {"wishes": "wish_codes", "experiences": "experience_dates"}


@dataclass(frozen=True)
class Waiting:
    """A question: how many open vacancies wait for its answer, and at how many it decides.

    `opens` are those where a condition is open and no other one fails.
    """

    field: str
    vacancies: int
    opens: int

    @property
    def for_staff(self) -> str:
        """Return what staff are told to do (a msgid)."""
        return ASKED[self.field][0]

    @property
    def for_person(self) -> str:
        """Return the question itself (a msgid)."""
        return ASKED[self.field][1]


def waiting_for(session: Session, *, seeker: Seeker, actor: Actor) -> list[Waiting]:
    """Return what to ask about a file, where an answer decides most vacancies first.

    Counted over the vacancies that take people today, less those where the person is in process
    or was set aside. Staff with the right may ask for anybody, a job seeker for their own file.
    """
    if not actor.may(Right.MATCHES_READ) and actor.person_id != seeker.person_id:
        raise Missing
    today = clock.today()
    files = files_of(session, seeker)
    aside = session.scalars(select(SetAside.vacancy_id).where(SetAside.seeker_id.in_(files)))
    out = {*vacancies_of(session, seeker), *aside}
    ids = [i for i in session.scalars(select(Vacancy.id).where(is_open(today))) if i not in out]
    (profile,) = profiles(session, [seeker.id])
    found = []
    for question in open_questions(profile, openings(session, ids), today):
        field = _asked(seeker, _OF_FILE.get(question.field, question.field))
        if field:
            found.append(Waiting(field, question.vacancies, question.opens))
    return found


def _asked(seeker: Seeker, field: str) -> str:
    """Return the question for a field; none where the file has an answer that says enough."""
    known = seeker.person.current_commune if field == "current_commune" else getattr(seeker, field)
    return field if known in (None, "", (), []) else _UNREAD.get(field, "")
