"""Which forms keep drafts, how many, and for how long."""

from __future__ import annotations

from enum import StrEnum

from jobcenter.kernel.words import N_


class DraftKind(StrEnum):
    """The form that a draft is of."""

    INTAKE = "intake"


DRAFT_LABELS = {DraftKind.INTAKE: N_("Tiếp nhận người mới")}
KEEP_DAYS = 7
MOST_DRAFTS = 20  # of one person and one form
MOST_LETTERS = 50_000
