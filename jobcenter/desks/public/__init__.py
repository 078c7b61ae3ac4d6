"""The front door: what anybody may open, and signing in and out."""

from __future__ import annotations

from jobcenter.desks.public import invitations, occupations
from jobcenter.desks.public.views import desk

__all__ = ["desk", "invitations", "occupations"]
