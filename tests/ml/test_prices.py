"""The blockwise Sinkhorn against plain loops, and what prices do."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ml import MatchIndex, Profile, Vacancy, prices


def naive(scores: np.ndarray, seats: np.ndarray, eps: float) -> np.ndarray:
    """Plain Sinkhorn until nothing moves; where everybody is wanted, everybody is placed."""
    kernel = np.exp(scores / eps)
    people = kernel.shape[1]
    most = 1.0 if seats.sum() < people else np.inf
    seats = seats * min(1, people / seats.sum())
    u = seats / kernel.sum(axis=1)
    for _ in range(200_000):
        before = u
        v = np.minimum(most, 1 / (kernel.T @ u))
        u = seats / (kernel @ v)
        if np.abs(np.log(u / before)).max() < 1e-13:
            break
    v = np.minimum(most, 1 / (kernel.T @ u))
    return np.minimum(np.log(v) - np.median(np.log(v)), 0)


@given(st.integers(0, 999), st.sampled_from([0.02, 0.05, 0.1, 0.5]), st.integers(1, 9))
@settings(max_examples=40, deadline=None)
def test_against_plain_loops(seed: int, eps: float, most: int) -> None:
    random = np.random.default_rng(seed)
    scores = random.random((4, 17)).astype(np.float32)
    seats = random.integers(1, most + 1, 4).astype(float)
    got = prices.sinkhorn(scores, seats, eps=eps)
    assert got is not None
    assert got == pytest.approx(naive(scores.astype(float), seats, eps), abs=1e-5)
    assert got.max() <= 0


@pytest.mark.parametrize("spare", [-3.0, -1e-3, 0.0, 1e-6, 1e-3, 0.5, 3.0])
@pytest.mark.parametrize("eps", [0.05, 0.1, 0.5])
def test_optimal_where_seats_nearly_equal_people(eps: float, spare: float) -> None:
    """The conditions of the optimum themselves: seats filled, nobody twice, v < 1 only if full."""
    random = np.random.default_rng(7)
    scores = random.random((6, 90)).astype(np.float32)
    row = random.random(6) + 0.2
    row *= (90 - spare) / row.sum()
    row *= min(1.0, 90 / row.sum())
    market = prices._Market(scores, row, np.ones(90), eps, 0.0 if spare > 0 else np.inf)
    log_u = prices._solve(market)
    log_v = market.log_v(log_u)
    plan = np.exp(scores / np.float64(eps) + log_u[:, None] + log_v)
    assert plan.sum(axis=1) == pytest.approx(row, abs=1e-6)
    assert plan.sum(axis=0).max() <= 1 + 1e-9
    assert plan.sum(axis=0)[log_v < market.most] == pytest.approx(1.0, abs=1e-9)


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
