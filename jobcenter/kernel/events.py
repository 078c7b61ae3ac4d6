"""What a room can tell of somebody's life with the centre: one shape, so that a desk may mix them.

A room that has something to tell gives a function `events(session, human, limit)` in a module of
its own called `events`: the newest `limit` events of that human, in any order. It looks only at its
own tables; no room knows another's events. The desk names the rooms, sorts and shows.
What the ledger already says (changes, moves) needs no event.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Human:
    """Under which ids somebody is written: who stands first, then the merged ones."""

    person_ids: tuple[int, ...]
    seeker_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened. `text` is a msgid; `values` gives (kind, raw) for its names.

    `kind` tells events apart where a page shows some of them; `sign` is an icon; `more` are
    further sentences; `by_id` is the user who did it.
    """

    at: dt.datetime
    kind: str
    sign: str
    text: str
    values: Mapping[str, tuple[str, Any]] = field(default_factory=dict)
    by_id: int | None = None
    more: Sequence[str] = ()


Source = Callable[[Session, Human, int], Sequence[Event]]
