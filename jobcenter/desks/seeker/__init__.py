"""The job seeker's own pages, for a phone: file, data, consents, referrals, jobs that fit."""

from __future__ import annotations

from jobcenter.desks.seeker import classes, data, file, jobs, plan, referrals
from jobcenter.desks.seeker.blueprint import desk

__all__ = ["classes", "data", "desk", "file", "jobs", "plan", "referrals"]
