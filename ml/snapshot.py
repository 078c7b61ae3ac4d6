"""One consistent picture of an index: the large block, who of it is still there, recent edits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ml.block import Block
from ml.documents import Profile
from ml.filters import profile_texts
from ml.lexicon import Lexicon, Rows

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Snapshot:
    """Replaced as a whole, never changed: whoever reads it needs no lock."""

    lexicon: Lexicon
    main: Block
    documents: Sequence[Profile]  # of main, by position
    alive: Flags  # of main: neither edited since nor taken out
    position: Mapping[str, int]
    side: Block
    edited: Mapping[str, tuple[Profile, Rows]]  # of side, by id
    edits: int = 0

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Where people are looked for: everybody as fitted, and the recent edits if there are."""
        return (self.main, self.side) if len(self.side) else (self.main,)

    def indexed_keyword(self, words: Iterable[str]) -> Flags:
        """Who of main has, for each word, a folded term that begins with it (posting lists)."""
        found = np.ones(len(self.main), dtype=np.bool_)
        names, offset = self.lexicon.folded_words, len(self.lexicon.accented)
        if self.main.postings is None:
            return found
        for word in words:
            terms = [offset + i for i, name in enumerate(names) if name.startswith(word)]
            has = np.zeros(len(found), dtype=np.bool_)
            has[self.main.postings.people_with(terms)] = True
            found &= has
        return found

    def typed_keyword(self, words: Sequence[str]) -> Flags:
        """The same of side, from the texts: their words may be newer than the lexicon."""
        found = np.zeros(len(self.side), dtype=np.bool_)
        for at, id_ in enumerate(self.side.ids):
            terms = self.lexicon.folded_terms(profile_texts(self.edited[id_][0]))
            found[at] = all(any(term.startswith(word) for term in terms) for word in words)
        return found


def empty_snapshot(lexicon: Lexicon) -> Snapshot:
    """Nobody yet."""
    nobody = Block.build([], lexicon.rows([]), len(lexicon))
    return Snapshot(lexicon, nobody, (), np.zeros(0, dtype=np.bool_), {}, nobody, {})


def side_block(edited: Mapping[str, tuple[Profile, Rows]], n_terms: int) -> Block:
    """The block of recent edits; their rows were read when they came in."""
    ordered = sorted(edited.values(), key=lambda pair: (pair[0].commune, pair[0].id))
    counts = [len(rows.data) for _, rows in ordered]
    rows = Rows(
        np.concatenate([[0], np.cumsum(counts)]).astype(np.int32),
        np.concatenate([np.zeros(0, np.int32), *(rows.indices for _, rows in ordered)]),
        np.concatenate([np.zeros(0, np.float32), *(rows.data for _, rows in ordered)]),
        np.concatenate([np.zeros(0, np.bool_), *(rows.accented for _, rows in ordered)]),
    )
    return Block.build([profile for profile, _ in ordered], rows, n_terms)
