"""Speed at full size beside what a scikit-learn user would write, in one interleaved run.

Every design scores the same weights of the same people with the same filters and the same full
score; they differ in how the cosine is computed and how the best twenty are taken. Exact means:
all the people returned score at or above the twentieth of a float64 reference, less 2e-6.
"""

from __future__ import annotations

import importlib.util
import os
import platform
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import scipy
import scipy.sparse as sp
import sklearn
from numpy.typing import NDArray
from sklearn.metrics.pairwise import cosine_similarity

from ml.block import Block, Positions, Request, Scores, best
from ml.coldstart import fresh_process
from ml.corpus import N_COMMUNES, Market
from ml.documents import Profile, Vacancy
from ml.filters import Filters
from ml.index import MatchIndex
from ml.lexicon import Query
from ml.scoring import text_share

Take = Callable[[Scores, Block, int], list[int]]
TOP = 20
TOLERANCE = 2e-6
_EXTRA = ("postings_only", "explained_page")  # ours in another form, reported apart
_PLACE_DESIGNS = ("jobcenter", "postings_only")
_TODAY = date(2026, 1, 5)
_EDITS = 20


class ByPostings(Block):
    """Our design without its short way for one place."""

    def _run(self, at: Positions) -> tuple[int, int]:
        return 0, len(self)


@dataclass(frozen=True)
class Matrix(Block):
    """A design that multiplies everybody, then keeps those who pass the filters."""

    product: Callable[[Query], NDArray[np.float64]] | None = None

    def text(self, query: Query, at: Positions) -> NDArray[np.float32]:
        """Cosine of everybody, cut to the positions."""
        if self.product is None:
            raise ValueError("no product")
        return self.product(query)[at]  # type: ignore[return-value]


@dataclass(frozen=True)
class Task:
    """One list to make."""

    vacancy: Vacancy
    filters: Filters
    kind: str  # place, half, none


def benchmark(profiles: int, *, queries: int = 60, seed: int = 1) -> dict[str, Any]:
    """Build, open, edit and query; times in milliseconds unless named ``_s``."""
    market = Market(seed=seed)
    people = list(market.profiles(profiles))
    vacancies = list(market.vacancies(queries))
    tasks = [_task(vacancy, number, seed) for number, vacancy in enumerate(vacancies)]
    before_mb = _peak_mb()
    start = time.perf_counter()
    index = MatchIndex().fit(people)
    build_s = time.perf_counter() - start
    start = time.perf_counter()
    index.learn_prices(vacancies)
    price_s = time.perf_counter() - start
    with tempfile.TemporaryDirectory() as directory:
        index.save(Path(directory))
        start = time.perf_counter()
        index = MatchIndex.load(Path(directory))
        index.rank(vacancies[0], filters=tasks[0].filters, today=_TODAY)
        open_s = time.perf_counter() - start
        fresh = _fresh(Path(directory), tasks[0])
        peak = _peak_mb()
        found = _compare(index, tasks)
        edit_ms = _edit_ms(index, people)
    return {
        "profiles": profiles, "queries": queries, **found,
        "peak_rss_mb": round(peak), "corpus_rss_mb": round(before_mb), "build_s": round(build_s, 2),
        "prices_s": round(price_s, 2), "open_s": round(open_s, 3), "fresh_process": fresh,
        "edit_ms": edit_ms,
        "machine": machine(),
    }  # fmt: skip


def _fresh(directory: Path, task: Task) -> dict[str, Any]:
    """A new process to its first list, with the files in memory and with the disk to be read."""
    asked = {"vacancy": task.vacancy.to_dict(), "communes": sorted(task.filters.communes or ()),
             "today": _TODAY.isoformat()}  # fmt: skip
    return {"files_in_memory": fresh_process(directory, asked, forget_files=False),
            "files_on_disk": fresh_process(directory, asked, forget_files=True)}  # fmt: skip


