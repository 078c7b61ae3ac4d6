"""How well something is."""

from __future__ import annotations

from enum import StrEnum

from jobcenter.kernel.words import N_


class Level(StrEnum):
    """From well to broken."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


LEVEL_LABELS = {Level.OK: N_("Tốt"), Level.WARN: N_("Nên xem"), Level.BAD: N_("Phải sửa")}
LEVEL_SIGNS = {Level.OK: "check", Level.WARN: "alert", Level.BAD: "cross"}
