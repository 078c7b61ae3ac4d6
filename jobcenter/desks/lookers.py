"""Who looked at a file, as people are told: name and office, or the firm."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jobcenter.accounts.choices import ROLE_LABELS, Role
from jobcenter.accounts.queries import by_ids
from jobcenter.desks.pages import translate
from jobcenter.enterprises.queries import firms_of_users
from jobcenter.kernel.db import db
from jobcenter.kernel.words import N_


@dataclass(frozen=True)
class Looker:
    """`name` of the person; `of` is what they are there for: an office, a firm."""

    name: str
    of: str


NOBODY = N_("Lệnh của máy chủ")


def lookers(user_ids: Iterable[int | None]) -> dict[int | None, Looker]:
    """Return who these users are; a command has no user."""
    wanted = set(user_ids)
    users = by_ids(db.session(), wanted)
    firms = firms_of_users(db.session(), users.keys())
    found: dict[int | None, Looker] = {
        user_id: Looker("", translate(NOBODY)) for user_id in wanted if user_id not in users
    }
    for user in users.values():
        office = translate(ROLE_LABELS[user.role])
        is_firm = user.role is Role.ENTERPRISE_USER
        found[user.id] = Looker(user.name, firms.get(user.id, office) if is_firm else office)
    return found
