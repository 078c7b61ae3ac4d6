"""The desk for personal data: requests, erasure, and the registers that the law asks for."""

from __future__ import annotations

from jobcenter.desks.privacy import breaches, copies, erasure, inventory, requests, retention
from jobcenter.desks.privacy.blueprint import desk

__all__ = ["breaches", "copies", "desk", "erasure", "inventory", "requests", "retention"]
