"""The match index of this process: on disk in generations, in memory never behind the database.

`instance/index/<generation>/` is written whole and then named in CURRENT; a generation carries the
random name of its database and the place on the database's scale of changes up to which it knows.
Before each answer the holder reads what has changed since (see `watch`), in a short reading
transaction of its own, so that it never learns what is not committed.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select, text
from sqlalchemy.orm import Session

import ml
from jobcenter.kernel import clock
from jobcenter.kernel.db import transaction_kind
from jobcenter.matching.documents import openings, profiles
from jobcenter.matching.models import ChangeCounter, ChangeMark
from jobcenter.seekers.models import Seeker
from jobcenter.seekers.queries import old_enough, shareable
from jobcenter.vacancies.queries import open_ones
from ml.documents import Profile
from ml.index import MatchIndex

Progress = Callable[[int, int], None]
STATE, ARRAYS, LEXICON = "state.json", "arrays", "lexicon.npz"
CURRENT = "CURRENT"
REPACK_AT_ONCE = 5_000  # files; a larger register waits for `flask match rebuild`
SMALL_CHANGE = 500  # ids asked for at a time when catching up
PRICE_SMOOTHING = 0.1


@dataclass
class Generation:
    """An index, the database it was made from and how far it has followed it.

    `applied` holds the marks at or after `seen` whose effect is in the index already.
    """

    index: MatchIndex
    database: str
    name: str
    seen: int
    lexicon: str | None = None  # its digest, once the database holds it
    applied: dict[int, int] = field(default_factory=dict)


class IndexHolder:
    """Keeps one index; safe to share between threads (a lock around loading and catching up)."""

    def __init__(self, directory: Path, *, prices: bool = True) -> None:
        self.directory = directory
        self.prices = prices
        self._lock = threading.Lock()
        self._held: Generation | None = None

    def fresh(self, session: Session) -> Generation:
        """Return the index with every change that is committed now."""
        with self._lock:
            named = self._named()
            with _reading(session) as own:
                held = self._load(own, named)
                _catch_up(own, held)
                if held.index.needs_repack and len(held.index) <= REPACK_AT_ONCE:
                    held = self._held = self._build(own, None)
            return held

    def lexicon(self, generation: str) -> bytes:
        """Return the frozen vocabulary that a generation scores with."""
        return (self.directory / generation / LEXICON).read_bytes()

    def rebuild(self, session: Session, progress: Progress | None = None) -> int:
        """Build from the whole register, save as the current generation, return how many files."""
        with self._lock, _reading(session) as own:
            self._held = self._build(own, progress)
            return len(self._held.index)

    def purge(self, session: Session) -> None:
        """Build anew and leave nothing of earlier generations on the disk."""
        self.rebuild(session)
        kept = self._named()
        for old in self.directory.iterdir():
            if old.is_dir() and old.name != kept:
                shutil.rmtree(old, ignore_errors=True)

    def _named(self) -> str | None:
        try:
            return (self.directory / CURRENT).read_text().strip() or None
        except FileNotFoundError:
            return None

    def _load(self, own: Session, named: str | None) -> Generation:
        database = _database(own)
        held = self._held if self._held and self._held.database == database else None
        if held is None or named not in (None, held.name):
            saved = self._open(named) if named else None
            if saved and saved.database == database and saved.seen <= _scale(own):
                held = saved
        self._held = held or self._build(own, None)
        return self._held

    def _open(self, name: str) -> Generation | None:
        folder = self.directory / name
        try:
            state = json.loads((folder / STATE).read_text())
            if state["made_by"] != self._maker():
                return None  # scores of another version, or with the prices switched otherwise
            index = MatchIndex.load(folder / ARRAYS)
        except (FileNotFoundError, KeyError, ValueError):
            return None  # removed or half gone: it is built again from the database
        return Generation(index, state["database"], name, state["seen"])

    def _maker(self) -> str:
        return f"{VERSION}, prices {'on' if self.prices else 'off'}"

    def _build(self, own: Session, progress: Progress | None) -> Generation:
        database, seen = _database(own), _scale(own)
        _compute_at_leisure(own)
        ids = _eligible(own)
        tell = progress or _silent
        index = MatchIndex(eps=PRICE_SMOOTHING).fit(_told(own, ids, tell))
        if self.prices:
            index.learn_prices(openings(own, [row.id for row in open_ones(own, clock.today())]))
        made = Generation(index, database, uuid.uuid4().hex, seen)
        self._save(made)
        return made

    def _save(self, made: Generation) -> None:
        folder = self.directory / made.name
        folder.mkdir(parents=True)
        made.index.save(folder / ARRAYS)
        (folder / LEXICON).write_bytes(made.index.lexicon())
        state = {
            "database": made.database,
            "seen": made.seen,
            "made_at": clock.now().isoformat(),
            "made_by": self._maker(),
        }
        (folder / STATE).write_text(json.dumps(state))
        before = self._named()
        waiting = self.directory / f"{CURRENT}.{made.name}"
        waiting.write_text(made.name)
        waiting.replace(self.directory / CURRENT)
        for old in self.directory.iterdir():
            if old.is_dir() and old.name not in (made.name, before):
                shutil.rmtree(old, ignore_errors=True)


def _digest_of_matcher() -> str:
    """Return what changes with the matcher's code and word lists: its version."""
    files = sorted(path for path in Path(ml.__file__).parent.rglob("*") if path.is_file())
    digest = hashlib.sha256()
    for path in files:
        if path.suffix in (".py", ".tsv", ".txt"):
            digest.update(path.read_bytes())
    return f"ml-{digest.hexdigest()[:12]}"


