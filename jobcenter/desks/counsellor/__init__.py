"""The counsellors' desk: files, vacancies, firms, candidates. Managers read here too."""

from __future__ import annotations

from jobcenter.desks.counsellor import (
    advice,
    aftercare,
    appointments,
    calls,
    candidates,
    caseload,
    complaints,
    consents,
    consultations,
    day,
    dossiers,
    due,
    enterprise_facts,
    enterprise_users,
    enterprises,
    exports,
    file_history,
    finding,
    firm_requests,
    hires,
    intake,
    interests,
    learning,
    lookalikes,
    merges,
    overview,
    papers,
    referral_papers,
    referrals,
    referring,
    seeker_edit,
    seekers,
    sessions,
    sheets,
    silent,
    vacancies,
    visits,
)
from jobcenter.desks.counsellor.blueprint import desk

__all__ = [
    "advice", "aftercare", "appointments", "calls", "candidates", "caseload", "complaints",
    "consents", "consultations", "day", "desk", "dossiers", "due", "enterprise_facts",
    "enterprise_users", "enterprises", "exports", "file_history", "finding", "firm_requests",
    "hires", "intake", "interests", "learning", "lookalikes", "merges", "overview", "papers",
    "referral_papers", "referrals", "referring", "seeker_edit", "seekers", "sessions", "sheets",
    "silent", "vacancies", "visits",
]  # fmt: skip
