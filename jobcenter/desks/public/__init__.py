"""The front door: what anybody may open, signing in and out, and taking up an invitation."""

from __future__ import annotations

from jobcenter.desks.public import invitations
from jobcenter.desks.public.views import desk

__all__ = ["desk", "invitations"]
