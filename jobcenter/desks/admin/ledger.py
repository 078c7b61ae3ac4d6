"""The ledger."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from jobcenter.accounts.choices import Right
from jobcenter.desks.access import allow
from jobcenter.desks.admin.blueprint import desk


@desk.get("/ledger")
@allow(Right.LEDGER_READ)
def ledger() -> ResponseReturnValue:
    """The ledger."""
    return ""
