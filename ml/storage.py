"""A match index on disk: raw .npy arrays that can be memory-mapped, JSON, JSON lines. No pickle.

``directory/CURRENT`` names the generation in use. A new one is written beside it and CURRENT is
replaced by a rename: a reader sees the old index or the new one, never half of one.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ml.block import Block
from ml.columns import Column, plain_values, restore_value
from ml.documents import Profile, canonical_json
from ml.lexicon import Lexicon, Rows
from ml.postings import Postings

FORMAT = 2
_POSTINGS = tuple(field.name for field in fields(Postings))
_KEPT = 2  # the generation in use, and the one before it for readers who are just opening


class IndexUnreadable(ValueError):
    """The directory holds no index of this format."""


@dataclass(frozen=True)
class Documents(Sequence[Profile]):
    """Profiles kept as JSON lines and read one at a time; may stand on a memory map."""

    text: NDArray[np.uint8]
    ends: NDArray[np.int64]

    @classmethod
    def of(cls, profiles: Sequence[Profile]) -> Documents:
        """Pack profiles."""
        lines = [(canonical_json(p.to_dict()) + "\n").encode() for p in profiles]
        ends = np.cumsum([len(line) for line in lines], dtype=np.int64)
        return cls(np.frombuffer(b"".join(lines), dtype=np.uint8), ends)

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        start = int(self.ends[at - 1]) if at else 0
        return Profile.from_dict(json.loads(self.text[start : int(self.ends[at])].tobytes()))


@dataclass(frozen=True)
class Stored:
    """Everything a generation holds."""

    lexicon: Lexicon
    block: Block
    documents: Documents
    facts: dict[str, Any]


def write(directory: Path, stored: Stored) -> None:
    """Add a generation and make it the current one, in one step for every reader."""
    directory.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".writing-", dir=directory))
    try:
        for name, array in _arrays(stored):
            np.save(fresh / f"{name}.npy", array, allow_pickle=False)
        (fresh / "documents.jsonl").write_bytes(stored.documents.text.tobytes())
        _write_json(fresh / "words.json", stored.lexicon.words)
        _write_json(fresh / "ids.json", stored.block.ids)
        values = {name: plain_values(c) for name, c in stored.block.columns.items()}
        _write_json(fresh / "values.json", values)
        _write_json(fresh / "index.json", {"format": FORMAT, **stored.facts})
        generation = directory / f"generation-{_next_number(directory):06d}"
        fresh.rename(generation)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    pointer = directory / ".CURRENT.new"
    pointer.write_text(generation.name, encoding="utf-8")
    os.replace(pointer, directory / "CURRENT")  # noqa: PTH105 - atomic on every platform
    for old in _generations(directory)[:-_KEPT]:
        shutil.rmtree(old, ignore_errors=True)


def read(directory: Path) -> Stored:
    """The current generation, memory-mapped read-only; IndexUnreadable when there is none."""
    try:
        home = directory / (directory / "CURRENT").read_text(encoding="utf-8").strip()
        facts = json.loads((home / "index.json").read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError) as error:
        raise IndexUnreadable(f"no match index in {directory.name}: {error}") from error
    if facts.pop("format", None) != FORMAT:
        raise IndexUnreadable(f"the match index in {directory.name} has another format: rebuild it")
    array = _Maps(home)
    lexicon = Lexicon.from_arrays(_read_json(home / "words.json"), array)
    ids = tuple(_read_json(home / "ids.json"))
    rows = Rows(array["rows_indptr"], array["rows_indices"], array["rows_data"],
                array["rows_accented"])  # fmt: skip
    postings = Postings(**{name: array[f"postings_{name}"] for name in _POSTINGS})
    values = _read_json(home / "values.json")
    columns = {name: Column(array[f"column_{name}"], tuple(restore_value(name, v) for v in found))
               for name, found in values.items()}  # fmt: skip
    block = Block(ids, rows, columns, len(lexicon), postings, array["id_order"])
    text = np.zeros(0, dtype=np.uint8)
    if (home / "documents.jsonl").stat().st_size:
        text = np.asarray(np.memmap(home / "documents.jsonl", dtype=np.uint8, mode="r"))
    return Stored(lexicon, block, Documents(text, array["document_ends"]), facts)


class _Maps(dict[str, NDArray[Any]]):
    """Arrays of a generation by name, mapped when first asked for."""

    def __init__(self, home: Path) -> None:
        super().__init__()
        self._home = home

    def __missing__(self, name: str) -> NDArray[Any]:
        mapped = np.load(self._home / f"{name}.npy", mmap_mode="r", allow_pickle=False)
        self[name] = np.asarray(mapped)
        return self[name]


def _arrays(stored: Stored) -> Iterator[tuple[str, NDArray[Any]]]:
    yield from stored.lexicon.arrays().items()
    block, rows = stored.block, stored.block.rows
    yield from (("rows_indptr", rows.indptr), ("rows_indices", rows.indices),
                ("rows_data", rows.data), ("rows_accented", rows.accented))  # fmt: skip
    postings = block.postings or block.with_postings().postings
    yield from ((f"postings_{name}", getattr(postings, name)) for name in _POSTINGS)
    for name, column in block.columns.items():
        yield f"column_{name}", column.codes
    yield "id_order", block.id_order
    yield "document_ends", stored.documents.ends


def _generations(directory: Path) -> list[Path]:
    return sorted(directory.glob("generation-*"))


def _next_number(directory: Path) -> int:
    found = _generations(directory)
    return int(found[-1].name.rpartition("-")[2]) + 1 if found else 1


def _write_json(path: Path, data: object) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def _read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