def machine() -> dict[str, Any]:
    """What the figures depend on; no names of hosts or paths."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "cores": os.cpu_count(), "memory_gb": round(memory), "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__,
        "scikit-learn": sklearn.__version__,
    }  # fmt: skip


def _task(vacancy: Vacancy, number: int, seed: int) -> Task:
    """A third each: one place with shift, half of the places with shift, neither."""
    random = np.random.default_rng((seed, number))
    common = Filters(tags=frozenset({"open"}), general_education="thcs")
    if number % 3 == 2:
        return Task(vacancy, common, "none")
    places = 1 if number % 3 == 0 else N_COMMUNES // 2
    chosen = random.choice(40 if places == 1 else N_COMMUNES, size=places, replace=False)
    communes = frozenset(f"{10_000 + int(i)}" for i in chosen)
    return Task(vacancy, replace(common, communes=communes, shift=vacancy.shift),
                "place" if places == 1 else "half")  # fmt: skip


def _compare(index: MatchIndex, tasks: Sequence[Task]) -> dict[str, Any]:
    block = index.block
    prices = index.charged_prices
    designs = _designs(index, block, prices)
    times: dict[str, list[float]] = {name: [] for name in designs}
    exact = dict.fromkeys(designs, 0)
    names = list(designs)
    again: dict[str, list[float]] = {name: [] for name in _PLACE_DESIGNS}
    stages: list[dict[str, float]] = []
    masses: list[int] = []
    reference = _reference(block)
    for number, task in enumerate(tasks):
        wanted = _floor(index, reference, prices, task)
        for name in names[number % len(names) :] + names[: number % len(names)]:
            index.forget_requests()
            ids = _timed(designs[name], task, times[name])
            exact[name] += all(wanted[0].get(id_, -99.0) >= wanted[1] for id_ in ids) and (
                len(ids) == min(TOP, len(wanted[0]))
            )
        for name in _PLACE_DESIGNS if task.kind == "place" else ():
            _timed(designs[name], task, [])  # reads the vacancy and keeps what it read
            _timed(designs[name], task, again[name])
        stages.append(_stages(index, block, prices, task))
        masses.append(index.postings_touched(task.vacancy))
    first = {name: [times[name][i] for i, task in enumerate(tasks) if task.kind == "place"]
             for name in _PLACE_DESIGNS}  # fmt: skip
    return {**_summary(times, exact, tasks, stages, masses), **_one_place(again, first)}


def _timed(design: Callable[[Task], list[str]], task: Task, into: list[float]) -> list[str]:
    start = time.perf_counter()
    ids = design(task)
    into.append((time.perf_counter() - start) * 1000)
    return ids


def _one_place(
    again: dict[str, list[float]], first: dict[str, list[float]]
) -> dict[str, float | None]:
    """How much the short way for one place gains: of a vacancy read before, and of a new one."""

    def gain(times: dict[str, list[float]]) -> float | None:
        ours, whole = (times[name] for name in _PLACE_DESIGNS)
        return round(float(np.median(whole) / np.median(ours)), 2) if ours else None

    ours = again["jobcenter"]
    return {"one_location_ratio": gain(again), "one_location_ratio_first_list": gain(first),
            "one_location_p50_ms": round(float(np.median(ours)), 3) if ours else None}  # fmt: skip


def _summary(
    times: dict[str, list[float]], exact: dict[str, int], tasks: Sequence[Task],
    stages: Sequence[dict[str, float]], masses: Sequence[int],
) -> dict[str, Any]:  # fmt: skip
    half = {name: float(np.median(spent)) for name, spent in times.items()}
    shown = {
        name: {"p50_ms": round(half[name], 2), "p95_ms": round(_p95(spent), 2),
               "exact": f"{exact[name]}/{len(tasks)}"}
        for name, spent in times.items() if name not in _EXTRA
    }  # fmt: skip
    kinds = {kind: [i for i, task in enumerate(tasks) if task.kind == kind]
             for kind in ("place", "half", "none")}  # fmt: skip
    ours = {kind: _median_of(times["jobcenter"], at) for kind, at in kinds.items()}
    bandwidth = _read_gb_per_s()
    return {
        "designs": {**shown, "bm25s_numba": _bm25s()},
        "ratio_to_sklearn": round(half["sklearn_cosine"] / half["jobcenter"], 1),
        "ratio_to_csr": round(half["csr_argpartition"] / half["jobcenter"], 2),
        "explained_page": {"p50_ms": round(half["explained_page"], 2),
                           "p95_ms": round(_p95(times["explained_page"]), 2)},
        "p50_ms_by_filter": {kind: round(value, 2) for kind, value in ours.items()},
        "bandwidth_limit_ms": round(float(np.median(masses)) * 8 / bandwidth / 1e6, 3),
        "bandwidth_gb_per_s": round(bandwidth, 1),
        "postings_touched_p50": int(np.median(masses)),
        "stages_p50_ms": {name: round(float(np.median([s[name] for s in stages])), 3)
                          for name in stages[0]},
    }  # fmt: skip


def _designs(
    index: MatchIndex, block: Block, prices: NDArray[np.float64] | None
) -> dict[str, Callable[[Task], list[str]]]:
    rows = block.rows
    shape = (len(block), block.n_terms)
    matrix = sp.csr_matrix((rows.data, rows.indices, rows.indptr), shape=shape)

    def cosine(query: Query) -> Any:
        one = sp.csr_matrix((query.weights, query.terms, [0, len(query.terms)]),
                            shape=(1, block.n_terms))  # fmt: skip
        return cosine_similarity(one, matrix)[0]

    def product(query: Query) -> Any:
        dense = np.zeros(block.n_terms, dtype=np.float32)
        dense[query.terms] = query.weights
        return matrix @ dense

    def design(other: Block, take: Take) -> Callable[[Task], list[str]]:
        def answer(task: Task) -> list[str]:
            scores = _scores(index, other, prices, task)
            return [other.ids[int(scores.positions[i])] for i in take(scores, other, TOP)]

        return answer

    shared = (block.ids, block.rows, block.columns, block.n_terms, block.postings, block.id_order)
    return {
        "jobcenter": lambda task: index.best_ids(
            task.vacancy, filters=task.filters, today=_TODAY, limit=TOP),
        "explained_page": lambda task: [match.profile_id for match in index.rank(
            task.vacancy, filters=task.filters, today=_TODAY, limit=TOP)],
        "sklearn_cosine": design(Matrix(*shared, product=cosine), _argsort),
        "csr_argpartition": design(Matrix(*shared, product=product), best),
        "postings_only": design(ByPostings(*shared), best),
    }  # fmt: skip


def _scores(
    index: MatchIndex, block: Block, prices: NDArray[np.float64] | None, task: Task
) -> Scores:
    return block.scores(_request(index, task), block.survivors(None, task.filters), prices)


def _request(index: MatchIndex, task: Task) -> Request:
    return index.ready(task.vacancy, _TODAY)


def _argsort(scores: Scores, block: Block, count: int) -> list[int]:
    order: list[int] = np.argsort(-scores.order, kind="stable")[:count].tolist()
    return order


def _reference(block: Block) -> sp.csr_matrix:
    rows = block.rows
    return sp.csr_matrix((rows.data.astype(np.float64), rows.indices, rows.indptr),
                         shape=(len(block), block.n_terms))  # fmt: skip


def _floor(
    index: MatchIndex, reference: sp.csr_matrix, prices: NDArray[np.float64] | None, task: Task
) -> tuple[dict[str, float], float]:
    """Reference orders of the eligible people, and what the last of the best may not be below."""
    block = index.block

    def product(query: Query) -> NDArray[np.float64]:
        dense = np.zeros(block.n_terms)
        dense[query.terms] = query.weights.astype(np.float64)
        found: NDArray[np.float64] = reference @ dense
        return found

    other = Matrix(block.ids, block.rows, block.columns, block.n_terms, None, block.id_order,
                   product=product)  # fmt: skip
    scores = _scores(index, other, prices, task)
    orders = np.sort(scores.order)[::-1]
    least = float(orders[min(TOP, len(orders)) - 1]) - TOLERANCE if len(orders) else 0.0
    near = np.flatnonzero(scores.order >= least)
    ids = {block.ids[int(scores.positions[i])]: float(scores.order[i]) for i in near}
    return ids, least


def _stages(
    index: MatchIndex, block: Block, prices: NDArray[np.float64] | None, task: Task
) -> dict[str, float]:
    """One list cut into its steps."""
    index.forget_requests()
    marks = [time.perf_counter()]
    request = _request(index, task)
    marks.append(time.perf_counter())
    at = block.survivors(None, task.filters)
    marks.append(time.perf_counter())
    block.text(request.query, at)
    marks.append(time.perf_counter())
    scores = block.scores(replace(request, query=replace(
        request.query, terms=request.query.terms[:0], weights=request.query.weights[:0])),
        at, prices)  # fmt: skip
    text_share(scores.text)
    marks.append(time.perf_counter())
    best(scores, block, TOP)
    marks.append(time.perf_counter())
    names = ("query_terms", "filters", "text", "criteria_and_price", "top")
    return {name: (b - a) * 1000 for name, a, b in zip(names, marks, marks[1:], strict=False)}


def _edit_ms(index: MatchIndex, people: Sequence[Profile]) -> float:
    spent = []
    for person in people[:_EDITS]:
        start = time.perf_counter()
        index.update([replace(person, experience=person.experience + ", kiểm tra lô hàng")])
        spent.append((time.perf_counter() - start) * 1000)
    return round(float(np.median(spent)), 2)


def _median_of(values: Sequence[float], at: Sequence[int]) -> float:
    return float(np.median([values[i] for i in at])) if at else 0.0


def _p95(values: Sequence[float]) -> float:
    return float(np.percentile(values, 95))


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _read_gb_per_s() -> float:
    """Best of five sums over 256 MB: what one core can read."""
    data = np.ones(1 << 25)
    spent = []
    for _ in range(5):
        start = time.perf_counter()
        data.sum()
        spent.append(time.perf_counter() - start)
    return data.nbytes / min(spent) / 1e9


def _bm25s() -> dict[str, Any]:
    missing = [name for name in ("bm25s", "numba") if importlib.util.find_spec(name) is None]
    why = f"not installed: {', '.join(missing)}" if missing else "another ranking: run by hand"
    return {"p50_ms": None, "p95_ms": None, "exact": None, "why": why}
