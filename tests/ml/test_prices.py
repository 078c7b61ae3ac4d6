"""The blockwise Sinkhorn against plain loops, and what prices do."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ml import MatchIndex, Profile, Vacancy, prices


def naive(scores: np.ndarray, seats: np.ndarray, eps: float) -> np.ndarray:
    kernel = np.exp(scores / eps)
    seats = seats * min(1, kernel.shape[1] / seats.sum())
    u = seats / kernel.sum(axis=1)
    for _ in range(4000):
        v = np.minimum(1, 1 / (kernel.T @ u))
        u = seats / (kernel @ v)
    return np.minimum(np.log(v) - np.median(np.log(v)), 0)


@given(st.integers(0, 999), st.sampled_from([0.05, 0.1, 0.5]), st.sampled_from([1, 4, 9]))
@settings(max_examples=15, deadline=None)
def test_against_plain_loops(seed: int, eps: float, most: int) -> None:
    random = np.random.default_rng(seed)
    scores = random.random((4, 17)).astype(np.float32)
    seats = random.integers(1, most + 1, 4).astype(float)
    got = prices.sinkhorn(scores, seats, eps=eps, rounds=4000)
    assert got is not None
    # What reaches the order is eps x log v. Where seats nearly equal people both converge slowly;
    # over 2,250 such cases the two were at most 0.0164 of a score apart.
    assert eps * got == pytest.approx(eps * naive(scores.astype(float), seats, eps), abs=0.02)
    assert got.max() <= 0


def test_nobody_pays_where_there_are_people_enough() -> None:
    scores = np.random.default_rng(1).random((3, 400)).astype(np.float32)
    assert not prices.sinkhorn(scores, np.ones(3)).any()


def test_blocks_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    scores = np.random.default_rng(1).random((5, 30)).astype(np.float32)
    whole = prices.sinkhorn(scores, np.ones(5))
    monkeypatch.setattr(prices, "_BLOCK", 7)
    assert prices.sinkhorn(scores, np.ones(5)) == pytest.approx(whole, abs=1e-12)


def test_very_unequal_scores_stay_finite() -> None:
    scores = np.array([[0, 900, 0], [900, 0, 0]], dtype=np.float32)
    found = prices.sinkhorn(scores, np.ones(2), eps=0.1)
    assert found is not None
    assert np.isfinite(found).all()


def test_one_vacancy_has_no_competitor_and_no_price() -> None:
    assert prices.sinkhorn(np.ones((1, 5), np.float32), np.ones(1)) is None
    with pytest.raises(ValueError, match="eps"):
        prices.sinkhorn(np.ones((2, 5), np.float32), np.ones(2), eps=0)


def test_a_person_wanted_by_all_pays_and_prices_can_be_switched_off() -> None:
    rare = Profile(id="rare", title="phiên dịch tiếng Hàn")
    index = MatchIndex().fit([rare, *(Profile(id=f"P{n}", title="may áo") for n in range(9))])
    asked = [Vacancy(id=f"V{n}", title="phiên dịch tiếng Hàn") for n in range(4)]
    free = [index.rank(v) for v in asked]
    assert all(m.price is None for ranked in free for m in ranked)
    index.learn_prices(asked)
    priced = index.rank(asked[0])
    cost = {m.profile_id: m.price for m in priced}
    assert cost.pop("rare") < -0.05
    assert set(cost.values()) == {0.0}
    assert [m.profile_id for m in priced] == [m.profile_id for m in free[0]]
    for before, after in zip(free[0], priced, strict=True):
        assert after.job_fit == before.job_fit
        assert after.score == before.score + after.price
    index.update([Profile(id="new", title="may")])
    assert {m.profile_id: m.price for m in index.rank(asked[0])}["new"] == 0.0
    index.remove(["new"])
    index.set_log_prices(None)
    assert index.rank(asked[0]).items == free[0].items
