"""The match index: fit once, rank often, follow edits at once.

Exact top k over everybody: one sparse product, a few table look-ups, a partial sort with ties
kept. An edit goes to a small side block and a withdrawal to a bitmap, so both count in the very
next list; the idf stays frozen until ``repacked``. Reads never lock: they work on a snapshot.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ml import prices, storage
from ml.block import FAILED, Block, Request, Scores, best
from ml.criteria import Weights
from ml.documents import Profile, Vacancy
from ml.explain import Explanation, explain
from ml.filters import Filters
from ml.lexicon import Analysed, Lexicon, analyse
from ml.ranking import Person, RankedList, make_match, number, set_back
from ml.scoring import Match
from ml.snapshot import Snapshot, empty_snapshot, side_block
from ml.storage import Documents, Stored
from ml.text import fold, scored_words

_QUERIES_KEPT = 2048
_REPACK_AT_MOST = 2000


class MatchIndex:
    """Ranks people for a vacancy and vacancies for a person.

    ``weights``: see Weights. ``eps``: softness of the price, in units of the score.
    """

    def __init__(self, *, weights: Weights | None = None, eps: float = 0.1) -> None:
        self.weights = weights or Weights()
        self.eps = eps
        self._log_prices: dict[str, float] | None = None
        self._main_prices: NDArray[np.float64] | None = None
        self._lock = threading.Lock()
        self._requests: dict[tuple[Vacancy, date | None], Request] = {}
        self._state = empty_snapshot(Lexicon.fit([]))

    # --- build ---------------------------------------------------------------------------------

    def fit(self, profiles: Iterable[Profile]) -> MatchIndex:
        """Learn the vocabulary of the profiles and index them; ids must be distinct."""
        ordered = sorted(profiles, key=lambda p: (p.commune, p.id))
        analysed = [analyse(profile) for profile in ordered]
        return self._fill(ordered, analysed, Lexicon.fit(analysed))

    @classmethod
    def from_lexicon(
        cls, lexicon: bytes, profiles: Iterable[Profile], *, weights: Weights | None = None,
        eps: float = 0.1, log_prices: Mapping[str, float] | None = None,
    ) -> MatchIndex:  # fmt: skip
        """A small index over stored profiles with a stored lexicon: the same bits as back then."""
        index = cls(weights=weights, eps=eps)
        ordered = sorted(profiles, key=lambda p: (p.commune, p.id))
        index._log_prices = None if log_prices is None else dict(log_prices)
        return index._fill(ordered, [analyse(p) for p in ordered], Lexicon.from_bytes(lexicon))

    def _fill(
        self, profiles: Sequence[Profile], analysed: Sequence[Analysed], lexicon: Lexicon
    ) -> MatchIndex:
        block = Block.build(profiles, lexicon.rows(analysed), len(lexicon)).with_postings()
        if len(set(block.ids)) != len(block.ids):
            raise ValueError("profile ids must be distinct")
        self._take(lexicon, block, tuple(profiles))
        return self

    def _take(self, lexicon: Lexicon, block: Block, documents: Sequence[Profile]) -> None:
        self._requests = {}
        self._state = replace(
            empty_snapshot(lexicon), main=block, documents=documents,
            alive=np.ones(len(block), dtype=np.bool_),
            position={id_: at for at, id_ in enumerate(block.ids)},
        )  # fmt: skip
        self._main_prices = self._prices_of(block)

    def lexicon(self, documents: Iterable[Vacancy | Profile] | None = None) -> bytes:
        """The frozen vocabulary and idf; with documents only the part that they use (small)."""
        lexicon = self._state.lexicon
        if documents is not None:
            lexicon = lexicon.restricted([analyse(document) for document in documents])
        return lexicon.to_bytes()

    def save(self, directory: Path) -> None:
        """Write a new generation into the directory and make it current; edits are folded in."""
        if self._state.edits:
            self.repacked().save(directory)
            return
        state = self._state
        facts = {"eps": self.eps, "weights": asdict(self.weights), "prices": self._log_prices}
        storage.write(directory, Stored(state.lexicon, state.main, Documents.of(state.documents),
                                        facts))  # fmt: skip

    @classmethod
    def load(cls, directory: Path) -> MatchIndex:
        """Open the current generation, memory-mapped read-only, or raise IndexUnreadable."""
        stored = storage.read(directory)
        index = cls(weights=Weights(**stored.facts["weights"]), eps=stored.facts["eps"])
        index._log_prices = stored.facts["prices"]
        index._take(stored.lexicon, stored.block, stored.documents)
        return index

    # --- follow changes ------------------------------------------------------------------------

    def update(self, profiles: Iterable[Profile]) -> None:
        """Add or replace people; the very next list knows. idf stays as it was."""
        with self._lock:
            state = self._state
            alive, edited, edits = state.alive.copy(), dict(state.edited), state.edits
            for profile in profiles:
                edited[profile.id] = (profile, state.lexicon.rows([analyse(profile)]))
                edits += 1
                if profile.id in state.position:
                    alive[state.position[profile.id]] = False
            self._state = replace(state, alive=alive, edited=edited, edits=edits,
                                  side=side_block(edited, len(state.lexicon)))  # fmt: skip

    def remove(self, ids: Iterable[str]) -> None:
        """Take people out; the very next list is without them. Unknown ids are no error."""
        with self._lock:
            state = self._state
            alive, edited, edits = state.alive.copy(), dict(state.edited), state.edits
            for id_ in ids:
                edits += edited.pop(id_, None) is not None or id_ in state.position
                if id_ in state.position:
                    alive[state.position[id_]] = False
            self._state = replace(state, alive=alive, edited=edited, edits=edits,
                                  side=side_block(edited, len(state.lexicon)))  # fmt: skip

    @property
    def needs_repack(self) -> bool:
        """Whether so much was edited that the vocabulary should be learned anew."""
        return self._state.edits > min(_REPACK_AT_MOST, len(self._state.main) // 20)

    def repacked(self) -> MatchIndex:
        """A fresh index over the people of now, with vocabulary learned anew and prices kept."""
        index = MatchIndex(weights=self.weights, eps=self.eps)
        index._log_prices = self._log_prices
        return index.fit(self.profiles())

    # --- look up -------------------------------------------------------------------------------

    def __len__(self) -> int:
        return int(self._state.alive.sum()) + len(self._state.edited)

    def __contains__(self, profile_id: object) -> bool:
        state = self._state
        at = state.position.get(profile_id) if isinstance(profile_id, str) else None
        return profile_id in state.edited or (at is not None and bool(state.alive[at]))

    def ids(self) -> Iterator[str]:
        """Every indexed id, in no promised order."""
        state = self._state
        yield from (state.main.ids[at] for at in np.flatnonzero(state.alive))
        yield from state.edited

    def profiles(self) -> Iterator[Profile]:
        """Every indexed profile, in the order of ``ids``."""
        state = self._state
        yield from (state.documents[int(at)] for at in np.flatnonzero(state.alive))
        yield from (profile for profile, _ in state.edited.values())

    def get(self, profile_id: str) -> Profile | None:
        """The profile as indexed, or None."""
        state = self._state
        if profile_id in state.edited:
            return state.edited[profile_id][0]
        at = state.position.get(profile_id)
        return state.documents[at] if at is not None and state.alive[at] else None

    # --- rank ----------------------------------------------------------------------------------

    def rank(
        self, vacancy: Vacancy, *, limit: int = 20, offset: int = 0,
        filters: Filters | None = None, today: date | None = None,
        exclude: Collection[str] = (), include_failed: bool = True,
    ) -> RankedList:  # fmt: skip
        """The best people, ordered by (not refused by a gate, -score, id); exact, ties shown."""
        state, request = self._state, self._request(vacancy, today)
        found: list[tuple[float, str, Block, Scores, int]] = []
        parts = []
        for block in state.blocks:
            at = self._survivors(state, block, filters, exclude)
            scores = block.scores(request, at, self._prices_for(block))
            if not include_failed:
                scores = scores[scores.order > -FAILED / 2]
            parts.append(scores)
            found += [(-float(scores.order[i]), block.ids[int(scores.positions[i])], block,
                       scores, i) for i in best(scores, block, offset + limit)]  # fmt: skip
        found.sort(key=lambda item: item[:2])
        found = found[: offset + limit]
        people = [Person(block, scores, i, self.price(id_))
                  for _, id_, block, scores, i in found[offset:]]  # fmt: skip
        return _page(request, people, [-item[0] for item in found], parts)

    def best_ids(
        self, vacancy: Vacancy, *, limit: int | None = None, filters: Filters | None = None,
        today: date | None = None,
    ) -> list[str]:  # fmt: skip
        """Only the ids of the list, best first, everybody by default; for measuring."""
        state, request = self._state, self._request(vacancy, today)
        found: list[tuple[float, str]] = []
        for block in state.blocks:
            at = self._survivors(state, block, filters, ())
            scores = block.scores(request, at, self._prices_for(block))
            found += [
                (-float(scores.order[i]), block.ids[int(scores.positions[i])])
                for i in best(scores, block, len(at) if limit is None else limit)
            ]
        return [id_ for _, id_ in sorted(found)[:limit]]

    def rank_vacancies(
        self, profile: Profile, vacancies: Iterable[Vacancy], *, limit: int = 20,
        today: date | None = None, include_failed: bool = True,
    ) -> RankedList:  # fmt: skip
        """The best vacancies for a person; each pair gets the very fits that ``rank`` gives it."""
        block, price = self._alone(profile)
        found = [self._pair(block, vacancy, today, price) for vacancy in vacancies]
        kept = [match for match in found if include_failed or not match.failed]
        orders = {id(match): match.score - FAILED * match.failed for match in kept}
        kept.sort(key=lambda match: (-orders[id(match)], match.vacancy_id))
        order = [orders[id(match)] for match in kept]
        page, after = kept[:limit], order[limit:]
        tied = after.count(order[limit - 1]) if page and after else 0
        return RankedList(tuple(number(page, order[:limit], tied)), len(kept), tied)

    def score_pair(self, vacancy: Vacancy, profile: Profile, today: date | None = None) -> Match:
        """One pair; the profile need not be indexed."""
        block, price = self._alone(profile)
        return self._pair(block, vacancy, today, price)

    def explain(self, vacancy: Vacancy, profile_id: str, today: date | None = None) -> Explanation:
        """Why a person has their score. KeyError when the person is not indexed."""
        profile = self.get(profile_id)
        if profile is None:
            raise KeyError(profile_id)
        block, _ = self._alone(profile)
        match = self.score_pair(vacancy, profile, today)
        request = self._request(vacancy, today)
        return explain(request, profile, match, block.rows, self._state.lexicon)

    def _request(self, vacancy: Vacancy, today: date | None) -> Request:
        kept = self._requests
        request = kept.get((vacancy, today))
        if request is None:
            query = self._state.lexicon.query(analyse(vacancy))
            request = Request(vacancy, query, self.weights, today)
            if len(kept) >= _QUERIES_KEPT:
                kept.clear()
            kept[vacancy, today] = request
        return request

    def _survivors(
        self, state: Snapshot, block: Block, filters: Filters | None, exclude: Collection[str]
    ) -> NDArray[np.int64]:
        main = block is state.main
        alive = state.alive if main else None
        keyword = [fold(word) for word in scored_words(filters.keyword)] if filters else []
        if keyword:
            found = state.indexed_keyword(keyword) if main else state.typed_keyword(keyword)
            alive = found if alive is None else alive & found
        if exclude:
            alive = np.ones(len(block), np.bool_) if alive is None else alive.copy()
            at = state.position if main else {id_: i for i, id_ in enumerate(block.ids)}
            alive[[at[id_] for id_ in exclude if id_ in at]] = False
        return block.survivors(alive, filters)

    def _alone(self, profile: Profile) -> tuple[Block, float | None]:
        rows = self._state.lexicon.rows([analyse(profile)])
        return Block.build([profile], rows, len(self._state.lexicon)), self.price(profile.id)

    def _pair(
        self, block: Block, vacancy: Vacancy, today: date | None, price: float | None
    ) -> Match:
        request = self._request(vacancy, today)
        charged = None if price is None else np.array([price])
        scores = block.scores(request, np.zeros(1, dtype=np.int64), charged)
        return make_match(request, Person(block, scores, 0, price))

    # --- for measuring ------------------------------------------------------------------------

    @property
    def block(self) -> Block:
        """The main block as arrays (without later edits)."""
        return self._state.main

    @property
    def vocabulary(self) -> Lexicon:
        """The lexicon in use."""
        return self._state.lexicon

    @property
    def charged_prices(self) -> NDArray[np.float64] | None:
        """What the price adds to each person of ``block``; None when off."""
        return self._main_prices

    def ready(self, vacancy: Vacancy, today: date | None) -> Request:
        """The vacancy read and made ready; kept for the next list."""
        return self._request(vacancy, today)

    def forget_requests(self) -> None:
        """Read the next vacancy anew, as if it had never been asked."""
        self._requests = {}

    def postings_touched(self, vacancy: Vacancy) -> int:
        """How many postings the query's terms have together."""
        lists = self.block.postings
        return lists.mass(self._request(vacancy, None).query.terms) if lists else 0

    # --- prices --------------------------------------------------------------------------------

    def learn_prices(
        self, vacancies: Sequence[Vacancy], *, eps: float | None = None, share: float = 1.0
    ) -> None:
        """Learn congestion prices from vacancies that compete for the same people.

        Seats are ``headcount`` (1 when unknown); ``share`` is how much of the market these
        vacancies are, 0.5 for a half. Never give a person's own text as a vacancy.
        """
        self.eps = self.eps if eps is None else eps
        state = self._state
        rows = [self._text_scores(state, vacancy) for vacancy in vacancies]
        ids = [state.main.ids[at] for at in np.flatnonzero(state.alive)] + list(state.side.ids)
        seats = np.array([max(v.headcount or 1, 1) for v in vacancies], dtype=np.float64) / share
        matrix = np.vstack(rows) if rows else np.zeros((0, len(ids)), np.float32)
        log_price = prices.sinkhorn(matrix, seats, eps=self.eps)
        self.set_log_prices(None if log_price is None else dict(zip(ids, log_price, strict=True)))

    def _text_scores(self, state: Snapshot, vacancy: Vacancy) -> NDArray[np.float32]:
        """Scores without price, as the lists have them, of everybody indexed."""
        request = self._request(vacancy, None)
        main = state.main.scores(request, np.flatnonzero(state.alive), None).score
        side = state.side.scores(request, np.arange(len(state.side)), None).score
        return np.concatenate([main, side]).astype(np.float32)

    @property
    def log_prices(self) -> Mapping[str, float] | None:
        """Log-price by profile id; None when prices are off."""
        return self._log_prices

    def set_log_prices(self, log_prices: Mapping[str, float] | None) -> None:
        """Use stored prices, or switch them off with None."""
        given = log_prices.items() if log_prices is not None else None
        self._log_prices = None if given is None else {id_: float(v) for id_, v in given}
        self._main_prices = self._prices_of(self._state.main)

    def price(self, profile_id: str) -> float | None:
        """What congestion takes from the person's score (0 or less); None when off."""
        if self._log_prices is None:
            return None
        return self.eps * self._log_prices.get(profile_id, 0.0)

    def _prices_of(self, block: Block) -> NDArray[np.float64] | None:
        if self._log_prices is None:
            return None
        get = self._log_prices.get
        return np.array([self.eps * get(id_, 0.0) for id_ in block.ids], dtype=np.float64)

    def _prices_for(self, block: Block) -> NDArray[np.float64] | None:
        return self._main_prices if block is self._state.main else self._prices_of(block)


def _page(
    request: Request, people: Sequence[Person], orders: Sequence[float], parts: Sequence[Scores]
) -> RankedList:
    """The last ``people`` of the best ones, whose orders are ``orders``, as a numbered page."""
    total = sum(len(scores.positions) for scores in parts)
    if not people:
        return RankedList((), total)
    equal = sum(int(np.count_nonzero(scores.order == orders[-1])) for scores in parts)
    beyond = equal - list(orders).count(orders[-1])
    page = [make_match(request, person) for person in people]
    before = len(orders) - len(page)
    numbered = number([page[0]] * before + page, orders, beyond)[before:]
    return RankedList(tuple(set_back(numbered, people, parts)), total, beyond)