VERSION = _digest_of_matcher()


def _silent(_done: int, _total: int) -> None:
    return None


def _told(own: Session, ids: Sequence[int], tell: Progress) -> Iterator[Profile]:
    tell(0, len(ids))
    for done, profile in enumerate(profiles(own, ids), start=1):
        yield profile
        if done % 1_000 == 0 or done == len(ids):
            tell(done, len(ids))


@contextmanager
def _reading(session: Session) -> Iterator[Session]:
    with transaction_kind(writing=False), Session(session.get_bind()) as own:
        yield own


def _database(own: Session) -> str:
    return own.scalars(select(ChangeCounter.database)).one()


def _scale(own: Session) -> int:
    """Return the place up to which every change is visible to `own` from now on.

    On PostgreSQL that is the oldest transaction still running: a later one may commit before it.
    """
    if own.get_bind().dialect.name == "sqlite":
        return own.scalars(select(ChangeCounter.value)).one() + 1
    oldest = text("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
    return int(own.execute(oldest).scalar_one())


def _compute_at_leisure(own: Session) -> None:
    """Let PostgreSQL wait while the index is computed between two readings of one transaction."""
    if own.get_bind().dialect.name == "postgresql":
        own.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))


def _eligible(own: Session, among: Sequence[int] | None = None) -> list[int]:
    found = old_enough(own, shareable(), clock.today())
    if among is not None:
        found = found.where(Seeker.id.in_(among))
    return list(own.scalars(found.order_by(Seeker.id)))


def _catch_up(own: Session, held: Generation) -> None:
    """Put into the index what was committed since; `held.seen` moves on."""
    upto = _scale(own)
    marks = dict(
        own.execute(
            select(ChangeMark.seeker_id, ChangeMark.mark).where(ChangeMark.mark >= held.seen)
        ).all()
    )
    changed = sorted(i for i, mark in marks.items() if held.applied.get(i) != mark)
    for start in range(0, len(changed), SMALL_CHANGE):
        _apply(own, held.index, changed[start : start + SMALL_CHANGE])
    held.seen = upto
    held.applied = {i: mark for i, mark in marks.items() if mark >= upto}


def _apply(own: Session, index: MatchIndex, ids: Sequence[int]) -> None:
    present = list(profiles(own, _eligible(own, ids)))
    # A mark may be told again (PostgreSQL's scale waits for the oldest transaction): no edit then.
    index.update(one for one in present if index.get(one.id) != one)
    gone = set(map(str, ids)) - {profile.id for profile in present}
    if gone:
        index.remove(gone)


_holder: IndexHolder | None = None


def use(holder: IndexHolder) -> None:
    """Set the process's index; called once by the application factory."""
    global _holder  # noqa: PLW0603 - one index for the process is the point
    _holder = holder


def holder() -> IndexHolder:
    """Return the process's index holder."""
    if _holder is None:
        raise RuntimeError("no match index: create_app has not run")
    return _holder
