"""The job seeker's own pages, for a phone: their file, their consents, jobs that fit."""

from __future__ import annotations

from jobcenter.desks.seeker import file, jobs, referrals
from jobcenter.desks.seeker.blueprint import desk

__all__ = ["desk", "file", "jobs", "referrals"]
