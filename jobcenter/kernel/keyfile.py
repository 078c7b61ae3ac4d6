"""The secrets of an installation: one file outside the database and the code, for its owner alone.

Data keys by number, one of them current; the key of the blind indexes; the keys of the seals; the
key that signs cookies. The file is always replaced as a whole. Every process looks at the
file's time before it uses a key (`living`), so that keys rotate while servers run.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jobcenter.kernel.crypto import Keyring

Raw = dict[str, Any]
LENGTH = 32
LAST_NUMBER = 255  # the first byte of a sealed value names its key


@dataclass(frozen=True)
class Keys:
    """What the file holds."""

    session: str
    ring: Keyring


def load(path: Path) -> Keys:
    """Read the keys, making them on the very first start and what an older file lacks."""
    if not path.exists():
        _make(path)
    raw: Raw = json.loads(path.read_text())
    if "seals" not in raw:
        with _changing(path) as changed:
            changed.setdefault("seals", {"1": _new()})
            raw = changed
    return Keys(
        session=raw["session"],
        ring=Keyring(
            data={int(number): base64.b64decode(key) for number, key in raw["data"].items()},
            current=raw["current"],
            index=base64.b64decode(raw["index"]),
            seals={int(number): base64.b64decode(key) for number, key in raw["seals"].items()},
        ),
    )


def living(path: Path) -> Callable[[], Keyring]:
    """Return what gives the keys as they stand in the file now; it is read when it has changed."""
    seen: dict[str, Any] = {}

    def ring() -> Keyring:
        stamp = path.stat().st_mtime_ns if path.exists() else seen.get("stamp")
        if seen.get("stamp") != stamp or "ring" not in seen:
            seen["ring"], seen["stamp"] = load(path).ring, stamp
        found: Keyring = seen["ring"]
        return found

    return ring


def add_data_key(path: Path) -> int:
    """Add a data key and make it the one that encrypts; return its number."""
    with _changing(path) as raw:
        number = max(int(one) for one in raw["data"]) + 1
        if number > LAST_NUMBER:
            raise ValueError("no numbers left for data keys")
        raw["data"][str(number)] = _new()
        raw["current"] = number
    return number


def drop_old_data_keys(path: Path) -> list[int]:
    """Forget every data key but the current one; return the numbers forgotten."""
    with _changing(path) as raw:
        old = sorted(int(one) for one in raw["data"] if int(one) != raw["current"])
        raw["data"] = {str(raw["current"]): raw["data"][str(raw["current"])]}
    return old


def add_seal_key(path: Path) -> int:
    """Add a key for the seals to come; the old ones stay, to check the seals they made."""
    with _changing(path) as raw:
        number = max(int(one) for one in raw["seals"]) + 1
        raw["seals"][str(number)] = _new()
    return number


def new_session_key(path: Path) -> None:
    """Replace the key that signs cookies: everybody signs in anew after a restart."""
    with _changing(path) as raw:
        raw["session"] = secrets.token_hex(LENGTH)


def new_index_key(path: Path) -> bytes:
    """Replace the key of the blind indexes and return it; the caller rebuilds them."""
    with _changing(path) as raw:
        raw["index"] = _new()
    return base64.b64decode(raw["index"])


def read(path: Path) -> Raw:
    """Return what the file holds, as it stands."""
    found: Raw = json.loads(path.read_text())
    return found


def write(path: Path, raw: Raw) -> None:
    """Replace the file as a whole, readable by its owner alone, safe on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(f".{os.getpid()}.part")
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(raw, file)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def _new() -> str:
    return base64.b64encode(secrets.token_bytes(LENGTH)).decode()


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    keys = {
        "session": secrets.token_hex(LENGTH),
        "data": {"1": _new()},
        "current": 1,
        "index": _new(),
        "seals": {"1": _new()},
    }
    # Linked into place whole: of two processes that start at once, one reads what the other wrote.
    own = path.with_suffix(f".{os.getpid()}.new")
    write(own, keys)
    try:
        os.link(own, path)
    except FileExistsError:
        pass
    finally:
        own.unlink()


@contextmanager
def _changing(path: Path) -> Iterator[Raw]:
    """Give what the file holds to change; one process at a time."""
    with (path.parent / "keys.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        raw: Raw = json.loads(path.read_text())
        yield raw
        write(path, raw)
