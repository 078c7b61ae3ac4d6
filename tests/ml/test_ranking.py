"""MatchIndex against slow twins on random small markets: order, bits, edits, filters, ties."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ml import Filters, Match, MatchIndex, Profile, Vacancy, Verdict, Weights
from ml.criteria import TEXT_ONLY
from tests.ml import market, naive
from tests.ml.market import TODAY

SEEDS = st.integers(0, 10**6)
FILTERS = st.builds(
    Filters,
    communes=st.none() | st.frozensets(st.sampled_from(market.COMMUNES)),
    parks=st.none() | st.frozensets(st.sampled_from(market.PARKS)),
    shift=st.sampled_from(["", "night", "office"]),
    shift_confirmed=st.booleans(),
    general_education=st.sampled_from(["", "thcs"]),
    qualification=st.sampled_from(["", "so-cap", "cao-dang"]),
    available_by=st.none() | st.just(TODAY),
    tags=st.frozensets(st.sampled_from("abc"), max_size=1),
    keyword=st.sampled_from(["", "", "may", "công nh", "qc", "kiem tra", "khongcoai", "nữ"]),
)


def numbers(match: Match) -> tuple[object, ...]:
    return (match.profile_id, match.score, match.text, match.job_fit, match.wish_fit, match.gates,
            match.price)  # fmt: skip


@given(SEEDS)
@settings(max_examples=15, deadline=None)
def test_scores_agree_with_the_rules_written_again(seed: int) -> None:
    rng = random.Random(seed)
    people = market.people(rng, 12)
    index, texts = MatchIndex().fit(people), naive.Texts(people)
    for number in range(3):
        vacancy = market.vacancy(rng, f"V{number}")
        has_words = any(texts.vector(vacancy, folded=True))
        for match in index.rank(vacancy, limit=50, today=TODAY):
            person = index.get(match.profile_id)
            assert person is not None
            cosine = texts.cosine(vacancy, person)
            job, wish, score = naive.sides(vacancy, person, cosine, has_words=has_words)
            assert match.text == pytest.approx(cosine, abs=2e-6)
            assert match.job_fit.points == pytest.approx(job, abs=0.2 if cosine < 1e-4 else 0.01)
            assert match.wish_fit.points == pytest.approx(wish, abs=0.011)
            assert match.score == pytest.approx(score, abs=2e-3 if cosine < 1e-4 else 2e-4)


@given(SEEDS, FILTERS, st.booleans())
@settings(max_examples=40, deadline=None)
def test_a_list_is_every_pair_scored_alone_and_sorted(
    seed: int, filters: Filters, priced: bool
) -> None:
    rng = random.Random(seed)
    people = market.people(rng, 30)
    index = MatchIndex().fit(people)
    vacancy = market.vacancy(rng)
    if priced:
        index.learn_prices([vacancy, market.vacancy(rng, "V2"), market.vacancy(rng, "V3")])
    wanted = naive.rank(index, people, vacancy, filters)
    got = index.rank(vacancy, limit=100, filters=filters, today=TODAY)
    assert [numbers(m) for m in got] == [numbers(m) for m in wanted]
    assert got.total == len(wanted)
    for limit, offset in ((5, 0), (4, 3), (7, 25)):
        page = index.rank(vacancy, limit=limit, offset=offset, filters=filters, today=TODAY)
        assert [(m.profile_id, m.rank) for m in page] == [
            (m.profile_id, m.rank) for m in got.items[offset : offset + limit]
        ]


@given(SEEDS, FILTERS)
@settings(max_examples=25, deadline=None)
def test_edits_and_removals_count_in_the_next_list(seed: int, filters: Filters) -> None:
    rng = random.Random(seed)
    people = {person.id: person for person in market.people(rng, 25)}
    index = MatchIndex().fit(people.values())
    for _ in range(3):
        edited = [market.profile(rng, rng.choice([*people, "new1", "new2"])) for _ in range(3)]
        index.update(edited)
        people.update({person.id: person for person in edited})
        gone = rng.sample(sorted(people), k=2)
        index.remove([*gone, "nobody"])
        for id_ in gone:
            del people[id_]
        vacancy = market.vacancy(rng)
        skipped = rng.sample(sorted(people), k=3)
        wanted = naive.rank(index, people.values(), vacancy, filters)
        got = index.rank(vacancy, limit=99, filters=filters, today=TODAY, exclude=skipped)
        kept = [numbers(m) for m in wanted if m.profile_id not in skipped]
        assert [numbers(m) for m in got] == kept
    assert sorted(index.ids()) == sorted(people)
    assert len(index) == len(people)
    assert all(index.get(id_) == person and id_ in index for id_, person in people.items())
    fresh = index.repacked()
    assert {p.id: p for p in fresh.profiles()} == people
    assert not fresh.needs_repack


@given(SEEDS)
@settings(max_examples=15, deadline=None)
def test_both_directions_give_a_pair_the_same_numbers(seed: int) -> None:
    rng = random.Random(seed)
    people = market.people(rng, 15)
    index = MatchIndex().fit(people)
    vacancies = [market.vacancy(rng, f"V{n}") for n in range(6)]
    index.learn_prices(vacancies)
    lists = {v.id: {m.profile_id: m for m in index.rank(v, limit=99, today=TODAY)}
             for v in vacancies}  # fmt: skip
    for person in people[:5]:
        turned = index.rank_vacancies(person, vacancies, limit=99, today=TODAY)
        assert [numbers(m) for m in turned] == [
            numbers(lists[m.vacancy_id][person.id]) for m in turned
        ]
        orders = [(-(m.score - 10 * m.failed), m.vacancy_id) for m in turned]
        assert orders == sorted(orders)
        short = index.rank_vacancies(person, vacancies, limit=2, today=TODAY)
        assert [m.vacancy_id for m in short] == [m.vacancy_id for m in turned][:2]


@pytest.mark.parametrize("filters", [
    None, Filters(communes=frozenset({"11911"})), Filters(communes=frozenset({"11800", "11737"})),
    Filters(general_education="thcs"), Filters(keyword="may"),
])  # fmt: skip
def test_longer_lists_read_from_posting_lists_are_the_same_pairs(filters: Filters | None) -> None:
    rng = random.Random(8)
    people = market.people(rng, 700)
    index = MatchIndex().fit(people)
    for number in range(3):
        vacancy = market.vacancy(rng, f"V{number}")
        wanted = naive.rank(index, people, vacancy, filters)
        got = index.rank(vacancy, limit=700, filters=filters, today=TODAY)
        assert len(got) > 100
        assert [numbers(m) for m in got] == [numbers(m) for m in wanted]
        ids = index.best_ids(vacancy, limit=20, filters=filters, today=TODAY)
        assert ids == [m.profile_id for m in wanted[:20]]


def test_order_does_not_depend_on_the_order_of_input() -> None:
    people = market.people(random.Random(3), 40)
    vacancy = market.vacancy(random.Random(4))
    first = MatchIndex().fit(people).rank(vacancy, limit=40, today=TODAY)
    assert MatchIndex().fit(people[::-1]).rank(vacancy, limit=40, today=TODAY) == first


@given(SEEDS, FILTERS, st.booleans())
@settings(max_examples=30, deadline=None)
def test_what_crowding_costs_is_the_difference_of_two_lists(
    seed: int, filters: Filters, include_failed: bool
) -> None:
    """Rank with prices less rank without them, in the same list; whoever gains lost nothing."""
    rng = random.Random(seed)
    index = MatchIndex().fit(market.people(rng, 30))
    index.update(market.people(rng, 4))
    asked = [replace(market.vacancy(rng, f"V{n}"), headcount=9) for n in range(3)]
    index.learn_prices(asked, eps=0.5)
    exclude = {person.id for person in market.people(rng, 2)}
    lists = []
    for prices in (index.log_prices, None):
        index.set_log_prices(prices)
        lists.append(
            index.rank(
                asked[0],
                limit=100,
                filters=filters,
                today=TODAY,
                exclude=exclude,
                include_failed=include_failed,
            )
        )
    free = {match.profile_id: match.rank for match in lists[1]}
    lost = {match.profile_id: max(match.rank - free[match.profile_id], 0) for match in lists[0]}
    assert {match.profile_id: match.set_back for match in lists[0]} == lost
    assert not any(match.set_back for match in lists[1])


def test_a_price_that_sends_somebody_to_the_end_is_told_in_ranks() -> None:
    people = [Profile(id=f"P{n}", title="phiên dịch tiếng Hàn") for n in range(2)]
    index = MatchIndex().fit([*people, *(Profile(id=f"Q{n}", title="may áo") for n in range(8))])
    asked = Vacancy(id="V", title="phiên dịch tiếng Hàn")
    index.set_log_prices({"P0": -30.0})
    found = {match.profile_id: match for match in index.rank(asked)}
    assert (found["P1"].rank, found["P1"].set_back) == (1, 0)
    assert (found["P0"].rank, found["P0"].set_back) == (10, 9)
    assert {found[f"Q{n}"].set_back for n in range(8)} == {0}


def test_equal_people_share_a_rank_and_a_cut_through_them_is_told() -> None:
    twins = [Profile(id=f"T{n}", title="công nhân may") for n in range(5)]
    index = MatchIndex().fit([*twins, Profile(id="A", title="thợ hàn"),
                              Profile(id="B", title="công nhân may giỏi")])  # fmt: skip
    vacancy = Vacancy(id="V", title="công nhân may")
    page = index.rank(vacancy, limit=3)
    assert [m.profile_id for m in page] == ["T0", "T1", "T2"]
    assert {m.rank for m in page} == {1}
    assert {m.tie_group for m in page} == {1}
    assert page.tied_beyond == 2
    after = index.rank(vacancy, limit=3, offset=4)
    assert [(m.profile_id, m.rank, m.tie_group) for m in after] == [
        ("T4", 1, 1), ("B", 6, None), ("A", 7, None)]  # fmt: skip
    assert after.tied_beyond == 0


def test_a_failed_gate_stands_below_everybody_and_a_surplus_does_not_buy_it_off() -> None:
    vacancy = Vacancy(id="V", title="thợ hàn", certificates=("hàn 3G",), shift="night",
                      pay_max=20_000_000)  # fmt: skip
    perfect = {"title": "thợ hàn", "pay_min": 1_000_000}
    index = MatchIndex().fit([
        Profile.from_dict({"id": "no-paper", **perfect, "certificates": ["lái xe"]}),
        Profile.from_dict({"id": "no-night", **perfect, "shifts": ["office"],
                           "certificates": ["Chứng chỉ hàn 3G"]}),
        Profile.from_dict({"id": "unknown", "title": "phụ bếp"}),
        Profile.from_dict({"id": "good", "title": "bếp", "shifts": ["night"],
                           "certificates": ["chung chi HAN 3g"]}),
    ])  # fmt: skip
    found = index.rank(vacancy, today=TODAY)
    assert [m.failed for m in found] == [False, False, True, True]
    gates = {m.profile_id: {g.code: g.verdict for g in m.gates} for m in found}
    assert gates["unknown"] == {"certificates": Verdict.UNKNOWN, "shift": Verdict.UNKNOWN}
    assert gates["good"] == {"certificates": Verdict.PASS, "shift": Verdict.PASS}
    assert gates["no-paper"]["certificates"] is Verdict.FAIL
    left = index.rank(vacancy, today=TODAY, include_failed=False)
    assert {m.profile_id for m in left} == {"unknown", "good"}
    assert left.total == 2


@pytest.mark.parametrize(("day", "failed"), [(1, False), (2, False), (3, True)])
def test_the_deadline_is_the_last_good_day(day: int, failed: bool) -> None:
    index = MatchIndex().fit([Profile(id="P", title="may")])
    vacancy = Vacancy(id="V", title="may", deadline=date(2026, 3, 2))
    assert index.rank(vacancy, today=date(2026, 3, day)).items[0].failed is failed


def test_unknown_words_and_empty_texts_are_no_error() -> None:
    index = MatchIndex().fit([Profile(id="P", title="may"), Profile(id="Q")])
    for vacancy in (Vacancy(id="V"), Vacancy(id="V", title="xyzzy"), Vacancy(id="V", title="!!!")):
        found = index.rank(vacancy)
        assert [m.score for m in found] == [0.0, 0.0]
        assert not any(m.job_fit or m.wish_fit for m in found)
    empty = MatchIndex().fit([])
    assert len(empty.rank(Vacancy(id="V", title="may"))) == 0
    empty.update([Profile(id="P", title="may")])
    assert [m.profile_id for m in empty.rank(Vacancy(id="V", title="may"))] == ["P"]
    assert empty.needs_repack


def test_a_document_finds_itself_first() -> None:
    rng = random.Random(11)
    people = [Profile(id=f"P{n}", experience=f"{market.text(rng, 12)} mã{n}") for n in range(60)]
    index = MatchIndex(weights=TEXT_ONLY).fit(people)
    for person in people:
        top = index.rank(Vacancy(id="V", requirement=person.experience), limit=1).items[0]
        assert top.profile_id == person.id
        assert top.text == pytest.approx(1, abs=1e-5)


def test_two_people_of_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="distinct"):
        MatchIndex().fit([Profile(id="P"), Profile(id="P")])


def test_weights_are_data() -> None:
    person = Profile(id="P", title="may", pay_min=10)
    vacancy = Vacancy(id="V", title="may", pay_max=5)
    only_wish = MatchIndex(weights=Weights(job=0)).fit([person]).score_pair(vacancy, person)
    assert only_wish.score == 0
    text_only = MatchIndex(weights=TEXT_ONLY).fit([person]).score_pair(vacancy, person)
    assert text_only.score == pytest.approx(1, abs=1e-6)
