"""The front door: open pages, signing in and out, taking up an invitation, confirming a paper,
answering by a signed link."""

from __future__ import annotations

from jobcenter.desks.public import (
    answers,
    feedback,
    health,
    invitations,
    occupations,
    papers,
    second_step,
    setup,
    sign_up,
)
from jobcenter.desks.public.views import desk

__all__ = [
    "answers", "desk", "feedback", "health", "invitations", "occupations", "papers",
    "second_step", "setup",
    "sign_up",
]  # fmt: skip
